// The way of a message in a scenario: what the hub's courier does, without a socket, with the simulator as
// the exchange and all offices behind it.
#pragma once

#include <functional>

#include "apps/simulator/exchange.hpp"
#include "office.hpp"

namespace wa::worlds {

class Post {
  public:
    explicit Post(const Office& office);

    /// Runs one act of the courier in the world of the scenario.
    using Run = std::function<CommandResult(Act)>;
    /// Everything due leaves, everything that waits is taken, until nothing moves any more.
    void carry(Office& office, Timestamp at, const Run& run);

    /// An exchange that cannot be reached takes nothing and brings nothing.
    void reachable(bool yes) { reachable_ = yes; }
    /// How an office treats a type of message from now on; the latest rule counts.
    void add_rule(json::object rule);
    /// As the page of the simulator has it (Exchange::send); the id of what was sent.
    std::string send(const json::object& wish, Timestamp at);
    /// id of what was sent last
    const std::string& last_sent() const { return last_sent_; }

    bool used() const { return used_; }
    /// Envelopes the exchange has taken from us, oldest first.
    std::vector<exchange::Envelope> heard() const;
    /// "late", or the recipient's problem, of a message we sent; of one sent to us our own word.
    json::object entry(std::string_view list, std::string_view type) const;
    /// Empty, or what an authority was told twice: a report, not a question. A corrected one names the old
    /// one.
    std::string told_twice() const;

  private:
    bool send_due(Office& office, Timestamp at, const Run& run);
    bool take_waiting(Timestamp at, const Run& run);
    Act act(const std::string& command, json::object payload, Timestamp at, std::string id = "");

    simulator::Exchange played_;
    std::string own_address_, last_sent_;
    bool reachable_ = true, used_ = false;
    int acts_ = 0;
};

}  // namespace wa::worlds
