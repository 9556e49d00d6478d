// What a text case costs the hub's writer, all in one thread of one process: no line, no waiting, nothing
// beside it. So instructions can be counted, which are the same on a busy machine (docs/figures.md says how).
// What a desk's commits write is written again at once to a bare store: that is the bound.
#include <stdexcept>
#include <utility>

#include "adapters/system/system.hpp"
#include "apps/bench/fleet.hpp"
#include "apps/bench/machine.hpp"
#include "apps/bench/measurements.hpp"
#include "apps/bench/recording_store.hpp"
#include "apps/hub/koffer_desk.hpp"
#include "apps/service/wiring.hpp"
#include "sync/compression.hpp"
#include "sync/hub_store.hpp"
#include "sync/wire.hpp"

namespace wa::bench {

namespace {

constexpr std::size_t koffer = 30;
constexpr int cases_each = 10;
constexpr int desk_rounds = 40;
constexpr int desk_residents = 200;

/// A frame as it comes from the line, and the device whose line it is.
struct ArrivingFrame {
    std::string device_id;
    Bytes bytes;
};
using Round = std::vector<ArrivingFrame>;

/// A case of every Koffer.
Round make_round(Fleet& fleet) {
    Round round;
    for (auto& device : fleet.crowd.devices) {
        sync::Commands commands;
        for (auto& one : fleet.make_case(device, 0).envelopes)
            commands.envelopes.push_back(std::move(one.bytes));
        round.push_back({device.id, sync::write_message(commands, sync::own_dictionary())});
    }
    return round;
}

/// What a line's thread and the writer do with them, in one commit; signatures are proved by the one or the
/// other, and cost the same. Not inlined: instructions are counted inside of it.
[[gnu::noinline]] void take_arriving(service::TenantRunner& runner, const Round& round) {
    auto tx = runner.store().begin_write();
    for (const auto& frame : round) {
        auto message = sync::read_message(frame.bytes, sync::own_dictionary());
        auto envelopes = std::get<sync::Commands>(std::move(*message)).envelopes;
        for (auto& envelope : envelopes)
            envelope = sync::opened_envelope(runner.scope(), std::move(envelope));
        const auto device = hub::known_device(*read_row(*tx, "device", frame.device_id));
        const auto done = sync::execute(*tx, runner.engine(), runner.scope(), device, hub::clerk_lookup(),
                                        envelopes, system::now());
        for (const auto& answer : done.answers)
            if (answer.outcome != Outcome::done) throw std::runtime_error("refused: " + answer.problem.code);
        sync::write_message(sync::Answers{done.answers, false, done.need_from}, sync::own_dictionary());
    }
    tx->commit();
}

/// Commands of a desk of the town hall, as their turn comes: what was worked out before is not counted.
struct Waiting {
    std::vector<CommandRequest> requests;
    std::vector<CommandCheck> checks;
};

/// What the writer does with them, in one commit.
[[gnu::noinline]] void take_at_desk(Store& store, const Engine& engine, const TenantScope& scope,
                                    const Waiting& waiting) {
    auto tx = store.begin_write();
    for (std::size_t i = 0; i < waiting.requests.size(); ++i) {
        const auto done = engine.run(*tx, scope, waiting.requests[i], waiting.checks[i]);
        if (done.outcome != Outcome::done) throw std::runtime_error("refused: " + done.problem.code);
    }
    tx->commit();
}

/// Cases from desks, as many at once as of Koffer: opened, saved, submitted. A clerk waits for the commit
/// before the next step, so each commit has cases at all three.
class Desk {
  public:
    Desk(const Engine& engine, std::shared_ptr<Store> store, Store& bare)
        : engine_(engine), store_(std::move(store)), bare_(bare), scope_(scope_of(store_, Side::hub)) {}

