// Tours: planned at the hub, fetched by the Koffer, ended, wiped. What goes over the device's own channel is
// a question and an answer; each may be lost.
#include <fmt/format.h>

#include "apps/hub/koffer_desk.hpp"
#include "kernel/data.hpp"
#include "kernel/identity.hpp"
#include "modules/tours/module.hpp"
#include "parts.hpp"
#include "sync/sealed.hpp"

namespace wa::sim {

void World::tour_step(Koffer& koffer, const Step& step) {
    if (koffer.revoked) return;
    if (!koffer.tour.empty()) return koffer.ended ? void() : end_tour(koffer, step);
    if (!koffer.wiped_unreported.empty()) return;
    if (koffer.wanted.empty()) return plan_tour(koffer, step);
    fetch_tour(koffer);
}

/// One that was planned for this Koffer, or has gone over to it from another one.
std::string World::waiting_tour(const Koffer& koffer, Transaction& hub) {
    for (const auto& row : tours_of_device(hub, koffer.device->id))
        if (koffer.wiped.count(row.text("id")) == 0 &&
            row.text("staff").find(koffer.clerk->id) != std::string::npos)
            return row.text("id");
    return "";
}

/// People at the hub plan a tour with appointments; then the clerk of the Koffer fetches it.
void World::plan_tour(Koffer& koffer, const Step& step) {
    if (!hub_up_) return;
    auto& tenant = *tenants_[std::size_t(koffer.home->index)];
    const auto slot = tenant.tours++ % 90;
    const auto time = [](int minutes) { return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60); };
    json::array staff{json::string(koffer.clerk->id)};
    for (const auto& other : tenant.who->clerks)
        if (step.seed % 2 == 0 && &other != koffer.clerk && &other != &tenant.who->clerks[2])
            staff.push_back(json::string(other.id));
    auto plan = at_counter(tenant, step, 0, tenant.who->clerks[0].actor, "tour.plan",
                           {{"site_id", koffer.home->site},
                            {"day", "2026-09-01"},
                            {"from", time(slot * 15)},
                            {"until", time(slot * 15 + 15)},
                            {"staff", std::move(staff)},
                            {"device_id", koffer.device->id},
                            {"exception", "Probe"}});
    auto made = std::make_shared<std::string>();
    submit(
        tenant,
        {[this, &tenant, &koffer, step, slot, time, plan, made](Transaction& tx) {
             *made = waiting_tour(koffer, tx);
             if (!made->empty()) return;
             const auto planned = hub_engine().run(tx, tenant.who->hub, plan);
             if (planned.outcome != Outcome::done) {
                 // After a restore a tour of the same time may be there again.
                 tell("hub: tour.plan is refused, " + planned.problem.code);
                 return;
             }
             *made = text_of(planned.answer, "tour_id");
             for (int part = 1; part < 3; ++part) {
                 json::object appointment{{"tour_id", *made},
                                          {"at", time(slot * 15)},
                                          {"minutes", 5},
                                          {"procedure", "residence.registration"},
                                          {"name", koffer.home->marker},
                                          {"person_id", koffer.home->persons[std::size_t(part - 1)]},
                                          {"consent", true}};
                 hub_engine().run(tx, tenant.who->hub,
                                  at_counter(tenant, step, part, tenant.who->clerks[0].actor,
                                             "appointment.add", std::move(appointment)));
             }
             // Plans change before anybody fetches them.
             const auto again = [&](const char* name, json::object payload) {
                 hub_engine().run(
                     tx, tenant.who->hub,
                     at_counter(tenant, step, 3, tenant.who->clerks[0].actor, name, std::move(payload)));
             };
             auto changed = plan.payload;
             changed.erase("device_id");
             changed["tour_id"] = *made;
             if (step.seed % 4 == 1) again("tour.change", changed);
             if (step.seed % 4 == 2)
                 for (const auto& visit : tx.query(
                          Statement{"sim.visit", "SELECT id FROM appointment WHERE tour_id = $tour LIMIT 1"},
                          {{"tour", *made}}))
                     again("appointment.move", {{"appointment_id", visit.text("id")},
                                                {"tour_id", *made},
                                                {"at", time(slot * 15 + 5)}});
             if (step.seed % 16 == 3) {
                 again("tour.cancel", {{"tour_id", *made}, {"reason", "Probe"}});
                 made->clear();
             }
         },
         [this, &koffer, made] {
             if (made->empty() || !koffer.tour.empty()) return;
             koffer.wanted = *made;
             fetch_tour(koffer);
         },
         [](const std::string&) {}});
}

