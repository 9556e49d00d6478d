// Registrations that wait, came late, or end without a booking; and their letters.
#include <algorithm>

#include "modules/residence/world_test.hpp"

namespace wa {
namespace {

std::size_t cases_with(TestWorld& world, const char* finding) {
    return array_of(*world.ask("case.list", {{"finding", finding}}), "cases").size();
}

TEST(Endings, TheBookingEndsTheWaiting) {
    TestWorld world;
    const auto id = prepared_case(world, test_form());
    world.must("case.wait",
               {{"case_id", id}, {"for", "second_person"}, {"until", "2026-12-03"}, {"note", "Leitung"}});
    EXPECT_EQ(cases_with(world, "waiting"), 1u);
    world.must("residence.book", {{"case_id", id}});
    EXPECT_EQ(cases_with(world, "waiting"), 0u);
    EXPECT_EQ(world.value("SELECT state FROM task WHERE kind = 'case_waiting'"), "done");
}

TEST(Endings, LateOnesAreListed) {
    TestWorld world;
    prepared_case(world, test_form());
    EXPECT_EQ(cases_with(world, "residence.deadline"), 0u);
    auto late = test_form();
    late["moved_in"] = "2026-10-20";
    prepared_case(world, std::move(late));
    EXPECT_EQ(cases_with(world, "residence.deadline"), 1u);
}

/// What was found in the case of somebody with a block is nobody's but who may see them.
TEST(Endings, AHiddenCaseIsNotFoundByWhatItSays) {
    TestWorld world;
    auto late = test_form();
    late["moved_in"] = "2026-10-20";
    const auto id = prepared_case(world, std::move(late));
    world.must("case.wait", {{"case_id", id}, {"for", "documents"}, {"until", "2026-12-03"}, {"note", "-"}});
    const auto person = world.import_person(
        {{"family_name", "Geheimnis"}, {"blocks", json::array{json::object{{"paragraph", "51"}}}}});
    {
        auto tx = world.store().begin_write();
        tx->execute({"test", "UPDATE case_file SET person_id = $person"}, {{"person", person}});
        tx->commit();
    }
    EXPECT_EQ(array_of(*world.ask("case.list", {}), "cases").size(), 1u) << "that there is one shows";
    for (const auto* finding : {"waiting", "residence.deadline"}) {
        EXPECT_EQ(cases_with(world, finding), 0u) << finding;
        const auto found = world.ask("case.list", {{"finding", finding}}, world.lead);
        EXPECT_EQ(array_of(*found, "cases").size(), 1u) << finding;
    }
}

/// However often it is printed, and on whichever day.
TEST(Endings, ARefusalBearsTheDayItWasDecidedOn) {
    TestWorld world;
    const auto id = prepared_case(world, test_form());
    EXPECT_EQ(world.letter("refusal", id).error().code, "residence.no_ending");
    world.must("case.hear",
               {{"case_id", id},
                {"ground", "signer_not_entitled"},
                {"reasons", "Die Vollmacht fehlt."},
                {"answer_by", "2026-11-19"}},
               world.lead);
    world.must("case.hand_over", {{"case_id", id}, {"what", "hearing"}, {"way", "post"}});
    world.at = *parse_timestamp("2026-11-20T08:00:00Z");
    world.must("case.refuse", {{"case_id", id}, {"reasons", "Sie haben keine Vollmacht gezeigt."}},
               world.lead);
    world.at = *parse_timestamp("2026-12-24T08:00:00Z");
    const auto refusal = world.letter("refusal", id), hearing = world.letter("hearing", id);
    ASSERT_TRUE(refusal && hearing);
    EXPECT_EQ(refusal->place_and_date, "Testhausen, 20.11.2026");
    EXPECT_EQ(hearing->place_and_date, "Testhausen, 5.11.2026");
    EXPECT_TRUE(refusal->official);
    for (const auto* letter : {&*refusal, &*hearing})
        EXPECT_TRUE(std::any_of(letter->body.begin(), letter->body.end(), [](const letter::Block& block) {
            const auto* paragraph = std::get_if<letter::Paragraph>(&block);
            return paragraph && paragraph->text.ends_with("Im Auftrag\nLotte Leitung");
        })) << letter->subject;
    EXPECT_EQ(refusal->recipient_lines, (std::vector<std::string>{"Anna Maria Müller-Lüdenscheidt",
                                                                  "Lindenweg 5", "99101 Testhausen"}));
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM outbox"), "0");
}

}  // namespace
}  // namespace wa
