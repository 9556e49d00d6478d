// What the checks of a registration tell of a person with a block under BMG § 51 to who may not see them:
// nothing that depends on what is tried. Else an address could be found out by guessing.
#include "modules/residence/world_test.hpp"

namespace wa {
namespace {

struct ChecksSeen : ::testing::Test {
    TestWorld world;

    /// Somebody with the names of the form, at Lindenweg 5.
    std::string blocked() {
        auto dwelling = test_dwelling("00101", "Lindenweg", 5);
        dwelling["status"] = "E";
        return world.import_person({{"family_name", "Müller-Lüdenscheidt"},
                                    {"given_names", "Anna Maria"},
                                    {"birth_date", "1962-04-03"},
                                    {"blocks", json::array{json::object{{"paragraph", "51"}}}},
                                    {"dwellings", json::array{std::move(dwelling)}}});
    }
    /// A form that says where she has lived so far and where she moves to.
    static json::object guessing(json::object from, json::object to) {
        auto form = test_form();
        form["previous_dwelling"] = std::move(from);
        form["new_dwelling"] = std::move(to);
        return form;
    }
    static json::object there() { return test_dwelling("00101", "Lindenweg", 5); }
    static json::object elsewhere() { return test_dwelling("00102", "Marktplatz", 1); }
    static json::object without_ids(json::object row) {
        for (const auto* own : {"id", "version", "case_id"}) row.erase(own);
        return row;
    }
    /// Everything a clerk is told about the findings of a case.
    std::string told(const json::object& form) {
        const auto id = prepared_case(world, form);
        const auto checked = world.must("case.precheck", {{"case_id", id}});
        const auto read = world.ask("case.get", {{"case_id", id}});
        auto all = array_of(checked, "findings");
        for (const auto& one : array_of(*read, "findings")) all.push_back(without_ids(one.as_object()));
        const auto found = world.ask("residence.findings", {{"case_id", id}});
        for (const auto* list : {"findings", "candidates"})
            for (const auto& one : array_of(*found, list)) all.push_back(one);
        return json::serialize(all);
    }
    json::object finding(const std::string& case_id, std::string_view code, const Actor& actor) {
        const auto found = world.ask("residence.findings", {{"case_id", case_id}}, actor);
        for (const auto& one : array_of(*found, "findings"))
            if (text_of(one.as_object(), "code") == code) return one.as_object();
        return {};
    }
};

TEST_F(ChecksSeen, AGuessedAddressIsAnsweredLikeAnyOther) {
    const auto id = blocked();
    const auto right = told(guessing(there(), there()));
    EXPECT_EQ(right, told(guessing(there(), elsewhere())));
    EXPECT_EQ(right, told(guessing(elsewhere(), there())));
    EXPECT_EQ(right, told(guessing(elsewhere(), elsewhere())));
    EXPECT_NE(right.find("lead_decides"), std::string::npos);
    EXPECT_EQ(right.find("dwelling_id"), std::string::npos);
    EXPECT_NE(right.find(id), std::string::npos) << "as in the search: that there is somebody with a block";
    // Without the block it matters where one says to live.
    {
        auto tx = world.store().begin_write();
        tx->execute({"test", "UPDATE person SET blocks = '[]'"}, {});
        tx->commit();
    }
    EXPECT_NE(told(guessing(there(), there())), told(guessing(there(), elsewhere())));
}

TEST_F(ChecksSeen, WhoLivesInADwellingIsCountedAsFarAsOneSees) {
    blocked();
    auto form = guessing(elsewhere(), there());
    person_of(form)["family_name"] = "Irgendwer";
    auto other = guessing(elsewhere(), test_dwelling("00103", "Müllerstraße", 9));
    person_of(other)["family_name"] = "Irgendwer";
    EXPECT_EQ(told(form), told(other));
    const auto id = prepared_case(world, form);
    const auto count = [&](const Actor& actor) {
        return integer_of(object_of(finding(id, "residence.persons_in_dwelling", actor), "details"),
                          "persons");
    };
    EXPECT_EQ(count(world.clerk), 1);
    EXPECT_EQ(count(world.lead), 2);
    EXPECT_EQ(text_of(finding(id, "residence.blocks_in_dwelling", world.clerk), "state"), "ok");
    EXPECT_EQ(text_of(finding(id, "residence.blocks_in_dwelling", world.lead), "state"), "hint");
}

TEST_F(ChecksSeen, TheLeadSeesAllAndBooksAgainstAll) {
    blocked();
    const auto id = prepared_case(world, guessing(there(), there()));
    EXPECT_EQ(text_of(finding(id, "residence.already_registered", world.lead), "state"), "blocking");
    EXPECT_EQ(text_of(finding(id, "residence.duplicates", world.lead), "state"), "blocking");
    // Refused before a finding is named, whoever is chosen.
    EXPECT_EQ(world.run("residence.book", {{"case_id", id}}).problem.code, "residence.person_blocked");
    const auto by_lead = world.run(world.request("residence.book", {{"case_id", id}}, world.lead));
    EXPECT_EQ(by_lead.problem.code, "residence.findings_open");
    EXPECT_NE(json::serialize(by_lead.problem.details).find("already_registered"), std::string::npos);
}

}  // namespace
}  // namespace wa
