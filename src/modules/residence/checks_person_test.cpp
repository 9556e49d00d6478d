#include "kernel/cases.hpp"
#include "modules/residence/world_test.hpp"

namespace wa {
namespace {

struct PersonChecks : ::testing::Test {
    TestWorld world;

    void state(const char* name, const json::object& form, const char* expected, const char* detail = "",
               Side side = Side::hub) {
        auto tx = world.store().begin_read();
        CheckRun run{*tx, side, *world.scope().reference, {2026, 11, 5}, form, nullptr};
        const auto finding = (*test_registry().check(name))(run);
        EXPECT_EQ(finding.state, expected) << name << json::serialize(finding.details);
        EXPECT_NE(json::serialize(finding.details).find(detail), std::string::npos)
            << json::serialize(finding.details);
    }
    /// Somebody with the names of the form's head.
    std::string add(json::object more = {}) {
        json::object person{{"family_name", "Müller-Lüdenscheidt"},
                            {"given_names", "Anna Maria"},
                            {"birth_date", "1962-04-03"},
                            {"marital_status", "LD"}};
        for (auto& [key, value] : more) person[key] = value;
        return world.import_person(std::move(person));
    }
    /// Past the commands, as only a test may.
    void forget_papers() {
        auto tx = world.store().begin_write();
        tx->execute({"test", "DELETE FROM person_document"}, {});
        tx->commit();
    }
    static json::array living(json::object dwelling, const char* status = "E", bool current = true) {
        dwelling["status"] = status;
        if (!current) dwelling["moved_out"] = "2020-01-01";
        return {std::move(dwelling)};
    }
};

TEST_F(PersonChecks, DuplicatesAreNamedPerPerson) {
    add();
    world.import_person(
        {{"family_name", "Mueller Luedenscheidt"}, {"given_names", "Otto"}, {"birth_date", "1960-02-01"}});
    state("residence.duplicates", test_family(), "blocking", "\"index\":0");
    state("residence.duplicates", test_family(), "blocking", "\"index\":1");
}

/// MUELLER of a passport and Müller of the register are one person; another day of birth is another person.
TEST_F(PersonChecks, OneSpellingOfUmlautsIsEnoughToBeTheSame) {
    add({{"family_name", "MUELLER LUEDENSCHEIDT"}});
    state("residence.duplicates", test_form(), "blocking");
    auto form = test_form();
    person_of(form)["birth_date"] = "1962-04-04";
    state("residence.duplicates", form, "ok");
}

/// "Ausweis valid/serial equal" (handbook P01). The form shows the identity card L01X00T47.
TEST_F(PersonChecks, ThePaperIsTheOneOfTheRegister) {
    struct Case {
        const char *type, *serial, *until, *state, *found;
    };
    for (const auto& one : {Case{"PA", "L01X00T47", "2031-04-01", "valid", ""},
                            Case{"PA", "LZ6311T47", "2031-04-01", "valid", "other_serial"},
                            Case{"PA", "LZ6311T47", "", "valid", "other_serial"},
                            Case{"PA", "LZ6311T47", "2026-11-04", "valid", ""},  // a new card since
                            Case{"PA", "LZ6311T47", "2031-04-01", "lost", ""},
                            Case{"RP", "C01X00T47", "2031-04-01", "valid", ""},
                            Case{"PA", "L01X00T47", "2031-04-01", "lost", "not_valid_there"}}) {
        forget_papers();
        add({{"documents", json::array{json::object{{"doc_type", one.type},
                                                    {"serial", one.serial},
                                                    {"valid_until", one.until},
                                                    {"state", one.state}}}}});
        state("residence.id_document", test_form(), one.found[0] ? "hint" : "ok", one.found);
        state("residence.id_document", test_form(), "ok", "", Side::node);
    }
    forget_papers();
    add({{"documents", json::array{json::object{{"doc_type", "PA"}, {"serial", "LZ6311T47"}}}}});
    auto other = test_form();
    person_of(other)["birth_date"] = "1962-04-04";
    state("residence.id_document", other, "ok");
}

TEST_F(PersonChecks, KnownElsewhere) {
    state("residence.known_elsewhere", test_form(), "ok");
    const auto abroad = json::object{{"country_foreign", "151"},
                                     {"foreign_lines", json::array{json::object{{"line", "Ring 1, Wien"}}}}};
    add({{"status", "departed"}, {"dwellings", living(abroad, "E", false)}});
    state("residence.known_elsewhere", test_form(), "hint", "\"departed_abroad\",\"abroad_not_named\"");
    auto form = test_form();
    form["previous_kind"] = "abroad";
    state("residence.known_elsewhere", form, "hint", "[\"departed_abroad\"]");
}

TEST_F(PersonChecks, AMainDwellingThatTheFormDoesNotName) {
    add({{"dwellings", living(test_dwelling("00102", "Marktplatz", 7), "H")}});
    state("residence.known_elsewhere", test_form(), "hint", "another_main_dwelling");
    auto form = test_form();
    form["previous_dwelling"] = test_dwelling("00102", "Marktplatz", 7);
    state("residence.known_elsewhere", form, "ok");
}

TEST_F(PersonChecks, TheDeadAreSaid) {
    add({{"status", "deceased"}});
    state("residence.known_elsewhere", test_form(), "hint", "deceased");
}

TEST_F(PersonChecks, RelationsOfAMarriage) {
    add({{"marital_status", "VH"},
         {"relations", json::array{json::object{{"kind", "spouse"},
                                                {"family_name", "Schmidt"},
                                                {"given_names", "Karl"},
                                                {"birth_date", "1959-01-01"}}}}});
    // Divorced by what she says, still linked by what the register says.
    state("residence.relations", test_form(), "hint", "\"marital_status_differs\",\"spouse_still_linked\"");
    auto form = test_family();
    state("residence.relations", form, "blocking", "[\"other_spouse\"]");
    // Two living spouses only by foreign law, with documents.
    mover_of(form)["several_spouses_proved"] = true;
    state("residence.relations", form, "hint", "[\"several_spouses_proved\"]");
    mover_of(form).erase("several_spouses_proved");
    person_of(form, 1)["family_name"] = "Schmidt";
    person_of(form, 1)["birth_date"] = "1959-01-01";
    state("residence.relations", form, "ok");
    // Who has taken another name is the same spouse.
    person_of(form, 1)["family_name"] = "Müller-Lüdenscheidt";
    person_of(form, 1)["given_names"] = "Karl";
    state("residence.relations", form, "ok");
}

TEST_F(PersonChecks, ASpouseWhoHasDiedIsNoSecondOne) {
    const auto dead = world.import_person({{"family_name", "Schmidt"},
                                           {"given_names", "Karl"},
                                           {"birth_date", "1959-01-01"},
                                           {"status", "deceased"}});
    add({{"marital_status", "VH"},
         {"relations", json::array{json::object{{"kind", "spouse"},
                                                {"other_id", dead},
                                                {"family_name", "Schmidt"},
                                                {"given_names", "Karl"},
                                                {"birth_date", "1959-01-01"}}}}});
    state("residence.relations", test_family(), "hint", "spouse_still_linked");
}

TEST_F(PersonChecks, WhatAnIdentityCardHasNoRoomForIsSaid) {
    auto form = test_form();
    person_of(form)["family_name"] = "M\u0302" + std::string(51, 'a');  // 52 letters
    state("residence.names", form, "ok");
    person_of(form)["family_name"] = std::string(53, 'a');
    state("residence.names", form, "hint", "print_family_name");
}

TEST_F(PersonChecks, ALinkMustBeAnswered) {
    const auto other = world.import_person({{"family_name", "Müller-Lüdenscheidt"},
                                            {"given_names", "Otto"},
                                            {"birth_date", "1960-02-01"},
                                            {"marital_status", "VH"}});
    add({{"marital_status", "VH"},
         {"relations", json::array{json::object{{"kind", "spouse"},
                                                {"other_id", other},
                                                {"family_name", "Müller-Lüdenscheidt"},
                                                {"given_names", "Otto"},
                                                {"birth_date", "1960-02-01"}}}}});
    state("residence.relations", test_family(), "hint", "not_reciprocal");
}

TEST_F(PersonChecks, ABlockSplitsTheFamily) {
    state("residence.family", test_family(), "ok");
    add({{"blocks", json::array{json::object{{"paragraph", "51"}}}}});
    state("residence.family", test_family(), "hint", "\"blocked\":1");
    auto form = test_form();
    mover_of(form)["block_request"] = true;
    state("residence.family", form, "hint", "\"requested\":1");
}

TEST_F(PersonChecks, PapersOfEachPerson) {
    auto form = test_family();
    state("residence.id_document", form, "ok");
    document_of(form, 1)["valid_until"] = "2026-11-04";
    state("residence.id_document", form, "hint", R"({"why":["expired"],"index":1})");
}

TEST_F(PersonChecks, NamesOnPapers) {
    auto form = test_form();
    state("residence.names", form, "ok");
    document_of(form)["name_in_document"] = "MUELLER-LUEDENSCHEIDT";
    state("residence.names", form, "hint", "[\"transliterated\"]");
    document_of(form)["name_in_document"] = "Köhlbrand";
    state("residence.names", form, "hint", "[\"document_differs\"]");
    person_of(form)["birth_name"] = "Köhlbrand";
    state("residence.names", form, "hint", "[\"transliterated\"]");
    add({{"family_name", "Mueller-Luedenscheidt"}});
    state("residence.names", test_form(), "hint", "register_spells_differently");
    state("residence.names", test_form(), "ok", "", Side::node);
}

}  // namespace
}  // namespace wa
