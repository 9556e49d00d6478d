// The Koffer: clerks at work, crashes, full disks.
#include <fmt/format.h>

#include "clerk.hpp"
#include "kernel/data.hpp"
#include "parts.hpp"

namespace wa::sim {

NodeSide::NodeSide(World& w, World::Koffer& k, Hooks hooks)
    : VaultQueue(k.store, k.spool, registry_of(k.newer), k.tour, std::move(hooks), {}), world(w), koffer(k) {}

std::vector<QueuedEnvelope> NodeSide::envelopes(std::int64_t after, std::size_t bytes, std::size_t count) {
    auto out = VaultQueue::envelopes(after, bytes, count);
    if (world.has(Mutation::loses_an_envelope))
        std::erase_if(out, [](const auto& one) { return one.device_seq == 4; });
    for (const auto& one : out) {
        world.overheard_.emplace_back(koffer.index, one.bytes);
        if (world.overheard_.size() > 60) world.overheard_.pop_front();
    }
    return out;
}

bool NodeSide::requeue_after(std::int64_t device_seq) {
    if (world.has(Mutation::forgets_to_send_again)) return true;
    world.tell(fmt::format("{}: the hub knows its work only up to {}; everything behind is queued again",
                           koffer.name, device_seq));
    return VaultQueue::requeue_after(device_seq);
}

bool NodeSide::store_changes(const sync::Changes& changes) {
    if (world.has(Mutation::drops_changes) && !changes.rows.empty() && world.weather_.chance(200)) {
        auto none = changes;
        none.rows.clear();
        return VaultQueue::store_changes(none);
    }
    return VaultQueue::store_changes(changes);
}

void World::make_koffer(int index) {
    auto koffer = std::make_unique<Koffer>();
    koffer->index = index;
    koffer->home = &authority(index < 2 ? 0 : 1);
    koffer->device = &koffer->home->devices[std::size_t(index % 2)];
    koffer->clerk = &koffer->home->clerks[std::size_t(index % 2)];
    koffer->name = koffer->device->name;
    koffer->random = Random(plan_.seed * 31 + std::uint64_t(index));
    auto& random = koffer->random;
    koffer->clock = random.chance(200) ? random.between(-100, 100) * 3'600'000 : random.between(-5000, 5000);
    koffer->delay = random.between(5, 400);
    koffer->upload_rate =
        random.chance(300) ? random.between(8'000, 60'000) : random.between(60'000, 2'000'000);
    koffer->disk = std::make_shared<SimDisk>();
    koffers_.push_back(std::move(koffer));
    open_koffer(*koffers_.back());
    tick(*koffers_.back());
}

/// The process starts: a tour that is wholly there is opened, of an expired one what is sealed.
void World::open_koffer(Koffer& koffer) {
    find_tour(koffer);
    if (koffer.tour.empty()) return;
    try {
        if (!koffer.expired) {
            koffer.store = open_file(koffer, "tour.db");
            koffer.store->migrate(registry_of(koffer.newer).schema());
            const auto row = read_row(*koffer.store->begin_read(), "tour", koffer.tour);
            koffer.ended = row && row->text("state") == "in";
        }
        open_spool(koffer);
    } catch (const StoreError& error) {
        if (koffer.disk->dead()) return crash_koffer(koffer, "loses its power while it starts");
        // Somebody makes room (a crash takes the limit away) and starts it again.
        if (error.kind == StoreError::Kind::full)
            return crash_koffer(koffer, "does not start, its disk is full");
        return fail(koffer.name + " does not start: " + error.what());
    }
    if (koffer.disk->dead()) return crash_koffer(koffer, "loses its power while it starts");
    const auto wipe_later = [this, &koffer](const std::string& tour) {
        loop_.after(1, [this, &koffer, tour, life = koffer.life] {
            if (koffer.life == life) wipe_what_is_home(koffer, tour);
        });
    };
    sync::StoreNodeQueue::Hooks hooks;
    hooks.wipe_allowed = wipe_later;
    if (koffer.expired)
        koffer.queue = std::make_unique<node::SealedQueue>(koffer.spool, wipe_later);
    else
        koffer.queue = std::make_unique<NodeSide>(*this, koffer, std::move(hooks));
    sync::NodeConfig config;
    config.device_id = koffer.device->id;
    koffer.session = std::make_unique<sync::NodeSession>(
        config, *koffer.queue,
        [&koffer](std::uint32_t maximum) { return std::uint32_t(koffer.random.between(0, maximum)); });
    koffer.ended = koffer.ended || koffer.expired;
    if (koffer.ended) end_at_node(koffer);
}

/// Drafts go home as well, then leave to wipe is asked for.
void World::end_at_node(Koffer& koffer) {
    koffer.ended = true;
    if (auto* queue = dynamic_cast<NodeSide*>(koffer.queue.get())) queue->ending();
    koffer.session->request_check_in(koffer.tour);
}

void World::count_bytes(const Koffer& koffer) {
    if (!koffer.session) return;
    const auto& metrics = koffer.session->metrics();
    tally_.bytes_up += metrics.bytes_sent, tally_.bytes_again += metrics.bytes_sent_again;
    tally_[Trouble::chunk_again] += metrics.chunks_sent_again;
    tally_[Trouble::chunk_gone_on_with] += metrics.chunks_gone_on_with;
}

/// Line, queue and store are gone, whatever they were about to do.
void World::shut(Koffer& koffer) {
    count_bytes(koffer);
    ++koffer.life;
    if (koffer.connection) {
        // What the network has taken still arrives; the node's end is gone.
        koffer.connection->node_open = false;
        koffer.connection.reset();
    }
    koffer.session.reset();
    koffer.queue.reset();
    koffer.sealer.reset();
    koffer.spool.reset();
    koffer.store.reset();
}

void World::crash_koffer(Koffer& koffer, const std::string& why) {
    ++tally_[koffer.disk->dead() ? Trouble::koffer_power_at_write : Trouble::koffer_killed];
    tell(koffer.name + " " + why);
    shut(koffer);
    koffer.wanted.clear();
    crash_disk(*koffer.disk, koffer.random.next());
    open_koffer(koffer);
    if (koffer.store && has(Mutation::loses_drafts)) {
        const auto tx = koffer.store->begin_write();
        tx->execute(Statement{"sim.spoil_drafts", "DELETE FROM draft"});
        tx->commit();
    }
    learn_uncertain(koffer);
    loop_.after(koffer.random.between(50, 2000), [this, &koffer, life = koffer.life] {
        if (koffer.life == life && koffer.session) pump(koffer);
    });
}

/// A commit that the crash cut short is either there as a whole or not at all; the store says which. What was
/// told is there.
void World::learn_uncertain(Koffer& koffer) {
    if (!koffer.store) return;
    const auto tx = koffer.store->begin_read();
    if (koffer.uncertain && koffer.uncertain->device_seq > 0) {
        const Params id{{"id", koffer.uncertain->id}};
        const auto rows = tx->query(
            Statement{"sim.outgoing", "SELECT device_seq FROM outgoing WHERE command_id = $id"}, id);
        const auto marks = tx->query(sql::kernel::command_mark, {{"command_id", koffer.uncertain->id}});
        if (rows.empty() != marks.empty()) fail("a command is done but not queued, or queued but not done");
        if (!rows.empty()) {
            if (koffer.uncertain->name == "case.submit") {
                koffer.drafts[koffer.uncertain->stream] = {""};
                koffer.drafts_home.erase(koffer.uncertain->stream);
            }
            if (koffer.uncertain->name == "tour.check_in") {
                end_at_node(koffer);
            }
            koffer.told.push_back(*koffer.uncertain);
        }
    }
    koffer.uncertain.reset();
    std::int64_t last = 0;
    for (const auto& told : koffer.told)
        if (told.tour == koffer.tour) last = std::max(last, told.device_seq);
    const auto head = tx->query(sql::kernel::outgoing_head);
    if ((head.empty() ? 0 : head.front().integer("device_seq")) != last)
        fail(koffer.name + " has forgotten in a crash what it had told its clerk");
    for (auto& [id, forms] : koffer.drafts) {
        if (node::is_sealed_here(*tx, id)) continue;  // what had been typed was sealed with it
        const auto rows =
            tx->query(Statement{"sim.draft", "SELECT form FROM draft WHERE case_id = $id"}, {{"id", id}});
        const auto form = rows.empty() ? std::string() : rows.front().text("form");
        if (forms.count(form) == 0) fail(koffer.name + " has lost in a crash what was being typed");
        forms = {form};
    }
    check_sealed(koffer);
}

void World::pump(Koffer& koffer) {
    if (koffer.disk->dead()) return crash_koffer(koffer, "loses its power");
    if (!koffer.session) return;
    switch (koffer.session->next_line_step(loop_.now)) {
        case sync::LineStep::open:
            connect(koffer);
            break;
        case sync::LineStep::close:
            if (koffer.connection) {
                koffer.connection->node_open = false;
                auto connection = koffer.connection;
                // The hub may hear of it, or never.
                if (!connection->cut_up && koffer.random.chance(500))
                    loop_.after(koffer.delay, [this, connection] { hub_gone(*connection); });
                koffer.connection.reset();
            }
            ++koffer.attempt;
            break;
        case sync::LineStep::none:
            break;
    }
    if (koffer.connection) transmit_up(koffer.connection);
    wake(koffer);
}

void World::wake(Koffer& koffer) {
    const auto number = ++koffer.wake_number;
    loop_.after(std::max<std::int64_t>(1, koffer.session->next_wake() - loop_.now),
                [this, &koffer, number, life = koffer.life] {
                    if (koffer.wake_number == number && koffer.life == life) pump(koffer);
                });
}

}  // namespace wa::sim
