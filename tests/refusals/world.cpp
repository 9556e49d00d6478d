#include "world.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "adapters/system/system.hpp"
#include "apps/service/wiring.hpp"
#include "apps/testland/testland.hpp"
#include "kernel/data.hpp"
#include "kernel/documents.hpp"
#include "kernel/journal.hpp"
#include "memory_folder.hpp"

namespace wa::refusals {

namespace {

/// Letters are not what is tested here: one that says what it is.
class PlainLetters : public LetterRenderer {
  public:
    Bytes render(const Letter&) override { return to_bytes("%PDF-1.7\n%%EOF\n"); }
};

std::string new_folder() {
    auto path = (memory_place() / "wanderamt-refusals-XXXXXX").string();
    WA_ASSERT(mkdtemp(path.data()));
    return path;
}

Tenant tenant_of(const std::string& id, const std::string& name, std::set<std::string> functions) {
    Tenant tenant;
    tenant.id = tenant.ags = id;
    tenant.name = name;
    tenant.land = "NI";
    tenant.functions = std::move(functions);
    tenant.sender = {{"authority", name}};
    return tenant;
}

Key32 seed(const std::string& text) {
    return Key32(sha256(text));
}

std::unique_ptr<TemporaryServer> server_if_asked_for() {
    const char* store = std::getenv("WA_STORE");
    if (!store || std::string_view(store) != "postgres") return nullptr;
    return std::make_unique<TemporaryServer>(TemporaryServer::Durability::fast);
}

std::string day_in(int days) {
    return to_iso(add_days(local_date(system::now()), days));
}

}  // namespace

std::string Answer::header(const std::string& name) const {
    for (const auto& [key, value] : headers)
        if (key == name) return value;
    return "";
}

World::World()
    : folder(new_folder()),
      server(server_if_asked_for()),
      tenants(folder, service::full_registry()),
      enrolment(tenants, folder, "127.0.0.1", 1, 2),
      backend(tenants, enrolment),
      letters(std::make_unique<PlainLetters>()),
      api({"wanderamt_hub", true,
           [this](const std::string& code, const std::string& route, const std::string& remote) {
               std::lock_guard lock(mutex_);
               logged_.push_back({code, route, remote});
           }},
          backend, service::full_registry(), *letters, slow),
      koffer(tenants, api.events(), timers, folder + "/copies") {
    backend.use(api);
    koffer.on_renew([this](const auto& device, const std::string& csr, auto done) {
        enrolment.renew(device, csr, std::move(done));
    });
    testhausen.id = "99001001";
    musterstedt.id = "99001002";
    county.id = "99001";
    hub::StorePlace place;
    if (server) place = {"postgres", server->server(), server->administrator()};
    for (const auto& [authority, name] :
         {std::pair{&testhausen, "Stadt Testhausen"}, {&musterstedt, "Stadt Musterstedt"}})
        tenants.create(tenant_of(authority->id, name, {"registration", "id_documents"}), place);
    tenants.create(tenant_of(county.id, "Landkreis Testland", {"vehicles"}), place);
    fill(testhausen, 0);
    fill(musterstedt, 1);
    add_staff(county);
}

World::~World() {
    slow.stop();
    timers.stop();
    std::filesystem::remove_all(folder);
}

World& world() {
    static World* const made = new World;
    static const struct Folder {
        ~Folder() {
            std::filesystem::remove_all(world().folder);
            world().server.reset();
        }
    } removed_at_the_end;
    return *made;
}

Answer World::call(const std::string& method, const std::string& path, const std::string& body,
                   const std::string& token, const std::map<std::string, std::string>& headers) {
    http::Request request;
    request.method = method;
    const auto mark = path.find('?');
    request.path = path.substr(0, mark);
    if (mark != std::string::npos) request.query["case"] = path.substr(path.find('=') + 1);
    request.headers = {{"X-Wanderamt", "1"}, {"Host", "localhost:8080"}};
    for (const auto& [name, value] : headers) request.headers[name] = value;
    if (!token.empty()) request.cookies[api.cookie_name()] = token;
    request.body = body;
    request.remote = "192.0.2.7";
    auto promise = std::make_shared<std::promise<http::Response>>();
    auto future = promise->get_future();
    api.handler()(std::move(request), [promise](http::Response response) {
        try {
            promise->set_value(std::move(response));
        } catch (const std::future_error&) {  // a second answer counts for nothing, as at the server
        }
    });
    if (future.wait_for(std::chrono::seconds(60)) != std::future_status::ready) {
        ADD_FAILURE() << "no answer to " << method << " " << path;
        return {};
    }
    auto response = future.get();
    Answer answer;
    answer.status = response.status;
    answer.headers = response.headers;
    answer.raw = response.body;
    if (const auto value = parse_json(response.body); value && value->is_object())
        answer.body = value->get_object();
    return answer;
}

Answer World::command(const std::string& name, json::object payload, const std::string& token,
                      const std::string& id) {
    const json::object body{{"id", id.empty() ? system::new_id() : id}, {"payload", std::move(payload)}};
    return call("POST", "/api/commands/" + name, json::serialize(body), token);
}

Answer World::query(const std::string& name, json::object params, const std::string& token) {
    const json::object body{{"params", std::move(params)}, {"reason", "Test"}};
    return call("POST", "/api/queries/" + name, json::serialize(body), token);
}

std::string World::sign_in(const Authority& authority, const std::string& role, std::int64_t begun_ms) {
    return api.sessions().begin(authority.staff.at(role), begun_ms ? begun_ms : system::now().ms);
}

json::object World::must(const Authority& authority, const std::string& name, json::object payload,
                         const Actor& actor, bool from_koffer) {
    CommandRequest request;
    request.id = system::new_id();
    request.name = name;
    request.payload = std::move(payload);
    request.actor = actor;
    request.origin = {"counter", "hub", "Zentrale", ""};
    if (from_koffer)
        request.origin = {"koffer", authority.objects.at("device"), "Koffer",
                          authority.objects.at("tour_out")};
    request.replayed = from_koffer;
    request.at = system::now();
    const auto id = request.id;
    auto result = runner(authority).run_and_wait(std::move(request));
    EXPECT_NE(result.outcome, Outcome::refused)
        << name << " " << result.problem.code << json::serialize(result.problem.details);
    result.answer["command_id"] = id;
    return result.answer;
}

service::TenantRunner& World::runner(const Authority& authority) {
    return *tenants.runner(authority.id);
}

Rows World::ask(const Authority& authority, const std::string& sql, const Params& params) {
    Rows rows;
    runner(authority).read([&](Transaction& tx) { rows = tx.query(Statement{"test", sql}, params); });
    return rows;
}

std::string World::put(const Authority& authority, const std::string& bytes) {
    auto tx = runner(authority).store().begin_write();
    const auto hash = put_document(*tx, as_span(bytes));
    EXPECT_TRUE(hash);
    tx->commit();
    return hash ? *hash : std::string();
}

std::int64_t World::journal_length(const Authority& authority) {
    return ask(authority, "SELECT count(*) AS n FROM journal").front().integer("n");
}

Row World::journal_end(const Authority& authority) {
    return ask(authority, "SELECT * FROM journal ORDER BY seq DESC LIMIT 1").front();
}

std::string World::digest(const Authority& authority) {
    Sha256 sum;
    for (const auto& table : runner(authority).store().tables()) {
        if (table.starts_with("journal")) continue;
        for (const auto& row : ask(authority, "SELECT * FROM " + table + " ORDER BY 1, 2"))
            sum.add(row_digest(seed("digest"), table, row));
    }
    return to_hex(sum.finish());
}

std::vector<std::string> World::ids(const Authority& authority, int each) {
    std::vector<std::string> all;
    const auto add = [&](const std::string& column, const std::string& table) {
        for (const auto& row :
             ask(authority, "SELECT " + column + " AS id FROM " + table + " LIMIT " + std::to_string(each)))
            all.push_back(row.text("id"));
    };
    for (const auto& table : runner(authority).engine().registry().journalled_tables()) add("id", table);
    add("command_id", "quarantine");
    return all;
}

void World::settle(const Authority& authority) {
    std::promise<void> done;
    runner(authority).write([](Transaction&) {}, [&](bool) { done.set_value(); });
    done.get_future().wait();
}

std::vector<Logged> World::take_security_log() {
    std::lock_guard lock(mutex_);
    return std::exchange(logged_, {});
}

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
        std::optional<Row> account;
        runner(authority).read(
            [&](Transaction& tx) { account = read_row(tx, "user_account", text_of(made, "user_id")); });
        authority.staff[role] = {authority.id, role, actor_of(*account), {"counter", "hub", "Zentrale", ""}};
        if (role != "koffer_clerk" && role != "team_lead") continue;
        must(authority, "user.set_pin",
             {{"sign_key", to_hex(authority.clerk_keys.public_key)},
              {"seal_key", to_hex(SealKeys::from_seed(seed("clerk " + authority.id)).public_key)},
              {"wrapped_seed",
               to_hex(wrap_with_secret(pin, seed("clerk " + authority.id).bytes, HashCost::test, {}, {}))}},
             authority.staff[role].actor);
        must(authority, "user.add_passkey",
             {{"credential", to_base64url(to_bytes(authority.id + role))},
              {"public_key", "AAAA"},
              {"sign_count", 0},
              {"name", "Test"}},
             authority.staff[role].actor);
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
    auto tx = runner(authority).store().begin_write();
    KnownDevice device{objects["device"], "device", authority.device_keys.public_key, false};
    accept_envelope(*tx, runner(authority).engine(), runner(authority).scope(), device, hub::clerk_lookup(),
                    as_span("no envelope of " + authority.id), system::now());
    tx->commit();
    objects["conflict"] = ask(authority, "SELECT id FROM conflict").front().text("id");
    objects["command"] = ask(authority, "SELECT command_id FROM quarantine").front().text("command_id");
}

