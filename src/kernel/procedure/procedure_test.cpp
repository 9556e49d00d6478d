#include "kernel/procedure/procedure.hpp"

#include <gtest/gtest.h>

namespace wa {
namespace {

/// A second Leistung: only data, no line of code knows of it.
constexpr std::string_view dog = R"json({
  "id": "test.dog", "version": 2, "handbook": "P29", "function": "dog_tax",
  "title": {"de": "Anmeldung eines Hundes"}, "law": ["KAG"],
  "depth": {"counter": 5, "koffer_online": 5, "koffer_offline": 4, "portal": 5},
  "sections": [
    {"id": "holder", "title": {"de": "Wer hält den Hund?"}, "fields": [
      {"name": "holder", "type": "group", "required": true, "fields": [
        {"name": "family_name", "type": "person_name", "required": true},
        {"name": "dwelling", "type": "group", "block": "dwelling"}]}]},
    {"id": "dog", "title": {"de": "Welcher Hund?"}, "fields": [
      {"name": "kept_since", "type": "date", "required": true},
      {"name": "born", "type": "partial_date", "latest": "today"},
      {"name": "dangerous", "type": "boolean"},
      {"name": "previous", "type": "list", "fields": [{"name": "name", "type": "person_name", "required": true}]}]},
    {"id": "danger", "title": {"de": "Gefährlicher Hund"}, "when": {"eq": [{"field": "dangerous"}, true]}, "fields": [
      {"name": "insurer", "type": "text", "din": "B", "required": true},
      {"name": "trained", "type": "boolean"},
      {"name": "trainer", "type": "text", "when": {"eq": [{"field": "trained"}, true]}}]}
  ],
  "evidence": [
    {"id": "vaccination", "title": {"de": "Impfpass"}, "required": true},
    {"id": "policy", "title": {"de": "Versicherungsschein"}, "required_when": {"eq": [{"field": "dangerous"}, true]}},
    {"id": "pedigree", "title": {"de": "Stammbaum"}}],
  "rules": [
    {"id": "since", "field": "kept_since", "severity": "error", "problem": "dog.kept_since_future",
     "check": {"le": [{"field": "kept_since"}, {"today": true}]}},
    {"id": "late", "field": "kept_since", "severity": "notice", "problem": "dog.late",
     "check": {"ge": [{"field": "kept_since"}, {"add_days": [{"today": true}, -14]}]}},
    {"id": "insurer", "field": "insurer", "severity": "error", "problem": "dog.insurer", "check": false},
    {"id": "city", "field": "holder.dwelling.city", "severity": "error", "problem": "dog.city",
     "check": {"eq": [{"field": "holder.dwelling.city"}, "Testhausen"]}}],
  "checks": ["dog.duplicates"]
})json";

class DogTax : public testing::Test {
  protected:
    std::string answers(std::string_view form) {
        std::string text;
        for (const auto& fault : dog_.validate(parse_json(form).value().as_object(), context_))
            text += fault.path + " " + fault.code + (fault.severity == "notice" ? " (notice)\n" : "\n");
        return text;
    }
    std::vector<std::string> evidence(std::string_view form) {
        return dog_.required_evidence(parse_json(form).value().as_object(), context_);
    }
    Procedure dog_ = Procedure::parse(parse_json(dog).value().as_object());
    FormContext context_{{2026, 11, 5}, "counter", nullptr};
};

TEST_F(DogTax, SaysWhatItIs) {
    EXPECT_EQ(dog_.id(), "test.dog");
    EXPECT_EQ(dog_.version(), 2);
    EXPECT_EQ(dog_.function(), "dog_tax");
    EXPECT_EQ(dog_.title(), "Anmeldung eines Hundes");
    EXPECT_EQ(dog_.checks(), std::vector<std::string>{"dog.duplicates"});
    EXPECT_EQ(dog_.depth("koffer_offline"), 4);
    EXPECT_EQ(dog_.depth("kiosk"), 1);  // nothing but information where nothing is said
}

TEST_F(DogTax, AGoodFormHasNoAnswers) {
    EXPECT_EQ(answers(R"({"holder": {"family_name": "Muster"}, "kept_since": "2026-11-05"})"), "");
}

TEST_F(DogTax, FieldsOfHiddenSectionsAreRefused) {
    EXPECT_EQ(
        answers(
            R"({"holder": {"family_name": "Muster"}, "kept_since": "2026-11-05", "insurer": "Muster AG"})"),
        "insurer field.not_expected\n");
}

TEST_F(DogTax, RuleOfAHiddenFieldIsSilent) {
    EXPECT_EQ(
        answers(R"({"holder": {"family_name": "Muster"}, "kept_since": "2026-11-05", "dangerous": false})"),
        "");
    EXPECT_EQ(answers(R"({"holder": {"family_name": "Muster"}, "kept_since": "2026-11-05", "dangerous": true,
        "insurer": "Muster AG"})"),
              "insurer dog.insurer\n");
}

