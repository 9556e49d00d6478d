// What a case waits for, and how it ends without a booking (handbook § 1.5).
#include "kernel/cases.hpp"
#include "kernel/kernel_test.hpp"

namespace wa {
namespace {

using testing::KernelWorld;

class CaseEndings : public ::testing::Test {
  protected:
    CaseEndings() {
        case_ = text_of(world_.must("case.open",
                                    {{"procedure", "test.move"}, {"channel", "counter"}, {"title", "Umzug"}}),
                        "case_id");
    }
    void submit(const char* name = "Muster") {
        world_.must("case.submit", {{"case_id", case_}, {"form", {{"family_name", name}}}});
    }
    json::object of_case(json::object more) {
        more["case_id"] = case_;
        return more;
    }
    json::object waits(const char* what, const char* until = "2026-12-03") {
        return of_case({{"for", what}, {"until", until}, {"note", "Mietvertrag von Anna Muster"}});
    }
    json::object no_longer() { return of_case({{"for", "nothing"}, {"note", "ist da"}}); }
    json::object hears(const char* ground = "nobody") {
        return of_case(
            {{"ground", ground}, {"reasons", "Die Wohnung ist leer."}, {"answer_by", "2026-11-19"}});
    }
    void send_hearing() { world_.must("case.hand_over", of_case({{"what", "hearing"}, {"way", "post"}})); }
    json::object refuses() { return of_case({{"reasons", "Die Wohnung ist leer."}}); }
    std::string status() { return world_.row("case_file", case_)->text("status"); }
    std::string listed(json::object params) {
        const auto answer = world_.ask("case.list", std::move(params));
        std::string all;
        for (const auto& row : array_of(answer, "cases")) all += json::serialize(row.at("waiting")) + ";";
        return all;
    }
    std::string to_do() {
        const auto answer = world_.ask("task.list", {{"state", "todo"}});
        std::string all;
        for (const auto& task : array_of(answer, "tasks"))
            all += text_of(task.as_object(), "kind") + " " + text_of(task.as_object(), "due_on") + ";";
        return all;
    }

