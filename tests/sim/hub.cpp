// The hub: group commits, crashes, full disks, restores, and what a connection asks of it.
#include <fmt/format.h>

#include "apps/hub/koffer_desk.hpp"
#include "kernel/data.hpp"
#include "kernel/documents.hpp"
#include "kernel/identity.hpp"
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
    return hub::clerk_lookup();
}

sync::InWorkingSet HubSide::working_set() const {
    return in_working_set(engine().registry());
}

std::string HubSide::session_tour() const {
    const auto open = connection.lock();
    return open->hub ? open->hub->tour_id() : std::string();
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
    if (!ack) return world.fail("a false chunk");
    if (ack->false_hash) world.fail("a document arrived false");
}

/// Everything has arrived; a second durable copy, then it may go from the Koffer.
void HubSide::check_in(const sync::CheckIn& asked) {
    const auto open = connection.lock();
    auto& home = *open->tenant;
    world.loop_.after(world.weather_.between(5, 400), [this, open, &home, asked, life = world.hub_life_] {
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
        for (const auto& [id, form] : open->koffer->drafts_home) {
            const auto rows = tx->query(sql::kernel::draft_of, {{"case_id", id}});
            const auto row = read_row(*tx, "case_file", id);
            // Somebody at the hub may have submitted meanwhile what was typed.
            const bool wanted = !row || (row->is_null("submitted_at_ms") && row->text("status") == "draft");
            if (wanted && home.restores == 0 && rows.empty())
                world.fail("a draft that came home is lost: case " + id);
        }
        if (!open->hub) return;
        open->hub->wipe_allowed(asked.tour_id);
        world.wake_hub(open);
    });
}

void World::open_hub() {
    hub_up_ = true;
    try {
        for (auto& tenant : tenants_) {
            SqliteOptions options;
            options.path = "store.db";
            options.disk = tenant->disk;
            tenant->store = open_sqlite_store(std::move(options));
            tenant->store->migrate(hub_engine().registry().schema());
        }
    } catch (const StoreError& error) {
        for (const auto& tenant : tenants_)
            if (tenant->disk->dead()) return crash_hub("loses its power while it starts");
        // Somebody makes room (a crash takes the limit away) and starts it again.
        if (error.kind == StoreError::Kind::full) return crash_hub("does not start, its disk is full");
        fail(std::string("the hub does not start: ") + error.what());
    }
}

void World::stop_hub() {
    ++hub_life_;
    hub_up_ = false;
    for (auto& connection : connections_) hub_gone(*connection);
    connections_.clear();
    for (auto& tenant : tenants_) {
        tenant->jobs.clear();
        tenant->commit_due = false;
        tenant->store.reset();
    }
}

void World::crash_hub(const std::string& why) {
    if (!hub_up_) return;
    const bool power = std::any_of(tenants_.begin(), tenants_.end(),
                                   [](const auto& tenant) { return tenant->disk->dead(); });
    ++tally_[power ? Trouble::hub_power_at_write : Trouble::hub_killed];
    tell("hub: " + why);
    stop_hub();
    for (auto& tenant : tenants_) crash_disk(*tenant->disk, weather_.next());
    loop_.after(weather_.between(50, 4000), [this, life = hub_life_] {
        if (life != hub_life_) return;
        open_hub();
        if (!hub_up_ || !failure_.empty()) return;
        tell("hub: works again");
        for (auto& tenant : tenants_) check_hub_recovered(*tenant);
    });
}

/// A person puts an authority back as it was in a backup; the hub is stopped meanwhile.
void World::restore(Tenant& tenant, const Step& step) {
    if (!hub_up_ || tenant.backups.empty()) return;
    ++tally_[Trouble::restored];
    ++tenant.restores;
    stop_hub();
    // Rather the latest one.
    const auto last = tenant.backups.size() - 1;
    const auto which = step.seed % 3 == 0 ? std::size_t(step.seed % (last + 1)) : last;
    tell(fmt::format("hub: {} is put back from backup {} of {}", tenant.who->marker, which + 1, last + 1));
    for (auto& other : tenants_) {
        other->disk->fail_after(0);
        other->disk->set_capacity(std::nullopt);
        if (other->disk->dead()) other->disk->crash(weather_.next());
    }
    tenant.disk->remove("store.db-wal");
    tenant.disk->put("store.db-wal", {});
    tenant.disk->put("store.db", tenant.backups[which]);
    open_hub();
    json::array sent;
    for (const auto& id : tenant.sent) sent.push_back(json::string(id));
    json::object how{{"backup_at", to_rfc3339(hub_now())}, {"journal_seq", 1}, {"reason", "Probe"}};
    // Not every exchange can say what it has been given: then everything waits for a person's word.
    if (step.seed % 2 != 0) how["sent"] = std::move(sent);
    auto note = at_counter(tenant, step, 0, system_actor(), "store.note_restore", std::move(how));
    const auto tx = tenant.store->begin_write();
    const auto noted = hub_engine().run(*tx, tenant.who->hub, std::move(note));
    tx->commit();
    if (noted.outcome != Outcome::done) fail("a restore is not noted: " + noted.problem.code);
    forget_undone(tenant);
    for (auto& one : tenants_) check_hub_recovered(*one);
}

