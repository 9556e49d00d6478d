// Many Koffer at one hub at once, over real lines of this machine: TLS, WebSocket, sessions, the hub's own
// process.
#include <fmt/format.h>
#include <sys/resource.h>

#include <atomic>
#include <future>
#include <stdexcept>
#include <thread>

#include "apps/bench/load_node.hpp"
#include "apps/bench/measurements.hpp"

namespace wa::bench {

namespace {

constexpr int most = 1000, uploaders = 30, images = 4;
constexpr double cases_goal = 1000, with_images_goal = 50, with_images_p95_goal = 800, memory_goal_mb = 150,
                 quiet_goal = 2;
constexpr std::int64_t tick_ms = 200;
constexpr int patience_s = 120;
constexpr int lowest_priority = 19;

/// Koffer at work: each sends its next case as soon as the one before is at the hub.
class Crowd {
  public:
    Crowd(const Fleet& fleet, std::vector<FleetDevice>& devices, std::size_t count) {
        run([&] {
            for (std::size_t i = 0; i < count; ++i)
                nodes_.push_back(std::make_unique<LoadNode>(loop_, fleet, devices[i]));
            for (const auto& node : nodes_) node->start();
            tick();
        });
        wait("the Koffer to be connected", [&] {
            bool all = true;
            run([&] {
                for (const auto& node : nodes_) all = all && node->is_live();
            });
            return all;
        });
    }
    ~Crowd() {
        run([&] { nodes_.clear(); });
        loop_.stop();
    }

    struct Worked {
        double seconds = 0;
        std::vector<double> ms;  ///< of each case
    };
    /// Sends all of it; `pause_ms` between two cases of one Koffer.
    Worked work(std::vector<std::deque<FleetCase>> cases, std::int64_t pause_ms = 0) {
        cases_ = std::move(cases);
        pause_ms_ = pause_ms;
        worked_ = {};
        left_ = 0;
        for (const auto& one : cases_) left_ += one.size();
        const auto start = Clock::now();
        run([&] {
            for (std::size_t i = 0; i < nodes_.size(); ++i) next(i);
        });
        wait("the cases to be at the hub", [&] { return left_ == 0 || stop_; });
        worked_.seconds = milliseconds_since(start) / 1000;
        std::int64_t refused = 0;
        run([&] {
            for (const auto& node : nodes_) refused += node->refused();
        });
        if (refused > 0) throw std::runtime_error(fmt::format("hub: {} commands were refused", refused));
        return std::move(worked_);
    }
    /// Its own work makes room for all others' on this machine: real Koffer have processors of their own, and
    /// what somebody else waits for is to be the hub alone.
    void step_back() {
        run([] { setpriority(PRIO_PROCESS, 0, lowest_priority); });
    }
    /// From another thread: what is not yet sent stays.
    void stop() { stop_ = true; }

  private:
    template <class Task>
    void run(Task task) {
        std::promise<void> done;
        loop_.post([&] {
            task();
            done.set_value();
        });
        done.get_future().wait();
    }
    template <class Condition>
    void wait(const char* what, Condition met) {
        const auto start = Clock::now();
        while (!met()) {
            if (milliseconds_since(start) > patience_s * 1000.0)
                throw std::runtime_error(fmt::format("hub: not within {} s: {}", patience_s, what));
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
    }
    void next(std::size_t i) {
        if (i >= cases_.size() || cases_[i].empty() || stop_) return;
        auto work = std::move(cases_[i].front());
        cases_[i].pop_front();
        nodes_[i]->give(std::move(work), [this, i](double ms) {
            worked_.ms.push_back(ms);
            --left_;
            // Not from within the node's own callback.
            loop_.call_after(pause_ms_, [this, i] { next(i); });
        });
    }
    void tick() {
        for (const auto& node : nodes_) node->tick();
        loop_.call_after(tick_ms, [this] { tick(); });
    }

    http::Loop loop_;
    std::vector<std::unique_ptr<LoadNode>> nodes_;
    std::vector<std::deque<FleetCase>> cases_;
    std::int64_t pause_ms_ = 0;
    Worked worked_;
    std::atomic<std::size_t> left_{0};
    std::atomic<bool> stop_{false};
};

std::vector<std::deque<FleetCase>> cases_for(Fleet& fleet, std::size_t nodes, int each, int with_images) {
    std::vector<std::deque<FleetCase>> all(nodes);
    for (std::size_t i = 0; i < nodes; ++i)
        for (int k = 0; k < each; ++k) all[i].push_back(fleet.make_case(fleet.crowd.devices[i], with_images));
    return all;
}

class Bench {
  public:
    Bench(const Options& options, Report& report)
        : report_(report),
          fleet_(options, most, 1),
          hub_(spec(options, "hub", {"hub", "--config", fleet_.config()})) {
        start_ms(hub_);
        idle_mb_ = resident_mb(hub_.pid());
    }
    ~Bench() { end(hub_); }

