#include "modules/residence/residence.hpp"
#include "modules/residence/world_test.hpp"

namespace wa {
namespace {

struct MainDwelling : ::testing::Test {
    TestWorld world;

    /// Statuses in order, and what decided.
    std::string decided(const json::object& form) {
        const residence::MoveForm move(form, *world.scope().reference, {2026, 11, 5});
        std::string all;
        for (const auto& dwelling : move.dwellings) all += dwelling.status.empty() ? "?" : dwelling.status;
        return all + " " + move.ground;
    }
    Finding check(const json::object& form, Side side = Side::hub) {
        auto tx = world.store().begin_read();
        CheckRun run{*tx, side, *world.scope().reference, {2026, 11, 5}, form, nullptr};
        return (*test_registry().check("residence.one_main_dwelling"))(run);
    }
    static json::object kept(int nights_new, int nights_previous) {
        auto form = test_form();
        keep_previous(form, nights_new, nights_previous);
        return form;
    }
    static json::object other(int nights) {
        return {{"dwelling", test_dwelling("00102", "Marktplatz", 1)},
                {"use", json::object{{"nights_per_month", nights}}}};
    }
    static json::object& use(json::object& form, const char* which) { return form[which].as_object(); }
};

TEST_F(MainDwelling, OneIsTheSoleOne) {
    EXPECT_EQ(decided(test_form()), "E only");
    // A further dwelling that is given up leaves one.
    auto form = test_form();
    form["other_dwellings"] = json::array{
        json::object{{"dwelling", test_dwelling("00102", "Marktplatz", 1)}, {"moved_out", "2026-10-01"}}};
    EXPECT_EQ(decided(form), "E only");
}

TEST_F(MainDwelling, TheOneUsedMost) {
    EXPECT_EQ(decided(kept(20, 8)), "HN predominantly_used");
    EXPECT_EQ(decided(kept(8, 20)), "NH predominantly_used");
    auto form = kept(8, 10);
    form["other_dwellings"] = json::array{other(12)};
    EXPECT_EQ(decided(form), "NNH predominantly_used");
}

TEST_F(MainDwelling, WithEqualNightsTheCentreOfLife) {
    auto form = kept(15, 15);
    EXPECT_EQ(decided(form), "?? ");
    EXPECT_EQ(check(form).state, "blocking");
    use(form, "previous_use")["centre_of_life"] = true;
    EXPECT_EQ(decided(form), "NH centre_of_life");
    EXPECT_EQ(check(form).state, "ok");
    use(form, "new_use")["centre_of_life"] = true;
    EXPECT_EQ(decided(form), "?? ");
}

/// Who commutes sleeps more nights away; the family's dwelling is the main one nevertheless.
TEST_F(MainDwelling, OfACoupleTheFamilys) {
    auto form = kept(22, 8);
    person_of(form)["marital_status"] = "VH";
    form["separated"] = false;
    use(form, "new_use")["family_lives"] = false;
    use(form, "previous_use")["family_lives"] = true;
    EXPECT_EQ(decided(form), "NH family_dwelling");
    form["separated"] = true;
    EXPECT_EQ(decided(form), "HN predominantly_used");
    form["separated"] = false;
    use(form, "previous_use")["family_lives"] = false;
    EXPECT_EQ(decided(form), "?? ");
}

/// Alternating between the parents: exactly one main dwelling, the one used more.
TEST_F(MainDwelling, OfAMinorTheCustodians) {
    auto form = kept(14, 16);
    person_of(form)["birth_date"] = "2012-04-03";
    use(form, "new_use")["custodians_live"] = true;
    use(form, "previous_use")["custodians_live"] = true;
    EXPECT_EQ(decided(form), "NH custodians");
    use(form, "previous_use")["custodians_live"] = false;
    EXPECT_EQ(decided(form), "HN custodians");
}

TEST_F(MainDwelling, DisabledUnder25StayAtTheirParents) {
    auto form = kept(28, 2);
    person_of(form)["birth_date"] = "2004-04-03";
    form["dwelling_kind"] = "care_home";
    form["disabled_under_25"] = true;
    use(form, "new_use")["custodians_live"] = false;
    use(form, "previous_use")["custodians_live"] = true;
    EXPECT_EQ(decided(form), "NH disabled_under_25");
    form["disabled_under_25"] = false;
    EXPECT_EQ(decided(form), "HN predominantly_used");
}

TEST_F(MainDwelling, AMonthHasThirtyOneNights) {
    EXPECT_EQ(check(kept(20, 11)).state, "ok");
    const auto finding = check(kept(20, 12));
    EXPECT_EQ(finding.state, "blocking");
    EXPECT_EQ(json::serialize(finding.details.at("why")), R"(["too_many_nights"])");
    // The form alone says it, so a Koffer knows as well.
    EXPECT_EQ(check(kept(20, 12), Side::node).state, "blocking");
}

}  // namespace
}  // namespace wa
