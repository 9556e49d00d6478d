// What a Koffer's clerk was typing, brought home sealed: over the line, or days later on a stick.
#include "apps/hub/sealed_work.hpp"

#include <gtest/gtest.h>

#include <future>

#include "adapters/sqlite/sqlite_store.hpp"
#include "adapters/system/system.hpp"
#include "apps/service/wiring.hpp"
#include "kernel/data.hpp"
#include "kernel/identity.hpp"
#include "sync/sealed.hpp"
#include "sync/sealed_queue.hpp"

namespace wa::hub {
namespace {

/// A store to which somebody else writes, once, right before we begin to.
struct SharedStore : Store {
    std::unique_ptr<Store> inner = open_sqlite_store({.path = ":memory:"});
    std::function<void(Transaction&)> somebody_else;

    std::unique_ptr<Transaction> begin_write() override {
        if (const auto work = std::exchange(somebody_else, {})) {
            const auto tx = inner->begin_write();
            work(*tx);
            tx->commit();
        }
        return inner->begin_write();
    }
    std::unique_ptr<Transaction> begin_read() override { return inner->begin_read(); }
    void migrate(const std::vector<SchemaStep>& steps) override { inner->migrate(steps); }
    void copy_to(const std::string& path) override { inner->copy_to(path); }
    std::vector<StoreDamage> check() override { return inner->check(); }
    std::vector<std::string> tables() override { return inner->tables(); }
};

struct SealedDraftTest : testing::Test {
    const Timestamp now = *parse_timestamp("2026-11-05T08:00:00Z");
    const SignKeys keys = SignKeys::from_seed(Key32(sha256("Koffer")));
    Engine engine{service::full_registry()};
    std::shared_ptr<SharedStore> store = std::make_shared<SharedStore>();
    std::shared_ptr<service::TenantRunner> runner;
    std::string device_id, clerk_id, case_id, tour_id;

