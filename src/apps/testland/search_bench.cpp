// How fast persons are found in a large register: wa_search_bench [persons] [store file, kept].
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>

#include "adapters/sqlite/sqlite_store.hpp"
#include "apps/testland/chance.hpp"
#include "apps/testland/load.hpp"
#include "apps/testland/testland.hpp"
#include "base/text.hpp"
#include "kernel/engine.hpp"
#include "kernel/identity.hpp"
#include "kernel/kernel.hpp"
#include "modules/residence/module.hpp"

namespace wa {
namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

Timestamp now() {
    return *parse_timestamp("2026-11-05T08:00:00Z");
}

void import(Store& store, const Engine& engine, const TenantScope& scope, int persons) {
    const auto start = Clock::now();
    auto tx = store.begin_write();
    const auto count = testland::load_register(*tx, engine, scope, persons, now());
    if (!count) return fmt::print("not loaded: {}\n", count.error().code);
    tx->commit();
    const auto ms = milliseconds_since(start);
    fmt::print("imported {} persons in {:.1f} s: {:.0f} persons/s\n", *count, ms / 1000,
               double(*count) / ms * 1000);
}

struct Kind {
    const char* name;
    std::string (*text)(testland::Chance&, const Row& person, const Row& dwelling);
};

std::string first_word(const std::string& text) {
    return text.substr(0, text.find_first_of(" -"));
}

std::string german(const std::string& iso) {
    const auto date = parse_partial_date(iso);
    return date && date->is_complete() ? to_german(*date) : iso.substr(0, 4);
}

const Kind kinds[]{
    {"family given",
     [](testland::Chance&, const Row& p, const Row&) {
         return p.text("family_name") + " " + first_word(p.text("given_names"));
     }},
    {"common name",
     [](testland::Chance& c, const Row& p, const Row&) {
         return std::string(c.percent(50) ? "Müller " : "Schmidt ") + first_word(p.text("given_names"));
     }},
    {"two letters each",
     [](testland::Chance&, const Row& p, const Row&) {
         return truncate(p.text("family_name"), 2) + " " + truncate(p.text("given_names"), 2);
     }},
    {"common, one letter", [](testland::Chance&, const Row& p,
                              const Row&) { return "Müller " + truncate(p.text("given_names"), 1); }},
    {"name birth date",
     [](testland::Chance&, const Row& p, const Row&) {
         return p.text("family_name") + " " + german(p.text("birth_date"));
     }},
    {"name year", [](testland::Chance&, const Row& p,
                     const Row&) { return p.text("family_name") + " " + p.text("birth_date").substr(0, 4); }},
    {"street number",
     [](testland::Chance&, const Row&, const Row& d) {
         return d.text("street") + " " + std::to_string(d.integer("house_no"));
     }},
    {"name street",
     [](testland::Chance&, const Row& p, const Row& d) {
         return p.text("family_name") + " " + d.text("street") + " " + std::to_string(d.integer("house_no"));
     }},
    {"everything",
     [](testland::Chance&, const Row& p, const Row& d) {
         return p.text("given_names") + " " + p.text("family_name") + " " + german(p.text("birth_date")) +
                " " + d.text("street") + " " + std::to_string(d.integer("house_no"));
     }},
    {"misspelt",
     [](testland::Chance&, const Row& p, const Row&) {
         auto name = p.text("family_name");
         if (name.size() > 3) name.erase(name.size() - 2, 1);
         return name + " " + first_word(p.text("given_names"));
     }},
    {"nobody", [](testland::Chance&, const Row& p, const Row&) {
         return "Xyzzyhausen " + first_word(p.text("given_names"));
     }}};

/// Size of the page cache in KiB; loading a million at random places needs more than the delivered 4 MB.
void set_cache(Store& store, int kib) {
    const auto text = fmt::format("PRAGMA cache_size = -{}", kib);
    store.begin_write()->query({"cache", text});
}

void measure(Store& store, const Engine& engine, const TenantScope& scope) {
    testland::Chance chance(7);
    auto tx = store.begin_write();  // a personal read is journalled; nothing here is kept
    const auto top = tx->query({"count", "SELECT MAX(rowid) AS n FROM dwelling"}).front().integer("n");
    std::vector<double> all;
    for (const auto& kind : kinds) {
        std::vector<double> times;
        double hits = 0, many = 0;
        std::string slowest;
        for (int i = 0; i < 300; ++i) {
            const auto dwelling = tx->query(
                {"some",
                 "SELECT * FROM dwelling WHERE rowid >= $n AND current = 1 AND ags = '99001001' LIMIT 1"},
                {{"n", std::int64_t(chance.next() % std::uint64_t(top))}});
            if (dwelling.empty()) continue;
            const auto person = read_row(*tx, "person", dwelling.front().text("person_id"));
            const auto text = kind.text(chance, *person, dwelling.front());
            const QueryRequest request{"person.search", {{"text", text}}, "", system_actor(), {}, now()};
            const auto start = Clock::now();
            const auto answer = engine.ask(*tx, scope, request);
            times.push_back(milliseconds_since(start));
            if (times.back() == *std::max_element(times.begin(), times.end())) slowest = text;
            if (!answer) continue;
            hits += double(array_of(*answer, "hits").size());
            many += flag_of(*answer, "too_many");
        }
        all.insert(all.end(), times.begin(), times.end());
        std::sort(times.begin(), times.end());
        fmt::print(
            "{:<20} p50 {:7.2f} ms  p99 {:7.2f} ms  max {:7.2f} ms  hits {:5.1f}  too many {:3.0f} %  "
            "slowest: {}\n",
            kind.name, times[times.size() / 2], times[times.size() * 99 / 100], times.back(),
            hits / double(times.size()), 100 * many / double(times.size()), slowest);
    }
    std::sort(all.begin(), all.end());
    fmt::print("{:<20} p50 {:7.2f} ms  p99 {:7.2f} ms  max {:7.2f} ms\n", "all", all[all.size() / 2],
               all[all.size() * 99 / 100], all.back());
}

int bench(int persons, const std::string& path) {
    Registry registry;
    install_kernel(registry);
    install_residence(registry);
    registry.seal();
    set_registry(registry);
    const Engine engine(registry);
    TenantScope scope;
    scope.tenant.ags = testland::municipality(0).ags;
    scope.tenant.functions = {"registration"};
    scope.reference = Reference::load("NI", {});
    const bool there = std::filesystem::exists(path);
    const auto store = open_sqlite_store({.path = path, .synchronous_full = false});
    store->migrate(registry.schema());
    if (!there) {
        set_cache(*store, 1'000'000);
        import(*store, engine, scope, persons);
        set_cache(*store, 4000);
    }
    measure(*store, engine, scope);
    return 0;
}

}  // namespace
}  // namespace wa

int main(int argc, char** argv) {
    const int persons = argc > 1 ? std::stoi(argv[1]) : 1'000'000;
    return wa::bench(persons, argc > 2 ? argv[2] : ":memory:");
}
