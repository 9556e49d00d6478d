// What must hold after every commit of the hub and after every restart. Only what is new is looked at.
#include <fmt/format.h>

#include "kernel/data.hpp"
#include "kernel/documents.hpp"
#include "parts.hpp"

namespace wa::sim {

namespace {

std::int64_t last_arrival(Transaction& tx) {
    return tx.query(Statement{"sim.last_arrival", "SELECT COALESCE(MAX(rowid), 0) AS row FROM arrival"})
        .front()
        .integer("row");
}

}  // namespace

void World::check_commit(Tenant& tenant) {
    try {
        check_journal(tenant);
    } catch (const StoreError& error) {
        if (tenant.disk->dead()) return crash_hub("loses its power");
        fail(std::string("the hub's store: ") + error.what());
    }
}

/// What came into the journal, the arrivals and the quarantine since the last look.
void World::check_journal(Tenant& tenant) {
    const auto tx = tenant.store->begin_read();
    const auto& who = *tenant.who;
    for (const auto& row :
         tx->query(Statement{"sim.journal",
                             "SELECT seq, kind, name, command_id, actor, device, outcome FROM journal "
                             "WHERE seq > $seen ORDER BY seq"},
                   {{"seen", tenant.journal_seen}})) {
        const auto id = row.text("command_id"), device = row.text("device");
        tenant.journal_seen = row.integer("seq");
        if (!who.employs(row.text("actor")) && row.text("name") != "sync.alarm")
            fail("somebody from elsewhere acts in " + who.marker + ": " + row.text("name"));
        if (!who.owns(device))
            fail("a device from elsewhere acts in " + who.marker + ": " + row.text("name"));
        const auto outcome = row.text("outcome");
        if (row.text("kind") != "command" || (outcome != "done" && outcome != "conflict")) continue;
        if (outcome == "conflict") ++tally_[Trouble::conflict];
        if (tenant.forged.count(id) > 0) fail("forged work was done: " + row.text("name"));
        if (outcome == "conflict") continue;  // a stale request may be tried again by a person
        if (!tenant.done.insert(id).second && row.text("name") != "store.note_restore")
            fail("done twice: " + row.text("name"));
        if (tenant.journal_seen > tenant.set_up) tally_.note_done(row.text("name"));
        if (row.text("name") == "device.revoke" || row.text("name") == "koffer.report_loss")
            for (const auto& one : who.devices) {
                const auto found = read_row(*tx, "device", one.id);
                if (found->text("state") != "revoked" ||
                    !tenant.revoked.emplace(one.id, row.integer("seq")).second)
                    continue;
                // Also when the hub died before anybody was told.
                for (auto& koffer : koffers_)
                    if (koffer->device == &one) koffer->revoked = true;
            }
        const auto revoked = tenant.revoked.find(device);
        if (revoked != tenant.revoked.end() && row.integer("seq") > revoked->second &&
            row.text("name") != "tour.note_wiped" && row.text("name") != "koffer.note_destroyed" &&
            tenant.settled.count(id) == 0)
            fail("work of a revoked Koffer was done: " + row.text("name"));
    }
    for (const auto& row : tx->query(Statement{"sim.arrivals",
                                               "SELECT rowid AS row, arrived_at_ms FROM arrival "
                                               "WHERE rowid > $seen ORDER BY rowid"},
                                     {{"seen", tenant.arrivals_seen}})) {
        tenant.arrivals_seen = row.integer("row");
        if (row.integer("arrived_at_ms") != hub_now().ms) fail("an arrival is not noted by the hub's clock");
    }
    for (const auto& row : tx->query(Statement{"sim.quarantine", "SELECT stream FROM quarantine"}))
        if (tenant.troubled.insert(row.text("stream")).second) ++tally_[Trouble::quarantined];
}

/// After a crash of the hub: what it had answered must still be there.
void World::check_hub_recovered(Tenant& tenant) {
    const auto tx = tenant.store->begin_read();
    // What the last commit brought was not looked at in its time.
    tenant.arrivals_seen = last_arrival(*tx);
    check_journal(tenant);
    const auto report =
        verify_journal(*tx, tenant.who->hub.digest_key, hub_engine().registry().journalled_tables());
    if (!report.faults.empty())
        fail("journal after a crash: " + report.faults.front().what + " " + report.faults.front().table);
    for (const auto& told : tenant.told)
        if (tx->query(sql::kernel::command_mark, {{"command_id", told.id}}).empty())
            fail("the hub has forgotten in a crash what it had told its clerk: " + told.name);
    if (tenant.restores > 0) return;  // what a restore took back comes again from the Koffer
    for (const auto& koffer : koffers_) {
        if (koffer->home != tenant.who || !koffer->store || koffer->disk->dead()) continue;
        const auto at_node = koffer->store->begin_read();
        if (chain_head(*tx, koffer->device->id, koffer->tour).device_seq < last_answered(*at_node))
            fail("answered to " + koffer->name + ", and lost in a crash");
        for (const auto& row :
             at_node->query(Statement{"sim.at_hub", "SELECT hash FROM document_upload WHERE at_hub = 1"})) {
            const auto state = document_state(*tx, row.text("hash"));
            if (!state || !state->complete)
                fail("a scan was confirmed to " + koffer->name + ", and lost in a crash");
        }
    }
}

/// After a restore: what was told after the backup is gone with it, except on Koffer that are still out.
void World::forget_undone(Tenant& tenant) {
    const auto tx = tenant.store->begin_read();
    const auto known = [&](const Told& told) {
        return !tx->query(sql::kernel::command_mark, {{"command_id", told.id}}).empty() ||
               !tx->query(sql::kernel::quarantine_entry, {{"command_id", told.id}}).empty();
    };
    std::erase_if(tenant.told, [&](const Told& told) { return !known(told); });
    for (auto& koffer : koffers_)
        if (koffer->home == tenant.who)
            std::erase_if(koffer->told, [&](const Told& told) {
                return told.device_seq > 0 && told.tour != koffer->tour && !known(told);
            });
    tenant.done.clear();
    tenant.revoked.clear();
    tenant.journal_seen = 0;
    tenant.arrivals_seen = last_arrival(*tx);
    for (auto& koffer : koffers_)
        if (koffer->home == tenant.who)
            koffer->revoked = read_row(*tx, "device", koffer->device->id)->text("state") != "active";
    check_journal(tenant);
}

}  // namespace wa::sim
