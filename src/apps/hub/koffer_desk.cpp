#include "apps/hub/koffer_desk.hpp"

#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "apps/hub/sync_connection.hpp"
#include "kernel/data.hpp"
#include "kernel/identity.hpp"
#include "modules/tours/data.hpp"
#include "modules/tours/module.hpp"

namespace wa::hub {

namespace {

// By the order of the journal: a clock may have been set back between the two.
constexpr Statement check_outs{
    "desk.check_outs",
    "SELECT MIN(j.seq) AS first, MAX(j.seq) AS last FROM journal_subject s JOIN journal j ON j.seq = s.seq "
    "WHERE s.subject_type = 'tour' AND s.subject_id = $tour_id AND j.name = 'tour.check_out' AND j.outcome = "
    "'done'"};
constexpr Statement keys_since{
    "desk.keys_since",
    "SELECT f.sign_key FROM former_sign_key f JOIN journal_row r ON r.table_name = 'former_sign_key' AND "
    "r.row_id = f.id WHERE f.user_id = $user_id AND r.seq > $fetched"};

/// Keys of PINs that somebody has changed since the device fetched the tour; of one that had it before
/// another, since anybody did. What nobody has fetched was packed with none.
std::vector<Hash> former_keys(Transaction& tx, const Row& tour, const std::string& device_id,
                              const std::string& user_id) {
    std::vector<Hash> keys;
    const auto fetched = tx.query(check_outs, {{"tour_id", tour.text("id")}}).front();
    if (fetched.is_null("first")) return keys;
    const auto since = fetched.integer(tour.text("device_id") == device_id ? "last" : "first");
    for (const auto& former : tx.query(keys_since, {{"user_id", user_id}, {"fetched", since}}))
        keys.push_back(to_hash(former.bytes("sign_key")));
    return keys;
}

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
                          account->text("state") != "active", former_keys(tx, *tour, device_id, user_id)};
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
                                                           looks_, loop_, copy, begun_);
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

}  // namespace wa::hub
