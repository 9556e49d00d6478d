// Every id of another authority's objects, given to every command, query, letter and document of ours:
// nothing is done, nothing of theirs is shown, and what was looked for in vain is journalled (J2).
#include <gtest/gtest.h>

#include <set>

#include "adapters/system/system.hpp"
#include "world.hpp"

namespace wa::refusals {
namespace {

/// Who may most: what is refused here is refused because of the object, not of the person.
std::string role_for(const std::string& permission) {
    for (const auto& [role, principal] : world().testhausen.staff)
        if (role != "clerk" && principal.actor.may(permission)) return role;
    return "";
}

/// All ids foreign, and then each alone.
std::vector<json::object> payloads(const std::string& name, const json::array& fields,
                                   const std::string& id) {
    std::vector<json::object> all{payload_of(name, fields, id)};
    for (const auto& field : fields) {
        if (text_of(field.as_object(), "type") != "id") continue;
        auto payload = all.front();
        for (const auto& other : fields)
            if (text_of(other.as_object(), "type") == "id" && &other != &field)
                payload[text_of(other.as_object(), "name")] =
                    json::string(object_for(world().testhausen, text_of(other.as_object(), "name")));
        if (payload != all.front()) all.push_back(std::move(payload));
    }
    return all;
}

struct ForeignIds : testing::Test {
    World& w = world();
    std::vector<std::string> theirs = w.ids(w.musterstedt, 2);
    std::string their_digest = w.digest(w.musterstedt);
    std::int64_t their_journal = w.journal_length(w.musterstedt);
    void TearDown() override {
        EXPECT_EQ(w.digest(w.musterstedt), their_digest);
        EXPECT_EQ(w.journal_length(w.musterstedt), their_journal);
    }
};

TEST_F(ForeignIds, NoCommandIsDone) {
    ASSERT_GT(theirs.size(), 15u);
    for (const auto& [name, spec] : w.runner(w.testhausen).engine().registry().commands()) {
        const auto fields = spec.payload.declaration();
        const auto role = role_for(spec.permission);
        if (!names_an_id(fields) || role.empty() || !spec.http) continue;
        const auto token = w.sign_in(w.testhausen, role);
        const auto before = w.digest(w.testhausen);
        int weighed = 0;
        for (const auto& id : theirs)
            for (const auto& payload : payloads(name, fields, id)) {
                const auto journal = w.journal_length(w.testhausen);
                const auto answer = w.command(name, payload, token);
                EXPECT_NE(answer.status, 200) << name << json::serialize(payload);
                EXPECT_LT(answer.status, 500) << name << json::serialize(payload);
                if (answer.code() == "payload_invalid" || spec.local) continue;
                ++weighed;
                EXPECT_EQ(w.journal_length(w.testhausen), journal + 1) << name;
                EXPECT_TRUE(w.journal_end(w.testhausen).text("outcome").starts_with("refused:")) << name;
            }
        EXPECT_TRUE(weighed > 0 || spec.local)
            << name << ": never reached its handler; add what it asks for to payloads.json";
        EXPECT_EQ(w.digest(w.testhausen), before) << name;
    }
}

TEST_F(ForeignIds, NoQueryShowsAnything) {
    for (const auto& [name, spec] : w.runner(w.testhausen).engine().registry().queries()) {
        const auto fields = spec.params.declaration();
        const auto role = role_for(spec.permission);
        if (!names_an_id(fields) || role.empty()) continue;
        const auto token = w.sign_in(w.testhausen, role);
        for (const auto& id : theirs) {
            const auto journal = w.journal_length(w.testhausen);
            const auto params = payload_of(name, fields, id);
            const auto answer = w.query(name, params, token);
            EXPECT_LT(answer.status, 500) << name;
            for (const auto& other : theirs)
                EXPECT_EQ(answer.raw.find(other), std::string::npos) << name << answer.raw;
            const bool personal =
                spec.personal || (!spec.personal_with.empty() && params.contains(spec.personal_with));
            const bool told = personal && answer.code() != "payload_invalid";
            EXPECT_EQ(w.journal_length(w.testhausen), journal + (told ? 1 : 0)) << name;
        }
    }
}

TEST_F(ForeignIds, NoExportIsMadeOrHandedOut) {
    const auto token = w.sign_in(w.testhausen, "admin");
    const auto before = w.digest(w.testhausen);
    const auto& id = w.musterstedt.objects["export"];
    for (const auto& answer :
         {w.call("POST", "/api/exports", json::serialize(json::object{{"export_id", id}}), token),
          w.call("GET", "/api/exports/" + id, "", token)}) {
        EXPECT_EQ(answer.status, 404);
        EXPECT_EQ(answer.code(), "not_found") << answer.raw;
        EXPECT_EQ(w.journal_end(w.testhausen).text("outcome"), "refused:not_found");
    }
    EXPECT_EQ(w.digest(w.testhausen), before);
}

TEST_F(ForeignIds, NoLetterIsMadeAndNoDocumentShown) {
    const auto token = w.sign_in(w.testhausen, "team_lead");
    const auto before = w.digest(w.testhausen);
    for (const auto& [name, spec] : w.runner(w.testhausen).engine().registry().letters())
        for (const auto& id : theirs) {
            const auto journal = w.journal_length(w.testhausen);
            const auto answer =
                w.call("POST", "/api/letters/" + name, json::serialize(json::object{{"case_id", id}}), token);
            EXPECT_GE(answer.status, 400) << name;
            EXPECT_LT(answer.status, 500) << name;
            EXPECT_EQ(w.journal_length(w.testhausen), journal + 1) << name;
        }
    const auto& hash = w.musterstedt.objects["hash"];
    for (const auto& the_case : {w.musterstedt.objects["case"], w.testhausen.objects["case"]}) {
        const auto journal = w.journal_length(w.testhausen);
        const auto answer = w.call("GET", "/api/documents/" + hash + "?case=" + the_case, "", token);
        EXPECT_EQ(answer.status, 404);
        EXPECT_EQ(w.journal_length(w.testhausen), journal + 1);
    }
    EXPECT_EQ(w.digest(w.testhausen), before);
}

}  // namespace
}  // namespace wa::refusals
