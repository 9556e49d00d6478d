// What a booking tells others, their answers, and taking it back.
#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "kernel/journal.hpp"
#include "modules/residence/exchange/world.hpp"

namespace wa {
namespace {

std::string booked(ExchangeWorld& world, json::object form = test_form()) {
    const auto id = prepared_case(world, std::move(form));
    world.must("residence.book", {{"case_id", id}});
    return id;
}

/// Whose registration causes which messages besides those that everybody causes.
struct Whose {
    const char* who;
    std::function<void(json::object& form)> change;
    bool has_number;  ///< a tax number in the register
    std::set<std::string> more;
};

class EveryMessageOfABooking : public testing::TestWithParam<Whose> {
  protected:
    void book(const Whose& whose) {
        auto form = test_form();
        whose.change(form);
        const auto id = prepared_case(world, std::move(form));
        json::array persons;
        if (whose.has_number) persons.push_back(json::object{{"index", 0}, {"person_id", known()}});
        world.must("residence.book", {{"case_id", id}, {"persons", std::move(persons)}});
    }
    std::string known() {
        return world.import_person({{"family_name", "Müller-Lüdenscheidt"},
                                    {"given_names", "Anna Maria"},
                                    {"birth_date", "1962-04-03"},
                                    {"sex", "w"},
                                    {"tax_id", "02476291358"},
                                    {"status", "departed"}});
    }
    ExchangeWorld world;
};

TEST_P(EveryMessageOfABooking, KeepsToItsDeclaration) {
    book(GetParam());
    std::set<std::string> types;
    for (const auto& row : world.rows("SELECT message_type, state, problem, payload FROM outbox")) {
        types.insert(row.text("message_type"));
        EXPECT_EQ(row.text("state"), "due") << row.text("message_type") << " " << row.text("problem");
        const auto* spec = test_registry().message(row.text("message_type"));
        ASSERT_TRUE(spec);
        const auto faults =
            spec->fields.validate(parse_json(row.text("payload"))->as_object(),
                                  {local_date(world.at), "counter", world.scope().reference.get()});
        EXPECT_TRUE(faults.empty()) << row.text("message_type") << " " << faults.front().path;
    }
    std::set<std::string> expected{"rueckmeldung", "broadcast_moved", "waste_moved", "statistics_moved"};
    const auto& own = GetParam().more;
    expected.insert(own.begin(), own.end());
    EXPECT_EQ(types, expected);
}

/// Every copy of their address bears the mark, but what they get themselves (BMG § 51; handbook § 11).
TEST_P(EveryMessageOfABooking, TellsOfABlock) {
    auto whose = GetParam();
    whose.change = [change = whose.change](json::object& form) {
        change(form);
        for (auto& mover : form["persons"].as_array()) mover.as_object()["block_request"] = true;
    };
    book(whose);
    for (const auto& row : world.rows("SELECT message_type, payload FROM outbox")) {
        const auto parsed = parse_json(row.text("payload"));
        const auto& payload = parsed->as_object();
        const bool to_others = row.text("message_type") != "postbox_delivery";
        const bool whose_address =
            payload.contains("person") && (payload.contains("address") || payload.contains("new_dwelling"));
        EXPECT_EQ(flag_of(payload, "information_block"), whose_address && to_others)
            << row.text("message_type");
    }
}

/// So has every type that tells others somebody's address a place for the mark. None is needed where nobody
/// is named, where the address is the recipient's own to know, and in an answer about whom it is never given.
TEST(ExchangeMessages, WhatTellsAnAddressCanTellOfABlock) {
    const std::set<std::string> needs_none{"postbox_delivery", "vms_request", "vms_response", "waste_moved",
                                           "whereabouts_answer"};
    for (const auto& [name, spec] : test_registry().messages()) {
        const auto& fields = spec.fields.declaration();
        const auto any = [&](const char* member, const char* value) {
            return std::any_of(fields.begin(), fields.end(), [&](const json::value& field) {
                return text_of(field.as_object(), member) == value;
            });
        };
        if (!spec.outgoing || !any("block", "register_address") || needs_none.count(name)) continue;
        EXPECT_TRUE(any("name", "information_block")) << name;
    }
}

/// Nothing shows that a witness is protected (BMG § 53).
TEST(ExchangeMessages, OfAWitnessNothingIsMarked) {
    ExchangeWorld world;
    const auto witness = world.import_person({{"family_name", "Müller-Lüdenscheidt"},
                                              {"given_names", "Anna Maria"},
                                              {"birth_date", "1962-04-03"},
                                              {"status", "departed"},
                                              {"blocks", json::array{json::object{{"paragraph", "53"}}}}});
    const auto id = prepared_case(world, test_form(), &world.lead);
    json::array persons{json::object{{"index", 0}, {"person_id", witness}}};
    world.must("residence.book", {{"case_id", id}, {"persons", std::move(persons)}}, world.lead);
    EXPECT_NE(world.value("SELECT COUNT(*) FROM outbox"), "0");
    EXPECT_EQ(world.value("SELECT COUNT(*) FROM outbox WHERE payload LIKE '%information_block%'"), "0");
}

void married_elsewhere(json::object& form) {
    auto& person = person_of(form);
    person["marital_status"] = "VH";
    person["marital_status_since"] = "1990-05-12";
    person["spouse"] = json::object{{"family_name", "Müller-Lüdenscheidt"},
                                    {"given_names", "Otto"},
                                    {"birth_date", "1960-02-01"},
                                    {"same_dwelling", false},
                                    {"dwelling", json::object{{"ags", "99001002"},
                                                              {"postcode", "99102"},
                                                              {"city", "Musterstedt"},
                                                              {"street", "Alte Gasse"},
                                                              {"house_no", 3}}}};
}

void electronic(json::object& form) {
    form["delivery"] = "electronic";
    form["postbox"] = "bund-id-4711";
}

void secondary(json::object& form) {
    keep_previous(form, 4, 26);
}

INSTANTIATE_TEST_SUITE_P(
    ExchangeMessages, EveryMessageOfABooking,
    testing::Values(
        Whose{
            "electronic",
            electronic,
            false,
            {"bzst_number_request", "dsrv_address", "election_moved", "religion_moved", "postbox_delivery"}},
        Whose{"with_number",
              [](json::object&) {},
              true,
              {"bzst_address", "bzst_tax_data", "bzst_contact", "dsrv_address", "election_moved",
               "religion_moved"}},
        Whose{"spouse_elsewhere",
              married_elsewhere,
              false,
              {"bzst_number_request", "dsrv_address", "election_moved", "religion_moved", "spouse_change"}},
        // The tax register and the pension insurance keep the main address; votes are cast there.
        Whose{"secondary_dwelling", secondary, true, {"bzst_contact", "religion_moved"}},
        Whose{"family",
              [](json::object& form) { form = test_family(); },
              false,
              {"bzst_number_request", "dsrv_address", "election_moved", "religion_moved", "school_moved"}},
        Whose{"union_citizen",
              [](json::object& form) {
                  person_of(form)["nationalities"] = json::array{"152"};
                  person_of(form)["religion"] = "vd";
              },
              false,
              {"bzst_number_request", "dsrv_address", "election_moved", "foreigner_moved", "azr_address"}},
        Whose{"foreigner",
              [](json::object& form) {
                  person_of(form)["nationalities"] = json::array{"163"};
                  person_of(form)["religion"] = "vd";
              },
              false,
              {"bzst_number_request", "dsrv_address", "foreigner_moved", "azr_address"}}),
    [](const auto& one) { return std::string(one.param.who); });

/// Counted is who moves, never named.
TEST(ExchangeMessages, WhoCountsLearnsNoNames) {
    ExchangeWorld world;
    booked(world);
    const auto counted = world.payload("statistics_moved"), waste = world.payload("waste_moved");
    EXPECT_EQ(text_of(counted, "birth_year"), "1962");
    EXPECT_EQ(text_of(counted, "previous_ags"), "99001002");
    EXPECT_EQ(text_of(counted, "ags"), "99001001");
    EXPECT_EQ(integer_of(waste, "persons_moved_in"), 1);
    for (const auto* told : {&counted, &waste})
        for (const auto* never : {"Lüdenscheidt", "Anna", "1962-04-03"})
            EXPECT_EQ(json::serialize(*told).find(never), std::string::npos) << never;
    EXPECT_EQ(json::serialize(counted).find("street"), std::string::npos);
    EXPECT_EQ(world.value("SELECT person_id FROM outbox WHERE message_type = 'waste_moved'"), "");
}

/// Whoever owes the broadcasting fee is of age.
TEST(ExchangeMessages, OfChildrenTheBroadcastingServiceHearsNothing) {
    ExchangeWorld world;
    booked(world, test_family());
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE message_type = 'dsrv_address'"), 3);
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE message_type = 'broadcast_moved'"), 2);
}

/// The contact was when the Koffer was there, and not when its work is booked.
TEST(ExchangeMessages, TheMonthOfTheContactIsThatOfTheDeclaration) {
    ExchangeWorld world;
    world.at = *parse_timestamp("2026-10-30T09:00:00Z");
    const auto person = world.import_person({{"family_name", "Müller-Lüdenscheidt"},
                                             {"given_names", "Anna Maria"},
                                             {"birth_date", "1962-04-03"},
                                             {"tax_id", "02476291358"},
                                             {"status", "departed"}});
    const auto id = prepared_case(world, test_form());
    world.at = *parse_timestamp("2026-11-02T09:00:00Z");
    world.must(
        "residence.book",
        {{"case_id", id}, {"persons", json::array{json::object{{"index", 0}, {"person_id", person}}}}});
    EXPECT_EQ(text_of(world.payload("bzst_contact"), "month"), "2026-10");
}

/// The parents' flat is kept and the room given up, both in Musterstedt: one word about each.
TEST(ExchangeMessages, TwoDwellingsInOneMunicipalityAreToldOneByOne) {
    ExchangeWorld world;
    auto form = test_form();
    keep_previous(form, 20, 10);
    json::object room{{"ags", "99001002"},
                      {"postcode", "99102"},
                      {"city", "Musterstedt"},
                      {"street", "Deichstraße"},
                      {"house_no", 18}};
    form["other_dwellings"] = json::array{
        json::object{{"dwelling", std::move(room)}, {"moved_in", "2023-10-01"}, {"moved_out", "2026-10-26"}}};
    booked(world, std::move(form));
    std::map<std::string, bool> kept;
    for (const auto& row : world.rows("SELECT payload FROM outbox WHERE message_type = 'rueckmeldung'")) {
        const auto payload = parse_json(row.text("payload"));
        kept[text_of(object_of(payload->as_object(), "your_dwelling"), "street")] =
            flag_of(payload->as_object(), "your_dwelling_kept");
    }
    EXPECT_EQ(kept.size(), 2u);
    EXPECT_FALSE(kept["Deichstraße"]);
    // Both answers are awaited, in one finding about the office.
    world.hand_over_all();
    const auto state = [&] {
        return world.value("SELECT state FROM case_finding WHERE code = 'residence.auswertung.99001002'");
    };
    for (const auto& row : world.rows("SELECT id FROM outbox WHERE message_type = 'rueckmeldung'")) {
        EXPECT_EQ(state(), "waiting");
        world.receive("auswertung", {{"result", "taken"}}, row.text("id"));
    }
    EXPECT_EQ(state(), "done");
}

/// Land and municipality decide: where nothing demands it, nobody there learns anything.
TEST(ExchangeMessages, WithoutAStatuteTheyGetNothing) {
    ExchangeWorld world;
    world.scope().tenant.ags = "03355022";
    auto form = test_family();
    form["new_dwelling"] = test_dwelling("", "Am Sande", 5);
    form["new_dwelling"].as_object()["ags"] = "03355022";
    const json::object override{{"finding", "residence.street"}, {"reason", "Probe"}};
    world.must("residence.book",
               {{"case_id", prepared_case(world, std::move(form))}, {"overrides", json::array{override}}});
    EXPECT_GT(world.count("SELECT COUNT(*) FROM outbox WHERE message_type = 'broadcast_moved'"), 0);
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE message_type IN "
                          "('school_moved', 'waste_moved', 'statistics_moved', 'election_moved')"),
              0);
}

