// The record of processing says something about every field of every procedure, and about every message.
#include "kernel/processing_record.hpp"

#include <gtest/gtest.h>

#include <map>

namespace wa {
namespace {

const char* const procedure_text = R"({
  "id": "test.move", "version": 3, "title": {"de": "Umzug"}, "summary": {"de": "Jemand zieht um."}, "law": ["BMG § 17"],
  "recipients": [{"message": "moved", "recipient": {"de": "Meldebehörde"}, "law": "BMG § 33", "data": {"de": "Name"}}],
  "retention_rules": [{"what": {"de": "Meldeschein"}, "rule": {"de": "fünf Jahre"}, "law": "Land", "verify": true},
    {"what": {"de": "Protokoll"}, "rule": {"de": "ein Jahr"}, "law": "Land", "done_by": "test.forget"}],
  "sections": [{"id": "who", "title": {"de": "Wer"}, "fields": [
    {"name": "persons", "type": "list", "label": {"de": "Personen"}, "purpose": "Melderegister", "basis": "BMG § 3",
     "personal": "normal", "fields": [
      {"name": "name", "type": "text", "required": true, "label": {"de": "Name"}},
      {"name": "religion", "type": "text", "label": {"de": "Religion"}, "personal": "high", "basis": "BMG § 3 Abs. 1 Nr. 11"}]},
    {"name": "block", "type": "boolean", "label": {"de": "Sperre"}, "purpose": "Schutz", "basis": "BMG § 51", "personal": "very_high"}]}]
})";

json::object record() {
    static const auto procedure = Procedure::parse(parse_json(procedure_text)->as_object());
    Tenant tenant;
    tenant.name = "Testhausen";
    tenant.sender = {{"authority", "Stadt Testhausen"}};
    return processing_record(Registry(), procedure, tenant);
}

const json::object& field(const json::object& all, const std::string& path) {
    for (const auto& one : array_of(all, "fields"))
        if (text_of(one.as_object(), "path") == path) return one.as_object();
    ADD_FAILURE() << "no field " << path;
    static const json::object none;
    return none;
}

TEST(ProcessingRecord, AFieldHasFromItsGroupWhatItDoesNotSayItself) {
    const auto all = record();
    const auto& name = field(all, "persons.*.name");
    EXPECT_EQ(text_of(name, "purpose"), "Melderegister");
    EXPECT_EQ(text_of(name, "basis"), "BMG § 3");
    EXPECT_EQ(text_of(name, "protection"), "normal");
    EXPECT_TRUE(flag_of(name, "inherited"));
    const auto& religion = field(all, "persons.*.religion");
    EXPECT_EQ(text_of(religion, "basis"), "BMG § 3 Abs. 1 Nr. 11");
    EXPECT_EQ(text_of(religion, "protection"), "high");
    EXPECT_FALSE(flag_of(religion, "inherited"));
}

TEST(ProcessingRecord, TheProcedureNeedsAsMuchProtectionAsItsMostSensitiveField) {
    EXPECT_EQ(text_of(object_of(record(), "procedure"), "protection"), "very_high");
}

TEST(ProcessingRecord, PurposesAreToldOnceWithAllTheirLaws) {
    const auto all = record();
    const auto& purposes = array_of(all, "purposes");
    ASSERT_EQ(purposes.size(), 2u);
    EXPECT_EQ(purposes[0].at("bases").as_array().size(), 2u);
    EXPECT_EQ(purposes[0].at("fields").as_int64(), 2);
    EXPECT_EQ(text_of(purposes[0].as_object(), "protection"), "high");
}

TEST(ProcessingRecord, RecipientsAndRetentionComeFromTheProcedure) {
    const auto all = record();
    const auto& recipient = array_of(all, "recipients").at(0).as_object();
    EXPECT_EQ(text_of(recipient, "to"), "Meldebehörde");
    EXPECT_EQ(text_of(recipient, "law"), "BMG § 33");
    const auto& rule = array_of(all, "retention").at(0).as_object();
    EXPECT_EQ(text_of(rule, "rule"), "fünf Jahre");
    EXPECT_TRUE(flag_of(rule, "verify"));
    EXPECT_FALSE(flag_of(rule, "automatic"));
    EXPECT_TRUE(flag_of(array_of(all, "retention").at(1).as_object(), "automatic"));
}

/// A period nobody carries out is a promise; who signs the record must know.
TEST(ProcessingRecord, SaysWhichPeriodsTheProgramDoesNotCarryOut) {
    const auto letter = processing_record_letter(record(), Tenant(), *parse_date("2026-11-05"));
    std::map<std::string, std::string> rules;
    for (const auto& block : letter.body)
        if (const auto* table = std::get_if<letter::FieldTable>(&block))
            for (const auto& row : table->rows) rules[row.label] = row.value;
    EXPECT_NE(rules["Meldeschein"].find("löscht hier noch nicht"), std::string::npos) << rules["Meldeschein"];
    EXPECT_EQ(rules["Protokoll"], "ein Jahr\nLand");
}

TEST(ProcessingRecord, ThePaperSaysWhatTheAnswerSays) {
    Tenant tenant;
    tenant.name = "Testhausen";
    const auto letter = processing_record_letter(record(), tenant, *parse_date("2026-11-05"));
    EXPECT_EQ(letter.sender.authority, "Stadt Testhausen");
    std::size_t rows = 0;
    for (const auto& block : letter.body)
        if (const auto* table = std::get_if<letter::FieldTable>(&block))
            for (const auto& row : table->rows) rows += row.value.find("Schutzbedarf ") != std::string::npos;
    EXPECT_EQ(rows, 3u);
}

}  // namespace
}  // namespace wa
