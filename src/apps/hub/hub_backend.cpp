#include "apps/hub/hub_backend.hpp"

#include "adapters/system/system.hpp"
#include "apps/hub/line_counters.hpp"
#include "base/pin_key.hpp"
#include "kernel/cases.hpp"
#include "kernel/data.hpp"
#include "kernel/identity.hpp"

namespace wa::hub {

using service::Principal;

namespace {

/// Costs what noting the try of a known name does.
constexpr Statement note_nobody{"hub.note_nobody",
                                "INSERT INTO setting (key, value) VALUES ('nobody_tried', $at) "
                                "ON CONFLICT (key) DO UPDATE SET value = $at"};

}  // namespace

service::Principal HubBackend::principal_of(service::TenantRunner& runner, const Row& account) const {
    Origin origin;
    origin.place = "counter";
    origin.device = "hub";
    origin.device_name = "Zentrale";
    Hash secrets{};
    runner.read([&](Transaction& tx) { secrets = secrets_of(tx, account); });
    return {runner.scope().tenant.id, account.text("login"), actor_of(account), origin, secrets};
}

json::object HubBackend::sign_in_choices() {
    json::array tenants;
    const auto add = [&](const Tenant& tenant) {
        tenants.push_back(json::object{{"id", tenant.id}, {"name", tenant.name}, {"accent", tenant.accent}});
    };
    for (const auto& tenant : tenants_.all()) add(tenant);
    for (const auto& [id, tenant] : tenants_.damaged()) add(tenant);
    return {{"ways", json::array{"password", "passkey"}}, {"tenants", std::move(tenants)}};
}

json::object HubBackend::line_state() {
    return {{"place", "hub"},
            {"connected", true},
            {"state", "none"},
            {"arrived", json::object{{"chunks", line_counters().chunks.load()},
                                     {"chunks_repeated", line_counters().chunks_repeated.load()}}}};
}

std::string HubBackend::certainty(const std::string&, const std::string& stream, Transaction& tx) {
    if (stream.empty()) return "hub";
    const auto row = read_row(tx, "case_file", stream);
    if (!row) return "hub";
    return is_over(row->text("status")) ? "final" : "hub";
}

void HubBackend::note_try(service::TenantRunner& runner, const std::string& user_id, bool good,
                          const std::string& way, std::function<void(bool noted)> then) {
    CommandRequest note;
    note.id = system::new_id();
    note.name = "user.note_try";
    note.payload = {{"user_id", user_id}, {"good", good}, {"way", way}};
    note.actor = system_actor();
    note.origin.place = "system";
    note.origin.device = "hub";
    note.at = system::now();
    runner.run(std::move(note),
               [then = std::move(then)](CommandResult result) { then(result.outcome == Outcome::done); });
}

void HubBackend::sign_in(const std::string& way, const json::object& body, service::SignedIn done) {
    const auto runner = tenants_.runner(text_of(body, "tenant"));
    if (tenants_.is_damaged(text_of(body, "tenant"))) return done(fail(problems::store_damaged), "");
    if (!runner) return done(fail(problems::sign_in_failed, {{"tries_left", sign_in_tries_max}}), "");
    if (way == "password") return sign_in_password(*runner, body, std::move(done));
    if (way == "passkey") return sign_in_passkey(*runner, body, std::move(done));
    done(fail(problems::not_found), "");
}

void HubBackend::sign_in_password(service::TenantRunner& runner, const json::object& body,
                                  service::SignedIn done) {
    std::optional<Row> account;
    runner.read([&](Transaction& tx) { account = account_by_login(tx, text_of(body, "user")); });
    const auto now = system::now();
    const auto& tenant = runner.scope().tenant.id;
    const auto id = account ? account->text("id") : std::string();
    // A name nobody has is counted and locked like any other, so that names cannot be tried out.
    const auto who = account ? id : text_of(body, "user");
    const auto loose = loose_tries_.of(tenant, who);
    const auto counted = account ? account->integer("failed_tries") : 0;
    const auto locked_until =
        std::max(loose.locked_until_ms, account ? account->integer("locked_until_ms") : 0);
    if (locked_until > now.ms)
        return done(fail(problems::account_locked, {{"minutes", (locked_until - now.ms) / 60'000 + 1}}), id);
    // It costs as much time as well.
    static const auto nobody = hash_password("nobody", HashCost::interactive, system::random_bytes<16>());
    const bool usable = account && account->text("state") == "active" && !account->is_null("password_hash");
    const bool good =
        password_matches(usable ? account->text("password_hash") : nobody, text_of(body, "password")) &&
        usable;
    const auto left = std::max<std::int64_t>(0, sign_in_tries_max - 1 - counted - loose.tries);
    if (!account) {
        loose_tries_.note(tenant, who, 0, now);
        // Nor does how long it takes say whether there is such a name.
        return runner.write(
            [now](Transaction& tx) {
                tx.execute(note_nobody, {{"at", to_rfc3339(now)}});
            },
            [left, done](bool) {
                done(fail(problems::sign_in_failed, {{"tries_left", left}}), "");
            });
    }
    note_try(runner, id, good, "password",
             [this, good, left, counted, now, principal = principal_of(runner, *account), done](bool noted) {
                 const auto& user = principal.actor.user_id;
                 if (good) {
                     loose_tries_.forget(principal.tenant_id, user);
                     return done(principal, user);
                 }
                 if (!noted) loose_tries_.note(principal.tenant_id, user, counted, now);
                 done(fail(problems::sign_in_failed, {{"tries_left", left}}), user);
             });
}

void HubBackend::change_own(const http::Request& request, const service::Session& session,
                            const std::string& name, json::object payload, http::Respond respond) {
    const auto token = api_->token_in(request), id = system::new_id();
    api_->sessions().changing(token, id);
    run_own(
        session, name, std::move(payload),
        [this, token, respond](http::Response response) {
            api_->sessions().changing(token, "");
            respond(std::move(response));
        },
        id);
}

void HubBackend::run_own(const service::Session& session, const std::string& name, json::object payload,
                         http::Respond respond, const std::string& id) {
    CommandRequest command;
    command.id = id.empty() ? system::new_id() : id;
    if (name.starts_with("user.")) payload["secrets"] = to_hex(session.principal.secrets);
    command.name = name;
    command.payload = std::move(payload);
    command.actor = session.principal.actor;
    command.origin = session.principal.origin;
    command.at = system::now();
    auto runner = tenants_.runner(session.principal.tenant_id);
    runner->run(std::move(command), [this, runner, respond](CommandResult result) {
        if (result.outcome == Outcome::refused) return respond(api_->problem_response(result.problem));
        respond(http::json_response(200, json::object{{"answer", result.answer}}));
    });
}

std::vector<service::Route> HubBackend::routes() const {
    using service::Gate;
    return {{"POST", "/api/session/passkey/options", Gate::anyone},
            {"POST", "/api/session/passkey/register/options", Gate::open_session},
            {"POST", "/api/session/passkey/register", Gate::open_session},
            {"POST", "/api/session/set_password", Gate::open_session},
            {"POST", "/api/session/set_pin", Gate::open_session},
            {"POST", "/api/users", Gate::open_session},
            {"POST", "/api/devices/prepare", Gate::open_session},
            {"POST", "/api/exports", Gate::open_session},
            {"GET", "/api/exports/", Gate::open_session, true},
            {"GET", "/api/losses/", Gate::open_session, true},
            {"GET", "/api/disclosures/", Gate::open_session, true}};
}

bool HubBackend::handle(const http::Request& request, const service::Session* session,
                        http::Respond respond) {
    if (passkey_route(request, session, respond)) return true;
    return session &&
           (own_secret_route(request, *session, respond) || device_route(request, *session, respond) ||
            loss_route(request, *session, respond) || disclosure_route(request, *session, respond) ||
            export_route(request, *session, respond));
}

/// Secrets are hashed here, so that no plain one reaches a handler, the journal or the done mark.
bool HubBackend::own_secret_route(const http::Request& request, const service::Session& session,
                                  http::Respond respond) {
    const bool password = request.path == "/api/session/set_password",
               pin = request.path == "/api/session/set_pin";
    const bool create = request.path == "/api/users";
    if (!password && !pin && !create) return false;
    auto body = service::body_of(request);
    if (!body) return respond(api_->problem_response(body.error())), true;
    // Who may not make accounts is not told what is wrong with this one.
    if (create && !session.principal.actor.may("user.manage"))
        return api_->refuse("POST /api/users", request, &session, Problem(problems::permission_denied),
                            std::move(respond)),
               true;
    const auto secret = text_of(*body, pin ? "pin" : "password");
    if (pin ? !pin_acceptable(secret) : !password_acceptable(secret))
        return respond(api_->problem_response(Problem(problems::secret_too_weak))), true;
    // Hashing takes half a second: not on a connection's thread.
    api_->slowly(respond, [this, request, session, body = std::move(*body), respond] {
        keep_secret(request, session, body, respond);
    });
    return true;
}

void HubBackend::keep_secret(const http::Request& request, const service::Session& session,
                             const json::object& body, http::Respond respond) {
    if (request.path == "/api/session/set_pin") {
        const auto secret = text_of(body, "pin");
        const auto seed = system::random_key();
        const auto wrapped = wrap_with_secret(secret, seed.bytes, HashCost::strong,
                                              system::random_bytes<16>(), system::random_bytes<24>());
        return change_own(request, session, "user.set_pin",
                          {{"sign_key", to_hex(SignKeys::from_seed(seed).public_key)},
                           {"seal_key", to_hex(SealKeys::from_seed(seed).public_key)},
                           {"wrapped_seed", to_hex(wrapped)},
                           {"pin_auth", to_hex(pin_auth(key_from_pin(secret, wrapped).value()))},
                           {"compromised", flag_of(body, "compromised")}},
                          std::move(respond));
    }
    const auto hash =
        hash_password(text_of(body, "password"), HashCost::interactive, system::random_bytes<16>());
    if (request.path == "/api/users")
        return run_own(session, "user.create",
                       {{"login", text_of(body, "login")},
                        {"name", text_of(body, "name")},
                        {"roles", array_of(body, "roles")},
                        {"password_hash", hash}},
                       std::move(respond));
    const auto& own = session.principal.actor.user_id;
    const auto user_id = text_of(body, "user_id", own);
    json::object payload{{"user_id", user_id}, {"password_hash", hash}};
    if (user_id == own)
        return change_own(request, session, "user.set_password", std::move(payload), std::move(respond));
    // Set when it was lost or found out: nobody stays signed in with the old one.
    run_own(session, "user.set_password", std::move(payload), std::move(respond));
}

}  // namespace wa::hub
