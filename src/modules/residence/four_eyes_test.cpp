// Four eyes (handbook § 1.5, P01 step 6): who had a hand in a case is not the second person for it.
#include "modules/residence/exchange/world.hpp"

namespace wa {
namespace {

/// A case that is taken by the clerk except for one step, which the lead does.
class FourEyes : public ::testing::TestWithParam<const char*> {
  public:
    std::string prepared(const json::object& form) {
        const auto id = text_of(world.must("case.open", {{"procedure", "residence.registration"},
                                                         {"channel", "counter"},
                                                         {"title", "Anmeldung"}}),
                                "case_id");
        sign(id, form);
        if (by_lead("case.reopen")) {
            world.must("case.reopen", {{"case_id", id}, {"reason", "falscher Tag"}}, world.lead);
            sign(id, form);
        }
        world.must("case.precheck", {{"case_id", id}}, who("case.precheck"));
        return id;
    }
    ExchangeWorld world;

  private:
    bool by_lead(std::string_view step) const { return step == GetParam(); }
    const Actor& who(std::string_view step) const { return by_lead(step) ? world.lead : world.clerk; }
    void sign(const std::string& id, const json::object& form) {
        const auto submitted =
            world.must("case.submit", {{"case_id", id}, {"form", form}}, who("case.submit"));
        world.must("case.sign",
                   {{"case_id", id},
                    {"form_hash", text_of(submitted, "form_hash")},
                    {"signer", signer_of(form)},
                    {"method", "pad"},
                    {"signature", std::string(64, '5')}},
                   who("case.sign"));
    }
};

/// Who only looked (the check is the program's) may still release it.
const char* if_worked_on(std::string_view step, const char* problem) {
    return step == "case.precheck" ? "" : problem;
}

TEST_P(FourEyes, OfABooking) {
    auto form = test_form();
    form["moved_in"] = "2026-04-01";
    const auto id = prepared(form);
    const json::object book{{"case_id", id},
                            {"overrides", json::array{json::object{{"finding", "residence.back_dating"},
                                                                   {"reason", "Mietvertrag"}}}}};
    EXPECT_EQ(world.run(world.request("residence.book", book, world.lead)).problem.code,
              if_worked_on(GetParam(), "residence.needs_second_person"));
    // What was released names in the journal whose work it was.
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM journal_subject WHERE subject_type = 'second_person' AND "
                          "subject_id = $id",
                          {{"id", world.clerk.user_id}}),
              GetParam() == std::string_view("case.precheck") ? "1" : "0");
}

TEST_P(FourEyes, OfADisputedMainDwelling) {
    world.must("residence.book", {{"case_id", prepared(test_form())}});
    world.hand_over_all();
    world.receive("auswertung", {{"result", "contradiction"}}, world.message_id("rueckmeldung"));
    const json::object settle{{"inbox_id", world.value("SELECT id FROM inbox WHERE state = 'open'")},
                              {"choice", "close"},
                              {"note", "geklärt"}};
    EXPECT_EQ(world.run(world.request("inbox.settle", settle, world.lead)).problem.code,
              if_worked_on(GetParam(), "message.needs_second_person"));
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM journal_subject WHERE subject_type = 'second_person'"),
              GetParam() == std::string_view("case.precheck") ? "1" : "0");
}

INSTANTIATE_TEST_SUITE_P(WhoDidThisStep, FourEyes,
                         ::testing::Values("case.submit", "case.sign", "case.reopen", "case.precheck"));

}  // namespace
}  // namespace wa
