#include "modules/residence/checks.hpp"
#include "kernel/cases.hpp"
#include "modules/residence/world_test.hpp"

namespace wa {
namespace {

// What the checks keep in a run refers to it.
static_assert(!std::is_copy_constructible_v<CheckRun> && !std::is_move_constructible_v<CheckRun>);

struct Checks : ::testing::Test {
    TestWorld world;

    Finding run(const char* name, const json::object& form, Side side = Side::hub) {
        auto tx = world.store().begin_read();
        CheckRun run{*tx, side, *world.scope().reference, {2026, 11, 5}, form, nullptr};
        return (*test_registry().check(name))(run);
    }
    void state(const char* name, const json::object& form, const char* expected, const char* detail = "") {
        const auto finding = run(name, form);
        EXPECT_EQ(finding.state, expected) << name << json::serialize(finding.details);
        EXPECT_NE(json::serialize(finding.details).find(detail), std::string::npos)
            << json::serialize(finding.details);
    }
    std::string add(const char* family, const char* given, const char* born, json::object dwelling,
                    const char* status = "resident", json::array blocks = {}) {
        dwelling["status"] = "E";
        return world.import_person({{"family_name", family},
                                    {"given_names", given},
                                    {"birth_date", born},
                                    {"status", status},
                                    {"blocks", std::move(blocks)},
                                    {"dwellings", json::array{std::move(dwelling)}}});
    }
    static json::object with(const char* path, json::value value) {
        auto form = test_form();
        form[path] = std::move(value);
        return form;
    }
};

TEST_F(Checks, Duplicates) {
    state("residence.duplicates", test_form(), "ok");
    add("Müller-Lüdenscheid", "Anna Maria", "1962-04-03", test_dwelling("00102", "Marktplatz", 1));
    state("residence.duplicates", test_form(), "hint", "\"same\":[]");
    add("Müller-Lüdenscheidt", "Anna Maria", "1962-04-03", test_dwelling("00102", "Marktplatz", 1),
        "departed");
    state("residence.duplicates", test_form(), "blocking");
    add("Müller-Lüdenscheidt", "Anna Maria", "1962-04-03", test_dwelling("00102", "Marktplatz", 2),
        "deceased");
    state("residence.duplicates", test_form(), "blocking", "\"deceased\":true");
}

TEST_F(Checks, WhoHasMarriedSinceIsFoundByBirthName) {
    add("Lüdenscheidt", "Anna Maria", "1962-04-03", test_dwelling("00102", "Marktplatz", 1), "departed");
    state("residence.duplicates", test_form(), "hint");
    add("Köhlbrand", "Anna Maria", "1962-04-03", test_dwelling("00102", "Marktplatz", 1), "departed");
    auto form = test_form();
    person_of(form)["birth_name"] = "Köhlbrand";
    const auto details = run("residence.duplicates", form).details;
    const auto& found = array_of(details, "persons")[0].as_object();
    EXPECT_EQ(array_of(found, "person_ids").size(), 2u);
    EXPECT_EQ(array_of(found, "same").size(), 1u);
}

TEST_F(Checks, AlreadyRegistered) {
    state("residence.already_registered", test_form(), "ok");
    add("Müller-Lüdenscheidt", "Anna Maria", "1962-04-03", test_dwelling("00101", "Lindenweg", 5));
    state("residence.already_registered", test_form(), "blocking", "dwelling_id");
}

TEST_F(Checks, PreviousDwelling) {
    state("residence.previous_dwelling", test_form(), "ok");
    const auto here = with("previous_dwelling", test_dwelling("00102", "Marktplatz", 1));
    state("residence.previous_dwelling", here, "hint", "person_not_known");
    add("Müller-Lüdenscheidt", "Anna Maria", "1962-04-03", test_dwelling("00102", "Marktplatz", 2));
    state("residence.previous_dwelling", here, "hint", "dwelling_not_known");
    state("residence.previous_dwelling", test_form(), "hint", "another_dwelling_is_current");
    const auto right = with("previous_dwelling", test_dwelling("00102", "Marktplatz", 2));
    state("residence.previous_dwelling", right, "ok");
}

TEST_F(Checks, PersonsAndBlocksInTheDwelling) {
    for (int i = 0; i < 7; ++i)
        add(("Bewohner" + std::string(1, char('a' + i))).c_str(), "Otto", "1990-01-01",
            test_dwelling("00101", "Lindenweg", 5));
    state("residence.persons_in_dwelling", test_form(), "ok", "\"persons\":8");
    state("residence.blocks_in_dwelling", test_form(), "ok");
    auto flat = test_dwelling("00101", "Lindenweg", 5);
    flat["apartment_no"] = "12";
    add("Nachbar", "Otto", "1990-01-01", flat);
    state("residence.persons_in_dwelling", test_form(), "ok", "\"persons\":8");
    add("Achter", "Otto", "1990-01-01", test_dwelling("00101", "Lindenweg", 5), "resident",
        {json::object{{"paragraph", "51"}}});
    state("residence.persons_in_dwelling", test_form(), "blocking", "\"persons\":9");
    state("residence.blocks_in_dwelling", test_form(), "hint", "\"blocked\":1");
}

TEST_F(Checks, PersonsOfTheFormCountToo) {
    for (int i = 0; i < 6; ++i)
        add(("Bewohner" + std::string(1, char('a' + i))).c_str(), "Otto", "1990-01-01",
            test_dwelling("00101", "Lindenweg", 5));
    auto form = test_family();
    state("residence.persons_in_dwelling", form, "blocking", "\"persons\":9");
    form["dwelling_kind"] = "care_home";
    state("residence.persons_in_dwelling", form, "ok", "\"persons\":9");
    // Who is registered there already is counted once.
    add("Müller-Lüdenscheidt", "Otto", "1960-02-01", test_dwelling("00101", "Lindenweg", 5));
    state("residence.persons_in_dwelling", form, "ok", "\"persons\":9");
}

TEST_F(Checks, ConditionalBlockHoldsForTheHouse) {
    auto flat = test_dwelling("00101", "Lindenweg", 5);
    flat["apartment_no"] = "3";
    add("Schutz", "Olga", "1990-01-01", flat, "resident", {json::object{{"paragraph", "52"}}});
    state("residence.blocks_in_dwelling", test_form(), "hint", "\"conditional\":1");
}

TEST_F(Checks, Street) {
    state("residence.street", test_form(), "ok");
    state("residence.street", with("new_dwelling", test_dwelling("00101", "Lindenweg", 41)), "blocking",
          "house_number_unknown");
    state("residence.street", with("new_dwelling", test_dwelling("", "Neuweg", 1)), "blocking",
          "street_without_key");
    auto other = test_dwelling("00101", "Lindenweg", 5);
    other["postcode"] = "99199";
    state("residence.street", with("new_dwelling", other), "hint", "other_postcode");
    world.scope().reference = Reference::load("NI", {});
    state("residence.street", test_form(), "unknown", "no_directory");
}

TEST_F(Checks, Lessor) {
    state("residence.lessor", test_form(), "hint", "missing");
    state("residence.lessor", with("lessor", json::object{{"lessor_form", "self"}}), "ok");
    json::object paper{
        {"lessor_form", "paper"},
        {"lessor_moved_in", "2026-10-26"},
        {"lessor_persons", json::array{json::object{{"family_name", "Mueller Luedenscheidt"}}}}};
    state("residence.lessor", with("lessor", paper), "ok");
    paper["lessor_moved_in"] = "2026-10-01";
    paper["lessor_persons"] = json::array{json::object{{"family_name", "Meier"}}};
    state("residence.lessor", with("lessor", paper), "hint",
          R"(["date_differs","person_not_named","more_persons_named"])");
}

TEST_F(Checks, ManyWithOneLessorAreWorthAQuestion) {
    const json::object lessor{{"lessor_form", "paper"},
                              {"lessor_name", "Vielvermieter GmbH"},
                              {"lessor_address", test_dwelling("00102", "Marktplatz", 2)}};
    const auto let = [&](int number, const char* moved_in) {
        auto dwelling = test_dwelling("00101", "Lindenweg", 100 + number);
        dwelling["moved_in"] = moved_in;
        dwelling["lessor"] = lessor;
        add("Mieter", ("Nr" + std::to_string(number)).c_str(), "1980-01-01", std::move(dwelling));
    };
    auto form = test_form();
    form["lessor"].as_object()["lessor_name"] = "Vielvermieter GmbH";
    form["lessor"].as_object()["lessor_address"] = test_dwelling("00102", "Marktplatz", 2);
    for (int i = 0; i < 19; ++i) let(i, "2026-03-01");
    let(90, "2025-10-01");  // longer ago than the months that count
    state("residence.same_lessor", form, "ok", "\"persons\":20");
    let(91, "2026-11-01");
    state("residence.same_lessor", form, "hint", "\"persons\":21");
    state("residence.same_lessor", test_form(), "ok");
    state("residence.same_lessor", with("lessor", json::object{{"lessor_form", "self"}}), "ok");
    EXPECT_EQ(run("residence.same_lessor", form, Side::node).state, "unknown");
}

TEST_F(Checks, LessorNamesTheWholeFamilyAndNobodyElse) {
    auto form = test_family();
    const auto name = [](const char* given) {
        return json::object{{"family_name", "Müller-Lüdenscheidt"}, {"given_names", given}};
    };
    form["lessor"] = json::object{{"lessor_form", "paper"},
                                  {"lessor_moved_in", "2026-10-26"},
                                  {"lessor_persons", json::array{name("Anna"), name("Otto"), name("Lena")}}};
    auto& lessor = form["lessor"].as_object();
    state("residence.lessor", form, "ok");
    lessor["lessor_persons"].as_array().pop_back();
    state("residence.lessor", form, "hint", R"("not_named":[2])");
    lessor["lessor_persons"] = json::array{name("Anna"), name("Otto"), name("Lena"), name("Karl")};
    state("residence.lessor", form, "hint", R"("more":1)");
    lessor["lessor_persons"].as_array().pop_back();
    lessor["lessor_is_tenant"] = true;
    state("residence.lessor", form, "hint", "sub_tenant_without_owner");
    lessor["owner_name"] = "Haus und Grund GmbH";
    state("residence.lessor", form, "ok");
}

TEST_F(Checks, IdDocument) {
    state("residence.id_document", test_form(), "ok");
    auto form = test_form();
    document_of(form)["valid_until"] = "2026-11-04";
    state("residence.id_document", form, "hint", "expired");
    form = test_form();
    document_of(form)["serial"] = "L01X00T4";
    state("residence.id_document", form, "hint", "serial");
}

TEST_F(Checks, DeadlineAndBackDating) {
    state("residence.deadline", with("moved_in", "2026-10-22"), "ok", "2026-11-05");
    state("residence.deadline", with("moved_in", "2026-10-20"), "hint", "\"days\":2");
    state("residence.back_dating", with("moved_in", "2026-05-05"), "ok");
    state("residence.back_dating", with("moved_in", "2026-05-04"), "blocking");
    // The last day is Reformation Day, a Saturday in Lower Saxony: Monday is in time.
    auto tx = world.store().begin_read();
    const auto form = with("moved_in", "2026-10-17");
    CheckRun on_monday{*tx, Side::hub, *world.scope().reference, {2026, 11, 2}, form, nullptr};
    const auto monday = (*test_registry().check("residence.deadline"))(on_monday);
    EXPECT_EQ(monday.state, "ok");
}

/// What an office lets pass is no fault, but its words say that the day was over.
TEST_F(Checks, LateWithinTheToleranceOfTheOffice) {
    const Date last{2026, 11, 5};
    const auto says = [&](Date declared, std::int64_t tolerance) {
        const auto finding = residence::filed(last, declared, tolerance);
        return finding.state + " " + std::to_string(integer_of(finding.details, "days"));
    };
    EXPECT_EQ(says({2026, 11, 5}, 3), "ok 0");
    EXPECT_EQ(says({2026, 11, 8}, 3), "ok 3");
    EXPECT_EQ(says({2026, 11, 9}, 3), "hint 4");
    EXPECT_EQ(says({2026, 11, 6}, 0), "hint 1");
}

TEST_F(Checks, ANodeSaysUnknownWhereTheRegisterIsNeeded) {
    for (const auto* name :
         {"residence.duplicates", "residence.already_registered", "residence.known_elsewhere",
          "residence.relations", "residence.family", "residence.previous_dwelling",
          "residence.persons_in_dwelling", "residence.blocks_in_dwelling"})
        EXPECT_EQ(run(name, test_form(), Side::node).state, "unknown") << name;
    EXPECT_EQ(run("residence.id_document", test_form(), Side::node).state, "ok");
    EXPECT_EQ(run("residence.deadline", test_form(), Side::node).state, "ok");
}

TEST_F(Checks, FindingsWithCandidates) {
    const auto id =
        add("Müller-Lüdenscheidt", "Anna Maria", "1962-04-03", test_dwelling("00102", "Marktplatz", 1));
    const auto case_id = prepared_case(world, test_form());
    const auto answer = world.ask("residence.findings", {{"case_id", case_id}});
    ASSERT_TRUE(answer);
    EXPECT_EQ(array_of(*answer, "findings").size(), 17u);
    ASSERT_EQ(array_of(*answer, "candidates").size(), 1u);
    EXPECT_EQ(text_of(array_of(*answer, "candidates")[0].as_object(), "person_id"), id);
}

}  // namespace
}  // namespace wa
