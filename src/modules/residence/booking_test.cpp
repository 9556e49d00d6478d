#include "kernel/journal.hpp"
#include "modules/residence/world_test.hpp"

namespace wa {
namespace {

json::array as(const std::string& person) {
    return {json::object{{"index", 0}, {"person_id", person}}};
}

const std::string& booked_case(TestWorld& world, std::string& id, json::object form = test_form()) {
    id = prepared_case(world, std::move(form));
    return id;
}

TEST(Booking, WritesRegisterOutboxAndJournal) {
    TestWorld world;
    std::string case_id;
    const auto answer = world.must("residence.book", {{"case_id", booked_case(world, case_id)}});
    const auto person = text_of(answer, "person_id"), dwelling = text_of(answer, "dwelling_id");
    EXPECT_EQ(text_of(answer, "registered_on"), "2026-11-05");

    const auto row = world.rows("SELECT * FROM person WHERE id = $id", {{"id", person}});
    ASSERT_EQ(row.size(), 1u);
    EXPECT_EQ(row[0].text("family_name"), "Müller-Lüdenscheidt");
    EXPECT_EQ(row[0].text("order_mark"), "19620403w-0001");
    const auto home = world.rows("SELECT * FROM dwelling WHERE id = $id", {{"id", dwelling}});
    EXPECT_EQ(home[0].text("status"), "E");
    EXPECT_EQ(home[0].text("street"), "Lindenweg");
    EXPECT_EQ(home[0].text("moved_in"), "2026-10-26");
    // The serial number stands with the document alone, which is erased after its time.
    EXPECT_NE(home[0].text("source").find(", Personalausweis, Stadt Musterstedt"), std::string::npos);
    // The last dwelling outside is kept, as ended.
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM dwelling WHERE current = 0 AND ags = '99001002'"), "1");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM person_document"), "1");
    EXPECT_EQ(world.value("SELECT new_value FROM dwelling_history"), "Lindenweg 5, 99101 Testhausen");
    EXPECT_EQ(world.value("SELECT status FROM case_file"), "booked");
    // Opened as "Anmeldung" or by whatever name was heard: lists call it by the name that was declared.
    EXPECT_EQ(world.value("SELECT title FROM case_file"),
              row[0].text("given_names") + " " + row[0].text("family_name"));

    auto tx = world.store().begin_read();
    std::vector<std::string> tables = test_registry().journalled_tables();
    EXPECT_TRUE(verify_journal(*tx, world.scope().digest_key, tables).faults.empty());
    EXPECT_FALSE(journal_of(*tx, "person", person).empty());
}

TEST(Booking, MessagesCarryOnlyWhatTheirRecipientMayHave) {
    TestWorld world;
    std::string case_id;
    world.must("residence.book", {{"case_id", booked_case(world, case_id)}});
    const auto rows = world.rows("SELECT * FROM outbox ORDER BY message_type");
    std::map<std::string, Row> by_type;
    for (const auto& row : rows) by_type[row.text("message_type")] = row;
    ASSERT_EQ(by_type.count("rueckmeldung"), 1u);
    const auto& back = by_type["rueckmeldung"];
    EXPECT_EQ(back.text("recipient"), "Meldebehörde 99001002");
    EXPECT_EQ(back.text("due_on"), "2026-11-09");  // Thursday; Saturday counts, Monday is the third
    const auto payload = back.text("payload");
    for (const auto* never : {"religion", "\"ev\"", "objections", "lessor", "marital"})
        EXPECT_EQ(payload.find(never), std::string::npos) << never;
    EXPECT_EQ(by_type["religion_moved"].text("recipient"), "Religionsgesellschaft ev");
    EXPECT_EQ(by_type["broadcast_moved"].text("payload").find("religion"), std::string::npos);
    EXPECT_EQ(by_type.count("bzst_number_request"), 1u);
    EXPECT_EQ(by_type.count("dsrv_address"), 1u);
    EXPECT_EQ(by_type.count("foreigner_moved"), 0u);
    EXPECT_EQ(world.value("SELECT state FROM case_finding WHERE code = 'residence.auswertung.99001002'"),
              "waiting");
}

