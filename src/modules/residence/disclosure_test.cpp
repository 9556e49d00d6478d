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
    for (const auto* word :
         {"Waffenrechtliche Erlaubnis", "Meldebehörde Musterstedt", "Geburtsurkunde 112/1936", "evangelisch",
          "Lindenweg 5", "Meldeschein übermittelt"})
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
    // What was told there is corrected and taken back, here and from there.
    for (const auto* type : {"correction", "revocation"}) {
        world.change(
            "INSERT INTO outbox (id, version, recipient, message_type, person_id, law, due_on, "
            "created_at_ms, "
            "state, state_at_ms, payload) VALUES ('o' || $type, 'v', 'Meldebehörde 77777777', $type, $id, "
            "'BMG § 6', '', 1, 'due', 1, '{}')",
            {{"id", anna}, {"type", std::string(type)}});
        world.change(
            "INSERT INTO inbox (id, version, message_id, message_type, type_version, sender, answers, "
            "sent_at, received_at_ms, person_id, state, payload) VALUES ('i' || $type, 'v', 'i' || $type, "
            "$type, 1, 'Meldebehörde 77777777', '', '', 1, $id, 'open', '{}')",
            {{"id", anna}, {"type", std::string(type)}});
    }
    for (const auto& id : {anna, lena}) {
        const auto text = json::serialize(told(id));
        for (const auto* secret : {"Otto", "1960", "LZ6311T47", "Fluchtweg", "77777777"})
            EXPECT_EQ(text.find(secret), text.npos) << secret << text;
    }
    const auto answer = told(anna);
    const auto& relations = section(answer, "relation");
    EXPECT_NE(json::serialize(relations).find("Ehegatte"), std::string::npos) << "that there is one is told";
}

/// Somebody whom the form named once is blocked, and whoever registered with them reads of it.
TEST_F(Disclosure, ABlockOfSomebodyElseOfTheCaseIsNotTold) {
    const auto id = booked(test_family());
    world.change(
        "INSERT INTO task (id, version, kind, subject, title, case_id, state, created_at_ms, created_by) "
        "VALUES ('t', 'v', 'block_elsewhere', '', 'Auskunftssperre für jemanden', $id, 'open', 1, '')",
        {{"id", id}});
    EXPECT_EQ(json::serialize(told(person_called("Anna Maria"))).find("Auskunftssperre für jemanden"),
              std::string::npos);
}

/// Where somebody came from is told to them, and to all who came with them; not to who met them here.
TEST_F(Disclosure, WhereAnotherOfTheCaseCameFromIsNotTold) {
    const auto id = booked(test_family());
    for (const auto& [office, asked] :
         {std::pair("Meldebehörde 77777777", R"({"person": {"birth_date": "1960-02-01"}})"),
          {"Meldebehörde 88888888", R"({"person": {"birth_date": "1962-04-03"}, "with_family": true})"},
          {"Meldebehörde 66666666", "{}"}})
        world.change(
            "INSERT INTO outbox (id, version, recipient, message_type, case_id, law, due_on, created_at_ms, "
            "state, state_at_ms, payload) VALUES ($office, 'v', $office, 'vms_request', $id, '', '', 1, "
            "'acknowledged', 1, $asked)",
            {{"office", std::string(office)}, {"id", id}, {"asked", std::string(asked)}});
    const auto otto = world.value("SELECT id FROM person WHERE birth_date = '1960-02-01'");
    ASSERT_NE(otto, "");
    const auto of_otto = json::serialize(told(otto)),
               of_anna = json::serialize(told(person_called("Anna Maria")));
    EXPECT_NE(of_otto.find("77777777"), of_otto.npos);
    EXPECT_EQ(of_anna.find("77777777"), of_anna.npos);
    for (const auto& text : {of_otto, of_anna}) {
        EXPECT_NE(text.find("88888888"), text.npos);
        EXPECT_EQ(text.find("66666666"), text.npos) << "of whom it was, nobody knows any more";
    }
}

/// Handbook § 11: of a protected witness (BMG § 53) no special flags.
TEST_F(Disclosure, ThatAWitnessIsProtectedShowsFromNoChange) {
    booked(test_form());
    const auto id = world.value("SELECT id FROM person");
    const auto change = [&](const char* row, const char* before, const char* after, const char* source) {
        world.change(
            "INSERT INTO person_history (id, version, person_id, field, value, new_value, valid_from, "
            "valid_to, recorded_at_ms, recorded_by, kind, source, sheet) VALUES ($row, 'v', $id, 'blocks', "
            "$before, $after, '', '', 1, '', 'change', $source, '')",
            {{"row", std::string(row)},
             {"id", id},
             {"before", std::string(before)},
             {"after", std::string(after)},
             {"source", std::string(source)}});
    };
    change("h1", "[]", R"([{"paragraph": "53", "text": "Zeugenschutz"}])", "Landeskriminalamt");
    change("h2", "[]", block, "Antrag der Person");
    const auto text = json::serialize(told(id));
    EXPECT_EQ(text.find("Landeskriminalamt"), text.npos);
    EXPECT_NE(text.find("Antrag der Person"), text.npos);
}