/// BMG § 6 Abs. 1: whoever got the datum learns the new one, and only they, and only that.
TEST(ExchangeMessages, ACorrectionIsToldToWhomTheDatumWasTold) {
    ExchangeWorld world;
    booked(world);
    world.hand_over_all();
    const auto person = world.value("SELECT person_id FROM outbox WHERE message_type = 'rueckmeldung'");
    const auto correct = [&](const char* field, const char* from, const char* to) {
        world.must("person.correct", {{"person_id", person},
                                      {"field", field},
                                      {"old_value", from},
                                      {"new_value", to},
                                      {"mode", "correction"},
                                      {"source", "Geburtsurkunde"}});
    };
    correct("birth_place", world.value("SELECT birth_place FROM person").c_str(), "Lüneburg");
    std::set<std::string> told;
    for (const auto& row : world.rows("SELECT * FROM outbox WHERE message_type = 'correction'")) {
        told.insert(row.text("recipient"));
        EXPECT_EQ(row.text("state"), "due") << row.text("problem");
        const auto payload = parse_json(row.text("payload"))->as_object();
        EXPECT_EQ(json::serialize(object_of(payload, "person")), R"({"birth_place":"Lüneburg"})");
        EXPECT_EQ(world.value("SELECT message_type FROM outbox WHERE id = $id",
                              {{"id", text_of(payload, "corrects")}}),
                  text_of(payload, "corrected_type"));
    }
    EXPECT_EQ(told, (std::set<std::string>{"Meldebehörde 99001002", "BZSt"}));
    // Who else had the name is told that; of religion nobody learns the new one.
    correct("family_name", "Müller-Lüdenscheidt", "Müller");
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE message_type = 'correction' AND recipient = "
                          "'Wahlamt 99001001'"),
              1);
    correct("religion", "ev", "rk");
    EXPECT_EQ(text_of(world.payload("correction"), "field"), "religion");
    EXPECT_FALSE(world.payload("correction").contains("person"));
    EXPECT_EQ(world.value("SELECT recipient FROM outbox WHERE payload LIKE '%\"religion\"%' AND "
                          "message_type = 'correction'"),
              "Religionsgesellschaft ev");
    correct("nationalities", R"(["000"])", R"(["000","163"])");
    EXPECT_EQ(json::serialize(object_of(world.payload("correction"), "person")),
              R"({"nationalities":["000","163"]})");
}

