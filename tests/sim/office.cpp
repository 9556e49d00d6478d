// What else happens at the hub on a day: accounts, devices, places, other authorities' messages, and what the
// program does by itself. One row for each command; docs/simulator.md.
#include <fmt/format.h>

#include "apps/testland/testland.hpp"
#include "clerk.hpp"
#include "kernel/data.hpp"
#include "kernel/identity.hpp"
#include "kernel/inbox.hpp"
#include "modules/tours/module.hpp"
#include "parts.hpp"

namespace wa::sim {

namespace {

struct Desk {
    Transaction& tx;
    const Authority& who;
    Random& random;
    int number;

    std::optional<Row> one(std::string_view text) { return one_of(tx, text, random); }
    /// Somebody new, who is on no tour.
    std::optional<Row> newcomer() { return one("SELECT * FROM user_account WHERE login LIKE 'neu.%'"); }
    /// One of those who go out.
    const Clerk& clerk() const { return who.clerks[std::size_t(number % 2)]; }
    std::string hash() const { return to_hex(sha256(fmt::format("{} {}", who.marker, number))); }
    std::string other_office() const { return testland::municipality(1 - who.index).ags; }
};

using Payload = std::optional<json::object>;
enum class By { program, lead, clerk };

struct Chore {
    const char* name;
    By by;
    Payload (*payload)(Desk&);
    bool rare = false;  ///< it needs what another chore brings about: done at once, mostly
};

/// {name: the row's id, and what else}
Payload with_id(const std::optional<Row>& row, const char* name, json::object more = {}) {
    if (!row) return std::nullopt;
    more[name] = row->text("id");
    return more;
}

json::object facts_of(const Row& person) {
    json::object facts;
    for (const auto* field : {"family_name", "given_names", "birth_date"}) facts[field] = person.text(field);
    return facts;
}

/// Somebody of the register has moved to the other authority; or it looks for them; or it answers us.
Payload message_of_another(Desk& desk) {
    json::object message{{"message_id", fmt::format("M{}", desk.number)},
                         {"type_version", 1},
                         {"sender", "Meldebehörde " + desk.other_office()},
                         {"sent_at", "2026-08-29T06:00:00Z"}};
    if (const auto asked = desk.one("SELECT * FROM outbox WHERE message_type = 'vms_request' AND state = "
                                    "'handed_over' AND answered_by IS NULL ORDER BY id")) {
        message["type"] = "vms_response";
        message["answers"] = asked->text("id");
        message["payload"] = json::object{{"result", "not_found"}};
        return message;
    }
    const auto& persons = desk.who.persons;
    const auto row = read_row(desk.tx, "person",
                              persons[std::size_t(desk.random.between(0, std::int64_t(persons.size()) - 1))]);
    if (!row) return std::nullopt;
    if (desk.random.chance(500)) {
        message["type"] = "whereabouts_request";
        message["payload"] = json::object{{"person", facts_of(*row)}, {"reference", "Probe"}};
        return message;
    }
    const auto& there = testland::municipality(1 - desk.who.index);
    message["type"] = "rueckmeldung";
    message["payload"] = json::object{{"person", facts_of(*row)},
                                      {"new_dwelling", json::object{{"ags", there.ags},
                                                                    {"postcode", there.postcode},
                                                                    {"city", there.name},
                                                                    {"street", "Alte Gasse"},
                                                                    {"house_no", 9}}},
                                      {"moved_in", "2026-08-15"},
                                      {"registered_on", "2026-08-28"},
                                      {"dwelling_status", "E"},
                                      {"your_dwelling_kept", false}};
    return message;
}

/// Somebody whom the other register had, and now and then twice.
Payload taken_over(Desk& desk) {
    const auto one = person(desk.who, 10 + desk.number);
    json::array persons{one};
    if (desk.random.chance(900)) {
        auto twin = one;
        twin["id"] = id_from(text_of(one, "id") + "again", day_zero - 1000);
        twin.erase("dwellings");
        persons.push_back(std::move(twin));
    }
    return json::object{{"persons", std::move(persons)}};
}

/// Two records of one person, in either direction.
Payload known_twice(Desk& desk) {
    const auto both = desk.one(
        "SELECT one.id AS id, two.id AS other_id FROM person one JOIN person two ON "
        "two.family_name = one.family_name AND two.given_names = one.given_names AND "
        "two.birth_date = one.birth_date AND two.id <> one.id AND one.status <> 'merged' ORDER BY one.id, "
        "two.id");
    return both ? with_id(both, "person_id",
                          {{"other_id", both->text("other_id")}, {"source", "Geburtsurkunde"}})
                : std::nullopt;
}

/// Of the counter: what a Koffer has in hand is not ended behind its back.
std::optional<Row> declared_case(Desk& desk) {
    return desk.one(
        "SELECT id FROM case_file WHERE channel = 'counter' AND submitted_at_ms IS NOT NULL AND "
        "status IN ('captured', 'signed', 'prechecked') ORDER BY id");
}

Payload waits(Desk& desk) {
    if (const auto row = desk.one("SELECT case_id AS id FROM case_finding WHERE code = 'waiting' AND state = "
                                  "'waiting' ORDER BY id");
        row && desk.random.chance(400))
        return with_id(row, "case_id", {{"for", "nothing"}, {"note", "Probe"}});
    return with_id(declared_case(desk), "case_id",
                   {{"for", "documents"}, {"until", "2027-03-01"}, {"note", "Probe"}});
}

/// Heard about what is declared now, answered and not yet decided.
Payload heard(Desk& desk) {
    return with_id(
        desk.one("SELECT c.id FROM case_file c JOIN task t ON t.case_id = c.id WHERE t.kind = "
                 "'hearing_answer' AND t.state = 'done' AND t.created_at_ms >= c.submitted_at_ms AND "
                 "c.decided_at_ms IS NULL AND NOT EXISTS (SELECT 1 FROM task o WHERE o.case_id = c.id AND "
                 "o.kind = 'hearing_answer' AND o.state <> 'done') ORDER BY c.id"),
        "case_id", {{"reasons", "Probe"}});
}

Payload export_in(Desk& desk, std::string_view state) {
    return with_id(desk.one("SELECT id FROM tenant_export WHERE state = '" + std::string(state) + "'"),
                   "export_id");
}

/// One that the lead has released and nobody has made yet.
Payload released_export(Desk& desk) {
    return with_id(
        desk.one(
            "SELECT e.id FROM tenant_export e JOIN task t ON t.id = e.task_id WHERE t.state = 'done' AND "
            "e.state IN ('asked', 'interrupted')"),
        "export_id");
}

/// An appointment for a task that takes one, or another one.
Payload agreed(Desk& desk) {
    const auto act = act_on_task(desk.tx, desk.who.hub, desk.clerk().actor, desk.random);
    if (!act || act->name != "task.schedule") return std::nullopt;
    return act->payload;
}

/// A tour goes on with the other Koffer of the authority.
Payload another_koffer(Desk& desk) {
    const auto tour = desk.one("SELECT * FROM tour WHERE state IN ('planned', 'out') ORDER BY id");
    if (!tour) return std::nullopt;
    for (const auto& device : desk.who.devices)
        if (device.id != tour->text("device_id"))
            return json::object{{"tour_id", tour->text("id")}, {"device_id", device.id}, {"reason", "Probe"}};
    return std::nullopt;
}

constexpr auto unfetched =
    "SELECT * FROM tour WHERE state = 'planned' AND checked_out_ms IS NULL ORDER BY id";

/// A planned tour ends later; its visits stay as they are.
Payload longer_tour(Desk& desk) {
    const auto tour = desk.one(unfetched);
    return with_id(tour, "tour_id",
                   tour ? json::object{{"site_id", tour->text("site_id")},
                                       {"day", tour->text("day")},
                                       {"from", tour->text("from_time")},
                                       {"until", "23:59"},
                                       {"staff", *parse_json(tour->text("staff"))},
                                       {"exception", "Probe"}}
                        : json::object{});
}

/// A visit of a tour that nobody has fetched goes over to another one, at its beginning.
Payload another_tour(Desk& desk) {
    const auto tour = desk.one("SELECT * FROM tour WHERE state = 'planned' ORDER BY id");
    if (!tour) return std::nullopt;
    return with_id(desk.one("SELECT a.id FROM appointment a JOIN tour t ON t.id = a.tour_id WHERE a.state = "
                            "'planned' AND t.state IN ('planned', 'cancelled') AND t.checked_out_ms IS NULL "
                            "ORDER BY a.id"),
                   "appointment_id", {{"tour_id", tour->text("id")}, {"at", tour->text("from_time")}});
}

Payload nothing(Desk&) {
    return json::object{};
}

/// What needs something that is rarely there.
constexpr Chore when_there_is[]{
    {"user.set_password", By::program,
     [](Desk& d) {
         return with_id(d.newcomer(), "user_id", {{"password_hash", "x"}});
     }},
    {"user.set_roles", By::program,
     [](Desk& d) {
         return with_id(d.newcomer(), "user_id", {{"roles", json::array{"auditor"}}});
     }},
    {"user.set_state", By::program,
     [](Desk& d) {
         return with_id(d.newcomer(), "user_id", {{"state", d.random.chance(500) ? "left" : "active"}});
     }},
    {"user.note_passkey", By::program,
     [](Desk& d) {
         return with_id(d.one("SELECT id FROM passkey ORDER BY id"), "passkey_id",
                        {{"sign_count", d.number}});
     }},
    {"user.remove_passkey", By::program,
     [](Desk& d) { return with_id(d.one("SELECT id FROM passkey ORDER BY id"), "passkey_id"); }},
    {"device.enrol", By::program,
     [](Desk& d) {
         return with_id(d.one("SELECT id FROM device WHERE state = 'prepared' ORDER BY id"), "device_id",
                        {{"certificate", "AAAA"},
                         {"certificate_until", "2099-12-31T00:00:00Z"},
                         {"fingerprint", d.hash()},
                         {"sign_key", d.hash()}});
     }},
    {"device.note_certificate", By::program,
     [](Desk& d) {
         return with_id(d.one("SELECT id FROM device WHERE next_fingerprint IS NOT NULL ORDER BY id"),
                        "device_id");
     }},
    {"message.repair", By::lead,
     [](Desk& d) {
         const auto row = d.one("SELECT id, payload FROM outbox WHERE state = 'rejected' ORDER BY id");
         return row ? with_id(row, "message_id",
                              {{"payload", *parse_json(row->text("payload"))}, {"reason", "Probe"}})
                    : std::nullopt;
     }},
    {"message.cancel", By::lead,
     [](Desk& d) {
         return with_id(d.one("SELECT id FROM outbox WHERE state IN ('due', 'rejected') ORDER BY id"),
                        "message_id", {{"reason", "Probe"}});
     }},
    {"inbox.settle", By::lead,
     [](Desk& d) {
         json::object how{{"choice", "close"}, {"note", "Probe"}};
         if (d.random.chance(500))
             how = {{"choice", "apply"}, {"note", "Probe"}, {"person_id", d.who.persons[0]}};
         return with_id(d.one("SELECT id FROM inbox WHERE state = 'open' ORDER BY id"), "inbox_id",
                        std::move(how));
     }},
    {"case.wait", By::clerk, waits},
    {"case.end_not_competent", By::clerk,
     [](Desk& d) {
         return with_id(declared_case(d), "case_id",
                        {{"municipality", d.other_office()}, {"reason", "Probe"}});
     }},
    // What comes last stands first: a case that was heard is refused before another is heard.
    {"case.refuse", By::program, heard, true},
    {"task.close", By::clerk,
     [](Desk& d) {
         return with_id(
             d.one("SELECT id FROM task WHERE kind = 'hearing_answer' AND state = 'open' ORDER BY id"),
             "task_id", {{"result", "Probe"}});
     },
     true},
    {"case.hear", By::lead,
     [](Desk& d) {
         return with_id(declared_case(d), "case_id",
                        {{"ground", "not_moved_in"}, {"reasons", "Probe"}, {"answer_by", "2027-03-01"}});
     },
     true},
    {"task.schedule", By::clerk, agreed},
    {"person.merge", By::lead,
     [](Desk& d) {
         return with_id(
             d.one("SELECT id FROM task WHERE kind = 'merge_persons' AND state = 'open' ORDER BY id"),
             "task_id", {{"source", "Geburtsurkunde"}});
     },
     true},
    {"person.propose_merge", By::clerk, known_twice, true},
    {"appointment.remove", By::lead,
     [](Desk& d) {
         return with_id(
             d.one("SELECT a.id FROM appointment a JOIN tour t ON t.id = a.tour_id WHERE t.state = "
                   "'planned' AND a.state = 'planned' ORDER BY a.id"),
             "appointment_id", {{"reason", "Probe"}});
     }},
    {"tour.reassign", By::lead, another_koffer},
    {"tour.change", By::lead, longer_tour},
    {"tour.cancel", By::lead,
     [](Desk& d) {
         return with_id(d.one(unfetched), "tour_id", {{"reason", "Probe"}});
     }},
    {"appointment.move", By::lead, another_tour},
    // An export of everything, step by step.
    {"export.hand_out", By::program, [](Desk& d) { return export_in(d, "ready"); }},
    {"export.note", By::program,
     [](Desk& d) {
         auto made = export_in(d, "making");
         if (made && d.random.chance(700))
             made->insert({{"state", "ready"}, {"size", d.number}});
         else if (made)
             made->insert({{"state", "interrupted"}});
         return made;
     }},
    {"export.begin", By::program, released_export},
    {"task.close", By::lead,
     [](Desk& d) {
         return with_id(
             d.one("SELECT id FROM task WHERE kind = 'tenant_export' AND state = 'open' ORDER BY id"),
             "task_id", {{"result", "Probe"}});
     }},
    {"export.discard", By::program,
     [](Desk& d) -> Payload {
         if (!d.random.chance(150)) return std::nullopt;
         return with_id(d.one("SELECT id FROM tenant_export WHERE state <> 'ended'"), "export_id");
     }},
};

constexpr Chore at_any_time[]{
    {"user.create", By::program,
     [](Desk& d) -> Payload {
         return json::object{{"login", fmt::format("neu.{}", d.number)},
                             {"name", "Dora " + d.who.marker},
                             {"roles", json::array{"clerk"}}};
     }},
    // Also while their Koffer is out, packed with the PIN of before.
    {"user.set_pin", By::clerk,
     [](Desk& d) -> Payload {
         const auto keys = d.clerk().keys(int(d.random.between(0, pins_of_a_clerk - 1)));
         return json::object{
             {"sign_key", to_hex(keys.public_key)}, {"seal_key", d.hash()}, {"wrapped_seed", "00"}};
     }},
    {"user.try_pin", By::program,
     [](Desk& d) {
         return with_id(d.one("SELECT id FROM user_account ORDER BY id"), "user_id",
                        {{"pin_auth", d.hash()}});
     }},
    {"user.add_passkey", By::lead,
     [](Desk& d) -> Payload {
         return json::object{{"credential", to_base64url(sha256(d.hash()))},
                             {"public_key", "AAAA"},
                             {"sign_count", 0},
                             {"name", "Probe"}};
     }},
    {"user.note_try", By::program,
     [](Desk& d) {
         return with_id(d.one("SELECT id FROM user_account ORDER BY id"), "user_id",
                        {{"good", d.random.chance(300)}, {"way", "password"}});
     }},
    {"user.unlock", By::program,
     [](Desk& d) { return with_id(d.one("SELECT id FROM user_account ORDER BY id"), "user_id"); }},
    {"device.prepare", By::program,
     [](Desk& d) -> Payload {
         json::object how{{"name", fmt::format("Koffer {}", 10 + d.number)},
                          {"code_hash", d.hash()},
                          {"code_expires", "2026-12-01T00:00:00Z"}};
         // Also for one whose certificate has run out while it was away.
         if (d.random.chance(300)) how["device_id"] = d.who.devices[0].id;
         return how;
     }},
    {"device.renew", By::program,
     [](Desk& d) {
         return with_id(d.one("SELECT id FROM device WHERE state = 'active' ORDER BY id"), "device_id",
                        {{"certificate", "AAAA"},
                         {"certificate_until", "2099-12-31T00:00:00Z"},
                         {"fingerprint", d.hash()}});
     }},
    {"message.receive", By::program, message_of_another},
    {"message.watch", By::program, nothing},
    {"journal.end_reads", By::program, nothing},
    {"journal.ask_reason", By::program,
     [](Desk& d) -> Payload {
         const auto read = d.one(
             "SELECT j.seq FROM journal j JOIN user_account u ON u.id = j.actor WHERE "
             "j.kind = 'read' AND u.state = 'active' ORDER BY j.seq");
         if (!read) return std::nullopt;
         return json::object{{"seq", read->integer("seq")}};
     }},
    {"residence.forget_forms", By::program, nothing},
    {"residence.end_childhood", By::program, nothing},
    {"residence.rename_dwellings", By::program, nothing},
    {"residence.close_cases", By::program, nothing},
    {"residence.forget_departed", By::program, nothing},
    {"residence.forget_papers", By::program, nothing},
    {"appointment.forget", By::program, nothing},
    {"export.expire", By::program, nothing},
    {"export.ask", By::program,
     [](Desk& d) -> Payload {
         if (d.one("SELECT id FROM tenant_export WHERE state <> 'ended'")) return std::nullopt;
         return json::object{{"reason", "Wechsel des Verfahrens"}};
     }},
    {"store.note_export", By::program,
     [](Desk&) -> Payload {
         return json::object{{"reason", "Wechsel des Verfahrens"}};
     }},
    {"residence.import", By::program, taken_over},
    {"residence.set_streets", By::program,
     [](Desk& d) -> Payload {
         const auto streets = testland::streets(d.who.index);
         return json::object{{"streets", json::array{streets[std::size_t(d.number) % streets.size()]}}};
     }},
    {"residence.hold", By::lead,
     [](Desk& d) {
         return with_id(d.one("SELECT id FROM person ORDER BY id"), "person_id",
                        {{"reason", "Rechtsstreit"}});
     }},
    {"site.add", By::lead,
     [](Desk& d) -> Payload {
         return json::object{{"name", d.who.marker + " Rathaus"},
                             {"street", "Am Markt 1"},
                             {"postcode", "99101"},
                             {"city", "Testhausen"}};
     }},
    // Behind the block that is used up first: numbers go on without a gap.
    {"numbers.lease", By::program,
     [](Desk& d) -> Payload {
         const auto row =
             d.one("SELECT kind, holder, series FROM number_block WHERE state = 'open' ORDER BY id");
         if (!row) return std::nullopt;
         return json::object{{"kind", row->text("kind")},
                             {"holder", row->text("holder")},
                             {"series", row->text("series")},
                             {"count", 50}};
     }},
};

/// One of those there is something to do for. @param name only this one; empty: any
template <std::size_t size>
std::pair<const Chore*, Payload> pick(const Chore (&chores)[size], Desk& desk, std::string_view name) {
    std::vector<std::pair<const Chore*, Payload>> possible;
    for (const auto& chore : chores)
        if (!name.empty() && name != chore.name)
            continue;
        else if (auto payload = chore.payload(desk)) {
            if (chore.rare && desk.random.chance(600)) return {&chore, std::move(payload)};
            possible.emplace_back(&chore, std::move(payload));
        }
    if (possible.empty()) return {nullptr, std::nullopt};
    return possible[std::size_t(desk.random.between(0, std::int64_t(possible.size()) - 1))];
}

}  // namespace

void World::office(Tenant& tenant, const Step& step, int nth, std::string_view chore_name) {
    auto done = std::make_shared<std::optional<Told>>();
    submit(tenant, {[this, &tenant, step, nth, chore_name, done](Transaction& tx) {
                        Random random(step.seed + std::uint64_t(nth));
                        Desk desk{tx, *tenant.who, random, step.number + 1000 * nth};
                        auto [chore, payload] = chore_name.empty() && random.chance(500)
                                                    ? pick(when_there_is, desk, "")
                                                    : pick(at_any_time, desk, chore_name);
                        if (!chore) return;
                        const auto& actor = chore->by == By::lead    ? tenant.who->clerks[2].actor
                                            : chore->by == By::clerk ? desk.clerk().actor
                                                                     : system_actor();
                        auto request = at_counter(tenant, step, nth, actor, chore->name, *payload);
                        if (request.name == "message.receive")
                            request.id = receive_command_id(text_of(request.payload, "sender"),
                                                            text_of(request.payload, "message_id"),
                                                            object_of(request.payload, "payload"));
                        const auto id = request.id;
                        if (run_at_hub(tenant, tx, std::move(request)))
                            *done = Told{id, chore->name, "", "", 0};
                    },
                    [this, &tenant, done] {
                        if (*done) tell_clerk(tenant, **done);
                        look_for_changes(tenant);
                    },
                    [](const std::string&) {}});
}

}  // namespace wa::sim
