// One tenant opened for an administrator's verb: commands and queries as the program itself.
#pragma once

#include <string>

#include "apps/hub/data_lock.hpp"
#include "apps/hub/tenants.hpp"

namespace wa::admin {

class TenantTool {
  public:
    /// Throws std::runtime_error when there is no such tenant, or one is being moved or restored.
    TenantTool(const std::string& data_dir, const std::string& tenant);

    /// Runs a command; throws std::runtime_error with the problem's words when it is refused.
    json::object run(const std::string& name, json::object payload, const Actor& actor = system_actor_of());
    /// Asks a query; the read is journalled with the reason.
    json::object ask(const std::string& name, json::object params, const std::string& reason);

    hub::Tenants& tenants() { return tenants_; }
    service::TenantRunner& runner() { return *runner_; }

  private:
    static Actor system_actor_of();
    hub::StoreUse use_;
    hub::Tenants tenants_;
    std::shared_ptr<service::TenantRunner> runner_;
};

/// Runs a command of the program itself on any runner; throws std::runtime_error when it is refused.
json::object run_as_program(service::TenantRunner& runner, const std::string& name, json::object payload,
                            const Actor& actor);
/// A reason as it stands in the journal: with the verb and the system's account that gave it, since the
/// program itself acts.
std::string said_at_the_command_line(const std::string& verb, const std::string& reason);
/// Blocks of numbers for the counter of a new tenant.
void add_number_blocks(service::TenantRunner& runner);
/// A password nobody chose: 60 bits, readable on the telephone. For the first sign-in.
std::string make_password();
/// Creates an account. Its id.
std::string add_user(service::TenantRunner& runner, const std::string& login, const std::string& name,
                     const std::string& role, const std::string& password);
/// The id of the account with this login; throws std::runtime_error when there is none.
std::string user_id_of(service::TenantRunner& runner, const std::string& login);

}  // namespace wa::admin
