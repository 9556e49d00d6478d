#include "apps/hub/hub.hpp"

#include <malloc.h>

#include <algorithm>

#include "adapters/letters/renderer.hpp"
#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "apps/hub/courier.hpp"
#include "apps/hub/daily_round.hpp"
#include "apps/hub/data_lock.hpp"
#include "apps/hub/enrolment.hpp"
#include "apps/hub/hub_backend.hpp"
#include "apps/hub/koffer_desk.hpp"
#include "apps/hub/tenant_exports.hpp"
#include "apps/service/signals.hpp"
#include "apps/service/wiring.hpp"

namespace wa::hub {

namespace {

http::Listener desk_listener(const service::Config& config) {
    http::Listener listener;
    listener.name = "desk";
    listener.address = config.text("desk.address");
    listener.port = std::uint16_t(config.integer("desk.port"));
    listener.fd = http::inherited_listener("desk");
    return listener;
}

http::Listener koffer_listener(const service::Config& config, const Enrolment& enrolment, bool certified) {
    http::Listener listener;
    listener.name = certified ? "sync" : "enrol";
    listener.address = config.text("sync.address");
    listener.port = std::uint16_t(config.integer(certified ? "sync.port" : "sync.enrol_port"));
    listener.tls = http::Tls{enrolment.server().certificate_pem, enrolment.server().key_pem,
                             certified ? enrolment.ca_pem() : ""};
    listener.bad_line = true;
    return listener;
}

/// Every Koffer of a large county at once, some with a second connection, and room for those that redial.
constexpr std::size_t koffer_connections = 4096;

constexpr std::int64_t sessions_every_ms = 20'000, day_looked_at_every_ms = 60'000;

/// A server for Koffer answers nothing but its sockets.
http::ServerOptions koffer_options(http::Listener listener,
                                   std::map<std::string, http::SocketHandler> sockets) {
    http::ServerOptions options;
    options.listeners = {std::move(listener)};
    options.sockets = std::move(sockets);
    options.allowed_hosts = {"*"};
    options.connection_limit = koffer_connections;
    options.stop_grace_ms = 500;
    options.handler = [](http::Request, http::Respond respond) {
        respond(http::json_response(404, json::object{}));
    };
    return options;
}

/// Null without an exchange: then messages wait in the outbox.
std::unique_ptr<Courier> make_courier(const service::Config& config, Tenants& tenants) {
    const auto& url = config.text("exchange.url");
    if (url.empty()) return nullptr;
    const auto endpoint = http::local_endpoint(url);
    if (!endpoint)
        throw std::runtime_error(
            "exchange.url must be like http://127.0.0.1:8503: a service on this machine that encrypts");
    std::vector<Sender> senders;
    for (const auto& tenant : tenants.all())
        senders.push_back(
            {tenants.runner(tenant.id), SentLedger(sent_ledger_path(config.text("data_dir"), tenant.id))});
    CourierOptions options;
    options.exchange = *endpoint;
    options.poll_ms = config.integer("exchange.poll_seconds") * 1000;
    return std::make_unique<Courier>(std::move(senders), std::move(options));
}

bool touches(const std::vector<RowChange>& rows, std::string_view table) {
    return std::any_of(rows.begin(), rows.end(), [&](const RowChange& row) { return row.table == table; });
}

DailyRound make_daily_round(Tenants& tenants) {
    std::vector<std::shared_ptr<service::TenantRunner>> runners;
    for (const auto& tenant : tenants.all()) runners.push_back(tenants.runner(tenant.id));
    return DailyRound(std::move(runners));
}

/// Now, and again each time so long after it was done.
void every(std::int64_t ms, http::Loop& timers, std::function<void()> task) {
    timers.post([ms, &timers, task = std::move(task)] {
        task();
        timers.call_after(ms, [ms, &timers, task] { every(ms, timers, task); });
    });
}

void start(http::Server& server, const char* what) {
    if (const auto reason = server.start()) throw std::runtime_error(std::string(what) + ": " + *reason);
}

}  // namespace

int run_hub(const service::Config& config) {
    service::block_signals();
    log::set_level(config.text("log_level"));
    http::log_failures([](std::string_view why) { log::error("a task failed", {{"why", why}}); });
    const auto& registry = service::full_registry();
    const auto data_dir = config.text("data_dir");
    const DataLock lock(data_dir);
    Tenants tenants(data_dir, registry);
    auto host = config.text("sync.public_host");
    if (host.empty()) host = config.text("sync.address");
    Enrolment enrolment(tenants, data_dir, host, int(config.integer("sync.port")),
                        int(config.integer("sync.enrol_port")));
    const auto letters = letters::make_letter_renderer();
    http::Loop slow, timers;
    HubBackend backend(tenants, enrolment);
    service::DeskApi api({"wanderamt_hub", config.flag("desk.secure_cookie"), {}}, backend, registry,
                         *letters, slow);
    backend.use(api);
    TenantExports exports(tenants, data_dir);
    backend.use(exports);
    KofferDesk koffer(tenants, api.events(), timers, config.text("copy_dir"));
    const auto courier = make_courier(config, tenants);
    auto daily_round = make_daily_round(tenants);
    koffer.on_renew([&enrolment](const auto& device, const auto& csr, auto done) {
        enrolment.renew(device, csr, std::move(done));
    });
    for (const auto& tenant : tenants.all()) {
        auto runner = tenants.runner(tenant.id);
        runner->on_changed([&api, &backend, &koffer, &courier, &exports, id = tenant.id, raw = runner.get()](
                               const auto& subjects, const auto& rows) {
            for (const auto& row : rows)
                if (row.table == "user_account") backend.account_changed(id, row.id);
            if (touches(rows, "user_account")) service::recheck_sessions(api.sessions(), *raw);
            api.events().changed(id, subjects);
            koffer.changed(id);
            if (touches(rows, "device")) koffer.end_revoked(id);
            if (courier && touches(rows, "outbox")) courier->wake();
            if (touches(rows, "tenant_export")) exports.tidy(id);
        });
        runner->after_command([&koffer, raw = runner.get()](Transaction& tx, const CommandRequest& request,
                                                            const CommandResult& result) {
            if (request.name == "quarantine.settle" && result.outcome == Outcome::done && !result.repeated)
                koffer.settle(*raw, tx, request);
        });
    }
    // What was being made when the hub stopped is made no more.
    for (const auto& tenant : tenants.all()) exports.tidy(tenant.id);
    system::allow_many_files();
    // Scans come and go by the hundred. Left to itself glibc takes the size of the largest it has seen for
    // small, keeps all up to it between the small ones, and gives nothing back.
    ::mallopt(M_MMAP_THRESHOLD, 128 * 1024);
    http::ServerOptions desk;
    desk.listeners = {desk_listener(config)};
    desk.handler = api.handler();
    desk.sockets = {{"/api/events", api.events_handler()}};
    desk.stop_grace_ms = 2000;
    desk.static_root = config.text("web_dir");
    desk.document_prefixes = {"/api/documents"};
    desk.before_document = api.document_gate();
    desk.on_foreign = service::log_foreign;
    for (const auto& name : config.list("desk.hosts")) desk.allowed_hosts.push_back(name);
    http::Server desk_server(desk);
    http::Server sync_server(
        koffer_options(koffer_listener(config, enrolment, true),
                       {{"/sync", koffer.sync_handler()}, {"/device", koffer.device_handler()}}));
    http::Server enrol_server(
        koffer_options(koffer_listener(config, enrolment, false), {{"/enrol", enrolment.handler()}}));
    start(sync_server, "sync");
    start(enrol_server, "enrolment");
    start(desk_server, "desk");
    if (courier) courier->start();
    // A tool beside this program may have changed an account, and of its commits nobody here is told.
    every(sessions_every_ms, timers, [&] {
        for (const auto& tenant : tenants.all()) api.recheck(tenant.id);
    });
    every(day_looked_at_every_ms, timers, [&daily_round] { daily_round.look(system::now()); });
    log::info("hub ready", {{"tenants", tenants.all().size()}, {"desk_port", int(desk_server.port())}});
    service::wait_for_signal();
    log::info("hub stopping");
    if (courier) courier->stop();
    desk_server.stop();
    sync_server.stop();
    enrol_server.stop();
    slow.stop();
    timers.stop();
    exports.stop();
    // Whom their last commits tell must still be there.
    for (const auto& tenant : tenants.all()) tenants.runner(tenant.id)->finish();
    return 0;
}

}  // namespace wa::hub
