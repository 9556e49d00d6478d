// Passkeys and devices at the hub's desk.
#include "adapters/system/system.hpp"
#include "apps/hub/enrolment.hpp"
#include "apps/hub/hub_backend.hpp"
#include "kernel/data.hpp"
#include "kernel/identity.hpp"

namespace wa::hub {

bool HubBackend::device_route(const http::Request& request, const service::Session& session,
                              http::Respond respond) {
    if (request.path != "/api/devices/prepare") return false;
    auto body = service::body_of(request);
    if (!body) return respond(api_->problem_response(body.error())), true;
    const auto code = Enrolment::make_code();
    const auto name = text_of(*body, "name");
    CommandRequest command;
    command.id = system::new_id();
    command.name = "device.prepare";
    command.payload = {{"name", name},
                       {"code_hash", to_hex(Enrolment::hash_code(code))},
                       {"code_expires", to_rfc3339({system::now().ms + code_minutes * 60'000})}};
    command.actor = session.principal.actor;
    command.origin = session.principal.origin;
    command.at = system::now();
    const auto tenant = session.principal.tenant_id;
    tenants_.runner(tenant)->run(
        std::move(command), [this, tenant, name, code, respond](CommandResult result) {
            if (result.outcome == Outcome::refused) return respond(api_->problem_response(result.problem));
            respond(http::json_response(
                200, json::object{{"code", code},
                                  {"minutes", code_minutes},
                                  {"file", enrolment_.enrolment_file(
                                               tenant, text_of(result.answer, "device_id"), name)}}));
        });
    return true;
}

namespace {

/// Passkeys belong to the name the browser shows: Host without the port.
std::string relying_party(const http::Request& request) {
    const auto host = std::string(request.header("Host"));
    return host.substr(0, host.rfind(':'));
}

std::string origin_of(const http::Request& request) {
    const auto origin = request.header("Origin");
    return origin.empty() ? "http://" + std::string(request.header("Host")) : std::string(origin);
}

}  // namespace

bool HubBackend::passkey_route(const http::Request& request, const service::Session* session,
                               http::Respond respond) {
    const auto& path = request.path;
    if (path.rfind("/api/session/passkey/", 0) != 0) return false;
    auto body = service::body_of(request);
    if (!body) return respond(api_->problem_response(body.error())), true;
    const auto now = system::now().ms;
    const auto challenge = system::random_bytes<32>();
    if (path == "/api/session/passkey/options") {
        const auto key = challenges_.issue(challenge, passkey::Purpose::assertion, "", now);
        // No list of credentials: whether a name has passkeys is nobody's business before signing in.
        auto options = passkey::assertion_options(relying_party(request), challenge, {});
        return respond(http::json_response(200, json::object{{"id", key}, {"options", options}})), true;
    }
    const auto& actor = session->principal.actor;
    if (path == "/api/session/passkey/register/options") {
        const auto key = challenges_.issue(challenge, passkey::Purpose::registration, actor.user_id, now);
        const passkey::Person person{to_bytes(actor.user_id), session->principal.login, actor.name};
        auto options =
            passkey::registration_options(relying_party(request), "Wanderamt", person, challenge, {});
        return respond(http::json_response(200, json::object{{"id", key}, {"options", options}})), true;
    }
    if (path != "/api/session/passkey/register") return false;
    const auto taken = challenges_.take(text_of(*body, "id"), passkey::Purpose::registration, now);
    const auto made = taken && taken->user_id == actor.user_id
                          ? passkey::verify_registration(object_of(*body, "credential"), taken->challenge,
                                                         origin_of(request), relying_party(request))
                          : std::nullopt;
    if (!made) return respond(api_->problem_response(Problem(problems::request_malformed))), true;
    change_own(request, *session, "user.add_passkey",
               {{"credential", to_base64url(made->credential)},
                {"public_key", to_base64url(made->public_key)},
                {"sign_count", std::int64_t(made->sign_count)},
                {"name", text_of(*body, "name", "Passkey")}},
               std::move(respond));
    return true;
}

void HubBackend::sign_in_passkey(service::TenantRunner& runner, const json::object& body,
                                 service::SignedIn done) {
    const auto taken = challenges_.take(text_of(body, "id"), passkey::Purpose::assertion, system::now().ms);
    const auto& response = object_of(body, "credential");
    const auto credential = passkey::credential_of(response);
    std::optional<Row> key, account;
    if (credential)
        runner.read([&](Transaction& tx) {
            auto rows = tx.query(sql::kernel::passkey_by_credential, {{"credential", *credential}});
            if (rows.empty()) return;
            key = std::move(rows.front());
            account = read_row(tx, "user_account", key->text("user_id"));
        });
    const auto refused = [&] {
        done(fail(problems::sign_in_failed, {{"tries_left", sign_in_tries_max - 1}}),
             account ? account->text("id") : std::string());
    };
    if (!taken || !key || !account || account->text("state") != "active") return refused();
    const auto verified = passkey::verify_assertion(
        response, taken->challenge, text_of(body, "origin"), text_of(body, "relying_party"),
        key->bytes("credential"), key->bytes("public_key"), std::uint32_t(key->integer("sign_count")));
    // An authenticator that names its owner must name this one (WebAuthn § 7.2 step 6).
    const auto owner = passkey::user_handle_of(response);
    if (!verified || (owner && as_view(*owner) != account->text("id"))) return refused();
    CommandRequest note;
    note.id = system::new_id();
    note.name = "user.note_passkey";
    note.payload = {{"passkey_id", key->text("id")}, {"sign_count", std::int64_t(verified->sign_count)}};
    note.actor = system_actor();
    note.origin = {"system", "hub", "Zentrale", ""};
    note.at = system::now();
    runner.run(std::move(note), [](CommandResult) {});
    auto principal = principal_of(runner, *account);
    note_try(runner, account->text("id"), true, "passkey",
             [principal, done](bool) { done(principal, principal.actor.user_id); });
}

}  // namespace wa::hub
