#include "kernel/tasks.hpp"

#include "kernel/data.hpp"
#include "kernel/kernel_test.hpp"

namespace wa {
namespace {

using testing::KernelWorld;

class Tasks : public ::testing::Test {
  protected:
    std::string open_case() {
        return text_of(world_.must("case.open",
                                   {{"procedure", "test.move"}, {"channel", "counter"}, {"title", "Umzug"}}),
                       "case_id");
    }
    std::string put(json::object payload) {
        return text_of(world_.must("test.put_task", std::move(payload)), "task_id");
    }
    json::array list(json::object params) {
        return array_of(world_.ask("task.list", std::move(params)), "tasks");
    }
    /// An open task as another module puts it.
    std::string put_kind(std::string_view kind) {
        const auto id = world_.next_id();
        world_.tx().execute(
            Statement{
                "test",
                "INSERT INTO task (id, version, kind, subject, title, case_id, state, "
                "created_at_ms, created_by) VALUES ($id, 'v', $kind, '', 'x', $case_id, 'open', 1, '')"},
            {{"id", id}, {"kind", std::string(kind)}, {"case_id", case_}});
        return id;
    }
    std::string state_of(const std::string& id) { return world_.row("task", id)->text("state"); }

    KernelWorld world_;
    std::string case_ = open_case();
};

TEST_F(Tasks, OneTaskPerCaseKindAndSubject) {
    const auto first = put({{"case_id", case_}, {"subject", "0"}, {"due", "2026-11-19"}});
    EXPECT_EQ(put({{"case_id", case_}, {"subject", "0"}, {"due", "2026-12-01"}}), first);
    EXPECT_EQ(world_.row("task", first)->text("due_on"), "2026-11-19");  // as it was put
    EXPECT_NE(put({{"case_id", case_}, {"subject", "1"}}), first);
    EXPECT_NE(put({{"case_id", open_case()}, {"subject", "0"}}), first);
    EXPECT_EQ(list({{"case_id", case_}}).size(), 2u);
    EXPECT_TRUE(world_.verify().faults.empty());
}

TEST_F(Tasks, TheSameTaskHasTheSameIdAtANode) {
    KernelWorld node(Side::node);
    const json::object payload{{"case_id", case_}, {"subject", "0"}};
    EXPECT_EQ(text_of(node.must("test.put_task", payload), "task_id"), put(payload));
}

TEST_F(Tasks, ATaskWithoutACaseIsThePersons) {
    const auto person = world_.next_id();
    const auto id = put({{"person_id", person}});
    EXPECT_EQ(put({{"person_id", person}}), id);
    EXPECT_TRUE(world_.row("task", id)->is_null("case_id"));
    EXPECT_EQ(list({{"person_id", person}}).size(), 1u);
}

TEST_F(Tasks, IsScheduledAndClosedWithAResult) {
    const auto id = put({{"case_id", case_}});
    world_.must("task.schedule",
                {{"task_id", id}, {"scheduled_at", "2026-11-12T09:00:00Z"}, {"place", "Zimmer 2"}});
    EXPECT_EQ(state_of(id), "scheduled");
    world_.must("task.schedule", {{"task_id", id}, {"scheduled_at", "2026-11-13T09:00:00Z"}});
    EXPECT_EQ(world_.row("task", id)->text("scheduled_at"), "2026-11-13T09:00:00Z");
    world_.must("task.close", {{"task_id", id}, {"result", "Aufkleber angebracht"}});
    const auto row = *world_.row("task", id);
    EXPECT_EQ(row.text("state"), "done");
    EXPECT_EQ(row.text("result"), "Aufkleber angebracht");
    EXPECT_EQ(row.text("closed_by"), world_.clerk.user_id);
    EXPECT_EQ(row.integer("closed_at_ms"), world_.at.ms);
    // What is done stays done, whoever asks for it again.
    EXPECT_EQ(put({{"case_id", case_}}), id);
    EXPECT_EQ(state_of(id), "done");
    EXPECT_TRUE(world_.verify().faults.empty());
}

TEST_F(Tasks, Refusals) {
    const auto id = put({{"case_id", case_}});
    EXPECT_EQ(world_.refusal("task.close", {{"task_id", world_.next_id()}, {"result", "x"}}),
              "task_not_found");
    EXPECT_EQ(world_.refusal("task.close", {{"task_id", id}}), "payload_invalid");
    EXPECT_EQ(world_.refusal("task.close", {{"task_id", id}, {"outcome", "open"}, {"result", "x"}}),
              "payload_invalid");
    EXPECT_EQ(world_.refusal("task.schedule", {{"task_id", id}, {"scheduled_at", "2026-11-05T07:59:00Z"}}),
              "payload_invalid");  // in the past
    EXPECT_EQ(world_.refusal("task.close", {{"task_id", id}, {"result", "x"}},
                             {"", "Empfang", permissions_of({"reception"})}),
              "permission_denied");
    world_.must("task.close", {{"task_id", id}, {"outcome", "dropped"}, {"result", "nicht mehr nötig"}});
    EXPECT_EQ(world_.refusal("task.close", {{"task_id", id}, {"result", "x"}}), "task_closed");
    EXPECT_EQ(world_.refusal("task.schedule", {{"task_id", id}, {"scheduled_at", "2026-11-12T09:00:00Z"}}),
              "task_closed");
}

TEST_F(Tasks, WhatWasDroppedIsOpenAgainWhenItIsPutAgain) {
    const auto id = put({{"case_id", case_}});
    world_.must("task.close", {{"task_id", id}, {"outcome", "dropped"}, {"result", "doch nicht"}});
    EXPECT_EQ(put({{"case_id", case_}, {"due", "2026-12-01"}}), id);
    const auto row = *world_.row("task", id);
    EXPECT_EQ(row.text("state"), "open");
    EXPECT_TRUE(row.is_null("result"));
    EXPECT_EQ(row.text("due_on"), "2026-12-01");
}

TEST_F(Tasks, ClosedHereAndOnTheKofferKeepsBothResults) {
    const auto id = put({{"case_id", case_}});
    auto late = world_.request(
        "task.close", {{"task_id", id}, {"case_id", case_}, {"result", "im Heim angebracht"}}, world_.clerk);
    late.replayed = true;
    world_.must("task.close", {{"task_id", id}, {"result", "am Schalter angebracht"}});
    EXPECT_EQ(world_.run(late).outcome, Outcome::done);
    EXPECT_EQ(world_.row("task", id)->text("result"), "am Schalter angebracht\nim Heim angebracht");
}

TEST_F(Tasks, ATimeAgreedOnTheKofferDoesNotReplaceOneAgreedHereMeanwhile) {
    const auto id = put({{"case_id", case_}});
    auto late = world_.request(
        "task.schedule", {{"task_id", id}, {"case_id", case_}, {"scheduled_at", "2026-11-20T09:00:00Z"}},
        world_.clerk);
    late.replayed = true;
    late.seen = {{"task", id, world_.row("task", id)->text("version")}};
    world_.must("task.schedule", {{"task_id", id}, {"scheduled_at", "2026-11-12T09:00:00Z"}});
    const auto result = world_.run(late);
    EXPECT_EQ(result.outcome, Outcome::conflict);
    EXPECT_TRUE(result.problem.is(problems::conflict_stale));
    EXPECT_EQ(world_.row("task", id)->text("scheduled_at"), "2026-11-12T09:00:00Z");
}

TEST_F(Tasks, TravelsInTheStreamOfItsCase) {
    const auto id = put({{"case_id", case_}});
    const auto other = world_.next_id();
    const auto result = world_.run(world_.request(
        "task.close", {{"task_id", id}, {"case_id", other}, {"result", "erledigt"}}, world_.clerk));
    EXPECT_EQ(result.outcome, Outcome::done);
    EXPECT_EQ(text_of(result.prepared.value(), "case_id"), case_);  // whatever was sent
    auto false_stream =
        world_.request("task.close", {{"task_id", id}, {"case_id", other}, {"result", "x"}}, world_.clerk);
    false_stream.replayed = true;
    EXPECT_EQ(world_.run(false_stream).problem.code, "task_not_found");
}

TEST_F(Tasks, ListIsFilteredAndMostUrgentFirst) {
    const auto later = put({{"case_id", case_}, {"subject", "a"}, {"due", "2026-12-01"}});
    const auto never = put({{"case_id", case_}, {"subject", "b"}});
    const auto soon = put({{"case_id", case_}, {"subject", "c"}, {"due", "2026-11-06"}});
    const auto done = put({{"case_id", case_}, {"subject", "d"}, {"due", "2026-11-06"}});
    world_.must("task.close", {{"task_id", done}, {"result", "erledigt"}});
    const auto to_do = list({{"state", "todo"}});
    ASSERT_EQ(to_do.size(), 3u);
    EXPECT_EQ(text_of(to_do[0].as_object(), "id"), soon);
    EXPECT_EQ(text_of(to_do[1].as_object(), "id"), later);
    EXPECT_EQ(text_of(to_do[2].as_object(), "id"), never);
    EXPECT_EQ(text_of(to_do[0].as_object(), "case_number"), "Z-000001");
    EXPECT_EQ(list({{"state", "todo"}, {"due", "2026-11-10"}}).size(), 1u);
    EXPECT_EQ(list({{"state", "done"}}).size(), 1u);
    EXPECT_EQ(list({{"kind", "sticker"}}).size(), 4u);
    EXPECT_EQ(list({{"kind", "other"}}).size(), 0u);
    EXPECT_EQ(array_of(world_.ask("case.get", {{"case_id", case_}}), "tasks").size(), 4u);
}

/// Years of them are kept: none is sorted to show the first.
TEST_F(Tasks, AreListedInTheOrderOfAnIndex) {
    const std::string plan = "EXPLAIN QUERY PLAN " + std::string(sql::kernel::list_tasks.text);
    const std::pair<TaskFilter, const char*> lists[]{
        {{}, "task_due"}, {{.state = "todo"}, "task_to_do"}, {{.state = "done"}, "task_state"}};
    for (const auto& [filter, index] : lists) {
        std::string steps;
        for (const auto& row : world_.tx().query({"plan", plan}, filter.params()))
            steps += row.text("detail") + "\n";
        EXPECT_EQ(steps.find("TEMP B-TREE"), std::string::npos) << steps;
        EXPECT_NE(steps.find(std::string("INDEX ") + index), std::string::npos) << steps;
    }
}

TEST_F(Tasks, ListSaysWhatWhoeverAsksCanDoAboutEach) {
    const auto done = put({{"case_id", case_}, {"subject", "done"}});
    world_.must("task.close", {{"task_id", done}, {"result", "erledigt"}});
    put({{"case_id", case_}});
    for (const auto kind : {legal_hold, mass_erasure, mass_erasure_second, hearing_answer}) put_kind(kind);
    const auto can = [&](Permissions::Names names) {
        const Actor actor{"00000000000000000000000ZZZ", "Wer fragt", Permissions(std::move(names))};
        std::string all;
        const auto answer = world_.ask("task.list", {}, actor);
        for (const auto& entry : array_of(*answer, "tasks")) {
            const auto& task = entry.as_object();
            all += text_of(task, "state") + " " + text_of(task, "kind") +
                   (flag_of(task, "may_close") ? " close" : "") +
                   (flag_of(task, "may_schedule") ? " schedule" : "") + "\n";
        }
        return all;
    };
    const auto says = [](const std::string& all, const std::string& line) {
        return ("\n" + all).find("\n" + line + "\n") != std::string::npos;
    };
    const auto clerk = can({"case.read", "case.write", "register.write"});
    for (const auto* line :
         {"done sticker", "open sticker close schedule", "open legal_hold", "open mass_erasure",
          "open mass_erasure_second close", "open hearing_answer close"})
        EXPECT_TRUE(says(clerk, line)) << line << "\n" << clerk;
    const auto lead = can({"case.read", "case.write", "register.release"});
    for (const auto* line : {"open legal_hold close", "open mass_erasure close", "open mass_erasure_second"})
        EXPECT_TRUE(says(lead, line)) << line << "\n" << lead;
    EXPECT_TRUE(says(can({"case.read"}), "open sticker"));
}

/// Nobody comes for a message, a release or what waits: only what a procedure names gets a time.
TEST_F(Tasks, ListAndCommandAgreeForWhichSomebodyComes) {
    put({{"case_id", case_}});
    put_kind("message_rejected");
    put_kind("case_waiting");
    put_kind(hearing_answer);
    const auto tasks = list({{"case_id", case_}});
    ASSERT_EQ(tasks.size(), 4u);
    for (const auto& entry : tasks) {
        const auto& task = entry.as_object();
        const bool comes = text_of(task, "kind") == "sticker";
        EXPECT_EQ(flag_of(task, "may_schedule"), comes) << text_of(task, "kind");
        EXPECT_EQ(world_.refusal("task.schedule", {{"task_id", text_of(task, "id")},
                                                   {"scheduled_at", "2026-11-12T09:00:00Z"}}),
                  comes ? "" : "task_without_appointment")
            << text_of(task, "kind");
    }
}

TEST_F(Tasks, AWithdrawnCaseLeavesNothingToDo) {
    const auto open = put({{"case_id", case_}, {"subject", "a"}}),
               done = put({{"case_id", case_}, {"subject", "b"}});
    world_.must("task.close", {{"task_id", done}, {"result", "erledigt"}});
    world_.must("case.withdraw", {{"case_id", case_}, {"reason", "zieht nicht um"}});
    EXPECT_EQ(state_of(open), "dropped");
    EXPECT_EQ(world_.row("task", open)->text("result"), "zieht nicht um");
    EXPECT_EQ(state_of(done), "done");
}

}  // namespace
}  // namespace wa
