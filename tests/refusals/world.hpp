// Two authorities at one real hub, in a folder of its own, spoken to through the desk's API as browsers do.
// No sockets: requests are handed to the handler that the server would call.
#pragma once

#include <future>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/postgres/temporary_server.hpp"
#include "apps/hub/enrolment.hpp"
#include "apps/hub/hub_backend.hpp"
#include "apps/hub/koffer_desk.hpp"
#include "apps/hub/tenant_exports.hpp"
#include "kernel/identity.hpp"

namespace wa::refusals {

/// Somebody's answer from the hub.
struct Answer {
    int status = 0;
    json::object body;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string raw;
    std::string code() const { return text_of(body, "code"); }
    std::string header(const std::string& name) const;
};

/// What stands in a tenant's register for the tests, by what it is: "case", "person", "tour", …
using Objects = std::map<std::string, std::string>;

struct Authority {
    std::string id;
    Objects objects;
    std::map<std::string, service::Principal> staff;  ///< by role
    SignKeys device_keys, clerk_keys;
};

/// What Koffer clerks of the tests sign with.
inline constexpr const char* pin = "270481";
/// The password of a role's account.
inline std::string password_of(const std::string& role) {
    return "Wiese-" + role + "-26";
}

struct Logged {
    std::string code, route, remote;
};

class World {
  public:
    /// Testhausen and Musterstedt with a register each, and the county, which has none. In files, or with
    /// WA_STORE=postgres in databases of a server of its own.
    World();
    ~World();

    /// A request as a browser sends it from our own page.
    Answer call(const std::string& method, const std::string& path, const std::string& body,
                const std::string& token, const std::map<std::string, std::string>& headers = {});
    Answer command(const std::string& name, json::object payload, const std::string& token,
                   const std::string& id = "");
    Answer query(const std::string& name, json::object params, const std::string& token);
    /// A session of somebody with this role; begun and last used at these times (0: now).
    std::string sign_in(const Authority& authority, const std::string& role, std::int64_t begun_ms = 0);

    /// Runs a command as somebody, at the counter or as it arrives from the tour; expects that it is not
    /// refused. The answer, with "command_id".
    json::object must(const Authority& authority, const std::string& name, json::object payload,
                      const Actor& actor = system_actor(), bool from_koffer = false);
    service::TenantRunner& runner(const Authority& authority);
    Rows ask(const Authority& authority, const std::string& sql, const Params& params = {});
    /// Puts a document's bytes into the store as a Koffer's line would, unjudged; its hash.
    std::string put(const Authority& authority, const std::string& bytes);
    std::int64_t journal_length(const Authority& authority);
    /// The newest entry of the journal.
    Row journal_end(const Authority& authority);
    /// Of everything in the store but the journal.
    std::string digest(const Authority& authority);
    /// Every id of every table, and the hashes of documents; at most `each` of a table.
    std::vector<std::string> ids(const Authority& authority, int each);
    /// Waits until all that was asked of a tenant is done.
    void settle(const Authority& authority);
    std::vector<Logged> take_security_log();

    Authority testhausen, musterstedt, county;
    std::string folder;
    std::unique_ptr<TemporaryServer> server;  ///< null: the tenants are in files
    hub::Tenants tenants;
    hub::Enrolment enrolment;
    http::Loop slow, timers;
    hub::HubBackend backend;
    hub::TenantExports exports;
    std::unique_ptr<LetterRenderer> letters;
    service::DeskApi api;
    hub::KofferDesk koffer;

  private:
    void fill(Authority& authority, int municipality);
    void add_staff(Authority& authority);
    void add_tours(Authority& authority);
    void add_cases(Authority& authority);
    std::mutex mutex_;
    std::vector<Logged> logged_;
};

/// One for all tests of the program: it takes seconds to build.
World& world();

/// What an authority has of the kind that a field asks for ("tour_id"); a case where it has none.
std::string object_for(const Authority& authority, const std::string& field);
/// Whether a declaration asks for objects by their ids.
bool names_an_id(const json::array& fields);

/// Values that a declaration accepts, with this id wherever an id is asked for. Required fields and ids only.
json::object payload_for(const json::array& fields, const Reference& reference, const std::string& id);
/// The same for a command or query, with what payloads.json adds where a handler asks for more.
json::object payload_of(const std::string& name, const json::array& fields, const std::string& id);

}  // namespace wa::refusals