/// BMG § 6 Abs. 1: also when the new value comes with a registration. Whom this tells anyway is told once.
TEST(ExchangeMessages, WhatARegistrationChangesIsToldToWhomItWasTold) {
    ExchangeWorld world;
    booked(world);
    world.hand_over_all();
    world.at.ms += 60'000;
    auto form = test_form();
    form["previous_dwelling"] = form["new_dwelling"];
    form["new_dwelling"] = test_dwelling("00102", "Marktplatz", 7);
    person_of(form)["religion"] = "rk";
    person_of(form)["nationalities"] = json::array{"000", "163"};
    const auto again = prepared_case(world, std::move(form));
    world.must("residence.book",
               {{"case_id", again},
                {"persons", json::array{json::object{{"index", 0},
                                                     {"person_id", world.value("SELECT id FROM person")}}}}});
    std::set<std::string> told;
    for (const auto& row : world.rows("SELECT * FROM outbox WHERE message_type = 'correction'")) {
        told.insert(row.text("recipient"));
        EXPECT_EQ(row.text("state"), "due") << row.text("problem");
        EXPECT_EQ(row.text("case_id"), again);
    }
    EXPECT_EQ(told, std::set<std::string>{"Religionsgesellschaft ev"});
    const auto correction = world.payload("correction");
    EXPECT_EQ(text_of(correction, "field") + " " + text_of(correction, "kind"), "religion change");
    EXPECT_FALSE(correction.contains("person"));
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE recipient = 'Religionsgesellschaft rk'"), 1);
}

