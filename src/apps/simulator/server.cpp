#include "apps/simulator/server.hpp"

#include <fstream>

#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "apps/simulator/page_files.hpp"
#include "base/json_text.hpp"
#include "kernel/data.hpp"

namespace wa::simulator {

namespace {

constexpr std::string_view inbox_path = "/exchange/inbox/", taken_end = "/taken",
                           message_path = "/api/message/";

std::string_view type_of(std::string_view path) {
    if (path.ends_with(".css")) return "text/css; charset=utf-8";
    if (path.ends_with(".svg")) return "image/svg+xml";
    if (path.ends_with(".js")) return "text/javascript; charset=utf-8";
    return "text/html; charset=utf-8";
}

std::optional<http::Response> page_file(const http::Request& request) {
    if (request.method != "GET") return std::nullopt;
    for (const auto& file : page_files())
        if (file.path == (request.path == "/" ? "/index.html" : request.path))
            return http::Response{
                200, {{"Content-Type", std::string(type_of(file.path))}}, std::string(file.bytes)};
    return std::nullopt;
}

}  // namespace

Service::Service(Exchange exchange, std::string journal, std::function<Timestamp()> now)
    : exchange_(std::move(exchange)), journal_(std::move(journal)), now_(std::move(now)) {
    if (journal_.empty()) return;
    std::ifstream kept(journal_);
    std::string line;
    while (std::getline(kept, line)) {
        // The last line may be cut off: the program was killed while it wrote.
        const auto event = parse_json(line);
        if (event && event->is_object()) exchange_.replay(event->get_object());
    }
    exchange_.on_event([this](const json::object& event) { keep(event); });
}

void Service::keep(const json::object& event) {
    std::ofstream(journal_, std::ios::app) << json::serialize(event) << std::endl;
}

http::Handler Service::handler() {
    return [this](http::Request request, http::Respond respond) {
        if (auto file = page_file(request)) return respond(std::move(*file));
        auto reply = answer(request);
        respond(http::json_response(reply.status, reply.body));
    };
}

Reply Service::answer(const http::Request& request) {
    const std::lock_guard lock(mutex_);
    const auto now = now_();
    return request.path.starts_with("/exchange/") ? wire(request, now) : page_question(request, now);
}

Reply Service::wire(const http::Request& request, Timestamp now) {
    const std::string_view path = request.path;
    if (request.method == "POST" && path == "/exchange/messages") {
        auto reply = exchange_.post(request.body, now);
        log::info("message", {{"status", reply.status}, {"code", text_of(reply.body, "code")}});
        return reply;
    }
    if (!path.starts_with(inbox_path)) return {404, {{"code", "not_found"}}};
    auto rest = path.substr(inbox_path.size());
    if (request.method == "GET") return exchange_.inbox(rest, now);
    if (request.method != "POST" || !rest.ends_with(taken_end)) return {404, {{"code", "not_found"}}};
    rest.remove_suffix(taken_end.size());
    return exchange_.taken(std::string(rest), object_in(request.body), now);
}

Reply Service::page_question(const http::Request& request, Timestamp now) {
    const std::string_view path = request.path;
    if (path == "/api/health") return {200, {}};
    if (request.method == "GET" && path == "/api/state") return {200, exchange_.state()};
    if (request.method == "GET" && path.starts_with(message_path))
        return exchange_.message(std::string(path.substr(message_path.size())));
    // What the page changes names itself: no other page can (no form sends this header).
    if (request.method == "POST" && path == "/api/send" && request.header("X-Simulator") == "1")
        return exchange_.send(object_in(request.body), now);
    return {404, {{"code", "not_found"}}};
}

http::ServerOptions server_options(Service& service, std::vector<http::Listener> listeners) {
    http::ServerOptions options;
    options.listeners = std::move(listeners);
    options.handler = service.handler();
    options.stop_grace_ms = 500;
    return options;
}

}  // namespace wa::simulator
