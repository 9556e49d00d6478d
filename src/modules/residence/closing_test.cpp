// When a booked registration is closed, and what keeps it open.
#include "modules/residence/exchange/world.hpp"

namespace wa {
namespace {

struct Closing : testing::Test {
    ExchangeWorld world;
    std::string id;

    void book() {
        id = prepared_case(world, test_form());
        world.must("residence.book", {{"case_id", id}});
    }
    void hand_over() {
        world.must("case.hand_over", {{"case_id", id}, {"what", "confirmation"}, {"way", "paper"}});
    }
    void finish_tasks() {
        for (const auto& row : world.rows("SELECT id FROM task WHERE state = 'open'"))
            world.must("task.close", {{"task_id", row.text("id")}, {"result", "erledigt"}});
    }
    void acknowledge() { world.change("UPDATE outbox SET state = 'acknowledged', answered_by = 'A1'", {}); }
    void everything() {
        book();
        hand_over();
        finish_tasks();
        acknowledge();
    }
    std::string after_the_night() {
        world.must("residence.close_cases", {}, system_actor());
        return world.value("SELECT status FROM case_file");
    }
};

TEST_F(Closing, WhenNothingIsLeftToDo) {
    everything();
    EXPECT_EQ(after_the_night(), "closed");
    EXPECT_EQ(world.value("SELECT decision FROM case_file"), "booked");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM journal j JOIN journal_subject s ON s.seq = j.seq "
                          "WHERE j.name = 'residence.close_cases' AND s.subject_id = $id",
                          {{"id", id}}),
              "1");
    EXPECT_TRUE(world.letter("confirmation", id));
}

TEST_F(Closing, NotBeforeTheConfirmationIsHandedOver) {
    book();
    finish_tasks();
    acknowledge();
    EXPECT_EQ(after_the_night(), "booked");
    world.must("case.hand_over", {{"case_id", id}, {"what", "declaration"}, {"way", "paper"}});
    EXPECT_EQ(after_the_night(), "booked");
    hand_over();
    EXPECT_EQ(after_the_night(), "closed");
}

TEST_F(Closing, NotWhileATaskIsOpen) {
    book();
    hand_over();
    acknowledge();
    ASSERT_NE(world.value("SELECT COUNT(*) FROM task WHERE state = 'open'"), "0");
    EXPECT_EQ(after_the_night(), "booked");
    finish_tasks();
    EXPECT_EQ(after_the_night(), "closed");
}

TEST_F(Closing, NotWhileAMessageIsNotAcknowledged) {
    everything();
    for (const auto* state : {"due", "held", "handed_over", "rejected"}) {
        world.change("UPDATE outbox SET state = $state WHERE message_type = 'rueckmeldung'",
                     {{"state", std::string(state)}});
        EXPECT_EQ(after_the_night(), "booked") << state;
    }
    world.change("UPDATE outbox SET state = 'cancelled' WHERE message_type = 'rueckmeldung'", {});
    EXPECT_EQ(after_the_night(), "closed");
}

TEST_F(Closing, NotWhileAnAnswerIsDue) {
    everything();
    world.change(
        "UPDATE outbox SET answered_by = '', answer_due_on = '2026-11-12' "
        "WHERE message_type = 'rueckmeldung'",
        {});
    EXPECT_EQ(after_the_night(), "booked");
    // Missed: somebody had a task for it, and that is done.
    world.change("UPDATE outbox SET answer_missed = 1 WHERE message_type = 'rueckmeldung'", {});
    EXPECT_EQ(after_the_night(), "closed");
}

TEST_F(Closing, NotWhileWorkOfItWaitsInQuarantine) {
    everything();
    world.change(
        "INSERT INTO quarantine (command_id, device_id, tour_id, device_seq, name, stream, envelope, code, "
        "details, arrived_at_ms, state) VALUES ('C', 'D', 'T', 1, 'case.attach', $id, x'00', 'x', '{}', 0, "
        "'open')",
        {{"id", id}});
    EXPECT_EQ(after_the_night(), "booked");
}

TEST_F(Closing, AClosedOneCanBeTakenBack) {
    everything();
    ASSERT_EQ(after_the_night(), "closed");
    world.must("residence.revoke", {{"case_id", id}, {"reason", "Irrtum"}}, world.lead);
    EXPECT_EQ(world.value("SELECT status || ' ' || decision FROM case_file"), "withdrawn revoked");
    EXPECT_EQ(after_the_night(), "withdrawn");
}

}  // namespace
}  // namespace wa
