// A command is the only way anything changes. A handler sees this context and its payload, nothing else:
// no clock, no random number, no socket. So a laptop runs it offline and the hub runs it again.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "kernel/foresight.hpp"
#include "kernel/records.hpp"
#include "kernel/reference.hpp"

namespace wa {

/// What somebody may do. Never changes; copies share it, since every command carries its actor.
class Permissions {
  public:
    using Names = std::set<std::string, std::less<>>;
    Permissions() : Permissions(Names{}) {}
    explicit Permissions(Names names) : names_(std::make_shared<const Names>(std::move(names))) {}
    bool contains(std::string_view name) const { return names_->find(name) != names_->end(); }
    bool empty() const { return names_->empty(); }
    Names::const_iterator begin() const { return names_->begin(); }
    Names::const_iterator end() const { return names_->end(); }
    friend bool operator==(const Permissions& a, const Permissions& b) { return *a.names_ == *b.names_; }

  private:
    std::shared_ptr<const Names> names_;
};

/// Who acts. `user_id` is empty for the system itself (import, scheduled work).
struct Actor {
    std::string user_id;
    std::string name;  ///< as shown in journal and conflicts
    Permissions permissions;
    std::string
        roles{};  ///< by which they act, as the account has them now ("clerk,team_lead"); for the journal
    bool may(std::string_view permission) const { return permissions.contains(permission); }
};

/// Where and with what the command was issued.
struct Origin {
    std::string place = "counter";  ///< counter | koffer | kiosk | portal | system
    std::string device;             ///< device id; "hub" for the hub itself
    std::string device_name;        ///< as people know it ("Koffer 1")
    std::string tour_id;            ///< empty unless on a tour
};

/// What distinguishes the places a handler runs in. Only the engine sets it.
enum class Side {
    hub,   ///< the whole register is here
    node,  ///< a working set is here: what it lacks is unknown, never "no"
};

struct Tenant {
    std::string id;   ///< "9-00001": our own key of the authority
    std::string ags;  ///< Amtlicher Gemeindeschlüssel, 8 digits (5 for a county)
    std::string name;
    std::string land;  ///< two letters, for public holidays
    std::string accent = "#1a5fb4";
    std::set<std::string> functions;  ///< "registration", "id_documents", …: a set, not a type
    json::object sender;              ///< letterhead: authority, office, street, place, phone
};

/// Issues ids derived from the command's own id, so that both sides derive the same ones.
class IdSource {
  public:
    IdSource(const Id& command, std::int64_t at_ms) : command_(command), at_ms_(at_ms) {}
    std::string next() { return derive_id(command_, counter_++, at_ms_).text(); }

  private:
    Id command_;
    std::int64_t at_ms_;
    std::uint32_t counter_ = 0;
};

/// What a query's handler sees.
struct QueryContext {
    const Tenant& tenant;
    const Actor& actor;
    const Origin& origin;
    Side side;
    Timestamp at;
    Date today;  ///< local date at `at`
    const Reference& reference;
    Transaction& tx;
    /// Persons and cases whose data the answer shows; the engine journals them.
    std::vector<Subject> subjects;
    std::string reason;  ///< why personal data are read, in the words of who asks; may be empty

    void show(std::string_view type, std::string_view id) {
        subjects.push_back({std::string(type), std::string(id)});
    }
};

/// What a command's handler sees.
struct CommandContext {
    const Tenant& tenant;
    const Actor& actor;
    const Origin& origin;
    Side side;
    Timestamp at;  ///< when it was done, at its origin
    Date today;    ///< local date at `at`
    std::string command_id;
    IdSource ids;
    Records& records;
    const Reference& reference;
    bool replayed = false;  ///< true at the hub for a command that came from a node
    std::shared_ptr<const Foresight> foreseen = nullptr;  ///< worked out before for this very payload
    KnownCases* known_cases = nullptr;                    ///< where what is worked out next learns of cases
};

/// A command handler: the answer, or the expected reason why not (then nothing is written).
using CommandHandler = Result<json::object> (*)(CommandContext&, const json::object& payload);
/// Runs once, at the origin, before the handler: draws what must never be recomputed (numbers from the
/// leased block) into the payload.
using CommandPreparer = Result<void> (*)(CommandContext&, json::object& payload);
using QueryHandler = Result<json::object> (*)(QueryContext&, const json::object& params);

}  // namespace wa
