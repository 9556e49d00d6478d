// One Koffer's open line at the hub: the session, its socket, and its requests to the tenant's store.
#pragma once

#include <memory>
#include <mutex>

#include "adapters/http/loop.hpp"
#include "adapters/http/socket.hpp"
#include "apps/hub/looks.hpp"
#include "apps/hub/tenants.hpp"
#include "apps/service/events.hpp"
#include "sync/store_inbox.hpp"

namespace wa::hub {

/// Inputs come from I/O threads, completions from the tenant's writer; the mutex orders them.
struct SyncConnection : public sync::StoreInbox, public std::enable_shared_from_this<SyncConnection> {
    /// `looks` may be null: then it looks for changes whenever it wants to. `begun` too: then a chunk that is
    /// cut in the middle begins anew.
    SyncConnection(Tenants::DeviceOf device, std::shared_ptr<http::Socket> socket, service::Events& events,
                   std::shared_ptr<Looks> looks, http::Loop& slow, std::string copy_path,
                   std::shared_ptr<sync::BegunChunks> begun = nullptr);

    void received(std::string_view frame);
    void bytes_seen();
    void tick();
    void look_for_changes();
    void answer_changed(const HubAnswer& answer);
    const std::string& tenant_id() const { return device_.runner->scope().tenant.id; }
    /// By today's store, whoever it was when the line was opened.
    const std::string& device_id() const { return known_.id; }
    bool is_revoked() const;
    std::string tour_id();
    void end() { socket_->close(); }
    /// The line is gone: nothing more is looked up for it.
    void closed() { closed_ = true; }

    void changes(std::int64_t after) override;
    void wiped(const std::string& tour_id) override;

  protected:
    /// Does `work` in the next group commit, then `done` under the mutex, then sends what there is.
    void in_store(Work work, Done done) override;
    const Engine& engine() const override { return device_.runner->engine(); }
    const TenantScope& scope() const override { return device_.runner->scope(); }
    KnownDevice device(Transaction& tx) const override;
    ClerkLookup clerks() const override;
    sync::InWorkingSet working_set() const override;
    std::string session_tour() const override { return session_.tour_id(); }
    Timestamp now() const override;
    bool shows_rows(Transaction& tx, const std::string& tour_id) const override;
    Result<void> admitted(Transaction& tx, const sync::Hello& hello) override;
    void arrived(const std::vector<Bytes>& envelopes, const sync::Executed& executed) override;
    void noticed(Transaction& tx, const sync::Chunk& chunk) override;
    void arrived(const Result<sync::ChunkAck>& ack) override;
    void copy_for_wipe(const std::string& tour_id) override;

  private:
    void pump();
    void journal_failure();
    bool revoked_since(Transaction& tx) const;
    void tell_pages(const std::vector<std::string>& streams);

    Tenants::DeviceOf device_;
    KnownDevice known_;
    std::shared_ptr<http::Socket> socket_;
    service::Events& events_;
    const std::shared_ptr<Looks> looks_;
    http::Loop& slow_;
    std::string copy_path_;
    std::atomic<bool> closed_{false};
    bool failure_journalled_ = false;
    std::mutex mutex_;
    sync::HubSession session_;
};

/// Records that a Koffer has destroyed its tour store.
void note_wiped(service::TenantRunner& runner, const std::string& tour_id, const std::string& device_id);

}  // namespace wa::hub
