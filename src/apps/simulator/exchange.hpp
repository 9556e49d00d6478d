// The exchange and the authorities behind it, played: it enforces the rules of the messages and answers as
// its behaviours say. No clock, no socket, no file of its own: time comes in, events go out.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "apps/simulator/offices.hpp"
#include "kernel/registry.hpp"
#include "protocols/exchange/wire.hpp"

namespace wa::simulator {

struct Reply {
    int status = 200;
    json::object body;
};

/// Not thread-safe.
class Exchange {
  public:
    /// @param connected addresses that somebody else serves: what is sent to them waits in their inbox
    Exchange(const Registry& registry, std::shared_ptr<const Reference> reference, Offices offices,
             std::set<std::string> connected = {});

    // What a hub asks (protocols/exchange/wire.hpp).
    Reply post(std::string_view body, Timestamp now);
    Reply inbox(std::string_view address, Timestamp now) const;
    Reply taken(const std::string& id, const json::object& word, Timestamp now);

    // What the page asks.
    json::object state() const;
    Reply message(const std::string& id) const;
    /// {"kind": "auswertung" | "reject" | "rueckmeldung" | "duplicate" | "broken" | "message", …}
    Reply send(const json::object& wish, Timestamp now);

    /// Whom the offices know and how they behave, to be changed.
    Offices& offices() { return offices_; }

    /// Everything that happened, to be kept and given back to `replay` after a restart.
    void on_event(std::function<void(const json::object&)> keep) { keep_ = std::move(keep); }
    void replay(const json::object& event);

  private:
    struct Received {
        exchange::Envelope envelope;
        std::string content;
        std::int64_t at_ms = 0;
        bool late = false;
        Reply answer;
        std::string outcome, code;  ///< the recipient's word
    };
    struct Queued {
        exchange::Envelope envelope;
        std::int64_t from_ms = 0;  ///< delivered from then on
        bool taken = false;
        std::string outcome, code;  ///< the tenant's word
    };

    Reply refuse(int status, ProblemCode code, json::object details = {}) const;
    /// The rules of the transport: sender, recipient, type, release.
    std::optional<Reply> transport_fault(const exchange::Envelope&, Timestamp now) const;
    /// The recipient's own look: version and declaration of the type.
    Problem business_fault(const exchange::Envelope&, Timestamp now) const;
    void play_recipient(const exchange::Envelope&, Timestamp now);
    void give_receipt(const exchange::Envelope& about, const Problem& problem, Timestamp now);
    void queue(exchange::Envelope envelope, std::int64_t from_ms, Timestamp now);
    exchange::Envelope written(const std::string& type, const std::string& sender,
                               const std::string& recipient, json::object payload, Timestamp now,
                               const std::string& answers = "");
    void happened(json::object event);
    Reply send_rueckmeldung(const json::object& wish, Timestamp now, bool broken);

    const Registry& registry_;
    std::shared_ptr<const Reference> reference_;
    Offices offices_;
    std::set<std::string> connected_;
    std::map<std::string, Received> received_;
    std::vector<std::string> received_order_;
    std::map<std::string, Queued> queued_;
    std::vector<std::string> queued_order_;
    std::int64_t written_ = 0;
    std::function<void(const json::object&)> keep_;
};

}  // namespace wa::simulator
