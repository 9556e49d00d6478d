// The prefilled form: asked for, compared, forgotten.
#include "kernel/journal.hpp"
#include "modules/residence/exchange/testing_form.hpp"

namespace wa::prefilled {
namespace {

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
    request.payload = done.prepared.value();
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
}  // namespace wa::prefilled
