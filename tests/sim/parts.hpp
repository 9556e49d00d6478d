// What a World consists of; shared by its sources only.
#pragma once

#include "world.hpp"

namespace wa::sim {

struct World::Node {
    int index = 0;
    std::string device, tour;
    SignKeys keys;
    std::int64_t clock_off = 0;  ///< of its wall clock
    std::shared_ptr<SimDisk> disk;
    std::unique_ptr<Store> store;
    std::unique_ptr<sync::NodeQueue> queue;
    std::unique_ptr<sync::NodeSession> session;
    std::shared_ptr<Connection> connection;
    int life = 0;     ///< counts restarts: events of an earlier life do nothing
    int attempt = 0;  ///< counts connection attempts
    int wake_number = 0;
    int commands = 0;
    struct Done {
        std::string id, name, stream;
    };
    std::vector<Done> confirmed;    ///< commits that returned: must never be lost
    std::optional<Done> uncertain;  ///< the commit was cut short by a crash
    std::vector<std::string> cases, real_cases;
    std::vector<std::string> documents;
    std::int64_t upload_rate = 60'000, delay = 40;  ///< bytes per second, ms one way
};

/// One connection's hub side: each job goes into the hub's next commit; checkers look on and faults are made
/// here.
struct HubSide : sync::StoreInbox {
    World& world;
    std::weak_ptr<World::Connection> connection;
    HubSide(World& w, std::weak_ptr<World::Connection> c) : world(w), connection(std::move(c)) {}
    void store_chunk(sync::Chunk chunk) override;
    void check_in(const sync::CheckIn&) override {}
    void wiped(const std::string&) override {}

  protected:
    void in_store(Work work, Done done) override;
    const Engine& engine() const override { return *world.engine_; }
    const TenantScope& scope() const override { return world.hub_scope_; }
    KnownDevice device(Transaction& tx) const override;
    ClerkLookup clerks() const override { return world.clerks_; }
    sync::InWorkingSet working_set() const override;
    std::string session_tour() const override;
    Timestamp now() const override;
    std::size_t changes_bytes() const override { return 4000; }
    void noticed(sync::Resumed& resumed) override;
    void noticed(Transaction& tx, const std::vector<Bytes>& envelopes,
                 const sync::Executed& executed) override;
    void arrived(const Result<sync::ChunkAck>& ack) override;
};

struct World::Connection {
    Node* node = nullptr;
    int node_life = 0;
    bool node_open = true;  ///< the node's end
    bool cut_up = false, cut_down = false;
    bool up_busy = false, down_busy = false;
    std::int64_t up_last = 0, down_last = 0;  ///< arrival of the latest frame: order is kept
    std::unique_ptr<HubSide> inbox;
    std::unique_ptr<sync::HubSession> hub;  ///< empty: not there yet, or gone
    int wake_number = 0;
    std::set<std::pair<std::string, std::int64_t>> said_held;  ///< chunks the hub has said it holds
};

struct World::Job {
    std::function<void(Transaction&)> work;
    std::function<void()> done;
    std::function<void(const std::string& code)> failed;
};

}  // namespace wa::sim
