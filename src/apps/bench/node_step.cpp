#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <future>
#include <map>
#include <stdexcept>

#include "adapters/line_emulator/owned_fd.hpp"
#include "adapters/system/system.hpp"
#include "apps/bench/measurements.hpp"
#include "apps/service/wiring.hpp"
#include "kernel/documents.hpp"
#include "kernel/outgoing.hpp"

namespace wa::bench {

namespace {

constexpr int cases = 150;
constexpr int working_set_residents = 200;
constexpr std::size_t scan_bytes = 110'000;
constexpr double goal_ms = 50;

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
    std::vector<double> ms, bytes;
};
using Steps = std::map<std::string, Samples>;

template <class Work>
void timed(Steps& steps, const std::string& name, Work work) {
    const auto before = bytes_written();
    const auto start = Clock::now();
    work();
    steps[name].ms.push_back(milliseconds_since(start));
    steps[name].bytes.push_back(double(bytes_written() - before));
}

/// The least a durable commit of so many bytes takes: one write into room that exists already, one fdatasync.
double bare_commit_ms(const std::filesystem::path& path, std::size_t bytes) {
    constexpr int repeats = 60;
    const OwnedFd file(::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    const std::vector<char> block(std::max<std::size_t>(bytes, 1), 'w');
    const auto write_at = [&](int position) {
        if (::pwrite(file.get(), block.data(), block.size(), off_t(position) * off_t(block.size())) !=
            ssize_t(block.size()))
            throw std::runtime_error("the bare file cannot be written");
    };
    for (int i = 0; i < repeats; ++i) write_at(i);
    ::fsync(file.get());
    std::vector<double> times;
    for (int i = 0; i < repeats; ++i) {
        const auto start = Clock::now();
        write_at(i);
        ::fdatasync(file.get());
        times.push_back(milliseconds_since(start));
    }
    return median(times);
}

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
        timed(steps, "person_get", [&] {
            must_ask(runner_, {"person.get", {{"person_id", person_id}}, "", clerk_, origin_, system::now()});
        });
        timed(steps, "case_open", [&] {
            case_id = text_of(run("case.open", {{"procedure", "residence.registration"},
                                                {"channel", "koffer"},
                                                {"title", "Wéronika Łącka"},
                                                {"tour_id", origin_.tour_id}}),
                              "case_id");
        });
        timed(steps, "draft_save", [&] { run("draft.save", {{"case_id", case_id}, {"form", form}}); });
        Bytes scan(scan_bytes);
        system::fill_random(scan);
        timed(steps, "scan_110_kb", [&] { hash = put_scan(runner_, scan); });
        timed(steps, "case_attach", [&] {
            run("case.attach", {{"case_id", case_id},
                                {"kind", "lessor_confirmation"},
                                {"hash", hash},
                                {"size", std::int64_t(scan_bytes)},
                                {"title", "Wohnungsgeberbestätigung"},
                                {"media_type", "image/jpeg"},
                                {"original_seen", true}});
        });
        timed(steps, "case_submit", [&] {
            form_hash = text_of(run("case.submit", {{"case_id", case_id}, {"form", form}}), "form_hash");
        });
        timed(steps, "case_sign", [&] {
            run("case.sign", {{"case_id", case_id},
                              {"form_hash", form_hash},
                              {"signer", "Wéronika Łącka"},
                              {"method", "paper"}});
        });
        timed(steps, "case_issue_receipt", [&] { run("case.issue_receipt", {{"case_id", case_id}}); });
        timed(steps, "case_precheck", [&] { run("case.precheck", {{"case_id", case_id}}); });
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
    for (const auto& row :
         store.begin_read()->query({"persons", "SELECT id FROM person ORDER BY id LIMIT 200"}))
        ids.push_back(row.text("id"));
    return ids;
}

}  // namespace

void node_step(const Options& options, Report& report) {
    progress(fmt::format("node_step: {} cases at a Koffer", cases));
    const Engine engine(service::full_registry());
    const auto store = open_store(options.folder / "node.db");
    const auto device = system::new_id();
    fill(*store, engine, working_set_residents, device);
    const auto persons = some_persons(*store);
    const auto device_keys = SignKeys::from_seed(system::random_key());
    const auto clerk_keys = SignKeys::from_seed(system::random_key());
    Steps steps;
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
        for (int i = 0; i < cases; ++i)
            koffer.take_case(steps, form, persons[std::size_t(i) % persons.size()]);
    }
    for (const auto& [name, samples] : steps) {
        const auto p50 = median(samples.ms);
        report.add({"node_step." + name + ".p50", p50, goal_ms, milliseconds_unit});
        report.add({"node_step." + name + ".p99", percentile(samples.ms, 99), goal_ms, milliseconds_unit});
        const auto bytes = std::size_t(median(samples.bytes));
        report.add({fmt::format("node_step.{}.bare_commit_{}_bytes", name, bytes), p50,
                    bare_commit_ms(options.folder / "bare", bytes), milliseconds_unit});
    }
}

}  // namespace wa::bench
