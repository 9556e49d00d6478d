#include <fmt/format.h>

#include <functional>
#include <stdexcept>

#include "adapters/system/system.hpp"
#include "apps/bench/machine.hpp"
#include "apps/bench/measurements.hpp"
#include "apps/service/wiring.hpp"
#include "kernel/identity.hpp"

namespace wa::bench {

namespace {

constexpr int views = 200;
constexpr double page_goal_ms = 100;

/// Somebody and something to look at, by chance.
struct Sample {
    std::string person_id, case_id;
};

std::vector<Sample> samples(Store& store) {
    const auto tx = store.begin_read();
    const auto some = [&](const std::string& table) {
        const auto text = "SELECT id FROM " + table +
                          " WHERE rowid IN (SELECT 1 + abs(random()) % (SELECT MAX(rowid) FROM " + table +
                          ") FROM person LIMIT 400) LIMIT 400";
        return tx->query({"some", text});
    };
    const auto persons = some("person"), cases = some("case_file");
    if (persons.empty() || cases.empty()) throw std::runtime_error("pages: the register is empty");
    std::vector<Sample> out;
    for (std::size_t i = 0; i < std::size_t(views); ++i)
        out.push_back({persons[i % persons.size()].text("id"), cases[i % cases.size()].text("id")});
    return out;
}

struct Page {
    const char* name;
    const char* query;
    json::object (*params)(const Sample&);
};

json::object nothing(const Sample&) {
    return {};
}

const Page all_pages[]{{"person", "person.get",
                        [](const Sample& s) {
                            return json::object{{"person_id", s.person_id}};
                        }},
                       {"case", "case.get",
                        [](const Sample& s) {
                            return json::object{{"case_id", s.case_id}};
                        }},
                       {"case_findings", "residence.findings",
                        [](const Sample& s) {
                            return json::object{{"case_id", s.case_id}};
                        }},
                       {"cases", "case.list", nothing},
                       {"cases_signed", "case.list",
                        [](const Sample&) {
                            return json::object{{"status", "signed"}};
                        }},
                       {"cases_of_person", "case.list",
                        [](const Sample& s) {
                            return json::object{{"person_id", s.person_id}};
                        }},
                       {"today", "desk.today", nothing},
                       {"journal", "journal.list", nothing},
                       {"messages", "outbox.list", nothing},
                       {"messages_due", "outbox.list",
                        [](const Sample&) {
                            return json::object{{"state", "due"}};
                        }},
                       {"messages_worklist", "outbox.list",
                        [](const Sample&) {
                            return json::object{{"worklist", true}};
                        }},
                       {"messages_of_case", "outbox.list",
                        [](const Sample& s) {
                            return json::object{{"case_id", s.case_id}};
                        }},
                       {"tasks", "task.list", nothing},
                       {"tasks_to_do", "task.list",
                        [](const Sample&) {
                            return json::object{{"state", "todo"}};
                        }},
                       {"tasks_of_person", "task.list",
                        [](const Sample& s) {
                            return json::object{{"person_id", s.person_id}};
                        }},
                       {"conflicts", "conflict.list", nothing},
                       {"quarantine", "quarantine.list", nothing},
                       {"tours", "tour.list", nothing},
                       {"devices", "device.list", nothing},
                       {"staff", "staff.list", nothing}};

/// A clerk who may see every page.
Actor sees_all() {
    auto who = actor("team_lead");
    who.permissions = permissions_of({"team_lead", "admin", "auditor"});
    return who;
}

}  // namespace

void pages(const Options& options, Report& report) {
    const Engine engine(service::full_registry());
    const auto path = large_store(options, engine, report);
    ensure_many_cases(options, *open_store(path, false), engine);
    const auto store = open_store(path);
    progress(fmt::format("pages: {} views of each", views));
    service::TenantRunner runner(engine, scope_of(*store, Side::hub), store);
    const auto who = sees_all();
    const auto seen = samples(*store);
    for (const auto& page : all_pages) {
        if (!engine.registry().query(page.query)) continue;  // a page this version does not have
        std::vector<double> whole, working;
        std::size_t bytes = 0;
        for (const auto& sample : seen) {
            const QueryRequest question{
                page.query,   page.params(sample), "Messung", who, {"counter", "hub", "Zentrale", ""},
                system::now()};
            const auto worked = processor_ms();
            const auto start = Clock::now();
            bytes = std::max(bytes, json::serialize(must_ask(runner, question)).size());
            whole.push_back(milliseconds_since(start));
            working.push_back(processor_ms() - worked);
        }
        const auto name = fmt::format("pages.{}.{}", options.persons, page.name);
        report.add({name + ".p50", median(whole), page_goal_ms, milliseconds_unit});
        report.add({name + ".p99", percentile(whole, 99), page_goal_ms, milliseconds_unit});
        report.add({name + ".processor_time.p99", percentile(working, 99), page_goal_ms, milliseconds_unit});
        report.add({name + ".largest", double(bytes) / 1000, std::nullopt, "kB (less is better)"});
    }
}

}  // namespace wa::bench