TEST_F(DogTax, ConditionOfTheFieldWithinAShownSection) {
    EXPECT_EQ(answers(R"({"holder": {"family_name": "Muster"}, "kept_since": "2026-11-05", "dangerous": true,
        "insurer": "", "trainer": "Meyer"})"),
              "insurer field.required\ntrainer field.not_expected\n");
}

TEST_F(DogTax, RuleSpeaksOnlyWhereNoErrorStands) {
    EXPECT_EQ(answers(R"({"holder": {"family_name": "Muster"}, "kept_since": "2027-01-01"})"),
              "kept_since dog.kept_since_future\n");
    EXPECT_EQ(answers(R"({"holder": {"family_name": "Muster"}, "kept_since": "1.1.2027"})"),
              "kept_since field.no_date\n");
    EXPECT_EQ(answers(R"({"holder": {"family_name": "Muster"}, "kept_since": "2026-01-01"})"),
              "kept_since dog.late (notice)\n");
}

TEST_F(DogTax, RuleOfAFieldWithinGroups) {
    EXPECT_EQ(answers(R"({"kept_since": "2026-11-05", "holder": {"family_name": "Muster", "dwelling":
        {"ags": "99001002", "postcode": "99998", "city": "Musterstedt", "street": "Weg", "house_no": 1}}})"),
              "holder.dwelling.city dog.city\n");
    // Abroad there is no such field.
    EXPECT_EQ(answers(R"({"kept_since": "2026-11-05", "holder": {"family_name": "Muster", "dwelling":
        {"country_foreign": "151"}}})"),
              "");
}

TEST_F(DogTax, EvidenceDependsOnTheForm) {
    EXPECT_EQ(evidence(R"({"dangerous": true})"), (std::vector<std::string>{"vaccination", "policy"}));
    EXPECT_EQ(evidence(R"({})"), std::vector<std::string>{"vaccination"});
}

TEST(Procedure, EvidenceAsksTheItemsOfAList) {
    const auto procedure = Procedure::parse(parse_json(R"json({"id": "test.family", "version": 1,
        "title": {"de": "Familie"}, "sections": [{"id": "who", "fields": [{"name": "persons", "type": "list",
            "fields": [{"name": "age", "type": "integer"}]}]}],
        "evidence": [{"id": "custody", "required_when":
            {"any": [{"field": "persons"}, {"lt": [{"field": "age"}, 18]}]}}]})json")
                                                .value()
                                                .as_object());
    const FormContext context{{2026, 11, 5}, "counter", nullptr};
    const auto required = [&](std::string_view form) {
        return procedure.required_evidence(parse_json(form).value().as_object(), context).size();
    };
    EXPECT_EQ(required(R"({"persons": [{"age": 40}, {"age": 7}]})"), 1u);
    EXPECT_EQ(required(R"({"persons": [{"age": 40}, {"age": 18}]})"), 0u);
    EXPECT_EQ(required(R"({"persons": [{"age": 40}, {}]})"), 0u);  // unknown does not ask
}

TEST_F(DogTax, TheDescriptionCarriesTheFieldsOfItsBlocks) {
    const auto& sections = array_of(dog_.description(), "sections");
    const auto& holder = array_of(sections[0].as_object(), "fields")[0].as_object();
    const auto& dwelling = array_of(holder, "fields")[1].as_object();
    EXPECT_FALSE(array_of(dwelling, "fields").empty());
}

TEST(ProcedureDeathTest, AFaultyDescriptionStopsTheProgram) {
    const auto parse = [](std::string_view text) { Procedure::parse(parse_json(text).value().as_object()); };
    EXPECT_DEATH(
        parse(R"({"id": "a", "version": 1, "title": {"de": "A"}, "sections": [{"id": "s", "fields": []}],
        "rules": [{"id": "r", "field": "gone", "severity": "error", "problem": "a.b", "check": false}]})"),
        "declares");
    EXPECT_DEATH(parse(R"({"id": "a", "version": 1, "title": {"de": "A"}, "sections": [{"id": "s", "fields":
        [{"name": "g", "type": "group", "fields": [{"name": "x", "type": "text"}]}]}], "rules":
        [{"id": "r", "field": "g.*.x", "severity": "error", "problem": "a.b", "check": false}]})"),
                 "declares");  // a group has no items
    EXPECT_DEATH(parse(R"({"id": "a", "version": 1, "title": {"de": "A"}, "sections": [{"id": "s", "fields":
        [{"name": "x", "type": "colour"}]}]})"),
                 "type");
}

}  // namespace
}  // namespace wa
