// Art. 30 GDPR: no field, no recipient and no time of keeping may be without its purpose and its law.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "apps/service/wiring.hpp"
#include "kernel/processing_record.hpp"

namespace wa::service {
namespace {

TEST(Records, EveryFieldOfEveryProcedureSaysPurposeLawAndNeedForProtection) {
    const auto& registry = full_registry();
    ASSERT_FALSE(registry.procedures().empty());
    for (const auto& [id, procedure] : registry.procedures()) {
        const auto record = processing_record(full_registry(), procedure, Tenant());
        ASSERT_GT(array_of(record, "fields").size(), 20u) << id;
        for (const auto& entry : array_of(record, "fields")) {
            const auto& field = entry.as_object();
            for (const auto* member : {"label", "section", "purpose", "basis", "protection"})
                EXPECT_FALSE(text_of(field, member).empty())
                    << id << " " << text_of(field, "path") << ": " << member;
        }
    }
}

/// What the record says is carried out has a command that does it.
TEST(Records, WhatIsErasedHasACommand) {
    int rules = 0;
    for (const auto& [id, procedure] : full_registry().procedures())
        for (const auto& entry : array_of(procedure.description(), "retention_rules"))
            if (const auto command = text_of(entry.as_object(), "done_by"); !command.empty()) {
                EXPECT_NE(full_registry().command(command), nullptr) << id << " " << command;
                ++rules;
            }
    EXPECT_GT(rules, 0);
}

/// And what erases day by day is said in some record: a page that names no deadline says that nothing is
/// erased.
TEST(Records, WhatErasesDayByDayIsSaid) {
    const std::set<std::string> erase_nothing{"message.watch", "residence.rename_dwellings",
                                              "residence.close_cases", "residence.end_childhood"};
    std::set<std::string> said;
    for (const auto& [id, procedure] : full_registry().procedures())
        for (const auto& entry : array_of(procedure.description(), "retention_rules"))
            said.insert(text_of(entry.as_object(), "done_by"));
    for (const auto& [name, spec] : full_registry().commands())
        if (flag_of(spec.declaration, "daily")) {
            EXPECT_NE(said.count(name), erase_nothing.count(name)) << name;
        }
}

TEST(Records, EveryProcedureSaysWhoReceivesAndHowLong) {
    for (const auto& [id, procedure] : full_registry().procedures()) {
        const auto record = processing_record(full_registry(), procedure, Tenant());
        for (const auto* part : {"recipients", "retention"}) {
            EXPECT_FALSE(array_of(record, part).empty()) << id << " " << part;
            for (const auto& entry : array_of(record, part))
                for (const auto& member : entry.as_object())
                    if (member.value().is_string()) {
                        EXPECT_FALSE(member.value().get_string().empty())
                            << id << " " << part << "." << member.key();
                    }
        }
    }
}

TEST(Records, EveryMessageThatLeavesStandsUnderItsRecipientWithAllItsFields) {
    std::map<std::string, std::size_t> shown;
    for (const auto& [id, procedure] : full_registry().procedures()) {
        const auto record = processing_record(full_registry(), procedure, Tenant());
        for (const auto& entry : array_of(record, "recipients")) {
            const auto& one = entry.as_object();
            ASSERT_NE(full_registry().message(text_of(one, "message")), nullptr) << text_of(one, "message");
            shown[text_of(one, "message")] = array_of(one, "fields").size();
            for (const auto& field : array_of(one, "fields"))
                EXPECT_FALSE(text_of(field.as_object(), "label").empty()) << text_of(one, "message");
        }
    }
    for (const auto& [name, message] : full_registry().messages())
        // An acknowledgement goes to whoever sent something and says what became of it, nothing of a person.
        if (message.outgoing && text_of(message.declaration, "to") != "*") {
            EXPECT_GE(shown[name], array_of(message.declaration, "fields").size())
                << name << " stands in no record";
        }
}

}  // namespace
}  // namespace wa::service
