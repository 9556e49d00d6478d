#include "apps/testland/testland.hpp"

#include <gtest/gtest.h>

#include <set>

#include "adapters/sqlite/sqlite_store.hpp"
#include "base/identifiers.hpp"
#include "base/text.hpp"
#include "kernel/engine.hpp"
#include "kernel/identity.hpp"
#include "kernel/kernel.hpp"
#include "modules/residence/module.hpp"
#include "modules/residence/streets.hpp"

namespace wa {
namespace {

TEST(Testland, IsTheSameFromTheSameSeed) {
    EXPECT_EQ(testland::person_batches(0, 300, 1), testland::person_batches(0, 300, 1));
    EXPECT_NE(testland::person_batches(0, 300, 1), testland::person_batches(0, 300, 2));
}

TEST(Testland, RecordsAreWellFormed) {
    std::set<std::string> ids;
    int residents = 0, most = 0;
    for (int place = 0; place < 2; ++place)
        for (const auto& batch : testland::person_batches(place, 3000))
            for (const auto& entry : batch) {
                const auto& person = entry.as_object();
                EXPECT_TRUE(ids.insert(text_of(person, "id")).second);
                for (const auto* name : {"family_name", "given_names", "birth_name"}) {
                    const auto value = text_of(person, name);
                    EXPECT_FALSE(check_text(value, DinType::A)) << value;
                    EXPECT_FALSE(value.find(testland::stranger().family_name) != std::string::npos);
                }
                if (const auto number = text_of(person, "tax_id"); !number.empty()) {
                    EXPECT_TRUE(tax_id_plausible(number, true)) << number;
                    EXPECT_EQ(number[0], '0');
                }
                int main = 0, current = 0;
                for (const auto& one : array_of(person, "dwellings")) {
                    if (!text_of(one.as_object(), "moved_out").empty()) continue;
                    ++current;
                    main += text_of(one.as_object(), "status") != "N";
                }
                EXPECT_EQ(main, current > 0 ? 1 : 0) << text_of(person, "id");
                residents += current > 0;
                most = std::max(most, current);
            }
    EXPECT_GE(residents, 6000);
    EXPECT_EQ(most, 2);
}

TEST(Testland, NamedPersonsAreThere) {
    std::set<std::string> ids;
    for (int place = 0; place < 2; ++place)
        for (const auto& batch : testland::person_batches(place, 1))
            for (const auto& entry : batch) ids.insert(text_of(entry.as_object(), "id"));
    for (const auto& person : testland::named_persons())
        EXPECT_EQ(ids.count(person.id), person.municipality < 0 ? 0u : 1u) << person.key;
    EXPECT_EQ(testland::named_person("tour_resident").family_name, "Schroder");
    EXPECT_EQ(din_length(testland::named_person("long_name").family_name), 62u);
}

TEST(Testland, IsTakenByTheRegister) {
    Registry registry;
    install_kernel(registry);
    install_residence(registry);
    registry.seal();
    set_registry(registry);
    const Engine engine(registry);
    const auto store = open_sqlite_store({.path = ":memory:"});
    store->migrate(registry.schema());
    TenantScope scope;
    scope.tenant.ags = testland::municipality(0).ags;
    scope.tenant.functions = {"registration"};
    scope.reference = Reference::load("NI", {});
    int number = 0;
    const auto run = [&](const char* name, json::object payload) {
        CommandRequest request;
        std::array<std::uint8_t, 10> random{};
        random[0] = std::uint8_t(++number);
        request.at = *parse_timestamp("2026-11-05T08:00:00Z");
        request.id = make_id(request.at.ms, random).text();
        request.name = name;
        request.payload = std::move(payload);
        request.actor = system_actor();
        auto tx = store->begin_write();
        const auto result = engine.run(*tx, scope, request);
        EXPECT_EQ(result.outcome, Outcome::done)
            << result.problem.code << json::serialize(result.problem.details);
        tx->commit();
    };
    run("residence.set_streets", {{"streets", testland::streets(0)}});
    for (auto& batch : testland::person_batches(0, 800))
        run("residence.import", {{"persons", std::move(batch)}});
    auto tx = store->begin_read();
    EXPECT_GT(load_streets(*tx, scope.tenant.ags).size(), 100u);
    const QueryRequest request{"person.search",
                               {{"text", "schröder erna mühlbachweg 12"}},
                               "",
                               system_actor(),
                               {},
                               *parse_timestamp("2026-11-05T08:00:00Z")};
    auto write = store->begin_write();
    const auto answer = engine.ask(*write, scope, request);
    ASSERT_TRUE(answer);
    ASSERT_EQ(array_of(*answer, "hits").size(), 1u);
    EXPECT_EQ(text_of(array_of(*answer, "hits")[0].as_object(), "person_id"),
              testland::named_person("tour_resident").id);
}

}  // namespace
}  // namespace wa
