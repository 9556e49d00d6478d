// The nodes: clerks at work, crashes, full disks.
#include "kernel/documents.hpp"
#include "parts.hpp"
#include "real_case.hpp"

namespace wa::sim {

using namespace wa::testing;

namespace {

constexpr std::int64_t day_zero = 1'788'000'000'000;

/// Deliberate fault: an envelope in the middle is never shown to the session.
struct SkippingQueue : sync::StoreNodeQueue {
    using StoreNodeQueue::StoreNodeQueue;
    std::vector<QueuedEnvelope> envelopes(std::int64_t after, std::size_t bytes, std::size_t count) override {
        auto out = StoreNodeQueue::envelopes(after, bytes, count);
        std::erase_if(out, [](const auto& one) { return one.device_seq == 7; });
        return out;
    }
};

Bytes scan(Random& random) {
    Bytes bytes(
        std::size_t(random.chance(500) ? random.between(200, 20'000) : random.between(20'000, 250'000)));
    for (std::size_t i = 0; i < bytes.size(); i += 8) {
        const auto word = random.next();
        for (std::size_t k = i; k < std::min(i + 8, bytes.size()); ++k)
            bytes[k] = std::uint8_t(word >> (8 * (k - i)));
    }
    return bytes;
}

}  // namespace

void World::make_node(int index) {
    auto node = std::make_unique<Node>();
    node->index = index;
    node->device = "K" + std::to_string(index + 1);
    node->tour = "T" + std::to_string(index + 1);
    node->keys = SignKeys::from_seed(seed_of(node->device));
    node->clock_off =
        random_.chance(300) ? random_.between(-400, 400) * 3'600'000 : random_.between(-5000, 5000);
    node->disk = std::make_shared<SimDisk>();
    node->delay = random_.between(5, 400);
    node->upload_rate =
        random_.chance(500) ? random_.between(8'000, 60'000) : random_.between(60'000, 2'000'000);
    open_node(*node);
    {
        auto tx = node->store->begin_write();
        for (const auto* kind : {"case", "receipt"})
            lease_block(*tx, node->device, node_scope_.digest_key, day_zero, kind);
        tx->commit();
    }
    auto tx = hub_store_->begin_write();
    for (const auto* kind : {"case", "receipt"})
        lease_block(*tx, node->device, hub_scope_.digest_key, day_zero, kind);
    tx->commit();
    nodes_.push_back(std::move(node));
    auto& made = *nodes_.back();
    work(made);
    pump(made);
}

void World::open_node(Node& node) {
    SqliteOptions options;
    options.path = node.device + ".db";
    options.disk = node.disk;
    node.store = open_sqlite_store(std::move(options));
    node.store->migrate(registry_.schema());
    if (plan_.fault == Fault::skip_envelope)
        node.queue =
            std::make_unique<SkippingQueue>(*node.store, registry_, node.tour, sync::StoreNodeQueue::Hooks{});
    else
        node.queue = std::make_unique<sync::StoreNodeQueue>(*node.store, registry_, node.tour,
                                                            sync::StoreNodeQueue::Hooks{});
    sync::NodeConfig config;
    config.device_id = node.device;
    node.session = std::make_unique<sync::NodeSession>(config, *node.queue, [this](std::uint32_t maximum) {
        return std::uint32_t(random_.between(0, maximum));
    });
}

void World::crash_node(Node& node) {
    ++tally_.node_crashes;
    const auto& metrics = node.session->metrics();
    tally_.bytes_up += metrics.bytes_sent, tally_.bytes_again += metrics.bytes_sent_again;
    tally_.chunks_again += metrics.chunks_sent_again;
    ++node.life;
    if (node.connection) {
        // What the network has taken still arrives; the node's end is gone.
        node.connection->node_open = false;
        node.connection.reset();
    }
    node.session.reset();
    node.queue.reset();
    node.store.reset();
    node.disk->set_capacity(std::nullopt);
    node.disk->crash(random_.next());
    open_node(node);
    learn_uncertain(node);
    const auto life = node.life;
    loop_.after(random_.between(100, 3000), [this, &node, life] {
        if (node.life == life) pump(node);
    });
}

/// A commit that the crash cut short is either there as a whole or not at all; the store says which.
void World::learn_uncertain(Node& node) {
    if (!node.uncertain) return;
    const auto tx = node.store->begin_read();
    const auto rows =
        tx->query(Statement{"sim.outgoing", "SELECT device_seq FROM outgoing WHERE command_id = $id"},
                  {{"id", node.uncertain->id}});
    const auto marks = tx->query(sql::kernel::command_mark, {{"command_id", node.uncertain->id}});
    if (rows.empty() != marks.empty()) fail("a command is done but not queued, or queued but not done");
    if (!rows.empty()) {
        remember_case(node, node.uncertain->name, node.uncertain->id);
        node.confirmed.push_back(*node.uncertain);
    }
    node.uncertain.reset();
}

void World::pump(Node& node) {
    if (!node.session) return;
    switch (node.session->next_line_step(loop_.now)) {
        case sync::LineStep::open:
            connect(node);
            break;
        case sync::LineStep::close:
            if (node.connection) {
                node.connection->node_open = false;
                auto connection = node.connection;
                // The hub may hear of it, or never.
                if (!connection->cut_up && random_.chance(500))
                    loop_.after(node.delay, [this, connection] { hub_gone(*connection); });
                node.connection.reset();
            }
            ++node.attempt;
            break;
        case sync::LineStep::none:
            break;
    }
    if (node.connection) transmit_up(node.connection);
    wake(node);
}

void World::wake(Node& node) {
    const auto number = ++node.wake_number;
    const auto life = node.life;
    loop_.after(std::max<std::int64_t>(1, node.session->next_wake() - loop_.now),
                [this, &node, number, life] {
                    if (node.wake_number == number && node.life == life) pump(node);
                });
}

void World::work(Node& node) {
    loop_.after(random_.between(100, 1500), [this, &node] {
        if (calm_) return;
        do_work(node);
        if (random_.chance(15)) node.disk->fail_after(std::uint64_t(random_.between(1, 40)));
        if (random_.chance(10)) {
            node.disk->set_capacity(600'000);  // fuller than it is: the next growth fails
            loop_.after(random_.between(500, 5000), [&node] { node.disk->set_capacity(std::nullopt); });
        }
        if (node.disk->dead() || random_.chance(8)) crash_node(node);
        work(node);
    });
}

void World::remember_case(Node& node, const std::string& command, const std::string& id) {
    if (command == "t.open") node.cases.push_back(id);
    if (command == "case.open") node.real_cases.push_back(id);
}

std::pair<std::string, json::object> World::next_command(Node& node, Transaction& tx) {
    // Half of the work is the product's own, half are small commands with every behaviour a line must bear.
    if (random_.chance(500)) {
        if (node.real_cases.empty() || random_.chance(200))
            return {"case.open",
                    {{"procedure", "residence.registration"}, {"channel", "koffer"}, {"title", "Zoë Łącka"}}};
        const auto& id =
            node.real_cases[std::size_t(random_.between(0, std::int64_t(node.real_cases.size()) - 1))];
        return next_step(tx, id, random_.between(0, 99));
    }
    const auto pick = random_.between(0, 99);
    if (node.cases.empty() || pick < 25)
        return {"t.open", {{"title", random_.chance(150) ? "refuse" : "case"}}};
    const auto& id = node.cases[std::size_t(random_.between(0, std::int64_t(node.cases.size()) - 1))];
    const auto token = node.device + "n" + std::to_string(++node.commands);
    if (pick < 60) return {"t.note", {{"case_id", id}, {"text", token}}};
    if (pick < 72) {
        const auto bytes = scan(random_);
        const auto hash = put_document(tx, bytes).value();
        node.documents.push_back(hash);
        return {"t.attach", {{"case_id", id}, {"hash", hash}, {"size", std::int64_t(bytes.size())}}};
    }
    if (pick < 82) return {"t.rename", {{"case_id", id}, {"title", token}}};
    if (pick < 90) {
        const auto row = read_row(tx, "case_file", id);
        return {"t.correct", {{"case_id", id}, {"old", row->text("channel")}, {"new", token}}};
    }
    return {"t.check", {{"case_id", id}}};
}

void World::do_work(Node& node) {
    const auto number = ++node.commands;
    const auto random = sha256(node.device + std::to_string(plan_.seed) + "/" + std::to_string(number));
    CommandRequest request;
    request.at = Timestamp{std::max<std::int64_t>(0, day_zero + loop_.now + node.clock_off)};
    request.id = make_id(request.at.ms, std::span<const std::uint8_t, 10>(random.data(), 10)).text();
    request.actor = test_clerk();
    request.origin = {"koffer", node.device, node.device, node.tour};
    try {
        const auto tx = node.store->begin_write();
        std::tie(request.name, request.payload) = next_command(node, *tx);
        const auto result = engine_->run(*tx, node_scope_, request);
        if (result.outcome == Outcome::refused) {
            if (!result.problem.is(problems::case_wrong_status))
                fail("refused at the node: " + result.problem.code);
            return;
        }
        const auto queued = enqueue(*tx, registry_, request, result, node.keys, clerk_);
        if (!queued || queued.value() == 0) return fail("not queued");
        const auto* spec = registry_.command(request.name);
        node.uncertain = Node::Done{request.id, request.name, stream_of(*spec, result.payload, request.id)};
        tx->commit();
    } catch (const StoreError& error) {
        if (error.kind == StoreError::Kind::full && !node.disk->dead()) {
            ++tally_.refused_by_full_disk;
            node.uncertain.reset();
        }
        return;
    }
    remember_case(node, request.name, request.id);
    node.confirmed.push_back(*node.uncertain);
    node.uncertain.reset();
    ++tally_.commands;
    node.session->work_added();
    pump(node);
}

}  // namespace wa::sim
