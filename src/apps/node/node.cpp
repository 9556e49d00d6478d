#include "apps/node/node.hpp"

#include "adapters/letters/renderer.hpp"
#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "apps/node/node_backend.hpp"
#include "apps/service/signals.hpp"
#include "apps/service/wiring.hpp"

namespace wa::node {

int run_node(const service::Config& config) {
    service::block_signals();
    log::set_level(config.text("log_level"));
    http::log_failures([](std::string_view why) { log::error("a task failed", {{"why", why}}); });
    const auto& registry = service::full_registry();
    const auto data_dir = config.text("data_dir");
    const auto letters = letters::make_letter_renderer();
    http::Loop slow, line;
    line.post([] { system::let_others_go_first(); });  // no clerk waits for what travels
    auto device = read_device(data_dir);
    if (device && device->tpm.empty() && config.flag("tpm.demand"))
        throw std::runtime_error("tpm.demand is set, but this Koffer was enrolled without a TPM");
    NodeBackend backend(std::move(device), data_dir, registry, line, slow,
                        int(config.integer("contact_days")));
    service::DeskApi api({"wanderamt_koffer", true, {}}, backend, registry, *letters, slow);
    backend.use(api);
    http::ServerOptions desk;
    http::Listener listener;
    listener.name = "desk";
    listener.address = config.text("desk.address");
    listener.port = std::uint16_t(config.integer("desk.port"));
    listener.fd = http::inherited_listener("desk");
    desk.listeners = {listener};
    desk.handler = api.handler();
    desk.sockets = {{"/api/events", api.events_handler()}};
    desk.stop_grace_ms = 2000;
    desk.static_root = config.text("web_dir");
    desk.document_prefixes = {"/api/documents"};
    desk.before_document = api.document_gate();
    desk.on_foreign = service::log_foreign;
    http::Server server(desk);
    if (const auto reason = server.start()) throw std::runtime_error("desk: " + *reason);
    log::info("koffer ready", {{"desk_port", int(server.port())}});
    service::wait_for_signal();
    log::info("koffer stopping");
    server.stop();
    backend.stop();
    line.stop();
    slow.stop();
    return 0;
}

}  // namespace wa::node
