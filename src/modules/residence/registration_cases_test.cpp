// The description as a whole: from abroad, exemptions, evidence, who may sign, words and purposes of each
// field.
#include <algorithm>
#include <map>
#include <set>

#include "kernel/procedure/expression.hpp"
#include "modules/residence/registration_test.hpp"

namespace wa {
namespace {

TEST(Registration, FromAbroad) {
    expect_rules(abroad_form(),
                 {{"complete", [](Form) {}, "", "", ""},
                  {"unproved", [](Form f) { mover_of(f)["marital_status_proved"] = false; },
                   "residence.marital_status_unproved", "persons.0.marital_status_proved", "error"},
                  {"not known",
                   [](Form f) {
                       person_of(f)["marital_status"] = "NB";
                       mover_of(f).erase("marital_status_proved");
                   },
                   "", "", ""},
                  {"Germany",
                   [](Form f) {
                       f["previous_abroad"] = json::object{{"country_foreign", "000"}};
                   },
                   "residence.previous_not_abroad", "", "error"},
                  {"untranslated",
                   [](Form f) {
                       f["certificates"] = json::array{json::object{{"kind", "birth"},
                                                                    {"holder", "Anna"},
                                                                    {"language", "untranslated"},
                                                                    {"authentication", "apostille"},
                                                                    {"seen_original", true}}};
                   },
                   "residence.certificate_untranslated", "certificates.0.language", "notice"}});
    const FormContext context{{2026, 11, 5}, "counter", nullptr};
    auto form = abroad_form();
    EXPECT_EQ(procedure().required_evidence(form, context), std::vector<std::string>{"birth_certificate"});
    form["last_german_dwelling"] = test_dwelling("00102", "Marktplatz", 7);
    EXPECT_TRUE(procedure().required_evidence(form, context).empty());
    person_of(form)["marital_status"] = "VH";
    EXPECT_EQ(procedure().required_evidence(form, context), std::vector<std::string>{"marriage_certificate"});
}

/// "AZR/visa for non-EU" at the first registration from abroad (handbook P01, Documents).
TEST(Registration, WhoNeedsAVisaShowsIt) {
    const FormContext context{{2026, 11, 5}, "counter", nullptr};
    const auto demanded = [&](const json::object& form) {
        const auto all = procedure().required_evidence(form, context);
        return std::find(all.begin(), all.end(), "residence_permit") != all.end();
    };
    const auto from_abroad = [](json::array nationalities) {
        auto form = abroad_form();
        person_of(form)["nationalities"] = std::move(nationalities);
        return form;
    };
    for (const auto* code : {"163", "475", "168", "997", "998"})
        EXPECT_TRUE(demanded(from_abroad({code}))) << code;
    for (const auto* code : {"000", "129", "149", "158"}) EXPECT_FALSE(demanded(from_abroad({code}))) << code;
    EXPECT_FALSE(demanded(from_abroad({"163", "129"})));
    const auto turkish = from_abroad({"163"});
    auto form = turkish;
    mover_of(form)["azr_number"] = "123456789012";
    EXPECT_FALSE(demanded(form));
    form = turkish;
    document_of(form)["doc_type"] = "eAT";
    EXPECT_FALSE(demanded(form));
    form = turkish;
    form["last_german_dwelling"] = test_dwelling("00102", "Marktplatz", 7);
    EXPECT_FALSE(demanded(form));
    // Whoever moves within Germany has shown it before.
    form = test_form();
    person_of(form)["nationalities"] = json::array{"163"};
    EXPECT_FALSE(demanded(form));
    // One of a family is enough, and the papers of another do not serve.
    form = abroad_form();
    document_of(form)["doc_type"] = "eAT";
    add_mover(form, test_mover("other", "Emre", "1990-02-01"));
    person_of(form, 1)["nationalities"] = json::array{"163"};
    EXPECT_TRUE(demanded(form));
}

/// An explicit answer, and nothing else is asked then.
TEST(Registration, NoRegistrationNeeded) {
    const json::object stay{{"exemption", "second_stay"},
                            {"registered_elsewhere", true},
                            {"stay_from", "2026-10-01"},
                            {"stay_until", "2027-04-01"}};
    expect_rules(
        stay, {{"six months", [](Form) {}, "", "", ""},
               {"a day longer", [](Form f) { f["stay_until"] = "2027-04-02"; },
                "residence.exemption_too_long", "stay_until", "error"},
               {"backwards", [](Form f) { f["stay_until"] = "2026-09-30"; }, "residence.stay_ends_before", "",
                "error"},
               {"nowhere else", [](Form f) { f["registered_elsewhere"] = false; },
                "residence.exemption_not_registered", "", "error"},
               {"visit",
                [](Form f) {
                    f["exemption"] = "visit";
                    f.erase("registered_elsewhere");
                    f["asylum_seeker"] = false;
                    f["stay_until"] = "2027-01-01";
                },
                "", "", ""},
               {"visit of an asylum seeker",
                [](Form f) {
                    f["exemption"] = "visit";
                    f.erase("registered_elsewhere");
                    f["asylum_seeker"] = true;
                    f["stay_until"] = "2027-01-01";
                },
                "residence.exemption_allocated", "", "error"},
               {"prison, registered",
                [](Form f) {
                    f["exemption"] = "prison";
                    f["stay_until"] = "2027-10-01";
                },
                "", "", ""},
               {"prison, not registered",
                [](Form f) {
                    f["exemption"] = "prison";
                    f["registered_elsewhere"] = false;
                },
                "residence.exemption_too_long", "", "error"},
               {"newborn",
                [](Form f) {
                    f = json::object{{"exemption", "newborn"}};
                },
                "", "", ""},
               {"homeless",
                [](Form f) {
                    f = json::object{{"exemption", "no_dwelling"}};
                },
                "", "", ""},
               {"and yet a person", [](Form f) { f["persons"] = test_form()["persons"]; },
                "field.not_expected", "persons", "error"},
               {"no answer", [](Form f) { f = json::object{}; }, "field.required", "exemption", "error"}});
}

TEST(Registration, EvidenceByFacts) {
    const FormContext context{{2026, 11, 5}, "counter", nullptr};
    const auto evidence = [&](const json::object& form) {
        return procedure().required_evidence(form, context);
    };
    using List = std::vector<std::string>;
    auto form = test_form();
    EXPECT_EQ(evidence(form), List{});
    form["lessor"].as_object()["lessor_form"] = "paper";
    EXPECT_EQ(evidence(form), List{"lessor_confirmation"});
    // The assignment mark of an electronic confirmation is the evidence.
    form["lessor"].as_object()["lessor_form"] = "electronic_code";
    EXPECT_EQ(evidence(form), List{});
    form["moved_in"] = "2025-11-04";
    EXPECT_EQ(evidence(form), List{"moved_in_evidence"});
    form = test_form();
    mover_of(form)["representative"] = carer(true);
    EXPECT_EQ(evidence(form), List{"carer_card"});
    form = test_form();
    add_mover(form, test_child("Lena", "2019-03-01"));
    EXPECT_EQ(evidence(form), List{"custody_proof"});
    EXPECT_EQ(evidence(test_family()), List{});
}

/// Every code the description and the checks name has its words, every exemption its explanation.
TEST(Registration, EveryCodeHasWords) {
    const auto& description = procedure().description();
    for (const auto& rule : array_of(description, "rules"))
        EXPECT_TRUE(test_registry().problems().contains(text_of(rule.as_object(), "problem")))
            << text_of(rule.as_object(), "problem");
    const auto& first = array_of(array_of(description, "sections")[0].as_object(), "fields")[0].as_object();
    for (const auto& option : array_of(first, "options")) {
        const auto value = text_of(option.as_object(), "value");
        if (value == "none") continue;
        bool explained = false;
        for (const auto& entry : array_of(description, "not_needed"))
            explained |= text_of(entry.as_object(), "value") == value;
        EXPECT_TRUE(explained) << value;
    }
}

/// What the page of the booking offers a time for is a task that gets one.
TEST(Registration, EveryFollowUpOfOurOwnGetsAnAppointment) {
    const auto& appointments = array_of(procedure().description(), "appointments");
    for (const auto& entry : array_of(procedure().description(), "follow_ups")) {
        const auto* task = entry.as_object().if_contains("task");
        if (!task) continue;
        EXPECT_EQ(std::count(appointments.begin(), appointments.end(), *task), 1) << *task;
    }
}

/// Art. 30 GDPR: no field without purpose, law and protection need.
void expect_protected(const json::array& fields, const std::string& where) {
    for (const auto& entry : fields) {
        const auto& field = entry.as_object();
        const auto path = where + text_of(field, "name");
        EXPECT_FALSE(text_of(field, "personal").empty()) << path;
        EXPECT_FALSE(text_of(object_of(field, "label"), "de").empty()) << path;
        if (where.find('.') == std::string::npos) {
            EXPECT_FALSE(text_of(field, "purpose").empty()) << path;
            EXPECT_FALSE(text_of(field, "basis").empty()) << path;
        }
        expect_protected(array_of(field, "fields"), path + ".");
    }
}

TEST(Registration, EveryFieldSaysWhyItIsAsked) {
    for (const auto& section : array_of(procedure().description(), "sections"))
        expect_protected(array_of(section.as_object(), "fields"), "");
}

TEST(Registration, StopsAtFourWithoutALine) {
    EXPECT_EQ(procedure().depth("koffer_offline"), 4);
}

TEST(Registration, OnlyWhoTheFormNamesSigns) {
    const auto reference = Reference::load("NI", {});
    const auto may_sign = [&](const json::object& form, const char* name) {
        const auto* check = test_registry().signer_check("residence.registration");
        const auto result = (*check)(form, name, *reference, {2026, 11, 5});
        if (result) return std::string("yes");
        return flag_of(result.error().details, "part_of_name") ? "a part of the name" : result.error().code;
    };
    const auto refused = "residence.signer_not_entitled", part = "a part of the name";
    auto form = test_form();  // Anna Maria Müller-Lüdenscheidt
    for (const auto* name : {"Anna Maria Müller-Lüdenscheidt", " anna  maria MUELLER-LUEDENSCHEIDT ",
                             "Anna-Maria Müller Lüdenscheidt", "Müller-Lüdenscheidt, Anna Maria"})
        EXPECT_EQ(may_sign(form, name), "yes") << name;
    for (const auto* name :
         {"Karl Müller-Lüdenscheidt", "Anna", "Müller", "Anna Maria Schmidt",
          "Dr. Anna Maria Müller-Lüdenscheidt", "Anna Maria Müller-Lüdenscheidt-Schmidt", "-", ","})
        EXPECT_EQ(may_sign(form, name), refused) << name;
    for (const auto* name : {"Anna Müller", "Maria Müller-Lüdenscheidt", "Müller-Lüdenscheidt Anna Maria",
                             "Müller-Lüdenscheidt, Anna", "LUEDENSCHEIDT anna"})
        EXPECT_EQ(may_sign(form, name), part) << name;
    person_of(form)["doctorate"] = "Dr.";
    for (const auto* name : {"Anna Maria Müller-Lüdenscheidt", "Dr. Anna Maria Müller-Lüdenscheidt",
                             "Müller-Lüdenscheidt, Dr. Anna Maria"})
        EXPECT_EQ(may_sign(form, name), "yes") << name;
    EXPECT_EQ(may_sign(form, "Dr. Anna Müller"), part);
    for (const auto* name : {"Dr. Müller-Lüdenscheidt", "Prof. Anna Maria Müller-Lüdenscheidt", "Dr."})
        EXPECT_EQ(may_sign(form, name), refused) << name;
    person_of(form)["artist_name"] = "Lola Lux";
    EXPECT_EQ(may_sign(form, "Lola Lux"), refused) << "the form names the person with the civil name";
    EXPECT_EQ(may_sign(form, "Anna Maria Müller-Lüdenscheidt"), "yes");
    auto cared_for = test_form();
    cared_for["signer"] = "legal_carer";
    cared_for["signer_name"] =
        json::object{{"family_name", "Schmidt"}, {"given_names", "Karl"}, {"birth_date", "1959-01-01"}};
    EXPECT_EQ(may_sign(cared_for, "Karl Schmidt"), "yes");
    EXPECT_EQ(may_sign(cared_for, "Anna Maria Müller-Lüdenscheidt"), refused);
    auto family = test_form();
    add_mover(family, test_child("Lena", "2019-03-01"));
    mover_of(family)["signs"] = true;
    mover_of(family, 1)["signs"] = false;
    EXPECT_EQ(may_sign(family, "Anna Maria Müller-Lüdenscheidt"), "yes");
    EXPECT_EQ(may_sign(family, "Lena Müller-Lüdenscheidt"), refused);
    json::object alone{{"persons", array_of(form, "persons")}, {"exemption", "none"}, {"signer", "person"}};
    auto& person = person_of(alone);
    person["family_name"] = "Suharto";
    person.erase("given_names");
    EXPECT_EQ(may_sign(alone, "Suharto"), "yes");
    EXPECT_EQ(may_sign(alone, "Anna Suharto"), refused);
}

/// What a condition may say itself, each with its reason.
const std::map<std::string, std::string> no_limits_of_law{
    {"\"1890-01-01\"", "an earlier birth is most likely a slip of the pen (handbook 2.1): a notice"}};

/// Days, and numbers of days, months and years, that conditions say themselves.
void collect_limits(const json::value& at, std::set<std::string>& found) {
    if (at.is_string() && parse_date(std::string_view(at.get_string()))) found.insert(json::serialize(at));
    if (const auto* list = at.if_array()) {
        const auto is_age = [](const json::value& one) {
            return one.is_object() && one.get_object().contains("age");
        };
        const bool of_age = std::any_of(list->begin(), list->end(), is_age);
        for (const auto& entry : *list) {
            if (of_age && entry.is_number()) found.insert(json::serialize(at));
            collect_limits(entry, found);
        }
    }
    const auto* object = at.if_object();
    if (!object) return;
    for (const auto& member : *object) {
        const auto& key = member.key();
        const auto* list = member.value().if_array();
        if ((key == "add_months" || key == "add_days") && list && list->back().is_number())
            found.insert(json::serialize(at));
        // What a calendar of this field can show; no rule.
        if (key != "earliest" && key != "latest") collect_limits(member.value(), found);
    }
}

/// Limits of law stand in dated tables: none stands in the description, every one that it names exists, and
/// the browser gets numbers.
TEST(Registration, EveryLimitIsInTheTables) {
    json::value description = procedure().description();
    std::set<std::string> literals, allowed;
    collect_limits(description, literals);
    for (const auto& [literal, reason] : no_limits_of_law) allowed.insert(literal);
    EXPECT_EQ(literals, allowed);
    std::set<std::string> seen;
    collect_limits(*parse_json(R"([{"add_months": [{"today": true}, -216]}, {"ge": ["2020-01-01", 1]},
                                   {"lt": [{"age": {"field": "born"}}, 16]}, {"eq": [{"count": "x"}, 1]}])"),
                   seen);
    EXPECT_EQ(seen.size(), 3u) << "the search itself finds what it is for";
    EXPECT_NE(json::serialize(description).find("\"parameter\""), std::string::npos);
    resolve_parameters(description, {2026, 11, 5});
    EXPECT_EQ(json::serialize(description).find("\"parameter\""), std::string::npos);
    EXPECT_EQ(json::serialize(description).find("\"codes\":\"nation"), std::string::npos);
}

}  // namespace
}  // namespace wa