void World::ask_hub(Koffer& koffer, std::function<void(Transaction&)> work, std::function<void()> answer) {
    if (!calm_ && weather_.chance(150)) return;  // the question is lost
    loop_.after(koffer.delay,
                [this, &koffer, work = std::move(work), answer = std::move(answer), life = koffer.life] {
                    if (!hub_up_) return;
                    auto& tenant = *tenants_[std::size_t(koffer.home->index)];
                    submit(tenant, {work,
                                    [this, &koffer, answer, life] {
                                        if (!calm_ && weather_.chance(150)) return;  // the answer is
                                        loop_.after(koffer.delay, [&koffer, answer, life] {
                                            if (koffer.life == life) answer();
                                        });
                                    },
                                    [](const std::string&) {}});
                });
}

void World::fetch_tour(Koffer& koffer) {
    const auto tour = koffer.wanted;
    struct Package {
        bool good = false;
        SignKeys keys;
        JournalHead head;
        std::vector<std::pair<std::string, json::object>> rows;
    };
    auto package = std::make_shared<Package>();
    auto& tenant = *tenants_[std::size_t(koffer.home->index)];
    // Who asks again waits no more for the answer before: it would bring the keys of then.
    const auto asked = ++koffer.asked;
    ask_hub(
        koffer,
        [this, &tenant, &koffer, tour, package](Transaction& tx) {
            CommandRequest request;
            request.at = hub_now();
            request.id =
                id_from(fmt::format("check out {} {} {}", koffer.name, tour, loop_.now), request.at.ms);
            request.name = "tour.check_out";
            request.payload = {{"tour_id", tour}, {"device_id", koffer.device->id}};
            request.actor = koffer.clerk->actor;
            request.origin = {"koffer", koffer.device->id, koffer.name, tour};
            const auto row = read_row(tx, "device", koffer.device->id);
            if (row->text("state") != "active") return;
            const auto result = hub_engine().run(tx, tenant.who->hub, request);
            if (result.outcome != Outcome::done) return;
            package->good = true;
            package->keys = koffer.clerk->keys_of(read_row(tx, "user_account", koffer.clerk->id).value());
            package->head = journal_head(tx);
            for (const auto& [table, working] : working_set(tx, hub_engine().registry(), tour))
                package->rows.emplace_back(table, row_to_json(working));
        },
        [this, &koffer, tour, package, asked] {
            if (koffer.wanted != tour || !koffer.tour.empty() || koffer.asked != asked) return;
            if (!package->good) return koffer.wanted.clear();
            koffer.keys = package->keys;
            load_tour(koffer, tour, package->head, package->rows);
        });
}

/// The package arrives: rows into a new store; the file that makes it a tour is written last.
void World::load_tour(Koffer& koffer, const std::string& tour, const JournalHead& head,
                      const std::vector<std::pair<std::string, json::object>>& rows) {
    koffer.wanted.clear();
    for (const auto* file : {"tour.db", "tour.db-wal", "sealed.db", "sealed.db-wal"}) {
        koffer.disk->put(file, {});
        koffer.disk->remove(file);
    }
    koffer.disk->put("tour.db", empty_store());
    try {
        const auto store = open_file(koffer, "tour.db");
        store->migrate(registry_of(koffer.newer).schema());
        const auto tx = store->begin_write();
        for (const auto& [table, row] : rows)
            sync::write_working_row(*tx, registry_of(koffer.newer), table, row);
        sync::set_hub_point(*tx, head);
        sync::set_tour_proof(*tx, sync::tour_proof(koffer.home->hub.digest_key, koffer.device->id, tour));
        tx->commit();
    } catch (const StoreError& error) {
        if (koffer.disk->dead()) return crash_koffer(koffer, "loses its power while a tour arrives");
        if (error.kind != StoreError::Kind::full) fail(koffer.name + " cannot load a tour: " + error.what());
        return;
    }
    if (koffer.disk->dead()) return crash_koffer(koffer, "loses its power while a tour arrives");
    koffer.disk->put("tour.json", Bytes(tour.begin(), tour.end()));
    koffer.drafts.clear();
    koffer.drafts_home.clear();
    koffer.secrets.clear();
    ++tally_.tours;
    tell(fmt::format("{}: tour {} is loaded, {} rows", koffer.name, tour.substr(20), rows.size()));
    open_koffer(koffer);
    if (koffer.session) pump(koffer);
}

