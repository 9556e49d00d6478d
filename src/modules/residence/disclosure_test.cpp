// What somebody is told of what is stored about them (Art. 15 GDPR), and what they are not.
#include <map>
#include <set>

#include "modules/residence/data.hpp"
#include "modules/residence/disclosure.hpp"
#include "modules/residence/exchange/world.hpp"

namespace wa {
namespace {

struct Disclosure : testing::Test {
    ExchangeWorld world;

    std::string booked(json::object form) {
        const auto id = prepared_case(world, std::move(form));
        world.must("residence.book", {{"case_id", id}});
        return id;
    }
    std::string person_called(const char* given) {
        return world.value("SELECT id FROM person WHERE given_names = $given",
                           {{"given", std::string(given)}});
    }
    Result<json::object> asked(const std::string& person_id, json::object more = {}) {
        json::object params{{"person_id", person_id}, {"identity", "I4"}};
        for (auto& [name, value] : more) params[name] = value;
        return world.ask("residence.disclosure", std::move(params), world.lead, "");
    }
    json::object told(const std::string& person_id) {
        auto answer = asked(person_id);
        EXPECT_TRUE(answer) << answer.error().code;
        return answer ? std::move(*answer) : json::object{};
    }
    static const json::object& section(const json::object& answer, std::string_view table) {
        for (const auto& one : array_of(answer, "sections"))
            if (text_of(one.as_object(), "table") == table) return one.as_object();
        static const json::object none;
        return none;
    }
    static int times_told(const json::object& section, const std::string& column) {
        int count = 0;
        for (const auto& row : array_of(section, "rows"))
            for (const auto& value : row.as_array()) count += text_of(value.as_object(), "column") == column;
        return count;
    }
    static bool says_something(const Value& value) {
        if (const auto* number = std::get_if<std::int64_t>(&value)) return *number != 0;
        const auto* text = std::get_if<std::string>(&value);
        return text && !text->empty() && *text != "[]" && *text != "{}";
    }
    Rows rows_told_of(const json::object& section) {
        Rows kept;
        for (auto& row : world.rows("SELECT * FROM " + text_of(section, "table"))) {
            bool out = false;
            for (const auto& rule : array_of(section, "rows_left_out"))
                out |= row.text(text_of(rule.as_object(), "column")) == text_of(rule.as_object(), "value");
            if (!out) kept.push_back(std::move(row));
        }
        return kept;
    }
    std::string last_reason() {
        return world.value(
            "SELECT reason FROM journal WHERE name = 'residence.disclosure' ORDER BY seq DESC");
    }
    static constexpr const char* block = R"([{"paragraph": "51", "text": "Auskunftssperre"}])";
    void set_blocks(const std::string& person_id) {
        world.change("UPDATE person SET blocks = $blocks WHERE id = $id",
                     {{"blocks", std::string(block)}, {"id", person_id}});
    }
    /// Somebody of whom there is a row in every table that this module's world has.
    std::string well_known() {
        auto form = test_form();
        person_of(form)["marital_status"] = "VH";
        person_of(form)["marital_status_since"] = "1990-05-12";
        person_of(form)["spouse"] = json::object{{"family_name", "Fehling"},
                                                 {"given_names", "Karl"},
                                                 {"birth_date", "1959-01-01"},
                                                 {"same_dwelling", true}};
        booked(std::move(form));
        const auto id = world.value("SELECT id FROM person");
        world.hand_over_all();
        world.receive("auswertung",
                      {{"result", "taken"}, {"weapons", true}, {"block_password", "Zitronenfalter"}},
                      world.message_id("rueckmeldung"));
        world.receive("vms_request", {{"person", json::object{{"family_name", "Müller-Lüdenscheidt"},
                                                              {"given_names", "Anna Maria"},
                                                              {"birth_date", "1962-04-03"}}},
                                      {"address", test_dwelling("00101", "Lindenweg", 5)},
                                      {"with_family", false}});
        world.must("person.correct", {{"person_id", id},
                                      {"field", "birth_place"},
                                      {"old_value", "Musterstedt"},
                                      {"new_value", "Testhausen"},
                                      {"mode", "correction"},
                                      {"source", "Geburtsurkunde 112/1936"}});
        world.change(
            "INSERT INTO conflict (id, version, command_id, stream, subject_table, subject_id, field, title, "
            "here_value, here_at_ms, here_by, here_origin, there_value, there_at_ms, there_by, there_origin, "
            "state) VALUES ('k', 'v', '', '', 'person', $id, 'religion', '', 'ev', 1, '', '', 'rk', 2, '', "
            "'', 'open')",
            {{"id", id}});
        return id;
    }
};

TEST_F(Disclosure, TellsEveryColumnOfEveryRow) {
    const auto answer = told(well_known());
    for (const auto& entry : array_of(residence::disclosure_table(), "sections")) {
        const auto& declared = entry.as_object();
        const auto table = text_of(declared, "table");
        if (table == "appointment") continue;  // another module's: tests/refusals/disclosure_test.cpp
        const auto rows = rows_told_of(declared);
        EXPECT_FALSE(rows.empty()) << "nobody tries " << table;
        const auto& shown = section(answer, table);
        EXPECT_EQ(array_of(shown, "rows").size(), rows.size()) << table;
        for (const auto& column : array_of(declared, "columns")) {
            const auto name = text_of(column.as_object(), "name");
            int stored = 0;
            for (const auto& row : rows) stored += says_something(row.at(name));
            EXPECT_GE(times_told(shown, name), stored) << table << "." << name;
        }
    }
    const auto text = json::serialize(answer);
    for (const auto* word : {"Waffenrechtliche Erlaubnis", "Meldebehörde 99001002", "Geburtsurkunde 112/1936",
                             "evangelisch", "Lindenweg 5", "Meldeschein übermittelt"})
        EXPECT_NE(text.find(word), text.npos) << word << text;
}

TEST_F(Disclosure, EveryTableAndColumnIsToldOrLeftOutForAReason) {
    const auto& all = residence::disclosure_table();
    const auto& nowhere = object_of(all, "tables_left_out");
    std::map<std::string, const json::object*> sections;
    for (const auto& entry : array_of(all, "sections"))
        sections[text_of(entry.as_object(), "table")] = &entry.as_object();
    for (const auto& table : world.store().tables()) {
        if (table.starts_with("schema")) continue;
        const auto found = sections.find(table);
        EXPECT_NE(found != sections.end(), !text_of(nowhere, table).empty()) << table;
        if (found == sections.end()) continue;
        std::set<std::string> decided;
        for (const auto* list : {&object_of(all, "left_out"), &object_of(*found->second, "left_out")})
            for (const auto& [column, reason] : *list) {
                EXPECT_FALSE(reason.as_string().empty()) << table << "." << std::string_view(column);
                decided.emplace(column);
            }
        for (const auto& column : array_of(*found->second, "columns"))
            EXPECT_TRUE(decided.insert(text_of(column.as_object(), "name")).second)
                << table << ": told and left out, or twice " << json::serialize(column);
        for (const auto& row : world.rows("SELECT name FROM pragma_table_info($table)", {{"table", table}}))
            EXPECT_EQ(decided.count(row.text("name")), 1u)
                << "nobody has decided about " << table << "." << row.text("name");
    }
}

TEST_F(Disclosure, PurposesLawsAndPeriodsAreThoseOfTheRecordOfProcessing) {
    const auto answer = told(well_known());
    for (const auto& entry : array_of(answer, "sections"))
        for (const auto* part : {"purpose", "law", "kept"})
            EXPECT_NE(text_of(entry.as_object(), part), "") << part << json::serialize(entry);
    EXPECT_EQ(text_of(section(answer, "person_document"), "purpose"), "Feststellung der Identität");
    EXPECT_EQ(text_of(section(answer, "person_document"), "kept"),
              "fünf Jahre nach Ablauf des Ausweises (BMG § 14 Abs. 2)");
}

TEST_F(Disclosure, SecretsAndWhoLooksForSomebodyAreNotTold) {
    const auto id = well_known();
    world.change(
        "INSERT INTO zone_datum (id, version, person_id, zone, purpose, field, sheet, value, recorded_at_ms, "
        "source) VALUES ('w', 'v', $id, 3, 'whereabouts', 'whereabouts_request', '', '{}', 1, "
        "'Landeskriminalamt')",
        {{"id", id}});
    world.change(
        "INSERT INTO task (id, version, kind, subject, title, person_id, state, note, created_at_ms, "
        "created_by) VALUES ('t', 'v', 'inquiry_of_blocked', '', 'Anfrage des Landeskriminalamts', $id, "
        "'open', 'Zitronenfalter', 1, '')",
        {{"id", id}});
    world.change(
        "INSERT INTO inbox (id, version, message_id, message_type, type_version, sender, answers, sent_at, "
        "received_at_ms, person_id, state, payload) VALUES ('i', 'v', 'i', 'whereabouts_request', 1, "
        "'Landeskriminalamt', '', '', 1, $id, 'done', '{}')",
        {{"id", id}});
    const auto text = json::serialize(told(id));
    EXPECT_EQ(text.find("Zitronenfalter"), text.npos);
    EXPECT_EQ(text.find("Landeskriminalamt"), text.npos);
    const auto nobody = world.import_person({{"family_name", "Niemand"}, {"given_names", "Nora"}});
    EXPECT_EQ(array_of(told(id), "withheld"), array_of(told(nobody), "withheld"))
        << "what is withheld from somebody shows from nothing";
}

TEST_F(Disclosure, OfABlockedSpouseNothingIsTold) {
    booked(test_family());
    const auto anna = person_called("Anna Maria"), otto = person_called("Otto"), lena = person_called("Lena");
    // Otto lives elsewhere by now, where nobody may find him.
    set_blocks(otto);
    world.change("UPDATE relation SET note = 'Fluchtweg 7' WHERE other_id = $id", {{"id", otto}});
    world.change("UPDATE dwelling SET street = 'Fluchtweg' WHERE person_id = $id", {{"id", otto}});
    const char* messages[]{
        "INSERT INTO outbox (id, version, recipient, message_type, person_id, law, due_on, "
        "created_at_ms, state, state_at_ms, payload) VALUES ('o', 'v', 'Meldebehörde "
        "77777777', 'spouse_change', $id, 'BMG § 33', '', 1, 'due', 1, '{\"spouse\": "
        "{\"given_names\": \"Otto\"}}')",
        "INSERT INTO inbox (id, version, message_id, message_type, type_version, sender, "
        "answers, sent_at, received_at_ms, person_id, state, payload) VALUES ('i', 'v', "
        "'i', 'spouse_change', 1, 'Meldebehörde 77777777', '', '', 1, $id, 'open', "
        "'{\"new_dwelling\": \"Fluchtweg\"}')"};
    for (const auto* sql : messages) world.change(sql, {{"id", anna}});
    for (const auto& id : {anna, lena}) {
        const auto text = json::serialize(told(id));
        for (const auto* secret : {"Otto", "1960", "LZ6311T47", "Fluchtweg", "77777777"})
            EXPECT_EQ(text.find(secret), text.npos) << secret << text;
    }
    const auto answer = told(anna);
    const auto& relations = section(answer, "relation");
    EXPECT_NE(json::serialize(relations).find("Ehegatte"), std::string::npos) << "that there is one is told";
}

TEST_F(Disclosure, WhoAskedAndHowTheyProvedItStandsInTheJournal) {
    booked(test_family());
    const auto anna = person_called("Anna Maria"), otto = person_called("Otto"), lena = person_called("Lena");
    told(anna);
    EXPECT_EQ(last_reason(), "Selbstauskunft (DSGVO Art. 15): die Person selbst, Identität I4");
    EXPECT_EQ(world.value("SELECT s.subject_id FROM journal j JOIN journal_subject s ON s.seq = j.seq "
                          "WHERE j.name = 'residence.disclosure'"),
              anna);
    const auto custody = [&](const std::string& child) {
        return world.value(
            "SELECT id FROM relation WHERE person_id = $id AND other_id = $other AND kind = "
            "'custodian'",
            {{"id", child}, {"other", otto}});
    };
    const auto for_lena = asked(lena, {{"represented_by", custody(lena)}, {"identity", "I3"}});
    ASSERT_TRUE(for_lena) << for_lena.error().code;
    EXPECT_EQ(
        last_reason(),
        "Selbstauskunft (DSGVO Art. 15): gesetzliche Vertretung: Otto Müller-Lüdenscheidt, Identität I3");
    // The spouse does not represent her, and nobody decides for Lena any more once she is of age.
    const auto spouse =
        world.value("SELECT id FROM relation WHERE person_id = $id AND kind = 'spouse'", {{"id", anna}});
    EXPECT_EQ(asked(anna, {{"represented_by", spouse}}).error().code, "residence.not_representing");
    world.change("UPDATE relation SET valid_to = '2026-01-01' WHERE person_id = $id", {{"id", lena}});
    EXPECT_EQ(asked(lena, {{"represented_by", custody(lena)}}).error().code, "residence.not_representing");
}

TEST_F(Disclosure, IsForTheLeadAndOfABlockedPersonForWhoMaySeeThem) {
    const auto id = world.import_person({{"family_name", "Geheimnis"}, {"given_names", "Gerda"}});
    const json::object params{{"person_id", id}, {"identity", "I4"}};
    EXPECT_EQ(world.ask("residence.disclosure", params).error().code, "permission_denied");
    set_blocks(id);
    auto names = permissions_of({"team_lead"});
    EXPECT_TRUE(asked(id));
    Permissions::Names without(names.begin(), names.end());
    without.erase("register.blocked");
    const Actor other{world.lead.user_id, "Ohne Sperrrecht", Permissions(without)};
    EXPECT_EQ(world.ask("residence.disclosure", params, other).error().code, "residence.person_blocked");
}

TEST_F(Disclosure, OfWhoLeftLongAgoOnlyWhatMayStillBeRead) {
    auto dwelling = test_dwelling("00102", "Marktplatz", 7);
    dwelling["status"] = "E";
    dwelling["moved_in"] = "2010-01-01";
    dwelling["moved_out"] = "2018-09-01";
    const auto id = world.import_person({{"family_name", "Fehling"},
                                         {"given_names", "Ragna"},
                                         {"religion", "ev"},
                                         {"status", "departed"},
                                         {"dwellings", json::array{std::move(dwelling)}}});
    const auto answer = told(id);
    EXPECT_TRUE(flag_of(answer, "secured"));
    EXPECT_EQ(times_told(section(answer, "person"), "family_name"), 1);
    EXPECT_EQ(times_told(section(answer, "person"), "religion"), 0);
    EXPECT_EQ(times_told(section(answer, "dwelling"), "moved_out"), 1);
    EXPECT_EQ(times_told(section(answer, "dwelling"), "moved_in"), 0);
}

TEST_F(Disclosure, TheLetterSaysItAllAndWhatItDoesNotSay) {
    const auto letter = disclosure_letter(told(well_known()), world.scope().tenant, {2026, 11, 5});
    std::string text;
    for (const auto& part : letter.body) {
        if (const auto* table = std::get_if<letter::FieldTable>(&part))
            for (const auto& row : table->rows) text += row.label + "=" + row.value + "\n";
        if (const auto* list = std::get_if<letter::BulletList>(&part))
            for (const auto& item : list->items) text += item + "\n";
    }
    for (const auto* word : {"Gefragt hat=die Person selbst", "Religionsgesellschaft=", "Sperrkennwort",
                             "Artikel 77", "Waffenrechtliche Erlaubnis oder Verbot=Wert: ja"})
        EXPECT_NE(text.find(word), text.npos) << word << text;
}

}  // namespace
}  // namespace wa
