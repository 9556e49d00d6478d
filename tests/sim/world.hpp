// A hub with two authorities and three Koffer on simulated disks, clocks and lines; the real handlers on real
// stores. Plays a plan, checks after every step, and can tell what happened.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "adapters/sqlite/sqlite_store.hpp"
#include "apps/service/tenant_runner.hpp"
#include "authority.hpp"
#include "loop.hpp"
#include "plan.hpp"
#include "sync/node_session.hpp"
#include "sync/node_store.hpp"
#include "sync/store_inbox.hpp"
#include "tally.hpp"

namespace wa::sim {

struct HubSide;
struct NodeSide;
struct Told;

class World {
  public:
    explicit World(const Plan& plan);
    ~World();
    /// Plays to the end; empty when every checker is content, otherwise what the first one found.
    std::string run();
    const Tally& tally() const { return tally_; }
    /// What happened, one sentence a line; only with Plan::story.
    const std::vector<std::string>& story() const { return story_; }

  private:
    struct Tenant;
    struct Koffer;
    struct Connection;
    struct Job;
    friend struct HubSide;
    friend struct NodeSide;

    bool has(Mutation mutation) const { return plan_.mutation == mutation; }
    void tell(const std::string& sentence);
    void fail(const std::string& what);
    void play(const Step& step);
    void clear_weather();
    void crash_disk(SimDisk& disk, std::uint64_t seed);
    void fill_for_a_while(const std::shared_ptr<SimDisk>& disk, std::uint64_t room, std::int64_t ms);

    // koffer.cpp
    void make_koffer(int index);
    void open_koffer(Koffer& koffer);
    void crash_koffer(Koffer& koffer, const std::string& why);
    void learn_uncertain(Koffer& koffer);
    void count_bytes(const Koffer& koffer);
    void shut(Koffer& koffer);

    // sealing.cpp
    std::unique_ptr<Store> open_file(Koffer& koffer, const char* file);
    void find_tour(Koffer& koffer);
    void open_spool(Koffer& koffer);
    void expire(Koffer& koffer);
    void note_secrets(Koffer& koffer, const CommandRequest& request, int number, const Bytes& document);
    void check_sealed(Koffer& koffer);
    void look_at_case(Koffer& koffer, const std::string& case_id);
    void end_at_node(Koffer& koffer);
    void work(Koffer& koffer, const Step& step);
    void pump(Koffer& koffer);
    void wake(Koffer& koffer);
    bool run_command(Koffer& koffer, const Step& step, CommandRequest request, const Bytes& document);

    // tours.cpp
    void tour_step(Koffer& koffer, const Step& step);
    void plan_tour(Koffer& koffer, const Step& step);
    void fetch_tour(Koffer& koffer);
    void load_tour(Koffer& koffer, const std::string& tour, const JournalHead& head,
                   const std::vector<std::pair<std::string, json::object>>& rows);
    void end_tour(Koffer& koffer, const Step& step);
    void wipe_what_is_home(Koffer& koffer, const std::string& tour);
    void wipe(Koffer& koffer, const std::string& tour);
    void erase_tour(Koffer& koffer);
    void ask_for_orders(Koffer& koffer);
    std::string waiting_tour(const Koffer& koffer, Transaction& hub);
    void tick(Koffer& koffer);
    void report_wiped(Koffer& koffer);
    void ask_hub(Koffer& koffer, std::function<void(Transaction&)> work, std::function<void()> answer);

    // line.cpp
    void connect(Koffer& koffer);
    void transmit_up(std::shared_ptr<Connection> connection);
    void transmit_down(std::shared_ptr<Connection> connection);
    void deliver_up(std::shared_ptr<Connection> connection, Bytes frame);
    void cut(std::shared_ptr<Connection> connection, bool noticed, bool rest_arrives);
    void hub_gone(Connection& connection);
    void wake_hub(std::shared_ptr<Connection> connection);
    void look_for_changes(Tenant& tenant);
    Tenant& tenant_of(const Connection& connection);

