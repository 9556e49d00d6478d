// What stands in the registers of the world: persons, staff, Koffer with their tours, cases.
#include "adapters/system/system.hpp"
#include "apps/testland/testland.hpp"
#include "base/pin_key.hpp"
#include "kernel/data.hpp"
#include "world.hpp"

namespace wa::refusals {

namespace {

Key32 seed(const std::string& text) {
    return Key32(sha256(text));
}

std::string day_in(int days) {
    return to_iso(add_days(local_date(system::now()), days));
}

}  // namespace

void World::fill(Authority& authority, int municipality) {
    for (const auto* kind : {"case", "receipt"})
        must(authority, "numbers.lease",
             {{"kind", kind}, {"holder", "hub"}, {"series", "Z"}, {"count", 100000}});
    must(authority, "residence.set_streets", {{"streets", testland::streets(municipality)}});
    for (auto& batch : testland::person_batches(municipality, 5))
        must(authority, "residence.import", {{"persons", std::move(batch)}});
    for (const auto& person : testland::named_persons())
        if (person.municipality == municipality) authority.objects.emplace("person", person.id);
    add_staff(authority);
    add_tours(authority);
    add_cases(authority);
}

void World::add_staff(Authority& authority) {
    authority.clerk_keys = SignKeys::from_seed(seed("clerk " + authority.id));
    for (const std::string role : {"reception", "clerk", "koffer_clerk", "team_lead", "admin", "auditor"}) {
        const auto hash = hash_password(password_of(role), HashCost::test, {});
        const auto made = must(authority, "user.create",
                               {{"login", role},
                                {"name", "Ute " + role},
                                {"roles", json::array{role}},
                                {"password_hash", hash}});
        const auto id = text_of(made, "user_id");
        // With what the account has now.
        const auto take = [&] {
            const auto account =
                ask(authority, "SELECT * FROM user_account WHERE id = $id", {{"id", id}}).front();
            Hash secrets{};
            runner(authority).read([&](Transaction& tx) { secrets = secrets_of(tx, account); });
            authority.staff[role] = {
                authority.id, role, actor_of(account), {"counter", "hub", "Zentrale", ""}, secrets};
        };
        take();
        if (role != "koffer_clerk" && role != "team_lead") continue;
        const auto wrapped =
            wrap_with_secret(pin, seed("clerk " + authority.id).bytes, HashCost::test, {}, {});
        must(authority, "user.set_pin",
             {{"sign_key", to_hex(authority.clerk_keys.public_key)},
              {"seal_key", to_hex(SealKeys::from_seed(seed("clerk " + authority.id)).public_key)},
              {"wrapped_seed", to_hex(wrapped)},
              {"pin_auth", to_hex(pin_auth(key_from_pin(pin, wrapped).value()))}},
             authority.staff[role].actor);
        must(authority, "user.add_passkey",
             {{"credential", to_base64url(to_bytes(authority.id + role))},
              {"public_key", "AAAA"},
              {"sign_count", 0},
              {"name", "Test"}},
             authority.staff[role].actor);
        take();
    }
    authority.objects["user"] = authority.staff["clerk"].actor.user_id;
    authority.objects["koffer_clerk"] = authority.staff["koffer_clerk"].actor.user_id;
}

void World::add_tours(Authority& authority) {
    auto& objects = authority.objects;
    authority.device_keys = SignKeys::from_seed(seed("device " + authority.id));
    for (const std::string which : {"device", "other_device"}) {
        objects[which] = text_of(must(authority, "device.prepare",
                                      {{"name", which},
                                       {"code_hash", std::string(64, 'a')},
                                       {"code_expires", to_rfc3339(system::now())}}),
                                 "device_id");
        must(authority, "device.enrol",
             {{"device_id", objects[which]},
              {"certificate", "AAAA"},
              {"certificate_until", to_rfc3339({system::now().ms + 86'400'000'000})},
              {"fingerprint", to_hex(sha256(which + authority.id))},
              {"sign_key", to_hex(authority.device_keys.public_key)}});
    }
    const auto sites = testland::sites(0);
    const auto& place = sites.front().as_object();
    objects["site"] = text_of(must(authority, "site.add", place), "site_id");
    const json::array staff{json::string(authority.staff["koffer_clerk"].actor.user_id),
                            json::string(authority.staff["team_lead"].actor.user_id)};
    int day = 0;
    for (const auto& [tour, device] :
         {std::pair{"tour", "device"}, {"tour_out", "device"}, {"tour_other", "other_device"}}) {
        objects[tour] = text_of(must(authority, "tour.plan",
                                     {{"site_id", objects["site"]},
                                      {"day", day_in(++day)},
                                      {"from", "09:00"},
                                      {"until", "12:00"},
                                      {"staff", staff},
                                      {"device_id", objects[device]}}),
                                "tour_id");
        objects[std::string("appointment_") + tour] = text_of(must(authority, "appointment.add",
                                                                   {{"tour_id", objects[tour]},
                                                                    {"at", "09:30"},
                                                                    {"minutes", 30},
                                                                    {"procedure", "residence.registration"},
                                                                    {"person_id", objects["person"]},
                                                                    {"name", "Erna Muster"},
                                                                    {"consent", true}}),
                                                              "appointment_id");
    }
    objects["appointment"] = objects["appointment_tour"];
    for (const auto& [tour, device] : {std::pair{"tour_out", "device"}, {"tour_other", "other_device"}})
        must(authority, "tour.check_out", {{"tour_id", objects[tour]}, {"device_id", objects[device]}},
             authority.staff["koffer_clerk"].actor);
}

void World::add_cases(Authority& authority) {
    auto& objects = authority.objects;
    const auto& clerk = authority.staff["clerk"].actor;
    objects["case"] = text_of(must(authority, "case.open",
                                   {{"procedure", "residence.registration"},
                                    {"channel", "counter"},
                                    {"title", "Muster"},
                                    {"person_id", objects["person"]}},
                                   clerk),
                              "case_id");
    must(authority, "draft.save",
         {{"case_id", objects["case"]}, {"form", json::object{{"moved_in", "2026-11-01"}}}}, clerk);
    const auto hash = put(authority, "%PDF-1.7 of " + authority.id + "\n%%EOF\n");
    objects["hash"] = hash;
    must(authority, "case.attach",
         {{"case_id", objects["case"]},
          {"kind", "lessor_confirmation"},
          {"hash", hash},
          {"title", "Bescheinigung"},
          {"media_type", "application/pdf"},
          {"size", 20}},
         clerk);
    // A Koffer's value that is not that of the register: two values for a person to decide between.
    must(authority, "person.correct",
         {{"person_id", objects["person"]},
          {"field", "birth_place"},
          {"old_value", "Nirgendwo"},
          {"new_value", "Irgendwo"},
          {"mode", "correction"},
          {"source", "Test"}},
         authority.staff["koffer_clerk"].actor, true);
    objects["export"] = text_of(must(authority, "export.ask", {{"reason", "Test"}}), "export_id");
    auto tx = runner(authority).store().begin_write();
    KnownDevice device{objects["device"], "device", authority.device_keys.public_key, false};
    accept_envelope(*tx, runner(authority).engine(), runner(authority).scope(), device, hub::clerk_lookup(),
                    as_span("no envelope of " + authority.id), system::now());
    tx->commit();
    objects["conflict"] = ask(authority, "SELECT id FROM conflict").front().text("id");
    objects["command"] = ask(authority, "SELECT command_id FROM quarantine").front().text("command_id");
}

}  // namespace wa::refusals
