#include "apps/hub/daily_round.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <thread>

#include "adapters/log/log.hpp"
#include "adapters/sqlite/sqlite_store.hpp"
#include "adapters/system/system.hpp"
#include "apps/service/wiring.hpp"
#include "kernel/identity.hpp"

namespace wa::hub {
namespace {

constexpr std::int64_t minute = 60'000;

struct Rounds : testing::Test {
    Engine engine{service::full_registry()};
    std::atomic<bool> broken{false};
    std::shared_ptr<service::TenantRunner> town = open("99001001", {"registration"}),
                                           county = open("99001", {});
    DailyRound round{{town, county}};
    Timestamp noon = *parse_timestamp("2026-11-05T11:00:00Z");

    void SetUp() override { log::set_level("off"); }
    void TearDown() override {
        town->finish();
        county->finish();
        log::set_level("error");
    }
    std::shared_ptr<service::TenantRunner> open(const std::string& id, std::set<std::string> functions) {
        std::shared_ptr<Store> store = open_sqlite_store({":memory:"});
        store->migrate(engine.registry().schema());
        TenantScope scope;
        scope.tenant.id = scope.tenant.ags = id;
        scope.tenant.land = "NI";
        scope.tenant.functions = std::move(functions);
        scope.reference = Reference::load("NI", {});
        auto runner = service::TenantRunner::make(engine, std::move(scope), std::move(store));
        runner->before_commit([this](Transaction&) {
            if (broken) throw StoreError(StoreError::Kind::other, "broken");
        });
        return runner;
    }
    /// What was done by the rounds so far, by the journal.
    std::int64_t done(service::TenantRunner& runner, const std::string& command) {
        std::promise<void> over;
        runner.write([](Transaction&) {}, [&](bool) { over.set_value(); });
        over.get_future().wait();
        std::int64_t count = 0;
        runner.read([&](Transaction& tx) {
            count = tx.query({"test", "SELECT COUNT(*) AS count FROM journal WHERE name = $name"},
                             {{"name", command}})
                        .front()
                        .integer("count");
        });
        return count;
    }
    /// Looks, and waits for the round.
    void look(Timestamp now) {
        round.look(now);
        while (round.under_way()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    void write(std::string_view sql) {
        std::promise<void> over;
        town->write([&](Transaction& tx) { tx.execute({"test", sql}, {}); }, [&](bool) { over.set_value(); });
        over.get_future().wait();
    }
    std::string value(std::string_view sql) {
        std::string found;
        town->read([&](Transaction& tx) { found = tx.query({"test", sql}, {}).front().text("value"); });
        return found;
    }
    void import(json::array persons) {
        CommandRequest request;
        request.id = system::new_id();
        request.name = "residence.import";
        request.payload = {{"persons", std::move(persons)}};
        request.actor = system_actor();
        request.origin = {"system", "hub", "Zentrale", ""};
        request.at = noon;
        ASSERT_EQ(town->run_and_wait(std::move(request)).outcome, Outcome::done);
    }
    Timestamp later(std::int64_t minutes) const { return {noon.ms + minutes * minute}; }
};

TEST_F(Rounds, OnceADayForEveryTenantWithWhatItsFunctionsAsk) {
    look(noon);
    look(later(10));
    for (const auto& name : daily_commands(town->scope().tenant)) EXPECT_EQ(done(*town, name), 1) << name;
    EXPECT_EQ(done(*town, "residence.forget_forms"), 1);
    EXPECT_EQ(done(*county, "message.watch"), 1);
    EXPECT_EQ(done(*county, "residence.forget_forms"), 0);
    look(later(12 * 60 - 1));  // 23:59 in Berlin
    EXPECT_EQ(done(*town, "residence.close_cases"), 1);
    look(later(12 * 60));
    EXPECT_EQ(done(*town, "residence.close_cases"), 2);
}

TEST_F(Rounds, WhatFailedIsTriedAgainAfterAnHour) {
    broken = true;
    look(noon);
    EXPECT_EQ(done(*town, "residence.close_cases"), 0);
    broken = false;
    look(later(59));
    EXPECT_EQ(done(*town, "residence.close_cases"), 0);
    look(later(60));
    EXPECT_EQ(done(*town, "residence.close_cases"), 1);
    look(later(200));
    EXPECT_EQ(done(*town, "residence.close_cases"), 1);
}

/// An endless command is cut off, and what comes after it is done.
TEST_F(Rounds, ACommandThatFindsNoEndIsGivenUpForAnHour) {
    // A message that waits for its answer for ever: whoever marks it as missing finds it unmarked again.
    write(
        "INSERT INTO outbox (id, version, recipient, message_type, law, due_on, created_at_ms, state, "
        "state_at_ms, answer_due_on, payload) VALUES ('O', 'V', 'Meldebehörde 99001002', 'vms_request', '', "
        "'2026-01-01', 0, 'handed_over', 0, '2026-01-02', '{}')");
    write(
        "CREATE TRIGGER unmarked AFTER UPDATE ON outbox WHEN new.answer_missed = 1 BEGIN UPDATE outbox SET "
        "answer_missed = 0 WHERE id = new.id; END");
    DailyRound patient({town}, 7);
    const auto look_at = [&](Timestamp now) {
        patient.look(now);
        while (patient.under_way()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    };
    look_at(noon);
    EXPECT_EQ(done(*town, "message.watch"), 7);
    for (const auto& name : daily_commands(town->scope().tenant))
        if (name != "message.watch") {
            EXPECT_EQ(done(*town, name), 1) << name;
        }
    look_at(later(59));
    EXPECT_EQ(done(*town, "message.watch"), 7);
    write("DROP TRIGGER unmarked");
    look_at(later(60));
    EXPECT_EQ(done(*town, "message.watch"), 9);
    EXPECT_EQ(done(*town, "residence.close_cases"), 2);
}

/// All religions of a year fall due on the same day, and a register that was taken over brings years at once:
/// two persons release them, and then no night is too short.
TEST_F(Rounds, NoNightFallsBehindHoweverMuchIsDue) {
    json::array persons;
    for (int i = 0; i < 1100; ++i)
        persons.push_back(json::object{
            {"family_name", "Fehling"},
            {"given_names", "Ragna"},
            {"birth_date", "1991-02-23"},
            {"religion", "ev"},
            {"status", "departed"},
            {"dwellings", json::array{json::object{{"status", "E"}, {"moved_out", "2020-06-30"}}}},
            {"relations", json::array{json::object{{"kind", "parent"}, {"family_name", "Fehling"}}}}});
    import(std::move(persons));
    const auto religions = [&] {
        return value("SELECT CAST(COUNT(*) AS TEXT) AS value FROM person WHERE religion <> ''");
    };
    look(noon);
    EXPECT_EQ(religions(), "1100");
    EXPECT_EQ(value("SELECT CAST(COUNT(*) AS TEXT) AS value FROM relation WHERE valid_to = ''"), "0");
    EXPECT_EQ(done(*town, "residence.forget_departed"), 1);
    EXPECT_EQ(done(*town, "residence.end_childhood"), 3);
    write("UPDATE task SET state = 'done' WHERE kind LIKE 'mass_erasure%'");
    look(later(12 * 60));
    EXPECT_EQ(religions(), "0");
    EXPECT_EQ(done(*town, "residence.forget_departed"), 1 + 3);
    EXPECT_EQ(done(*town, "residence.close_cases"), 2);
}

TEST_F(Rounds, AppointmentsAreForgottenThirtyDaysAfterTheTour) {
    write("INSERT INTO site VALUES ('S', 'V', 'Haus Birkengrund', '', '', '', '', '')");
    for (const auto* tour : {"'old', 'V', 'S', '2026-10-05'", "'young', 'V', 'S', '2026-10-06'",
                             "'held', 'V', 'S', '2026-10-05'", "'away', 'V', 'S', '2026-10-05'"})
        write(std::string(
                  "INSERT INTO tour (id, version, site_id, day, from_time, until_time, staff, device_id, "
                  "exception, state) VALUES (") +
              tour + ", '08:00', '12:00', '[]', 'D', '', 'in')");
    write("UPDATE tour SET state = 'out' WHERE id = 'away'");
    write(
        "INSERT INTO appointment (id, version, tour_id, at_time, minutes, procedure, person_id, name, "
        "birth_date, "
        "note, consent, state) SELECT 'of ' || id, 'V', id, '09:00', 20, 'p', id || '.', 'Ragna Fehling', "
        "'1991-02-23', 'schwerhörig', 1, 'planned' FROM tour");
    write(
        "INSERT INTO task (id, version, kind, subject, title, person_id, state, created_at_ms, created_by) "
        "VALUES "
        "('T', 'V', 'legal_hold', '', 'Löschsperre', 'held.', 'open', 0, '')");
    const auto kept =
        "SELECT GROUP_CONCAT(tour_id) AS value FROM (SELECT tour_id FROM appointment ORDER BY tour_id)";
    look(noon);  // 5 November
    EXPECT_EQ(value(kept), "away,held,young");
    write("UPDATE task SET state = 'done'");
    look(later(24 * 60));
    EXPECT_EQ(value(kept), "away");
}

}  // namespace
}  // namespace wa::hub
