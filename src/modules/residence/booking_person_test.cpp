// A booking of somebody the register knows: what it takes over, what it asks about, what it leaves.
#include "modules/residence/testing_booking.hpp"

namespace wa::booking {
namespace {

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

}  // namespace
}  // namespace wa::booking