/// The exchange was offered it and has not answered: it may have arrived, so it is cancelled and revoked.
TEST(ExchangeMessages, WhatMayHaveArrivedIsRevoked) {
    ExchangeWorld world;
    const auto id = booked(world);
    const auto offered = world.message_id("rueckmeldung");
    world.must(
        "message.note_state",
        {{"message_id", offered}, {"state", "due"}, {"attempts", 1}, {"code", "message.exchange_down"}},
        system_actor());
    world.must("residence.revoke", {{"case_id", id}, {"reason", "falsche Person"}}, world.lead);
    EXPECT_EQ(text_of(world.payload("revocation"), "revokes"), offered);
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE message_type = 'revocation'"), 1);
    const auto state = [&](const std::string& type) {
        return world.value("SELECT state FROM outbox WHERE message_type = $type", {{"type", type}});
    };
    EXPECT_EQ(state("rueckmeldung"), "cancelled");
    EXPECT_EQ(state("dsrv_address"), "cancelled");
    EXPECT_EQ(state("revocation"), "due");
    EXPECT_EQ(world.value("SELECT answer_due_on FROM outbox WHERE message_type = 'rueckmeldung'"), "");
    // It had arrived indeed: its revocation tells them, and nobody has to.
    EXPECT_EQ(world.receive("exchange.receipt", {{"message_id", offered}, {"outcome", "acknowledged"}}),
              "done");
    EXPECT_EQ(state("rueckmeldung"), "acknowledged");
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM task WHERE kind = 'message_arrived'"), 0);
}

