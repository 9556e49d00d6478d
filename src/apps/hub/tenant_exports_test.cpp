// A tenant's own export at a hub: made sealed, interrupted, ended, and its file gone with it.
#include "apps/hub/tenant_exports.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <map>

#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "apps/service/wiring.hpp"
#include "base/sealed_archive.hpp"
#include "kernel/identity.hpp"

namespace wa::hub {
namespace {

const std::string exporting_tenant = "99001001";

struct Exporting : testing::Test {
    std::string dir = [] {
        char name[] = "/tmp/wa_exports_XXXXXX";
        return std::string(::mkdtemp(name));
    }();
    std::unique_ptr<Tenants> tenants = std::make_unique<Tenants>(dir, service::full_registry());
    std::unique_ptr<TenantExports> exports;
    Actor admin{"00000000000000000000000A1N", "Ada Amt", permissions_of({"admin"})};
    Actor lead{"00000000000000000000000E1D", "Lotte Leitung", permissions_of({"team_lead"})};
    std::string id;

    void SetUp() override {
        log::set_level("off");
        Tenant tenant;
        tenant.id = tenant.ags = exporting_tenant;
        tenant.name = "Testhausen";
        tenant.land = "NI";
        tenant.functions = {"registration"};
        tenants->create(tenant);
        start();
    }
    void TearDown() override {
        exports.reset();
        tenants.reset();
        std::filesystem::remove_all(dir);
        log::set_level("error");
    }
    /// The hub's, after a start.
    void start() {
        exports.reset();
        exports = std::make_unique<TenantExports>(*tenants, dir);
        tidy();
    }
    void tidy() {
        exports->tidy(exporting_tenant);
        exports->settle();
    }
    service::TenantRunner& runner() { return *tenants->runner(exporting_tenant); }
    json::object must(const std::string& name, json::object payload, const Actor& actor) {
        const auto result = runner().run_and_wait({system::new_id(),
                                                   name,
                                                   1,
                                                   std::move(payload),
                                                   actor,
                                                   {"counter", "hub", "Zentrale", ""},
                                                   system::now()});
        EXPECT_EQ(result.outcome, Outcome::done) << name << ": " << result.problem.code;
        return result.answer;
    }
    std::string value(const std::string& text) {
        std::string found;
        runner().read([&](Transaction& tx) {
            const auto rows = tx.query({"test", text}, {});
            if (!rows.empty()) found = rows[0].text(rows[0].names()[0]);
        });
        return found;
    }
    std::string state() { return value("SELECT state FROM tenant_export"); }
    void release() {
        id = text_of(must("export.ask", {{"reason", "Wechsel des Verfahrens"}}, admin), "export_id");
        must("task.close",
             {{"task_id", value("SELECT id FROM task WHERE kind = 'tenant_export'")}, {"result", "geprüft"}},
             lead);
    }
    /// Its secret.
    std::string make() {
        exports->expect(id);
        const auto reason = text_of(must("export.begin", {{"export_id", id}}, admin), "reason");
        const auto secret = exports->make(exporting_tenant, id, reason);
        exports->settle();
        return secret;
    }
    std::string file() { return system::read_file(exports->path(exporting_tenant, id)).value_or(""); }
    std::map<std::string, std::string> opened(const std::string& secret) {
        std::map<std::string, std::string> files;
        std::string now;
        SealedArchiveReader reader(*archive_key(secret),
                                   {[&](const std::string& name) { files[now = name]; },
                                    [&](std::string_view part) { files[now] += part; }});
        reader.take(as_span(file()));
        EXPECT_EQ(reader.finish(), ArchiveFault::none);
        return files;
    }
};

TEST_F(Exporting, MakesOneSealedFileOfEverything) {
    release();
    const auto secret = make();
    ASSERT_EQ(state(), "ready");
    EXPECT_EQ(value("SELECT CAST(size AS TEXT) FROM tenant_export"), std::to_string(file().size()));
    auto files = opened(secret);
    EXPECT_NE(files["tenant.json"].find("Testhausen"), std::string::npos);
    EXPECT_NE(files["tables/tenant_export.jsonl"].find("Wechsel des Verfahrens"), std::string::npos);
    EXPECT_NE(files["tables/journal.jsonl"].find("export.begin"), std::string::npos);
    EXPECT_NE(files["manifest.json"].find("\"journal_hash\""), std::string::npos);
    EXPECT_NE(files["schema.sql"].find("CREATE TABLE person"), std::string::npos);
    struct stat found {};
    ASSERT_EQ(::stat(exports->path(exporting_tenant, id).c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777, 0600u);
}

/// Nor anything else of it.
TEST_F(Exporting, LeavesTheSecretNowhere) {
    release();
    const auto secret = make();
    exports->stop();
    tenants.reset();
    for (const auto& entry : std::filesystem::recursive_directory_iterator(dir)) {
        if (!entry.is_regular_file()) continue;
        const auto text = system::read_file(entry.path().string()).value_or("");
        EXPECT_EQ(text.find(secret), text.npos) << entry.path();
        if (entry.path().extension() == ".wanderamt") {
            EXPECT_EQ(text.find("Testhausen"), text.npos);
        }
    }
}

TEST_F(Exporting, AFileGoesWithItsExport) {
    release();
    make();
    must("export.discard", {{"export_id", id}}, admin);
    EXPECT_NE(file(), "");
    tidy();
    EXPECT_EQ(file(), "");
    EXPECT_TRUE(system::list_folder(dir + "/exports/" + exporting_tenant).empty());
}

TEST_F(Exporting, AReadyOneStaysOverAStart) {
    release();
    const auto secret = make();
    start();
    EXPECT_EQ(state(), "ready");
    EXPECT_FALSE(opened(secret).empty());
}

/// Its half is removed, and it may be made anew.
TEST_F(Exporting, WhatAStopCutsOffIsSaidToBeInterrupted) {
    release();
    exports->expect(id);
    must("export.begin", {{"export_id", id}}, admin);
    const auto half = exports->path(exporting_tenant, id) + ".part";
    system::make_folder(half.substr(0, half.rfind('/')));
    system::write_file(half, "wanderamt archive 1\n");
    tidy();
    EXPECT_EQ(state(), "making") << "it is expected";
    start();
    EXPECT_EQ(state(), "interrupted");
    EXPECT_TRUE(system::list_folder(dir + "/exports/" + exporting_tenant).empty());
    EXPECT_FALSE(opened(make()).empty());
    EXPECT_EQ(state(), "ready");
}

/// As in a hub that was put back from a backup.
TEST_F(Exporting, AReadyOneWithoutItsFileIsInterrupted) {
    release();
    make();
    system::remove_file(exports->path(exporting_tenant, id));
    start();
    EXPECT_EQ(state(), "interrupted");
}

/// Its disk is full, or what lies in its way is no file.
TEST_F(Exporting, WhatCannotBeWrittenIsInterrupted) {
    release();
    system::make_folder(exports->path(exporting_tenant, id) + ".part");
    make();
    EXPECT_EQ(state(), "interrupted");
}

TEST_F(Exporting, OneMadeAnewOpensWithItsOwnSecretAlone) {
    release();
    const auto first = make(), second = make();
    EXPECT_NE(first, second);
    EXPECT_FALSE(opened(second).empty());
    SealedArchiveReader reader(*archive_key(first), {[](const auto&) {}, [](auto) {}});
    reader.take(as_span(file()));
    EXPECT_EQ(reader.finish(), ArchiveFault::secret);
}

}  // namespace
}  // namespace wa::hub
