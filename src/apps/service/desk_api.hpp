// The API behind the desk, the same at hub and node: session, commands, queries, documents, letters, events.
// Routes follow from the registry; there is no router to extend.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "adapters/http/loop.hpp"
#include "adapters/http/server.hpp"
#include "apps/service/events.hpp"
#include "apps/service/sessions.hpp"
#include "apps/service/tenant_runner.hpp"
#include "kernel/letter.hpp"

namespace wa::service {

/// Who it is, or why not; and the account that was tried, whose name stands in the journal (empty: none of
/// ours).
using SignedIn = std::function<void(Result<Principal>, const std::string& account)>;

/// Who gets as far as a route. What they may do there is for permission, function and tenant to say.
enum class Gate {
    anyone,
    session,       ///< signed in, perhaps locked
    open_session,  ///< signed in and not locked
};

/// One way in from outside. What is not in the list of routes is not reachable.
struct Route {
    std::string method, path;
    Gate gate = Gate::open_session;
    bool below = false;  ///< also every path that begins with this one
};

/// A request that was refused where no tenant's journal can hold it.
using SecurityLog =
    std::function<void(const std::string& code, const std::string& route, const std::string& remote)>;

/// What differs between hub and node.
class Backend {
  public:
    virtual ~Backend() = default;
    virtual std::string place() const = 0;  ///< hub | koffer
    /// The tenant's runner; null when there is none (a Koffer without an open tour).
    virtual std::shared_ptr<TenantRunner> runner(const std::string& tenant_id) = 0;
    /// Checks a secret. `way`: password | pin | passkey. Called on the slow loop; may take half a second.
    virtual void sign_in(const std::string& way, const json::object& body, SignedIn done) = 0;
    /// What the sign-in page needs: tenants to choose from, or the tour's staff.
    virtual json::object sign_in_choices() = 0;
    /// The tenant in whose journal it stands that somebody unknown was refused; empty where there may be
    /// several.
    virtual std::string only_tenant() { return ""; }
    /// Line, queue, tour: always in view at the desk.
    virtual json::object line_state() = 0;
    /// How far a case has come: here | hub | final.
    virtual std::string certainty(const std::string& tenant_id, const std::string& stream,
                                  Transaction& tx) = 0;
    /// Why a command or letter is not done at this place now, whoever asks; empty when it may be tried.
    virtual std::optional<Problem> refusal(const std::string& /*name*/, const json::object& /*payload*/) {
        return std::nullopt;
    }
    /// Routes of its own, which handle() answers.
    virtual std::vector<Route> routes() const = 0;
    /// Answers one of routes(); false when it has none of that name. `session` is null when nobody is signed
    /// in.
    virtual bool handle(const http::Request& request, const Session* session, http::Respond respond) = 0;
};

struct DeskApiOptions {
    /// Hub and node on one machine must not share a cookie (ports do not separate).
    std::string cookie_name;
    /// Only over https or from this machine, and no other host can set it (prefix __Host-).
    bool secure_cookie = true;
    /// Empty: the program's log.
    SecurityLog security_log;
};

/// For ServerOptions::on_foreign: mostly a proxy that was set up wrongly.
void log_foreign(int status, const std::string& remote);

class DeskApi {
  public:
    DeskApi(DeskApiOptions options, Backend& backend, const Registry& registry, LetterRenderer& letters,
            http::Loop& slow);

    http::Handler handler();
    http::SocketHandler events_handler();
    std::function<int(const http::Request&)> document_gate();
    /// Ends the sessions whose account is another one now, if the store can be asked.
    void recheck(const std::string& tenant_id);
    Events& events() { return events_; }
    Sessions& sessions() { return sessions_; }

    /// Every way in, one entry for each command, query and letter.
    std::vector<Route> routes() const;
    /// The name of the cookie as browsers know it.
    std::string cookie_name() const;
    /// The session's token in a request; empty when there is none.
    std::string token_in(const http::Request& request) const;

    /// A problem as an answer: status, code, details, words.
    http::Response problem_response(const Problem& problem) const;
    /// Answers with the problem and leaves an entry: in the tenant's journal, or in the log of the security.
    /// @param what the journal's name of the way in, never words from outside
    void refuse(const std::string& what, const http::Request&, const Session*, const Problem&, http::Respond);
    /// A letter of ours as a file, shown in the browser.
    http::Response letter_response(const Letter& letter, const std::string& name) const;
    /// Does what may take long, away from the I/O threads. What breaks there is answered, not thrown.
    void slowly(http::Respond respond, std::function<void()> task);
    /// Whether a changing request comes from our own page (header X-Wanderamt and Origin).
    static bool from_own_page(const http::Request& request);

  private:
    void away(http::Loop& loop, http::Respond respond, std::function<void()> task);
    void route(http::Request request, http::Respond respond);
    const Route* find_route(const http::Request&) const;
    void dispatch(const Route&, const http::Request&, const std::string& token, std::optional<Session>,
                  http::Respond);
    void refuse_at(const std::string& tenant_id, const std::string& what, const std::string& account,
                   const Origin&, const std::string& remote, const Problem&, http::Respond);
    void note_sign_in(const std::string& what, const Principal&, std::function<void()> then);
    bool session_route(const http::Request&, const std::string& token, const std::optional<Session>&,
                       http::Respond);
    void begin_session(const std::string& way, const std::string& old_token, const http::Request&,
                       http::Respond);
    void unlock_session(const std::string& token, const Session&, const http::Request&, http::Respond);
    void command_route(const std::string& name, const http::Request&, const Session&, http::Respond);
    void answer_done(TenantRunner& runner, const std::string& tenant, const std::string& stream,
                     const CommandResult&, const http::Respond&);
    void query_route(const std::string& name, const http::Request&, const Session&, http::Respond);
    void put_document(const http::Request&, const Session&, http::Respond);
    void get_document(const http::Request&, const Session&, http::Respond);
    void letter_route(const std::string& name, const http::Request&, const Session&, http::Respond);
    void keep_letter(Bytes pdf, const std::string& name, const std::string& case_id, const Principal&,
                     TenantRunner&, const http::Respond&);
    void record_route(const std::string& procedure, const Session&, http::Respond);
    http::Response session_response(const std::optional<Session>&);
    http::Response catalogue_response() const;
    std::string cookie(const std::string& token, bool ends) const;

    DeskApiOptions options_;
    std::vector<Route> table_;
    Backend& backend_;
    const Registry& registry_;
    LetterRenderer& letters_;
    http::Loop& slow_;
    Sessions sessions_;
    Events events_;
    http::Loop papers_;   ///< draws letters; not behind what is slow for another's sake
    http::Loop answers_;  ///< reads and writes the answers of commands that are done; ends first
};

/// A parsed body; the problem says the request was not readable.
Result<json::object> body_of(const http::Request& request);

}  // namespace wa::service
