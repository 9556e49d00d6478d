// Messages to and from other authorities: checked, sent once, refused with a reason, never lost.
#include "kernel/outbox.hpp"

#include "kernel/kernel_test.hpp"

namespace wa::testing {
namespace {

class Messages : public ::testing::Test {
  protected:
    Messages() {
        case_id = text_of(
            world.must("case.open", {{"procedure", "test.move"}, {"channel", "counter"}, {"title", "Umzug"}}),
            "case_id");
    }
    std::string put(json::object payload, const char* to = "99001002") {
        return text_of(
            world.must(
                "test.put_message",
                {{"type", "test.notice"}, {"to", to}, {"case_id", case_id}, {"payload", std::move(payload)}}),
            "message_id");
    }
    std::string note(const std::string& id, const char* state, const char* code = "") {
        return text_of(world.must("message.note_state",
                                  {{"message_id", id}, {"state", state}, {"attempts", 1}, {"code", code}},
                                  system_actor()),
                       "state");
    }
    json::object receive(const std::string& type, const std::string& message_id, json::object payload,
                         const std::string& answers = "", const std::string& sender = "Meldebehörde 99001002",
                         int version = 1) {
        auto request = world.request("message.receive",
                                     {{"message_id", message_id},
                                      {"type", type},
                                      {"type_version", version},
                                      {"sender", sender},
                                      {"answers", answers},
                                      {"sent_at", "2026-11-05T07:00:00Z"},
                                      {"payload", payload}},
                                     system_actor());
        request.id = receive_command_id(sender, message_id, payload);
        const auto result = world.run(std::move(request));
        EXPECT_EQ(result.outcome, Outcome::done) << result.problem.code;
        repeated = result.repeated;
        return result.answer;
    }
    json::object listed(json::object params) {
        const auto answer = world.ask("outbox.list", std::move(params));
        const auto& messages = array_of(answer, "messages");
        count = messages.size();
        return messages.empty() ? json::object{} : messages.front().as_object();
    }
    std::size_t tasks(const std::string& kind) {
        return array_of(world.ask("task.list", {{"kind", kind}}), "tasks").size();
    }