    KernelWorld world_;
    Actor lead_{"00000000000000000000000KAD", "Lotte Leitung", permissions_of({"team_lead"})};
    std::string case_;
};

TEST_F(CaseEndings, WaitingIsAMarkBesideTheStateWithAReminder) {
    EXPECT_EQ(world_.refusal("case.wait", waits("documents")),
              "case_wrong_status");  // a draft asks for nothing
    submit();
    EXPECT_EQ(world_.refusal("case.wait", waits("payment")), "case_not_foreseen");
    EXPECT_EQ(world_.refusal("case.wait", waits("documents", "2026-11-04")), "payload_invalid");
    EXPECT_EQ(world_.refusal("case.wait", no_longer()), "case_not_waiting");
    world_.must("case.wait", waits("documents"));
    EXPECT_EQ(status(), "captured");
    EXPECT_EQ(listed({{"finding", "waiting"}}), R"({"for":"documents","until":"2026-12-03"};)");
    EXPECT_EQ(to_do(), "case_waiting 2026-12-03;");

    world_.must("case.wait", waits("second_person", "2026-12-10"));  // for something else, until another day
    EXPECT_EQ(listed({}), R"({"for":"second_person","until":"2026-12-10"};)");
    EXPECT_EQ(to_do(), "case_waiting 2026-12-10;");
    world_.must("case.wait", no_longer());
    EXPECT_EQ(listed({{"finding", "waiting"}}), "");
    EXPECT_EQ(listed({}), "null;");
    EXPECT_EQ(to_do(), "");
    world_.must("case.wait", waits("documents"));  // and once more
    EXPECT_EQ(to_do(), "case_waiting 2026-12-03;");
    EXPECT_TRUE(world_.verify().faults.empty());
}

TEST_F(CaseEndings, WhoeverEndsACaseEndsItsWaiting) {
    submit();
    world_.must("case.wait", waits("documents"));
    world_.must("case.withdraw", of_case({{"reason", "zieht doch nicht um"}}));
    EXPECT_EQ(listed({{"finding", "waiting"}}), "");
    EXPECT_EQ(to_do(), "");
    EXPECT_EQ(world_.refusal("case.wait", waits("documents")), "case_wrong_status");
}

TEST_F(CaseEndings, AnotherAuthorityIsNamed) {
    const json::object there{{"municipality", "99001002"}, {"reason", "Die Wohnung liegt dort."}};
    EXPECT_EQ(world_.refusal("case.end_not_competent", of_case({{"reason", "weil"}})), "payload_invalid");
    EXPECT_EQ(
        world_.refusal("case.end_not_competent", of_case({{"municipality", "99001001"}, {"reason", "weil"}})),
        "case_is_competent");
    EXPECT_EQ(text_of(world_.must("case.end_not_competent", of_case(there)), "authority"),
              "Meldebehörde Musterstedt");
    EXPECT_EQ(status(), "not_competent");
    EXPECT_TRUE(is_over(status()));
    for (const auto* step : {"case.submit", "draft.save"})
        EXPECT_EQ(world_.refusal(step, of_case({{"form", {{"family_name", "Muster"}}}})),
                  "case_wrong_status");
    EXPECT_EQ(world_.refusal("case.end_not_competent", of_case(there)), "case_wrong_status");
    EXPECT_EQ(world_.refusal("case.reopen", of_case({{"reason", "doch"}})), "case_wrong_status");
}

TEST_F(CaseEndings, NothingIsRefusedUnheard) {
    EXPECT_EQ(world_.refusal("case.hear", hears(), lead_), "case_wrong_status");
    submit();
    EXPECT_EQ(world_.refusal("case.hear", hears()), "permission_denied");
    EXPECT_EQ(world_.refusal("case.hear", hears("whim"), lead_), "case_not_foreseen");
    EXPECT_EQ(world_.refusal("case.refuse", refuses(), lead_), "case_not_heard");
    world_.must("case.hear", hears(), lead_);
    EXPECT_EQ(to_do(), "hearing_answer 2026-11-19;");
    EXPECT_EQ(world_.refusal("case.refuse", refuses(), lead_), "case_hearing_open");
    // The last day is the person's, whole.
    world_.at = *parse_timestamp("2026-11-19T22:59:00Z");
    EXPECT_EQ(world_.refusal("case.refuse", refuses(), lead_), "case_hearing_open");
    // What was put right meanwhile was not heard.
    submit("Mustermann");
    world_.at = *parse_timestamp("2026-11-20T08:00:00Z");
    EXPECT_EQ(world_.refusal("case.refuse", refuses(), lead_), "case_not_heard");
}

TEST_F(CaseEndings, AnswerOrSilenceThenASecondPersonDecides) {
    submit();
    const auto task = text_of(world_.must("case.hear", hears(), lead_), "task_id");
    world_.must("task.close", {{"task_id", task}, {"result", "Wir sind noch nicht umgezogen."}});
    auto both = lead_;
    both.user_id = world_.clerk.user_id;
    EXPECT_EQ(world_.refusal("case.refuse", refuses(), both), "case_needs_second_person");
    world_.must("case.refuse", refuses(), lead_);
    EXPECT_EQ(status(), "refused");
    const auto said = last_finding(world_.tx(), case_, "refused");
    EXPECT_EQ(text_of(said, "answer"), "Wir sind noch nicht umgezogen.");
    EXPECT_NE(text_of(said, "appeal"), "");
    for (const auto* step : {"case.reopen", "case.withdraw"})
        EXPECT_EQ(world_.refusal(step, of_case({{"reason", "doch"}})), "case_wrong_status");
    EXPECT_TRUE(world_.verify().faults.empty());
}

TEST_F(CaseEndings, WhoDoesNotAnswerIsDecidedAboutAfterTheDay) {
    submit();
    world_.must("case.hear", hears(), lead_);
    send_hearing();
    world_.at = *parse_timestamp("2026-11-19T23:01:00Z");
    world_.must("case.refuse", refuses(), lead_);
    EXPECT_EQ(to_do(), "");
    EXPECT_EQ(text_of(last_finding(world_.tx(), case_, "refused"), "answer_by"), "2026-11-19");
}

/// Two who write a hearing and leave it in the drawer have heard nobody (VwVfG § 28).
TEST_F(CaseEndings, WhoNeverGotTheLetterWasNotSilent) {
    submit();
    world_.must("case.hear", hears(), lead_);
    world_.at = *parse_timestamp("2026-11-19T23:01:00Z");
    EXPECT_EQ(world_.refusal("case.refuse", refuses(), lead_), "case_not_heard");
    send_hearing();  // when its day has passed
    EXPECT_EQ(world_.refusal("case.refuse", refuses(), lead_), "case_not_heard");
    world_.at = *parse_timestamp("2026-11-20T08:00:00Z");
    auto later = hears();
    later["answer_by"] = "2026-12-03";
    world_.must("case.hear", std::move(later), lead_);
    world_.at = *parse_timestamp("2026-12-03T23:01:00Z");
    EXPECT_EQ(world_.refusal("case.refuse", refuses(), lead_), "case_not_heard") << "that was another letter";
}

/// VwVfG § 31 Abs. 3. The 21st is a Saturday; the week after Christmas Eve 2026 begins on a Monday.
TEST_F(CaseEndings, TheLastDayOfAHearingIsAWorkingDay) {
    submit();
    for (const auto& [named, holds] : {std::pair("2026-11-21", "2026-11-23"),
                                       {"2026-11-23", "2026-11-23"},
                                       {"2026-12-25", "2026-12-28"}}) {
        auto until = hears();
        until["answer_by"] = named;
        world_.must("case.hear", std::move(until), lead_);
        EXPECT_EQ(to_do(), std::string("hearing_answer ") + holds + ";");
        EXPECT_EQ(text_of(last_finding(world_.tx(), case_, "hearing", "waiting"), "answer_by"), holds);
    }
    send_hearing();
    world_.at = *parse_timestamp("2026-12-28T22:59:00Z");
    EXPECT_EQ(world_.refusal("case.refuse", refuses(), lead_), "case_hearing_open");
    world_.at = *parse_timestamp("2026-12-28T23:01:00Z");
    world_.must("case.refuse", refuses(), lead_);
}

/// Which means of appeal there are is the law of the Land, and nothing the program guesses.
TEST_F(CaseEndings, WithoutMeansOfAppealNothingIsRefused) {
    submit();
    world_.scope().tenant.ags = "01001000";
    const auto task = text_of(world_.must("case.hear", hears(), lead_), "task_id");
    world_.must("task.close", {{"task_id", task}, {"result", "nein"}});
    EXPECT_EQ(world_.refusal("case.refuse", refuses(), lead_), "case_no_appeal");
}

TEST(CaseEndingsAtANode, NeedTheHub) {
    KernelWorld node(Side::node);
    const auto lead = Actor{"00000000000000000000000KAD", "Lotte Leitung", permissions_of({"team_lead"})};
    const json::object one{{"case_id", "01ARZ3NDEKTSV4RRFFQ69G5FAV"}};
    for (const auto* command : {"case.wait", "case.end_not_competent", "case.hear", "case.refuse"})
        EXPECT_EQ(node.refusal(command, one, lead), "needs_hub") << command;
}

}  // namespace
}  // namespace wa
