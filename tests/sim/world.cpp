#include "world.hpp"

#include "kernel/kernel.hpp"
#include "modules/residence/module.hpp"
#include "parts.hpp"
#include "real_case.hpp"

namespace wa::sim {

using namespace wa::testing;

World::World(Plan plan)
    : plan_(plan), random_(plan.seed * 7919), clerk_(SignKeys::from_seed(seed_of("clerk"))) {
    install_kernel(registry_);
    install_residence(registry_);
    bind_test_commands(registry_);
    registry_.seal();
    set_registry(registry_);
    engine_ = std::make_unique<Engine>(registry_);
    node_scope_ = real_scope(Side::node);
    hub_scope_ = real_scope(Side::hub);
    clerks_ = [this](Transaction&, const std::string&, const std::string&,
                     const std::string& user) -> std::optional<KnownClerk> {
        if (user != "clerk-1") return std::nullopt;
        return KnownClerk{clerk_.public_key, test_clerk()};
    };
    hub_disk_ = std::make_shared<SimDisk>();
    open_hub();
    for (int index = 0; index < plan_.nodes; ++index) make_node(index);
    hub_work();
}

World::~World() = default;

std::string World::run() {
    const auto end_of_work = loop_.now + plan_.work_ms;
    while (failure_.empty() && loop_.step(end_of_work)) {
    }
    // The weather clears: everything must come to rest now.
    calm_ = true;
    hub_disk_->fail_after(0);
    hub_disk_->set_capacity(std::nullopt);
    for (auto& node : nodes_) {
        node->disk->fail_after(0);
        node->disk->set_capacity(std::nullopt);
        if (node->disk->dead()) crash_node(*node);
        node->upload_rate = std::max<std::int64_t>(node->upload_rate, 500'000);
        node->session->line_may_be_back(loop_.now);
        pump(*node);
    }
    constexpr std::int64_t patience = 10 * 60'000;
    const auto give_up = loop_.now + patience;
    bool quiet = false;
    while (failure_.empty() && loop_.now < give_up && !quiet) {
        const auto next = loop_.now + 1000;
        while (failure_.empty() && loop_.step(next)) {
        }
        if (failure_.empty()) quiet = is_quiet();
    }
    if (failure_.empty() && !quiet) fail("no rest after ten minutes of good weather");
    if (failure_.empty()) check_quiet();
    for (auto& node : nodes_) {
        const auto& metrics = node->session->metrics();
        tally_.bytes_up += metrics.bytes_sent, tally_.bytes_again += metrics.bytes_sent_again;
        tally_.chunks_again += metrics.chunks_sent_again;
    }
    tally_.simulated_ms = loop_.now;
    return failure_;
}

}  // namespace wa::sim
