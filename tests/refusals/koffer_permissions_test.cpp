// A Koffer's desk, tried like the hub's: every way in × every role × no sign-in, expired, locked. What is
// refused stands in the Koffer's own journal as soon as its tour is open, before that in the program's log.
#include "koffer.hpp"
#include "ways.hpp"

namespace wa::refusals {
namespace {

/// One Koffer for all tests of this file, its tour opened by its clerk.
struct KofferDesk : testing::Test {
    static inline std::unique_ptr<Koffer> koffer;
    static void SetUpTestSuite() {
        koffer = std::make_unique<Koffer>("desk");
        EXPECT_EQ(koffer->sign_in(pin).status, 200);
    }
    static void TearDownTestSuite() { koffer.reset(); }

    /// A session as of somebody with this role, here since then.
    std::string begin(const std::string& role, std::int64_t begun_ms = system::now().ms) {
        const auto& a = world().testhausen;
        return koffer->api->sessions().begin(
            {a.id,
             role,
             {clerk, "Ute", permissions_of({role})},
             {"koffer", a.objects.at("device"), "Koffer 1", a.objects.at("tour_out")}},
            begun_ms);
    }
    http::Response knock(const Way& way, const std::string& token) {
        http::Request request;
        request.method = way.route.method;
        request.path = way.route.path + (way.route.below ? std::string(64, 'a') : "");
        request.query["case"] = world().testhausen.objects.at("case");
        request.headers = {{"X-Wanderamt", "1"}, {"Host", "localhost"}};
        request.cookies[koffer->api->cookie_name()] = token;
        request.body = body_of(way, {});
        return koffer->call(std::move(request));
    }
    Rows journal(const std::string& sql) {
        Rows rows;
        koffer->backend->runner(world().testhausen.id)->read([&](Transaction& tx) {
            rows = tx.query(Statement{"test", "SELECT * FROM journal " + sql}, {});
        });
        return rows;
    }
    std::int64_t end() {
        const auto rows = journal("ORDER BY seq DESC LIMIT 1");
        return rows.empty() ? 0 : rows.front().integer("seq");
    }
    void expect_journalled(std::int64_t before, const std::string& actor, const std::string& name,
                           const std::string& outcome, const std::string& what) {
        const auto rows = journal("WHERE seq > " + std::to_string(before));
        ASSERT_EQ(rows.size(), 1u) << what;
        EXPECT_EQ(rows.front().text("actor"), actor) << what;
        EXPECT_EQ(rows.front().text("name"), name) << what;
        EXPECT_EQ(rows.front().text("outcome"), outcome) << what;
    }
    template <typename Each>
    void with_every_role(Each each) {
        const auto all = ways(*koffer->api);
        for (const auto& [role, principal] : world().testhausen.staff)
            for (const auto& way : all) each(role, way, role + " " + way.key);
    }
    const std::string clerk = world().testhausen.staff.at("koffer_clerk").actor.user_id;
};

TEST_F(KofferDesk, TheTableNamesEveryWayInAndNothingElse) {
    std::set<std::string> declared, table, open, open_table;
    for (const auto* api : {&world().api, koffer->api.get()}) {
        for (const auto& way : ways(*api)) declared.insert(way.section + " " + way.key);
        for (const auto& route : api->routes())
            if (route.gate == service::Gate::anyone) open.insert(route.method + " " + route.path);
    }
    for (const auto& section : decided()) {
        if (section.key() == "anyone") continue;
        for (const auto& entry : section.value().as_object())
            table.insert(std::string(section.key()) + " " + std::string(entry.key()));
    }
    for (const auto& route : array_of(decided(), "anyone")) open_table.emplace(route.as_string());
    EXPECT_EQ(declared, table) << "decide in tests/refusals/permissions.json which roles may do it";
    EXPECT_EQ(open, open_table) << "decide in tests/refusals/permissions.json that nobody signs in for it";
}

TEST_F(KofferDesk, WhatNoRoleGrantsIsRefusedAndJournalled) {
    with_every_role([&](const std::string& role, const Way& way, const std::string& what) {
        const bool granted = way.granted_to.count(role) > 0;
        if (granted && way.route.path == "/api/koffer/check_in") return;  // ends the tour: below
        const auto before = end();
        const auto answer = knock(way, begin(role));
        if (granted) {
            EXPECT_NE(code_of(answer), "permission_denied") << what;
            return;
        }
        EXPECT_EQ(answer.status, 403) << what;
        EXPECT_EQ(code_of(answer), "permission_denied") << what;
        expect_journalled(before, clerk, way.runs, "refused:permission_denied", what);
    });
}

TEST_F(KofferDesk, WithoutASignInNothingIsAnswered) {
    const auto refused = [&](const Way& way, const std::string& token, const std::string& what) {
        const auto before = end();
        const auto answer = knock(way, token);
        EXPECT_EQ(answer.status, 401) << what;
        EXPECT_EQ(code_of(answer), "not_signed_in") << what;
        expect_journalled(before, "", way.name, "refused:not_signed_in", what);
    };
    for (const auto& way : ways(*koffer->api))
        for (const auto* token : {"", "made up"}) refused(way, token, "nobody " + way.key);
    const auto long_ago = system::now().ms - service::session_max_ms - 1000;
    with_every_role([&](const std::string& role, const Way& way, const std::string& what) {
        refused(way, begin(role, long_ago), "expired " + what);
    });
}

TEST_F(KofferDesk, ALockedScreenAnswersNothingButItsUnlocking) {
    with_every_role([&](const std::string& role, const Way& way, const std::string& what) {
        if (way.route.gate == service::Gate::session) return;
        const auto token = begin(role);
        koffer->api->sessions().lock(token);
        const auto before = end();
        EXPECT_EQ(code_of(knock(way, token)), "session_locked") << what;
        expect_journalled(before, clerk, way.name, "refused:session_locked", what);
    });
}

TEST_F(KofferDesk, ASignInNamesWhoseItIs) {
    const auto try_as = [&](const std::string& user, const std::string& secret) {
        return koffer->call("POST", "/api/session/pin", {{"user", user}, {"pin", secret}});
    };
    auto before = end();
    EXPECT_EQ(try_as(clerk, pin).status, 200);
    expect_journalled(before, clerk, "POST /api/session/pin", "done", "good");
    for (const auto& [user, account] : {std::pair{clerk, clerk},
                                        {std::string("koffer_clerk"), clerk},
                                        {std::string("Erna Muster"), std::string()}}) {
        before = end();
        EXPECT_EQ(code_of(try_as(user, "000000")), "sign_in_failed");
        expect_journalled(before, account, "POST /api/session/pin", "refused:sign_in_failed", user);
    }
    EXPECT_EQ(try_as(clerk, pin).status, 200);  // forgets the wrong tries
}

/// What is asked before anybody signs in: a second tour, of whomever it is, is not fetched over the first.
TEST_F(KofferDesk, ATourIsNotFetchedOverAnother) {
    const auto before = end();
    const auto& tour = world().testhausen.objects.at("tour");
    const json::object asked{{"tour_id", tour}, {"user_id", clerk}, {"pin", pin}};
    EXPECT_EQ(code_of(koffer->call("POST", "/api/koffer/check_out", asked)), "case_wrong_status");
    expect_journalled(before, "", "POST /api/koffer/check_out", "refused:case_wrong_status", "tour");
}

/// Before anybody has opened the tour there is no journal: the program's log has it.
TEST_F(KofferDesk, ZBeforeTheTourIsOpenTheLogKnows) {
    koffer->restart();
    for (const auto& way : ways(*koffer->api)) {
        koffer->logged.clear();
        EXPECT_EQ(code_of(knock(way, "")), "not_signed_in") << way.key;
        ASSERT_EQ(koffer->logged.size(), 1u) << way.key;
        EXPECT_EQ(koffer->logged[0].code, "not_signed_in") << way.key;
        EXPECT_EQ(koffer->logged[0].route, way.name) << way.key;
    }
    koffer->logged.clear();
    EXPECT_EQ(code_of(koffer->sign_in("000000")), "sign_in_failed");
    ASSERT_EQ(koffer->logged.size(), 1u);
    EXPECT_EQ(koffer->logged[0].route, "POST /api/session/pin");
    EXPECT_EQ(koffer->sign_in(pin).status, 200);
}

TEST_F(KofferDesk, ZZATourIsEndedByWhoMayDoSo) {
    EXPECT_EQ(koffer->call("POST", "/api/koffer/check_in", {}, begin("koffer_clerk")).status, 200);
    EXPECT_EQ(journal("WHERE name = 'tour.check_in' AND outcome = 'done'").size(), 1u);
}

}  // namespace
}  // namespace wa::refusals
