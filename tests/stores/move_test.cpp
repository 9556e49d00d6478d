// A tenant from SQLite to PostgreSQL and back: nothing lost, nothing half done.
#include "apps/admin/move.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "adapters/postgres/connection.hpp"
#include "adapters/system/system.hpp"
#include "apps/admin/backup.hpp"
#include "apps/admin/tenant_tool.hpp"
#include "apps/hub/data_lock.hpp"
#include "apps/hub/row_copy.hpp"
#include "apps/service/wiring.hpp"
#include "apps/testland/testland.hpp"
#include "kernel/documents.hpp"
#include "kernel/identity.hpp"
#include "places.hpp"

namespace wa::admin {
namespace {

namespace fs = std::filesystem;
constexpr const char* tenant_id = "99001001";

/// What of a tenant can be seen from outside.
struct Seen {
    std::string kind;
    hub::StoreSum rows;
    std::int64_t journal = 0;
    std::size_t faults = 0;
    bool operator==(const Seen&) const = default;
};

JournalEntry a_read_of(Timestamp at) {
    JournalEntry entry;
    entry.at = at;
    entry.kind = "read";
    entry.name = "person.get";
    entry.actor = "00000000000000000000000C1K";
    entry.roles = "clerk";
    entry.outcome = "done";
    entry.subjects = {{"person", "00000000000000000000000PER"}};
    return entry;
}

class MoveTest : public testing::Test {
  protected:
    MoveTest() {
        auto pattern = (fs::temp_directory_path() / "wa-move-XXXXXX").string();
        WA_ASSERT(::mkdtemp(pattern.data()));
        root_ = pattern;
        fs::copy(tenants_made_once(), data(), fs::copy_options::recursive);
        postgres_ = {"postgres", stores::server().server(), stores::server().administrator()};
        sqlite_ = postgres_;
        sqlite_.kind = "sqlite";
    }
    ~MoveTest() override {
        for (const auto& name : databases()) drop(name);
        fs::remove_all(root_);
    }
    std::string data() const { return root_ + "/hub"; }
    std::string folder() const { return data() + "/tenants/" + tenant_id; }

    /// A tenant with a register, accounts and a document, made once and copied for each test.
    static const std::string& tenants_made_once();