TEST(Booking, ForeignersAreToldToTheirOffice) {
    TestWorld world;
    auto form = test_form();
    person_of(form)["nationalities"] = json::array{"163"};
    person_of(form)["religion"] = "vd";
    std::string case_id;
    world.must("residence.book", {{"case_id", booked_case(world, case_id, std::move(form))}});
    EXPECT_EQ(world.value("SELECT law FROM outbox WHERE message_type = 'foreigner_moved'"), "AufenthV § 72");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM outbox WHERE message_type = 'religion_moved'"), "0");
}

TEST(Booking, NeedsASignedAndCheckedCase) {
    TestWorld world;
    const auto opened =
        world.must("case.open",
                   {{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "Anmeldung"}});
    const auto result = world.run("residence.book", {{"case_id", text_of(opened, "case_id")}});
    EXPECT_EQ(result.problem.code, "residence.case_not_ready");
    std::string case_id;
    world.must("residence.book", {{"case_id", booked_case(world, case_id)}});
    EXPECT_EQ(world.run("residence.book", {{"case_id", case_id}}).problem.code, "residence.case_not_ready");
}

TEST(Booking, OnlyInItsOwnMunicipality) {
    TestWorld world;
    world.scope().tenant.ags = "99001002";
    std::string case_id;
    EXPECT_EQ(world.run("residence.book", {{"case_id", booked_case(world, case_id)}}).problem.code,
              "residence.other_municipality");
}

json::object resident(const char* status = "E") {
    auto dwelling = test_dwelling("00102", "Marktplatz", 7);
    dwelling["status"] = status;
    dwelling["moved_in"] = "2010-01-01";
    return {{"family_name", "Müller-Lüdenscheidt"},
            {"given_names", "Anna Maria"},
            {"birth_date", "1962-04-03"},
            {"rufname_index", 2},
            {"sex", "w"},
            {"birth_place", "Musterstedt"},
            {"nationalities", json::array{"000"}},
            {"religion", "rk"},
            {"marital_status", "VH"},
            {"tax_id", "02476291358"},
            {"dwellings", json::array{std::move(dwelling)}}};
}

TEST(Booking, KnownPersonMovesWithinAndTheOldDwellingEnds) {
    TestWorld world;
    const auto person = world.import_person(resident());
    auto form = test_form();
    form["previous_dwelling"] = test_dwelling("00102", "Marktplatz", 7);
    const auto case_id = prepared_case(world, std::move(form));
    const auto refused = world.run("residence.book", {{"case_id", case_id}});
    EXPECT_EQ(refused.problem.code, "residence.findings_open");
    world.must("residence.book", {{"case_id", case_id}, {"persons", as(person)}});
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM person"), "1");
    const auto old = world.rows("SELECT * FROM dwelling WHERE street = 'Marktplatz'");
    ASSERT_EQ(old.size(), 1u);
    EXPECT_EQ(old[0].text("moved_out"), "2026-10-26");
    EXPECT_EQ(old[0].integer("current"), 0);
    EXPECT_EQ(world.value("SELECT value FROM person_history WHERE field = 'religion'"), "rk");
    EXPECT_EQ(world.value("SELECT new_value FROM person_history WHERE field = 'marital_status'"), "LD");
    // Nobody to tell outside: both dwellings are here. The tax office is, by number.
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM outbox WHERE message_type = 'rueckmeldung'"), "0");
    EXPECT_EQ(world.value("SELECT payload FROM outbox WHERE message_type = 'bzst_contact'"),
              R"({"tax_id":"02476291358","birth_date":"1962-04-03","month":"2026-11"})");
    // The search knows the new street and no longer the old one.
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM person_search WHERE key LIKE 'SMARKTPLATZ|%'"), "0");
    EXPECT_EQ(world.value("SELECT COUNT(*) > 0 FROM person_search WHERE key LIKE 'SLINDENWEG|%'"), "1");
}

