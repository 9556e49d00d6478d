// Many cases for the large store. What the product's own commands have made is multiplied row by row.
#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "adapters/system/system.hpp"
#include "apps/bench/report.hpp"
#include "apps/bench/world.hpp"
#include "base/hash.hpp"
#include "kernel/records.hpp"

namespace wa::bench {

namespace {

constexpr int models = 100;
/// Of a hundred cases so many are still drafts, captured, signed; the rest is booked.
constexpr int drafts = 3, captured = 4, signed_ones = 5;
constexpr int conflicts = 2000, open_conflicts = 200;

json::object done(Transaction& tx, const Engine& engine, const TenantScope& scope, const std::string& name,
                  json::object payload) {
    static const auto clerk = actor("team_lead");
    auto result =
        engine.run(tx, scope, request(name, std::move(payload), clerk, {"counter", "hub", "Zentrale", ""}));
    if (result.outcome != Outcome::done)
        throw std::runtime_error(name + ": " + result.problem.code + " " +
                                 json::serialize(result.problem.details));
    return std::move(result.answer);
}

/// A name that sounds like no other one's, so that nobody is taken for somebody else.
std::string name_of(int number) {
    constexpr std::string_view consonants = "btfklmrs";
    std::string name = "Od";
    for (int rest = number, i = 0; i < 3; ++i, rest /= 8) {
        name += consonants[std::size_t(rest % 8)];
        name += 'a';
    }
    return name;
}

/// One case of the hundred, as far as its number says.
void take_model(Transaction& tx, const Engine& engine, const TenantScope& scope, int number) {
    const auto run = [&](const std::string& name, json::object payload) {
        return done(tx, engine, scope, name, std::move(payload));
    };
    auto form = registration_form(name_of(number));
    // A dwelling of their own, or there would be too many in one.
    form["new_dwelling"].as_object()["apartment_no"] = name_of(number);
    const auto case_id = text_of(
        run("case.open",
            {{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "Wéronika Łącka"}}),
        "case_id");
    if (number < drafts) {
        run("draft.save", {{"case_id", case_id}, {"form", form}});
        return;
    }
    for (int page = 0; page < 3; ++page)
        run("case.attach", {{"case_id", case_id},
                            {"kind", "lessor_confirmation"},
                            {"hash", to_hex(sha256(fmt::format("{} {}", case_id, page)))},
                            {"size", std::int64_t(110'000)},
                            {"title", "Wohnungsgeberbestätigung"},
                            {"media_type", "image/jpeg"},
                            {"original_seen", true}});
    const auto submitted = run("case.submit", {{"case_id", case_id}, {"form", form}});
    if (number < drafts + captured) return;
    run("case.sign", {{"case_id", case_id},
                      {"form_hash", text_of(submitted, "form_hash")},
                      {"signer", "Wéronika Zoë " + name_of(number)},
                      {"method", "pad"},
                      {"signature", to_hex(sha256(case_id))}});
    if (number < drafts + captured + signed_ones) return;
    run("case.precheck", {{"case_id", case_id}});
    run("residence.book", booking_of(case_id));
}

void put_conflicts(Transaction& tx) {
    for (int i = 0; i < conflicts; ++i) {
        const auto id = system::new_id();
        write_row_verbatim(tx, "conflict",
                           {{"id", id},
                            {"version", id},
                            {"command_id", id},
                            {"stream", id},
                            {"subject_table", std::string("person")},
                            {"subject_id", id},
                            {"field", std::string("family_name")},
                            {"title", std::string("Schröder, Erna")},
                            {"here_value", std::string("Schröder")},
                            {"here_at_ms", std::int64_t(i)},
                            {"here_by", std::string("Jutta Petersen")},
                            {"here_origin", std::string("Zentrale")},
                            {"there_value", std::string("Schroeder")},
                            {"there_at_ms", std::int64_t(i)},
                            {"there_by", std::string("Deniz Aydın")},
                            {"there_origin", std::string("Koffer 1")},
                            {"state", std::string(i < open_conflicts ? "open" : "decided")}});
    }
}

bool ends_with(const std::string& text, std::string_view end) {
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

/// What stands in a column of a likeness: ids of the multiplied tables get another end, so that rows that
/// belong together still do; numbers are unique; persons are others; ten cases a minute.
std::string likeness_of(const std::string& table, const std::string& column) {
    if (column == "id" || column == "case_id") return "substr(" + column + ", 1, 20) || $mark";
    // A hash is found by its own case, not by a thousand likenesses.
    if (column == "signed_hash") return "substr(signed_hash, 1, 58) || $mark";
    if (column == "number") return "number || '-' || $mark";
    if (column == "person_id")
        return "CASE WHEN COALESCE(person_id, '') = '' THEN person_id ELSE (SELECT p.id FROM person p "
               "WHERE p.rowid > (" +
               table + ".rowid * 7919 + $number * 104729) % $persons LIMIT 1) END";
    if (ends_with(column, "_at_ms")) return column + " - $number * 600000";
    return column;
}

/// Gives every row of the table `times - 1` likenesses.
void multiply(Transaction& tx, const std::string& table, std::int64_t persons, int times) {
    std::string names, values;
    const auto columns = "SELECT name FROM pragma_table_info('" + table + "') ORDER BY cid";
    for (const auto& row : tx.query({"columns", columns})) {
        const auto name = row.text("name");
        if (!names.empty()) names += ", ", values += ", ";
        names += name;
        values += likeness_of(table, name);
    }
    const auto top =
        tx.query({"top", "SELECT COALESCE(MAX(rowid), 0) AS n FROM " + table}).front().integer("n");
    const auto text = "INSERT INTO " + table + " (" + names + ") SELECT " + values + " FROM " + table +
                      " WHERE rowid <= $top";
    for (int i = 1; i < times; ++i) {
        Params params{{"mark", fmt::format("{:06}", i)}, {"top", top}};
        if (text.find("$persons") != std::string::npos) params.push_back({"persons", persons});
        if (text.find("$number") != std::string::npos) params.push_back({"number", std::int64_t(i)});
        tx.execute({"multiply", text}, params);
    }
}

}  // namespace

void ensure_many_cases(const Options& options, Store& store, const Engine& engine) {
    const auto wanted = options.persons / 10;
    const auto there =
        store.begin_read()->query({"count", "SELECT COUNT(*) AS n FROM case_file"}).front().integer("n");
    if (there >= wanted) return;
    progress(fmt::format("taking {} cases", wanted));
    const auto start = Clock::now();
    const auto scope = scope_of(store, Side::hub);
    auto tx = store.begin_write();
    for (int i = 0; i < models; ++i) take_model(*tx, engine, scope, i);
    for (const auto* table : {"case_file", "case_document", "case_finding", "outbox", "task"})
        if (const auto tables = store.tables(); std::count(tables.begin(), tables.end(), table) > 0)
            multiply(*tx, table, options.persons, wanted / models);
    put_conflicts(*tx);
    tx->commit();
    progress(fmt::format("taken in {:.0f} s", milliseconds_since(start) / 1000));
}

}  // namespace wa::bench
