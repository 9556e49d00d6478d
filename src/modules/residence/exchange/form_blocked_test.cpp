// The former office says only that there is a block (BMG § 51): of whom, from when, until when.
#include "modules/residence/exchange/testing_form.hpp"

namespace wa::prefilled {
namespace {

/// The former office says only that there is a block: it holds here too, from the booking on (BMG § 51).
struct FormBlocked : FormSigned {
    void ask_and_hear(const char* result) {
        world.at.ms += 1000;
        ask();
        world.hand_over_all();
        hear(result);
    }
    void hear(const char* result) {
        auto answer = std::string(result) == "hit" ? hit() : json::object{{"result", result}};
        world.receive(
            "vms_response", std::move(answer),
            world.value("SELECT id FROM outbox WHERE message_type = 'vms_request' ORDER BY id DESC"));
    }
    void open_and_draft() { open(test_form()); }
    void sign() { sign_and_check(world, case_id, test_form(), world.clerk); }
    std::string family() {
        return world.value("SELECT state || details FROM case_finding WHERE code = 'residence.family'");
    }
    std::string blocks() { return world.value("SELECT blocks FROM person"); }
    std::string task() { return world.value("SELECT state FROM task WHERE kind = 'block_elsewhere'"); }
};

TEST_F(FormBlocked, IsTakenOverWithTheBookingAndTakenBackWithIt) {
    open_and_draft();
    ask_and_hear("blocked");
    sign();
    EXPECT_NE(family().find("hint"), std::string::npos) << family();
    EXPECT_NE(family().find("\"elsewhere\":1"), std::string::npos) << family();
    ASSERT_EQ(booking(), "");
    EXPECT_NE(blocks().find("\"paragraph\":\"51\""), std::string::npos) << blocks();
    EXPECT_EQ(task(), "open");
    EXPECT_EQ(world.ask("case.get", {{"case_id", case_id}}).error().code, "residence.person_blocked");
    EXPECT_TRUE(world.ask("case.get", {{"case_id", case_id}}, world.lead));
    world.must("residence.revoke", {{"case_id", case_id}, {"reason", "Irrtum"}}, world.lead);
    EXPECT_EQ(blocks(), "[]");
    EXPECT_EQ(task(), "dropped");
}

TEST_F(FormBlocked, AHitAfterItSaysOtherwise) {
    open_and_draft();
    ask_and_hear("blocked");
    ask_and_hear("not_found");
    sign();
    EXPECT_NE(family().find("\"elsewhere\":1"), std::string::npos) << "nobody found is no word against it";
    ask_and_hear("hit");
    world.must("case.precheck", {{"case_id", case_id}});
    EXPECT_EQ(family(), "ok{}");
}

TEST_F(FormBlocked, AnAnswerAfterTheBookingIsTakenOverAtOnce) {
    open_and_draft();
    ask();
    world.hand_over_all();
    sign();
    ASSERT_EQ(booking(), "");
    EXPECT_EQ(blocks(), "[]");
    hear("blocked");
    EXPECT_NE(blocks().find("\"paragraph\":\"51\""), std::string::npos) << blocks();
    EXPECT_EQ(task(), "open");
}

TEST_F(FormBlocked, AnAnswerAfterTheBookingIsTakenBackWithItToo) {
    // Booked for somebody who was not meant: no block may stay with them.
    const auto known =
        world.import_person({{"family_name", "Müller-Lüdenscheidt"}, {"given_names", "Anna Maria"}});
    open_and_draft();
    ask();
    world.hand_over_all();
    sign();
    world.must(
        "residence.book",
        {{"case_id", case_id}, {"persons", json::array{json::object{{"index", 0}, {"person_id", known}}}}});
    hear("blocked");
    EXPECT_NE(blocks().find("\"paragraph\":\"51\""), std::string::npos) << blocks();
    world.must("residence.revoke", {{"case_id", case_id}, {"reason", "falsche Person"}}, world.lead);
    EXPECT_EQ(blocks(), "[]");
    EXPECT_EQ(task(), "dropped");
}

TEST_F(FormBlocked, WhoseNamesWereCompletedSinceIsTheSame) {
    auto said = test_form();
    person_of(said)["given_names"] = "Anna";
    open(said);
    ask_and_hear("blocked");
    sign();
    ASSERT_EQ(booking(), "");
    EXPECT_NE(blocks(), "[]");
}

/// A colleague has a case of the same person under way: from now on it is the lead's, too.
TEST_F(FormBlocked, HidesWhatElseMeansThePerson) {
    auto colleague = world.clerk, third = world.clerk;
    colleague.user_id = "00000000000000000000000C2K";
    third.user_id = "00000000000000000000000C3K";
    open_and_draft();
    ask();
    world.hand_over_all();
    sign();
    const auto another = prepared_case(world, test_form(), &colleague);
    ASSERT_EQ(booking(), "");
    const auto seen_by = [&](const Actor& actor) {
        return bool(world.ask("case.get", {{"case_id", another}}, actor));
    };
    EXPECT_TRUE(seen_by(third));
    hear("blocked");
    EXPECT_FALSE(seen_by(third));
    EXPECT_TRUE(seen_by(colleague)) << "who took it knows what it says";
    EXPECT_TRUE(seen_by(world.lead));
}

/// The answer is about a person, not about a place in a draft that still changes.
struct FormOfFour : FormBlocked {
    json::object form = test_family();
    FormOfFour() {
        auto& child = add_mover(form, test_child("Emil", "2016-05-04"));
        child["custody"] = mover_of(form, 2)["custody"];
        open(form);
    }
    void ask_for(std::int64_t place) {
        world.must("residence.request_form", {{"case_id", case_id}, {"person", place}});
        world.hand_over_all();
    }
    void remove(std::size_t place) {
        auto& persons = form["persons"].as_array();
        persons.erase(persons.begin() + std::ptrdiff_t(place));
    }
    /// Who is blocked when one is asked about and a card is removed before the signature.
    std::string blocked(std::int64_t asked, std::size_t removed, bool late) {
        ask_for(asked);
        if (!late) hear("blocked");
        remove(removed);
        sign_and_check(world, case_id, form, world.clerk);
        EXPECT_EQ(booking(), "");
        if (late) hear("blocked");
        EXPECT_EQ(task(), "open");
        return world.value("SELECT GROUP_CONCAT(given_names) FROM person WHERE blocks <> '[]'");
    }
    std::string state_of(std::int64_t place) {
        const auto answer = world.ask("residence.received_form", {{"case_id", case_id}, {"person", place}});
        return answer ? text_of(*answer, "state") : answer.error().code;
    }
};

TEST_F(FormOfFour, WhoMovesUpKeepsTheirBlock) {
    EXPECT_EQ(blocked(3, 2, false), "Emil");
}

TEST_F(FormOfFour, WhoMovesUpKeepsTheirLateBlock) {
    EXPECT_EQ(blocked(3, 2, true), "Emil");
}

TEST_F(FormOfFour, TheBlockOfWhoIsGoneIsNobodyElses) {
    EXPECT_EQ(blocked(2, 2, false), "");
    EXPECT_NE(family().find("\"elsewhere\":1"), std::string::npos) << family();
    EXPECT_EQ(world.value("SELECT person_id FROM task WHERE kind = 'block_elsewhere'"), "");
}

TEST_F(FormOfFour, NorIsTheirLateOne) {
    EXPECT_EQ(blocked(2, 2, true), "");
}

TEST_F(FormOfFour, ATwinIsSomebodyElse) {
    mover_of(form, 3)["person"].as_object()["birth_date"] = "2019-03-01";
    world.must("draft.save", {{"case_id", case_id}, {"form", form}});
    EXPECT_EQ(blocked(2, 2, false), "");
}

TEST_F(FormOfFour, IsShownWithWhoWasAskedAbout) {
    ask_for(3);
    hear("blocked");
    EXPECT_EQ(state_of(3), "blocked");
    EXPECT_EQ(state_of(2), "none");
    remove(2);
    world.must("draft.save", {{"case_id", case_id}, {"form", form}});
    EXPECT_EQ(state_of(2), "blocked");
    EXPECT_EQ(state_of(3), "none");
}

/// Whose form is missing from the family's, and who was asked about alone is not missing any more.
TEST_F(FormOfFour, WhoWasAskedAboutAloneIsNotMissing) {
    ask_for(0);
    auto answer = hit();
    answer["persons"].as_array()[0].as_object()["person"] = person_of(form);
    for (const auto* unasked : {"signs", "marital_status", "marital_status_since"})
        answer["persons"].as_array()[0].as_object()["person"].as_object().erase(unasked);
    answer.erase("dwelling");
    EXPECT_EQ(world.receive("vms_response", answer, world.message_id("vms_request")), "done")
        << world.code() << world.details();
    sign_and_check(world, case_id, form, world.clerk);
    EXPECT_NE(family().find("\"elsewhere\":0,\"missing\":[1,2,3]"), std::string::npos) << family();
    world.at.ms += 1000;
    ask_for(3);
    hear("blocked");
    world.must("case.precheck", {{"case_id", case_id}});
    EXPECT_NE(family().find("\"elsewhere\":1,\"missing\":[1,2]"), std::string::npos) << family();
}

}  // namespace
}  // namespace wa::prefilled
