#include "apps/service/desk_api.hpp"

#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "apps/service/openapi.hpp"
#include "kernel/data.hpp"
#include "kernel/identity.hpp"

namespace wa::service {

DeskApi::DeskApi(DeskApiOptions options, Backend& backend, const Registry& registry, LetterRenderer& letters,
                 http::Loop& slow)
    : options_(std::move(options)), backend_(backend), registry_(registry), letters_(letters), slow_(slow) {}

http::Handler DeskApi::handler() {
    return [this](http::Request request, http::Respond respond) {
        try {
            route(std::move(request), respond);
        } catch (const std::exception& error) {
            log::error("request failed", {{"what", error.what()}});
            respond(problem_response(Problem(problems::internal)));
        }
    };
}

http::Response DeskApi::problem_response(const Problem& problem) const {
    const auto& entry = object_of(registry_.problems(), problem.code);
    json::object body{{"code", problem.code}, {"words", words_for(registry_, problem)}};
    auto details = problem.details;
    if (const auto* fields = details.if_contains("fields")) {
        body["fields"] = *fields;
        details.erase("fields");
    }
    body["details"] = std::move(details);
    return http::json_response(int(integer_of(entry, "status", 500)), body);
}

bool DeskApi::from_own_page(const http::Request& request) {
    if (request.header("X-Wanderamt") != "1") return false;
    const auto site = request.header("Sec-Fetch-Site");
    return site.empty() || site == "same-origin" || site == "none";
}

Result<json::object> body_of(const http::Request& request) {
    if (request.body.empty()) return json::object{};
    auto value = parse_json(request.body);
    if (!value || !value->is_object()) return fail(problems::request_malformed);
    return std::move(value->get_object());
}

std::string DeskApi::cookie(const std::string& token, bool ends) const {
    return options_.cookie_name + "=" + token + "; Path=/; HttpOnly; SameSite=Strict" +
           (options_.secure_cookie ? "; Secure" : "") + (ends ? "; Max-Age=0" : "");
}

namespace {

bool begins(const std::string& text, std::string_view prefix) {
    return text.rfind(prefix, 0) == 0;
}

std::string token_of(const http::Request& request, const std::string& name) {
    const auto it = request.cookies.find(name);
    return it == request.cookies.end() ? std::string() : it->second;
}

}  // namespace

void DeskApi::route(http::Request request, http::Respond respond) {
    const auto& path = request.path;
    if (path == "/api/health") return respond(http::json_response(200, json::object{{"ok", true}}));
    if (path == "/api/catalogue") return respond(catalogue_response());
    if (path == "/api/openapi.json") return respond(openapi_response());
    if (request.method != "GET" && !from_own_page(request))
        return respond(problem_response(Problem(problems::request_foreign)));
    const auto token = token_of(request, options_.cookie_name);
    auto session = sessions_.find(token, system::now().ms,
                                  begins(path, "/api/commands/") || begins(path, "/api/queries/"));
    if (begins(path, "/api/session"))
        return session_route(request, token, std::move(session), std::move(respond));
    if (backend_.handle(request, session ? &*session : nullptr, respond)) return;
    if (!session) return respond(problem_response(Problem(problems::not_signed_in)));
    if (session->locked) return respond(problem_response(Problem(problems::session_locked)));
    if (begins(path, "/api/commands/"))
        return command_route(path.substr(14), request, *session, std::move(respond));
    if (begins(path, "/api/queries/"))
        return query_route(path.substr(13), request, *session, std::move(respond));
    if (begins(path, "/api/letters/"))
        return letter_route(path.substr(13), request, *session, std::move(respond));
    if (begins(path, "/api/records/") && request.method == "GET")
        return record_route(path.substr(13), *session, std::move(respond));
    if (path == "/api/documents" && request.method == "PUT")
        return put_document(request, *session, std::move(respond));
    if (begins(path, "/api/documents/")) return get_document(request, *session, std::move(respond));
    respond(problem_response(Problem(problems::not_found)));
}

std::function<int(const http::Request&)> DeskApi::document_gate() {
    return [this](const http::Request& head) {
        const auto session = sessions_.find(token_of(head, options_.cookie_name), system::now().ms, true);
        return session && !session->locked ? 0 : 401;
    };
}

http::SocketHandler DeskApi::events_handler() {
    return [this](const http::Request& request,
                  std::shared_ptr<http::Socket> socket) -> std::optional<http::SocketCallbacks> {
        const auto session = sessions_.find(token_of(request, options_.cookie_name), system::now().ms, false);
        if (!session) return std::nullopt;
        auto callbacks = events_.join(session->principal.tenant_id, socket);
        socket->send_text(json::serialize(json::object{{"seq", 0}, {"line", backend_.line_state()}}));
        return callbacks;
    };
}

void DeskApi::command_route(const std::string& name, const http::Request& request, const Session& session,
                            http::Respond respond) {
    auto body = body_of(request);
    if (!body) return respond(problem_response(body.error()));
    auto runner = backend_.runner(session.principal.tenant_id);
    if (!runner) return respond(problem_response(Problem(problems::no_tour)));
    CommandRequest command;
    command.id = text_of(*body, "id");
    command.name = name;
    command.version = int(integer_of(*body, "version", 1));
    command.payload = object_of(*body, "payload");
    command.actor = session.principal.actor;
    command.origin = session.principal.origin;
    command.at = system::now();
    runner->run(std::move(command), [this, runner, respond, name,
                                     tenant = session.principal.tenant_id](CommandResult result) {
        if (result.outcome == Outcome::refused) return respond(problem_response(result.problem));
        std::string certainty = "here";
        const auto* spec = registry_.command(name);
        auto stream = spec && !spec->stream.empty() ? text_of(result.payload, spec->stream) : std::string();
        runner->read([&](Transaction& tx) { certainty = backend_.certainty(tenant, stream, tx); });
        json::object answer{
            {"answer", result.answer}, {"certainty", certainty}, {"repeated", result.repeated}};
        if (result.outcome == Outcome::conflict) answer["conflict"] = words_for(registry_, result.problem);
        respond(http::json_response(200, answer));
    });
}

void DeskApi::query_route(const std::string& name, const http::Request& request, const Session& session,
                          http::Respond respond) {
    auto body = body_of(request);
    if (!body) return respond(problem_response(body.error()));
    auto runner = backend_.runner(session.principal.tenant_id);
    if (!runner) return respond(problem_response(Problem(problems::no_tour)));
    QueryRequest query{name,
                       object_of(*body, "params"),
                       text_of(*body, "reason"),
                       session.principal.actor,
                       session.principal.origin,
                       system::now()};
    runner->ask(std::move(query),
                [this, runner, respond, tenant = session.principal.tenant_id](Result<json::object> answer) {
                    if (!answer) return respond(problem_response(answer.error()));
                    // Where a case is for certain is known to the place, not to the query.
                    const auto mark = [&](Transaction& tx, json::value& value) {
                        auto* one = value.if_object();
                        const auto id = one ? text_of(*one, "id") : std::string();
                        if (!id.empty()) (*one)["certainty"] = backend_.certainty(tenant, id, tx);
                    };
                    auto* one = answer->if_contains("case");
                    auto* all = answer->if_contains("cases");
                    if (one || all)
                        runner->read([&](Transaction& tx) {
                            if (one) mark(tx, *one);
                            if (all && all->is_array())
                                for (auto& entry : all->get_array()) mark(tx, entry);
                        });
                    respond(http::json_response(200, json::object{{"answer", *answer}}));
                });
}

http::Response DeskApi::catalogue_response() const {
    json::object procedures;
    for (const auto& [id, procedure] : registry_.procedures()) procedures[id] = procedure.description();
    json::array messages;
    for (const auto& [name, spec] : registry_.messages()) messages.push_back(spec.declaration);
    return http::json_response(200, json::object{{"problems", registry_.problems()},
                                                 {"procedures", std::move(procedures)},
                                                 {"messages", std::move(messages)}});
}

}  // namespace wa::service
