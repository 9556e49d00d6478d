// Opening a case again and taking a document away from it.
#include "kernel/cases.hpp"

#include <map>

#include "kernel/kernel_test.hpp"

namespace wa {
namespace {

using testing::KernelWorld;

class Cases : public ::testing::Test {
  protected:
    Cases() {
        case_ = text_of(world_.must("case.open",
                                    {{"procedure", "test.move"}, {"channel", "counter"}, {"title", "Umzug"}}),
                        "case_id");
    }
    std::string submit(json::object form) {
        return text_of(world_.must("case.submit", {{"case_id", case_}, {"form", std::move(form)}}),
                       "form_hash");
    }
    json::object signing(const std::string& form_hash) {
        return {{"case_id", case_},
                {"form_hash", form_hash},
                {"signer", "Anna Muster"},
                {"method", "pad"},
                {"signature", std::string(64, 'a')}};
    }
    std::string attach(const char* kind) {
        return text_of(world_.must("case.attach", {{"case_id", case_},
                                                   {"kind", kind},
                                                   {"hash", std::string(64, 'b')},
                                                   {"title", "Mietvertrag"},
                                                   {"media_type", "image/png"},
                                                   {"size", 10}}),
                       "document_id");
    }
    std::string status() { return world_.row("case_file", case_)->text("status"); }
    json::object shown() { return world_.ask("case.get", {{"case_id", case_}}); }