void World::revoke(Koffer& koffer, const Step& step) {
    if (!hub_up_ || koffer.revoked) return;
    auto& tenant = *tenants_[std::size_t(koffer.home->index)];
    const bool lost = step.seed % 2 == 0;
    const json::object why{{"device_id", koffer.device->id}, {"reason", "gestohlen"}};
    const json::object loss{{"device_id", koffer.device->id},
                            {"kind", "stolen"},
                            {"noticed_on", to_iso(local_date(hub_now()))},
                            {"place", "Probe"},
                            {"circumstances", "Probe"}};
    auto request = lost ? at_counter(tenant, step, 0, tenant.who->clerks[2].actor, "koffer.report_loss", loss)
                        : at_counter(tenant, step, 0, system_actor(), "device.revoke", why);
    submit(tenant, {[this, &tenant, request](Transaction& tx) { run_at_hub(tenant, tx, request); },
                    [this, &koffer, lost] {
                        koffer.revoked = true;
                        ++tally_[lost ? Trouble::reported_lost : Trouble::revoked];
                        tell(koffer.name + (lost ? " is reported lost" : " is revoked"));
                    },
                    [](const std::string&) {}});
}

void World::submit(Tenant& tenant, Job job) {
    tenant.jobs.push_back(std::move(job));
    if (tenant.commit_due) return;
    tenant.commit_due = true;
    loop_.after(weather_.between(1, 40), [this, &tenant, life = hub_life_] {
        if (life == hub_life_) commit(tenant);
    });
}

void World::commit(Tenant& tenant) {
    tenant.commit_due = false;
    std::vector<Job> jobs;
    while (!tenant.jobs.empty() && jobs.size() < 8) {
        jobs.push_back(std::move(tenant.jobs.front()));
        tenant.jobs.pop_front();
    }
    if (!commit_jobs(tenant, jobs)) return crash_hub("loses its power in a commit");
    check_commit(tenant);
    if (!tenant.jobs.empty() && !tenant.commit_due) {
        tenant.commit_due = true;
        loop_.after(weather_.between(1, 20), [this, &tenant, life = hub_life_] {
            if (life == hub_life_) commit(tenant);
        });
    }
}

/// False when the disk is dead.
bool World::commit_jobs(Tenant& tenant, std::vector<Job>& jobs) {
    const auto life = hub_life_;
    try {
        const auto tx = tenant.store->begin_write();
        for (auto& job : jobs) job.work(*tx);
        if (has(Mutation::changes_beside_the_journal) && weather_.chance(20))
            tx->execute(Statement{"sim.beside",
                                  "UPDATE case_file SET title = title || '!' WHERE id = (SELECT id FROM "
                                  "case_file LIMIT 1)"});
        if (has(Mutation::rewrites_the_journal) && weather_.chance(20))
            tx->execute(Statement{"sim.rewrite", "UPDATE journal SET reason = reason || '!' WHERE seq = 12"});
        if (has(Mutation::damages_a_scan) && weather_.chance(100))
            tx->execute(Statement{"sim.damage",
                                  "UPDATE document_chunk SET bytes = zeroblob(LENGTH(bytes)) WHERE hash IN "
                                  "(SELECT hash FROM document WHERE verified = 1 LIMIT 1)"});
        if (has(Mutation::acknowledges_before_fsync)) {
            // The answers are out; then the power goes before the commit.
            const bool lost = !calm_ && weather_.chance(60);
            if (lost) {
                loop_.after(weather_.between(1, 2000), [this, life, done = std::move(jobs)] {
                    if (life != hub_life_) return;
                    for (const auto& job : done) job.done();
                });
                return true;
            }
        }
        tx->commit();
    } catch (const StoreError& error) {
        if (tenant.disk->dead()) return false;
        if (error.kind != StoreError::Kind::full) fail(std::string("the hub's store: ") + error.what());
        tell("hub: the disk is full, a commit fails");
        ++tally_[Trouble::hub_disk_full];
        for (auto& job : jobs) job.failed(std::string(problems::store_full.name));
        return true;
    }
    ++tally_.commits;
    // Completions come in the order of the commits, as from the one thread that writes.
    tenant.answered_at = std::max(tenant.answered_at, loop_.now + weather_.between(0, 10));
    loop_.after(tenant.answered_at - loop_.now, [this, life, done = std::move(jobs)] {
        if (life != hub_life_) return;
        for (const auto& job : done) job.done();
    });
    return true;
}

}  // namespace wa::sim
