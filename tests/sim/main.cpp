// wa_sim [--seeds N] [--seed S] [--fault NAME] [--prove]: runs N worlds (50; with --seed: 1) from seed S on,
// says which seed breaks which rule. --prove: every deliberate fault must be found within N seeds.
#include <fmt/format.h>

#include <cstdlib>
#include <cstring>
#include <map>

#include "world.hpp"

namespace {

using wa::sim::Fault;

const std::map<std::string, Fault> faults{{"none", Fault::none},
                                          {"ack_before_durable", Fault::ack_before_durable},
                                          {"forget_done", Fault::forget_done},
                                          {"resend_held", Fault::resend_held},
                                          {"change_beside_journal", Fault::change_beside_journal},
                                          {"skip_envelope", Fault::skip_envelope}};

std::string run_one(std::uint64_t seed, Fault fault, wa::sim::Tally& tally) {
    wa::sim::Plan plan;
    plan.seed = seed;
    plan.fault = fault;
    wa::sim::World world(plan);
    auto failure = world.run();
    tally.add(world.tally());
    return failure;
}

/// Every deliberate fault must be found within the seeds.
int prove(std::uint64_t seeds) {
    int missed = 0;
    for (const auto& [name, fault] : faults) {
        if (fault == Fault::none) continue;
        std::string found;
        std::uint64_t seed = 0;
        wa::sim::Tally tally;
        while (found.empty() && seed < seeds) found = run_one(++seed, fault, tally);
        fmt::print("fault {}: {}\n", name,
                   found.empty() ? "NOT FOUND" : fmt::format("seed {}, {}", seed, found));
        if (found.empty()) ++missed;
    }
    return missed;
}

}  // namespace

int main(int argc, char** argv) {
    std::uint64_t seeds = 0, first = 0;
    Fault fault = Fault::none;
    bool proving = false;
    for (int i = 1; i < argc; ++i) {
        const std::string option = argv[i];
        const char* value = i + 1 < argc ? argv[i + 1] : "";
        if (option == "--seeds")
            seeds = std::strtoull(value, nullptr, 10), ++i;
        else if (option == "--seed")
            first = std::strtoull(value, nullptr, 10), ++i;
        else if (option == "--fault" && faults.count(value) > 0)
            fault = faults.at(value), ++i;
        else if (option == "--prove")
            proving = true;
        else {
            fmt::print(stderr, "usage: wa_sim [--seeds N] [--seed S] [--fault NAME] [--prove]\n");
            return 2;
        }
    }
    if (seeds == 0) seeds = first == 0 ? 50 : 1;
    if (first == 0) first = 1;
    if (proving) return prove(seeds) == 0 ? 0 : 1;
    wa::sim::Tally tally;
    for (std::uint64_t seed = first; seed < first + seeds; ++seed) {
        const auto failure = run_one(seed, fault, tally);
        if (failure.empty()) continue;
        fmt::print("seed {} {}\nagain: wa_sim --seed {}\n", seed, failure, seed);
        return 1;
    }
    fmt::print("{} worlds, {} s of simulated time, nothing lost, nothing twice\n", seeds,
               tally.simulated_ms / 1000);
    fmt::print("commands {}, refused by a full disk {}, quarantined {}\n", tally.commands,
               tally.refused_by_full_disk, tally.quarantined);
    fmt::print("connections {}, cuts {}, node crashes {}, hub crashes {}, commits checked {}\n",
               tally.connections, tally.cuts, tally.node_crashes, tally.hub_crashes, tally.steps);
    fmt::print("chunks {}, of these again {}; bytes up {}, of these again {}\n", tally.chunks,
               tally.chunks_again, tally.bytes_up, tally.bytes_again);
    return 0;
}
