// Users, roles and permissions; devices and their enrolment. Deny by default: what no role grants is refused.
#pragma once

#include "kernel/command.hpp"

namespace wa {

class Registry;

/// After this many wrong tries in a row an account is locked.
inline constexpr int sign_in_tries_max = 5;
/// How long it stays locked, in minutes, unless an administrator unlocks it.
inline constexpr int lock_minutes = 15;

/// All permissions of a set of roles (kernel/roles.json); unknown roles grant nothing.
Permissions permissions_of(const std::vector<std::string>& roles);
bool role_exists(std::string_view role);
/// Roles an account may be given: at least one, all existing, none the program's own or excluded by another.
bool roles_grantable(const json::array& roles);
/// The roles for people to choose from: [{"id", "title": {"de"}, "permissions": […]}].
json::array role_list();
/// Names of roles as stored in user_account.roles.
std::vector<std::string> roles_of(const Row& account);

/// The actor an account acts as.
Actor actor_of(const Row& account);
/// The program itself: imports, counted tries, enrolment.
Actor system_actor();

/// Stands for the password, PIN and passkeys an account has now; says nothing about them.
Hash secrets_of(Transaction& tx, const Row& account);

std::optional<Row> account_by_login(Transaction& tx, std::string_view login);

/// Rules for new secrets: a password of at least 12 characters; a PIN of at least 6 digits that is neither
/// one digit repeated nor a row.
bool password_acceptable(std::string_view password);
bool pin_acceptable(std::string_view pin);

/// user.*, staff.list, role.list
void install_users(Registry& registry);
/// device.*
void install_devices(Registry& registry);

}  // namespace wa
