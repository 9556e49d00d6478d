// Booking a family: all persons or none, links in both directions, tasks and messages for each.
#include "modules/residence/world_test.hpp"

namespace wa {
namespace {

struct Family : ::testing::Test {
    TestWorld world;

    json::object book(json::object form, json::object more = {}) {
        case_id = prepared_case(world, std::move(form));
        json::object payload{{"case_id", case_id}};
        for (auto& [key, value] : more) payload[key] = value;
        return world.must("residence.book", std::move(payload));
    }
    std::string id_of(const json::object& answer, std::size_t index) {
        return text_of(array_of(answer, "persons")[index].as_object(), "person_id");
    }
    std::string relation(const std::string& from, const std::string& to) {
        return world.value(
            "SELECT kind FROM relation WHERE person_id = $from AND other_id = $to AND valid_to = ''",
            {{"from", from}, {"to", to}});
    }
    std::string case_id;
};

TEST_F(Family, AllPersonsMoveTogether) {
    const auto answer = book(test_family());
    ASSERT_EQ(array_of(answer, "persons").size(), 3u);
    EXPECT_EQ(text_of(answer, "person_id"), id_of(answer, 0));
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM person WHERE status = 'resident'"), "3");
    EXPECT_EQ(
        world.value(
            "SELECT COUNT(*) FROM dwelling WHERE current = 1 AND status = 'E' AND street = 'Lindenweg'"),
        "3");
    // The child has no paper of her own: the source is that of who signed.
    EXPECT_NE(world
                  .value("SELECT source FROM dwelling WHERE person_id = $id AND current = 1",
                         {{"id", id_of(answer, 2)}})
                  .find("Personalausweis, Stadt Musterstedt"),
              std::string::npos);
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM outbox WHERE message_type = 'rueckmeldung'"), "3");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM case_finding WHERE code LIKE 'residence.auswertung.%'"), "1");
}

TEST_F(Family, LinksHoldInBothDirections) {
    const auto answer = book(test_family());
    const auto head = id_of(answer, 0), spouse = id_of(answer, 1), child = id_of(answer, 2);
    EXPECT_EQ(relation(head, spouse), "spouse");
    EXPECT_EQ(relation(spouse, head), "spouse");
    EXPECT_EQ(relation(head, child), "child");
    EXPECT_EQ(relation(spouse, child), "child");
    EXPECT_EQ(relation(child, head), "custodian");
    EXPECT_EQ(relation(child, spouse), "custodian");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM relation"), "6");
    EXPECT_EQ(world.value("SELECT DISTINCT valid_from FROM relation WHERE kind = 'spouse'"), "1990-05-12");
}

TEST_F(Family, AKnownSpouseIsNotLinkedTwice) {
    const auto first = book(test_family());
    auto again = test_family();
    again["new_dwelling"] = test_dwelling("00102", "Marktplatz", 1);
    again["previous_dwelling"] = test_dwelling("00101", "Lindenweg", 5);
    again["moved_in"] = "2026-11-01";
    json::array persons;
    for (std::size_t i = 0; i < 3; ++i)
        persons.push_back(json::object{{"index", std::int64_t(i)}, {"person_id", id_of(first, i)}});
    book(std::move(again), {{"persons", std::move(persons)}});
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM person"), "3");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM relation"), "6");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM dwelling WHERE current = 1"), "3");
}

TEST_F(Family, AChildWithOneParentKeepsTheOther) {
    auto form = test_form();
    auto& child = add_mover(form, test_child("Lena", "2019-03-01"));
    child["custody"] =
        json::object{{"custodians", "joint"},
                     {"here", json::array{"head"}},
                     {"representatives",
                      json::array{json::object{{"rep_type", "joint_custodian"},
                                               {"rep_person", json::object{{"family_name", "Schmidt"},
                                                                           {"given_names", "Karl"},
                                                                           {"birth_date", "1959-01-01"}}},
                                               {"consent_of_other_custodian", "not_required"}}}}};
    const auto answer = book(std::move(form));
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM relation WHERE person_id = $id AND kind = 'custodian'",
                          {{"id", id_of(answer, 1)}}),
              "2");
    EXPECT_EQ(world.value("SELECT family_name || ' ' || note FROM relation WHERE other_id = ''"),
              "Schmidt gemeinsam sorgeberechtigt");
}

TEST_F(Family, AStepParentIsNoParent) {
    auto form = test_family();
    mover_of(form, 2)["custody"] = json::object{
        {"custodians", "joint"},
        {"here", json::array{"spouse"}},
        {"representatives",
         json::array{json::object{
             {"rep_type", "joint_custodian"},
             {"rep_person",
              json::object{{"family_name", "Harms"}, {"given_names", "Sven"}, {"birth_date", "1983-10-02"}}},
             {"consent_of_other_custodian", "not_required"}}}}};
    const auto answer = book(std::move(form));
    const auto head = id_of(answer, 0), spouse = id_of(answer, 1), child = id_of(answer, 2);
    EXPECT_EQ(relation(spouse, child), "child");
    EXPECT_EQ(relation(head, child), "");
    EXPECT_EQ(relation(child, head), "");
}

