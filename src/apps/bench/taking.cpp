// What a text case costs the hub's writer, all in one thread of one process: no line, no waiting, nothing
// beside it. So instructions can be counted, which are the same on a busy machine (docs/figures.md says how).
#include <stdexcept>
#include <utility>

#include "adapters/system/system.hpp"
#include "apps/bench/fleet.hpp"
#include "apps/bench/machine.hpp"
#include "apps/bench/measurements.hpp"
#include "apps/hub/koffer_desk.hpp"
#include "apps/service/wiring.hpp"
#include "sync/compression.hpp"
#include "sync/hub_store.hpp"
#include "sync/wire.hpp"

namespace wa::bench {

namespace {

constexpr std::size_t koffer = 30;
constexpr int cases_each = 10;

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
[[gnu::noinline]] void take_at_desk(service::TenantRunner& runner, const Waiting& waiting) {
    auto tx = runner.store().begin_write();
    for (std::size_t i = 0; i < waiting.requests.size(); ++i) {
        const auto done = runner.engine().run(*tx, runner.scope(), waiting.requests[i], waiting.checks[i]);
        if (done.outcome != Outcome::done) throw std::runtime_error("refused: " + done.problem.code);
    }
    tx->commit();
}

/// As many cases from desks as of Koffer: opened, saved, submitted. A clerk waits for the commit before the
/// next step, so each commit has cases at all three.
class Desk {
  public:
    Desk(service::TenantRunner& runner, json::object form) : runner_(runner), form_(std::move(form)) {}

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
        for (const auto& one : waiting_.requests)
            waiting_.checks.push_back(runner_.engine().check(runner_.scope(), one));
        take_at_desk(runner_, waiting_);
        waiting_ = {};
    }

  private:
    std::string add(const char* name, json::object payload) {
        waiting_.requests.push_back(
            request(name, std::move(payload), clerk_, {"counter", "hub", "Zentrale", ""}));
        return waiting_.requests.back().id;
    }

    service::TenantRunner& runner_;
    const json::object form_;
    const Actor clerk_ = actor("clerk");
    Waiting waiting_;
    std::vector<std::string> opened_, saved_;
};

}  // namespace

void taking(const Options& options, Report& report) {
    progress("what a case costs in one thread");
    Fleet fleet(options, koffer, 0);
    std::vector<Round> rounds;
    for (int i = 0; i < cases_each; ++i) rounds.push_back(make_round(fleet));
    const hub::Tenants tenants(options.folder.string() + "/hub", service::full_registry(), fleet.crowd.id);
    auto& runner = *tenants.runner(fleet.crowd.id);
    const auto cost = [&](const std::string& name, const auto& take) {
        const auto begun = processor_ms();
        for (int i = 0; i < cases_each; ++i) take(std::size_t(i));
        report.add({name, (processor_ms() - begun) * 1000 / double(koffer * cases_each), std::nullopt,
                    "µs of processor time per case (less is better)"});
    };
    cost("taking.arriving", [&](std::size_t i) { take_arriving(runner, rounds[i]); });
    Desk desk(runner, registration_form());
    const auto step = [&](bool opens) {
        desk.work();
        if (opens) desk.open();
        desk.commit();
    };
    cost("taking.at_desk", [&](std::size_t) { step(true); });
    step(false);
    step(false);
}

}  // namespace wa::bench
