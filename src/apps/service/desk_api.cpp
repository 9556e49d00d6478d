#include "apps/service/desk_api.hpp"

#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "apps/service/openapi.hpp"
#include "apps/service/problem_page.hpp"
#include "kernel/data.hpp"
#include "kernel/identity.hpp"
#include "kernel/journal.hpp"
#include "kernel/procedure/expression.hpp"

namespace wa::service {

namespace {

void log_refusal(const std::string& code, const std::string& route, const std::string& remote) {
    log::warn("refused", {{"code", code}, {"route", route}, {"remote", remote}});
}

/// Ways in that hub and node share. Commands, queries and letters follow from the registry.
const std::vector<Route> own_routes = {
    {"GET", "/api/health", Gate::anyone},
    {"GET", "/api/catalogue", Gate::anyone},
    {"GET", "/api/openapi.json", Gate::anyone},
    {"GET", "/api/session", Gate::anyone},
    {"DELETE", "/api/session", Gate::anyone},
    {"POST", "/api/session/password", Gate::anyone},
    {"POST", "/api/session/pin", Gate::anyone},
    {"POST", "/api/session/passkey", Gate::anyone},
    {"POST", "/api/session/lock", Gate::session},
    {"POST", "/api/session/unlock", Gate::session},
    {"PUT", "/api/documents", Gate::open_session},
    {"GET", "/api/documents/", Gate::open_session, true},
    {"POST", "/api/commands/", Gate::open_session, true},
    {"POST", "/api/queries/", Gate::open_session, true},
    {"POST", "/api/letters/", Gate::open_session, true},
    {"GET", "/api/records/", Gate::open_session, true},
};

}  // namespace

void log_foreign(int status, const std::string& remote) {
    log_refusal(status == 421 ? "host_unknown" : "origin_foreign", "", remote);
}

DeskApi::DeskApi(DeskApiOptions options, Backend& backend, const Registry& registry, LetterRenderer& letters,
                 http::Loop& slow)
    : options_(std::move(options)),
      table_(own_routes),
      backend_(backend),
      registry_(registry),
      letters_(letters),
      slow_(slow),
      events_([this](const std::string& token) {
          return sessions_.find(token, system::now().ms, false).has_value();
      }) {
    if (!options_.security_log) options_.security_log = log_refusal;
    for (auto& route : backend_.routes()) table_.push_back(std::move(route));
}

void DeskApi::slowly(http::Respond respond, std::function<void()> task) {
    away(slow_, std::move(respond), std::move(task));
}

void DeskApi::away(http::Loop& loop, http::Respond respond, std::function<void()> task) {
    loop.post([this, respond = std::move(respond), task = std::move(task)] {
        try {
            task();
        } catch (const std::exception& error) {
            log::error("request failed", {{"why", error.what()}});
            respond(problem_response(problem_of(error)));
        }
    });
}

std::vector<Route> DeskApi::routes() const {
    std::vector<Route> all;
    for (const auto& route : table_) {
        const auto add = [&](const auto& names) {
            for (const auto& [name, spec] : names)
                all.push_back({route.method, route.path + name, route.gate});
        };
        if (route.path == "/api/commands/")
            add(registry_.commands());
        else if (route.path == "/api/queries/")
            add(registry_.queries());
        else if (route.path == "/api/letters/")
            add(registry_.letters());
        else
            all.push_back(route);
    }
    return all;
}

const Route* DeskApi::find_route(const http::Request& request) const {
    for (const auto& route : table_)
        if (route.method == request.method &&
            (route.below ? request.path.starts_with(route.path) : request.path == route.path))
            return &route;
    return nullptr;
}

http::Handler DeskApi::handler() {
    return [this](http::Request request, http::Respond asked) {
        const auto respond = readable(request, std::move(asked));
        try {
            route(std::move(request), respond);
        } catch (const std::exception& error) {
            log::error("request failed", {{"why", error.what()}});
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

namespace {

/// A member of another kind than the route expects is no absent one: it is refused.
bool has_kinds(const json::object& body, std::string_view member, json::kind kind) {
    const auto* value = body.if_contains(member);
    return !value || value->kind() == kind;
}

Result<json::object> command_body(const http::Request& request) {
    WA_TRY(body, body_of(request));
    const bool shaped = has_kinds(body, "id", json::kind::string) &&
                        has_kinds(body, "version", json::kind::int64) &&
                        has_kinds(body, "payload", json::kind::object);
    if (!shaped) return fail(problems::request_malformed);
    const auto version = integer_of(body, "version", 1);
    if (version < 1 || version > 1'000'000) return fail(problems::command_version, {{"version", version}});
    return body;
}

Result<json::object> query_body(const http::Request& request) {
    WA_TRY(body, body_of(request));
    const bool shaped =
        has_kinds(body, "params", json::kind::object) && has_kinds(body, "reason", json::kind::string);
    if (!shaped) return fail(problems::request_malformed);
    return body;
}

}  // namespace

std::string DeskApi::token_in(const http::Request& request) const {
    const auto it = request.cookies.find(cookie_name());
    return it == request.cookies.end() ? std::string() : it->second;
}

std::string DeskApi::cookie_name() const {
    return (options_.secure_cookie ? "__Host-" : "") + options_.cookie_name;
}

std::string DeskApi::cookie(const std::string& token, bool ends) const {
    return cookie_name() + "=" + token + "; Path=/; HttpOnly; SameSite=Strict" +
           (options_.secure_cookie ? "; Secure" : "") + (ends ? "; Max-Age=0" : "");
}

namespace {

/// What the journal calls a route: never words from outside.
std::string name_of(const Registry& registry, const Route* route, const http::Request& request) {
    if (!route) return "unknown";
    if (!route->below) return route->method + " " + route->path;
    const auto rest = request.path.substr(route->path.size());
    if (registry.command(rest) || registry.query(rest)) return rest;
    if (registry.letter(rest)) return "letter." + rest;
    return route->method + " " + route->path;
}

}  // namespace

namespace {

JournalEntry access_entry(const std::string& what, const std::string& account, const Origin& origin,
                          std::string outcome) {
    JournalEntry entry;
    entry.at = system::now();
    entry.kind = "access";
    entry.name = what;
    entry.actor = account;
    entry.device = origin.device;
    entry.place = origin.place;
    entry.outcome = std::move(outcome);
    return entry;
}

}  // namespace

void DeskApi::note_sign_in(const std::string& what, const Principal& principal, std::function<void()> then) {
    auto entry = access_entry(what, principal.actor.user_id, principal.origin, "done");
    entry.roles = principal.actor.roles;
    const auto runner = backend_.runner(principal.tenant_id);
    if (!runner) return then();
    // Nobody is kept out by a full disk: who has to make room signs in first.
    runner->write([entry](Transaction& tx) { append_journal(tx, entry); },
                  [runner, then = std::move(then)](bool) { then(); });
}

void DeskApi::refuse_at(const std::string& tenant_id, const std::string& what, const std::string& account,
                        const Origin& origin, const std::string& remote, const Problem& problem,
                        http::Respond respond) {
    const auto runner = tenant_id.empty() ? nullptr : backend_.runner(tenant_id);
    if (!runner) {
        options_.security_log(problem.code, what, remote);
        return respond(problem_response(problem));
    }
    const auto entry = access_entry(what, account, origin, "refused:" + problem.code);
    runner->write([entry](Transaction& tx) { append_journal(tx, entry); },
                  [this, runner, what, remote, problem, respond](bool good) {
                      // A full disk does not turn a refusal into anything else, nor does it hide it.
                      if (!good) options_.security_log(problem.code, what, remote);
                      respond(problem_response(problem));
                  });
}

void DeskApi::refuse(const std::string& what, const http::Request& request, const Session* session,
                     const Problem& problem, http::Respond respond) {
    if (!session)
        return refuse_at(backend_.only_tenant(), what, "", {}, request.remote, problem, std::move(respond));
    const auto& principal = session->principal;
    refuse_at(principal.tenant_id, what, principal.actor.user_id, principal.origin, request.remote, problem,
              std::move(respond));
}

void DeskApi::route(http::Request request, http::Respond respond) {
    const auto* route = find_route(request);
    const auto token = token_in(request);
    const bool works = route && (route->path == "/api/commands/" || route->path == "/api/queries/");
    auto session = sessions_.find(token, system::now().ms, works);
    const auto what = name_of(registry_, route, request);
    const auto refused = [&](const ProblemCode& code) {
        refuse(what, request, session ? &*session : nullptr, Problem(code), respond);
    };
    if (!route) return refused(problems::not_found);
    if (request.method != "GET" && !from_own_page(request)) return refused(problems::request_foreign);
    if (route->gate != Gate::anyone && !session) return refused(problems::not_signed_in);
    if (route->gate == Gate::open_session && session->locked) return refused(problems::session_locked);
    if (request.method == "POST" && !route->below && !body_of(request))
        return refused(problems::request_malformed);
    dispatch(*route, request, token, std::move(session), std::move(respond));
}

void DeskApi::dispatch(const Route& route, const http::Request& request, const std::string& token,
                       std::optional<Session> session, http::Respond respond) {
    const auto& path = request.path;
    const auto rest = path.substr(std::min(route.path.size(), path.size()));
    if (path == "/api/health") return respond(http::json_response(200, json::object{{"ok", true}}));
    if (path == "/api/catalogue") return respond(catalogue_response());
    if (route.path == "/api/commands/") return command_route(rest, request, *session, std::move(respond));
    if (route.path == "/api/queries/") return query_route(rest, request, *session, std::move(respond));
    if (route.path == "/api/letters/") return letter_route(rest, request, *session, std::move(respond));
    if (path == "/api/documents") return put_document(request, *session, std::move(respond));
    if (route.path == "/api/documents/") return get_document(request, *session, std::move(respond));
    if (path == "/api/openapi.json") return respond(openapi_response());
    if (route.path == "/api/records/") return record_route(rest, *session, std::move(respond));
    if (session_route(request, token, session, respond)) return;
    if (backend_.handle(request, session ? &*session : nullptr, respond)) return;
    respond(problem_response(Problem(problems::not_found)));
}

std::function<int(const http::Request&)> DeskApi::document_gate() {
    return [this](const http::Request& head) {
        const auto session = sessions_.find(token_in(head), system::now().ms, true);
        return session && !session->locked ? 0 : 401;
    };
}

http::SocketHandler DeskApi::events_handler() {
    return [this](const http::Request& request,
                  std::shared_ptr<http::Socket> socket) -> std::optional<http::SocketCallbacks> {
        const auto token = token_in(request);
        const auto session = sessions_.find(token, system::now().ms, false);
        if (!session) return std::nullopt;
        auto callbacks = events_.join(session->principal.tenant_id, token, socket);
        socket->send_text(json::serialize(json::object{{"seq", 0}, {"line", backend_.line_state()}}));
        return callbacks;
    };
}

void DeskApi::command_route(const std::string& name, const http::Request& request, const Session& session,
                            http::Respond respond) {
    auto body = command_body(request);
    if (!body) return refuse(name, request, &session, body.error(), std::move(respond));
    auto runner = backend_.runner(session.principal.tenant_id);
    if (!runner) return respond(problem_response(Problem(problems::no_tour)));
    CommandRequest command;
    command.id = text_of(*body, "id");
    command.name = name;
    command.version = int(integer_of(*body, "version", 1));
    command.payload = object_of(*body, "payload");
    // What the program does in somebody's name is not asked for here, whoever asks.
    if (const auto* asked = registry_.command(name); asked && !asked->http)
        return refuse(name, request, &session,
                      Problem(problems::permission_denied, {{"permission", "system"}}), std::move(respond));
    if (const auto problem = backend_.refusal(name, command.payload))
        return refuse(name, request, &session, *problem, std::move(respond));
    command.actor = session.principal.actor;
    command.origin = session.principal.origin;
    command.at = system::now();
    // Whoever takes a passkey away from their own account stays signed in here, and nowhere else.
    const auto token = name == "user.remove_passkey" ? token_in(request) : "";
    sessions_.changing(token, command.id);
    const auto* spec = registry_.command(name);
    const auto stream_in = [spec](const json::object& payload) {
        return spec && !spec->stream.empty() ? text_of(payload, spec->stream) : std::string();
    };
    const auto asked_stream = stream_in(command.payload);
    runner->run(std::move(command), [this, runner, respond, name, token, stream_in, asked_stream,
                                     tenant = session.principal.tenant_id](CommandResult result) {
        sessions_.changing(token, "");
        if (result.outcome == Outcome::refused) return respond(problem_response(result.problem));
        auto stream = result.prepared ? stream_in(*result.prepared) : asked_stream;
        // The tenant's writer has others waiting.
        answers_.post(
            [this, runner, respond, tenant, stream = std::move(stream), result = std::move(result)] {
                answer_done(*runner, tenant, stream, result, respond);
            });
    });
}

void DeskApi::answer_done(TenantRunner& runner, const std::string& tenant, const std::string& stream,
                          const CommandResult& result, const http::Respond& respond) {
    std::string certainty = "here";
    try {
        runner.read([&](Transaction& tx) { certainty = backend_.certainty(tenant, stream, tx); });
    } catch (const StoreError& error) {
        // Done is done; how certain it is, the next page says.
        log::error("store failed", {{"tenant", tenant}, {"why", error.what()}});
    }
    json::object answer{{"answer", result.answer}, {"certainty", certainty}, {"repeated", result.repeated}};
    if (result.outcome == Outcome::conflict) answer["conflict"] = words_for(registry_, result.problem);
    respond(http::json_response(200, answer));
}

void DeskApi::query_route(const std::string& name, const http::Request& request, const Session& session,
                          http::Respond respond) {
    auto body = query_body(request);
    if (!body) return refuse(name, request, &session, body.error(), std::move(respond));
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
                    try {
                        if (one || all)
                            runner->read([&](Transaction& tx) {
                                if (one) mark(tx, *one);
                                if (all && all->is_array())
                                    for (auto& entry : all->get_array()) mark(tx, entry);
                            });
                    } catch (const StoreError& error) {
                        log::error("store failed", {{"tenant", tenant}, {"why", error.what()}});
                        return respond(problem_response(problem_of(error)));
                    }
                    respond(http::json_response(200, json::object{{"answer", *answer}}));
                });
}

http::Response DeskApi::catalogue_response() const {
    json::object procedures;
    // The browser knows no reference tables: it gets the values of today.
    for (const auto& [id, procedure] : registry_.procedures()) {
        json::value description = procedure.description();
        resolve_parameters(description, local_date(system::now()));
        procedures[id] = std::move(description);
    }
    json::array messages;
    for (const auto& [name, spec] : registry_.messages()) messages.push_back(spec.declaration);
    return http::json_response(200, json::object{{"problems", registry_.problems()},
                                                 {"procedures", std::move(procedures)},
                                                 {"messages", std::move(messages)}});
}

}  // namespace wa::service