    // hub.cpp
    void open_hub();
    void stop_hub();
    void crash_hub(const std::string& why);
    void submit(Tenant& tenant, Job job);
    void commit(Tenant& tenant);
    bool commit_jobs(Tenant& tenant, std::vector<Job>& jobs);
    void restore(Tenant& tenant, const Step& step);
    void revoke(Koffer& koffer, const Step& step);
    Timestamp hub_now() const { return Timestamp{day_zero + hub_clock_ + loop_.now}; }
    const Engine& hub_engine() const { return *engines_[hub_newer_]; }

    // counter.cpp
    void counter(Tenant& tenant, const Step& step);
    void decide(Tenant& tenant, Transaction& tx, const Step& step, std::vector<CommandRequest>& wanted);
    void settle(Tenant& tenant, Transaction& tx, Random& random, const Step& step);
    CommandRequest at_counter(Tenant& tenant, const Step& step, int part, const Actor& actor,
                              std::string name, json::object payload);
    bool run_at_hub(Tenant& tenant, Transaction& tx, CommandRequest request);
    void tell_clerk(Tenant& tenant, const Told& one);

    // courier.cpp
    void mail(Tenant& tenant);
    void hop(Tenant& tenant, std::function<void()> work);
    void send_due(Tenant& tenant);
    void offer(Tenant& tenant, const std::string& id, std::int64_t attempts);
    bool note_left(Tenant& tenant, const std::string& id);
    void expect_again(Tenant& tenant, Transaction& restored);
    std::string held_message(Tenant& tenant);
    void release_held(Tenant& tenant, const Step& step);
    void note_message(Tenant& tenant, json::object state);
    void drop_mail(Tenant& tenant);
    void check_messages(Tenant& tenant, Transaction& hub);

    // stick.cpp
    using HubProgram = std::function<void(service::TenantRunner&)>;
    bool by_program(Tenant& tenant, const HubProgram& work);
    void send_draft(Koffer& koffer);
    void carry_queue(Koffer& koffer, const Step& step);
    void bring_stick(Koffer& koffer, std::shared_ptr<const Bytes> file, std::int64_t takes);
    void check_drafts(Koffer& koffer, Transaction& hub);
    bool take_stick(Koffer& koffer, service::TenantRunner& runner, const Bytes& file);

    // office.cpp
    /// One more thing that happens there. @param nth of this step
    void office(Tenant& tenant, const Step& step, int nth, std::string_view chore_name = {});

    // forger.cpp
    void forge(Koffer& koffer, const Step& step);

    // checkers.cpp: after every commit of the hub, after every restart, when everything is quiet
    void check_commit(Tenant& tenant);
    void check_journal(Tenant& tenant);
    void check_hub_recovered(Tenant& tenant);
    void forget_undone(Tenant& tenant);
    std::string unrest();
    void check_quiet();
    void check_told(Koffer& koffer, Transaction& hub);
    void check_same_state(Koffer& koffer, Transaction& hub);
    void check_numbers(Tenant& tenant, Transaction& hub);
    void check_documents(Tenant& tenant, Transaction& hub);
    void check_strangers(Tenant& tenant, Transaction& hub);

    const Plan& plan_;
    Loop loop_;
    Random weather_;
    std::unique_ptr<Engine> engines_[2];  ///< of today's program, and of tomorrow's
    std::vector<std::unique_ptr<Tenant>> tenants_;
    std::vector<std::unique_ptr<Koffer>> koffers_;
    std::vector<std::shared_ptr<Connection>> connections_;
    std::shared_ptr<sync::BegunChunks> begun_ = std::make_shared<sync::BegunChunks>();
    bool hub_up_ = false, hub_newer_ = false, hub_refuses_old_ = false;
    int hub_life_ = 0;
    std::int64_t hub_clock_ = 0;
    std::deque<std::pair<int, Bytes>> overheard_;  ///< envelopes on their way, with whose Koffer
    bool calm_ = false;
    std::string failure_;
    std::vector<std::string> story_;
    std::string last_sentence_;
    int repeated_ = 0;
    int sticks_ = 0;  ///< on their way to the hub
    Tally tally_;
};

}  // namespace wa::sim
