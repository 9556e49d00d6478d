// One hub and two nodes of one tenant on simulated disks, clocks and lines.
#pragma once

#include <deque>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "adapters/sqlite/sqlite_store.hpp"
#include "kernel/arrivals_testing.hpp"
#include "loop.hpp"
#include "sync/node_session.hpp"
#include "sync/node_store.hpp"
#include "sync/store_inbox.hpp"

namespace wa::sim {

/// Deliberate faults of the program, to prove that the checkers bite.
enum class Fault { none, ack_before_durable, forget_done, resend_held, change_beside_journal, skip_envelope };

struct Plan {
    std::uint64_t seed = 1;
    Fault fault = Fault::none;
    int nodes = 2;
    std::int64_t work_ms = 60'000;  ///< simulated time with work, cuts and crashes
    bool verbose = false;
};

/// Of a whole run.
struct Tally {
    std::int64_t commands = 0, refused_by_full_disk = 0, connections = 0, cuts = 0, node_crashes = 0,
                 hub_crashes = 0;
    std::int64_t quarantined = 0, chunks = 0, chunks_again = 0, bytes_up = 0, bytes_again = 0, steps = 0;
    std::int64_t simulated_ms = 0;
    void add(const Tally& other);
};

class World {
  public:
    explicit World(Plan plan);
    ~World();
    /// Runs to the end; empty when every checker is content, otherwise what the first one found.
    std::string run();
    const Tally& tally() const { return tally_; }

  private:
    struct Node;
    struct Connection;
    struct Job;

    // nodes.cpp
    void make_node(int index);
    void open_node(Node& node);
    void crash_node(Node& node);
    void pump(Node& node);
    void wake(Node& node);
    void connect(Node& node);
    void work(Node& node);
    void do_work(Node& node);
    void remember_case(Node& node, const std::string& command, const std::string& id);
    std::pair<std::string, json::object> next_command(Node& node, Transaction& tx);
    void learn_uncertain(Node& node);

    // line.cpp
    void transmit_up(std::shared_ptr<Connection> connection);
    void transmit_down(std::shared_ptr<Connection> connection);
    void cut(std::shared_ptr<Connection> connection);
    void hub_gone(Connection& connection);

    // hub.cpp
    void open_hub();
    void crash_hub();
    void submit(Job job);
    void commit();
    void commit_jobs(std::vector<Job>& jobs);
    void wake_hub(std::shared_ptr<Connection> connection);
    void hub_work();
    void settle_one(Settlement choice);
    void look_for_changes();

    // checkers.cpp
    void fail(const std::string& what);
    void check_step();
    void check_hub_recovered();
    void check_quiet();
    void check_node_quiet(Node& node, Transaction& hub);
    bool is_quiet();

    Plan plan_;
    Loop loop_;
    Random random_;
    Registry registry_;
    std::unique_ptr<Engine> engine_;
    TenantScope node_scope_, hub_scope_;
    SignKeys clerk_;
    ClerkLookup clerks_;
    std::shared_ptr<SimDisk> hub_disk_;
    std::unique_ptr<Store> hub_store_;
    int hub_life_ = 0;
    std::deque<Job> jobs_;
    bool commit_due_ = false;
    std::vector<std::shared_ptr<Connection>> connections_;
    std::vector<std::unique_ptr<Node>> nodes_;
    std::set<std::string> ever_quarantined_;  ///< streams
    int hub_commands_ = 0;
    bool calm_ = false;
    std::string failure_;
    Tally tally_;
    friend struct HubSide;
};

}  // namespace wa::sim
