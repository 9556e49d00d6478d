#include <algorithm>

#include "kernel/data.hpp"
#include "kernel/identity.hpp"
#include "kernel/registry.hpp"

namespace wa {

namespace {

Result<Row> load_user(CommandContext& context, const std::string& id) {
    auto row = context.records.find("user_account", id);
    if (!row) return fail(problems::user_not_found);
    context.records.about("user", id);
    return std::move(*row);
}

/// What the program does in somebody's name says by which secrets they have signed in: a session whose
/// password, PIN or passkey was taken away meanwhile gives nobody a new one.
Result<void> still_proved(CommandContext& context, const json::object& payload) {
    const auto proved = text_of(payload, "secrets");
    if (proved.empty()) return {};
    const auto account = context.records.find("user_account", context.actor.user_id);
    if (!account || to_hex(secrets_of(context.records.tx(), *account)) != proved)
        return fail(problems::not_signed_in);
    return {};
}

/// The account's version says which command has changed its secrets last.
void touch(CommandContext& context, const Row& user) {
    context.records.update("user_account", user.text("id"), {{"state", user.text("state")}});
}

Result<json::object> create_user(CommandContext& context, const json::object& payload) {
    WA_CHECK(still_proved(context, payload));
    const auto login = text_of(payload, "login");
    if (account_by_login(context.records.tx(), login)) return fail(problems::secret_already_set);
    const auto& roles = array_of(payload, "roles");
    if (!roles_grantable(roles)) return fail(problems::user_no_role);
    const auto id = context.ids.next();
    const auto hash = text_of(payload, "password_hash");
    context.records.insert("user_account", id,
                           {{"login", login},
                            {"name", text_of(payload, "name")},
                            {"roles", json::serialize(roles)},
                            {"state", std::string("active")},
                            {"password_hash", hash.empty() ? Value() : Value(hash)}});
    context.records.about("user", id);
    return json::object{{"user_id", id}};
}

Result<json::object> set_password(CommandContext& context, const json::object& payload) {
    WA_CHECK(still_proved(context, payload));
    const auto id = text_of(payload, "user_id");
    if (id != context.actor.user_id && !context.actor.may("user.manage"))
        return fail(problems::permission_denied, {{"permission", "user.manage"}});
    WA_TRY(user, load_user(context, id));
    context.records.update("user_account", user.text("id"),
                           {{"password_hash", text_of(payload, "password_hash")}});
    return json::object{};
}

/// Work of tours that were packed with the key so far may still be on its way.
void keep_former_key(CommandContext& context, const Row& user) {
    const auto former = context.records.query(sql::kernel::former_sign_keys, {{"user_id", user.text("id")}});
    const auto from = former.empty() ? 0 : former.front().integer("until_ms");
    context.records.insert("former_sign_key", context.ids.next(),
                           {{"user_id", user.text("id")},
                            {"sign_key", user.bytes("sign_key")},
                            {"from_ms", from},
                            {"until_ms", context.at.ms}});
}

/// Who has found out one PIN may have found out those before it: no key of theirs proves anything any more.
void drop_former_keys(CommandContext& context, const Row& user) {
    for (const auto& former :
         context.records.query(sql::kernel::former_sign_keys, {{"user_id", user.text("id")}}))
        context.records.erase("former_sign_key", former.text("id"));
}

Result<json::object> set_pin(CommandContext& context, const json::object& payload) {
    WA_CHECK(still_proved(context, payload));
    WA_TRY(user, load_user(context, context.actor.user_id));
    const auto sign_key = from_hex(text_of(payload, "sign_key")),
               seal_key = from_hex(text_of(payload, "seal_key")),
               seed = from_hex(text_of(payload, "wrapped_seed"));
    if (!sign_key || sign_key->size() != 32 || !seal_key || seal_key->size() != 32 || !seed || seed->empty())
        return fail(problems::request_malformed);
    const auto auth = from_hex(text_of(payload, "pin_auth"));
    if (flag_of(payload, "compromised"))
        drop_former_keys(context, user);
    else if (!user.is_null("sign_key"))
        keep_former_key(context, user);
    context.records.update("user_account", user.text("id"),
                           {{"sign_key", *sign_key},
                            {"seal_key", *seal_key},
                            {"wrapped_seed", *seed},
                            {"pin_auth", auth && auth->size() == 32 ? Value(*auth) : Value()},
                            {"pin_tries", Value()},
                            {"pin_locked_until_ms", Value()}});
    return json::object{};
}

/// In one step: however many ask at once, each try is counted before it is answered.
Result<json::object> try_pin(CommandContext& context, const json::object& payload) {
    WA_TRY(user, load_user(context, text_of(payload, "user_id")));
    const auto locked_for = user.integer("pin_locked_until_ms") - context.at.ms;
    if (locked_for > 0) return json::object{{"judged", "locked"}, {"minutes", locked_for / 60'000 + 1}};
    const bool good =
        !user.is_null("pin_auth") && user.bytes("pin_auth") == from_hex(text_of(payload, "pin_auth"));
    if (good && user.integer("pin_tries") == 0) return json::object{{"judged", "good"}};
    const auto tries = good ? 0 : user.integer("pin_tries") + 1;
    const bool lock = tries >= sign_in_tries_max;
    context.records.update(
        "user_account", user.text("id"),
        {{"pin_tries", lock ? 0 : tries},
         {"pin_locked_until_ms", lock ? Value(context.at.ms + lock_minutes * 60'000) : Value()}});
    if (good) return json::object{{"judged", "good"}};
    return json::object{{"judged", "wrong"}, {"tries_left", sign_in_tries_max - tries}};
}

Result<json::object> add_passkey(CommandContext& context, const json::object& payload) {
    WA_CHECK(still_proved(context, payload));
    WA_TRY(user, load_user(context, context.actor.user_id));
    const auto credential = from_base64url(text_of(payload, "credential"));
    const auto key = from_base64url(text_of(payload, "public_key"));
    if (!credential || !key) return fail(problems::request_malformed);
    context.records.insert("passkey", context.ids.next(),
                           {{"user_id", user.text("id")},
                            {"credential", *credential},
                            {"public_key", *key},
                            {"sign_count", integer_of(payload, "sign_count")},
                            {"name", text_of(payload, "name")},
                            {"added_at_ms", context.at.ms}});
    touch(context, user);
    return json::object{};
}

Result<json::object> note_passkey(CommandContext& context, const json::object& payload) {
    const auto passkey = context.records.find("passkey", text_of(payload, "passkey_id"));
    if (!passkey) return fail(problems::not_found);
    context.records.about("user", passkey->text("user_id"));
    context.records.update(
        "passkey", passkey->text("id"),
        {{"sign_count", integer_of(payload, "sign_count")}, {"used_at_ms", context.at.ms}});
    return json::object{};
}

Result<json::object> unlock_user(CommandContext& context, const json::object& payload) {
    WA_TRY(user, load_user(context, text_of(payload, "user_id")));
    context.records.update("user_account", user.text("id"),
                           {{"failed_tries", std::int64_t(0)},
                            {"locked_until_ms", std::int64_t(0)},
                            {"pin_tries", Value()},
                            {"pin_locked_until_ms", Value()}});
    return json::object{};
}

Result<json::object> note_try(CommandContext& context, const json::object& payload) {
    WA_TRY(user, load_user(context, text_of(payload, "user_id")));
    std::int64_t tries = flag_of(payload, "good") ? 0 : user.integer("failed_tries") + 1;
    std::int64_t locked_until = flag_of(payload, "good") ? 0 : user.integer("locked_until_ms");
    if (tries >= sign_in_tries_max) {
        locked_until = context.at.ms + lock_minutes * 60'000;
        tries = 0;
    }
    context.records.update("user_account", user.text("id"),
                           {{"failed_tries", tries}, {"locked_until_ms", locked_until}});
    return json::object{};
}

Result<json::object> set_roles(CommandContext& context, const json::object& payload) {
    WA_TRY(user, load_user(context, text_of(payload, "user_id")));
    const auto& roles = array_of(payload, "roles");
    if (!roles_grantable(roles)) return fail(problems::user_no_role);
    // Nobody gives themselves a right; and there is always somebody left who may manage accounts: who takes
    // it from others has it.
    if (user.text("id") == context.actor.user_id) return fail(problems::user_own_account);
    context.records.update("user_account", user.text("id"), {{"roles", json::serialize(roles)}});
    return json::object{};
}

Result<json::object> set_state(CommandContext& context, const json::object& payload) {
    WA_TRY(user, load_user(context, text_of(payload, "user_id")));
    const auto id = user.text("id"), state = text_of(payload, "state");
    if (state == "active") {
        context.records.update("user_account", id, {{"state", state}});
        return json::object{};
    }
    if (id == context.actor.user_id) return fail(problems::user_own_account);
    for (const auto& passkey : context.records.query(sql::kernel::passkeys_of, {{"user_id", id}}))
        context.records.erase("passkey", passkey.text("id"));
    // sign_key stays: work signed before may still be on its way.
    context.records.update("user_account", id,
                           {{"state", state},
                            {"password_hash", Value()},
                            {"seal_key", Value()},
                            {"wrapped_seed", Value()},
                            {"pin_auth", Value()}});
    return json::object{};
}

/// Another's account is for who manages accounts.
Result<void> own_or_managed(const Actor& actor, const std::string& user_id) {
    if (user_id == actor.user_id || actor.may("user.manage")) return {};
    return fail(problems::permission_denied, {{"permission", "user.manage"}});
}

Result<json::object> remove_passkey(CommandContext& context, const json::object& payload) {
    const auto passkey = context.records.find("passkey", text_of(payload, "passkey_id"));
    if (!passkey) return fail(problems::not_found);
    const auto owner = passkey->text("user_id");
    WA_CHECK(own_or_managed(context.actor, owner));
    WA_TRY(user, load_user(context, owner));
    const auto all = context.records.query(sql::kernel::passkeys_of, {{"user_id", owner}});
    if (owner == context.actor.user_id && user.is_null("password_hash") && all.size() == 1)
        return fail(problems::passkey_last);
    context.records.erase("passkey", passkey->text("id"));
    touch(context, user);
    return json::object{};
}

Result<json::object> list_passkeys(QueryContext& context, const json::object& params) {
    const auto owner = text_of(params, "user_id", context.actor.user_id);
    WA_CHECK(own_or_managed(context.actor, owner));
    json::array passkeys;
    for (const auto& row : context.tx.query(sql::kernel::passkeys_of, {{"user_id", owner}})) {
        const auto all = row_to_json(row);
        json::object shown;
        for (const auto* column : {"id", "name", "added_at_ms", "used_at_ms"}) shown[column] = all.at(column);
        passkeys.push_back(std::move(shown));
    }
    return json::object{{"passkeys", std::move(passkeys)}};
}

Result<json::object> list_roles(QueryContext&, const json::object&) {
    return json::object{{"roles", role_list()}};
}

Result<json::object> list_users(QueryContext& context, const json::object&) {
    json::array users;
    for (const auto& row : context.tx.query(sql::kernel::list_users)) {
        auto user = row_to_json(row);
        if (auto roles = parse_json(row.text("roles"))) user["roles"] = std::move(*roles);
        user["locked"] =
            std::max(row.integer("locked_until_ms"), row.integer("pin_locked_until_ms")) > context.at.ms;
        users.push_back(std::move(user));
    }
    return json::object{{"users", std::move(users)}};
}

Result<json::object> list_staff(QueryContext& context, const json::object&) {
    json::array staff;
    for (const auto& row : context.tx.query(sql::kernel::list_users)) {
        if (!actor_of(row).may("tour.check_out") || row.text("state") != "active") continue;
        staff.push_back(json::object{
            {"id", row.text("id")}, {"name", row.text("name")}, {"has_pin", row.integer("has_pin") != 0}});
    }
    return json::object{{"staff", std::move(staff)}};
}

}  // namespace

void install_users(Registry& registry) {
    registry.bind_command("user.create", create_user);
    registry.bind_command("user.set_password", set_password);
    registry.bind_command("user.set_pin", set_pin);
    registry.bind_command("user.try_pin", try_pin);
    registry.bind_command("user.add_passkey", add_passkey);
    registry.bind_command("user.note_passkey", note_passkey);
    registry.bind_command("user.unlock", unlock_user);
    registry.bind_command("user.note_try", note_try);
    registry.bind_command("user.set_roles", set_roles);
    registry.bind_command("user.set_state", set_state);
    registry.bind_command("user.remove_passkey", remove_passkey);
    registry.bind_query("user.passkeys", list_passkeys);
    registry.bind_query("role.list", list_roles);
    registry.bind_query("user.list", list_users);
    registry.bind_query("staff.list", list_staff);
}

}  // namespace wa
