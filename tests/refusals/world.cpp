#include "world.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "adapters/system/system.hpp"
#include "apps/service/wiring.hpp"
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

std::unique_ptr<TemporaryServer> server_if_asked_for() {
    const char* store = std::getenv("WA_STORE");
    if (!store || std::string_view(store) != "postgres") return nullptr;
    return std::make_unique<TemporaryServer>(TemporaryServer::Durability::fast);
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
      exports(tenants, folder),
      letters(std::make_unique<PlainLetters>()),
      api({"wanderamt_hub", true,
           [this](const std::string& code, const std::string& route, const std::string& remote) {
               std::lock_guard lock(mutex_);
               logged_.push_back({code, route, remote});
           }},
          backend, service::full_registry(), *letters, slow),
      koffer(tenants, api.events(), timers, folder + "/copies") {
    backend.use(api);
    backend.use(exports);
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
    for (const auto* authority : {&testhausen, &musterstedt, &county})
        runner(*authority).on_changed([this, raw = &runner(*authority)](const auto&, const auto& rows) {
            for (const auto& row : rows)
                if (row.table == "user_account") return service::recheck_sessions(api.sessions(), *raw);
        });
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
    if (const auto is = path.find('='); mark != std::string::npos)
        request.query[path.substr(mark + 1, is - mark - 1)] = path.substr(is + 1);
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
            sum.add(row_digest(Key32(sha256("digest")), table, row));
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

}  // namespace wa::refusals
