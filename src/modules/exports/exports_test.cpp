// Who may have everything of the tenant, released by whom, and for how long.
#include "modules/exports/module.hpp"

#include <gtest/gtest.h>

#include "adapters/sqlite/sqlite_store.hpp"
#include "kernel/data.hpp"
#include "kernel/engine.hpp"
#include "kernel/identity.hpp"
#include "kernel/kernel.hpp"
#include "modules/exports/data.hpp"

namespace wa::exports {
namespace {

const Registry& exports_registry() {
    static const Registry* const made = [] {
        auto* fresh = new Registry;
        install_kernel(*fresh);
        install_exports(*fresh);
        fresh->seal();
        return fresh;
    }();
    return *made;
}

struct Exports : testing::Test {
    Engine engine{exports_registry()};
    std::shared_ptr<Store> store = open_sqlite_store({.path = ":memory:"});
    TenantScope scope;
    std::unique_ptr<Transaction> tx;
    std::uint32_t counter = 0;
    Timestamp at = *parse_timestamp("2026-11-05T08:00:00Z");
    Actor admin{"ada.amt", "Ada Amt", permissions_of({"admin"})};
    Actor lead{"lotte.leitung", "Lotte Leitung", permissions_of({"team_lead"})};

    void SetUp() override {
        set_registry(exports_registry());
        store->migrate(exports_registry().schema());
        scope.tenant.id = scope.tenant.ags = "99001001";
        scope.tenant.land = "NI";
        scope.reference = Reference::load("NI", {});
        tx = store->begin_write();
        for (auto* one : {&admin, &lead})
            one->user_id = text_of(run("user.create",
                                       {{"login", one->user_id},
                                        {"name", one->name},
                                        {"roles", json::array{one == &admin ? "admin" : "team_lead"}}},
                                       system_actor())
                                       .answer,
                                   "user_id");
    }
    CommandResult run(const std::string& name, json::object payload, const Actor& actor) {
        const auto command_id = derive_id(Id{}, ++counter, at.ms).text();
        return engine.run(
            *tx, scope,
            {command_id, name, 1, std::move(payload), actor, {"counter", "hub", "Zentrale", ""}, at});
    }
    /// The code it is refused with; "" when it was done.
    std::string refusal(const std::string& name, json::object payload, const Actor& actor) {
        return run(name, std::move(payload), actor).problem.code;
    }
    std::string of_export(const char* name, const Actor& actor, json::object more = {}) {
        more["export_id"] = id;
        return refusal(name, std::move(more), actor);
    }
    void ask() {
        const auto result = run("export.ask", {{"reason", "Wechsel des Verfahrens"}}, admin);
        EXPECT_EQ(result.problem.code, "");
        id = text_of(result.answer, "export_id");
    }
    std::string value(const std::string& text, const Params& params = {}) {
        const auto rows = tx->query({"test", text}, params);
        return rows.empty() || rows[0].values().empty() ? "" : rows[0].text(rows[0].names()[0]);
    }
    std::string decide(const Actor& actor, const char* outcome = "done") {
        const auto task =
            value("SELECT id FROM task WHERE kind = 'tenant_export' AND subject = $id", {{"id", id}});
        return refusal("task.close", {{"task_id", task}, {"outcome", outcome}, {"result", "geprüft"}}, actor);
    }
    json::object shown() {
        const auto answer = engine.ask(*tx, scope, {"export.get", {}, "", admin, {}, at});
        EXPECT_TRUE(answer);
        return answer ? object_of(*answer, "export") : json::object{};
    }
    std::string state() { return text_of(shown(), "state"); }
    void make() {
        ask();
        EXPECT_EQ(decide(lead), "");
        EXPECT_EQ(of_export("export.begin", admin), "");
        EXPECT_EQ(of_export("export.note", system_actor(), {{"state", "ready"}, {"size", 4711}}), "");
    }
    std::int64_t night(const char* day) {
        at = *parse_timestamp(std::string(day) + "T03:00:00Z");
        return integer_of(run("export.expire", {}, system_actor()).answer, "count");
    }
    std::string id;
};

TEST_F(Exports, AreAskedForReleasedByTheLeadAndMade) {
    EXPECT_TRUE(shown().empty());
    ask();
    EXPECT_EQ(state(), "asked");
    EXPECT_EQ(of_export("export.begin", admin), "exports.not_released");
    EXPECT_EQ(decide(lead), "");
    EXPECT_EQ(state(), "released");
    EXPECT_EQ(of_export("export.hand_out", admin), "exports.not_ready");
    EXPECT_EQ(of_export("export.begin", admin), "");
    EXPECT_EQ(state(), "making");
    EXPECT_EQ(of_export("export.begin", admin), "exports.being_made");
    EXPECT_EQ(of_export("export.note", system_actor(), {{"state", "ready"}, {"size", 4711}}), "");
    EXPECT_EQ(of_export("export.hand_out", admin), "");
    const auto said = shown();
    EXPECT_EQ(text_of(said, "state"), "ready");
    EXPECT_EQ(integer_of(said, "size"), 4711);
    EXPECT_EQ(text_of(said, "until"), "2026-11-12");
    EXPECT_EQ(text_of(said, "asked_by"), "Ada Amt");
    EXPECT_EQ(text_of(said, "decided_by"), "Lotte Leitung");
}

TEST_F(Exports, StandInTheJournalWithReasonAndBothPersons) {
    make();
    of_export("export.hand_out", admin);
    for (const auto* name : {"export.ask", "export.begin", "export.hand_out"})
        EXPECT_EQ(value("SELECT actor || ' ' || reason FROM journal WHERE name = $name", {{"name", name}}),
                  admin.user_id + " Wechsel des Verfahrens")
            << name;
    EXPECT_EQ(value("SELECT j.actor || ' ' || s.subject_id FROM journal j JOIN journal_subject s ON s.seq = "
                    "j.seq WHERE j.name = 'task.close' AND s.subject_type = 'second_person'"),
              lead.user_id + " " + admin.user_id);
    const auto report = verify_journal(*tx, scope.digest_key, exports_registry().journalled_tables());
    EXPECT_TRUE(report.faults.empty());
}

TEST_F(Exports, AreReleasedByNobodyWhoAsksOrFetches) {
    ask();
    auto both = admin;
    both.permissions = permissions_of({"admin", "team_lead"});
    EXPECT_EQ(decide(admin), "permission_denied");
    EXPECT_EQ(decide(both), "message.needs_second_person");
    auto later_admin = lead;
    later_admin.permissions = permissions_of({"admin"});
    EXPECT_EQ(decide(lead), "");
    EXPECT_EQ(of_export("export.begin", later_admin), "message.needs_second_person");
    EXPECT_EQ(of_export("export.begin", lead), "permission_denied");
}

TEST_F(Exports, AreOneAtATimeAndARefusedOneMayBeAskedForAgain) {
    ask();
    EXPECT_EQ(refusal("export.ask", {{"reason", "x"}}, admin), "exports.under_way");
    EXPECT_EQ(decide(lead, "dropped"), "");
    EXPECT_EQ(state(), "refused");
    EXPECT_EQ(text_of(shown(), "decision"), "geprüft");
    EXPECT_EQ(of_export("export.begin", admin), "exports.not_released");
    ask();
    EXPECT_EQ(state(), "asked");
    EXPECT_EQ(open_exports(*tx).size(), 1u);
}

/// Also when its secret is lost. The days of the file are those of the first one.
TEST_F(Exports, AreMadeAnewWhenInterrupted) {
    make();
    at = *parse_timestamp("2026-11-07T08:00:00Z");
    EXPECT_EQ(of_export("export.begin", admin), "");
    EXPECT_EQ(of_export("export.note", system_actor(), {{"state", "interrupted"}}), "");
    EXPECT_EQ(state(), "interrupted");
    EXPECT_EQ(of_export("export.hand_out", admin), "exports.not_ready");
    EXPECT_EQ(of_export("export.begin", admin), "");
    EXPECT_EQ(of_export("export.note", system_actor(), {{"state", "ready"}, {"size", 1}}), "");
    EXPECT_EQ(text_of(shown(), "until"), "2026-11-12");
}

TEST_F(Exports, EndWithTheirDays) {
    make();
    EXPECT_EQ(night("2026-11-12"), 0);
    EXPECT_EQ(state(), "ready");
    EXPECT_EQ(night("2026-11-13"), 1);
    EXPECT_EQ(state(), "ended");
    EXPECT_TRUE(open_exports(*tx).empty());
    EXPECT_EQ(of_export("export.hand_out", admin), "exports.not_ready");
    EXPECT_EQ(of_export("export.begin", admin), "exports.not_released");
}

TEST_F(Exports, WhatNobodyReleasesEndsWithItsTask) {
    ask();
    EXPECT_EQ(night("2026-11-13"), 1);
    EXPECT_EQ(state(), "ended");
    EXPECT_EQ(value("SELECT state FROM task WHERE kind = 'tenant_export'"), "dropped");
}

TEST_F(Exports, StandForAWhileAndThenInTheJournalAlone) {
    make();
    EXPECT_EQ(night("2026-11-13"), 1);
    EXPECT_EQ(night("2026-11-20"), 0);
    EXPECT_EQ(state(), "ended");
    EXPECT_EQ(night("2026-11-21"), 0);
    EXPECT_TRUE(shown().empty());
    EXPECT_EQ(value("SELECT reason FROM journal WHERE name = 'export.ask'"), "Wechsel des Verfahrens");
    EXPECT_TRUE(verify_journal(*tx, scope.digest_key, exports_registry().journalled_tables()).faults.empty());
}

/// From the release on, not from the question.
TEST_F(Exports, AReleaseIsGoodForItsDays) {
    ask();
    at = *parse_timestamp("2026-11-11T08:00:00Z");
    EXPECT_EQ(decide(lead), "");
    EXPECT_EQ(night("2026-11-18"), 0);
    at = *parse_timestamp("2026-11-19T08:00:00Z");
    EXPECT_EQ(of_export("export.begin", admin), "exports.not_released");
}

/// Whoever ends it is not answered by what the hub tells afterwards.
TEST_F(Exports, AnEndedOneStaysEnded) {
    ask();
    EXPECT_EQ(decide(lead), "");
    EXPECT_EQ(of_export("export.begin", admin), "");
    EXPECT_EQ(of_export("export.discard", admin), "");
    EXPECT_EQ(of_export("export.note", system_actor(), {{"state", "ready"}, {"size", 1}}), "");
    EXPECT_EQ(state(), "ended");
    ask();
}

}  // namespace
}  // namespace wa::exports