TEST(Booking, KeptDwellingChangesItsStatusWithHistory) {
    TestWorld world;
    const auto person = world.import_person(resident());
    auto form = test_form();
    form["previous_dwelling"] = test_dwelling("00102", "Marktplatz", 7);
    keep_previous(form, 20, 8);
    const auto case_id = prepared_case(world, std::move(form));
    world.must("residence.book", {{"case_id", case_id}, {"persons", as(person)}});
    EXPECT_EQ(world.value("SELECT status FROM dwelling WHERE street = 'Marktplatz' AND current = 1"), "N");
    EXPECT_EQ(world.value("SELECT status FROM dwelling WHERE street = 'Lindenweg'"), "H");
    // The day the law counts from, not the day of the booking: the tax begins with it.
    EXPECT_EQ(world.value("SELECT value || new_value || ' ' || valid_from || ' ' || valid_to "
                          "FROM dwelling_history WHERE field = 'status'"),
              "EN 2010-01-01 2026-10-26");
    EXPECT_EQ(world.value("SELECT note FROM task WHERE kind = 'second_home_tax'"),
              "Nebenwohnung ab 26.10.2026. Zweitwohnungsteuersatzung der Stadt Testhausen");
}

/// AO § 139b Abs. 6: the sole or main dwelling is another one now, and not the one that is registered.
TEST(Booking, ASecondDwellingThatBecomesTheMainOneIsTold) {
    TestWorld world;
    const auto person = world.import_person(resident("N"));
    auto form = test_form();
    form["new_use"] = json::object{{"nights_per_month", 5}};
    form["other_dwellings"] = json::array{json::object{{"dwelling", test_dwelling("00102", "Marktplatz", 7)},
                                                       {"moved_in", "2010-01-01"},
                                                       {"use", json::object{{"nights_per_month", 20}}}}};
    const auto case_id = prepared_case(world, std::move(form));
    world.must("residence.book", {{"case_id", case_id}, {"persons", as(person)}});
    EXPECT_EQ(world.value("SELECT status FROM dwelling WHERE street = 'Marktplatz'"), "H");
    for (const auto* type : {"bzst_address", "dsrv_address"}) {
        const auto told = world.rows("SELECT * FROM outbox WHERE message_type = $type", {{"type", type}});
        ASSERT_EQ(told.size(), 1u) << type;
        EXPECT_EQ(told[0].text("case_id"), case_id);
        EXPECT_NE(told[0].text("payload").find("Marktplatz"), std::string::npos);
    }
}

/// BMG § 33: an office that keeps a further dwelling, which the person does not name any more, learns so.
TEST(Booking, ADwellingElsewhereThatIsNotNamedEndsAndItsOfficeIsTold) {
    TestWorld world;
    auto known = resident();
    known["dwellings"].as_array().push_back(json::object{{"ags", "01003000"},
                                                         {"postcode", "23552"},
                                                         {"city", "Lübeck"},
                                                         {"street", "Testgasse"},
                                                         {"house_no", 4},
                                                         {"status", "N"},
                                                         {"moved_in", "2020-02-01"}});
    const auto person = world.import_person(std::move(known));
    auto form = test_form();
    form["previous_dwelling"] = test_dwelling("00102", "Marktplatz", 7);
    const auto case_id = prepared_case(world, std::move(form));
    EXPECT_EQ(
        world.value("SELECT state || details FROM case_finding WHERE code = 'residence.known_elsewhere'"),
        R"(hint{"persons":[{"person_id":")" + person +
            R"(","why":["another_secondary_dwelling"],"index":0}]})");
    world.must("residence.book", {{"case_id", case_id}, {"persons", as(person)}});
    EXPECT_EQ(world.value("SELECT moved_out FROM dwelling WHERE ags = '01003000'"), "2026-10-26");
    const auto told = world.rows("SELECT * FROM outbox WHERE message_type = 'rueckmeldung'");
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(told[0].text("recipient"), "Meldebehörde 01003000");
    const auto payload = parse_json(told[0].text("payload"))->as_object();
    EXPECT_EQ(text_of(object_of(payload, "your_dwelling"), "street"), "Testgasse");
    EXPECT_FALSE(flag_of(payload, "your_dwelling_kept"));
}