TEST_F(Family, ASpouseWhoLivesThereIsLinked) {
    auto dwelling = test_dwelling("00101", "Lindenweg", 5);
    dwelling["status"] = "E";
    const auto there = world.import_person({{"family_name", "Schmidt"},
                                            {"given_names", "Karl"},
                                            {"birth_date", "1959-01-01"},
                                            {"dwellings", json::array{std::move(dwelling)}}});
    auto form = test_form();
    person_of(form)["marital_status"] = "VH";
    person_of(form)["marital_status_since"] = "1990-05-12";
    person_of(form)["spouse"] = json::object{{"family_name", "Schmidt"},
                                             {"given_names", "Karl"},
                                             {"birth_date", "1959-01-01"},
                                             {"same_dwelling", true}};
    const auto answer = book(std::move(form));
    EXPECT_EQ(relation(id_of(answer, 0), there), "spouse");
    EXPECT_EQ(relation(there, id_of(answer, 0)), "spouse");
}

TEST_F(Family, ADivorceEndsTheLinkOnBothSides) {
    const auto first = book(test_family());
    auto form = test_form();
    form["new_dwelling"] = test_dwelling("00102", "Marktplatz", 1);
    form["previous_dwelling"] = test_dwelling("00101", "Lindenweg", 5);
    form["moved_in"] = "2026-11-01";
    person_of(form)["marital_status"] = "GS";
    person_of(form)["marital_status_since"] = "2026-09-01";
    book(std::move(form),
         {{"persons", json::array{json::object{{"index", 0}, {"person_id", id_of(first, 0)}}}}});
    EXPECT_EQ(relation(id_of(first, 0), id_of(first, 1)), "");
    EXPECT_EQ(relation(id_of(first, 1), id_of(first, 0)), "");
    EXPECT_EQ(world.value("SELECT DISTINCT valid_to FROM relation WHERE kind = 'spouse'"), "2026-09-01");
    // Who stays behind still lives there.
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM dwelling WHERE street = 'Lindenweg' AND current = 1"), "2");
}

TEST_F(Family, NobodyIsBookedWhenOneCannotBe) {
    const auto dead = world.import_person({{"family_name", "Müller-Lüdenscheidt"},
                                           {"given_names", "Otto"},
                                           {"birth_date", "1960-02-01"},
                                           {"status", "deceased"}});
    case_id = prepared_case(world, test_family());
    const auto result = world.run(
        "residence.book",
        {{"case_id", case_id}, {"persons", json::array{json::object{{"index", 1}, {"person_id", dead}}}}});
    EXPECT_EQ(result.problem.code, "residence.person_deceased");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM person"), "1");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM dwelling"), "0");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM outbox"), "0");
    EXPECT_EQ(world.value("SELECT status FROM case_file"), "prechecked");
}

TEST_F(Family, EachPersonIsSomebodyElse) {
    const auto known = world.import_person(
        {{"family_name", "Müller-Lüdenscheidt"}, {"given_names", "Otto"}, {"birth_date", "1960-02-01"}});
    case_id = prepared_case(world, test_family());
    const auto as = [&](std::initializer_list<int> indexes) {
        json::array persons;
        for (const auto index : indexes)
            persons.push_back(json::object{{"index", index}, {"person_id", known}});
        return world.run("residence.book", {{"case_id", case_id}, {"persons", std::move(persons)}})
            .problem.code;
    };
    EXPECT_EQ(as({0, 1}), "residence.person_twice");
    EXPECT_EQ(as({7}), "residence.no_such_person");
    EXPECT_EQ(as({1, 1}), "residence.no_such_person");
    // Naming the wrong one settles nothing.
    EXPECT_EQ(as({0}), "residence.findings_open");
    EXPECT_EQ(as({1}), "");
}

TEST_F(Family, ASecondDwellingChangesTheFirst) {
    const auto person = world.import_person({{"family_name", "Müller-Lüdenscheidt"},
                                             {"given_names", "Anna Maria"},
                                             {"birth_date", "1962-04-03"}});
    auto form = test_form();
    keep_previous(form, 6, 24);
    book(std::move(form), {{"persons", json::array{json::object{{"index", 0}, {"person_id", person}}}}});
    EXPECT_EQ(world.value("SELECT status FROM dwelling WHERE street = 'Lindenweg'"), "N");
    EXPECT_EQ(world.value("SELECT status || current FROM dwelling WHERE street = 'Alte Gasse'"), "H1");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM dwelling WHERE status IN ('E', 'H') AND current = 1"), "1");
}