TEST(ExchangeMessages, AnotherOfficesCorrectionIsForAClerk) {
    ExchangeWorld world;
    EXPECT_EQ(world.receive("correction", {{"corrects", "M0"},
                                           {"corrected_type", "rueckmeldung"},
                                           {"field", "birth_name"},
                                           {"kind", "correction"},
                                           {"person", json::object{{"birth_name", "Meier"}}},
                                           {"changed_on", "2026-11-05"}}),
              "open")
        << world.details();
    EXPECT_EQ(world.code(), "residence.message_corrected");
    world.must("inbox.settle", {{"inbox_id", world.value("SELECT id FROM inbox")},
                                {"choice", "close"},
                                {"note", "im Register berichtigt"}});
}

TEST(ExchangeMessages, TheAuswertungClosesWhatWaitedAndKeepsItsZones) {
    ExchangeWorld world;
    booked(world);
    world.hand_over_all();
    const auto asked = world.message_id("rueckmeldung");
    EXPECT_EQ(world.receive("auswertung",
                            {{"result", "taken"},
                             {"weapons", true},
                             {"passport_restriction", true},
                             {"block_password", "Sperrwort"}},
                            asked),
              "done")
        << world.code() << world.details();
    EXPECT_EQ(world.value("SELECT state FROM case_finding WHERE code = 'residence.auswertung.99001002'"),
              "done");
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM zone_datum WHERE zone = 3"), 2);
    EXPECT_EQ(world.value("SELECT purpose FROM zone_datum WHERE field = 'block_password' AND zone = 5"),
              "eid_block");
    EXPECT_EQ(world.value("SELECT recipient FROM outbox WHERE message_type = 'weapons_moved'"),
              "Waffenbehörde 99001");
    EXPECT_EQ(world.value("SELECT state FROM outbox WHERE message_type = 'weapons_moved'"), "due")
        << world.value("SELECT problem FROM outbox WHERE message_type = 'weapons_moved'");
    // Nothing of it stands on the person's page.
    const auto page = world.ask(
        "person.get", {{"person_id", world.value("SELECT person_id FROM zone_datum LIMIT 1")}}, world.lead);
    ASSERT_TRUE(page);
    const auto shown = json::serialize(*page);
    for (const auto* never : {"Sperrwort", "weapons", "passport_restriction", "block_password"})
        EXPECT_EQ(shown.find(never), std::string::npos) << never;
    EXPECT_EQ(world.receive("auswertung", {{"result", "taken"}}, asked), "rejected");
    EXPECT_EQ(world.code(), "message.answered_already");
}

