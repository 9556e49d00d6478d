// Runs commands and queries of one tenant: permission, validation, once-only, handler, journal, done mark.
#pragma once

#include <memory>
#include <string>

#include "kernel/journal.hpp"
#include "kernel/registry.hpp"

namespace wa {

/// One tenant at one place, as the engine needs it. Immutable while it runs.
struct TenantScope {
    Tenant tenant;
    Side side = Side::hub;
    Key32 digest_key;  ///< the tenant's key for row digests and journal
    std::shared_ptr<const Reference> reference;
    std::shared_ptr<KnownCases> known_cases = std::make_shared<KnownCases>();  ///< shared by copies
};

struct CommandRequest {
    std::string id;  ///< 26 characters, made by who asks; the same id is done once
    std::string name;
    int version = 1;
    json::object payload;
    Actor actor;
    Origin origin;
    Timestamp at;
    bool replayed = false;   ///< comes from a node: prepared already, `seen` is compared
    std::vector<Seen> seen;  ///< only when replayed
};

enum class Outcome { done, conflict, refused };
std::string_view outcome_name(Outcome outcome);

struct CommandResult {
    Outcome outcome = Outcome::refused;
    json::object answer;    ///< when done
    Problem problem;        ///< when refused (or conflict: what people are told)
    bool repeated = false;  ///< the id had been done before; nothing was written
    /// The payload, where it was prepared at its origin; none: as it was asked.
    std::optional<json::object> prepared;
    std::vector<Seen> seen;
    std::vector<RowChange> changes;
    std::vector<Subject> subjects;
    std::string reason;  ///< why it was done, where the command asks for it

    /// What was done and a node puts into the envelope. @param request whose result this is
    const json::object& payload_of(const CommandRequest& request) const {
        return prepared ? *prepared : request.payload;
    }
};

/// What can be said of a command without the store.
struct CommandCheck {
    std::string command_id;              ///< of which one
    Date today;                          ///< when it was asked for, by our own clock
    std::optional<Problem> refusal;      ///< why it cannot be done, whatever the store holds
    std::optional<Hash> payload_digest;  ///< for the journal; none when the payload may still change
    std::shared_ptr<const Foresight> foreseen;
};

struct QueryRequest {
    std::string name;
    json::object params;
    std::string reason;  ///< why personal data are read: a case, a call; may be empty for own tour
    Actor actor;
    Origin origin;
    Timestamp at;
};

class Engine {
  public:
    explicit Engine(const Registry& engine_registry) : registry_(engine_registry) {}

    /// Permission, form and digest of a command, and what else it has that needs no store. Any thread may
    /// ask, before the command's turn has come: what is done here is not done while the one who writes is
    /// waited for.
    CommandCheck check(const TenantScope& scope, const CommandRequest& request) const;
    /// Runs one command inside a writing transaction, in a savepoint of its own where it could be refused
    /// after it has written. Does not commit. What is refused leaves nothing but its journal entry. A
    /// StoreError passes through; the caller rolls back.
    /// `checked` is what check() says of this scope and request.
    CommandResult run(Transaction& tx, const TenantScope& scope, const CommandRequest& request,
                      const CommandCheck& checked) const;
    CommandResult run(Transaction& tx, const TenantScope& scope, const CommandRequest& request) const {
        return run(tx, scope, request, check(scope, request));
    }

    /// Runs one query. The read of personal data is journalled in the same transaction, and so is whatever
    /// was not granted; the transaction must be a writing one then (see needs_journal).
    Result<json::object> ask(Transaction& tx, const TenantScope& scope, const QueryRequest& request) const;
    /// Whether asking will leave an entry in the journal: personal data, or something not granted.
    bool needs_journal(const TenantScope& scope, const QueryRequest& request) const;

    const Registry& registry() const { return registry_; }

  private:
    Result<void> allowed(const TenantScope&, const std::string& permission, const std::string& function,
                         bool hub_only, const Actor&) const;
    /// Prepares at the origin, weighs what a node had seen, calls the handler. The command has been checked.
    Result<json::object> carry_out(const TenantScope&, const CommandRequest&, const CommandCheck&, Records&,
                                   std::optional<json::object>& prepared) const;
    bool needs_savepoint(const CommandRequest&, const CommandCheck&) const;
    /// Journal and done mark.
    void write_down(Transaction&, const TenantScope&, const CommandRequest&, const CommandCheck&,
                    const CommandResult&) const;
    bool is_repeat(const TenantScope&, const CommandRequest&, const Row& mark) const;
    const Registry& registry_;
};

}  // namespace wa
