// A clerk's work at a Koffer: one command after the other, told as done or not.
#include <fmt/format.h>

#include "clerk.hpp"
#include "kernel/data.hpp"
#include "parts.hpp"

namespace wa::sim {

/// One command of a clerk, in a commit of its own. True when they were told that it is done.
bool World::run_command(Koffer& koffer, const Step& step, CommandRequest request, const Bytes& document) {
    const auto& registry = registry_of(koffer.newer);
    Told told{request.id, request.name, "", koffer.tour, 0};
    std::string draft;
    try {
        const auto tx = koffer.store->begin_write();
        if (!document.empty() && !put_document(*tx, document)) return false;
        if (has(Mutation::leaves_a_gap_in_numbers) && request.name == "case.open" &&
            koffer.random.chance(300))
            tx->execute(
                Statement{"sim.spoil_numbers",
                          "UPDATE number_block SET next_number = next_number + 1 WHERE kind = 'case'"});
        const auto result = engines_[koffer.newer]->run(*tx, koffer.home->node, request);
        if (result.outcome == Outcome::refused) {
            ++tally_.refused;
            tell(fmt::format("{}: {} is refused, {}", koffer.name, request.name, result.problem.code));
            if (result.problem.is(problems::internal) || result.problem.is(problems::payload_invalid))
                fail(request.name + " refused at the node: " + result.problem.code + " " +
                     json::serialize(result.problem.details));
            tx->commit();
            return false;
        }
        const auto queued = enqueue(*tx, registry, request, result, koffer.device->keys, koffer.keys);
        if (!queued) return fail("not queued: " + queued.error().code), false;
        told.device_seq = queued.value();
        told.stream = stream_of(*registry.command(request.name), result.payload_of(request), request.id);
        if (request.name == "draft.save") {
            draft = json::serialize(object_of(result.payload_of(request), "form"));
            auto& forms = koffer.drafts[told.stream];
            if (forms.empty()) forms.insert("");
            forms.insert(draft);
        }
        if (request.name == "case.submit") koffer.drafts[told.stream].insert("");
        koffer.uncertain = told;
        note_secrets(koffer, request, step.number, document);
        koffer.sealer->done(*tx, request, told.device_seq > 0);
        tx->commit();
    } catch (const StoreError& error) {
        if (koffer.disk->dead())
            return crash_koffer(koffer, "loses its power in the middle of " + request.name), false;
        if (error.kind != StoreError::Kind::full) fail(koffer.name + ": " + error.what());
        ++tally_[Trouble::koffer_disk_full];
        tell(koffer.name + ": the disk is full, " + request.name + " is not done");
        koffer.uncertain.reset();
        return false;
    }
    if (!has(Mutation::tells_before_sealing)) koffer.sealer->committed();
    if (koffer.disk->dead()) return crash_koffer(koffer, "loses its power while it seals"), false;
    koffer.uncertain.reset();
    if (request.name == "draft.save") koffer.drafts[told.stream] = {draft};
    if (request.name == "case.submit") {
        koffer.submitted[told.stream].merge(koffer.drafts[told.stream]);
        koffer.drafts[told.stream] = {""};
        koffer.drafts_home.erase(told.stream);
    }
    tell(fmt::format("{}: the clerk is told that {} is done (number {})", koffer.name, request.name,
                     told.device_seq));
    koffer.told.push_back(std::move(told));
    ++tally_.commands;
    if (request.name == "draft.save") tally_.note_done(request.name);
    look_at_case(koffer, text_of(request.payload, "case_id"));
    if (koffer.disk->dead()) return crash_koffer(koffer, "loses its power"), true;
    koffer.session->work_added();
    pump(koffer);
    return true;
}

void World::work(Koffer& koffer, const Step& step) {
    if (!koffer.store) return tour_step(koffer, step);
    // Who has ended a tour sometimes remembers something more.
    if (koffer.ended && step.seed % 4 != 0) return;
    Random random(step.seed);
    std::optional<Act> act;
    try {
        const auto tx = koffer.store->begin_read();
        act = act_at_koffer(*tx, *koffer.home, *koffer.clerk, koffer.tour, random, step.number);
    } catch (const StoreError& error) {
        if (koffer.disk->dead()) return crash_koffer(koffer, "loses its power while somebody looks");
        return fail(koffer.name + ": " + error.what());
    }
    if (!act) return;
    CommandRequest request;
    request.at = Timestamp{day_zero + koffer.clock + loop_.now};
    request.id = id_from(fmt::format("step {} {}", plan_.seed, step.number), request.at.ms);
    request.name = std::move(act->name);
    request.payload = std::move(act->payload);
    request.actor = koffer.clerk->actor;
    request.origin = {"koffer", koffer.device->id, koffer.name, koffer.tour};
    run_command(koffer, step, std::move(request), act->document);
}

}  // namespace wa::sim
