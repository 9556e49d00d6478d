// The rules the exchange enforces, each with what it refuses, and how the offices behind it behave.
#include "apps/simulator/exchange.hpp"

#include <gtest/gtest.h>

#include "apps/service/wiring.hpp"

namespace wa::simulator {
namespace {

const std::string testhausen = "Meldebehörde 99001001", musterstedt = "Meldebehörde 99001002";

struct Rules : testing::Test {
    Timestamp now = *parse_timestamp("2026-11-05T08:00:00Z");
    std::shared_ptr<const Reference> reference = Reference::load("NI", {});
    Exchange made{service::full_registry(), reference, Offices::testland()};
    int number = 0;

    json::object moved(const char* family = "Muster", const char* given = "Max") {
        return {{"person",
                 json::object{{"family_name", family}, {"given_names", given}, {"birth_date", "1980-01-01"}}},
                {"new_dwelling", json::object{{"ags", "99001001"}, {"street", "Lindenweg"}, {"house_no", 5}}},
                {"moved_in", "2026-10-26"},
                {"registered_on", "2026-11-05"},
                {"dwelling_status", "E"},
                {"your_dwelling_kept", false}};
    }
    exchange::Envelope envelope(std::string type, json::object payload, std::string recipient = musterstedt) {
        exchange::Envelope e;
        e.id = "T" + std::to_string(++number);
        e.type = std::move(type);
        e.release = "2026-11-01";
        e.sender = testhausen;
        e.recipient = std::move(recipient);
        e.due_on = "2026-11-09";
        e.sent_at = now;
        e.payload = std::move(payload);
        return e;
    }
    Reply post(const exchange::Envelope& e) { return made.post(json::serialize(exchange::to_json(e)), now); }
    static std::string code(const Reply& reply) { return text_of(reply.body, "code"); }
    /// What waits for our office, taken.
    std::vector<exchange::Envelope> fetch(const std::string& address = testhausen) {
        std::vector<exchange::Envelope> all;
        const auto waiting = made.inbox(address, now).body;
        for (const auto& entry : array_of(waiting, "messages")) {
            all.push_back(*exchange::parse_envelope(entry));
            made.taken(all.back().id, {{"outcome", "acknowledged"}}, now);
        }
        return all;
    }
    json::object receipt() {
        for (const auto& e : fetch())
            if (e.type == "exchange.receipt") return e.payload;
        return {};
    }
    std::string prefilled(const char* family, const char* given, const char* born, const char* ags,
                          const char* birth_name = "", bool family_too = false) {
        json::object person{{"family_name", family}, {"given_names", given}, {"birth_date", born}};
        if (*birth_name) person["birth_name"] = birth_name;
        const auto reply = post(envelope(
            "vms_request",
            {{"person", person}, {"address", json::object{{"ags", ags}}}, {"with_family", family_too}},
            std::string("Meldebehörde ") + ags));
        EXPECT_EQ(reply.status, 200) << code(reply);
        form = {};
        for (const auto& e : fetch())
            if (e.type == "vms_response") form = e.payload;
        const auto faults = form.empty()
                                ? std::vector<FieldFault>()
                                : service::full_registry()
                                      .message("vms_response")
                                      ->fields.validate(form, {local_date(now), "counter", reference.get()});
        EXPECT_TRUE(faults.empty()) << faults.front().path << " " << faults.front().code;
        return text_of(form, "result");
    }
    json::object form;
};

TEST_F(Rules, AGoodMessageIsTakenAndAnswered) {
    EXPECT_EQ(text_of(post(envelope("rueckmeldung", moved())).body, "state"), "handed_over");
    const auto all = fetch();
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(text_of(all[0].payload, "outcome"), "acknowledged");
    EXPECT_EQ(all[1].type, "auswertung");
    EXPECT_EQ(all[1].answers, "T1");
    EXPECT_EQ(all[1].sender, musterstedt);
    EXPECT_TRUE(fetch().empty());
}

TEST_F(Rules, TheTransportRefusesWhatItCannotCarry) {
    EXPECT_EQ(made.post("{", now).status, 400);
    auto e = envelope("no_such_type", {});
    EXPECT_EQ(code(post(e)), "message.unknown_type");
    e = envelope("rueckmeldung", moved());
    e.sender = "Meldebehörde 00000000";
    EXPECT_EQ(code(post(e)), "message.unknown_sender");
    e = envelope("rueckmeldung", moved());
    e.sender = "Irgendwer";
    EXPECT_EQ(code(post(e)), "message.unknown_sender");
    for (const auto* recipient : {"Meldebehörde 00000000", "BZSt", "Meldebehörde", "Ausländerbehörde 99001"})
        EXPECT_EQ(code(post(envelope("rueckmeldung", moved(), recipient))), "message.unknown_recipient")
            << recipient;
    e = envelope("rueckmeldung", moved());
    e.release = "2026-05-01";
    const auto stale = post(e);
    EXPECT_EQ(stale.status, 422);
    EXPECT_EQ(code(stale), "message.wrong_release");
    EXPECT_TRUE(fetch().empty());
    EXPECT_TRUE(array_of(made.state(), "received").empty());
}

TEST_F(Rules, TheRecipientSendsBackWhatBreaksTheDeclaration) {
    auto payload = moved();
    payload.erase("moved_in");
    post(envelope("rueckmeldung", payload));
    auto word = receipt();
    EXPECT_EQ(text_of(word, "outcome"), "rejected");
    EXPECT_EQ(text_of(word, "code"), "message.faulty");
    EXPECT_EQ(text_of(array_of(object_of(word, "details"), "fields").at(0).as_object(), "path"), "moved_in");
    payload = moved();
    payload["person"].as_object()["religion"] = "ev";  // not for this recipient
    post(envelope("rueckmeldung", payload));
    EXPECT_EQ(text_of(receipt(), "code"), "message.faulty");
    auto e = envelope("rueckmeldung", moved());
    e.version = 2;
    post(e);
    EXPECT_EQ(text_of(receipt(), "code"), "message.wrong_version");
    e = envelope("auswertung", {{"result", "taken"}});
    e.answers = "nothing-of-ours";
    post(e);
    EXPECT_EQ(text_of(receipt(), "code"), "message.no_such_request");
}

TEST_F(Rules, OneNumberIsOneMessage) {
    const auto e = envelope("rueckmeldung", moved());
    const auto first = post(e);
    now.ms += 1000;
    auto again = e;
    again.sent_at = now;
    EXPECT_EQ(post(again).body, first.body);
    EXPECT_EQ(fetch().size(), 2u);
    auto other = e;
    other.payload["moved_in"] = "2026-10-27";
    const auto refused = post(other);
    EXPECT_EQ(refused.status, 409);
    EXPECT_EQ(code(refused), "message.other_content");
    EXPECT_EQ(array_of(made.state(), "received").size(), 1u);
    // Whoever sends again may have lost our answers too: they come again, the same ones.
    post(again);
    EXPECT_EQ(fetch().size(), 2u);
}

TEST_F(Rules, ALateMessageIsTakenAndMarked) {
    auto e = envelope("rueckmeldung", moved());
    e.due_on = "2026-11-04";
    EXPECT_EQ(post(e).status, 200);
    EXPECT_TRUE(flag_of(array_of(made.state(), "received").at(0).as_object(), "late"));
    EXPECT_EQ(post(envelope("rueckmeldung", moved())).status, 200);
    EXPECT_FALSE(flag_of(array_of(made.state(), "received").at(0).as_object(), "late"));
}

TEST_F(Rules, ThePrefilledFormComesAsTheBehavioursSay) {
    EXPECT_EQ(prefilled("Übelacker", "Jörg Søren", "1988-03-09", "99001002"), "hit");
    EXPECT_EQ(text_of(object_of(array_of(form, "persons").at(0).as_object(), "person"), "religion"), "rk");
    EXPECT_EQ(prefilled("Übelacker", "Jörg", "1988-03-09", "99001002"), "not_found");  // must equal
    EXPECT_EQ(prefilled("Doppelgänger-Test", "Dora", "1981-03-03", "03355022"), "not_unique");
    EXPECT_EQ(prefilled("Doppelgänger-Test", "Dora", "1981-03-03", "03355022", "Einzig-Test"), "hit");
    EXPECT_EQ(prefilled("Geheim-Test", "Gero", "1982-04-04", "03355022"), "blocked");
    EXPECT_EQ(prefilled("Widersprecher-Test", "Wanda", "1983-05-05", "03355022"), "hit");
    EXPECT_EQ(text_of(object_of(array_of(form, "persons").at(0).as_object(), "person"), "birth_place"),
              "Anderstadt");
    EXPECT_EQ(prefilled("Vorausgezogen-Test", "Viktor", "1984-06-06", "03355022"), "hit");
    EXPECT_EQ(text_of(form, "departed_on"), "2026-06-30");
    EXPECT_EQ(prefilled("Schweiger-Test", "Sina", "1980-02-02", "03355022"), "");
    EXPECT_EQ(prefilled("Wanderfalk", "Jonas Emil", "1957-10-21", "01003000"), "");
    now.ms += 9000;
    ASSERT_EQ(fetch().size(), 1u);
}

TEST_F(Rules, AChildWithABlockIsInNobodysForm) {
    EXPECT_EQ(prefilled("Bergmann", "Tobias", "1984-02-17", "99001002", "", true), "hit");
    const auto all = json::serialize(form);
    EXPECT_GE(array_of(form, "persons").size(), 2u);
    EXPECT_NE(all.find("Oyelaran"), std::string::npos);
    EXPECT_EQ(all.find("\"Emil\""), std::string::npos);
    EXPECT_EQ(prefilled("Bergmann", "Emil", "2017-04-05", "99001002"), "blocked");
    EXPECT_EQ(form.size(), 1u);
}

TEST_F(Rules, TheAuswertungComesAsTheBehavioursSay) {
    const auto answer = [&](const char* family, const char* given) {
        post(envelope("rueckmeldung", moved(family, given)));
        for (const auto& e : fetch())
            if (e.type == "auswertung") return e.payload;
        return json::object{};
    };
    EXPECT_EQ(text_of(answer("Brockhoff", "Merle"), "result"), "contradiction");
    EXPECT_TRUE(flag_of(answer("Schützmann-Test", "Stefan"), "weapons"));
    EXPECT_TRUE(answer("Schweiger-Test", "Sina").empty());
    post(envelope("rueckmeldung", moved("Formfehler-Test", "Frieda")));
    EXPECT_EQ(text_of(receipt(), "outcome"), "rejected");
}

TEST_F(Rules, ThePageTriggersWhatTheOthersMayDo) {
    post(envelope("rueckmeldung", moved("Schweiger-Test", "Sina")));
    fetch();
    EXPECT_EQ(made.send({{"kind", "auswertung"}, {"message_id", "T1"}, {"do", "not_found"}}, now).status,
              200);
    auto all = fetch();
    ASSERT_EQ(all.size(), 1u);
    EXPECT_EQ(text_of(all[0].payload, "result"), "not_found");
    EXPECT_EQ(made.send({{"kind", "reject"}, {"message_id", "T1"}}, now).status, 200);
    EXPECT_EQ(text_of(receipt(), "outcome"), "rejected");
    EXPECT_EQ(made.send({{"kind", "auswertung"}, {"message_id", "nothing"}}, now).status, 404);
    json::object wish{
        {"kind", "rueckmeldung"},
        {"recipient", testhausen},
        {"person",
         json::object{{"family_name", "Fehling"}, {"given_names", "Ragna"}, {"birth_date", "1991-02-23"}}}};
    const auto id = text_of(made.send(wish, now).body, "id");
    EXPECT_EQ(made.send({{"kind", "duplicate"}, {"message_id", id}}, now).status, 200);
    all = fetch();
    ASSERT_EQ(all.size(), 2u);
    EXPECT_NE(all[0].id, all[1].id);
    EXPECT_EQ(all[0].payload, all[1].payload);
    wish["kind"] = "broken";
    made.send(wish, now);
    all = fetch();
    ASSERT_EQ(all.size(), 1u);
    EXPECT_FALSE(all[0].payload.contains("moved_in"));
}

TEST_F(Rules, WhatAHubServesIsHandedOnAndItsWordComesBack) {
    Exchange between(service::full_registry(), reference, Offices::testland(), {musterstedt});
    const auto e = envelope("rueckmeldung", moved());
    EXPECT_EQ(between.post(json::serialize(exchange::to_json(e)), now).status, 200);
    EXPECT_TRUE(array_of(between.inbox(testhausen, now).body, "messages").empty());
    ASSERT_EQ(array_of(between.inbox(musterstedt, now).body, "messages").size(), 1u);
    between.taken(e.id, {{"outcome", "rejected"}, {"code", "message.faulty"}}, now);
    const auto back = between.inbox(testhausen, now);
    const auto& messages = array_of(back.body, "messages");
    ASSERT_EQ(messages.size(), 1u);
    EXPECT_EQ(text_of(object_of(messages[0].as_object(), "payload"), "outcome"), "rejected");
}

TEST_F(Rules, ARestartForgetsNothing) {
    std::vector<json::object> kept;
    made.on_event([&](const json::object& event) { kept.push_back(event); });
    const auto e = envelope("rueckmeldung", moved());
    post(e);
    made.send({{"kind", "reject"}, {"message_id", e.id}}, now);
    const auto first = array_of(made.inbox(testhausen, now).body, "messages").at(0);
    made.taken(text_of(first.as_object(), "id"), {{"outcome", "acknowledged"}}, now);
    Exchange again(service::full_registry(), reference, Offices::testland());
    for (const auto& event : kept) again.replay(event);
    EXPECT_EQ(again.state(), made.state());
    EXPECT_EQ(again.inbox(testhausen, now).body, made.inbox(testhausen, now).body);
    EXPECT_EQ(again.post(json::serialize(exchange::to_json(e)), now).body,
              made.post(json::serialize(exchange::to_json(e)), now).body);
}

}  // namespace
}  // namespace wa::simulator
