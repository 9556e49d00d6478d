// People at the hub: they open, correct, book and take back, decide and settle.
#include <fmt/format.h>

#include "apps/hub/koffer_desk.hpp"
#include "clerk.hpp"
#include "kernel/cases.hpp"
#include "kernel/data.hpp"
#include "kernel/identity.hpp"
#include "parts.hpp"

namespace wa::sim {

CommandRequest World::at_counter(Tenant& tenant, const Step& step, int part, const Actor& actor,
                                 std::string name, json::object payload) {
    CommandRequest request;
    request.at = hub_now();
    request.id = id_from(fmt::format("step {} {} {}", plan_.seed, step.number, part), request.at.ms);
    request.name = std::move(name);
    request.payload = std::move(payload);
    request.actor = actor;
    request.origin = {actor.user_id.empty() ? "system" : "counter", "hub", "Zentrale", ""};
    (void)tenant;
    return request;
}

/// What somebody wants to do, looked up in the same transaction that does it.
void World::decide(Tenant& tenant, Transaction& tx, const Step& step, std::vector<CommandRequest>& wanted) {
    Random random(step.seed);
    const auto& who = *tenant.who;
    const auto& lead = who.clerks[2].actor;
    const auto want = [&](const Actor& actor, std::string name, json::object payload) {
        wanted.push_back(
            at_counter(tenant, step, int(wanted.size()), actor, std::move(name), std::move(payload)));
    };
    const auto pick = random.between(0, 99);
    if (pick < 33)
        if (const auto row = one_of(
                tx,
                "SELECT * FROM case_file WHERE status IN ('prechecked', 'prechecked_offline') ORDER BY id",
                random))
            return want(lead, "residence.book", booking(tx, who.hub, hub_now(), *row));
    if (pick < 36)
        if (const auto row =
                one_of(tx, "SELECT * FROM case_file WHERE status = 'booked' ORDER BY id", random))
            return want(who.clerks[1].actor.may("register.release") ? who.clerks[1].actor : system_actor(),
                        "residence.revoke", {{"case_id", row->text("id")}, {"reason", "Probe"}});
    if (pick < 50)
        if (const auto row = one_of(tx, "SELECT * FROM conflict WHERE state = 'open' ORDER BY id", random))
            return want(
                lead, "conflict.decide",
                {{"conflict_id", row->text("id")}, {"choice", random.chance(500) ? "here" : "there"}});
    if (pick < 62) return want(lead, "person.correct", correction(tx, who, random, step.number));
    if (pick < 66)
        if (auto act = act_on_task(tx, who.hub, lead, random))
            return want(lead, std::move(act->name), std::move(act->payload));
    // A case of anybody: one of the counter's own, or of a Koffer behind its back.
    if (pick < 90)
        if (const auto row =
                one_of(tx,
                       pick < 75 ? "SELECT * FROM case_file ORDER BY id"
                                 : "SELECT * FROM case_file WHERE channel = 'counter' ORDER BY id",
                       random))
            if (auto act = act_on_case(who, *row, tx, random, step.number)) {
                if (!act->document.empty()) (void)put_document(tx, act->document);
                return want(lead, std::move(act->name), std::move(act->payload));
            }
    want(lead, "case.open", open_case(who, random, step.number, "counter"));
}

bool World::run_at_hub(Tenant& tenant, Transaction& tx, CommandRequest request) {
    const auto name = request.name;
    const auto result = hub_engine().run(tx, tenant.who->hub, std::move(request));
    if (result.problem.is(problems::internal) || result.problem.is(problems::payload_invalid))
        fail(name + " refused at the hub: " + result.problem.code + " " +
             json::serialize(result.problem.details));
    if (result.outcome == Outcome::refused)
        tell(fmt::format("hub: {} is refused, {}", name, result.problem.code));
    return result.outcome == Outcome::done;
}

void World::tell_clerk(Tenant& tenant, const Told& one) {
    ++tally_.commands;
    if (one.name == "residence.book") ++tally_[Trouble::booked];
    if (one.name == "draft.save")
        tally_.note_done(one.name);
    else
        tenant.told.push_back(one);
    tell("hub: the clerk is told that " + one.name + " is done");
}

void World::counter(Tenant& tenant, const Step& step) {
    if (!hub_up_) return;
    const auto kind = step.seed % 10;
    if (kind < 5) {
        for (int nth = 0; nth < 2; ++nth) office(tenant, step, nth);
        return;
    }
    auto told = std::make_shared<std::vector<Told>>();
    submit(tenant, {[this, &tenant, step, told, kind](Transaction& tx) {
                        Random random(step.seed);
                        if (kind == 5) return settle(tenant, tx, random, step);
                        std::vector<CommandRequest> wanted;
                        decide(tenant, tx, step, wanted);
                        for (auto& request : wanted) {
                            if (run_at_hub(tenant, tx, request))
                                told->push_back({request.id, request.name, "", "", 0});
                        }
                    },
                    [this, &tenant, told] {
                        for (const auto& one : *told) tell_clerk(tenant, one);
                        look_for_changes(tenant);
                    },
                    [](const std::string&) {}});
}

/// Somebody looks at what waits in quarantine.
void World::settle(Tenant& tenant, Transaction& tx, Random& random, const Step& step) {
    const auto row = one_of(
        tx, "SELECT command_id, name FROM quarantine WHERE state = 'open' ORDER BY device_seq", random);
    if (!row) return;
    const auto pick = random.between(0, 9);
    const auto* choice = pick < 5 ? "retry" : pick < 6 ? "take_over" : "set_aside";
    const auto& lead = tenant.who->clerks[2].actor;
    const auto id = row->text("command_id");
    if (!run_at_hub(tenant, tx,
                    at_counter(tenant, step, 0, lead, "quarantine.settle",
                               {{"command_id", id}, {"choice", choice}, {"reason", "Probe"}})))
        return;
    const auto settled = settle_quarantine(tx, hub_engine(), tenant.who->hub, hub::clerk_lookup(), id,
                                           settlement_of(choice), lead, "Probe", hub_now());
    if (!settled) {
        const auto& code = settled.error().code;
        if (code != problems::stream_waiting.name && code != problems::envelope_forged.name)
            fail("settling fails: " + code);
        return;
    }
    tell(fmt::format("hub: {} from the quarantine: {}", row->text("name"), choice));
    for (const auto& one : settled->entries) tenant.settled.insert(one.command_id);
    loop_.after(20, [this, &tenant, entries = settled->entries, life = hub_life_] {
        if (life != hub_life_) return;
        const auto all = connections_;
        for (const auto& connection : all)
            for (const auto& one : entries)
                if (connection->hub && connection->tenant == &tenant &&
                    connection->hub->tour_id() == one.tour_id &&
                    connection->koffer->device->id == one.device_id) {
                    connection->hub->answer_changed(one.answer);
                    wake_hub(connection);
                }
    });
}

}  // namespace wa::sim
