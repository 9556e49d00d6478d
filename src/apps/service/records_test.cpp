// Art. 30 GDPR: no field, no recipient and no time of keeping may be without its purpose and its law.
#include <gtest/gtest.h>

#include "apps/service/wiring.hpp"
#include "kernel/processing_record.hpp"

namespace wa::service {
namespace {

TEST(Records, EveryFieldOfEveryProcedureSaysPurposeLawAndNeedForProtection) {
    const auto& registry = full_registry();
    ASSERT_FALSE(registry.procedures().empty());
    for (const auto& [id, procedure] : registry.procedures()) {
        const auto record = processing_record(procedure, Tenant());
        ASSERT_GT(array_of(record, "fields").size(), 20u) << id;
        for (const auto& entry : array_of(record, "fields")) {
            const auto& field = entry.as_object();
            for (const auto* member : {"label", "section", "purpose", "basis", "protection"})
                EXPECT_FALSE(text_of(field, member).empty())
                    << id << " " << text_of(field, "path") << ": " << member;
        }
    }
}

TEST(Records, EveryProcedureSaysWhoReceivesAndHowLong) {
    for (const auto& [id, procedure] : full_registry().procedures()) {
        const auto record = processing_record(procedure, Tenant());
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

}  // namespace
}  // namespace wa::service
