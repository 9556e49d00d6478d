// What somebody is told of what is stored about them, with the tables of all modules; and the letter.
#include "modules/residence/data.hpp"
#include "ways.hpp"

namespace wa::refusals {
namespace {

const json::object& disclosure_table() {
    static const auto table = parse_json(data::residence::file("disclosure.json"))->as_object();
    return table;
}

TEST(WholeDisclosure, EveryTableOfEveryModuleIsToldOrLeftOutForAReason) {
    auto& w = world();
    std::set<std::string> decided;
    for (const auto& [table, reason] : object_of(disclosure_table(), "tables_left_out"))
        decided.emplace(table);
    std::map<std::string, std::set<std::string>> columns;
    for (const auto& entry : array_of(disclosure_table(), "sections")) {
        const auto& section = entry.as_object();
        auto& known = columns[text_of(section, "table")];
        for (const auto* list : {&object_of(disclosure_table(), "left_out"), &object_of(section, "left_out")})
            for (const auto& [column, reason] : *list) known.emplace(column);
        for (const auto& column : array_of(section, "columns"))
            known.insert(text_of(column.as_object(), "name"));
        decided.insert(text_of(section, "table"));
    }
    for (const auto& table : w.runner(w.testhausen).store().tables())
        EXPECT_TRUE(table.starts_with("schema") || decided.count(table))
            << "nobody has decided about " << table;
    for (const auto& table : w.runner(w.testhausen).engine().registry().journalled_tables()) {
        EXPECT_EQ(decided.count(table), 1u) << table;
        if (!columns.count(table)) continue;
        for (const auto& row : w.ask(w.testhausen, "SELECT * FROM " + table + " LIMIT 1"))
            for (const auto& name : row.names())
                EXPECT_EQ(columns[table].count(name), 1u) << table << "." << name;
    }
}

TEST(WholeDisclosure, AVisitOnATourIsToldAndTheLetterIsAPdf) {
    auto& w = world();
    auto& a = w.testhausen;
    const auto person = a.objects.at("person");
    w.must(a, "appointment.add",
           {{"tour_id", a.objects.at("tour")},
            {"at", "11:30"},
            {"minutes", 30},
            {"procedure", "residence.registration"},
            {"person_id", person},
            {"name", "Erna Muster"},
            {"birth_date", "1950-01-01"},
            {"consent", true}},
           a.staff["team_lead"].actor);
    const auto lead = w.sign_in(a, "team_lead");
    const auto answer = w.call(
        "POST", "/api/queries/residence.disclosure",
        json::serialize(json::object{{"params", json::object{{"person_id", person}, {"identity", "I4"}}}}),
        lead);
    ASSERT_EQ(answer.status, 200) << answer.raw;
    EXPECT_NE(answer.raw.find("Erna Muster"), std::string::npos);
    EXPECT_NE(answer.raw.find("11:30"), std::string::npos);
    const auto letter = w.call("GET", "/api/disclosures/" + person + ".pdf?identity=I3", "", lead);
    EXPECT_EQ(letter.status, 200) << letter.raw.substr(0, 300);
    EXPECT_TRUE(letter.raw.starts_with("%PDF"));
    EXPECT_EQ(w.journal_end(a).text("reason"),
              "Selbstauskunft (DSGVO Art. 15): die Person selbst, Identität I3");
    EXPECT_EQ(w.call("GET", "/api/disclosures/" + person + ".pdf", "", lead).code(), "payload_invalid")
        << "nobody is told anything before they have shown who they are";
}

/// Handbook § 5: zone 3 per number with a task role; nobody has one of these tasks in P01. Zone 5 is
/// nobody's.
TEST(WholeDisclosure, NothingElseReadsWhatIsKeptForOnePurpose) {
    auto& w = world();
    auto& a = w.testhausen;
    {
        auto tx = w.runner(a).store().begin_write();
        for (const auto& [zone, purpose] : {std::pair{3, "weapons"}, {5, "eid_block"}})
            tx->execute(
                Statement{"test",
                          "INSERT INTO zone_datum (id, version, person_id, zone, purpose, field, sheet, "
                          "value, recorded_at_ms, source) VALUES ($id, 'v', $person_id, $zone, $purpose, "
                          "'weapons', '2601', $value, 1, 'Zonenquelle')"},
                {{"id", system::new_id()},
                 {"person_id", a.objects.at("person")},
                 {"zone", std::int64_t(zone)},
                 {"purpose", std::string(purpose)},
                 {"value", "\"Zonenwert" + std::to_string(zone) + "\""}});
        tx->commit();
    }
    const auto lead = w.sign_in(a, "team_lead");
    std::set<std::string> tells;
    for (const auto& way : ways(w.api)) {
        if (way.section != "queries") continue;
        const auto fields = w.runner(a).engine().registry().query(way.key)->params.declaration();
        auto params = payload_of(way.key, fields, a.objects.at("case"));
        for (const auto& field : fields)
            if (text_of(field.as_object(), "type") == "id") {
                const auto name = text_of(field.as_object(), "name");
                params[name] = json::string(object_for(a, name));
            }
        params.erase("represented_by");
        const auto answer =
            w.call("POST", way.route.path,
                   json::serialize(json::object{{"params", params}, {"reason", "Test"}}), lead);
        EXPECT_EQ(answer.raw.find("Zonenwert5"), std::string::npos) << way.key;
        if (answer.raw.find("Zonenwert") != std::string::npos ||
            answer.raw.find("Zonenquelle") != std::string::npos)
            tells.insert(way.key);
    }
    EXPECT_EQ(tells, std::set<std::string>{"residence.disclosure"});
}

}  // namespace
}  // namespace wa::refusals