void World::end_tour(Koffer& koffer, const Step& step) {
    CommandRequest request;
    request.at = Timestamp{day_zero + koffer.clock + loop_.now};
    request.id = id_from(fmt::format("step {} {}", plan_.seed, step.number), request.at.ms);
    request.name = "tour.check_in";
    request.payload = {{"tour_id", koffer.tour}};
    request.actor = koffer.clerk->actor;
    request.origin = {"koffer", koffer.device->id, koffer.name, koffer.tour};
    const auto tour = koffer.tour;
    if (!run_command(koffer, step, std::move(request), {}) || koffer.tour != tour || !koffer.session) return;
    end_at_node(koffer);
    if (has(Mutation::wipes_too_early)) return wipe(koffer, tour);
    pump(koffer);
}

void World::erase_tour(Koffer& koffer) {
    for (const auto* file : {"tour.json", "tour.db", "tour.db-wal", "sealed.db", "sealed.db-wal"})
        koffer.disk->put(file, {});
    koffer.tour.clear();
    koffer.ended = koffer.expired = false;
    koffer.drafts.clear();
}

/// The hub has said that the tour may go. What was done since then goes home sealed, as with
/// NodeBackend::wipe_when_ended.
void World::wipe_what_is_home(Koffer& koffer, const std::string& tour) {
    try {
        if (!node::SealedQueue(koffer.spool, {}).counts().empty()) return expire(koffer);
    } catch (const StoreError&) {
        return pump(koffer);  // asks again
    }
    wipe(koffer, tour);
}

void World::wipe(Koffer& koffer, const std::string& tour) {
    if (koffer.tour != tour) return;
    tell(fmt::format("{}: tour {} is wiped", koffer.name, tour.substr(20)));
    ++tally_[Trouble::wiped];
    tally_[Trouble::sealed_home] += koffer.expired;
    try {
        if (!koffer.spool->drafts().empty()) fail("what was being typed is wiped with the tour");
    } catch (const StoreError&) {
        return pump(koffer);  // asks again
    }
    shut(koffer);
    erase_tour(koffer);
    koffer.wiped.insert(tour);
    koffer.wiped_unreported.push_back(tour);
}

/// Every few seconds the Koffer reports over its own channel until the hub has answered.
void World::tick(Koffer& koffer) {
    loop_.after(2000, [this, &koffer] { tick(koffer); });
    if (koffer.revoked) return ask_for_orders(koffer);
    if (!koffer.wiped_unreported.empty()) report_wiped(koffer);
    if (koffer.ended && koffer.spool) send_draft(koffer);
}

/// A Koffer that was reported lost hears it at its next contact: its keys are destroyed, and it says so.
void World::ask_for_orders(Koffer& koffer) {
    auto& tenant = *tenants_[std::size_t(koffer.home->index)];
    auto lost = std::make_shared<bool>(false);
    ask_hub(
        koffer,
        [this, &tenant, &koffer, lost](Transaction& tx) {
            const auto& id = koffer.device->id;
            *lost = is_lost(tx, id);
            if (!*lost || !(koffer.tour.empty() || koffer.expired) || is_destroyed(tx, id)) return;
            CommandRequest request;
            request.at = hub_now();
            request.id = id_from(fmt::format("destroyed {} {}", koffer.name, loop_.now), request.at.ms);
            request.name = "koffer.note_destroyed";
            request.payload = {{"device_id", id}};
            request.actor = system_actor();
            request.origin = {"system", id, "", ""};
            run_at_hub(tenant, tx, std::move(request));
        },
        [this, &koffer, lost] {
            if (!*lost || koffer.tour.empty() || koffer.expired) return;
            tell(koffer.name + " hears that it was reported lost");
            expire(koffer);
        });
}

void World::report_wiped(Koffer& koffer) {
    const auto tour = koffer.wiped_unreported.front();
    auto& tenant = *tenants_[std::size_t(koffer.home->index)];
    ask_hub(
        koffer,
        [this, &tenant, &koffer, tour](Transaction& tx) {
            CommandRequest request;
            request.at = hub_now();
            request.id = id_from(fmt::format("wiped {} {} {}", koffer.name, tour, loop_.now), request.at.ms);
            request.name = "tour.note_wiped";
            request.payload = {{"tour_id", tour}, {"device_id", koffer.device->id}};
            request.actor = system_actor();
            request.origin = {"system", koffer.device->id, "", tour};
            hub_engine().run(tx, tenant.who->hub, request);
        },
        [&koffer, tour] { std::erase(koffer.wiped_unreported, tour); });
}

}  // namespace wa::sim
