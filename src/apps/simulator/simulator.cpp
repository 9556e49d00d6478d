#include "apps/simulator/simulator.hpp"

#include <stdexcept>

#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "apps/service/signals.hpp"
#include "apps/service/wiring.hpp"
#include "apps/simulator/server.hpp"

namespace wa::simulator {

int run_simulator(const service::Config& config) {
    service::block_signals();
    log::set_level(config.text("log_level"));
    const auto data_dir = config.text("data_dir");
    system::make_folder(data_dir);
    std::set<std::string> connected;
    for (const auto& address : config.list("connected")) connected.insert(address);
    Service service(Exchange(service::full_registry(), Reference::load(config.text("land"), {}),
                             Offices::testland(), std::move(connected)),
                    data_dir + "/events.jsonl", system::now);
    std::vector<http::Listener> listeners;
    const auto inherited = http::inherited_listener("desk");
    if (inherited) listeners.push_back({.name = "page", .fd = inherited});
    if (!inherited || config.flag("listen_beside_inherited"))
        listeners.push_back({.name = "exchange",
                             .address = config.text("address"),
                             .port = std::uint16_t(config.integer("port"))});
    http::Server server(server_options(service, std::move(listeners)));
    if (const auto reason = server.start()) throw std::runtime_error("simulator: " + *reason);
    log::info("simulator ready", {{"port", int(server.port())}});
    service::wait_for_signal();
    server.stop();
    return 0;
}

}  // namespace wa::simulator
