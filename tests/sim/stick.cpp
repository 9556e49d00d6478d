// What comes home beside the line: drafts over the device's own channel, and the whole queue on a stick. The
// hub's side is the product's own, at the store with a writer of its own as the program beside the hub has.
#include <fmt/format.h>

#include <future>

#include "apps/hub/sealed_work.hpp"
#include "apps/node/queue_file.hpp"
#include "kernel/data.hpp"
#include "parts.hpp"

namespace wa::sim {

/// Runs it and waits. False when the store failed it, or the hub lost its power over it.
bool World::by_program(Tenant& tenant, const HubProgram& work) {
    bool good = true;
    try {
        service::TenantRunner runner(hub_engine(), tenant.who->hub, tenant.store);
        work(runner);
    } catch (const StoreError&) {
        good = false;
    }
    if (tenant.disk->dead()) {
        crash_hub("loses its power while it takes what was brought");
        return false;
    }
    check_commit(tenant);
    return good;
}

/// What was being typed when the tour ended, sealed and signed by the device.
void World::send_draft(Koffer& koffer) {
    std::vector<node::SealedDraft> drafts;
    try {
        // Behind the work: the hub must know the case that a draft is of.
        if (koffer.spool->counts().commands == 0) drafts = koffer.spool->drafts();
    } catch (const StoreError&) {
        return;
    }
    if (drafts.empty() || (!calm_ && weather_.chance(150))) return;  // the question is lost
    loop_.after(koffer.delay, [this, &koffer, draft = drafts.front(), life = koffer.life] {
        if (!hub_up_) return;
        auto& tenant = *tenants_[std::size_t(koffer.home->index)];
        std::optional<Problem> problem;
        const bool good = by_program(tenant, [&](service::TenantRunner& runner) {
            std::optional<Row> device;
            runner.read([&](Transaction& tx) { device = read_row(tx, "device", koffer.device->id); });
            if (!has(Mutation::keeps_no_draft))
                problem = hub::take_draft(runner, *device, draft.bytes).refused;
        });
        if (!good || (!calm_ && weather_.chance(150))) return;  // the answer is lost
        if (problem) {
            if (problem->is(problems::request_malformed)) fail("a sealed draft cannot be read at home");
            return tell(koffer.name + ": a draft is not taken, " + problem->code);
        }
        loop_.after(koffer.delay, [this, &koffer, id = draft.case_id, life] {
            if (koffer.life != life) return;
            tell(koffer.name + ": a draft is at home");
            try {
                koffer.spool->draft_at_hub(id);
            } catch (const StoreError&) {
                return;  // it goes once more
            }
            ++tally_[Trouble::draft_home];
            koffer.drafts_home.insert(id);
            koffer.session->work_added();
            pump(koffer);
        });
    });
}

/// Somebody writes the queue to a stick and carries it to the hub, whether a line comes back or not.
void World::carry_queue(Koffer& koffer, const Step& step) {
    if (!koffer.spool) return;
    try {
        const auto now_ms = day_zero + koffer.clock + loop_.now;
        const auto file = std::make_shared<const Bytes>(node::exported_queue(*koffer.spool, now_ms));
        tell(fmt::format("{}: its queue is on a stick, {} bytes", koffer.name, file->size()));
        ++sticks_;
        bring_stick(koffer, file, Random(step.seed).between(100, 6000));
    } catch (const StoreError&) {
        tell(koffer.name + ": its queue cannot be written to a stick");
    }
}

void World::bring_stick(Koffer& koffer, std::shared_ptr<const Bytes> file, std::int64_t takes) {
    loop_.after(takes, [this, &koffer, file] {
        auto& tenant = *tenants_[std::size_t(koffer.home->index)];
        bool taken = false;
        if (hub_up_)
            by_program(tenant,
                       [&](service::TenantRunner& runner) { taken = take_stick(koffer, runner, *file); });
        // With the hub down or its disk full they try it later.
        if (!taken) return bring_stick(koffer, file, 1000);
        --sticks_;
        if (hub_up_) look_for_changes(tenant);
    });
}

/// Takes it, and the same once more: then nothing may change. False when the store could not.
bool World::take_stick(Koffer& koffer, service::TenantRunner& runner, const Bytes& file) {
    const auto place = [&] {
        JournalHead head;
        runner.read([&](Transaction& tx) { head = journal_head(tx); });
        return head.seq;
    };
    const auto first = hub::import_queue(runner, file, hub_now());
    if (!first) {
        if (first.error().code != problems::store_full.name)
            fail("a stick is refused: " + first.error().code);
        return false;
    }
    ++tally_[Trouble::stick];
    tally_[Trouble::stick_first] += first->done > 0;
    tally_[Trouble::stick_again] += first->again > 0;
    tell(fmt::format("hub: a stick of {} brings {} steps, {} that wait, {} known ones, {} scans, {} drafts",
                     koffer.name, first->done, first->waiting, first->again, first->scans, first->drafts));
    if (first->gap) fail("a stick brings a queue with a gap");
    // Parts of a scan may lie there false already.
    const bool doubtful = koffer.doubtful || tally_[Trouble::forged] > 0;
    if (first->malformed && !doubtful) fail("a stick cannot be read to its end");
    if (has(Mutation::takes_a_stick_twice)) {
        std::promise<void> done;
        runner.write(
            [&](Transaction& tx) {
                const Params device{{"device", koffer.device->id}};
                tx.execute({"sim.forget_marks",
                            "DELETE FROM command_done WHERE name IN ('case.precheck', 'appointment.mark') "
                            "AND command_id IN (SELECT command_id FROM arrival WHERE device_id = $device)"},
                           device);
                tx.execute({"sim.forget_arrivals", "DELETE FROM arrival WHERE device_id = $device"}, device);
                tx.execute({"sim.forget_chain", "DELETE FROM device_chain WHERE device_id = $device"},
                           device);
            },
            [&](bool) { done.set_value(); });
        done.get_future().wait();
    }
    const auto before = place();
    const auto second = hub::import_queue(runner, file, hub_now());
    if (!second) return true;
    if (second->done + second->waiting > 0 || (second->scans > 0 && !doubtful) || place() != before)
        fail("the same stick changes something the second time");
    return true;
}

/// What was submitted is not covered by something that was typed before it, and brought home later.
void World::check_drafts(Koffer& koffer, Transaction& hub) {
    const auto& tenant = *tenants_[std::size_t(koffer.home->index)];
    // Which of the two is older, a clock that was set back does not know.
    if (tenant.restores > 0 || tally_[Trouble::koffer_clock_back] > 0) return;
    for (const auto& [id, forms] : koffer.submitted) {
        const auto row = read_row(hub, "case_file", id);
        if (!row || row->is_null("submitted_at_ms") || tenant.troubled.count(id) > 0) continue;
        for (const auto& draft : hub.query(sql::kernel::draft_of, {{"case_id", id}}))
            if (forms.count(draft.text("form")) > 0) fail("an old draft covers what was submitted");
    }
}

}  // namespace wa::sim
