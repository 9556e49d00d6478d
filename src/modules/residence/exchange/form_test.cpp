// The prefilled form: asked for, compared, forgotten.
#include "kernel/journal.hpp"
#include "modules/residence/exchange/form_differences.hpp"
#include "modules/residence/exchange/world.hpp"

namespace wa {
namespace {

json::object draft() {
    return {{"persons", json::array{json::object{{"family_role", "head"},
                                                 {"person", json::object{{"family_name", "Übelacker"},
                                                                         {"given_names", "Jörg"},
                                                                         {"birth_date", "1988-03-09"},
                                                                         {"marital_status", "LD"}}}}}},
            {"previous_kind", "germany"},
            {"previous_dwelling", json::object{{"ags", "99001002"},
                                               {"postcode", "99102"},
                                               {"city", "Musterstedt"},
                                               {"street", "Alte Gasse"},
                                               {"house_no", 3}}}};
}

struct Form : testing::Test {
    explicit Form(Side side = Side::hub) : world(side) {}
    ExchangeWorld world;
    std::string case_id;

    std::string open(json::object said = draft()) {
        case_id = text_of(world.must("case.open", {{"procedure", "residence.registration"},
                                                   {"channel", "counter"},
                                                   {"title", "Anmeldung"}}),
                          "case_id");
        world.must("draft.save", {{"case_id", case_id}, {"form", std::move(said)}});
        return case_id;
    }
    json::object ask() { return world.must("residence.request_form", {{"case_id", case_id}}); }
    json::object seen() {
        const auto answer = world.ask("residence.received_form", {{"case_id", case_id}});
        EXPECT_TRUE(answer);
        return answer ? *answer : json::object{};
    }
    std::string state() { return text_of(seen(), "state"); }
    static json::object hit() {
        return {{"result", "hit"},
                {"persons", json::array{json::object{{"family_role", "head"},
                                                     {"person", json::object{{"family_name", "Übelacker"},
                                                                             {"given_names", "Jörg Søren"},
                                                                             {"birth_date", "1988-03-09"},
                                                                             {"birth_place", "Musterstedt"},
                                                                             {"sex", "m"},
                                                                             {"religion", "rk"},
                                                                             {"marital_status", "LD"}}}}}},
                {"dwelling", json::object{{"ags", "99001002"},
                                          {"street_key", "00101"},
                                          {"street", "Alte Gasse"},
                                          {"house_no", 3},
                                          {"house_letter", "a"}}},
                {"dwelling_status", "E"}};
    }
};

TEST_F(Form, IsAskedAtOnceWithWhatThePersonSaid) {
    EXPECT_EQ(
        text_of(world.must("case.open",
                           {{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "x"}}),
                "number")
            .empty(),
        false);
    open();
    EXPECT_EQ(state(), "none");
    EXPECT_EQ(text_of(ask(), "state"), "asked");
    const auto row = world.rows("SELECT * FROM outbox");
    ASSERT_EQ(row.size(), 1u);
    EXPECT_EQ(row[0].text("recipient"), "Meldebehörde 99001002");
    EXPECT_EQ(row[0].integer("interactive"), 1);
    EXPECT_EQ(row[0].text("due_on"), "2026-11-05");
    EXPECT_EQ(row[0].text("state"), "due") << row[0].text("problem");
    const auto said = world.payload("vms_request");
    EXPECT_EQ(text_of(object_of(said, "person"), "given_names"), "Jörg");
    EXPECT_FALSE(object_of(said, "person").contains("marital_status"));
    EXPECT_EQ(state(), "asked");
    world.at.ms += 21'000;
    EXPECT_EQ(state(), "silent");
}

TEST_F(Form, ShowsWhereItDiffersFromWhatWasSaid) {
    open();
    ask();
    world.hand_over_all();
    EXPECT_EQ(world.receive("vms_response", hit(), world.message_id("vms_request")), "done")
        << world.code() << world.details();
    const auto answer = seen();
    EXPECT_EQ(text_of(answer, "state"), "hit");
    std::map<std::string, json::object> by_path;
    for (const auto& entry : array_of(answer, "differences"))
        by_path[text_of(entry.as_object(), "path")] = entry.as_object();
    ASSERT_EQ(by_path.count("persons.0.person.given_names"), 1u);
    EXPECT_EQ(text_of(by_path["persons.0.person.given_names"], "said"), "Jörg");
    EXPECT_EQ(text_of(by_path["persons.0.person.given_names"], "received"), "Jörg Søren");
    EXPECT_TRUE(by_path["persons.0.person.religion"].at("said").is_null());
    EXPECT_EQ(text_of(by_path["persons.0.person.religion"], "received_text"), "römisch-katholisch");
    EXPECT_EQ(text_of(by_path["previous_dwelling.house_letter"], "received"), "a");
    // 00101 is the other municipality's key; ours of that number is another street.
    EXPECT_EQ(by_path.count("previous_dwelling.street_key"), 0u);
    EXPECT_EQ(by_path.count("persons.0.person.family_name"), 0u);
    EXPECT_EQ(by_path.count("persons.0.person.marital_status"), 0u);
    EXPECT_EQ(world.value("SELECT result FROM retrieval_log"), "hit");
    EXPECT_EQ(world.value("SELECT erase_after FROM retrieval_log"), "2027-11-05");
}

TEST_F(Form, WhatOnlyOneSideSaysDiffersToo) {
    auto said = draft();
    said["persons"].as_array()[0].as_object()["person"].as_object()["artist_name"] = "Jörn Wind";
    said["previous_moved_out"] = "2026-10-26";
    open(std::move(said));
    ask();
    world.hand_over_all();
    auto form = hit();
    form["departed_on"] = "2026-06-30";
    form["persons"].as_array().push_back(
        json::object{{"family_role", "spouse"},
                     {"person", json::object{{"family_name", "Bleibt"}, {"birth_date", "1990-01-01"}}}});
    form["other_dwellings"] = json::array{
        json::object{
            {"dwelling",
             json::object{
                 {"ags", "99001002"}, {"street_key", "00109"}, {"street", "Deichstraße"}, {"house_no", 18}}},
            {"dwelling_status", "N"},
            {"moved_in", "2020-02-01"}},
        // The one they come from is no further one.
        json::object{
            {"dwelling", json::object{{"ags", "99001002"}, {"street", "Alte Gasse"}, {"house_no", 3}}},
            {"dwelling_status", "E"}}};
    EXPECT_EQ(world.receive("vms_response", form, world.message_id("vms_request")), "done")
        << world.code() << world.details();
    const auto answer = seen();
    std::map<std::string, json::object> by_path;
    for (const auto& entry : array_of(answer, "differences"))
        by_path[text_of(entry.as_object(), "path")] = entry.as_object();
    ASSERT_EQ(by_path.count("persons.0.person.artist_name"), 1u);
    EXPECT_TRUE(by_path["persons.0.person.artist_name"].at("received").is_null());
    EXPECT_EQ(text_of(by_path["previous_moved_out"], "received_text"), "30.6.2026");
    EXPECT_EQ(text_of(by_path["previous_moved_out"], "said_text"), "26.10.2026");
    // Accepted, it stands in the form as the form asks for it; their key of the street stays theirs.
    EXPECT_EQ(
        json::serialize(by_path["other_dwellings"].at("received")),
        R"([{"dwelling":{"ags":"99001002","street":"Deichstraße","house_no":18},"moved_in":"2020-02-01"}])");
    EXPECT_EQ(text_of(by_path["other_dwellings"], "received_text"), "Deichstraße 18");
    // Who does not move along is nobody's difference.
    EXPECT_EQ(by_path.count("persons.1.person.family_name"), 0u);
}

/// A signed registration upon a prefilled form that says the given names otherwise.
struct FormSigned : Form {
    std::string prepared(json::array decided, const char* received = "Anna", json::object also = {}) {
        case_id = text_of(world.must("case.open", {{"procedure", "residence.registration"},
                                                   {"channel", "counter"},
                                                   {"title", "Anmeldung"}}),
                          "case_id");
        auto form = test_form();
        world.must("draft.save", {{"case_id", case_id}, {"form", form}});
        ask();
        world.hand_over_all();
        auto person = object_of(array_of(form, "persons").at(0).as_object(), "person");
        json::object theirs;
        for (const auto* name : {"family_name", "birth_name", "rufname_index", "birth_date", "birth_place",
                                 "birth_country", "sex", "nationalities", "religion", "marital_status",
                                 "marital_status_since", "artist_name", "religious_name", "doctorate"})
            if (const auto* value = person.if_contains(name)) theirs[name] = *value;
        theirs["given_names"] = received;
        for (const auto& member : also) theirs[member.key()] = member.value();
        EXPECT_EQ(world.receive("vms_response",
                                {{"result", "hit"},
                                 {"persons", json::array{json::object{{"family_role", "head"},
                                                                      {"person", std::move(theirs)}}}}},
                                world.message_id("vms_request")),
                  "done")
            << world.code() << world.details();
        if (!decided.empty()) {
            form["vms_received_at"] = "2026-11-05T07:30:00Z";
            form["vms_differences"] = std::move(decided);
        }
        sign_and_check(world, case_id, std::move(form), world.clerk);
        return finding("state");
    }
    std::string finding(const char* column) {
        return world.value(std::string("SELECT ") + column +
                           " FROM case_finding WHERE code = 'residence.form_differences'");
    }
    static json::object decision(const char* what, const char* said) {
        return {{"path", "persons.0.person.given_names"}, {"said", said}, {"decision", what}};
    }
    std::string booking() { return world.run("residence.book", {{"case_id", case_id}}).problem.code; }
};

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

TEST_F(Form, NotUniqueIsAskedAgainWithTheBirthName) {
    open();
    ask();
    world.hand_over_all();
    world.receive("vms_response", {{"result", "not_unique"}}, world.message_id("vms_request"));
    EXPECT_EQ(state(), "not_unique");
    world.at.ms += 1000;
    world.must("residence.request_form", {{"case_id", case_id}, {"birth_name", "Ehrlich"}});
    EXPECT_EQ(text_of(object_of(world.payload("vms_request"), "person"), "birth_name"), "Ehrlich");
    EXPECT_EQ(state(), "asked");
}

TEST_F(Form, NeedsACompleteKeyAndAFormerMunicipality) {
    auto said = draft();
    said["persons"].as_array()[0].as_object()["person"].as_object().erase("birth_date");
    open(said);
    const auto refused = world.run("residence.request_form", {{"case_id", case_id}});
    EXPECT_EQ(refused.problem.code, "residence.retrieval_key_incomplete");
    EXPECT_EQ(json::serialize(refused.problem.details), R"({"fields":["birth_date"]})");
    said = draft();
    said["previous_kind"] = "abroad";
    open(said);
    EXPECT_EQ(world.run("residence.request_form", {{"case_id", case_id}}).problem.code,
              "residence.no_previous_dwelling");
    said = draft();
    said["previous_dwelling"].as_object()["ags"] = "99001001";
    open(said);
    EXPECT_EQ(world.run("residence.request_form", {{"case_id", case_id}}).problem.code,
              "residence.no_previous_dwelling");
}

TEST_F(Form, IsForgottenWithTheCaseTheLogAfterAYear) {
    open();
    ask();
    world.hand_over_all();
    world.receive("vms_response", hit(), world.message_id("vms_request"));
    auto erased = world.must("residence.forget_forms", {}, system_actor());
    EXPECT_EQ(integer_of(erased, "forms"), 0);
    world.must("case.withdraw", {{"case_id", case_id}, {"reason", "doch nicht"}});
    erased = world.must("residence.forget_forms", {}, system_actor());
    EXPECT_EQ(integer_of(erased, "forms"), 1);
    EXPECT_EQ(integer_of(erased, "log_entries"), 0);
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM received_form"), 0);
    world.at = *parse_timestamp("2027-11-06T08:00:00Z");
    EXPECT_EQ(integer_of(world.must("residence.forget_forms", {}, system_actor()), "log_entries"), 1);
}

/// An answer may come after the case, and say that there is a block.
TEST_F(Form, ARequestThatNobodyAnswersIsGivenUpAfterAYear) {
    open();
    ask();
    world.hand_over_all();
    world.must("case.withdraw", {{"case_id", case_id}, {"reason", "doch nicht"}});
    const auto forgotten = [&] {
        return integer_of(world.must("residence.forget_forms", {}, system_actor()), "forms");
    };
    EXPECT_EQ(forgotten(), 0);
    world.at = *parse_timestamp("2027-11-05T08:00:00Z");
    EXPECT_EQ(forgotten(), 0);
    world.at = *parse_timestamp("2027-11-06T08:00:00Z");
    EXPECT_EQ(forgotten(), 1);
}

TEST(Forgetting, DataOfAnIdentityDocumentEndFiveYearsAfterIt) {
    ExchangeWorld world;
    const auto paper = [](const char* serial, const char* until) {
        return json::object{{"doc_type", "PA"}, {"serial", serial}, {"valid_until", until}};
    };
    world.import_person({{"family_name", "Muster"},
                         {"given_names", "Anna"},
                         {"documents", json::array{paper("L1", "2021-11-04"), paper("L2", "2021-11-05"),
                                                   paper("L3", "2030-01-01"), paper("L4", "")}}});
    const auto kept = [&] {
        return world.value(
            "SELECT GROUP_CONCAT(serial) FROM (SELECT serial FROM person_document ORDER BY serial)");
    };
    EXPECT_EQ(integer_of(world.must("residence.forget_forms", {}, system_actor()), "documents"), 1);
    EXPECT_EQ(kept(), "L2,L3,L4");
    world.at.ms += 86'400'000;
    world.must("residence.forget_forms", {}, system_actor());
    EXPECT_EQ(kept(), "L3,L4");
    auto tx = world.store().begin_read();
    EXPECT_TRUE(
        verify_journal(*tx, world.scope().digest_key, test_registry().journalled_tables()).faults.empty());
}

struct FormAtAKoffer : Form {
    FormAtAKoffer() : Form(Side::node) {}
};

TEST_F(FormAtAKoffer, IsRecordedAndAskedWhenTheHubHasIt) {
    ExchangeWorld hub;
    // The case is on both sides under one number.
    const auto opened =
        hub.must("case.open",
                 {{"procedure", "residence.registration"}, {"channel", "koffer"}, {"title", "Anmeldung"}});
    case_id = text_of(opened, "case_id");
    world.change([&](Transaction& tx) {
        write_row_verbatim(tx, "case_file",
                           row_from_json(row_to_json(hub.rows("SELECT * FROM case_file")[0])));
    });
    world.must("draft.save", {{"case_id", case_id}, {"form", draft()}});
    world.at.ms += 60'000;
    auto request = world.request("residence.request_form", {{"case_id", case_id}}, world.clerk);
    const auto done = world.run(request);
    ASSERT_EQ(done.outcome, Outcome::done) << done.problem.code;
    EXPECT_EQ(text_of(done.answer, "state"), "recorded");
    EXPECT_EQ(state(), "recorded");
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox"), 0);
    // The hub has no draft: the key travels with the command.
    request.payload = done.payload;
    request.replayed = true;
    const auto replayed = hub.run(request);
    ASSERT_EQ(replayed.outcome, Outcome::done) << replayed.problem.code;
    EXPECT_EQ(hub.count("SELECT COUNT(*) FROM outbox WHERE message_type = 'vms_request' AND state = 'due'"),
              1);
    EXPECT_EQ(hub.value("SELECT message_id FROM received_form"),
              world.value("SELECT message_id FROM received_form"));
    EXPECT_EQ(hub.value("SELECT message_id FROM received_form"), hub.message_id("vms_request"));
}

}  // namespace
}  // namespace wa
