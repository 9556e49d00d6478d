// /api/session: who is signed in; sign in, lock, unlock, sign out.
#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "apps/service/desk_api.hpp"
#include "kernel/data.hpp"

namespace wa::service {

http::Response DeskApi::session_response(const std::optional<Session>& session) {
    json::object body{{"place", backend_.place()},
                      {"choices", backend_.sign_in_choices()},
                      {"line", backend_.line_state()},
                      {"signed_in", session.has_value()}};
    if (session) {
        const auto& actor = session->principal.actor;
        json::array permissions;
        for (const auto& permission : actor.permissions) permissions.push_back(json::string(permission));
        body["locked"] = session->locked;
        body["user"] = json::object{{"id", actor.user_id},
                                    {"name", actor.name},
                                    {"login", session->principal.login},
                                    {"permissions", permissions}};
        if (const auto runner = backend_.runner(session->principal.tenant_id)) {
            const auto& tenant = runner->scope().tenant;
            json::array functions;
            for (const auto& function : tenant.functions) functions.push_back(json::string(function));
            body["tenant"] = json::object{{"id", tenant.id},
                                          {"name", tenant.name},
                                          {"ags", tenant.ags},
                                          {"accent", tenant.accent},
                                          {"functions", functions}};
        }
    }
    return http::json_response(200, body);
}

bool DeskApi::session_route(const http::Request& request, const std::string& token,
                            const std::optional<Session>& session, http::Respond respond) {
    const auto& path = request.path;
    if (path == "/api/session" && request.method == "GET") return respond(session_response(session)), true;
    if (path == "/api/session") {
        sessions_.end(token);
        auto response = http::json_response(200, json::object{{"signed_in", false}});
        response.headers.emplace_back("Set-Cookie", cookie("", true));
        return respond(std::move(response)), true;
    }
    if (path == "/api/session/password" || path == "/api/session/pin" || path == "/api/session/passkey")
        return begin_session(path.substr(13), token, request, std::move(respond)), true;
    if (path == "/api/session/lock") {
        sessions_.lock(token);
        return respond(http::json_response(200, json::object{{"locked", true}})), true;
    }
    if (path == "/api/session/unlock")
        return unlock_session(token, *session, request, std::move(respond)), true;
    return false;
}

void DeskApi::begin_session(const std::string& way, const std::string& old_token,
                            const http::Request& request, http::Respond respond) {
    auto body = body_of(request);
    if (!body) return respond(problem_response(body.error()));
    auto asked = *body;
    // What a passkey's answer is checked against is the browser's word in the head, not the body's.
    const auto host = std::string(request.header("Host"));
    asked["relying_party"] = host.substr(0, host.rfind(':'));
    asked["origin"] =
        request.header("Origin").empty() ? "http://" + host : std::string(request.header("Origin"));
    slowly(respond, [this, way, asked, old_token, remote = request.remote, respond] {
        const auto what = "POST /api/session/" + way;
        backend_.sign_in(way, asked, [=, this](Result<Principal> principal, const std::string& account) {
            if (!principal)
                return refuse_at(text_of(asked, "tenant", backend_.only_tenant()), what, account, {}, remote,
                                 principal.error(), respond);
            note_sign_in(what, *principal, [=, this] {
                const auto now = system::now().ms;
                // Whoever used this browser before is signed out: no token outlives a sign-in.
                sessions_.end(old_token);
                const auto token = sessions_.begin(*principal, now);
                // The account may have changed since its secret was proved.
                recheck(principal->tenant_id);
                auto response = session_response(sessions_.find(token, now, false));
                response.headers.emplace_back("Set-Cookie", cookie(token, false));
                respond(std::move(response));
            });
        });
    });
}

void DeskApi::recheck(const std::string& tenant_id) {
    const auto runner = backend_.runner(tenant_id);
    if (!runner) return;
    try {
        recheck_sessions(sessions_, *runner);
    } catch (const StoreError& error) {
        log::error("sessions not looked at", {{"tenant", tenant_id}, {"why", error.what()}});
    }
}

void DeskApi::unlock_session(const std::string& token, const Session& session, const http::Request& request,
                             http::Respond respond) {
    auto body = body_of(request);
    if (!body) return respond(problem_response(body.error()));
    auto asked = *body;
    // The secret must be that of the person whose screen it is.
    asked["user"] = session.principal.login;
    asked["tenant"] = session.principal.tenant_id;
    const std::string way = asked.contains("pin") ? "pin" : "password";
    slowly(respond, [this, way, asked, token, session, request, respond] {
        const std::string what = "POST /api/session/unlock";
        backend_.sign_in(way, asked, [=, this](Result<Principal> principal, const std::string&) {
            const auto refused = [&](const Problem& problem) {
                refuse(what, request, &session, problem, respond);
            };
            if (!principal) return refused(principal.error());
            if (principal->actor.user_id != session.principal.actor.user_id)
                return refused(Problem(problems::permission_denied));
            note_sign_in(what, *principal, [=, this] {
                sessions_.unlock(token, system::now().ms);
                respond(session_response(sessions_.find(token, system::now().ms, true)));
            });
        });
    });
}

}  // namespace wa::service