TEST_F(Family, UndecidedFactsAreNotBooked) {
    auto form = test_form();
    keep_previous(form, 15, 15);
    case_id = prepared_case(world, std::move(form));
    const json::object with{{"case_id", case_id},
                            {"overrides", json::array{json::object{{"finding", "residence.one_main_dwelling"},
                                                                   {"reason", "sagt er"}}}}};
    EXPECT_EQ(world.run(world.request("residence.book", with, world.lead)).problem.code,
              "residence.main_dwelling_undecided");
}

TEST_F(Family, WhoReturnsIsTheSamePerson) {
    const auto person = world.import_person({{"family_name", "Müller-Lüdenscheidt"},
                                             {"given_names", "Anna Maria"},
                                             {"birth_date", "1962-04-03"},
                                             {"status", "departed"}});
    book(test_form(), {{"persons", json::array{json::object{{"index", 0}, {"person_id", person}}}}});
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM person"), "1");
    EXPECT_EQ(world.value("SELECT status FROM person"), "resident");
    EXPECT_EQ(world.value("SELECT value FROM person_history WHERE field = 'status'"), "departed");
}

TEST_F(Family, ALateOneIsBookedAndMarked) {
    auto form = test_form();
    form["moved_in"] = "2026-09-01";
    book(std::move(form));
    EXPECT_EQ(world.value("SELECT state FROM case_finding WHERE code = 'residence.deadline'"), "hint");
    EXPECT_NE(
        world.value("SELECT details FROM case_finding WHERE code = 'residence.deadline'").find("\"days\":51"),
        std::string::npos);
}

TEST_F(Family, TasksThatRemain) {
    auto form = test_family();
    document_of(form, 1)["valid_until"] = "2026-11-04";
    mover_of(form, 1)["block_request"] = true;
    const auto answer = book(std::move(form));
    const auto of = [&](const char* kind) {
        return world.value("SELECT person_id FROM task WHERE kind = $kind", {{"kind", std::string(kind)}});
    };
    EXPECT_EQ(of("id_card_sticker"), id_of(answer, 0));
    EXPECT_EQ(of("new_id_card"), id_of(answer, 1));
    EXPECT_EQ(of("block_request"), id_of(answer, 1));
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM task WHERE kind = 'lessor_missing'"), "1");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM task"), "4");
}

TEST_F(Family, ANewBuildingTakesAReasonAndTheLandRegistry) {
    auto form = test_form();
    form["new_dwelling"] = test_dwelling("00101", "Lindenweg", 41);
    book(std::move(form),
         {{"overrides", json::array{json::object{{"finding", "residence.street"}, {"reason", "Neubau"}}}}});
    EXPECT_EQ(world.value("SELECT state FROM task WHERE kind = 'house_number_unknown'"), "open");
}

/// A secondary dwelling stands on no card.
TEST_F(Family, NoStickerForASecondaryDwelling) {
    auto form = test_form();
    keep_previous(form, 6, 24);
    book(std::move(form));
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM task WHERE kind = 'id_card_sticker'"), "0");
}

TEST_F(Family, NotNeededEndsWithThatWord) {
    const auto id = text_of(
        world.must("case.open",
                   {{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "Anmeldung"}}),
        "case_id");
    EXPECT_EQ(world.run("residence.end_not_needed", {{"case_id", id}}).problem.code, "case_wrong_status");
    world.must("case.submit", {{"case_id", id}, {"form", json::object{{"exemption", "newborn"}}}});
    EXPECT_EQ(text_of(world.must("residence.end_not_needed", {{"case_id", id}}), "exemption"), "newborn");
    EXPECT_EQ(world.value("SELECT status || ' ' || decision FROM case_file"), "closed not_needed.newborn");
    const auto letter = world.letter("not_needed", id);
    ASSERT_TRUE(letter);
    EXPECT_NE(std::get<letter::Paragraph>(letter->body[0]).text.find("Standesamt"), std::string::npos);
    EXPECT_EQ(world.letter("not_needed", prepared_case(world, test_form())).error().code,
              "residence.is_needed");
}

TEST_F(Family, AnExemptedCaseIsNeverBooked) {
    const auto opened =
        world.must("case.open",
                   {{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "Anmeldung"}});
    const auto id = text_of(opened, "case_id");
    const auto hash = text_of(
        world.must("case.submit", {{"case_id", id}, {"form", json::object{{"exemption", "newborn"}}}}),
        "form_hash");
    world.must("case.sign", {{"case_id", id}, {"form_hash", hash}, {"signer", "Anna"}, {"method", "paper"}});
    world.must("case.precheck", {{"case_id", id}});
    EXPECT_EQ(world.run("residence.book", {{"case_id", id}}).problem.code, "residence.not_needed");
}

}  // namespace
}  // namespace wa
