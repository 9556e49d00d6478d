#include "apps/hub/koffer_desk.hpp"

#include <zstd.h>

#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "apps/hub/check_out_text.hpp"
#include "apps/hub/sealed_work.hpp"
#include "apps/hub/sync_connection.hpp"
#include "kernel/data.hpp"
#include "kernel/identity.hpp"
#include "modules/tours/data.hpp"
#include "modules/tours/module.hpp"
#include "sync/sealed.hpp"

namespace wa::hub {

namespace {

Hash to_hash(const Bytes& bytes) {
    Hash hash{};
    if (bytes.size() == hash.size()) std::copy(bytes.begin(), bytes.end(), hash.begin());
    return hash;
}

/// How far the clock of a Koffer may be off when it fetches a tour.
constexpr std::int64_t clock_tolerance_ms = 24 * 3'600'000;

}  // namespace

KnownDevice known_device(const Row& device) {
    return {device.text("id"), device.text("name"), to_hash(device.bytes("sign_key")),
            device.text("state") != "active"};
}

ClerkLookup clerk_lookup() {
    return [](Transaction& tx, const std::string& device_id, const std::string& tour_id,
              const std::string& user_id) -> std::optional<KnownClerk> {
        const auto tour = read_row(tx, "tour", tour_id);
        if (!tour || !carries(*tour, device_id) || !is_staff(*tour, user_id)) return std::nullopt;
        const auto account = read_row(tx, "user_account", user_id);
        if (!account || account->is_null("sign_key")) return std::nullopt;
        return KnownClerk{to_hash(account->bytes("sign_key")), actor_of(*account),
                          account->text("state") != "active"};
    };
}

KofferDesk::KofferDesk(Tenants& tenants, service::Events& events, http::Loop& loop, std::string copy_dir)
    : tenants_(tenants),
      events_(events),
      loop_(loop),
      copy_dir_(std::move(copy_dir)),
      looks_(std::make_shared<Looks>(loop)) {
    loop_.call_after(200, [this] { tick(); });
}

KofferDesk::~KofferDesk() {
    looks_->stop();
    std::lock_guard lock(mutex_);
    stopping_ = true;
}

void KofferDesk::tick() {
    std::set<std::shared_ptr<SyncConnection>> all;
    std::set<std::string> changed;
    {
        std::lock_guard lock(mutex_);
        if (stopping_) return;
        all = connections_;
        changed.swap(changed_);
    }
    for (const auto& connection : all)
        changed.count(connection->tenant_id()) > 0 ? connection->look_for_changes() : connection->tick();
    loop_.call_after(200, [this] { tick(); });
}

std::optional<Tenants::DeviceOf> KofferDesk::device_of(const http::Request& request) {
    auto found = tenants_.device_by_fingerprint(request.peer_fingerprint);
    if (!found || found->device.is_null("next_fingerprint") ||
        found->device.bytes("next_fingerprint") != request.peer_fingerprint)
        return found;
    // It came with its renewed certificate: from now on the old one opens nothing.
    CommandRequest command;
    command.id = system::new_id();
    command.name = "device.note_certificate";
    command.payload = {{"device_id", found->device.text("id")}};
    command.actor = system_actor();
    command.origin = {"system", "hub", "Zentrale", ""};
    command.at = system::now();
    found->runner->run(std::move(command), [](CommandResult) {});
    return found;
}

http::SocketHandler KofferDesk::sync_handler() {
    return [this](const http::Request& request,
                  std::shared_ptr<http::Socket> socket) -> std::optional<http::SocketCallbacks> {
        auto device = device_of(request);
        if (!device) return std::nullopt;
        const auto copy = copy_dir_ + "/" + device->runner->scope().tenant.id + "/store.db";
        auto connection = std::make_shared<SyncConnection>(std::move(*device), std::move(socket), events_,
                                                           looks_, loop_, copy);
        {
            std::lock_guard lock(mutex_);
            connections_.insert(connection);
        }
        http::SocketCallbacks callbacks;
        callbacks.on_message = [connection](std::string_view frame, bool) { connection->received(frame); };
        callbacks.on_bytes = [connection] { connection->bytes_seen(); };
        callbacks.on_drained = [connection] { connection->tick(); };
        callbacks.on_close = [this, connection](const http::CloseReason&) {
            connection->closed();
            std::lock_guard lock(mutex_);
            connections_.erase(connection);
        };
        return callbacks;
    };
}

void KofferDesk::changed(const std::string& tenant_id) {
    std::lock_guard lock(mutex_);
    changed_.insert(tenant_id);
}

void KofferDesk::end_revoked(const std::string& tenant_id) {
    std::lock_guard lock(mutex_);
    for (const auto& connection : connections_)
        if (connection->tenant_id() == tenant_id && connection->is_revoked()) connection->end();
}

void KofferDesk::settle(service::TenantRunner& runner, Transaction& tx, const CommandRequest& request) {
    auto settled = settle_quarantine(tx, runner.engine(), runner.scope(), clerk_lookup(),
                                     text_of(request.payload, "command_id"),
                                     settlement_of(text_of(request.payload, "choice")), request.actor,
                                     text_of(request.payload, "reason"), request.at);
    if (!settled) return log::warn("quarantine not settled", {{"code", settled.error().code}});
    // Told after this commit: a node that hears it earlier asks again anyway when it reconnects.
    loop_.call_after(50, [this, tenant = runner.scope().tenant.id, entries = settled->entries] {
        std::lock_guard lock(mutex_);
        for (const auto& connection : connections_)
            for (const auto& entry : entries)
                // Two devices may be on one tour, each with its own numbers.
                if (connection->tenant_id() == tenant && connection->device_id() == entry.device_id &&
                    connection->tour_id() == entry.tour_id)
                    connection->answer_changed(entry.answer);
    });
}

namespace {

void refuse(http::Socket& socket, const Problem& problem) {
    socket.send_text(json::serialize(json::object{{"problem", problem.code}, {"details", problem.details}}));
}

/// As it is now: it may have been revoked since the line was opened.
bool is_revoked(const Tenants::DeviceOf& device) {
    std::optional<Row> today;
    device.runner->read([&](Transaction& tx) { today = read_row(tx, "device", device.device.text("id")); });
    return !today || today->text("state") != "active";
}

}  // namespace

namespace {

/// A lost one hears it, and may say that it has destroyed its keys and is empty; nothing else.
void answer_revoked(const Tenants::DeviceOf& device, const json::object& request, http::Socket& socket) {
    const auto op = text_of(request, "op"), id = device.device.text("id");
    if (op == "wiped") {
        note_wiped(*device.runner, text_of(request, "tour_id"), id);
        return socket.send_text("{}");
    }
    bool lost = false;
    device.runner->read([&](Transaction& tx) { lost = is_lost(tx, id); });
    if (!lost) return refuse(socket, Problem(problems::device_revoked));
    if (op != "destroyed") return refuse(socket, Problem(problems::tours_device_lost));
    CommandRequest command;
    command.id = system::new_id();
    command.name = "koffer.note_destroyed";
    command.payload = {{"device_id", id}};
    command.actor = system_actor();
    command.origin = {"system", id, "", ""};
    command.at = system::now();
    device.runner->run(std::move(command), [](CommandResult) {});
    socket.send_text("{}");
}

}  // namespace

http::SocketHandler KofferDesk::device_handler() {
    return [this](const http::Request& request,
                  std::shared_ptr<http::Socket> socket) -> std::optional<http::SocketCallbacks> {
        const auto device = device_of(request);
        if (!device) return std::nullopt;
        http::SocketCallbacks callbacks;
        callbacks.on_message = [this, device = *device, socket](std::string_view message, bool) {
            const auto value = parse_json(message);
            if (!value || !value->is_object()) return socket->close();
            if (is_revoked(device)) return answer_revoked(device, value->get_object(), *socket);
            answer_device(device, value->get_object(), socket);
        };
        return callbacks;
    };
}

namespace {

/// Tours of this device with their staff: names and PIN-wrapped keys, no citizen's data.
json::object tours_answer(const Tenants::DeviceOf& device) {
    json::array tours;
    device.runner->read([&](Transaction& tx) {
        for (const auto& row : tours_of_device(tx, device.device.text("id"))) {
            json::array staff;
            const auto ids = parse_json(row.text("staff"));
            for (const auto& id : ids->as_array())
                if (const auto account = read_row(tx, "user_account", std::string(id.as_string())))
                    staff.push_back(json::object{{"id", account->text("id")},
                                                 {"name", account->text("name")},
                                                 {"login", account->text("login")},
                                                 {"wrapped_seed", to_hex(account->bytes("wrapped_seed"))}});
            tours.push_back(json::object{{"id", row.text("id")},
                                         {"day", row.text("day")},
                                         {"state", row.text("state")},
                                         {"from", row.text("from_time")},
                                         {"until", row.text("until_time")},
                                         {"site", row.text("site_name")},
                                         {"staff", std::move(staff)}});
        }
    });
    return {{"tours", std::move(tours)}};
}

/// Everything the tour needs: rows, streets, and the key of its store, sealed to each of the staff: the
/// Koffer opens it with a PIN.
/// It is not in the row as a Koffer may hold it.
Bytes pin_auth_of(Transaction& tx, const std::string& user_id) {
    const auto account = read_row(tx, "user_account", user_id);
    return account ? account->bytes("pin_auth") : Bytes();
}

json::object package(Transaction& tx, const service::TenantRunner& runner, const std::string& tour_id) {
    const auto tour = read_row(tx, "tour", tour_id);
    const auto tour_key = system::random_key();
    json::array rows, keys, streets;
    for (const auto& [table, row] : working_set(tx, runner.engine().registry(), tour_id)) {
        rows.push_back(json::object{{"table", table}, {"row", row_to_json(row)}});
        if (table != "user_account" || row.is_null("seal_key")) continue;
        keys.push_back(json::object{{"user_id", row.text("id")},
                                    {"name", row.text("name")},
                                    {"login", row.text("login")},
                                    {"wrapped_seed", to_hex(row.bytes("wrapped_seed"))},
                                    {"pin_auth", to_hex(pin_auth_of(tx, row.text("id")))},
                                    {"sealed_key", to_hex(seal_to(to_hash(row.bytes("seal_key")),
                                                                  tour_key.bytes, system::random_key()))}});
    }
    for (const auto& street : runner.scope().reference->entries("street"))
        streets.push_back(
            json::object{{"code", street.code}, {"text", street.text}, {"extra", street.extra}});
    const auto head = journal_head(tx);
    const auto site = read_row(tx, "site", tour->text("site_id"));
    return {{"tour_id", tour_id},
            {"tenant", tenant_to_json(runner.scope().tenant)},
            {"tenant_key", to_hex(sync::tenant_seal_keys(runner.scope().digest_key).public_key)},
            {"site", site->text("name")},
            {"day", tour->text("day")},
            {"expires_ms", tour->integer("expires_ms")},
            {"journal_seq", head.seq},
            {"journal_hash", to_hex(head.hash)},
            {"keys", std::move(keys)},
            {"rows", std::move(rows)},
            {"streets", std::move(streets)}};
}

Bytes compressed(const json::object& object) {
    const auto text = json::serialize(object);
    Bytes out(ZSTD_compressBound(text.size()));
    out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 12));
    return out;
}

}  // namespace