/// The same word once more confirms a datum: that is in the case, and no second version of it.
TEST(Booking, WhatIsSaidAgainLeavesNoSecondVersion) {
    TestWorld world;
    std::string case_id;
    world.must("residence.book", {{"case_id", booked_case(world, case_id)}});
    auto form = test_form();
    form["previous_dwelling"] = test_dwelling("00101", "Lindenweg", 5);
    form["new_dwelling"] = test_dwelling("00101", "Lindenweg", 7);
    form["moved_in"] = "2026-11-02";
    const auto again = prepared_case(world, std::move(form));
    world.must("residence.book", {{"case_id", again}, {"persons", as(world.value("SELECT id FROM person"))}});
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM person_history"), "0");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM dwelling_history"), "3");  // one began, one ended, one began
}

TEST(Booking, DifferingNamesAreNamedNotOverwritten) {
    TestWorld world;
    auto other = resident();
    other["birth_place"] = "Testhausen";
    const auto person = world.import_person(std::move(other));
    const auto case_id = prepared_case(world, test_form());
    world.must("residence.book", {{"case_id", case_id}, {"persons", as(person)}});
    EXPECT_EQ(world.value("SELECT birth_place FROM person"), "Testhausen");
    EXPECT_EQ(world.value("SELECT details FROM case_finding WHERE code = 'residence.data_differ'"),
              R"({"index":0,"fields":["birth_place"]})");
    // A correction is a case of its own (handbook § 6 no. 5).
    EXPECT_EQ(world.value("SELECT person_id FROM task WHERE kind = 'data_differ' AND state = 'open'"),
              person);
    EXPECT_EQ(world.value("SELECT note LIKE '%bei: Geburtsort.%' FROM task WHERE kind = 'data_differ'"), "1");
}

/// What is asked of few is compared as well, as far as it was said.
TEST(Booking, NothingThatIsSaidIsDroppedWithoutAWord) {
    TestWorld world;
    auto known = resident();
    known["artist_name"] = "Die Lüdenscheiderin";
    known["former_names"] = json::array{
        json::object{{"name", "Schmidt"}, {"type", "family"}, {"until", ""}, {"reason", "Eheschließung"}}};
    const auto person = world.import_person(std::move(known));
    auto form = test_form();
    auto& said = person_of(form);
    said["rufname_index"] = 1;
    said["birth_country"] = "152";
    said["religious_name"] = "Maria Immaculata";
    said["former_names"] = json::array{json::object{{"name", "Schmidt"}, {"type", "family"}},
                                       json::object{{"name", "Krause"}, {"type", "family"}}};
    const auto case_id = prepared_case(world, std::move(form));
    world.must("residence.book", {{"case_id", case_id}, {"persons", as(person)}});
    EXPECT_EQ(world.value("SELECT details FROM case_finding WHERE code = 'residence.data_differ'"),
              R"({"index":0,"fields":["birth_country","religious_name","rufname_index","former_names"]})");
    EXPECT_EQ(world.value("SELECT note LIKE '%bei: Geburtsstaat, Ordensname, Rufname, Frühere Namen.%' "
                          "FROM task WHERE kind = 'data_differ'"),
              "1");
    EXPECT_EQ(world.value("SELECT rufname_index || artist_name FROM person"), "2Die Lüdenscheiderin");
}

/// Where she married is asked of few; of the marriage the register has it stays, of another it does not.
TEST(Booking, WhatIsNotSaidOfAMarriageStays) {
    for (const bool another : {false, true}) {
        TestWorld world;
        auto known = resident();
        known["marital_status_since"] = another ? "1985-06-01" : "1990-05-00";
        known["marital_status_place"] = "Oslo";
        known["marital_status_country"] = "149";
        const auto person = world.import_person(std::move(known));
        auto form = test_form();
        person_of(form)["marital_status"] = "VH";
        person_of(form)["marital_status_since"] = "1990-05-12";
        person_of(form)["spouse"] = json::object{{"family_name", "Fehling"},
                                                 {"given_names", "Karl"},
                                                 {"birth_date", "1959-01-01"},
                                                 {"same_dwelling", true}};
        const auto case_id = prepared_case(world, std::move(form));
        world.must("residence.book", {{"case_id", case_id}, {"persons", as(person)}});
        EXPECT_EQ(world.value("SELECT marital_status_since || marital_status_place || marital_status_country "
                              "FROM person"),
                  another ? "1990-05-12" : "1990-05-12Oslo149");
    }
}

