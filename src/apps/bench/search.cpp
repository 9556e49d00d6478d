#include <fmt/format.h>

#include <stdexcept>

#include "adapters/system/system.hpp"
#include "apps/bench/machine.hpp"
#include "apps/bench/measurements.hpp"
#include "apps/service/wiring.hpp"
#include "apps/testland/chance.hpp"
#include "base/text.hpp"
#include "kernel/records.hpp"

namespace wa::bench {

namespace {

constexpr int questions = 300;
constexpr double search_goal_ms = 20;

std::string first_word(const std::string& text) {
    return text.substr(0, text.find_first_of(" -"));
}

/// The name as somebody writes it who has only heard it.
std::string as_heard(std::string name) {
    for (const auto& [written, heard] : {std::pair{"ei", "ai"},
                                         {"ie", "i"},
                                         {"ck", "k"},
                                         {"ff", "f"},
                                         {"ll", "l"},
                                         {"nn", "n"},
                                         {"tt", "t"},
                                         {"ss", "s"},
                                         {"dt", "t"},
                                         {"th", "t"},
                                         {"v", "f"}})
        if (const auto at = name.find(written, 1); at != std::string::npos)
            return name.replace(at, std::string_view(written).size(), heard);
    return name + "h";
}

json::object one_box(std::initializer_list<std::string> words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
    return {{"text", text}};
}

std::string house(const Row& dwelling) {
    return dwelling.text("street") + " " + std::to_string(dwelling.integer("house_no"));
}

struct Kind {
    const char* name;
    json::object (*params)(const Row& person, const Row& dwelling);
};

const Kind kinds[]{
    {"name_given",
     [](const Row& p, const Row&) {
         return json::object{{"name", p.text("family_name")},
                             {"given_names", first_word(p.text("given_names"))}};
     }},
    {"name_date",
     [](const Row& p, const Row&) {
         return json::object{{"name", p.text("family_name")}, {"birth_date", p.text("birth_date")}};
     }},
    {"sound",
     [](const Row& p, const Row&) {
         return json::object{{"name", as_heard(p.text("family_name"))},
                             {"given_names", first_word(p.text("given_names"))}};
     }},
    {"address",
     [](const Row&, const Row& d) {
         return json::object{{"street", d.text("street")}, {"house_no", d.integer("house_no")}};
     }},
    {"name_year",
     [](const Row& p, const Row&) {
         return json::object{{"name", p.text("family_name")},
                             {"birth_date", p.text("birth_date").substr(0, 4) + "-00-00"}};
     }},
    {"one_letter",
     [](const Row& p, const Row&) {
         return json::object{{"name", p.text("family_name")},
                             {"given_names", truncate(p.text("given_names"), 1)}};
     }},
    {"one_box",
     [](const Row& p, const Row& d) {
         return one_box({first_word(p.text("given_names")), p.text("family_name"), house(d)});
     }},
    {"one_box_names",
     [](const Row& p, const Row&) {
         return one_box({p.text("family_name"), first_word(p.text("given_names"))});
     }},
    {"one_box_letters",
     [](const Row& p, const Row&) {
         return one_box({truncate(p.text("family_name"), 2), truncate(p.text("given_names"), 2)});
     }},
    {"one_box_year",
     [](const Row& p, const Row&) {
         return one_box({p.text("given_names"), p.text("family_name"), p.text("birth_date").substr(0, 4)});
     }},
    {"one_box_street",
     [](const Row& p, const Row& d) {
         return one_box({p.text("family_name"), d.text("street")});
     }},
    {"one_box_all",
     [](const Row& p, const Row& d) {
         return one_box({p.text("given_names"), p.text("family_name"), p.text("birth_date"), house(d)});
     }},
    {"one_box_heard",
     [](const Row& p, const Row& d) {
         return one_box({as_heard(p.text("family_name")), first_word(p.text("given_names")), house(d)});
     }},
    {"one_box_nobody", [](const Row& p, const Row&) {
         return one_box({"Xyzzyhausen", first_word(p.text("given_names"))});
     }}};

struct Somebody {
    Row person, dwelling;
};

std::vector<Somebody> some_residents(Store& store) {
    testland::Chance chance(7);
    const auto tx = store.begin_read();
    const auto top = tx->query({"top", "SELECT MAX(rowid) AS n FROM dwelling"}).front().integer("n");
    std::vector<Somebody> found;
    while (found.size() < std::size_t(questions)) {
        const auto rows =
            tx->query({"some",
                       "SELECT * FROM dwelling WHERE rowid >= $n AND current = 1 AND ags = '99001001' "
                       "LIMIT 1"},
                      {{"n", std::int64_t(chance.next() % std::uint64_t(top))}});
        if (rows.empty()) continue;
        if (auto person = read_row(*tx, "person", rows.front().text("person_id")))
            found.push_back({std::move(*person), rows.front()});
    }
    return found;
}

std::int64_t index_bytes(Store& store) {
    return store.begin_read()
        ->query({"size",
                 "SELECT SUM(pgsize) AS bytes FROM dbstat WHERE name = 'person_search' AND aggregate = TRUE"})
        .front()
        .integer("bytes");
}

}  // namespace

void search(const Options& options, Report& report) {
    const Engine engine(service::full_registry());
    const auto store = open_store(large_store(options, engine, report));
    report.add({fmt::format("search.{}.index", options.persons),
                double(index_bytes(*store)) / options.persons / 1000, std::nullopt,
                "kB a person (less is better)"});
    const auto residents = some_residents(*store);
    service::TenantRunner runner(engine, scope_of(*store, Side::hub), store);
    const auto who = actor("clerk");
    const Origin origin{"counter", "hub", "Zentrale", ""};
    for (const auto& kind : kinds) {
        std::vector<double> whole, alone, working;
        int found = 0, missed = 0;
        for (const auto& [person, dwelling] : residents) {
            const QueryRequest question{
                "person.search", kind.params(person, dwelling), "Messung", who, origin, system::now()};
            const auto start = Clock::now();
            const auto answer = must_ask(runner, question);
            whole.push_back(milliseconds_since(start));
            bool there = false;
            for (const auto& hit : array_of(answer, "hits"))
                there |= text_of(hit.as_object(), "person_id") == person.text("id");
            found += there;
            missed += !there && !flag_of(answer, "too_many");
        }
        for (const auto& [person, dwelling] : residents) {
            const QueryRequest question{
                "person.search", kind.params(person, dwelling), "Messung", who, origin, system::now()};
            const auto tx = store->begin_write();  // never committed
            const auto worked = processor_ms();
            const auto start = Clock::now();
            if (!engine.ask(*tx, runner.scope(), question)) throw std::runtime_error("a search was refused");
            alone.push_back(milliseconds_since(start));
            working.push_back(processor_ms() - worked);
        }
        const auto name = fmt::format("search.{}.{}", options.persons, kind.name);
        report.add({name + ".p50", median(whole), search_goal_ms, milliseconds_unit});
        report.add({name + ".p99", percentile(whole, 99), search_goal_ms, milliseconds_unit});
        report.add({name + ".without_commit.p50", median(alone), search_goal_ms, milliseconds_unit});
        report.add({name + ".without_commit.p99", percentile(alone, 99), search_goal_ms, milliseconds_unit});
        report.add({name + ".processor_time.p50", median(working), search_goal_ms, milliseconds_unit});
        report.add(
            {name + ".processor_time.p99", percentile(working, 99), search_goal_ms, milliseconds_unit});
        report.add({name + ".found", double(found) / questions * 100, std::nullopt,
                    "% of those meant among the first 20 hits (more is better)"});
        report.add({name + ".missed", double(missed) / questions * 100, std::nullopt,
                    "% neither found nor told that there are more (less is better)"});
    }
}

}  // namespace wa::bench