void KofferDesk::answer_device(const Tenants::DeviceOf& device, const json::object& request,
                               std::shared_ptr<http::Socket> socket) {
    const auto op = text_of(request, "op");
    if (op == "tours") return socket->send_text(json::serialize(tours_answer(device)));
    if (op == "check_out") return check_out(device, request, socket);
    if (op == "renew")
        return renew_(device, text_of(request, "csr"), [socket](Result<json::object> answer) {
            if (!answer) return refuse(*socket, answer.error());
            socket->send_text(json::serialize(*answer));
        });
    if (op == "wiped") {
        note_wiped(*device.runner, text_of(request, "tour_id"), device.device.text("id"));
        return socket->send_text("{}");
    }
    if (op == "orders") return socket->send_text("{}");
    if (op == "draft") {
        const auto sealed = from_base64url(text_of(request, "sealed"));
        if (!sealed) return refuse(*socket, Problem(problems::request_malformed));
        // Not on the connection's thread: it waits for the commit.
        return loop_.post([this, device, sealed = *sealed, socket] {
            const auto taken = take_draft(*device.runner, device.device, sealed);
            if (!taken.case_id.empty())
                events_.changed(device.runner->scope().tenant.id, {{"case", taken.case_id}});
            if (taken.refused) return refuse(*socket, *taken.refused);
            socket->send_text("{}");
        });
    }
    socket->close();
}