/// The name as in the passport is kept with the passport, and shown with it (handbook § 6 no. 5).
TEST(Booking, TheNameInThePaperStandsWithThePaper) {
    TestWorld world;
    auto form = test_form();
    document_of(form)["name_in_document"] = "MUELLER-LUEDENSCHEIDT";
    const auto case_id = prepared_case(world, std::move(form));
    const auto person = text_of(world.must("residence.book", {{"case_id", case_id}}), "person_id");
    const auto page = world.ask("person.get", {{"person_id", person}});
    ASSERT_TRUE(page);
    EXPECT_EQ(text_of(array_of(*page, "documents").at(0).as_object(), "name_in_document"),
              "MUELLER-LUEDENSCHEIDT");
    EXPECT_EQ(world.value("SELECT family_name FROM person"), "Müller-Lüdenscheidt");
}

/// An objection holds until it is withdrawn (BMG § 50 Abs. 5).
TEST(Booking, OneMoreObjectionJoinsThoseThereAre) {
    TestWorld world;
    auto known = resident();
    known["objections"] = json::array{"parties", "jubilees"};
    const auto person = world.import_person(std::move(known));
    const auto objections = [&] { return world.value("SELECT objections FROM person"); };
    auto form = test_form();
    mover_of(form)["objections"] = json::array{"jubilees", "religious_societies"};
    world.must("residence.book", {{"case_id", prepared_case(world, form)}, {"persons", as(person)}});
    EXPECT_EQ(objections(), R"(["parties","jubilees","religious_societies"])");
    form["new_dwelling"] = test_dwelling("00103", "Müllerstraße", 9);
    form["previous_dwelling"] = test_dwelling("00101", "Lindenweg", 5);
    form["moved_in"] = "2026-11-02";
    mover_of(form).erase("objections");
    world.must("residence.book", {{"case_id", prepared_case(world, form)}, {"persons", as(person)}});
    EXPECT_EQ(objections(), R"(["parties","jubilees","religious_societies"])");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM person_history WHERE field = 'objections'"), "1");
}

TEST(Booking, WhoIsAsTheRegisterSaysNeedsNoCorrection) {
    TestWorld world;
    const auto person = world.import_person(resident());
    const auto case_id = prepared_case(world, test_form());
    world.must("residence.book", {{"case_id", case_id}, {"persons", as(person)}});
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM task WHERE kind IN ('data_differ', 'double_person')"), "0");
}

/// Past the commands, as only a test may.
void set_status(TestWorld& world, const std::string& person, const std::string& status) {
    auto tx = world.store().begin_write();
    tx->execute({"test", "UPDATE person SET status = $status WHERE id = $id"},
                {{"status", status}, {"id", person}});
    tx->commit();
}

/// The register has somebody twice: the booking stands on one record, and the lead is told.
TEST(Booking, APersonKnownTwiceIsATaskForTheLead) {
    for (const auto* other : {"resident", "departed", "deceased", "withdrawn"}) {
        TestWorld world;
        const auto person = world.import_person(resident());
        set_status(world, world.import_person(resident()), other);
        const auto case_id = prepared_case(world, test_form());
        world.must("residence.book", {{"case_id", case_id}, {"persons", as(person)}});
        const auto told = world.value("SELECT person_id FROM task WHERE kind = 'double_person'");
        // The dead of the same name, and what was taken back, is nobody to merge.
        const bool nobody = std::string_view(other) == "deceased" || std::string_view(other) == "withdrawn";
        EXPECT_EQ(told, nobody ? "" : person) << other;
    }
}

TEST(Booking, BackDatingTakesASecondPerson) {
    TestWorld world;
    auto form = test_form();
    form["moved_in"] = "2026-04-01";
    const auto case_id = prepared_case(world, std::move(form));
    EXPECT_EQ(world.run("residence.book", {{"case_id", case_id}}).problem.code, "residence.findings_open");
    const json::object with{{"case_id", case_id},
                            {"overrides", json::array{json::object{{"finding", "residence.back_dating"},
                                                                   {"reason", "Mietvertrag"}}}}};
    EXPECT_EQ(world.run("residence.book", with).problem.code, "residence.needs_second_person");
    world.must("residence.book", with, world.lead);
    EXPECT_EQ(world.value("SELECT note FROM case_finding WHERE code = 'override.residence.back_dating'"),
              "Mietvertrag");
}

