// A booking needs a signature that can be seen, and sometimes a second person.
#include "modules/residence/testing_booking.hpp"

namespace wa::booking {
namespace {

TEST(Booking, BackDatingTakesASecondPerson) {
    TestWorld world;
    auto form = test_form();
    form["moved_in"] = "2026-04-01";
    const auto case_id = prepared_case(world, std::move(form));
    EXPECT_EQ(world.run("residence.book", {{"case_id", case_id}}).problem.code, "residence.findings_open");
    const json::object with{{"case_id", case_id},
                            {"overrides", json::array{json::object{{"finding", "residence.back_dating"},
                                                                   {"reason", "Mietvertrag"}}}}};
    EXPECT_EQ(world.run("residence.book", with).problem.code, "residence.needs_second_person");
    world.must("residence.book", with, world.lead);
    EXPECT_EQ(world.value("SELECT note FROM case_finding WHERE code = 'override.residence.back_dating'"),
              "Mietvertrag");
}

/// Declared on the last day and booked later: it was in time (BMG § 17 Abs. 1), and nobody else is needed.
TEST(Booking, CountsFromTheDayOfTheDeclaration) {
    for (const auto* moved_in : {"2026-10-22", "2026-05-05"}) {
        TestWorld world;
        auto form = test_form();
        form["moved_in"] = moved_in;
        const auto case_id = prepared_case(world, std::move(form));
        const std::string of_deadline = "SELECT state FROM case_finding WHERE code = 'residence.deadline'";
        const auto before = world.value(of_deadline);
        world.at.ms += 3 * 86'400'000;
        world.must("case.precheck", {{"case_id", case_id}});
        EXPECT_EQ(world.value(of_deadline), before) << moved_in;
        const auto shown = world.ask("residence.findings", {{"case_id", case_id}});
        ASSERT_TRUE(shown);
        EXPECT_EQ(json::serialize(*shown).find("blocking"), std::string::npos) << moved_in;
        world.must("residence.book", {{"case_id", case_id}});
        EXPECT_EQ(world.value(of_deadline), before) << moved_in;
        EXPECT_EQ(world.value("SELECT registered_on FROM dwelling WHERE current = 1"), "2026-11-05");
    }
}

TEST(Booking, TheLeadCannotReleaseOwnWork) {
    TestWorld world;
    auto form = test_form();
    form["moved_in"] = "2026-04-01";
    const auto case_id = prepared_case(world, std::move(form), &world.lead);
    auto request = world.request(
        "residence.book",
        {{"case_id", case_id},
         {"overrides", json::array{json::object{{"finding", "residence.back_dating"}, {"reason", "x"}}}}},
        world.lead);
    EXPECT_EQ(world.run(std::move(request)).problem.code, "residence.needs_second_person");
}

/// What was signed with a pen can only be seen on the sheet; a sheet of an earlier form is none.
TEST(Booking, WhatWasSignedOnPaperNeedsTheSheet) {
    TestWorld world;
    const auto id = text_of(
        world.must("case.open",
                   {{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "Anmeldung"}}),
        "case_id");
    auto form = test_form();
    const auto submit = [&] {
        return text_of(world.must("case.submit", {{"case_id", id}, {"form", form}}), "form_hash");
    };
    submit();
    attach_sheet(world, id);
    form["new_dwelling"].as_object()["house_no"] = 7;
    const auto hash = submit();
    world.must("case.sign",
               {{"case_id", id}, {"form_hash", hash}, {"signer", signer_of(form)}, {"method", "paper"}});
    world.must("case.precheck", {{"case_id", id}});
    EXPECT_EQ(world.run("residence.book", {{"case_id", id}}).problem.code, "residence.signed_sheet_missing");
    EXPECT_EQ(world.value("SELECT state || ': ' || state_reason FROM case_document"),
              "voided: Die Angaben wurden danach geändert.");
    attach_sheet(world, id);
    world.must("residence.book", {{"case_id", id}});
}

/// The same form taken once more is the one on the sheet; opened again it is not.
TEST(Booking, ASheetHoldsAsLongAsItsForm) {
    TestWorld world;
    const auto id = text_of(
        world.must("case.open",
                   {{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "Anmeldung"}}),
        "case_id");
    const auto states = [&] { return world.value("SELECT group_concat(state) FROM case_document"); };
    const json::object submit{{"case_id", id}, {"form", test_form()}};
    const auto hash = text_of(world.must("case.submit", submit), "form_hash");
    attach_sheet(world, id);
    world.must("case.submit", submit);
    EXPECT_EQ(states(), "attached");
    world.must(
        "case.sign",
        {{"case_id", id}, {"form_hash", hash}, {"signer", signer_of(test_form())}, {"method", "paper"}});
    world.must("case.reopen", {{"case_id", id}, {"reason", "Hausnummer"}});
    EXPECT_EQ(states(), "voided");
}

TEST(Booking, ASignatureWithPartOfTheNameStandsWhenItArrivesAndIsRefusedWhereItIsGiven) {
    TestWorld world;
    const auto signed_as = [&](const char* signer, bool arrives) {
        const auto opened = world.must(
            "case.open",
            {{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "Anmeldung"}});
        const auto id = text_of(opened, "case_id");
        const auto hash =
            text_of(world.must("case.submit", {{"case_id", id}, {"form", test_form()}}), "form_hash");
        auto request = world.request(
            "case.sign", {{"case_id", id}, {"form_hash", hash}, {"signer", signer}, {"method", "paper"}},
            world.clerk);
        request.replayed = arrives;
        const auto result = world.run(std::move(request));
        return result.outcome == Outcome::done ? std::string("signed") : result.problem.code;
    };
    EXPECT_EQ(signed_as("Anna Müller", true), "signed");  // of Anna Maria Müller-Lüdenscheidt
    EXPECT_EQ(signed_as("Anna Müller", false), "residence.signer_not_entitled");
    EXPECT_EQ(signed_as("Karl Müller-Lüdenscheidt", true), "residence.signer_not_entitled");
}

}  // namespace
}  // namespace wa::booking
