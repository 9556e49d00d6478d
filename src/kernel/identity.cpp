#include "kernel/identity.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <mutex>

#include "base/text.hpp"
#include "kernel/data.hpp"

namespace wa {

namespace {

const json::object& roles() {
    static const json::object all = [] {
        auto value = parse_json(data::kernel::file("roles.json"));
        WA_ASSERT(value && value->is_object());
        return value->get_object();
    }();
    return all;
}

void collect(std::string_view role, Permissions::Names& permissions) {
    const auto& entry = object_of(roles(), role);
    for (const auto& included : array_of(entry, "includes")) collect(included.as_string(), permissions);
    for (const auto& permission : array_of(entry, "permissions"))
        permissions.emplace(std::string_view(permission.as_string()));
}

/// Who watches the others is none of them, and who gives the rights has none to cases (handbook § 14):
/// "not_with" of a role names those that no account has beside it.
bool stands_beside(std::string_view role, const json::array& others) {
    const auto& excluded = array_of(object_of(roles(), role), "not_with");
    return std::none_of(others.begin(), others.end(), [&](const json::value& other) {
        return std::find(excluded.begin(), excluded.end(), other) != excluded.end();
    });
}

}  // namespace

bool role_exists(std::string_view role) {
    return roles().contains(role);
}

bool roles_grantable(const json::array& names) {
    return !names.empty() && std::all_of(names.begin(), names.end(), [&](const json::value& role) {
        return role.is_string() && role.get_string() != "system" && role_exists(role.get_string()) &&
               stands_beside(role.get_string(), names);
    });
}

json::array role_list() {
    json::array list;
    for (const auto& role : roles()) {
        if (role.key() == "system") continue;
        json::array permissions;
        for (const auto& permission : permissions_of({std::string(role.key())}))
            permissions.push_back(json::string(permission));
        list.push_back(json::object{{"id", role.key()},
                                    {"title", json::object{{"de", text_of(role.value().as_object(), "de")}}},
                                    {"permissions", std::move(permissions)}});
    }
    return list;
}

Permissions permissions_of(const std::vector<std::string>& role_names) {
    // Asked for with every command that arrives. Only roles that exist are a key, so it cannot grow for ever.
    static std::mutex mutex;
    static std::map<std::set<std::string>, Permissions> known;
    std::set<std::string> existing;
    std::copy_if(role_names.begin(), role_names.end(), std::inserter(existing, existing.end()), role_exists);
    const std::lock_guard lock(mutex);
    auto found = known.find(existing);
    if (found == known.end()) {
        Permissions::Names names;
        for (const auto& role : existing) collect(role, names);
        found = known.emplace(std::move(existing), Permissions(std::move(names))).first;
    }
    return found->second;
}

std::vector<std::string> roles_of(const Row& account) {
    std::vector<std::string> names;
    if (const auto list = parse_json(account.text("roles")); list && list->is_array())
        for (const auto& role : list->get_array())
            if (role.is_string()) names.emplace_back(role.get_string());
    return names;
}

Actor actor_of(const Row& account) {
    const auto roles = roles_of(account);
    std::string names;
    for (const auto& role : roles) names += (names.empty() ? "" : ",") + role;
    return {account.text("id"), account.text("name"), permissions_of(roles), std::move(names)};
}

Actor system_actor() {
    return {"", "Programm", permissions_of({"system"}), "system"};
}

Hash secrets_of(Transaction& tx, const Row& account) {
    auto text = account.text("password_hash") + "|" + to_hex(account.bytes("sign_key"));
    for (const auto& passkey : tx.query(sql::kernel::passkeys_of, {{"user_id", account.text("id")}}))
        text += "|" + to_hex(passkey.bytes("credential"));
    return sha256(text);
}

std::optional<Row> account_by_login(Transaction& tx, std::string_view login) {
    auto rows = tx.query(sql::kernel::user_by_login, {{"login", std::string(login)}});
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
}

bool password_acceptable(std::string_view password) {
    return is_valid_utf8(password) && din_length(password) >= 12 && password.size() <= 200;
}

bool pin_acceptable(std::string_view pin) {
    if (pin.size() < 6 || pin.size() > 12) return false;
    if (!std::all_of(pin.begin(), pin.end(), [](char c) { return c >= '0' && c <= '9'; })) return false;
    bool same = true, up = true, down = true;
    for (std::size_t i = 1; i < pin.size(); ++i) {
        same = same && pin[i] == pin[i - 1];
        up = up && pin[i] == pin[i - 1] + 1;
        down = down && pin[i] == pin[i - 1] - 1;
    }
    return !same && !up && !down;
}

}  // namespace wa
