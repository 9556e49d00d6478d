// What a World consists of; shared by its sources only.
#pragma once

#include "apps/node/sealer.hpp"
#include "apps/node/vault_queue.hpp"
#include "disk_ledger.hpp"
#include "world.hpp"

namespace wa::sim {

/// A command whose success a clerk was told.
struct Told {
    std::string id, name, stream, tour;
    std::int64_t device_seq = 0;  ///< 0: it never travels
};

struct World::Job {
    std::function<void(Transaction&)> work;
    std::function<void()> done;
    std::function<void(const std::string& code)> failed;
};

/// An authority's messages to others.
struct Post {
    Random random{0};
    int silence = 0;                        ///< of 1000 times, the exchange is not reached so often
    std::set<std::string> taken;            ///< the exchange has them
    std::unique_ptr<hub::SentLedger> list;  ///< of what has left, beside the store: no restore takes it back
    std::set<std::string> unlisted;         ///< taken, and the list does not know: each may be sent once more
    std::string between;                    ///< taken just now, not on the list yet
    bool under_way = false;
    int notes = 0, looks = 0;
};

/// One authority at the hub.
struct World::Tenant {
    const Authority* who = nullptr;
    std::shared_ptr<SimDisk> disk;
    std::shared_ptr<Store> store;
    std::deque<Job> jobs;
    bool commit_due = false;
    std::int64_t answered_at = 0;
    std::vector<Told> told;
    std::vector<Bytes> backups;
    Post post;
    int restores = 0;
    int tours = 0;

    // What the checkers have seen.
    std::int64_t journal_seen = 0, arrivals_seen = 0;
    std::int64_t set_up = INT64_MAX;              ///< where the journal stood before the first step
    std::set<std::string> done;                   ///< commands that stand in the journal as done
    std::set<std::string> troubled;               ///< streams of which something was ever in quarantine
    std::set<std::string> settled;                ///< commands a person had tried again
    std::set<std::string> forged;                 ///< ids of what nobody allowed has sent
    std::map<std::string, std::int64_t> revoked;  ///< device -> number of the journal
};

struct World::Koffer {
    int index = 0;
    std::string name;
    const Authority* home = nullptr;
    const Device* device = nullptr;
    const Clerk* clerk = nullptr;
    SignKeys keys;  ///< the clerk's, by the PIN the tour was packed with
    Random random{0};
    std::shared_ptr<SimDisk> disk;
    std::shared_ptr<Store> store;  ///< empty when its key is destroyed as well
    std::shared_ptr<node::Spool> spool;
    std::shared_ptr<node::Sealer> sealer;
    std::unique_ptr<sync::NodeQueue> queue;
    std::unique_ptr<sync::NodeSession> session;
    std::shared_ptr<Connection> connection;
    std::string tour;    ///< loaded; empty: none
    std::string wanted;  ///< to be fetched
    int asked = 0;       ///< how often
    bool ended = false;  ///< the clerk has ended the loaded tour
    bool revoked = false, newer = false;
    bool expired = false;   ///< the tour's key is destroyed: only what is sealed is left
    bool doubtful = false;  ///< bytes of a scan may have arrived damaged
    std::vector<std::string> wiped_unreported;
    std::set<std::string> wiped;
    int life = 0, attempt = 0, wake_number = 0;
    std::int64_t clock = 0;                         ///< ms its clock is off
    std::int64_t upload_rate = 60'000, delay = 40;  ///< bytes per second, ms one way

    std::vector<Told> told;                                  ///< of all its tours
    std::optional<Told> uncertain;                           ///< its commit was cut short by a crash
    std::map<std::string, std::set<std::string>> drafts;     ///< case -> forms that may be there now
    std::map<std::string, std::set<std::string>> submitted;  ///< case -> what was typed before a submission
    std::set<std::string> drafts_home;                       ///< cases whose draft the hub has said it keeps
    std::map<std::string, std::set<std::string>> secrets;    ///< case -> words that only it holds
};

struct World::Connection {
    Koffer* koffer = nullptr;
    Tenant* tenant = nullptr;
    bool node_open = true;  ///< the node's end
    bool cut_up = false, cut_down = false;
    bool up_busy = false, down_busy = false;
    int mangle_next = 0;             ///< what happens to the next frame upwards
    std::deque<Bytes> early;         ///< Hello and what goes behind it, not sent yet
    std::optional<Bytes> held_back;  ///< swapped with the one behind it
    bool mangled = false;
    std::int64_t up_last = 0, down_last = 0;  ///< arrival of the latest frame: order is kept
    std::unique_ptr<HubSide> inbox;
    std::unique_ptr<sync::HubSession> hub;  ///< empty: not there yet, or gone
    int wake_number = 0;
    std::set<std::pair<std::string, std::int64_t>> said_held;  ///< chunks the hub has said it holds
};

/// One connection's hub side: each job goes into the tenant's next commit; checkers look on and faults are
/// made here.
struct HubSide : sync::StoreInbox {
    World& world;
    std::weak_ptr<World::Connection> connection;
    HubSide(World& w, std::weak_ptr<World::Connection> c) : world(w), connection(std::move(c)) {}
    void store_chunk(sync::Chunk chunk) override;
    void copy_for_wipe(const std::string& tour_id) override;
    void wiped(const std::string&) override {}

  protected:
    void in_store(Work work, Done done) override;
    const Engine& engine() const override;
    const TenantScope& scope() const override;
    KnownDevice device(Transaction& tx) const override;
    ClerkLookup clerks() const override;
    sync::InWorkingSet working_set() const override;
    std::string session_tour() const override;
    Timestamp now() const override;
    bool shows_rows(Transaction& tx, const std::string& tour_id) const override;
    std::size_t changes_bytes() const override { return 4000; }
    void noticed(sync::Resumed& resumed) override;
    void noticed(Transaction& tx, const std::vector<Bytes>& envelopes,
                 const sync::Executed& executed) override;
    void arrived(const Result<sync::ChunkAck>& ack) override;

  private:
    World::Tenant& tenant() const;
};

/// The node's queue, with the faults that can be made there.
struct NodeSide : node::VaultQueue {
    World& world;
    World::Koffer& koffer;
    NodeSide(World& w, World::Koffer& k, Hooks hooks);
    std::vector<QueuedEnvelope> envelopes(std::int64_t after, std::size_t bytes, std::size_t count) override;
    bool requeue_after(std::int64_t device_seq) override;
    bool store_changes(const sync::Changes& changes) override;
};

/// Any row of the tables whose rows belong to a case, a person or a tour.
inline constexpr std::string_view owner_columns[]{"id", "case_id", "person_id", "tour_id"};

}  // namespace wa::sim