TEST(ExchangeMessages, TwoMainDwellingsAreSettledByTwoPersons) {
    ExchangeWorld world;
    booked(world);
    world.hand_over_all();
    EXPECT_EQ(world.receive("auswertung", {{"result", "contradiction"}, {"our_status", "E"}},
                            world.message_id("rueckmeldung")),
              "open");
    EXPECT_EQ(world.code(), "residence.message_main_dwelling");
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM task WHERE kind = 'main_dwelling_conflict'"), 1);
    const json::object settle{{"inbox_id", world.value("SELECT id FROM inbox WHERE state = 'open'")},
                              {"choice", "close"},
                              {"note", "mit Musterstedt geklärt"}};
    EXPECT_EQ(world.run("inbox.settle", settle).problem.code, "permission_denied");
    world.must("inbox.settle", settle, world.lead);
    EXPECT_EQ(world.value("SELECT state FROM case_finding WHERE code = 'residence.auswertung.99001002'"),
              "done");
}

TEST(ExchangeMessages, WhoTookTheCaseDoesNotSettleItsDispute) {
    ExchangeWorld world;
    const auto id = prepared_case(world, test_form(), &world.lead);
    world.must("residence.book", {{"case_id", id}});
    world.hand_over_all();
    world.receive("auswertung", {{"result", "contradiction"}}, world.message_id("rueckmeldung"));
    const json::object settle{{"inbox_id", world.value("SELECT id FROM inbox WHERE state = 'open'")},
                              {"choice", "close"},
                              {"note", "geklärt"}};
    EXPECT_EQ(world.run(world.request("inbox.settle", settle, world.lead)).problem.code,
              "message.needs_second_person");
}

TEST(ExchangeMessages, AnUnknownPersonIsATask) {
    ExchangeWorld world;
    booked(world);
    world.hand_over_all();
    world.receive("auswertung", {{"result", "not_found"}}, world.message_id("rueckmeldung"));
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM task WHERE kind = 'auswertung_not_found'"), 1);
}

TEST(ExchangeMessages, TakenBackIsToldToWhomItWasTold) {
    ExchangeWorld world;
    const auto id = booked(world);
    // Two have left, the rest is still here.
    const auto told = world.message_id("rueckmeldung");
    for (const auto& one : {told, world.message_id("dsrv_address")})
        world.must("message.note_state", {{"message_id", one}, {"state", "handed_over"}, {"attempts", 1}},
                   system_actor());
    world.must("residence.revoke", {{"case_id", id}, {"reason", "falsche Person"}}, world.lead);
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE message_type = 'revocation'"), 2);
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE state = 'cancelled'"), 6);
    EXPECT_EQ(
        world.value("SELECT recipient FROM outbox WHERE message_type = 'revocation' AND payload LIKE $told",
                    {{"told", "%" + told + "%"}}),
        "Meldebehörde 99001002");
    EXPECT_EQ(world.value("SELECT state FROM case_finding WHERE code = 'residence.auswertung.99001002'"),
              "dropped");
    EXPECT_EQ(world.value("SELECT answer_due_on FROM outbox WHERE id = $id", {{"id", told}}), "");
}

