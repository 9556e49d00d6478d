#include "kernel/cases.hpp"
#include "modules/residence/world_test.hpp"

namespace wa {
namespace {

struct Checks : ::testing::Test {
    TestWorld world;

    Finding run(const char* name, const json::object& form, Side side = Side::hub) {
        auto tx = world.store().begin_read();
        return (*test_registry().check(name))(*tx, side, *world.scope().reference, {2026, 11, 5}, form);
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
    form["person"].as_object()["birth_name"] = "Köhlbrand";
    EXPECT_EQ(array_of(run("residence.duplicates", form).details, "person_ids").size(), 2u);
}

TEST_F(Checks, AlreadyRegistered) {
    state("residence.already_registered", test_form(), "ok");
    add("Müller-Lüdenscheidt", "Anna Maria", "1962-04-03", test_dwelling("00101", "Lindenweg", 5));
    state("residence.already_registered", test_form(), "blocking", "dwelling_id");
}

TEST_F(Checks, ExactlyOneMainDwelling) {
    state("residence.one_main_dwelling", test_form(), "ok");
    auto other =
        json::object{{"dwelling", test_dwelling("00102", "Marktplatz", 1)}, {"dwelling_status", "H"}};
    auto form = with("other_dwellings", json::array{other});
    form["main_dwelling"] = "new";
    state("residence.one_main_dwelling", form, "blocking", "\"main_dwellings\":2");
    form["main_dwelling"] = "other";
    state("residence.one_main_dwelling", form, "ok");
    form["other_dwellings"].as_array()[0].as_object()["dwelling_status"] = "N";
    state("residence.one_main_dwelling", form, "blocking", "\"main_dwellings\":0");
    form["other_dwellings"].as_array()[0].as_object()["dwelling_status"] = "E";
    state("residence.one_main_dwelling", form, "blocking");
    auto kept = with("previous_kept", true);
    kept["main_dwelling"] = "previous";
    state("residence.one_main_dwelling", kept, "ok");
}

TEST_F(Checks, PreviousDwelling) {
    state("residence.previous_dwelling", test_form(), "ok");
    const auto here = with("previous_dwelling", test_dwelling("00102", "Marktplatz", 1));
    state("residence.previous_dwelling", here, "hint", "person_not_known");
    add("Müller-Lüdenscheidt", "Anna Maria", "1962-04-03", test_dwelling("00102", "Marktplatz", 2));
    state("residence.previous_dwelling", here, "hint", "dwelling_not_known");
    state("residence.previous_dwelling", test_form(), "hint", "another_dwelling_is_current");
    const auto right = with("previous_dwelling", test_dwelling("00102", "Marktplatz", 2));
    state("residence.previous_dwelling", right, "ok", "true");
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
    state("residence.lessor", with("lessor", paper), "hint", R"(["date_differs","person_not_named"])");
}

TEST_F(Checks, IdDocument) {
    state("residence.id_document", test_form(), "ok");
    auto form = test_form();
    form["id_documents"].as_array()[0].as_object()["valid_until"] = "2026-11-04";
    state("residence.id_document", form, "hint", "expired");
    form = test_form();
    form["id_documents"].as_array()[0].as_object()["serial"] = "L01X00T4";
    state("residence.id_document", form, "hint", "serial");
}

TEST_F(Checks, DeadlineAndBackDating) {
    state("residence.deadline", with("moved_in", "2026-10-22"), "ok", "2026-11-05");
    state("residence.deadline", with("moved_in", "2026-10-20"), "hint", "\"days\":2");
    state("residence.back_dating", with("moved_in", "2026-05-05"), "ok");
    state("residence.back_dating", with("moved_in", "2026-05-04"), "blocking");
    // The last day is Reformation Day, a Saturday in Lower Saxony: Monday is in time.
    auto tx = world.store().begin_read();
    const auto monday = (*test_registry().check("residence.deadline"))(
        *tx, Side::hub, *world.scope().reference, {2026, 11, 2}, with("moved_in", "2026-10-17"));
    EXPECT_EQ(monday.state, "ok");
}

TEST_F(Checks, ANodeSaysUnknownWhereTheRegisterIsNeeded) {
    for (const auto* name :
         {"residence.duplicates", "residence.already_registered", "residence.one_main_dwelling",
          "residence.previous_dwelling", "residence.persons_in_dwelling", "residence.blocks_in_dwelling"})
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
    EXPECT_EQ(array_of(*answer, "findings").size(), 11u);
    ASSERT_EQ(array_of(*answer, "candidates").size(), 1u);
    EXPECT_EQ(text_of(array_of(*answer, "candidates")[0].as_object(), "person_id"), id);
}

/// The rules of the description, one by one.
TEST(Registration, Rules) {
    const auto* procedure = test_registry().procedure("residence.registration");
    const auto reference = Reference::load("NI", {});
    struct Row {
        const char* what;
        void (*change)(json::object&);
        const char* code;
        const char* severity;
    };
    const Row table[]{
        {"complete", [](json::object&) {}, "", ""},
        {"future", [](json::object& f) { f["moved_in"] = "2026-11-06"; }, "residence.moved_in_future",
         "error"},
        {"year", [](json::object& f) { f["moved_in"] = "2025-11-04"; }, "residence.moved_in_over_a_year",
         "notice"},
        {"born later", [](json::object& f) { f["person"].as_object()["birth_date"] = "2010-11-06"; },
         "residence.too_young", "error"},
        {"sixteen", [](json::object& f) { f["person"].as_object()["birth_date"] = "2010-11-05"; }, "", ""},
        {"abroad",
         [](json::object& f) {
             f["new_dwelling"] = json::object{{"country_foreign", "151"},
                                              {"foreign_lines", json::array{json::object{{"line", "Wien"}}}}};
         },
         "residence.new_dwelling_abroad", "error"},
        {"not asked", [](json::object& f) { f["other_dwellings_asked"] = false; },
         "residence.ask_other_dwellings", "error"},
        {"no notice", [](json::object& f) { f["privacy_notice_given"] = false; },
         "residence.give_privacy_notice", "error"},
        {"not told", [](json::object& f) { f["lessor"].as_object()["missing_notice_given"] = false; },
         "residence.give_missing_notice", "error"},
        {"copy",
         [](json::object& f) { f["id_documents"].as_array()[0].as_object()["seen_original"] = false; },
         "residence.original_not_seen", "error"},
        {"block", [](json::object& f) { f["block_request"] = true; }, "residence.block_requested", "notice"},
        {"stateless",
         [](json::object& f) {
             f["person"].as_object()["nationalities"] = json::array{"997", "000"};
         },
         "residence.stateless_with_nationality", "error"},
        {"which main",
         [](json::object& f) {
             f["previous_kept"] = true;
             f["main_dwelling_reason"] = "time";
         },
         "field.required", "error"},
        {"from abroad",
         [](json::object& f) {
             f["previous_kind"] = "abroad";
             f.erase("previous_dwelling");
             f.erase("previous_kept");
             f["previous_abroad"] =
                 json::object{{"country_foreign", "151"},
                              {"foreign_lines", json::array{json::object{{"line", "Ring 1, Wien"}}}}};
         },
         "", ""},
        {"partial birth", [](json::object& f) { f["person"].as_object()["birth_date"] = "1979-00-00"; }, "",
         ""},
    };
    for (const auto& row : table) {
        auto form = test_form();
        row.change(form);
        const auto faults = procedure->validate(form, {{2026, 11, 5}, "counter", reference.get()});
        if (row.code[0] == '\0') {
            EXPECT_TRUE(faults.empty()) << row.what << json::serialize(faults_to_json(faults));
            continue;
        }
        ASSERT_EQ(faults.size(), 1u) << row.what << json::serialize(faults_to_json(faults));
        EXPECT_EQ(faults[0].code, row.code) << row.what;
        EXPECT_EQ(faults[0].severity, row.severity) << row.what;
    }
}

TEST(Registration, LessorConfirmationIsEvidence) {
    const auto* procedure = test_registry().procedure("residence.registration");
    auto form = test_form();
    const FormContext context{{2026, 11, 5}, "counter", nullptr};
    EXPECT_TRUE(procedure->required_evidence(form, context).empty());
    form["lessor"].as_object()["lessor_form"] = "paper";
    EXPECT_EQ(procedure->required_evidence(form, context), std::vector<std::string>{"lessor_confirmation"});
}

/// Every code the description and the checks name has its words.
TEST(Registration, EveryProblemHasWords) {
    const auto* procedure = test_registry().procedure("residence.registration");
    for (const auto& rule : array_of(procedure->description(), "rules"))
        EXPECT_TRUE(test_registry().problems().contains(text_of(rule.as_object(), "problem")));
}

}  // namespace
}  // namespace wa
