// One Koffer's open line at the hub: the session, its socket, and its requests to the tenant's store.
#pragma once

#include <memory>
#include <mutex>

#include "adapters/http/loop.hpp"
#include "adapters/http/socket.hpp"
#include "apps/hub/tenants.hpp"
#include "apps/service/events.hpp"
#include "sync/hub_session.hpp"
#include "sync/hub_store.hpp"

namespace wa::hub {

/// Inputs come from I/O threads, completions from the tenant's writer; the mutex orders them.
struct SyncConnection : public sync::HubInbox, public std::enable_shared_from_this<SyncConnection> {
    SyncConnection(Tenants::DeviceOf device, std::shared_ptr<http::Socket> socket, service::Events& events,
                   http::Loop& slow, std::string copy_path);

    void received(std::string_view frame);
    void bytes_seen();
    void tick();
    void look_for_changes();
    void answer_changed(const HubAnswer& answer);
    const std::string& tenant_id() const { return device_.runner->scope().tenant.id; }
    std::string tour_id();

    void resume(const sync::Hello& hello) override;
    void execute(std::vector<Bytes> envelopes) override;
    void offered(std::vector<sync::DocumentOffer> documents) override;
    void store_chunk(sync::Chunk chunk) override;
    void changes(std::int64_t after) override;
    void check_in(const sync::CheckIn& check_in) override;
    void wiped(const std::string& tour_id) override;

  private:
    /// Does `work` in the next group commit, then `done` under the mutex, then sends what there is.
    template <class Result>
    void in_store(std::function<Result(Transaction&)> work, std::function<void(Result)> done);
    void pump();
    KnownDevice device_today(Transaction& tx) const;
    void tell_pages(const std::vector<Bytes>& envelopes);

    Tenants::DeviceOf device_;
    KnownDevice known_;
    std::shared_ptr<http::Socket> socket_;
    service::Events& events_;
    http::Loop& slow_;
    std::string copy_path_;
    std::mutex mutex_;
    sync::HubSession session_;
};

/// Records that a Koffer has destroyed its tour store.
void note_wiped(service::TenantRunner& runner, const std::string& tour_id, const std::string& device_id);

}  // namespace wa::hub
