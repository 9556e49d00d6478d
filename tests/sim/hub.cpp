// The hub: group commits, crashes, full disks, restores.
#include <fmt/format.h>

#include "kernel/data.hpp"
#include "kernel/identity.hpp"
#include "parts.hpp"

namespace wa::sim {

void World::open_hub() {
    hub_up_ = true;
    try {
        for (auto& tenant : tenants_) {
            SqliteOptions options;
            options.path = "store.db";
            options.disk = tenant->disk;
            tenant->store = open_sqlite_store(std::move(options));
            tenant->store->migrate(hub_engine().registry().schema());
            tenant->post.list = std::make_unique<hub::SentLedger>(
                std::make_unique<DiskLedger>(tenant->disk, !has(Mutation::lists_without_fsync)));
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
    begun_ = std::make_shared<sync::BegunChunks>();
    for (auto& tenant : tenants_) {
        tenant->jobs.clear();
        tenant->commit_due = false;
        drop_mail(*tenant);
        tenant->post.list.reset();
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
    DiskLedger list(tenant.disk);
    if (step.seed % 2 == 0) {
        tell("hub: the list of what had left is lost");
        list.lose();
        hub::SentLedger::begin_anew(list);
    }
    const bool none = !list.read();
    const auto sent = hub::SentLedger::read(list);
    open_hub();
    json::object how{{"backup_at", to_rfc3339(hub_now())}, {"journal_seq", 1}, {"reason", "Probe"}};
    // In another place, and nobody has brought the list: what is due waits for a person's word.
    const bool known = sent || none;
    if (known || has(Mutation::believes_an_empty_list)) {
        json::array ids;
        for (const auto& id : sent.value_or(std::vector<std::string>())) ids.push_back(json::string(id));
        how["sent"] = std::move(ids);
    }
    auto note = at_counter(tenant, step, 0, system_actor(), "store.note_restore", std::move(how));
    const auto tx = tenant.store->begin_write();
    const auto noted = hub_engine().run(*tx, tenant.who->hub, std::move(note));
    if (!known) expect_again(tenant, *tx);
    tx->commit();
    if (noted.outcome != Outcome::done) fail("a restore is not noted: " + noted.problem.code);
    if (!known) release_held(tenant, step);
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