/// A parent may be the one from whom a child is hidden, with the other parent.
TEST_F(Disclosure, OfABlockedChildNothingIsToldToWhoLivesElsewhere) {
    booked(test_family());
    const auto anna = person_called("Anna Maria"), otto = person_called("Otto"), lena = person_called("Lena");
    const auto for_lena = [&](const std::string& custodian) {
        const auto relation = world.value(
            "SELECT id FROM relation WHERE person_id = $id AND other_id = $other AND kind = 'custodian'",
            {{"id", lena}, {"other", custodian}});
        const auto answer = asked(lena, {{"represented_by", relation}});
        return answer ? "" : answer.error().code;
    };
    set_blocks(lena);
    EXPECT_EQ(for_lena(otto), "");
    world.change("UPDATE dwelling SET address_key = 'anderswo' WHERE person_id = $id", {{"id", otto}});
    EXPECT_EQ(for_lena(otto), "residence.representative_elsewhere");
    EXPECT_EQ(for_lena(anna), "");
    world.change("UPDATE person SET blocks = '[]' WHERE id = $id", {{"id", lena}});
    EXPECT_EQ(for_lena(otto), "");
}

/// Custody ends with the day, not with the night that writes it down (BGB § 1626).
TEST_F(Disclosure, NobodyAsksForTheirChildWhoIsOfAge) {
    booked(test_family());
    const auto otto = person_called("Otto"), lena = person_called("Lena");
    const auto custody = world.value(
        "SELECT id FROM relation WHERE person_id = $id AND other_id = $other AND kind = 'custodian'",
        {{"id", lena}, {"other", otto}});
    world.change("UPDATE person SET birth_date = '2008-11-06' WHERE id = $id", {{"id", lena}});
    EXPECT_TRUE(asked(lena, {{"represented_by", custody}}));
    world.change("UPDATE person SET birth_date = '2008-11-05' WHERE id = $id", {{"id", lena}});
    EXPECT_EQ(asked(lena, {{"represented_by", custody}}).error().code, "residence.not_representing");
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
    EXPECT_EQ(last_reason(), "Selbstauskunft (DSGVO Art. 15): gesetzliche Vertretung, Identität I3")
        << "whose name it is the register says; the journal outlives it";
    for (const auto& id : {lena, otto, custody(lena)})
        EXPECT_EQ(world.value("SELECT COUNT(*) FROM journal_subject WHERE subject_id = $id AND seq = (SELECT "
                              "MAX(seq) FROM journal)",
                              {{"id", id}}),
                  "1");
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

TEST_F(Disclosure, AnAppointmentIsToldInWords) {
    const auto id = well_known();
    world.change(
        "INSERT INTO task (id, version, kind, subject, title, person_id, state, scheduled_at, created_at_ms, "
        "created_by) VALUES ('t', 'v', 'id_card_sticker', '', 'Aufkleber', $id, 'scheduled', "
        "'2026-12-01T09:30:00Z', 1, '')",
        {{"id", id}});
    const auto text = json::serialize(section(told(id), "task"));
    EXPECT_NE(text.find("1.12.2026"), text.npos) << text;
    EXPECT_EQ(text.find("T09:30"), text.npos) << text;
}

TEST_F(Disclosure, TheLetterSaysItAllAndWhatItDoesNotSay) {
    auto tenant = world.scope().tenant;
    tenant.sender["supervision"] = "Datenschutzaufsicht Testland, Wächtergasse 5, 99100 Testburg";
    const auto letter = disclosure_letter(told(well_known()), tenant, {2026, 11, 5});
    EXPECT_EQ(letter.place_and_date, "Testhausen, 5.11.2026");
    std::string text;
    for (const auto& part : letter.body) {
        if (const auto* table = std::get_if<letter::FieldTable>(&part))
            for (const auto& row : table->rows) text += row.label + "=" + row.value + "\n";
        if (const auto* list = std::get_if<letter::BulletList>(&part))
            for (const auto& item : list->items) text += item + "\n";
        if (const auto* words = std::get_if<letter::Paragraph>(&part)) text += words->text + "\n";
    }
    for (const auto* jargon : {"(zu prüfen)", "(152)", "(rk)", "99001002", "exchange.receipt"})
        EXPECT_EQ(text.find(jargon), text.npos) << jargon << text;
    for (const auto* word :
         {"Gefragt hat=die Person selbst", "Religionsgesellschaft=", "Sperrkennwort",
          "(Artikel 77): Datenschutzaufsicht Testland, Wächtergasse 5, 99100 Testburg.", "Adressbuchverlage",
          "behördlichen Datenschutzbeauftragten", "Waffenrechtliche Erlaubnis oder Verbot=Wert: ja"})
        EXPECT_NE(text.find(word), text.npos) << word << text;
}

}  // namespace
}  // namespace wa