/// Declared on the last day and booked later: it was in time (BMG § 17 Abs. 1), and nobody else is needed.
TEST(Booking, CountsFromTheDayOfTheDeclaration) {
    for (const auto* moved_in : {"2026-10-22", "2026-05-05"}) {
        TestWorld world;
        auto form = test_form();
        form["moved_in"] = moved_in;
        const auto case_id = prepared_case(world, std::move(form));
        const std::string of_deadline = "SELECT state FROM case_finding WHERE code = 'residence.deadline'";
        const auto before = world.value(of_deadline);
        world.at.ms += 3 * 86'400'000;
        world.must("case.precheck", {{"case_id", case_id}});
        EXPECT_EQ(world.value(of_deadline), before) << moved_in;
        const auto shown = world.ask("residence.findings", {{"case_id", case_id}});
        ASSERT_TRUE(shown);
        EXPECT_EQ(json::serialize(*shown).find("blocking"), std::string::npos) << moved_in;
        world.must("residence.book", {{"case_id", case_id}});
        EXPECT_EQ(world.value(of_deadline), before) << moved_in;
        EXPECT_EQ(world.value("SELECT registered_on FROM dwelling WHERE current = 1"), "2026-11-05");
    }
}

TEST(Booking, TheLeadCannotReleaseOwnWork) {
    TestWorld world;
    auto form = test_form();
    form["moved_in"] = "2026-04-01";
    const auto case_id = prepared_case(world, std::move(form), &world.lead);
    auto request = world.request(
        "residence.book",
        {{"case_id", case_id},
         {"overrides", json::array{json::object{{"finding", "residence.back_dating"}, {"reason", "x"}}}}},
        world.lead);
    EXPECT_EQ(world.run(std::move(request)).problem.code, "residence.needs_second_person");
}

TEST(Booking, TheDeadAreNotBooked) {
    TestWorld world;
    auto dead = resident();
    dead["status"] = "deceased";
    const auto person = world.import_person(std::move(dead));
    const auto case_id = prepared_case(world, test_form());
    EXPECT_EQ(world.run("residence.book", {{"case_id", case_id}, {"persons", as(person)}}).problem.code,
              "residence.person_deceased");
    // The same-name twin is a new person, with a reason.
    world.must("residence.book", {{"case_id", case_id},
                                  {"overrides", json::array{json::object{{"finding", "residence.duplicates"},
                                                                         {"reason", "Zwilling"}}}}});
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM person"), "2");
}

TEST(Import, RefusesAWholeBatchForOneFault) {
    TestWorld world;
    const auto result = world.run(world.request(
        "residence.import",
        {{"persons", json::array{resident(), json::object{{"family_name", "X"}, {"birth_date", "1962"}}}}},
        system_actor()));
    EXPECT_EQ(result.problem.code, "residence.import_faulty");
    EXPECT_EQ(integer_of(result.problem.details, "index"), 1);
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM person"), "0");
}

TEST(Extract, HasAllRowsOfAPerson) {
    TestWorld world;
    const auto person = world.import_person(resident());
    std::vector<std::pair<std::string, Row>> rows;
    auto tx = world.store().begin_read();
    test_registry().extractors().at("person")(*tx, person, rows);
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].first, "person");
    EXPECT_EQ(rows[1].first, "dwelling");
    rows.clear();
    test_registry().extractors().at("streets")(*tx, "", rows);
    EXPECT_EQ(rows.size(), 5u);
}

void attach_sheet(TestWorld& world, const std::string& case_id) {
    world.must("case.attach", {{"case_id", case_id},
                               {"kind", "signed_sheet"},
                               {"hash", std::string(64, 'b')},
                               {"title", "Meldeschein"},
                               {"media_type", "application/pdf"},
                               {"size", 20}});
}

