// A registration is signed upon a prefilled form: what it differs in, and the tax number it brings.
#include "modules/residence/exchange/form_differences.hpp"
#include "modules/residence/exchange/testing_form.hpp"

namespace wa::prefilled {
namespace {

TEST_F(FormSigned, IsHeldUpByWhatThePersonHasNotDecided) {
    EXPECT_EQ(prepared({}), "blocking");
    EXPECT_EQ(finding("details"),
              R"({"fields":[{"path":"persons.0.person.given_names","label":"Vornamen"}]})");
    EXPECT_EQ(booking(), "residence.findings_open");
}

TEST_F(FormSigned, IsBookedWhenThePersonHasCorrectedIt) {
    EXPECT_EQ(prepared({decision("corrected", "Anna Maria")}), "ok") << finding("details");
    EXPECT_EQ(booking(), "");
}

TEST_F(FormSigned, ADecisionAboutSomethingElseSaidIsNone) {
    EXPECT_EQ(prepared({decision("corrected", "Annemarie")}), "blocking");
}

TEST_F(FormSigned, WhatWasAcceptedStandsInTheForm) {
    EXPECT_EQ(prepared({decision("accepted", "Anna Maria")}), "blocking");
}

TEST_F(FormSigned, WhatTheFormDoesNotAskNeedsNoWord) {
    // Single, the person says; since when the widowhood there began is then not asked.
    const json::object single{
        {"path", "persons.0.person.marital_status"}, {"said", "ledig"}, {"decision", "corrected"}};
    EXPECT_EQ(
        prepared({single}, "Anna Maria", {{"marital_status", "VW"}, {"marital_status_since", "2010-05-01"}}),
        "ok")
        << finding("details");
}

TEST_F(FormSigned, WhatIsAsPrefilledNeedsNoWord) {
    EXPECT_EQ(prepared({}, "Anna Maria"), "ok") << finding("details");
}

/// AO § 139b: the number comes from the office before, and nobody asks for another one.
TEST_F(FormSigned, ItsTaxNumberEntersTheRegister) {
    EXPECT_EQ(prepared({}, "Anna Maria", {{"tax_id", "02476291358"}}), "ok") << finding("details");
    EXPECT_EQ(booking(), "");
    EXPECT_EQ(world.value("SELECT tax_id FROM person"), "02476291358");
    EXPECT_EQ(text_of(object_of(world.payload("bzst_address"), "person"), "tax_id"), "02476291358");
    EXPECT_EQ(world.message_id("bzst_number_request"), "");
}

/// Other names than the form's: whose number it is nobody can say. The Bundeszentralamt is asked, and
/// answers.
TEST_F(FormSigned, ATaxNumberOfSomebodyElseDoesNot) {
    EXPECT_EQ(prepared({decision("corrected", "Anna Maria")}, "Annemarie", {{"tax_id", "02476291358"}}), "ok")
        << finding("details");
    EXPECT_EQ(booking(), "");
    EXPECT_EQ(world.value("SELECT tax_id FROM person"), "");
    world.hand_over_all();
    const auto request = world.message_id("bzst_number_request");
    EXPECT_EQ(world.receive("bzst_number", {{"tax_id", "12345678901"}}, request, "BZSt"), "rejected");
    EXPECT_EQ(world.receive("bzst_number", {{"tax_id", "12345678995"}}, "", "BZSt"), "rejected");
    EXPECT_EQ(world.receive("bzst_number", {{"tax_id", "12345678995"}}, request, "BZSt"), "done")
        << world.code() << world.details();
    EXPECT_EQ(world.value("SELECT tax_id FROM person"), "12345678995");
    EXPECT_EQ(world.value("SELECT source FROM person_history WHERE field = 'tax_id'"), "BZSt");
}

TEST_F(FormSigned, OfTwoTaxNumbersAClerkFindsOutTheRightOne) {
    const auto known = world.import_person(
        {{"family_name", "Müller-Lüdenscheidt"}, {"given_names", "Anna Maria"}, {"tax_id", "12345678995"}});
    prepared({}, "Anna Maria", {{"tax_id", "02476291358"}});
    world.must(
        "residence.book",
        {{"case_id", case_id}, {"persons", json::array{json::object{{"index", 0}, {"person_id", known}}}}});
    EXPECT_EQ(world.value("SELECT tax_id FROM person"), "12345678995");
    EXPECT_NE(world.value("SELECT note FROM task WHERE kind = 'data_differ'").find("Identifikationsnummer"),
              std::string::npos);
}

/// § 3 Abs. 1 Nr. 17a: of those who are not German.
TEST(FormDifferences, TheAzrNumberIsCompared) {
    TestWorld world;
    const auto differ = [&](const char* nationality, const char* said) {
        auto form = test_form();
        person_of(form)["nationalities"] = json::array{nationality};
        if (said[0]) mover_of(form)["azr_number"] = said;
        auto theirs = person_of(form);
        theirs["azr_number"] = "120345678901";
        const json::object received{{"persons", json::array{json::object{{"person", std::move(theirs)}}}}};
        return json::serialize(residence::form_differences(received, form, 0, *world.scope().reference,
                                                           local_date(world.at), true));
    };
    EXPECT_EQ(differ("163", "120345678901"), "[]");
    EXPECT_NE(differ("163", "").find(R"("path":"persons.0.azr_number","label":"AZR-Nummer")"),
              std::string::npos);
    EXPECT_EQ(differ("000", ""), "[]");
}

}  // namespace
}  // namespace wa::prefilled
