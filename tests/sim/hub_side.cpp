// What a connection asks of the hub, through the product's inbox; checkers look on, and faults are made here.
#include "apps/hub/koffer_desk.hpp"
#include "kernel/data.hpp"
#include "kernel/documents.hpp"
#include "modules/tours/module.hpp"
#include "parts.hpp"

namespace wa::sim {

namespace {

/// Deliberate fault: the mark of what was just done is lost, and it comes once more.
void do_again(Transaction& tx, const Engine& engine, const TenantScope& scope, const Actor& actor,
              const std::vector<Bytes>& envelopes) {
    for (const auto& bytes : envelopes) {
        const auto arrived = parse_signed_envelope(bytes);
        if (!arrived) continue;
        const auto& e = arrived->envelope;
        const auto dropped = tx.execute(Statement{"sim.drop_mark",
                                                  "DELETE FROM command_done WHERE command_id = $id AND "
                                                  "name IN ('case.precheck', 'appointment.mark')"},
                                        {{"id", e.command_id}});
        if (dropped == 0) continue;
        CommandRequest request;
        request.id = e.command_id;
        request.name = e.name;
        request.payload = parse_json(e.payload)->get_object();
        request.actor = actor;
        request.origin = {e.place, e.device_id, "", e.tour_id};
        request.at = Timestamp{e.at_ms};
        request.replayed = true;
        engine.run(tx, scope, request);
    }
}

}  // namespace

World::Tenant& HubSide::tenant() const {
    auto& own = *connection.lock()->tenant;
    return own;
}

void HubSide::in_store(Work work, Done done) {
    const auto weak = connection;
    auto& w = world;
    auto* store = connection.lock()->tenant;
    if (w.has(Mutation::crosses_tenants) && w.weather_.chance(100))
        store = w.tenants_[store == w.tenants_[0].get()].get();
    // The jobs of a connection that is gone still count; only nobody hears of them. It outlives them.
    const auto keep = connection.lock();
    w.submit(*store, {[work = std::move(work), keep](Transaction& tx) { work(tx); },
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

const Engine& HubSide::engine() const {
    return world.hub_engine();
}

const TenantScope& HubSide::scope() const {
    return tenant().who->hub;
}

KnownDevice HubSide::device(Transaction& tx) const {
    const auto& koffer = *connection.lock()->koffer;
    const auto row = read_row(tx, "device", koffer.device->id);
    auto known = row ? hub::known_device(*row) : KnownDevice{koffer.device->id, koffer.name, {}, true};
    if (world.has(Mutation::ignores_revocation) || world.has(Mutation::crosses_tenants))
        known.revoked = false;
    return known;
}

ClerkLookup HubSide::clerks() const {
    if (!world.has(Mutation::forgets_former_keys)) return hub::clerk_lookup();
    return [real = hub::clerk_lookup()](auto&&... asked) {
        auto clerk = real(asked...);
        if (clerk) clerk->former_keys.clear();
        return clerk;
    };
}

sync::InWorkingSet HubSide::working_set() const {
    return in_working_set(engine().registry());
}

std::string HubSide::session_tour() const {
    const auto open = connection.lock();
    return open->hub ? open->hub->tour_id() : std::string();
}

bool HubSide::shows_rows(Transaction& tx, const std::string& tour_id) const {
    const auto tour = read_row(tx, "tour", tour_id);
    return tour && may_hear_of(*tour, connection.lock()->koffer->device->id, now());
}

Timestamp HubSide::now() const {
    if (world.has(Mutation::trusts_the_nodes_clock))
        return Timestamp{day_zero + connection.lock()->koffer->clock + world.loop_.now};
    return world.hub_now();
}

void HubSide::noticed(sync::Resumed& resumed) {
    const auto open = connection.lock();
    if (!open) return;
    const auto& koffer = *open->koffer;
    if (resumed.journal_rewritten && tenant().restores == 0 && !open->mangled)
        world.fail("the hub's journal has another past than " + koffer.name + " knows");
    if (resumed.welcome.forked) world.fail("the chain of " + koffer.name + " is forked");
    for (const auto& held : resumed.welcome.documents)
        for (std::int64_t p = 0; p < std::int64_t(held.bitmap.size()) * 8; ++p)
            if (bitmap_has(held.bitmap, p)) open->said_held.emplace(held.hash, p);
    if (world.has(Mutation::sends_held_chunks_again))
        for (auto& held : resumed.welcome.documents) held.bitmap.clear();
}

void HubSide::noticed(Transaction& tx, const std::vector<Bytes>& envelopes, const sync::Executed& executed) {
    const auto open = connection.lock();
    if (!open) return;
    if (world.has(Mutation::forgets_what_was_done) && world.weather_.chance(300))
        do_again(tx, engine(), scope(), open->koffer->clerk->actor, envelopes);
    if (executed.alarm && !open->mangled && tenant().restores == 0)
        world.fail("an alarm without a forger: " + open->koffer->name);
}

void HubSide::store_chunk(sync::Chunk chunk) {
    ++world.tally_.chunks;
    const auto open = connection.lock();
    if (open && !open->mangled && world.tally_[Trouble::forged] == 0 &&
        open->said_held.count({chunk.hash, chunk.position}) > 0)
        world.fail("a chunk that the hub said it holds was sent again");
    StoreInbox::store_chunk(std::move(chunk));
}

void HubSide::arrived(const Result<sync::ChunkAck>& ack) {
    const auto open = connection.lock();
    // A scan with a part damaged on the way is dropped whole: then it holds nothing of it any more.
    if (open && ack && ack->false_hash)
        std::erase_if(open->said_held, [&](const auto& one) { return one.first == ack->hash; });
    if (!open || open->koffer->doubtful || world.tally_[Trouble::forged] > 0) return;
    // A revoked one brings what its kept work names; what it sends before that comes again.
    if (!ack && ack.error().is(problems::device_revoked)) return;
    if (!ack) return world.fail("a false chunk");
    if (ack->false_hash) world.fail("a document arrived false");
}

/// Everything has arrived; a second durable copy, then it may go from the Koffer.
void HubSide::copy_for_wipe(const std::string& tour_id) {
    const auto open = connection.lock();
    auto& home = *open->tenant;
    world.loop_.after(world.weather_.between(5, 400), [this, open, &home, tour_id, life = world.hub_life_] {
        if (life != world.hub_life_) return;
        try {
            home.store->copy_to("copy.db");
        } catch (const StoreError&) {
            if (home.disk->dead()) return world.crash_hub("loses its power while it makes the second copy");
            world.tell("hub: the second copy fails");
            if (!open->hub) return;
            open->hub->failed(std::string(problems::store_full.name));
            return world.wake_hub(open);
        }
        home.backups.push_back(home.disk->read("copy.db").value());
        world.tell("hub: a second copy of " + home.who->marker + " is made, the tour may be wiped");
        const auto tx = home.store->begin_read();
        for (const auto& id : open->koffer->drafts_home) {
            const auto rows = tx->query(sql::kernel::draft_of, {{"case_id", id}});
            const auto row = read_row(*tx, "case_file", id);
            // Somebody at the hub may have submitted meanwhile what was typed, or set its case aside.
            const bool wanted =
                row ? row->is_null("submitted_at_ms") && row->text("status") == "draft"
                    : !tx->query(sql::kernel::tour_waits,
                                 {{"device_id", open->koffer->device->id}, {"tour_id", tour_id}})
                           .empty();
            if (wanted && home.restores == 0 && rows.empty())
                world.fail("a draft that came home is lost: case " + id);
        }
        if (!open->hub) return;
        open->hub->wipe_allowed(tour_id);
        world.wake_hub(open);
    });
}

}  // namespace wa::sim
