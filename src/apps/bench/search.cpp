#include <fmt/format.h>

#include <map>
#include <optional>
#include <stdexcept>

#include "adapters/system/system.hpp"
#include "apps/bench/bare_file.hpp"
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
constexpr std::size_t journal_entry_bytes =
    12'000;  ///< that the store writes for one read that is journalled

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

/// What each kind of question took, in milliseconds.
struct SearchSamples {
    std::vector<double> whole;    ///< with its journal entry committed
    std::vector<double> alone;    ///< without the commit
    std::vector<double> working;  ///< of that the processor's share
    std::vector<double> bare;     ///< a durable commit of the disk itself, right after it
    int found = 0, missed = 0;
};

void ask_once(service::TenantRunner& runner, const Engine& engine, Store& store, const QueryRequest& question,
              const std::string& meant, SearchSamples& samples) {
    auto start = Clock::now();
    const auto answer = must_ask(runner, question);
    samples.whole.push_back(milliseconds_since(start));
    bool there = false;
    for (const auto& hit : array_of(answer, "hits")) there |= text_of(hit.as_object(), "person_id") == meant;
    samples.found += there;
    samples.missed += !there && !flag_of(answer, "too_many");

    const auto tx = store.begin_write();  // never committed
    const auto worked = processor_ms();
    start = Clock::now();
    if (!engine.ask(*tx, runner.scope(), question)) throw std::runtime_error("a search was refused");
    samples.alone.push_back(milliseconds_since(start));
    samples.working.push_back(processor_ms() - worked);
}

void tell_kind(const std::string& name, const SearchSamples& samples, Report& report) {
    const auto both = [&](const std::string& what, const std::vector<double>& taken,
                          std::optional<double> goal) {
        report.add({name + what + ".p50", median(taken), goal, milliseconds_unit});
        report.add({name + what + ".p99", percentile(taken, 99), goal, milliseconds_unit});
    };
    both("", samples.whole, search_goal_ms);
    both(".without_commit", samples.alone, search_goal_ms);
    both(".processor_time", samples.working, search_goal_ms);
    both(".bare_commit", samples.bare, std::nullopt);
    report.add({name + ".found", double(samples.found) / questions * 100, std::nullopt,
                "% of those meant among the first 20 hits (more is better)"});
    report.add({name + ".missed", double(samples.missed) / questions * 100, std::nullopt,
                "% neither found nor told that there are more (less is better)"});
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
    BareFile disk(options.folder / "bare");
    std::map<std::string, SearchSamples> all;
    // Kind beside kind, so that a bad moment of the machine falls on all of them.
    for (const auto& somebody : residents)
        for (const auto& kind : kinds) {
            const QueryRequest question{"person.search", kind.params(somebody.person, somebody.dwelling),
                                        "Messung",       who,
                                        origin,          system::now()};
            ask_once(runner, engine, *store, question, somebody.person.text("id"), all[kind.name]);
            all[kind.name].bare.push_back(disk.commit_ms(journal_entry_bytes));
        }
    for (const auto& [kind, samples] : all)
        tell_kind(fmt::format("search.{}.{}", options.persons, kind), samples, report);
}

}  // namespace wa::bench
