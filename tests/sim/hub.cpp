// The hub: group commits, crashes, full disks, people at the counter.
#include "kernel/documents.hpp"
#include "parts.hpp"

namespace wa::sim {

using namespace wa::testing;

namespace {

/// A row of the working set belongs to the node whose series its case's number has.
bool in_working_set(Transaction& tx, const std::string& tour, const std::string& table,
                    const std::string& id) {
    auto row = read_row(tx, table, id);
    if (table != "case_file" && table != "case_document" && table != "case_finding") return false;
    if (row && table != "case_file") row = read_row(tx, "case_file", row->text("case_id"));
    return row && row->text("number").starts_with("K" + tour.substr(1) + "-");
}

/// Deliberate fault: the mark of what was just done is lost, and it comes once more.
void do_again(Transaction& tx, const Engine& engine, const TenantScope& scope,
              const std::vector<Bytes>& envelopes) {
    for (const auto& bytes : envelopes) {
        const auto arrived = parse_signed_envelope(bytes);
        const auto& e = arrived->envelope;
        const auto dropped = tx.execute(
            Statement{"sim.drop_mark", "DELETE FROM command_done WHERE command_id = $id AND name = 't.note'"},
            {{"id", e.command_id}});
        if (dropped == 0) continue;
        CommandRequest request;
        request.id = e.command_id;
        request.name = e.name;
        request.payload = parse_json(e.payload)->get_object();
        request.actor = test_clerk();
        request.at = Timestamp{e.at_ms};
        request.replayed = true;
        engine.run(tx, scope, request);
    }
}

}  // namespace

void HubSide::in_store(Work work, Done done) {
    const auto weak = connection;
    auto& w = world;
    // The jobs of a connection that is gone still count; only nobody hears of them.
    world.submit({std::move(work),
                  [done = std::move(done), weak, &w] {
                      const auto open = weak.lock();
                      if (!open || !open->hub) return;
                      done(*open->hub);
                      w.wake_hub(open);
                  },
                  [weak, &w](const std::string& code) {
                      const auto open = weak.lock();
                      if (!open || !open->hub) return;
                      open->hub->failed(code);
                      w.wake_hub(open);
                  }});
}

KnownDevice HubSide::device(Transaction&) const {
    const auto& node = *connection.lock()->node;
    return {node.device, node.device, node.keys.public_key, false};
}

std::string HubSide::session_tour() const {
    return connection.lock()->node->tour;
}

sync::InWorkingSet HubSide::working_set() const {
    return in_working_set;
}

Timestamp HubSide::now() const {
    return Timestamp{1'788'000'000'000 + world.loop_.now};
}

void HubSide::noticed(sync::Resumed& resumed) {
    if (resumed.journal_rewritten) world.fail("the hub's journal has another past than a node knows");
    if (resumed.welcome.forked) world.fail("the chain of a node is forked");
    const auto open = connection.lock();
    for (const auto& held : resumed.welcome.documents)
        for (std::int64_t p = 0; p < std::int64_t(held.bitmap.size()) * 8; ++p)
            if (bitmap_has(held.bitmap, p)) open->said_held.emplace(held.hash, p);
    if (world.plan_.fault == Fault::resend_held)
        for (auto& held : resumed.welcome.documents) held.bitmap.clear();
}

void HubSide::noticed(Transaction& tx, const std::vector<Bytes>& envelopes, const sync::Executed& executed) {
    if (world.plan_.fault == Fault::forget_done && world.random_.chance(300))
        do_again(tx, *world.engine_, world.hub_scope_, envelopes);
    if (executed.alarm) world.fail("an alarm without a forger");
}

void HubSide::store_chunk(sync::Chunk chunk) {
    ++world.tally_.chunks;
    if (connection.lock()->said_held.count({chunk.hash, chunk.position}) > 0)
        world.fail("a chunk that the hub said it holds was sent again");
    StoreInbox::store_chunk(std::move(chunk));
}

void HubSide::arrived(const Result<sync::ChunkAck>& ack) {
    if (!ack) world.fail("a false chunk");
    if (ack && ack->false_hash) world.fail("a document arrived false");
}

void World::open_hub() {
    SqliteOptions options;
    options.path = "hub.db";
    options.disk = hub_disk_;
    hub_store_ = open_sqlite_store(std::move(options));
    hub_store_->migrate(registry_.schema());
}

void World::crash_hub() {
    ++tally_.hub_crashes;
    ++hub_life_;
    jobs_.clear();
    commit_due_ = false;
    for (auto& connection : connections_) hub_gone(*connection);
    connections_.clear();
    hub_store_.reset();
    hub_disk_->set_capacity(std::nullopt);
    hub_disk_->crash(random_.next());
    const auto life = hub_life_;
    loop_.after(random_.between(50, 4000), [this, life] {
        if (life != hub_life_) return;
        open_hub();
        check_hub_recovered();
    });
}

void World::submit(Job job) {
    jobs_.push_back(std::move(job));
    if (commit_due_) return;
    commit_due_ = true;
    const auto life = hub_life_;
    loop_.after(random_.between(1, 40), [this, life] {
        if (life == hub_life_) commit();
    });
}

void World::commit() {
    commit_due_ = false;
    std::vector<Job> jobs;
    while (!jobs_.empty() && jobs.size() < 8) {
        jobs.push_back(std::move(jobs_.front()));
        jobs_.pop_front();
    }
    if (!calm_ && random_.chance(6)) hub_disk_->fail_after(std::uint64_t(random_.between(1, 60)));
    if (!calm_ && random_.chance(6)) {
        hub_disk_->set_capacity(500'000);
        loop_.after(random_.between(200, 3000), [this] { hub_disk_->set_capacity(std::nullopt); });
    }
    commit_jobs(jobs);
    if (hub_disk_->dead()) return crash_hub();
    check_step();
    if (!jobs_.empty() && !commit_due_) {
        commit_due_ = true;
        const auto life = hub_life_;
        loop_.after(random_.between(1, 20), [this, life] {
            if (life == hub_life_) commit();
        });
    }
}

void World::commit_jobs(std::vector<Job>& jobs) {
    try {
        const auto tx = hub_store_->begin_write();
        for (auto& job : jobs) job.work(*tx);
        if (plan_.fault == Fault::ack_before_durable) {
            for (auto& job : jobs) job.done();
            if (!calm_ && random_.chance(60)) return;  // the power goes before the commit
        }
        tx->commit();
    } catch (const StoreError& error) {
        if (hub_disk_->dead()) return;
        for (auto& job : jobs) job.failed(std::string(problems::store_full.name));
        return;
    }
    if (plan_.fault == Fault::ack_before_durable) return;
    const auto life = hub_life_;
    loop_.after(random_.between(0, 10), [this, life, done = std::move(jobs)] {
        if (life != hub_life_) return;
        for (const auto& job : done) job.done();
    });
}

void World::wake_hub(std::shared_ptr<Connection> connection) {
    if (!connection->hub) return;
    transmit_down(connection);
    if (!connection->hub) return;
    if (connection->hub->wants_close(loop_.now)) {
        auto& node = *connection->node;
        hub_gone(*connection);
        if (connection->node_open && node.connection == connection)
            loop_.after(node.delay, [this, connection, &node] {
                if (node.connection != connection) return;
                connection->node_open = false;
                node.connection.reset();
                ++node.attempt;
                node.session->disconnected(loop_.now);
                pump(node);
            });
        return;
    }
    const auto number = ++connection->wake_number;
    const auto at = connection->hub->next_wake();
    loop_.after(std::max<std::int64_t>(1, at - loop_.now), [this, connection, number] {
        if (connection->wake_number == number) wake_hub(connection);
    });
}

void World::look_for_changes() {
    for (auto& connection : connections_)
        if (connection->hub) {
            connection->hub->look_for_changes();
            wake_hub(connection);
        }
}

/// People at the hub: they rename, decide, and settle what waits.
void World::hub_work() {
    loop_.after(random_.between(300, 3000), [this] {
        if (calm_) return;
        hub_work();
        if (!hub_store_) return;
        if (random_.chance(20)) return crash_hub();
        const auto kind = random_.between(0, 3);
        if (kind == 3) return settle_one(random_.chance(600) ? Settlement::retry : Settlement::set_aside);
        auto& node = *nodes_[std::size_t(random_.between(0, std::int64_t(nodes_.size()) - 1))];
        if (node.cases.empty()) return;
        CommandRequest request;
        const auto number = ++hub_commands_;
        const auto random = sha256("hub" + std::to_string(number));
        request.id =
            make_id(1'788'000'000'000 + loop_.now, std::span<const std::uint8_t, 10>(random.data(), 10))
                .text();
        const auto id = node.cases[std::size_t(random_.between(0, std::int64_t(node.cases.size()) - 1))];
        if (kind == 0) request.name = "t.rename", request.payload = {{"case_id", id}, {"title", "hub"}};
        if (kind == 1) request.name = "t.correct", request.payload = {{"case_id", id}, {"new", "hub"}};
        if (kind == 2) request.name = "t.decide", request.payload = {{"case_id", id}};
        request.actor = test_clerk();
        request.origin.device = "hub";
        request.at = Timestamp{1'788'000'000'000 + loop_.now};
        submit({[this, request](Transaction& tx) { engine_->run(tx, hub_scope_, request); },
                [this] { look_for_changes(); }, [](const std::string&) {}});
    });
}

void World::settle_one(Settlement choice) {
    submit({[this, choice](Transaction& tx) {
                const auto rows = tx.query(Statement{
                    "sim.open",
                    "SELECT command_id FROM quarantine WHERE state = 'open' ORDER BY device_seq LIMIT 1"});
                if (rows.empty()) return;
                const auto settled = settle_quarantine(tx, *engine_, hub_scope_, clerks_,
                                                       rows.front().text("command_id"), choice, test_clerk(),
                                                       "settled", Timestamp{1'788'000'000'000 + loop_.now});
                if (!settled && settled.error().code != problems::stream_waiting.name)
                    fail("settling failed: " + settled.error().code);
            },
            [this] { look_for_changes(); }, [](const std::string&) {}});
}

}  // namespace wa::sim
