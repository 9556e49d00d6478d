#include "apps/bench/world.hpp"

#include <future>
#include <stdexcept>

#include "adapters/sqlite/sqlite_store.hpp"
#include "adapters/system/system.hpp"
#include "apps/service/wiring.hpp"
#include "apps/testland/load.hpp"
#include "apps/testland/testland.hpp"
#include "kernel/identity.hpp"
#include "modules/residence/streets.hpp"

namespace wa::bench {

namespace {

[[noreturn]] void refused(const std::string& name, const Problem& problem) {
    throw std::runtime_error(name + " was refused: " + problem.code + " " + json::serialize(problem.details));
}

constexpr std::string_view form_text = R"json({
  "exemption": "none",
  "persons": [{"family_role": "head",
    "person": {"family_name": "Łącka-M̂ẖőỳ", "given_names": "Wéronika Zoë", "rufname_index": 1,
               "birth_date": "1941-04-03", "birth_place": "Łódź", "birth_country": "152", "sex": "w",
               "nationalities": ["000"], "religion": "rk", "marital_status": "VW"},
    "id_documents": [{"doc_type": "PA", "serial": "LZ6311T47", "issuing_authority": "Stadt Musterstedt",
                      "valid_until": "2031-08-01", "seen_original": true}]}],
  "new_dwelling": {"country_foreign": "000", "ags": "99001001", "postcode": "99901", "city": "Testhausen",
                   "street_key": "00101", "house_no": 3},
  "dwelling_kind": "care_home", "previous_kind": "germany",
  "previous_dwelling": {"country_foreign": "000", "ags": "99001002", "postcode": "99902", "city": "Musterstedt",
                        "street": "Dorfstraße", "house_no": 7},
  "previous_kept": false, "other_dwellings_asked": true,
  "lessor": {"lessor_form": "paper", "lessor_name": "Haus Birkengrund gGmbH",
             "lessor_address": {"country_foreign": "000", "ags": "99001001", "postcode": "99901", "city": "Testhausen",
                                "street": "Birkengrund", "house_no": 4},
             "lessor_persons": [{"family_name": "Łącka-M̂ẖőỳ", "given_names": "Wéronika Zoë"}]},
  "signer": "person", "delivery": "hand", "privacy_notice_given": true
})json";

}  // namespace

std::shared_ptr<Store> open_store(const std::filesystem::path& path, bool durable) {
    SqliteOptions options;
    options.path = path.string();
    options.key = Bytes(32, 0x5a);
    options.synchronous_full = durable;
    options.checkpoints_beside = durable;
    options.now_ms = [] { return system::now().ms; };
    std::shared_ptr<Store> store = open_sqlite_store(std::move(options));
    store->migrate(service::full_registry().schema());
    return store;
}

TenantScope scope_of(Store& store, Side side) {
    const auto& place = testland::municipality(0);
    TenantScope scope;
    scope.tenant.id = scope.tenant.ags = place.ags;
    scope.tenant.name = place.name;
    scope.tenant.land = place.land;
    scope.tenant.sender = place.sender;
    scope.tenant.functions = {"registration", "id_documents"};
    scope.side = side;
    scope.digest_key = system::random_key();
    scope.reference = Reference::load(place.land, load_streets(*store.begin_read(), place.ags));
    return scope;
}

void fill(Store& store, const Engine& engine, int residents, const std::string& holder) {
    const auto scope = scope_of(store, Side::hub);
    auto tx = store.begin_write();
    const auto loaded = testland::load_register(*tx, engine, scope, residents, system::now());
    if (!loaded) refused("residence.import", loaded.error());
    for (const auto* kind : {"case", "receipt"}) {
        const auto lease =
            request("numbers.lease", {{"kind", kind}, {"holder", holder}, {"series", "B"}, {"count", 100000}},
                    system_actor(), {"system", "hub", "Zentrale", ""});
        const auto leased = engine.run(*tx, scope, lease);
        if (leased.outcome != Outcome::done) refused(lease.name, leased.problem);
    }
    tx->commit();
}

Actor actor(const std::string& role) {
    return {system::new_id(), "Erika Amt", permissions_of({role})};
}

CommandRequest request(const std::string& name, json::object payload, const Actor& who,
                       const Origin& origin) {
    CommandRequest out;
    out.id = system::new_id();
    out.name = name;
    out.payload = std::move(payload);
    out.actor = who;
    out.origin = origin;
    out.at = system::now();
    return out;
}

json::object must(service::TenantRunner& runner, CommandRequest request) {
    const auto name = request.name;
    auto result = runner.run_and_wait(std::move(request));
    if (result.outcome != Outcome::done) refused(name, result.problem);
    return std::move(result.answer);
}

json::object must_ask(service::TenantRunner& runner, QueryRequest request) {
    const auto name = request.name;
    std::promise<Result<json::object>> promise;
    runner.ask(std::move(request),
               [&](Result<json::object> answer) { promise.set_value(std::move(answer)); });
    auto answer = promise.get_future().get();
    if (!answer) refused(name, answer.error());
    return std::move(answer).value();
}

json::object registration_form(std::string_view family_name) {
    constexpr std::string_view as_written = "Łącka-M̂ẖőỳ";
    std::string text(form_text);
    for (auto at = text.find(as_written); at != std::string::npos;
         at = text.find(as_written, at + family_name.size()))
        text.replace(at, as_written.size(), family_name);
    const auto parsed = parse_json(text);
    WA_ASSERT(parsed && parsed->is_object());
    auto form = parsed->get_object();
    const auto moved = to_iso(add_days(local_date(system::now()), -16));
    form["moved_in"] = form["previous_moved_out"] = json::string(moved);
    form["lessor"].as_object()["lessor_moved_in"] = json::string(moved);
    return form;
}

json::object booking_of(const std::string& case_id) {
    return {{"case_id", case_id}};
}

}  // namespace wa::bench