void revoke(ExchangeWorld& world, const std::string& id) {
    world.must("residence.revoke", {{"case_id", id}, {"reason", "falsche Person"}}, world.lead);
}

TEST(ExchangeMessages, WhatTheyAnsweredGoesWithTheBooking) {
    ExchangeWorld world;
    const auto id = booked(world);
    world.hand_over_all();
    world.receive("auswertung", {{"result", "taken"}, {"weapons", true}, {"block_password", "Sperrwort"}},
                  world.message_id("rueckmeldung"));
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM zone_datum"), 2);
    revoke(world, id);
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM zone_datum"), 0);
    auto tx = world.store().begin_read();
    EXPECT_TRUE(
        verify_journal(*tx, world.scope().digest_key, test_registry().journalled_tables()).faults.empty());
}

/// Their answer and our revocation crossed on the way: it is kept as answered, and carried out by nobody.
/// What an older registration had brought holds again; once the case is closed, it is forgotten.
TEST(ExchangeMessages, WhatTheirAnswerReplacedComesBackWithTheRevocation) {
    for (const bool taken_back : {true, false}) {
        ExchangeWorld world;
        booked(world);
        world.hand_over_all();
        world.receive("auswertung", {{"result", "taken"}, {"block_password", "Altwort"}},
                      world.message_id("rueckmeldung"));
        const auto again = prepared_case(world, test_form());
        world.must("residence.book",
                   {{"case_id", again},
                    {"overrides", json::array{json::object{{"finding", "residence.already_registered"},
                                                           {"reason", "noch einmal zugezogen"}}}},
                    {"persons", json::array{json::object{
                                    {"index", 0}, {"person_id", world.value("SELECT id FROM person")}}}}});
        world.hand_over_all();
        const auto asked = world.value(
            "SELECT id FROM outbox WHERE message_type = 'rueckmeldung' AND case_id = $id", {{"id", again}});
        world.receive("auswertung", {{"result", "taken"}, {"block_password", "Neuwort"}}, asked);
        const auto holds = [&] {
            return world.value("SELECT value FROM zone_datum WHERE superseded_in IS NULL");
        };
        EXPECT_EQ(holds(), "\"Neuwort\"");
        if (taken_back) {
            revoke(world, again);
            EXPECT_EQ(holds(), "\"Altwort\"");
        } else {
            world.change("UPDATE case_file SET status = 'closed' WHERE id = $id", {{"id", again}});
            EXPECT_EQ(integer_of(world.must("residence.forget_forms", {}, system_actor()), "superseded"), 1);
            EXPECT_EQ(holds(), "\"Neuwort\"");
        }
        EXPECT_EQ(world.count("SELECT COUNT(*) FROM zone_datum"), 1);
    }
}

/// Closed and then taken back: what the older registration had brought is gone, so what the other office said
/// last stays, and the lead asks. Of somebody who never lived here nothing stays.
TEST(ExchangeMessages, OfAClosedCaseTheLastAnswerStaysAndTheLeadAsks) {
    for (const bool known_before : {true, false}) {
        ExchangeWorld world;
        json::array persons;
        if (known_before)
            persons.push_back(json::object{{"index", 0},
                                           {"person_id", world.import_person({{"family_name", "Lüdenscheid"},
                                                                              {"given_names", "Anna"},
                                                                              {"status", "departed"}})}});
        const auto id = prepared_case(world, test_form());
        world.must("residence.book", {{"case_id", id}, {"persons", std::move(persons)}});
        world.hand_over_all();
        world.receive("auswertung", {{"result", "taken"}, {"block_password", "Neuwort"}},
                      world.message_id("rueckmeldung"));
        world.change("UPDATE case_file SET status = 'closed' WHERE id = $id", {{"id", id}});
        revoke(world, id);
        EXPECT_EQ(world.value("SELECT value FROM zone_datum"), known_before ? "\"Neuwort\"" : "");
        EXPECT_EQ(world.count("SELECT COUNT(*) FROM task WHERE kind = 'answer_kept' AND state = 'open'"),
                  known_before);
    }
}

