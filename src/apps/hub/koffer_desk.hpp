// The hub's side of a Koffer's line: which tours there are, the working set at check-out, and the sync.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <set>

#include "adapters/http/loop.hpp"
#include "adapters/http/socket.hpp"
#include "apps/hub/looks.hpp"
#include "apps/hub/tenants.hpp"
#include "apps/service/events.hpp"
#include "sync/hub_store.hpp"

namespace wa::hub {

struct SyncConnection;

/// Thread-safe. Must be stopped (server stopped) before it is destroyed.
class KofferDesk {
  public:
    KofferDesk(Tenants& tenants, service::Events& events, http::Loop& loop, std::string copy_dir);
    ~KofferDesk();

    http::SocketHandler sync_handler();    ///< /sync: the engine's frames
    http::SocketHandler device_handler();  ///< /device: questions and answers in JSON

    /// Certifies a device's new key; set before the first connection.
    using Renew = std::function<void(const Tenants::DeviceOf&, const std::string& csr,
                                     std::function<void(Result<json::object>)>)>;
    void on_renew(Renew renew) { renew_ = std::move(renew); }

    /// Rows of a tenant changed: its nodes look, within a fifth of a second, or when their turn comes.
    void changed(const std::string& tenant_id);
    /// Devices changed: the line of a revoked one is ended at once, and what it hears next is why.
    void end_revoked(const std::string& tenant_id);
    /// Runs in the transaction of a quarantine.settle: does what was decided.
    void settle(service::TenantRunner& runner, Transaction& tx, const CommandRequest& request);

  private:
    void tick();
    /// The device that made this connection; empty when its certificate is not (or no longer) a device's.
    std::optional<Tenants::DeviceOf> device_of(const http::Request& request);
    void prove_pin(const Tenants::DeviceOf& device, const json::object& request,
                   std::shared_ptr<http::Socket> socket);
    void check_out(const Tenants::DeviceOf& device, const json::object& request,
                   std::shared_ptr<http::Socket> socket);
    void answer_device(const Tenants::DeviceOf& device, const json::object& request,
                       std::shared_ptr<http::Socket> socket);

    Tenants& tenants_;
    service::Events& events_;
    http::Loop& loop_;
    std::string copy_dir_;
    Renew renew_;
    std::mutex mutex_;
    std::set<std::shared_ptr<SyncConnection>> connections_;
    std::set<std::string> changed_;  ///< tenants, since the last tick
    const std::shared_ptr<Looks> looks_;
    const std::shared_ptr<sync::BegunChunks> begun_ = std::make_shared<sync::BegunChunks>();
    bool stopping_ = false;
};

/// A clerk of a tour by today's accounts, for checking co-signatures.
ClerkLookup clerk_lookup();
KnownDevice known_device(const Row& device);
/// What no Koffer of ours says stands in the journal: whose line, and the problem's code, not the words.
JournalEntry line_alarm(const std::string& device_id, const std::string& code);

}  // namespace wa::hub
