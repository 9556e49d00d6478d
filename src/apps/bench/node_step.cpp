#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <future>
#include <map>
#include <stdexcept>

#include "adapters/system/system.hpp"
#include "apps/bench/bare_file.hpp"
#include "apps/bench/machine.hpp"
#include "apps/bench/measurements.hpp"
#include "apps/service/wiring.hpp"
#include "kernel/documents.hpp"
#include "kernel/outgoing.hpp"

namespace wa::bench {

namespace {

constexpr int cases_taken = 150;
constexpr int working_set_residents = 200;
constexpr std::size_t scan_bytes = 110'000;
constexpr double step_goal_ms = 50;

/// Bytes this process has handed to write calls so far.
std::int64_t bytes_written() {
    std::ifstream file("/proc/self/io");
    std::string key;
    std::int64_t value = 0;
    while (file >> key >> value)
        if (key == "wchar:") return value;
    throw std::runtime_error("/proc/self/io does not tell what was written");
}

struct Samples {
    std::vector<double> ms, bare_ms, bytes;
    double working_ms = 0, bare_working_ms = 0;  ///< sums, without waiting for a processor
};

/// Times each step, and right after it the bare commit of as many bytes: on a busy machine two phases one
/// after the other would not see the same disk and processor.
class Steps {
  public:
    explicit Steps(const std::filesystem::path& bare_path) : bare_(bare_path) {}

    template <class Work>
    void timed(const std::string& name, Work work) {
        const auto before = bytes_written();
        const auto queued = queued_ms();
        const auto start = Clock::now();
        work();
        const auto ms = milliseconds_since(start);
        const auto queued_between = queued_ms();
        const auto bytes = bytes_written() - before;
        const auto bare_ms = bare_.commit_ms(std::size_t(bytes));
        auto& samples = all_[name];
        samples.ms.push_back(ms);
        samples.bare_ms.push_back(bare_ms);
        samples.bytes.push_back(double(bytes));
        samples.working_ms += ms - (queued_between - queued);
        samples.bare_working_ms += bare_ms - (queued_ms() - queued_between);
    }
    const std::map<std::string, Samples>& all() const { return all_; }

  private:
    BareFile bare_;
    std::map<std::string, Samples> all_;
};

/// Puts a scan into the store, as an upload at the desk does. Its hash.
std::string put_scan(service::TenantRunner& runner, const Bytes& scan) {
    std::string hash;
    std::promise<bool> stored;
    runner.write(
        [&](Transaction& tx) {
            auto put = put_document(tx, scan);
            if (put) hash = *put;
        },
        [&](bool good) { stored.set_value(good && !hash.empty()); });
    if (!stored.get_future().get()) throw std::runtime_error("a scan was not stored");
    return hash;
}

class Koffer {
  public:
    Koffer(service::TenantRunner& runner, std::string device)
        : runner_(runner), origin_{"koffer", std::move(device), "Koffer 1", system::new_id()} {}

    void take_case(Steps& steps, const json::object& form, const std::string& person_id) {
        std::string case_id, hash, form_hash;
        steps.timed("person_get", [&] {
            must_ask(runner_, {"person.get", {{"person_id", person_id}}, "", clerk_, origin_, system::now()});
        });
        steps.timed("case_open", [&] {
            case_id = text_of(run("case.open", {{"procedure", "residence.registration"},
                                                {"channel", "koffer"},
                                                {"title", "Wéronika Łącka"},
                                                {"tour_id", origin_.tour_id}}),
                              "case_id");
        });
        steps.timed("draft_save", [&] { run("draft.save", {{"case_id", case_id}, {"form", form}}); });
        Bytes scan(scan_bytes);
        system::fill_random(scan);
        steps.timed("scan_110_kb", [&] { hash = put_scan(runner_, scan); });
        steps.timed("case_attach", [&] {
            run("case.attach", {{"case_id", case_id},
                                {"kind", "lessor_confirmation"},
                                {"hash", hash},
                                {"size", std::int64_t(scan_bytes)},
                                {"title", "Wohnungsgeberbestätigung"},
                                {"media_type", "image/jpeg"},
                                {"original_seen", true}});
        });
        steps.timed("case_submit", [&] {
            form_hash = text_of(run("case.submit", {{"case_id", case_id}, {"form", form}}), "form_hash");
        });
        steps.timed("case_sign", [&] {
            run("case.sign", {{"case_id", case_id},
                              {"form_hash", form_hash},
                              {"signer", "Wéronika Zoë Łącka-M̂ẖőỳ"},
                              {"method", "paper"}});
        });
        steps.timed("case_issue_receipt", [&] { run("case.issue_receipt", {{"case_id", case_id}}); });
        steps.timed("case_precheck", [&] { run("case.precheck", {{"case_id", case_id}}); });
    }

  private:
    json::object run(const std::string& name, json::object payload) {
        return must(runner_, request(name, std::move(payload), clerk_, origin_));
    }

    service::TenantRunner& runner_;
    Actor clerk_ = actor("koffer_clerk");
    Origin origin_;
};

std::vector<std::string> some_persons(Store& store) {
    std::vector<std::string> ids;
    for (const auto& row : store.begin_read()->query(
             {"persons", "SELECT id FROM person WHERE blocks = '[]' ORDER BY id LIMIT 200"}))
        ids.push_back(row.text("id"));
    return ids;
}

}  // namespace

void node_step(const Options& options, Report& report) {
    progress(fmt::format("node: {} cases at a Koffer", cases_taken));
    const Engine engine(service::full_registry());
    const auto store = open_store(options.folder / "node.db");
    const auto device = system::new_id();
    fill(*store, engine, working_set_residents, device);
    const auto persons = some_persons(*store);
    const auto device_keys = SignKeys::from_seed(system::random_key());
    const auto clerk_keys = SignKeys::from_seed(system::random_key());
    Steps steps(options.folder / "bare");
    {
        service::TenantRunner runner(engine, scope_of(*store, Side::node), store);
        runner.after_command(
            [&](Transaction& tx, const CommandRequest& request, const CommandResult& result) {
                if (result.outcome != Outcome::done || result.repeated) return;
                if (!enqueue(tx, engine.registry(), request, result, device_keys, clerk_keys))
                    throw StoreError(StoreError::Kind::other, "a command is too large to travel");
            });
        Koffer koffer(runner, device);
        const auto form = registration_form();
        for (int i = 0; i < cases_taken; ++i)
            koffer.take_case(steps, form, persons[std::size_t(i) % persons.size()]);
    }
    for (const auto& [name, samples] : steps.all()) {
        const auto named = "node." + name;
        report.add({named + ".p50", median(samples.ms), step_goal_ms, milliseconds_unit});
        report.add({named + ".p99", percentile(samples.ms, 99), step_goal_ms, milliseconds_unit});
        report.add(
            {named + ".bare_commit.p50", median(samples.ms), median(samples.bare_ms), milliseconds_unit});
        // Means, since only they can be added and subtracted.
        const auto count = double(samples.ms.size());
        report.add({named + ".bare_commit.without_queue.mean", samples.working_ms / count,
                    samples.bare_working_ms / count, milliseconds_unit});
        report.add({named + ".written", median(samples.bytes) / 1000, std::nullopt, "kB (less is better)"});
    }
}

}  // namespace wa::bench