TEST(Booking, TheCasesOwnPersonNeedsNoChoice) {
    TestWorld world;
    const auto person = world.import_person(resident());
    const auto opened = world.must("case.open", {{"procedure", "residence.registration"},
                                                 {"channel", "counter"},
                                                 {"title", "Anmeldung"},
                                                 {"person_id", person}});
    const auto id = text_of(opened, "case_id");
    const auto hash =
        text_of(world.must("case.submit", {{"case_id", id}, {"form", test_form()}}), "form_hash");
    world.must(
        "case.sign",
        {{"case_id", id}, {"form_hash", hash}, {"signer", signer_of(test_form())}, {"method", "paper"}});
    attach_sheet(world, id);
    world.must("case.precheck", {{"case_id", id}});
    EXPECT_EQ(text_of(world.must("residence.book", {{"case_id", id}}), "person_id"), person);
}

/// What was signed with a pen can only be seen on the sheet; a sheet of an earlier form is none.
TEST(Booking, WhatWasSignedOnPaperNeedsTheSheet) {
    TestWorld world;
    const auto id = text_of(
        world.must("case.open",
                   {{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "Anmeldung"}}),
        "case_id");
    auto form = test_form();
    const auto submit = [&] {
        return text_of(world.must("case.submit", {{"case_id", id}, {"form", form}}), "form_hash");
    };
    submit();
    attach_sheet(world, id);
    form["new_dwelling"].as_object()["house_no"] = 7;
    const auto hash = submit();
    world.must("case.sign",
               {{"case_id", id}, {"form_hash", hash}, {"signer", signer_of(form)}, {"method", "paper"}});
    world.must("case.precheck", {{"case_id", id}});
    EXPECT_EQ(world.run("residence.book", {{"case_id", id}}).problem.code, "residence.signed_sheet_missing");
    EXPECT_EQ(world.value("SELECT state || ': ' || state_reason FROM case_document"),
              "voided: Die Angaben wurden danach geändert.");
    attach_sheet(world, id);
    world.must("residence.book", {{"case_id", id}});
}

/// The same form taken once more is the one on the sheet; opened again it is not.
TEST(Booking, ASheetHoldsAsLongAsItsForm) {
    TestWorld world;
    const auto id = text_of(
        world.must("case.open",
                   {{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "Anmeldung"}}),
        "case_id");
    const auto states = [&] { return world.value("SELECT group_concat(state) FROM case_document"); };
    const json::object submit{{"case_id", id}, {"form", test_form()}};
    const auto hash = text_of(world.must("case.submit", submit), "form_hash");
    attach_sheet(world, id);
    world.must("case.submit", submit);
    EXPECT_EQ(states(), "attached");
    world.must(
        "case.sign",
        {{"case_id", id}, {"form_hash", hash}, {"signer", signer_of(test_form())}, {"method", "paper"}});
    world.must("case.reopen", {{"case_id", id}, {"reason", "Hausnummer"}});
    EXPECT_EQ(states(), "voided");
}

TEST(Booking, ASignatureWithPartOfTheNameStandsWhenItArrivesAndIsRefusedWhereItIsGiven) {
    TestWorld world;
    const auto signed_as = [&](const char* signer, bool arrives) {
        const auto opened = world.must(
            "case.open",
            {{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "Anmeldung"}});
        const auto id = text_of(opened, "case_id");
        const auto hash =
            text_of(world.must("case.submit", {{"case_id", id}, {"form", test_form()}}), "form_hash");
        auto request = world.request(
            "case.sign", {{"case_id", id}, {"form_hash", hash}, {"signer", signer}, {"method", "paper"}},
            world.clerk);
        request.replayed = arrives;
        const auto result = world.run(std::move(request));
        return result.outcome == Outcome::done ? std::string("signed") : result.problem.code;
    };
    EXPECT_EQ(signed_as("Anna Müller", true), "signed");  // of Anna Maria Müller-Lüdenscheidt
    EXPECT_EQ(signed_as("Anna Müller", false), "residence.signer_not_entitled");
    EXPECT_EQ(signed_as("Karl Müller-Lüdenscheidt", true), "residence.signer_not_entitled");
}

}  // namespace
}  // namespace wa
