#include <fmt/format.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "apps/bench/measurements.hpp"
#include "apps/bench/recording_store.hpp"
#include "apps/service/wiring.hpp"

namespace wa::bench {

namespace {

constexpr int clerks = 32;
constexpr int rounds = 5;
constexpr double round_ms = 2000;
constexpr int residents = 2000;

/// All clerks at once take cases for `round_ms`: open, save the draft, submit. Commands done and the time.
struct Round {
    std::int64_t commands = 0;
    double ms = 0;
};

Round take_cases(service::TenantRunner& runner, const Actor& who, const json::object& form) {
    const Origin origin{"counter", "hub", "Zentrale", ""};
    std::atomic<std::int64_t> commands{0};
    std::atomic<bool> failed{false};
    const auto start = Clock::now();
    std::vector<std::thread> threads;
    for (int i = 0; i < clerks; ++i)
        threads.emplace_back([&] {
            try {
                while (milliseconds_since(start) < round_ms) {
                    const auto opened = must(runner, request("case.open",
                                                             {{"procedure", "residence.registration"},
                                                              {"channel", "counter"},
                                                              {"title", "Wéronika Łącka"}},
                                                             who, origin));
                    const auto case_id = text_of(opened, "case_id");
                    must(runner, request("draft.save", {{"case_id", case_id}, {"form", form}}, who, origin));
                    must(runner, request("case.submit", {{"case_id", case_id}, {"form", form}}, who, origin));
                    commands += 3;
                }
            } catch (const std::exception& error) {
                if (!failed.exchange(true)) progress(error.what());
            }
        });
    for (auto& thread : threads) thread.join();
    if (failed) throw std::runtime_error("hub_commands: a command was refused");
    return {commands, milliseconds_since(start)};
}

double replay_ms(Store& store, const std::deque<Group>& groups) {
    const auto start = Clock::now();
    for (const auto& group : groups) write_again(store, group);
    return milliseconds_since(start);
}

}  // namespace

void hub_commands(const Options& options, Report& report) {
    progress(fmt::format("hub_commands: {} clerks at once, {} rounds", clerks, rounds));
    const Engine engine(service::full_registry());
    const auto ours_path = options.folder / "hub.db", bare_path = options.folder / "bare.db";
    {
        const auto store = open_store(ours_path);
        fill(*store, engine, residents, "hub");
        store->copy_to(bare_path.string());
    }
    const auto recording = std::make_shared<RecordingStore>(open_store(ours_path));
    const auto bare = open_store(bare_path);
    const auto who = actor("clerk");
    const auto form = registration_form();
    std::vector<double> ours, bound, sizes;
    {
        service::TenantRunner runner(engine, scope_of(*recording, Side::hub), recording);
        for (int i = 0; i < rounds; ++i) {
            const auto round = take_cases(runner, who, form);
            const auto groups = recording->take_groups();
            const auto commands = double(round.commands);
            ours.push_back(commands / round.ms * 1000);
            bound.push_back(commands / replay_ms(*bare, groups) * 1000);
            sizes.push_back(commands / double(groups.size()));
        }
    }
    report.add({"hub_commands.per_second", median(ours), median(bound), "commands/s (more is better)"});
    report.add(
        {"hub_commands.group_size", median(sizes), double(clerks), "commands per commit (more is better)"});
}

}  // namespace wa::bench
