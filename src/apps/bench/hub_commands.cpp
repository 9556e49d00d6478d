#include <fmt/format.h>

#include <atomic>
#include <stdexcept>
#include <thread>

#include "apps/bench/machine.hpp"
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

/// "The same rows" is checked, not believed: as many in every table, and the same head of the journal's
/// chain.
void must_be_equal(Store& one, Store& other) {
    const auto tx = one.begin_read(), other_tx = other.begin_read();
    for (const auto& table : one.tables()) {
        const auto text = "SELECT COUNT(*) AS n FROM \"" + table + "\"";
        if (tx->query({"count", text}).front().integer("n") !=
            other_tx->query({"count", text}).front().integer("n"))
            throw std::runtime_error("hub_commands: the bare store has other rows in " + table);
    }
    if (journal_head(*tx).hash != journal_head(*other_tx).hash)
        throw std::runtime_error("hub_commands: the bare store has another journal");
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
    std::vector<double> ours, bound, ours_us, bound_us, sizes;
    {
        service::TenantRunner runner(engine, scope_of(*recording, Side::hub), recording);
        for (int i = 0; i < rounds; ++i) {
            const auto begun = processor_ms();
            const auto round = take_cases(runner, who, form);
            const auto between = processor_ms();
            const auto groups = recording->take_groups();
            const auto commands = double(round.commands);
            const auto before_bare = processor_ms();
            const auto bare_ms = replay_ms(*bare, groups);
            ours.push_back(commands / round.ms * 1000);
            bound.push_back(commands / bare_ms * 1000);
            ours_us.push_back((between - begun) * 1000 / commands);
            bound_us.push_back((processor_ms() - before_bare) * 1000 / commands);
            sizes.push_back(commands / double(groups.size()));
        }
    }
    must_be_equal(*recording, *bare);
    report.add({"hub_commands.per_second", median(ours), median(bound), "commands/s (more is better)"});
    // Where a commit waits long for the disk, only this tells what our own work costs (recording included).
    report.add({"hub_commands.processor_time", median(ours_us), median(bound_us),
                "µs per command (less is better)"});
    report.add(
        {"hub_commands.group_size", median(sizes), double(clerks), "commands per commit (more is better)"});
}

}  // namespace wa::bench