void KofferDesk::check_out(const Tenants::DeviceOf& device, const json::object& request,
                           std::shared_ptr<http::Socket> socket) {
    const auto tour_id = text_of(request, "tour_id"), user_id = text_of(request, "user_id");
    const auto device_id = device.device.text("id");
    const auto at_ms = integer_of(request, "at_ms");
    const auto signature_bytes = from_hex(text_of(request, "signature"));
    std::optional<KnownClerk> clerk;
    device.runner->read([&](Transaction& tx) { clerk = clerk_lookup()(tx, device_id, tour_id, user_id); });
    Signature signature{};
    if (signature_bytes && signature_bytes->size() == signature.size())
        std::copy(signature_bytes->begin(), signature_bytes->end(), signature.begin());
    // Before who it is: somebody with the right PIN must hear that it is the clock.
    if (at_ms < system::now().ms - clock_tolerance_ms || at_ms > system::now().ms + clock_tolerance_ms)
        return refuse(*socket, Problem(problems::device_clock));
    if (!clerk || !verify(clerk->sign_key, as_span(check_out_text(tour_id, device_id, at_ms)), signature))
        return refuse(*socket, Problem(problems::envelope_clerk));
    CommandRequest command;
    command.id = system::new_id();
    command.name = "tour.check_out";
    command.payload = {{"tour_id", tour_id}, {"device_id", device_id}};
    command.actor = clerk->actor;
    command.origin = {"koffer", device_id, device.device.text("name"), tour_id};
    command.at = system::now();
    device.runner->run(std::move(command), [runner = device.runner, tour_id, socket](CommandResult result) {
        if (result.outcome != Outcome::done) return refuse(*socket, result.problem);
        json::object built;
        runner->read([&](Transaction& tx) { built = package(tx, *runner, tour_id); });
        socket->send_binary(compressed(built));
    });
}

}  // namespace wa::hub
