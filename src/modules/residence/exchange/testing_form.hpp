// For tests: a registration whose prefilled form is asked for, and signed.
#pragma once

#include "modules/residence/exchange/world.hpp"

namespace wa::prefilled {

inline json::object draft() {
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

}  // namespace wa::prefilled