std::string object_for(const Authority& authority, const std::string& field) {
    const auto it = authority.objects.find(field.substr(0, field.rfind("_id")));
    return it == authority.objects.end() ? authority.objects.at("case") : it->second;
}

bool names_an_id(const json::array& fields) {
    return std::any_of(fields.begin(), fields.end(), [](const json::value& field) {
        const auto type = text_of(field.as_object(), "type");
        return type == "id" || type == "any";
    });
}

namespace {

json::value value_for(const json::object& field, const Reference& reference, const std::string& id) {
    const auto type = text_of(field, "type");
    if (type == "id") return json::string(id);
    if (type == "any") return json::array{json::string(id)};
    if (type == "object") return json::object();
    if (type == "text" || type == "person_name") return "A";
    if (type == "date" || type == "partial_date") return "2026-11-05";
    if (type == "timestamp") return "2026-11-05T12:30:00Z";
    if (type == "integer") return integer_of(field, "min", 1);
    if (type == "boolean") return true;
    if (type == "choice")
        return json::string(text_of(array_of(field, "options").front().as_object(), "value"));
    if (type == "choices")
        return json::array{json::string(text_of(array_of(field, "options").front().as_object(), "value"))};
    if (type == "hash") return json::string(64, 'b');
    if (type == "postcode") return "99101";
    if (type == "house_no") return 1;
    if (type == "tax_id") return "86095742719";
    if (type == "document_serial") return "L01X00T47";
    if (type == "code") return json::string(reference.entries(text_of(field, "list")).front().code);
    if (type == "codes")
        return json::array{json::string(reference.entries(text_of(field, "list")).front().code)};
    if (type == "group") return payload_for(array_of(field, "fields"), reference, id);
    if (type == "list") return json::array{payload_for(array_of(field, "fields"), reference, id)};
    ADD_FAILURE() << "a new type of field: " << type << "; add a value that it accepts here";
    return nullptr;
}

}  // namespace

json::object payload_for(const json::array& fields, const Reference& reference, const std::string& id) {
    json::object payload;
    for (const auto& entry : fields) {
        const auto& field = entry.as_object();
        if (!flag_of(field, "required") && text_of(field, "type") != "id") continue;
        if (field.contains("when")) continue;  // asked for by another answer: payloads.json says what then
        payload[text_of(field, "name")] = value_for(field, reference, id);
    }
    return payload;
}

json::object payload_of(const std::string& name, const json::array& fields, const std::string& id) {
    static const auto more =
        parse_json(system::read_file(WA_SOURCE_DIR "/tests/refusals/payloads.json").value())->as_object();
    const auto& reference = *world().runner(world().testhausen).scope().reference;
    auto payload = payload_for(fields, reference, id);
    for (const auto& value : object_of(more, name)) payload[value.key()] = value.value();
    return payload;
}

}  // namespace wa::refusals