    Seen look() const {
        const hub::Keyring keyring(data());
        const auto description = hub::read_description(folder());
        Seen seen;
        seen.kind = hub::store_kind(description);
        const auto store = hub::open_store(keyring, description, folder());
        const auto tx = store->begin_read();
        seen.rows = hub::sum_of(*tx, hub::key_columns(seen.kind));
        const auto report = verify_journal(*tx, hub::unwrap_keys(keyring, description).digest,
                                           service::full_registry().journalled_tables());
        seen.journal = report.entries;
        seen.faults = report.faults.size() + store->check().size();
        return seen;
    }
    std::int64_t ended_entries() const {
        const auto store = hub::open_store(hub::Keyring(data()), hub::read_description(folder()), folder());
        return store->begin_read()
            ->query(
                {"ended", "SELECT COUNT(*) AS count FROM journal WHERE content IS NOT NULL AND actor = ''"})
            .front()
            .integer("count");
    }
    std::vector<std::string> databases() const {
        postgres::Connection server(postgres_.administrator);
        std::vector<std::string> names;
        for (const auto& row :
             server.query({"left",
                           "SELECT datname::text AS name FROM pg_database WHERE datname LIKE 'wa_%' UNION "
                           "SELECT rolname::text FROM pg_roles WHERE rolname LIKE 'wa_9%' ORDER BY 1"}))
            names.push_back(row.text("name"));
        return names;
    }
    /// In one place only, and nothing of a move left.
    void nothing_left() const {
        EXPECT_FALSE(fs::exists(folder() + "/move.json"));
        const bool file = fs::exists(folder() + "/store.db");
        EXPECT_NE(file, look().kind == "postgres");
        EXPECT_EQ(databases().size(), file ? 0u : 1u);
        if (file) return;
        EXPECT_FALSE(fs::exists(folder() + "/store.db-wal"));
        EXPECT_EQ(databases().front(),
                  text_of(object_of(hub::read_description(folder()), "store"), "database"));
    }
    static void drop(const std::string& name) {
        hub::drop_store({{"kind", "postgres"}, {"database", name}}, "",
                        {"postgres", "", stores::server().administrator()});
    }
    /// In a process of its own, so that it can be killed; its exit status, or the signal.
    template <class Work>
    static int in_a_process(Work work, int kill_after_us = -1) {
        const auto child = ::fork();
        if (child == 0) {
            try {
                work();
                ::_exit(0);
            } catch (const std::exception& error) {
                std::cerr << error.what() << "\n";
                ::_exit(1);
            }
        }
        if (kill_after_us >= 0) {
            std::this_thread::sleep_for(std::chrono::microseconds(kill_after_us));
            ::kill(child, SIGKILL);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
    }

    std::string root_;
    hub::StorePlace postgres_, sqlite_;
};

const std::string& MoveTest::tenants_made_once() {
    static const struct Made {
        Made() {
            auto pattern = (fs::temp_directory_path() / "wa-made-XXXXXX").string();
            WA_ASSERT(::mkdtemp(pattern.data()));
            path = pattern;
            hub::Tenants tenants(path, service::full_registry());
            const auto& place = testland::municipality(0);
            Tenant tenant;
            tenant.id = tenant.ags = tenant_id;
            tenant.name = place.name;
            tenant.land = place.land;
            tenant.functions = {"registration", "id_documents"};
            tenant.sender = place.sender;
            tenants.create(tenant);
            auto& runner = *tenants.runner(tenant_id);
            {
                const auto tx = runner.store().begin_write();
                append_journal(*tx, a_read_of(*parse_timestamp("2020-05-04T09:00:00Z")));
                tx->commit();
            }
            add_number_blocks(runner);
            for (auto& batch : testland::person_batches(0, 100))
                run_as_program(runner, "residence.import", {{"persons", std::move(batch)}}, system_actor());
            run_as_program(runner, "user.create",
                           {{"login", "ada"}, {"name", "Ada Łącka-M̂ẖőỳ"}, {"roles", json::array{"clerk"}}},
                           system_actor());
            // What has ended goes along as well, and proves on either side.
            run_as_program(runner, "journal.end_reads", {}, system_actor());
            for (int number = 0; number < 3; ++number) {
                const auto tx = runner.store().begin_write();
                Bytes document(300'000, std::uint8_t(number));
                WA_ASSERT(put_document(*tx, document));
                tx->commit();
            }
        }
        ~Made() { fs::remove_all(path); }
        std::string path;
    } made;
    return made.path;
}

TEST_F(MoveTest, there_and_back_nothing_is_lost) {
    const auto before = look();
    ASSERT_EQ(before.kind, "sqlite");
    ASSERT_EQ(before.faults, 0u);
    ASSERT_EQ(ended_entries(), 1);
    ASSERT_GT(before.rows.at("person").rows, 50);
    ASSERT_GT(before.rows.at("document_chunk").rows, 10);
    ASSERT_EQ(before.rows.at("schema_step").rows, std::int64_t(service::full_registry().schema().size()));

    const auto there = move_tenant(data(), tenant_id, postgres_);
    EXPECT_TRUE(there.done);
    EXPECT_EQ(there.head.seq, before.journal);
    auto seen = look();
    EXPECT_EQ(seen.kind, "postgres");
    EXPECT_TRUE(seen.rows == before.rows);
    EXPECT_EQ(seen.journal, before.journal);
    EXPECT_EQ(seen.faults, 0u);
    nothing_left();

    // It is worked with there.
    {
        TenantTool tool(data(), tenant_id);
        tool.run("user.create", {{"login", "eva"}, {"name", "Eva Neu"}, {"roles", json::array{"clerk"}}});
    }
    EXPECT_FALSE(move_tenant(data(), tenant_id, postgres_).done);
    const auto worked = look();
    EXPECT_EQ(worked.journal, before.journal + 1);
    EXPECT_EQ(worked.faults, 0u);

    const auto back = move_tenant(data(), tenant_id, sqlite_);
    EXPECT_EQ(back.head.seq, worked.journal);
    seen = look();
    EXPECT_EQ(seen.kind, "sqlite");
    EXPECT_TRUE(seen.rows == worked.rows);
    EXPECT_EQ(seen.faults, 0u);
    nothing_left();
    TenantTool tool(data(), tenant_id);
    EXPECT_FALSE(user_id_of(tool.runner(), "eva").empty());
}

TEST_F(MoveTest, cut_off_at_every_step_the_tenant_is_whole) {
    const auto before = look();
    for (const auto* target : {&postgres_, &sqlite_}) {
        for (const std::string where : {"open", "make", "copy", "prove", "switch", "tidy"}) {
            const auto cut_off = [&] {
                move_tenant(data(), tenant_id, *target, [&](const char* step) {
                    if (where == step) ::kill(::getpid(), SIGKILL);
                });
            };
            EXPECT_EQ(in_a_process(cut_off), SIGKILL) << where;
            const auto seen = look();
            EXPECT_EQ(seen.kind == target->kind, where == "tidy") << where;
            EXPECT_TRUE(seen.rows == before.rows) << where;
            EXPECT_EQ(seen.faults, 0u) << where;
            // Each of the moves that follow has removed what the one before had left.
            EXPECT_LE(databases().size(), 1u) << where;
        }
        const auto again = move_tenant(data(), tenant_id, *target);
        EXPECT_FALSE(again.done);
        EXPECT_TRUE(again.tidied);
        nothing_left();
    }
}

TEST_F(MoveTest, killed_at_any_moment_the_tenant_is_whole) {
    const auto before = look();
    const auto begun = system::monotonic_ms();
    move_tenant(data(), tenant_id, postgres_);
    const auto whole_us = (system::monotonic_ms() - begun) * 1000;
    for (int round = 1; round <= 4; ++round) {
        const auto& target = round % 2 == 1 ? sqlite_ : postgres_;
        in_a_process([&] { move_tenant(data(), tenant_id, target); }, int(whole_us * round / 5));
        EXPECT_TRUE(look().rows == before.rows) << round;
        move_tenant(data(), tenant_id, target);
        const auto seen = look();
        EXPECT_EQ(seen.kind, target.kind) << round;
        EXPECT_TRUE(seen.rows == before.rows) << round;
        EXPECT_EQ(seen.faults, 0u) << round;
        nothing_left();
    }
}

TEST_F(MoveTest, a_running_hub_stops_it) {
    const hub::DataLock hub(data());
    EXPECT_THROW(move_tenant(data(), tenant_id, postgres_), std::runtime_error);
}

TEST_F(MoveTest, a_verb_at_work_in_the_store_stops_it_and_it_stops_them) {
    {
        TenantTool tool(data(), tenant_id);
        EXPECT_THROW(move_tenant(data(), tenant_id, postgres_), std::runtime_error);
        EXPECT_NO_THROW(TenantTool(data(), tenant_id)) << "verbs beside each other are fine";
    }
    const hub::StoreUse moving(data(), hub::StoreUse::Kind::replaces);
    EXPECT_THROW(TenantTool(data(), tenant_id), std::runtime_error);
    EXPECT_EQ(look().kind, "sqlite");
}

TEST_F(MoveTest, what_is_not_whole_stays_where_it_is) {
    {
        TenantTool tool(data(), tenant_id);
        const auto tx = tool.runner().store().begin_write();
        tx->execute({"past the journal", "UPDATE user_account SET name = 'Jemand' WHERE login = 'ada'"});
        tx->commit();
    }
    try {
        move_tenant(data(), tenant_id, postgres_);
        ADD_FAILURE() << "a changed row was taken over";
    } catch (const std::runtime_error& error) {
        EXPECT_NE(std::string(error.what()).find("row_changed user_account"), std::string::npos)
            << error.what();
    }
    EXPECT_EQ(look().kind, "sqlite");
    nothing_left();
}

TEST_F(MoveTest, without_an_administrator_it_says_what_is_missing) {
    auto place = postgres_;
    place.administrator.clear();
    try {
        move_tenant(data(), tenant_id, place);
        ADD_FAILURE();
    } catch (const std::runtime_error& error) {
        EXPECT_NE(std::string(error.what()).find("store.postgres_administrator"), std::string::npos);
    }
    EXPECT_EQ(look().kind, "sqlite");
}

TEST_F(MoveTest, a_backup_of_a_tenant_on_the_server_is_a_file_that_restores) {
    move_tenant(data(), tenant_id, postgres_);
    const auto before = look();
    const auto head = write_backup(data(), tenant_id, root_ + "/a.backup");
    EXPECT_EQ(head.journal.seq, before.journal);
    RestoreOptions options;
    options.master_key_path = data() + "/master.key";
    options.reason = "Test";
    const auto restored = restore_backup(root_ + "/elsewhere", root_ + "/a.backup", options);
    EXPECT_EQ(restored.report.entries, before.journal);
    EXPECT_TRUE(restored.report.faults.empty());
    EXPECT_TRUE(fs::exists(root_ + "/elsewhere/tenants/" + tenant_id + "/store.db"));
    EXPECT_EQ(hub::store_kind(hub::read_description(root_ + "/elsewhere/tenants/" + tenant_id)), "sqlite");
    EXPECT_FALSE(fs::exists(root_ + "/a.backup.store.new"));
}

TEST_F(MoveTest, an_older_program_refuses_a_newer_store) {
    for (const auto* place : {&sqlite_, &postgres_}) {
        move_tenant(data(), tenant_id, *place);
        {
            TenantTool tool(data(), tenant_id);
            const auto tx = tool.runner().store().begin_write();
            tx->execute({"later", "INSERT INTO schema_step (name) VALUES ('kernel/9999_later')"});
            tx->commit();
        }
        try {
            TenantTool tool(data(), tenant_id);
            ADD_FAILURE() << place->kind;
        } catch (const std::runtime_error& error) {
            EXPECT_NE(std::string(error.what()).find("kernel/9999_later"), std::string::npos);
        }
        const hub::Keyring keyring(data());
        const auto store = hub::open_store(keyring, hub::read_description(folder()), folder());
        const auto tx = store->begin_write();
        tx->execute({"never", "DELETE FROM schema_step WHERE name = 'kernel/9999_later'"});
        tx->commit();
    }
}

TEST_F(MoveTest, a_tenant_is_created_on_the_server) {
    hub::Tenants tenants(data(), service::full_registry());
    Tenant tenant;
    tenant.id = tenant.ags = "99001077";
    tenant.name = "Neuhausen";
    tenant.land = "NI";
    tenants.create(tenant, postgres_);
    EXPECT_FALSE(fs::exists(data() + "/tenants/99001077/store.db"));
    add_number_blocks(*tenants.runner("99001077"));
    EXPECT_TRUE(tenants.runner("99001077")->store().check().empty());
}

}  // namespace
}  // namespace wa::admin