TEST(ExchangeMessages, AnAnswerAfterTheRevocationChangesNothing) {
    for (const auto* result : {"taken", "not_found", "contradiction"}) {
        ExchangeWorld world;
        const auto id = booked(world);
        world.hand_over_all();
        revoke(world, id);
        EXPECT_EQ(world.receive("auswertung",
                                {{"result", result}, {"weapons", true}, {"block_password", "Sperrwort"}},
                                world.message_id("rueckmeldung")),
                  "done")
            << world.code() << world.details();
        EXPECT_EQ(world.count("SELECT COUNT(*) FROM zone_datum"), 0);
        EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE message_type = 'weapons_moved'"), 0);
        EXPECT_EQ(world.count("SELECT COUNT(*) FROM task WHERE state IN ('open', 'scheduled')"), 0) << result;
        EXPECT_EQ(world.value("SELECT state FROM case_finding WHERE code = 'residence.auswertung.99001002'"),
                  "dropped");
        EXPECT_EQ(world.count("SELECT COUNT(*) FROM case_finding WHERE details LIKE '%\"answered_on\"%'"), 1);
    }
}

TEST(ExchangeMessages, ADisputeOfARevokedBookingIsOnlyPutAway) {
    ExchangeWorld world;
    const auto id = booked(world);
    world.hand_over_all();
    world.receive("auswertung", {{"result", "contradiction"}, {"our_status", "E"}},
                  world.message_id("rueckmeldung"));
    revoke(world, id);
    auto other = world.lead;
    other.user_id = "00000000000000000000000KAE";
    world.must("inbox.settle",
               {{"inbox_id", world.value("SELECT id FROM inbox WHERE state = 'open'")},
                {"choice", "apply"},
                {"note", "hat sich erledigt"}},
               other);
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE message_type = 'dwelling_status_change'"), 0);
}

/// Who was looked for has not been found after all.
TEST(ExchangeMessages, AnInquiryWaitsAgainWhenTheRegistrationWasNone) {
    ExchangeWorld world;
    const auto person = world.import_person({{"family_name", "Müller-Lüdenscheidt"},
                                             {"given_names", "Anna Maria"},
                                             {"birth_date", "1962-04-03"},
                                             {"status", "departed"}});
    EXPECT_EQ(world.receive("whereabouts_request",
                            {{"person", json::object{{"family_name", "Müller-Lüdenscheidt"},
                                                     {"given_names", "Anna Maria"},
                                                     {"birth_date", "1962-04-03"}}},
                             {"reference", "A 17"}},
                            "", "Polizeiinspektion Testland"),
              "done")
        << world.code();
    const auto inquiry = [&] {
        return world.value("SELECT source || purpose || zone || field || value FROM zone_datum");
    };
    const auto waiting = inquiry();
    const auto id = prepared_case(world, test_form());
    world.must(
        "residence.book",
        {{"case_id", id}, {"persons", json::array{json::object{{"index", 0}, {"person_id", person}}}}});
    EXPECT_EQ(world.count("SELECT COUNT(*) FROM outbox WHERE message_type = 'whereabouts_answer'"), 1);
    EXPECT_EQ(inquiry(), "");
    revoke(world, id);
    EXPECT_EQ(inquiry(), waiting);
}

}  // namespace
}  // namespace wa
