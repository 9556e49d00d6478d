#include <fmt/format.h>

#include <condition_variable>
#include <mutex>
#include <stdexcept>

#include "adapters/http/loop.hpp"
#include "apps/bench/machine.hpp"
#include "apps/bench/measurements.hpp"
#include "apps/bench/recording_store.hpp"
#include "apps/service/wiring.hpp"

namespace wa::bench {

namespace {

constexpr int clerks = 32;
constexpr int hub_rounds = 21;
constexpr double round_ms = 400;
constexpr int residents = 2000;

/// All clerks at once take cases for a while: open, save the draft, submit, each command as soon as the one
/// before is durable. They share one thread, as they share the hub's few threads for connections: what a
/// command needs before its turn at the writer is done there.
class Clerks {
  public:
    Clerks(service::TenantRunner& runner, json::object form) : runner_(runner), form_(std::move(form)) {}
    ~Clerks() { connections_.stop(); }

    /// Number of commands done.
    std::int64_t work() {
        start_ = Clock::now();
        commands_ = 0;
        failure_.clear();
        {
            const std::lock_guard lock(mutex_);
            at_work_ = clerks;
        }
        connections_.post([this] {
            for (int i = 0; i < clerks; ++i) open();
        });
        std::unique_lock lock(mutex_);
        gone_.wait(lock, [&] { return at_work_ == 0; });
        if (!failure_.empty()) throw std::runtime_error("hub: a command was refused: " + failure_);
        return commands_;
    }

  private:
    using Next = std::function<void(const json::object& answer)>;
    void open() {
        if (milliseconds_since(start_) >= round_ms || !failure_.empty()) return leave();
        run("case.open",
            {{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "Wéronika Łącka"}},
            [this](const json::object& opened) {
                const auto case_id = text_of(opened, "case_id");
                run("draft.save", {{"case_id", case_id}, {"form", form_}}, [this, case_id](const auto&) {
                    run("case.submit", {{"case_id", case_id}, {"form", form_}},
                        [this](const auto&) { open(); });
                });
            });
    }
    void run(const char* name, json::object payload, Next next) {
        runner_.run(request(name, std::move(payload), who_, origin_), [this, next = std::move(next)](
                                                                          CommandResult result) {
            connections_.post([this, next, result = std::move(result)] { answered(result, next); });
        });
    }
    void answered(const CommandResult& result, const Next& next) {
        if (result.outcome != Outcome::done) {
            failure_ = result.problem.code;
            return leave();
        }
        ++commands_;
        next(result.answer);
    }
    void leave() {
        const std::lock_guard lock(mutex_);
        if (--at_work_ == 0) gone_.notify_all();
    }

    service::TenantRunner& runner_;
    const json::object form_;
    const Actor who_ = actor("clerk");
    const Origin origin_{"counter", "hub", "Zentrale", ""};
    // Of the connections' thread, and read after the last has left.
    Clock::time_point start_;
    std::int64_t commands_ = 0;
    std::string failure_;
    std::mutex mutex_;
    std::condition_variable gone_;
    int at_work_ = 0;
    http::Loop connections_;
};

double replay_ms(Store& store, const std::deque<Group>& groups) {
    const auto start = Clock::now();
    for (const auto& group : groups) write_again(store, group);
    return milliseconds_since(start);
}

}  // namespace

void commands_on(const std::string& name, int rounds, const Engine& engine, std::shared_ptr<Store> store,
                 Store& bare, Report& report) {
    progress(
        fmt::format("{}: {} clerks at once, {} rounds, each written again at once", name, clerks, rounds));
    const auto recording = std::make_shared<RecordingStore>(std::move(store));
    std::vector<double> ours, ratios, ours_us, us_ratios, sizes;
    {
        service::TenantRunner runner(engine, scope_of(*recording, Side::hub), recording);
        Clerks all(runner, registration_form());
        for (int i = 0; i < rounds; ++i) {
            const auto begun = processor_ms();
            const auto start = Clock::now();
            const auto commands = double(all.work());
            const auto recording_ms = recording->take_recording_ms();
            const auto ours_ms = milliseconds_since(start) - recording_ms;
            const auto worked = processor_ms() - begun - recording_ms;
            const auto groups = recording->take_groups();
            const auto bare_begun = processor_ms();
            const auto bare_ms = replay_ms(bare, groups);
            const auto bare_worked = processor_ms() - bare_begun;
            ours.push_back(commands / ours_ms * 1000);
            ratios.push_back(bare_ms / ours_ms);
            ours_us.push_back(worked * 1000 / commands);
            us_ratios.push_back(worked / bare_worked);
            sizes.push_back(commands / double(groups.size()));
        }
    }
    must_be_equal(*recording, bare);
    // The median of the rounds' ratios, not the ratio of medians: both halves of a round see the same
    // machine.
    report.add({name + ".commands_per_second", median(ours), median(ours) / median(ratios),
                "commands/s (more is better)"});
    report.add({name + ".ratio_to_bare_store.lowest_tenth", percentile(ratios, 10), percentile(ratios, 90),
                "ratio of a round; bound: the highest tenth"});
    // Where a commit waits long for the disk, only this tells what our own work costs (of a server's
    // processes nothing).
    report.add({name + ".processor_time", median(ours_us), median(ours_us) / median(us_ratios),
                "µs per command (less is better)"});
    report.add({name + ".group_size", median(sizes), double(clerks), "commands per commit (more is better)"});
}

void hub_commands(const Options& options, Report& report) {
    const Engine engine(service::full_registry());
    const auto ours_path = options.folder / "hub.db", bare_path = options.folder / "bare.db";
    {
        const auto store = open_store(ours_path);
        fill(*store, engine, residents, "hub");
        store->copy_to(bare_path.string());
    }
    commands_on("hub", hub_rounds, engine, open_store(ours_path), *open_store(bare_path), report);
}

}  // namespace wa::bench