    KernelWorld world;
    std::string case_id;
    std::size_t count = 0;
    bool repeated = false;
    json::object muster{{"person", json::object{{"family_name", "Muster"}}}};
};

TEST_F(Messages, TakeLawDeadlineAndRecipientFromTheirDeclaration) {
    put(muster);
    const auto message = listed({});
    EXPECT_EQ(text_of(message, "recipient"), "Meldebehörde 99001002");
    EXPECT_EQ(text_of(message, "law"), "BMG § 33");
    EXPECT_EQ(text_of(message, "due_on"), "2026-11-09");
    EXPECT_EQ(text_of(message, "state"), "due");
    EXPECT_EQ(text_of(message, "answer_type"), "test.answer");
    EXPECT_FALSE(message.contains("payload"));
}

TEST_F(Messages, WhatIsNotDeclaredDoesNotLeave) {
    put({{"person", json::object{{"family_name", "Muster"}, {"religion", "ev"}}}});
    const auto message = listed({{"worklist", true}});
    EXPECT_EQ(text_of(message, "state"), "rejected");
    const auto& problem = object_of(message, "problem");
    EXPECT_EQ(text_of(problem, "code"), "message.faulty");
    EXPECT_EQ(text_of(array_of(object_of(problem, "details"), "fields").at(0).as_object(), "path"),
              "person.religion");
    EXPECT_FALSE(text_of(object_of(problem, "words"), "de").empty());
    EXPECT_EQ(tasks("message_rejected"), 1u);
    const auto task = array_of(world.ask("task.list", {{"kind", "message_rejected"}}), "tasks").at(0);
    EXPECT_EQ(text_of(task.as_object(), "title"),
              "Abgewiesene Nachricht berichtigen: Meldebehörde Musterstedt");
    put(muster, "00000000");
    listed({{"worklist", true}});
    EXPECT_EQ(count, 2u);
}

TEST_F(Messages, GoOnlyForwardThroughTheirStates) {
    const auto id = put(muster);
    EXPECT_EQ(note(id, "due", "message.exchange_down"), "due");
    EXPECT_EQ(text_of(object_of(listed({}), "problem"), "code"), "message.exchange_down");
    EXPECT_EQ(note(id, "handed_over"), "handed_over");
    EXPECT_EQ(note(id, "handed_over"), "handed_over");
    EXPECT_EQ(note(id, "due"), "handed_over");
    EXPECT_TRUE(listed({}).at("problem").is_null());
    EXPECT_EQ(text_of(listed({}), "answer_due_on"), "2026-11-09");
    EXPECT_EQ(text_of(receive("exchange.receipt", "R1", {{"message_id", id}, {"outcome", "acknowledged"}}),
                      "state"),
              "done");
    EXPECT_EQ(text_of(listed({}), "state"), "acknowledged");
    EXPECT_EQ(world.refusal("message.cancel", {{"message_id", id}, {"reason", "doch nicht"}}),
              "message.wrong_state");
    EXPECT_TRUE(world.verify().faults.empty());
}

TEST_F(Messages, ARejectedOneIsRepairedByANewOneThatNamesIt) {
    const auto id = put(muster);
    note(id, "handed_over");
    receive("exchange.receipt", "R1", {{"message_id", id}, {"outcome", "rejected"}, {"code", "xmeld.4711"}});
    auto message = listed({{"worklist", true}});
    EXPECT_EQ(text_of(object_of(message, "problem"), "code"), "message.rejected_elsewhere");
    EXPECT_EQ(tasks("message_rejected"), 1u);
    EXPECT_EQ(world.refusal("message.repair", {{"message_id", id},
                                               {"payload", json::object{{"person", json::object{}}}},
                                               {"reason", "Name"}}),
              "message.faulty");
    const auto repaired = text_of(
        world.must("message.repair",
                   {{"message_id", id},
                    {"payload", json::object{{"person", json::object{{"family_name", "Mustermann"}}}}},
                    {"reason", "Name"}}),
        "message_id");
    EXPECT_NE(repaired, id);
    message = listed({{"state", "repaired"}});
    EXPECT_EQ(text_of(message, "replaced_by"), repaired);
    message = listed({{"state", "due"}});
    EXPECT_EQ(text_of(message, "replaces"), id);
    EXPECT_EQ(world.refusal("message.repair", {{"message_id", id}, {"payload", muster}, {"reason", "noch"}}),
              "message.wrong_state");
    world.must("message.cancel", {{"message_id", repaired}, {"reason", "erledigt"}});
    EXPECT_EQ(text_of(listed({{"state", "cancelled"}}), "reason"), "erledigt");
}

TEST_F(Messages, ALateAnswerIsOneTask) {
    const auto id = put(muster);
    note(id, "handed_over");
    EXPECT_EQ(integer_of(world.must("message.watch", {}, system_actor()), "missing"), 0);
    world.at = *parse_timestamp("2026-11-10T08:00:00Z");
    EXPECT_EQ(integer_of(world.must("message.watch", {}, system_actor()), "missing"), 1);
    EXPECT_EQ(integer_of(world.must("message.watch", {}, system_actor()), "missing"), 0);
    EXPECT_EQ(tasks("auswertung_missing"), 1u);
    listed({{"worklist", true}});
    EXPECT_EQ(count, 1u);
    EXPECT_EQ(text_of(receive("test.answer", "A1", {{"result", "ja"}}, id), "state"), "done");
    EXPECT_TRUE(flag_of(listed({}), "answered"));
    listed({{"worklist", true}});
    EXPECT_EQ(count, 0u);
}

/// After an exchange was down for a week there are many: the round asks until none is left.
TEST_F(Messages, HoweverManyAnswersAreMissingOneRoundFindsThem) {
    for (int i = 0; i < 201; ++i) note(put(muster), "handed_over");
    world.at = *parse_timestamp("2026-11-10T08:00:00Z");
    EXPECT_TRUE(flag_of(world.must("message.watch", {}, system_actor()), "more"));
    EXPECT_EQ(integer_of(world.must("message.watch", {}, system_actor()), "missing"), 1);
    EXPECT_FALSE(flag_of(world.must("message.watch", {}, system_actor()), "more"));
}

/// On its way while a clerk cancelled it: nobody goes on believing that it never left.
TEST_F(Messages, OneThatArrivesAlthoughItWasCancelledIsATask) {
    const auto sent = put(muster), offered = put(muster), held_back = put(muster);
    for (const auto& id : {sent, offered, held_back})
        world.must("message.cancel", {{"message_id", id}, {"reason", "doch nicht"}});
    EXPECT_EQ(note(held_back, "due", "message.exchange_down"), "cancelled");
    EXPECT_EQ(tasks("message_arrived"), 0u);
    // The exchange's word was under way; or the hub was killed before it heard it.
    EXPECT_EQ(note(sent, "handed_over"), "handed_over");
    receive("exchange.receipt", "R1", {{"message_id", offered}, {"outcome", "acknowledged"}});
    EXPECT_EQ(tasks("message_arrived"), 2u);
    receive("exchange.receipt", "R2", {{"message_id", sent}, {"outcome", "acknowledged"}});
    EXPECT_EQ(tasks("message_arrived"), 2u);
    listed({{"state", "acknowledged"}});
    EXPECT_EQ(count, 2u);
    EXPECT_EQ(text_of(listed({{"state", "cancelled"}}), "id"), held_back);
    EXPECT_TRUE(world.verify().faults.empty());
}

/// Asked several times a second, of every authority.
TEST_F(Messages, WhoWaitsForAnAnswerIsFoundByAnIndex) {
    const std::string plan = "EXPLAIN QUERY PLAN " + std::string(sql::kernel::waits_for_answer.text);
    const auto rows = world.tx().query({"plan", plan}, {{"after", std::int64_t(0)}});
    ASSERT_FALSE(rows.empty());
    EXPECT_NE(rows.front().text("detail").find("outbox_waiting"), std::string::npos)
        << rows.front().text("detail");
}

/// How SQLite finds the messages of a list.
std::string plan_of_list(KernelWorld& world, const std::string& state, bool worklist) {
    const std::string plan = "EXPLAIN QUERY PLAN " + std::string(sql::kernel::list_outbox.text);
    std::string steps;
    for (const auto& row : world.tx().query({"plan", plan}, {{"state", state},
                                                             {"case_id", std::string()},
                                                             {"id", std::string()},
                                                             {"worklist", std::int64_t(worklist)},
                                                             {"today", std::string("2026-11-05")}}))
        steps += row.text("detail") + "\n";
    return steps;
}

/// A day can have tens of thousands of them: none is sorted to show the first.
TEST_F(Messages, ThoseOfOneStateAreListedInTheOrderOfAnIndex) {
    const auto steps = plan_of_list(world, "due", false);
    EXPECT_NE(steps.find("outbox_state"), std::string::npos) << steps;
    EXPECT_EQ(steps.find("TEMP B-TREE"), std::string::npos) << steps;
}

/// What somebody has to look at is little; years of acknowledged messages are not read to find it.
TEST_F(Messages, TheWorklistIsFoundByIndexesOfWhatIsOpen) {
    const auto steps = plan_of_list(world, "", true);
    EXPECT_NE(steps.find("outbox_awaited (answer_due_on>? AND answer_due_on<?)"), std::string::npos) << steps;
    EXPECT_NE(steps.find("outbox_state (state=? AND due_on<?)"), std::string::npos) << steps;
    EXPECT_EQ(steps.find("SCAN o"), std::string::npos) << steps;
}

TEST_F(Messages, AnswersMustFitAQuestionOfOurs) {
    const auto id = put(muster);
    note(id, "handed_over");
    const json::object yes{{"result", "ja"}};
    EXPECT_EQ(text_of(receive("test.answer", "A1", yes, "unknown"), "code"), "message.no_such_request");
    EXPECT_EQ(text_of(receive("test.answer", "A2", yes, id, "Meldebehörde 01003000"), "code"),
              "message.no_such_request");
    EXPECT_EQ(text_of(receive("test.answer", "A3", yes, id), "state"), "done");
    EXPECT_EQ(text_of(receive("test.answer", "A4", yes, id), "code"), "message.answered_already");
    // A receipt for what went to somebody else.
    EXPECT_EQ(
        text_of(receive("exchange.receipt", "R1", {{"message_id", id}, {"outcome", "rejected"}}, "", "BZSt"),
                "code"),
        "message.no_such_request");
}

TEST_F(Messages, WhatArrivesIsTakenOnceAndAlwaysKept) {
    EXPECT_EQ(text_of(receive("test.notice", "N1", muster), "state"), "done");
    EXPECT_EQ(text_of(receive("test.notice", "N1", muster), "state"), "done");
    EXPECT_TRUE(repeated);
    json::object other{{"person", json::object{{"family_name", "Andere"}}}};
    EXPECT_EQ(text_of(receive("test.notice", "N1", other), "code"), "message.other_content");
    EXPECT_EQ(text_of(receive("no.such", "N2", muster), "code"), "message.unknown_type");
    EXPECT_EQ(text_of(receive("test.notice", "N3", muster, "", "Meldebehörde 99001002", 2), "code"),
              "message.wrong_version");
    EXPECT_EQ(text_of(receive("test.notice", "N4", {{"person", "x"}}), "code"), "message.faulty");
    EXPECT_EQ(text_of(receive("test.notice", "N5", muster, "", "Finanzamt"), "code"),
              "message.unknown_sender");
    json::object wrong{{"person", json::object{{"family_name", "Falsch"}}}};
    EXPECT_EQ(text_of(receive("test.notice", "N6", wrong), "code"), "not_found");
    EXPECT_EQ(array_of(world.ask("inbox.list", {{"state", "rejected"}}), "messages").size(), 6u);
    EXPECT_EQ(array_of(world.ask("inbox.list", {}), "messages").size(), 7u);
    EXPECT_TRUE(world.verify().faults.empty());
}

TEST_F(Messages, AClerkSettlesWhatNoProgramCan) {
    json::object nobody{{"person", json::object{{"family_name", "Niemand"}}}};
    EXPECT_EQ(text_of(receive("test.notice", "N1", nobody), "state"), "open");
    const auto open = array_of(world.ask("inbox.list", {{"state", "open"}}), "messages");
    ASSERT_EQ(open.size(), 1u);
    const auto id = text_of(open[0].as_object(), "id");
    const auto whole = world.ask("inbox.get", {{"inbox_id", id}});
    EXPECT_EQ(object_of(whole, "payload"), nobody);
    const auto person = world.next_id();
    world.must("inbox.settle",
               {{"inbox_id", id}, {"choice", "apply"}, {"person_id", person}, {"note", "ist bekannt"}});
    EXPECT_EQ(world.row("inbox", id)->text("person_id"), person);
    EXPECT_EQ(world.refusal("inbox.settle", {{"inbox_id", id}, {"choice", "close"}, {"note", "nochmal"}}),
              "message.wrong_state");
}

TEST_F(Messages, AWholeMessageIsShownWithItsFields) {
    const auto id = put(muster);
    const auto whole = world.ask("outbox.get", {{"message_id", id}});
    EXPECT_EQ(object_of(whole, "payload"), muster);
    const auto& person = array_of(whole, "fields").at(0).as_object();
    ASSERT_EQ(array_of(person, "fields").size(), 1u);
    EXPECT_EQ(text_of(array_of(person, "fields")[0].as_object(), "name"), "family_name");
}

}  // namespace
}  // namespace wa::testing
