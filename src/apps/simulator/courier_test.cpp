// A hub's courier and the simulator over real sockets, each with its own store.
#include "apps/hub/courier.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <future>

#include "adapters/log/log.hpp"
#include "adapters/sqlite/sqlite_store.hpp"
#include "apps/service/wiring.hpp"
#include "apps/simulator/server.hpp"
#include "kernel/data.hpp"
#include "kernel/identity.hpp"
#include "modules/residence/streets.hpp"

namespace wa {
namespace {

namespace fs = std::filesystem;

struct CourierWorld : testing::Test {
    Timestamp now = *parse_timestamp("2026-11-05T08:00:00Z");
    fs::path folder;
    std::string list;  ///< of what has left
    Engine engine{service::full_registry()};
    std::unique_ptr<simulator::Service> played;
    std::unique_ptr<http::Server> server;
    std::uint16_t port = 0;
    std::shared_ptr<service::TenantRunner> hub;
    std::unique_ptr<hub::Courier> courier;

    void SetUp() override {
        log::set_level("error");
        char name[] = "/tmp/wa_courier_XXXXXX";
        folder = mkdtemp(name);
        list = folder / "sent.log";
        start_exchange();
        hub = open("hub.db");
        prepare();
        begin_courier();
    }
    void TearDown() override {
        courier.reset();
        hub.reset();
        stop_exchange();
        fs::remove_all(folder);
    }
    void start_exchange() {
        played = std::make_unique<simulator::Service>(
            simulator::Exchange(service::full_registry(), Reference::load("NI", {}),
                                simulator::Offices::testland()),
            folder / "events.jsonl", [this] { return now; });
        auto options = simulator::server_options(*played, {{.name = "exchange", .port = port}});
        options.handler = [this, well = options.handler](http::Request request, http::Respond respond) {
            const int status = stumbles ? stumbles(request) : 0;
            status ? respond(http::json_response(status, {})) : well(std::move(request), std::move(respond));
        };
        server = std::make_unique<http::Server>(std::move(options));
        ASSERT_EQ(server->start(), std::nullopt);
        port = server->port();
    }
    void stop_exchange() {
        server.reset();
        played.reset();
    }
    std::shared_ptr<service::TenantRunner> open(const std::string& file,
                                                std::set<std::string> functions = {"registration"},
                                                const char* ags = "99001001") {
        std::shared_ptr<Store> store = open_sqlite_store({.path = folder / file});
        store->migrate(engine.registry().schema());
        TenantScope scope;
        scope.tenant.id = scope.tenant.ags = ags;
        scope.tenant.name = "Testhausen";
        scope.tenant.land = "NI";
        scope.tenant.functions = std::move(functions);
        scope.reference = Reference::load("NI", load_streets(*store->begin_read(), scope.tenant.ags));
        return service::TenantRunner::make(engine, std::move(scope), std::move(store));
    }
    /// For this hub, and others before it.
    void begin_courier(std::vector<hub::Sender> senders = {}, std::int64_t retry_ms = 20) {
        hub::CourierOptions options;
        options.exchange = {"127.0.0.1", port};
        options.poll_ms = 20;
        options.retry_ms = retry_ms;
        options.retry_max_ms = std::max<std::int64_t>(50, retry_ms);
        options.now = [this] { return now; };
        courier.reset();
        senders.push_back({hub, hub::SentLedger(list)});
        courier = std::make_unique<hub::Courier>(std::move(senders), options);
    }
    /// Puts back a copy of the store; the list beside it stays.
    void put_back(const std::string& copy) {
        courier.reset();
        hub.reset();
        hub = open(copy);
        begin_courier();
    }
    void prepare() {
        must("numbers.lease", {{"kind", "case"}, {"holder", "hub"}, {"series", "Z"}, {"count", 100}});
        auto dwelling =
            json::object{{"ags", "99001001"},          {"postcode", "99101"}, {"city", "Testhausen"},
                         {"street", "Am Alten Markt"}, {"house_no", 12},      {"status", "E"},
                         {"moved_in", "2018-09-01"}};
        must("residence.import",
             {{"persons", json::array{json::object{{"family_name", "Fehling"},
                                                   {"given_names", "Ragna"},
                                                   {"birth_date", "1991-02-23"},
                                                   {"dwellings", json::array{dwelling}}}}}});
    }
    json::object must(const std::string& name, json::object payload) {
        CommandRequest request;
        request.id = derive_id(Id{}, ++commands, now.ms).text();
        request.name = name;
        request.payload = std::move(payload);
        request.actor = system_actor();
        request.actor.user_id = "00000000000000000000000C1K";
        request.origin = {"counter", "hub", "Zentrale", ""};
        request.at = now;
        const auto result = hub->run_and_wait(std::move(request));
        EXPECT_EQ(result.outcome, Outcome::done)
            << name << " " << result.problem.code << json::serialize(result.problem.details);
        return result.answer;
    }
    /// Asks for the prefilled form of somebody in Musterstedt.
    void ask_form(const char* family = "Übelacker", const char* given = "Jörg Søren",
                  const char* born = "1988-03-09", const char* ags = "99001002") {
        case_id = text_of(
            must("case.open",
                 {{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "Anmeldung"}}),
            "case_id");
        json::object form{
            {"persons", json::array{json::object{{"person", json::object{{"family_name", family},
                                                                         {"given_names", given},
                                                                         {"birth_date", born}}}}}},
            {"previous_kind", "germany"},
            {"previous_dwelling", json::object{{"ags", ags}}}};
        must("draft.save", {{"case_id", case_id}, {"form", form}});
        must("residence.request_form", {{"case_id", case_id}});
    }
    Rows rows(std::string_view sql) {
        Rows found;
        hub->read([&](Transaction& tx) { found = tx.query({"test", sql}); });
        return found;
    }
    std::string value(std::string_view sql) {
        const auto found = rows(sql);
        if (found.empty()) return "";
        const auto& first = found.front().values().front();
        if (const auto* number = std::get_if<std::int64_t>(&first)) return std::to_string(*number);
        const auto* text = std::get_if<std::string>(&first);
        return text ? *text : "";
    }
    std::size_t exchanged(const char* what) {
        return played->with(
            [&](simulator::Exchange& exchange) { return array_of(exchange.state(), what).size(); });
    }
    void play(json::object wish) {
        const auto reply =
            played->with([&](simulator::Exchange& exchange) { return exchange.send(wish, now); });
        EXPECT_EQ(reply.status, 200) << json::serialize(reply.body);
    }
    json::object fehling() {
        return {{"kind", "rueckmeldung"},
                {"recipient", "Meldebehörde 99001001"},
                {"moved_in", "2026-10-20"},
                {"person",
                 json::object{
                     {"family_name", "Fehling"}, {"given_names", "Ragna"}, {"birth_date", "1991-02-23"}}}};
    }
    std::uint32_t commands = 0;
    std::string case_id;
    /// The status with which the exchange answers a request instead of doing it; 0: it does.
    std::function<int(const http::Request&)> stumbles;
};

TEST_F(CourierWorld, CarriesARequestAndBringsTheAnswer) {
    ask_form();
    ASSERT_TRUE(courier->round());
    EXPECT_EQ(value("SELECT state FROM outbox"), "acknowledged");
    EXPECT_EQ(value("SELECT state FROM received_form"), "hit")
        << value("SELECT problem FROM inbox WHERE problem <> ''");
    EXPECT_EQ(value("SELECT COUNT(*) FROM inbox WHERE state = 'done'"), "2");
    EXPECT_EQ(exchanged("received"), 1u);
    // What is taken is not brought again, and what is sent is not sent again.
    ASSERT_TRUE(courier->round());
    EXPECT_EQ(exchanged("received"), 1u);
    EXPECT_EQ(value("SELECT COUNT(*) FROM inbox"), "2");
}

TEST_F(CourierWorld, WaitsForAnExchangeThatIsDownAndLosesNothing) {
    stop_exchange();
    ask_form();
    EXPECT_FALSE(courier->round());
    EXPECT_FALSE(courier->round());
    EXPECT_EQ(value("SELECT state FROM outbox"), "due");
    EXPECT_NE(value("SELECT problem FROM outbox").find("message.exchange_down"), std::string::npos);
    // Said once, not at every try.
    EXPECT_EQ(value("SELECT COUNT(*) FROM journal WHERE name = 'message.note_state'"), "1");
    start_exchange();
    ASSERT_TRUE(courier->round());
    EXPECT_EQ(value("SELECT state FROM outbox"), "acknowledged");
    EXPECT_EQ(value("SELECT attempts FROM outbox"), "3");
    EXPECT_EQ(value("SELECT problem FROM outbox"), "");
}

/// After a restore a Koffer brings its work again, and what had left is due again.
TEST_F(CourierWorld, WhatHadLeftBeforeARestoreDoesNotLeaveAgain) {
    ask_form();
    hub->store().copy_to(folder / "copy.db");
    ASSERT_TRUE(courier->round());
    EXPECT_EQ(value("SELECT state FROM received_form"), "hit");
    // The copy was made before anything was sent.
    put_back("copy.db");
    EXPECT_EQ(value("SELECT state FROM outbox"), "due");
    stop_exchange();
    EXPECT_FALSE(courier->round());
    EXPECT_EQ(value("SELECT state FROM outbox"), "handed_over");
    EXPECT_EQ(value("SELECT attempts FROM outbox"), "0");
    EXPECT_EQ(value("SELECT problem FROM outbox"), "");
}

TEST_F(CourierWorld, WithoutItsListARestoredHubSendsAgainAndTheExchangeTakesItOnce) {
    ask_form();
    hub->store().copy_to(folder / "copy.db");
    ASSERT_TRUE(courier->round());
    fs::remove(list);
    put_back("copy.db");
    ASSERT_TRUE(courier->round());
    EXPECT_EQ(exchanged("received"), 1u);
    EXPECT_EQ(value("SELECT state FROM outbox"), "acknowledged");
    EXPECT_EQ(value("SELECT state FROM received_form"), "hit");
}

/// Killed after the list was written and before the store was.
TEST_F(CourierWorld, WhatIsOnTheListAndStillDueIsNotedAndNotSent) {
    ask_form();
    hub::SentLedger(list).note(value("SELECT id FROM outbox"));
    begin_courier();
    ASSERT_TRUE(courier->round());
    EXPECT_EQ(value("SELECT state FROM outbox"), "handed_over");
    EXPECT_EQ(exchanged("received"), 0u);
}

/// Killed, or the disk full, after the exchange had it and before the list was written: it goes once more,
/// and the exchange knows its number.
TEST_F(CourierWorld, WhatTheExchangeHasAndTheListHasNotGoesOnceMore) {
    list = folder / "gone" / "sent.log";
    begin_courier();
    ask_form();
    EXPECT_FALSE(courier->round());
    EXPECT_EQ(exchanged("received"), 1u);
    EXPECT_EQ(value("SELECT state FROM outbox"), "due");
    fs::create_directory(folder / "gone");
    ASSERT_TRUE(courier->round());
    EXPECT_EQ(exchanged("received"), 1u);
    EXPECT_EQ(value("SELECT state FROM outbox"), "acknowledged");
    EXPECT_EQ(hub::SentLedger::read(list), std::vector{value("SELECT id FROM outbox")});
}

TEST_F(CourierWorld, ARejectionBecomesATaskAndTheRepairIsANewMessage) {
    ask_form("Formfehler-Test", "Frieda", "1985-07-07", "03355022");
    ASSERT_TRUE(courier->round());
    const auto id = value("SELECT id FROM outbox");
    play({{"kind", "reject"}, {"message_id", id}});
    ASSERT_TRUE(courier->round());
    EXPECT_EQ(value("SELECT state FROM outbox"), "rejected");
    EXPECT_EQ(value("SELECT COUNT(*) FROM task WHERE kind = 'message_rejected'"), "1");
    auto payload = parse_json(value("SELECT payload FROM outbox"))->as_object();
    payload["person"].as_object()["birth_name"] = "Richtig";
    must("message.repair", {{"message_id", id}, {"payload", payload}, {"reason", "Geburtsname fehlte"}});
    ASSERT_TRUE(courier->round());
    EXPECT_EQ(value("SELECT COUNT(*) FROM outbox WHERE state = 'acknowledged' AND replaces <> ''"), "1");
    EXPECT_EQ(exchanged("received"), 2u);
}

TEST_F(CourierWorld, ATransportRefusalIsARejection) {
    ask_form();
    // Written before the release changed, sent after.
    now = *parse_timestamp("2027-05-01T08:00:00Z");
    const auto reply = http::ask({"127.0.0.1", port}, {"POST", "/exchange/messages", "{}"});
    EXPECT_EQ(reply.status, 400);
    ASSERT_TRUE(courier->round());
    EXPECT_EQ(value("SELECT state FROM outbox"), "acknowledged");
}

TEST_F(CourierWorld, ARueckmeldungEndsTheDwellingAndIsAnswered) {
    play(fehling());
    ASSERT_TRUE(courier->round());
    EXPECT_EQ(value("SELECT status FROM person"), "departed") << value("SELECT problem FROM inbox");
    ASSERT_TRUE(courier->round());
    EXPECT_EQ(value("SELECT state FROM outbox WHERE message_type = 'auswertung'"), "acknowledged")
        << value("SELECT problem FROM outbox");
    EXPECT_EQ(value("SELECT COUNT(*) FROM outbox"), "1");
}

TEST_F(CourierWorld, ABrokenOneGoesBackAndIsKept) {
    auto wish = fehling();
    wish["kind"] = "broken";
    play(wish);
    ASSERT_TRUE(courier->round());
    EXPECT_EQ(value("SELECT state FROM inbox"), "rejected");
    EXPECT_EQ(value("SELECT status FROM person"), "resident");
    const auto state = played->with([&](simulator::Exchange& exchange) { return exchange.state(); });
    EXPECT_EQ(text_of(array_of(state, "queued").at(0).as_object(), "outcome"), "rejected");
    EXPECT_EQ(text_of(array_of(state, "queued").at(0).as_object(), "code"), "message.faulty");
}

TEST_F(CourierWorld, TheExchangeForgetsNothingOverARestart) {
    play(fehling());
    stop_exchange();
    start_exchange();
    ASSERT_TRUE(courier->round());
    EXPECT_EQ(value("SELECT status FROM person"), "departed");
}

TEST_F(CourierWorld, ItsThreadSendsWhenWoken) {
    courier->start();
    ask_form();
    courier->wake();
    for (int i = 0; i < 500 && value("SELECT state FROM received_form") != "hit"; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_EQ(value("SELECT state FROM received_form"), "hit");
    courier->stop();
}

/// A server that one authority's store is on may be away; the others' messages go on.
TEST_F(CourierWorld, OneStoreThatFailsHoldsUpNobodyElse) {
    const auto broken = [&](const char* file, std::set<std::string> functions) {
        auto runner = open(file, std::move(functions));
        std::promise<bool> done;
        runner->write(
            [](Transaction& tx) {
                tx.execute({"test", "DROP TABLE outbox"});
            },
            [&](bool good) { done.set_value(good); });
        EXPECT_TRUE(done.get_future().get());
        return hub::Sender{runner, hub::SentLedger(folder / (std::string(file) + ".log"))};
    };
    std::vector<hub::Sender> senders;
    senders.push_back(broken("takes_no_part.db", {}));
    senders.push_back(broken("takes_part.db", {"registration"}));
    begin_courier(std::move(senders), 60'000);
    ask_form();
    EXPECT_FALSE(courier->round());
    EXPECT_EQ(value("SELECT state FROM received_form"), "hit");
    // Nor does it make the others wait until it is tried again.
    courier->start();
    ask_form("Übelacker", "Jörg Søren", "1988-03-09");
    courier->wake();
    const auto begun = std::chrono::steady_clock::now();
    for (int i = 0; i < 3000 && value("SELECT COUNT(*) FROM received_form WHERE state = 'hit'") != "2"; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(30));  // half of the rest
    courier->stop();
    senders.clear();
    senders.push_back(broken("takes_no_part_either.db", {}));
    begin_courier(std::move(senders));
    courier->start();
    // Longer than it waits between two rounds: whether somebody waits for an answer is asked there.
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    courier->stop();
    EXPECT_TRUE(courier->round());
}

/// An exchange that refuses one authority's inbox, or breaks at it, is there for all others.
TEST_F(CourierWorld, OneInboxThatIsNotAnsweredHoldsUpNobodyElse) {
    int status = 0;
    stumbles = [&](const http::Request& request) {
        return request.path.ends_with("inbox/Meldebehörde 99001002") ? status : 0;
    };
    for (const int one : {403, 404, 500}) {
        status = one;
        const auto file = "other_" + std::to_string(one);
        std::vector<hub::Sender> senders;
        senders.push_back({open(file + ".db", {"registration"}, "99001002"), hub::SentLedger(folder / file)});
        begin_courier(std::move(senders));
        ask_form();
        EXPECT_FALSE(courier->round()) << one;
        EXPECT_EQ(value("SELECT COUNT(*) FROM received_form WHERE state <> 'hit'"), "0") << one;
    }
    status = 0;
    EXPECT_TRUE(courier->round());
}

TEST_F(CourierWorld, OneMessageTheExchangeStumblesOverHoldsUpNoOther) {
    for (const int status : {500, 403}) {
        ask_form();
        const auto first = value("SELECT id FROM outbox WHERE state = 'due'");
        ask_form("Formfehler-Test", "Frieda", "1985-07-07", "03355022");
        stumbles = [&](const http::Request& request) {
            return request.body.find(first) == std::string::npos ? 0 : status;
        };
        EXPECT_FALSE(courier->round());
        EXPECT_EQ(value("SELECT id FROM outbox WHERE state <> 'acknowledged'"), first) << status;
        EXPECT_EQ(value("SELECT state FROM outbox WHERE state <> 'acknowledged'"), "due") << status;
        stumbles = nullptr;
        EXPECT_TRUE(courier->round());
        EXPECT_EQ(value("SELECT COUNT(*) FROM outbox WHERE state <> 'acknowledged'"), "0") << status;
    }
}

/// However many there are: what is behind them leaves in time.
TEST_F(CourierWorld, ManyMessagesTheExchangeStumblesOverHoldUpNoOther) {
    constexpr int stuck = 51;
    for (int i = 0; i < stuck; ++i) ask_form("Formfehler-Test", "Frieda", "1985-07-07", "03355022");
    ask_form();
    int stumbled = 0;
    stumbles = [&](const http::Request& request) {
        return request.body.find("Formfehler-Test") == std::string::npos ? 0 : (++stumbled, 500);
    };
    EXPECT_FALSE(courier->round());
    EXPECT_EQ(value("SELECT COUNT(*) FROM received_form WHERE state = 'hit'"), "1");
    EXPECT_EQ(stumbled, stuck);
}

/// It alone is left alone for a while; a clerk who waits for another's answer does not notice.
TEST_F(CourierWorld, OneMessageTheExchangeStumblesOverSlowsDownNoOther) {
    std::atomic<int> stumbled = 0;
    stumbles = [&](const http::Request& request) {
        return request.body.find("Formfehler-Test") == std::string::npos ? 0 : (++stumbled, 500);
    };
    begin_courier({}, 60'000);
    ask_form("Formfehler-Test", "Frieda", "1985-07-07", "03355022");
    courier->start();
    for (int i = 0; i < 500 && stumbled == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    const auto begun = std::chrono::steady_clock::now();
    ask_form();
    courier->wake();
    for (int i = 0; i < 3000 && value("SELECT COUNT(*) FROM received_form WHERE state = 'hit'") != "1"; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(30));  // half of the rest
    EXPECT_EQ(stumbled, 1);
    courier->stop();
}

/// It is kept and sent back, and what came after it is taken.
TEST_F(CourierWorld, WhatCannotBeKeptAsItIsHoldsUpNothingBehindIt) {
    play({{"kind", "message"},
          {"type", std::string(100, 'x')},
          {"sender", "Meldebehörde 99001002"},
          {"recipient", "Meldebehörde 99001001"},
          {"payload", json::object{}}});
    play(fehling());
    ASSERT_TRUE(courier->round());
    EXPECT_EQ(value("SELECT status FROM person"), "departed");
    EXPECT_EQ(value("SELECT message_type FROM inbox WHERE state = 'rejected'"), "unreadable");
    const auto state = played->with([&](simulator::Exchange& exchange) { return exchange.state(); });
    for (const auto& entry : array_of(state, "queued")) {
        const auto& message = entry.as_object();
        EXPECT_EQ(text_of(message, "outcome"),
                  text_of(message, "type") == "rueckmeldung" ? "acknowledged" : "rejected");
    }
}

/// Nor does an inbox that is not answered slow down what leaves.
TEST_F(CourierWorld, AnInboxThatIsNotAnsweredSlowsDownNoMessage) {
    std::atomic<int> asked = 0;
    stumbles = [&](const http::Request& request) {
        return request.path.find("inbox") == std::string::npos ? 0 : (++asked, 500);
    };
    // The rest of an inbox is longer than this test.
    begin_courier({}, 600'000);
    courier->start();
    for (int i = 0; i < 3000 && asked == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    ask_form();
    courier->wake();
    for (int i = 0; i < 3000 && value("SELECT state FROM outbox") == "due"; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_NE(value("SELECT state FROM outbox"), "due");
    courier->stop();
    EXPECT_EQ(asked, 1);
}

TEST_F(CourierWorld, AnExchangeWithoutRoomIsAskedOncePerRound) {
    int asked = 0;
    stumbles = [&](const http::Request&) { return ++asked, 503; };
    ask_form();
    ask_form("Formfehler-Test", "Frieda", "1985-07-07", "03355022");
    EXPECT_FALSE(courier->round());
    EXPECT_EQ(asked, 1);
}

TEST_F(CourierWorld, ThePageIsServedAndOnlyItselfMayChange) {
    const http::Endpoint endpoint{"127.0.0.1", port};
    const auto page = http::ask(endpoint, {"GET", "/"});
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.body.find("Simulator"), std::string::npos);
    EXPECT_EQ(http::ask(endpoint, {"GET", "/demo.css"}).status, 200);
    EXPECT_EQ(http::ask(endpoint, {"GET", "/api/health"}).status, 200);
    EXPECT_EQ(http::ask(endpoint, {"POST", "/api/send", json::serialize(fehling())}).status, 404);
    EXPECT_EQ(exchanged("queued"), 0u);
}

}  // namespace
}  // namespace wa