    void texts(std::size_t nodes, int each) {
        progress(fmt::format("hub: {} Koffer at once, {} cases each", nodes, each));
        auto cases = cases_for(fleet_, nodes, each, 0);
        const auto before_mb = resident_mb(hub_.pid());
        Crowd crowd(fleet_, fleet_.crowd.devices, nodes);
        if (nodes == most) {
            report_.add({"hub.memory_per_connected_koffer",
                         (resident_mb(hub_.pid()) - before_mb) * 1000 / most, std::nullopt,
                         "kB (less is better)"});
            report_.add({"hub.memory_with_all_connected", resident_mb(hub_.pid()), memory_goal_mb,
                         "MB (less is better)"});
        }
        const auto begun = processor_ms_of(hub_.pid());
        const auto worked = crowd.work(std::move(cases));
        const auto name = fmt::format("hub.koffer_{}", nodes);
        const auto count = double(worked.ms.size());
        report_.add({name + ".text_cases_per_second", count / worked.seconds, cases_goal,
                     "cases of 3 commands/s (more is better)"});
        report_.add({name + ".text_case.p95", percentile(worked.ms, 95), std::nullopt, milliseconds_unit});
        report_.add({name + ".processor_time_per_case", (processor_ms_of(hub_.pid()) - begun) / count,
                     std::nullopt, milliseconds_unit});
    }

    void with_images() {
        progress(fmt::format("hub: {} Koffer at once, cases with {} images of 400 kB", uploaders, images));
        auto cases = cases_for(fleet_, uploaders, 4, images);
        Crowd crowd(fleet_, fleet_.crowd.devices, uploaders);
        const auto begun = processor_ms_of(hub_.pid());
        const auto worked = crowd.work(std::move(cases));
        const auto count = double(worked.ms.size());
        report_.add({"hub.cases_with_images_per_second", count / worked.seconds, with_images_goal,
                     "cases/s (more is better)"});
        report_.add(
            {"hub.case_with_images.p95", percentile(worked.ms, 95), with_images_p95_goal, milliseconds_unit});
        report_.add({"hub.case_with_images.processor_time", (processor_ms_of(hub_.pid()) - begun) / count,
                     std::nullopt, milliseconds_unit});
    }

    void fairness() {
        progress("hub: a quiet tenant alone, then beside one that floods");
        constexpr int asked = 150;
        const auto quiet_cases = [&] {
            std::vector<std::deque<FleetCase>> one(1);
            for (int i = 0; i < asked; ++i)
                one[0].push_back(fleet_.make_opening(fleet_.quiet, fleet_.quiet.devices[0]));
            return one;
        };
        auto first = quiet_cases(), second = quiet_cases();
        auto flood = cases_for(fleet_, uploaders, 200, 0);
        Crowd quiet(fleet_, fleet_.quiet.devices, 1);
        const auto alone = quiet.work(std::move(first), 20);
        Crowd crowd(fleet_, fleet_.crowd.devices, uploaders);
        crowd.step_back();
        std::thread flooding([&] { crowd.work(std::move(flood)); });
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        const auto beside = quiet.work(std::move(second), 20);
        crowd.stop();
        flooding.join();
        const auto p95 = percentile(alone.ms, 95);
        report_.add({"hub.quiet_tenant_beside_a_flood.p95", percentile(beside.ms, 95), quiet_goal * p95,
                     "ms; bound: twice its value alone (less is better)"});
        report_.add({"hub.quiet_tenant_alone.p95", p95, std::nullopt, milliseconds_unit});
    }

    void memory() {
        report_.add({"hub.memory_after_all", resident_mb(hub_.pid()), memory_goal_mb, "MB (less is better)"});
        report_.add({"hub.memory_at_rest", idle_mb_, memory_goal_mb, "MB (less is better)"});
    }

  private:
    Report& report_;
    Fleet fleet_;
    ChildProcess hub_;
    double idle_mb_ = 0;
};

}  // namespace

void hub_nodes(const Options& options, Report& report) {
    progress(fmt::format("hub: enrolling {} Koffer", most));
    Bench bench(options, report);
    bench.texts(1, 200);
    bench.texts(30, 60);
    bench.texts(100, 20);
    bench.with_images();
    bench.texts(most, 3);
    // Last: what the flood did not get rid of leaves gaps in the numbers of its Koffer.
    bench.fairness();
    bench.memory();
}

}  // namespace wa::bench
