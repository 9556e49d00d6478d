// What a booking tells whom.
#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "modules/residence/exchange/testing_messages.hpp"

namespace wa::messages {
namespace {

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

}  // namespace
}  // namespace wa::messages
