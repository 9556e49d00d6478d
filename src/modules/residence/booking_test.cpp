// What a booking writes: dwellings, messages, history; and what it refuses.
#include <map>

#include "kernel/journal.hpp"
#include "kernel/passing_transaction.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/testing_booking.hpp"

namespace wa::booking {
namespace {

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

/// Counts how often each statement is asked.
struct CountingTransaction final : PassingTransaction {
    using PassingTransaction::PassingTransaction;
    Rows query(const Statement& statement, std::span<const Param> params) override {
        ++asked[std::string(statement.name)];
        return PassingTransaction::query(statement, params);
    }
    std::map<std::string, int> asked;
};

/// The checks run for whoever books, for the booking and for the case's findings, and ask the register once.
TEST(Booking, AsksTheRegisterOnceForAllItsChecks) {
    TestWorld world;
    std::string case_id;
    booked_case(world, case_id);
    const auto counted = [&](const char* command) {
        CountingTransaction tx(world.store().begin_write());
        const auto done = world.run(tx, world.request(command, {{"case_id", case_id}}, world.clerk));
        EXPECT_EQ(done.outcome, Outcome::done) << done.problem.code;
        return tx.asked;
    };
    auto checked = counted("case.precheck"), booked = counted("residence.book");
    for (const auto& by_checks : {sql::residence::current_at_address, sql::residence::names_of_key}) {
        const std::string name(by_checks.name);
        EXPECT_GT(checked[name], 0) << name;
        EXPECT_EQ(booked[name], checked[name]) << name;
    }
}

}  // namespace
}  // namespace wa::booking