    void open() {
        for (std::size_t i = 0; i < koffer; ++i)
            opened_.push_back(add("case.open", {{"procedure", "residence.registration"},
                                                {"channel", "counter"},
                                                {"title", "Wéronika Łącka"}}));
    }
    void work() {
        for (const auto& case_id : saved_) add("case.submit", {{"case_id", case_id}, {"form", form_}});
        for (const auto& case_id : opened_) add("draft.save", {{"case_id", case_id}, {"form", form_}});
        saved_ = std::exchange(opened_, {});
    }
    void commit() {
        for (const auto& one : waiting_.requests) waiting_.checks.push_back(engine_.check(scope_, one));
        const auto ours = spent([&] { take_at_desk(store_, engine_, scope_, waiting_); });
        const auto recording_ms = store_.take_recording_ms();
        const auto groups = store_.take_groups();
        const auto bare = spent([&] { write_again(bare_, groups.front()); });
        const auto commands = double(waiting_.requests.size());
        processor_us_.push_back((ours.processor_ms - recording_ms) * 1000 / commands);
        processor_ratios_.push_back(bare.processor_ms / (ours.processor_ms - recording_ms));
        us_.push_back((ours.ms - recording_ms) * 1000 / commands);
        ratios_.push_back(bare.ms / (ours.ms - recording_ms));
        waiting_ = {};
    }
    void tell(Report& report) {
        must_be_equal(store_, bare_);
        // The median of the ratios: both halves of one see the same machine.
        report.add({"taking.at_desk.processor_time", median(processor_us_),
                    median(processor_us_) * median(processor_ratios_), "µs per command (less is better)"});
        report.add({"taking.at_desk.time", median(us_), median(us_) * median(ratios_),
                    "µs per command, the disk's included (less is better)"});
    }

  private:
    struct Spent {
        double ms, processor_ms;
    };
    template <class Work>
    static Spent spent(const Work& work) {
        const auto start = Clock::now();
        const auto begun = processor_ms();
        work();
        return {milliseconds_since(start), processor_ms() - begun};
    }
    std::string add(const char* name, json::object payload) {
        waiting_.requests.push_back(
            request(name, std::move(payload), clerk_, {"counter", "hub", "Zentrale", ""}));
        return waiting_.requests.back().id;
    }

    const Engine& engine_;
    RecordingStore store_;
    Store& bare_;
    const TenantScope scope_;
    const json::object form_ = registration_form();
    const Actor clerk_ = actor("clerk");
    Waiting waiting_;
    std::vector<std::string> opened_, saved_;
    std::vector<double> processor_us_, processor_ratios_, us_, ratios_;
};

void taking_at_desk(const Options& options, Report& report) {
    const Engine engine(service::full_registry());
    const auto ours = options.folder / "desk.db", bare = options.folder / "bare.db";
    {
        const auto store = open_store(ours);
        fill(*store, engine, desk_residents, "hub");
        store->copy_to(bare.string());
    }
    const auto bare_store = open_store(bare);
    Desk desk(engine, open_store(ours), *bare_store);
    for (int i = 0; i < desk_rounds; ++i) {
        desk.work();
        desk.open();
        desk.commit();
    }
    desk.tell(report);
}

}  // namespace

void taking(const Options& options, Report& report) {
    progress("what a case costs in one thread");
    Fleet fleet(options, koffer, 0);
    std::vector<Round> rounds;
    for (int i = 0; i < cases_each; ++i) rounds.push_back(make_round(fleet));
    const hub::Tenants tenants(options.folder.string() + "/hub", service::full_registry(), fleet.crowd.id);
    auto& runner = *tenants.runner(fleet.crowd.id);
    const auto begun = processor_ms();
    for (const auto& round : rounds) take_arriving(runner, round);
    report.add({"taking.arriving", (processor_ms() - begun) * 1000 / double(koffer * cases_each),
                std::nullopt, "µs of processor time per case (less is better)"});
    taking_at_desk(options, report);
}

}  // namespace wa::bench