    KernelWorld world_;
    std::string case_;
    const json::object form_{{"family_name", "Muster"}};
};

/// Transition: … legal basis (handbook 1.5). What only the handbook says is none.
TEST_F(Cases, TheJournalSaysWhichLawEachStepRestsOn) {
    submit(form_);
    world_.must("case.withdraw", {{"case_id", case_}, {"reason", "zieht doch nicht um"}});
    const auto auditor = Actor{"00000000000000000000000AVD", "Karin Prüf", permissions_of({"auditor"})};
    const auto answer = world_.ask("journal.list", {{"case_id", case_}}, auditor);
    ASSERT_TRUE(answer);
    std::map<std::string, std::string> laws;
    for (const auto& entry : array_of(*answer, "entries"))
        laws[text_of(entry.as_object(), "name")] = text_of(entry.as_object(), "law");
    EXPECT_EQ(laws.at("case.open"), "BMG § 17 Abs. 1");
    EXPECT_EQ(laws.at("case.submit"), "BMG § 23 Abs. 1");
    EXPECT_EQ(laws.at("case.withdraw"), "");
}

/// What was worked out before a command's turn is the same as what the writer would find, and is let go where
/// it was worked out for a case of another kind.
TEST_F(Cases, WhatWasWorkedOutBeforeHoldsOnlyForACaseAsItIs) {
    const Engine engine(testing::kernel_registry());
    const json::object lets{{"family_name", "Muster"}, {"lets", true}};
    const auto answer_of = [&](std::optional<CaseKind> believed) {
        world_.scope().known_cases = std::make_shared<KnownCases>();
        if (believed) world_.scope().known_cases->note(case_, *believed);
        const auto request =
            world_.request("case.submit", {{"case_id", case_}, {"form", lets}}, world_.clerk);
        EXPECT_EQ(engine.check(world_.scope(), request).foreseen != nullptr, believed.has_value());
        const auto done = world_.run(request);
        EXPECT_EQ(world_.scope().known_cases->find(case_), (CaseKind{"test.move", "counter"}));
        return done.answer;
    };
    const auto unknown = answer_of(std::nullopt);
    EXPECT_EQ(array_of(unknown, "evidence"), json::array{"lease"});
    EXPECT_EQ(answer_of(CaseKind{"test.move", "counter"}), unknown);
    EXPECT_EQ(answer_of(CaseKind{"test.move", "kiosk"}), unknown);
    const auto incomplete =
        world_.request("case.submit", {{"case_id", case_}, {"form", json::object{}}}, world_.clerk);
    EXPECT_NE(engine.check(world_.scope(), incomplete).foreseen, nullptr);
    EXPECT_TRUE(world_.run(incomplete).problem.is(problems::case_incomplete));
    EXPECT_TRUE(world_.verify().faults.empty());
}

/// A number is drawn for a case that is opened, and for no other.
TEST_F(Cases, WhatIsNotOpenedDrawsNoNumber) {
    const auto next = [&] {
        return world_.tx()
            .query({"test", "SELECT next_number FROM number_block WHERE kind = 'case'"})
            .front()
            .integer("next_number");
    };
    const auto before = next();
    EXPECT_EQ(
        world_.refusal("case.open", {{"procedure", "test.none"}, {"channel", "counter"}, {"title", "x"}}),
        problems::procedure_unknown.name);
    EXPECT_EQ(world_.refusal("case.open", {{"procedure", "test.move"},
                                           {"channel", "counter"},
                                           {"title", "x"},
                                           {"tour_id", world_.next_id()}}),
              "");  // no module here has tours
    EXPECT_EQ(next(), before + 1);
}

/// Its clock was hours ahead and was put right: what is typed now is newer all the same.
TEST_F(Cases, ADraftIsStampedBehindWhatItReplaces) {
    const auto saved = [&] {
        world_.must("draft.save", {{"case_id", case_}, {"form", form_}});
        return world_.tx().query({"test", "SELECT saved_at_ms FROM draft"}).front().integer("saved_at_ms");
    };
    const auto right = world_.at;
    world_.at.ms += 5 * 3'600'000;
    const auto first = saved();
    EXPECT_EQ(first, world_.at.ms);
    world_.at = right;
    EXPECT_EQ(saved(), first + 1);
    world_.at.ms += 6 * 3'600'000;
    const auto hash = submit(form_);
    const auto submitted = world_.at.ms;
    world_.at = right;
    EXPECT_EQ(saved(), submitted + 1);
    attach("lease");
    submit(form_);
    world_.must("case.sign", signing(hash));
    world_.at.ms += 7 * 3'600'000;
    world_.must("case.reopen", {{"case_id", case_}, {"reason", "Hausnummer falsch"}});
    const auto reopened = world_.at.ms;
    world_.at = right;
    EXPECT_EQ(saved(), reopened + 1);
}

TEST_F(Cases, AReopenedCaseMustBeSubmittedAndSignedAgain) {
    const auto lease = attach("lease");
    const auto hash = submit(form_);
    world_.must("case.sign", signing(hash));
    world_.must("case.precheck", {{"case_id", case_}});
    world_.must("case.reopen", {{"case_id", case_}, {"reason", "Hausnummer falsch"}});

    EXPECT_EQ(status(), "captured");
    const auto row = *world_.row("case_file", case_);
    EXPECT_TRUE(row.is_null("signed_hash"));
    EXPECT_EQ(row.text("form"), canonical_json(form_));  // what was declared is still there
    EXPECT_EQ(world_.refusal("case.sign", signing(hash)), "case_not_submitted");
    EXPECT_EQ(world_.refusal("case.precheck", {{"case_id", case_}}), "case_not_signed");
    EXPECT_EQ(world_.refusal("case.issue_receipt", {{"case_id", case_}}), "case_not_signed");

    const auto again = submit({{"family_name", "Mustermann"}});
    EXPECT_EQ(world_.refusal("case.sign", signing(hash)), "case_changed_since_signed");
    world_.must("case.sign", signing(again));
    EXPECT_EQ(status(), "signed");
    EXPECT_TRUE(world_.verify().faults.empty());
}

TEST_F(Cases, IsFoundByItsNumberAndByThatOfItsReceipt) {
    attach("lease");
    world_.must("case.sign", signing(submit(form_)));
    const auto number = world_.row("case_file", case_)->text("number");
    const auto receipt = text_of(world_.must("case.issue_receipt", {{"case_id", case_}}), "number");
    EXPECT_EQ(receipt, "Z-Q000001");
    const auto found = [&](const std::string& asked) {
        std::string all;
        const auto answer = world_.ask("case.list", {{"number", asked}});
        for (const auto& row : array_of(answer, "cases"))
            all += text_of(row.as_object(), "number") + " " + text_of(row.as_object(), "found_by") + ";";
        return all;
    };
    EXPECT_EQ(found(number), number + " number;");
    EXPECT_EQ(found(receipt), number + " receipt;");
    for (const auto* none : {"Z-Q000002", "Z-Q00000", "Z-Q0000011", "%", "Z-Q000001\""})
        EXPECT_EQ(found(none), "");
    // A receipt of before has a number like that of a case: both are named, and the paper tells which it is.
    const auto other =
        world_.must("case.open", {{"procedure", "test.move"}, {"channel", "counter"}, {"title", "X"}});
    const auto same = text_of(other, "number");
    world_.tx().execute({"t", "UPDATE case_finding SET details = $details WHERE code = 'receipt'"},
                        {{"details", "{\"number\":\"" + same + "\",\"at\":\"2026\"}"}});
    EXPECT_EQ(found(same), same + " number;" + number + " receipt;");
}

/// Asked of every case that a Koffer brings, among the blocks of all Koffer that there ever were.
TEST_F(Cases, TheBlockOfANumberIsFoundByAnIndex) {
    const std::string plan = "EXPLAIN QUERY PLAN " + std::string(sql::kernel::block_of_number.text);
    const auto rows = world_.tx().query(
        {"plan", plan},
        {{"kind", std::string("case")}, {"series", std::string("Z")}, {"number", std::int64_t(1)}});
    ASSERT_EQ(rows.size(), 1u);  // and nothing is sorted
    EXPECT_NE(rows.front().text("detail").find("number_block_series"), std::string::npos)
        << rows.front().text("detail");
}

/// Asked with every case that is opened.
TEST_F(Cases, TheBlockOfTheNextNumberIsFoundByAnIndexWithoutSorting) {
    const std::string plan = "EXPLAIN QUERY PLAN " + std::string(sql::kernel::open_blocks.text);
    const auto rows =
        world_.tx().query({"plan", plan}, {{"kind", std::string("case")}, {"holder", std::string("hub")}});
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_NE(rows.front().text("detail").find("number_block_holder"), std::string::npos)
        << rows.front().text("detail");
}

TEST_F(Cases, TheVoidedSignatureStaysVisibleAndDocumentsRemain) {
    const auto lease = attach("lease");
    world_.must("case.sign", signing(submit(form_)));
    world_.must("case.reopen", {{"case_id", case_}, {"reason", "Hausnummer falsch"}});
    const auto view = shown();
    const auto& held = array_of(view, "documents");
    ASSERT_EQ(held.size(), 1u);
    EXPECT_EQ(text_of(held[0].as_object(), "id"), lease);
    const auto& removed = array_of(view, "documents_removed");
    ASSERT_EQ(removed.size(), 1u);
    const auto& signature = removed[0].as_object();
    EXPECT_EQ(text_of(signature, "kind"), "signature");
    EXPECT_EQ(text_of(signature, "state"), "voided");
    EXPECT_EQ(text_of(signature, "state_reason"), "Hausnummer falsch");
    EXPECT_EQ(text_of(signature, "state_by"), world_.clerk.user_id);
    const auto& findings = array_of(view, "findings");
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(text_of(findings[0].as_object(), "code"), "reopened");
    EXPECT_EQ(text_of(object_of(findings[0].as_object(), "details"), "from"), "signed");
    // A second signature, a second opening: both stay.
    world_.must("case.sign", signing(submit(form_)));
    world_.must("case.reopen", {{"case_id", case_}, {"reason", "Datum falsch"}});
    EXPECT_EQ(array_of(shown(), "documents_removed").size(), 2u);
}

TEST_F(Cases, OnlyASignedCaseThatIsNotOverCanBeReopened) {
    const json::object reopen{{"case_id", case_}, {"reason", "falsch"}};
    EXPECT_EQ(world_.refusal("case.reopen", reopen), "case_not_signed");
    const auto hash = submit(form_);
    EXPECT_EQ(world_.refusal("case.reopen", reopen), "case_not_signed");
    world_.must("case.sign", signing(hash));
    EXPECT_EQ(world_.refusal("case.reopen", {{"case_id", case_}}), "payload_invalid");
    EXPECT_EQ(world_.refusal("case.reopen", reopen, {"", "Empfang", permissions_of({"reception"})}),
              "permission_denied");
    world_.must("case.withdraw", {{"case_id", case_}, {"reason", "zieht nicht um"}});
    EXPECT_EQ(world_.refusal("case.reopen", reopen), "case_wrong_status");
}

TEST_F(Cases, ADetachedDocumentIsNoEvidenceAnyMore) {
    const auto wrong = attach("lease");
    const auto hash = submit({{"family_name", "Muster"}, {"lets", true}});
    world_.must("case.detach", {{"case_id", case_}, {"document_id", wrong}, {"reason", "anderer Vorgang"}});
    EXPECT_EQ(world_.refusal("case.sign", signing(hash)), "case_evidence_missing");
    EXPECT_TRUE(array_of(shown(), "documents").empty());
    EXPECT_EQ(text_of(array_of(shown(), "documents_removed")[0].as_object(), "state"), "detached");
    attach("lease");  // the same paper may come back
    world_.must("case.sign", signing(hash));
    EXPECT_TRUE(world_.verify().faults.empty());
}

TEST_F(Cases, WhatCannotBeDetached) {
    const auto first = attach("lease");
    const auto detach = [&](const std::string& document) {
        return world_.refusal("case.detach",
                              {{"case_id", case_}, {"document_id", document}, {"reason", "falsch"}});
    };
    EXPECT_EQ(detach(world_.next_id()), "case_document_not_attached");
    EXPECT_EQ(world_.refusal("case.detach", {{"case_id", case_}, {"document_id", first}}), "payload_invalid");
    const auto other = text_of(
        world_.must("case.open", {{"procedure", "test.move"}, {"channel", "counter"}, {"title", "Zweiter"}}),
        "case_id");
    EXPECT_EQ(
        world_.refusal("case.detach", {{"case_id", other}, {"document_id", first}, {"reason", "falsch"}}),
        "case_document_not_attached");
    world_.must("case.sign", signing(submit(form_)));
    EXPECT_EQ(detach(first), "case_is_signed");
    world_.must("case.reopen", {{"case_id", case_}, {"reason", "falsches Papier"}});
    const auto voided = text_of(array_of(shown(), "documents_removed")[0].as_object(), "id");
    EXPECT_EQ(detach(voided), "case_document_not_attached");
    EXPECT_EQ(detach(first), "");
    EXPECT_EQ(detach(first), "case_document_not_attached");
    world_.must("case.withdraw", {{"case_id", case_}, {"reason", "zieht nicht um"}});
    EXPECT_EQ(detach(first), "case_wrong_status");
}

TEST_F(Cases, WhatWasSentByPostIsHandedOver) {
    world_.must("case.hand_over", {{"case_id", case_}, {"what", "confirmation"}, {"way", "post"}});
    EXPECT_EQ(
        world_.refusal("case.hand_over", {{"case_id", case_}, {"what", "confirmation"}, {"way", "pigeon"}}),
        "payload_invalid");
    const auto view = shown();
    const auto& finding = array_of(view, "findings")[0].as_object();
    EXPECT_EQ(text_of(finding, "code"), "handed_over.confirmation");
    EXPECT_EQ(text_of(object_of(finding, "details"), "way"), "post");
}

}  // namespace
}  // namespace wa