    void SetUp() override {
        store->migrate(engine.registry().schema());
        TenantScope scope;
        scope.tenant.id = scope.tenant.ags = "99001001";
        scope.tenant.functions = {"registration"};
        scope.digest_key = Key32(sha256("tenant"));
        scope.reference = Reference::load("NI", {});
        runner = service::TenantRunner::make(engine, std::move(scope), store);
        must("numbers.lease", {{"kind", "case"}, {"holder", "hub"}, {"series", "Z"}, {"count", 100}});
        clerk_id = text_of(
            must("user.create",
                 {{"login", "a.koffer"}, {"name", "Ada Probe"}, {"roles", json::array{"koffer_clerk"}}}),
            "user_id");
        device_id = text_of(must("device.prepare", {{"name", "Koffer 1"},
                                                    {"code_hash", to_hex(sha256("code"))},
                                                    {"code_expires", "2026-12-01T00:00:00Z"}}),
                            "device_id");
        must("device.enrol", {{"device_id", device_id},
                              {"certificate", "AAAA"},
                              {"certificate_until", "2099-12-31T00:00:00Z"},
                              {"fingerprint", to_hex(sha256("Koffer 1"))},
                              {"sign_key", to_hex(keys.public_key)}});
        auto clerk = system_actor();
        clerk.user_id = clerk_id;
        const auto key = to_hex(keys.public_key);
        must("user.set_pin", {{"sign_key", key}, {"seal_key", key}, {"wrapped_seed", "00"}}, clerk);
        const auto site = must(
            "site.add",
            {{"name", "Heim"}, {"street", "Lindenweg 1"}, {"postcode", "99101"}, {"city", "Testhausen"}});
        tour_id = text_of(must("tour.plan", {{"site_id", text_of(site, "site_id")},
                                             {"day", "2026-11-05"},
                                             {"from", "09:00"},
                                             {"until", "12:00"},
                                             {"staff", json::array{json::string(clerk_id)}},
                                             {"exception", "Test"},
                                             {"device_id", device_id}}),
                          "tour_id");
        case_id = text_of(
            must("case.open",
                 {{"procedure", "residence.registration"}, {"channel", "koffer"}, {"title", "Probe"}}),
            "case_id");
    }
    json::object must(const std::string& name, json::object payload, const Actor& actor = system_actor()) {
        CommandRequest request;
        request.id = system::new_id();
        request.name = name;
        request.payload = std::move(payload);
        request.actor = actor;
        request.origin = {"counter", "hub", "Zentrale", ""};
        request.at = now;
        const auto result = runner->run_and_wait(std::move(request));
        EXPECT_EQ(result.outcome, Outcome::done) << name << " " << result.problem.code;
        return result.answer;
    }
    void write(const char* text, const Params& params) {
        std::promise<bool> done;
        runner->write(
            [&](Transaction& tx) {
                tx.execute({"test", text}, params);
            },
            [&](bool good) { done.set_value(good); });
        EXPECT_TRUE(done.get_future().get());
    }
    Rows rows(const char* text) {
        Rows found;
        runner->read([&](Transaction& tx) { found = tx.query({"test", text}); });
        return found;
    }
    /// What take_draft says to it; empty when the Koffer may let go of it.
    std::string take(const std::string& of_case, const char* form, std::int64_t saved_at_ms,
                     const std::string& whose = "") {
        const sync::Draft draft{device_id,   tour_id, of_case, whose.empty() ? clerk_id : whose,
                                saved_at_ms, form};
        const auto sealed = sync::seal_work(sync::tenant_seal_keys(runner->scope().digest_key).public_key,
                                            sync::write_draft(draft, keys), system::random_key());
        std::optional<Row> device;
        runner->read([&](Transaction& tx) { device = read_row(tx, "device", device_id); });
        const auto taken = take_draft(*runner, *device, sealed);
        EXPECT_TRUE(taken.case_id.empty() || (taken.case_id == of_case && !taken.refused));
        return taken.refused ? taken.refused->code : "";
    }
    std::string typed() {
        const auto drafts = rows("SELECT form FROM draft");
        return drafts.empty() ? "" : drafts.front().text("form");
    }
};

TEST_F(SealedDraftTest, WhatWasTypedLastIsKept) {
    EXPECT_EQ(take(case_id, R"({"moved_in":"2026-11-01"})", now.ms + 2), "");
    EXPECT_EQ(typed(), R"({"moved_in":"2026-11-01"})");
    EXPECT_EQ(take(case_id, R"({"moved_in":"2026-10-01"})", now.ms + 1), "");
    EXPECT_EQ(typed(), R"({"moved_in":"2026-11-01"})");
    EXPECT_EQ(take(case_id, R"({"moved_in":"2026-11-02"})", now.ms + 3), "");
    EXPECT_EQ(typed(), R"({"moved_in":"2026-11-02"})");
}

/// The device alone signs a draft: it is believed of whom its tour has, and of nobody else.
TEST_F(SealedDraftTest, OnlyOfTheToursStaff) {
    const auto other = text_of(
        must("user.create", {{"login", "b.amt"}, {"name", "Bernd Amt"}, {"roles", json::array{"team_lead"}}}),
        "user_id");
    EXPECT_EQ(take(case_id, "{}", now.ms + 2, other), "envelope_clerk");
    EXPECT_EQ(typed(), "");
    tour_id = system::new_id();
    EXPECT_EQ(take(case_id, "{}", now.ms + 2), "envelope_clerk");
    EXPECT_EQ(typed(), "");
}

/// A stick is carried for days; meanwhile the case was submitted over the line.
TEST_F(SealedDraftTest, WhatIsOlderThanTheSubmissionDoesNotComeBack) {
    write("UPDATE case_file SET status = 'captured', submitted_at_ms = $at", {{"at", now.ms + 5}});
    EXPECT_EQ(take(case_id, R"({"moved_in":"2026-11-01"})", now.ms + 4), "");
    EXPECT_EQ(typed(), "");
    EXPECT_EQ(take(case_id, R"({"moved_in":"2026-11-02"})", now.ms + 6), "");
    EXPECT_EQ(typed(), R"({"moved_in":"2026-11-02"})");
}

/// A stick is taken in by a program of its own, beside the hub with its open lines.
TEST_F(SealedDraftTest, WhatSomebodyElseWritesMeanwhileCounts) {
    store->somebody_else = [&](Transaction& tx) {
        tx.execute({"test", "UPDATE case_file SET status = 'captured', submitted_at_ms = $at"},
                   {{"at", now.ms + 5}});
    };
    EXPECT_EQ(take(case_id, R"({"moved_in":"2026-11-01"})", now.ms + 4), "");
    EXPECT_FALSE(store->somebody_else);
    EXPECT_EQ(typed(), "") << "an old draft covers what was submitted";
    store->somebody_else = [&](Transaction& tx) {
        tx.execute(sql::kernel::save_draft, {{"case_id", case_id},
                                             {"form", std::string(R"({"moved_in":"2026-11-03"})")},
                                             {"saved_at_ms", now.ms + 9},
                                             {"saved_by", clerk_id}});
    };
    EXPECT_EQ(take(case_id, R"({"moved_in":"2026-11-02"})", now.ms + 8), "");
    EXPECT_EQ(typed(), R"({"moved_in":"2026-11-03"})") << "an old draft covers a newer one";
}

/// Opened again at the office, while an older draft was on its way.
TEST_F(SealedDraftTest, WhatIsOlderThanAReopeningDoesNotComeBack) {
    write(
        "INSERT INTO case_finding (id, version, case_id, code, state, details) VALUES ('F', 'V', $id, "
        "'reopened', 'done', "
        "$details)",
        {{"id", case_id},
         {"details", json::serialize(json::object{{"at", to_rfc3339(Timestamp{now.ms + 5})}})}});
    EXPECT_EQ(take(case_id, R"({"moved_in":"2026-11-01"})", now.ms + 4), "");
    EXPECT_EQ(typed(), "");
    EXPECT_EQ(take(case_id, R"({"moved_in":"2026-11-02"})", now.ms + 6), "");
    EXPECT_EQ(typed(), R"({"moved_in":"2026-11-02"})");
}

/// Its case was set aside before what was typed for it came: the Koffer must not wait for ever, and all other
/// drafts behind it.
TEST_F(SealedDraftTest, WhatIsOfACaseSetAsideIsLetGo) {
    const auto other = system::new_id();
    EXPECT_EQ(take(other, "{}", now.ms), "case_not_found");  // may be on its way
    write(
        "INSERT INTO quarantine (command_id, device_id, tour_id, device_seq, name, stream, envelope, code, "
        "details, arrived_at_ms, state) VALUES ($id, $device, $tour, 1, 'case.open', $id, x'00', 'x', '{}', "
        "1, "
        "'open')",
        {{"id", other}, {"device", device_id}, {"tour", tour_id}});
    EXPECT_EQ(take(other, R"({"a":1})", now.ms), "");
    EXPECT_EQ(typed(), R"({"a":1})");  // it waits with its case
    write("UPDATE quarantine SET state = 'set_aside'", {});
    write("DELETE FROM draft", {});
    EXPECT_EQ(take(other, R"({"a":1})", now.ms), "");
    EXPECT_EQ(typed(), "");
}

}  // namespace
}  // namespace wa::hub
