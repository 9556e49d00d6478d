// A Koffer that is out without a line: the world "offline", and what two Koffer have in common with it.
#pragma once

#include "world.hpp"

namespace wa::worlds {

/// The colleague of Testland who goes out with it.
inline constexpr const char* clerk_with_koffer = "Deniz Aydın";

/// Steps of a clerk with a Koffer are done there, without a line, as far as they may be.
class Offline : public World {
  public:
    using World::World;

    void begin(const std::vector<Visit>& visits, Timestamp at) override;
    CommandResult run(const Act& act) override;
    void after(const Act&, const CommandResult&) override {}
    void settle(Timestamp at) override;
    void cut_line(Timestamp at) override;
    void end(Timestamp at) override;
    std::vector<StateDigest> digests(Timestamp at) override;

  protected:
    bool fits_koffer(const Act& act) const;
    /// Told at the hub while the Koffer is out with work that has not come home: that waits for a decision.
    CommandResult leaves(const Act& act);
    /// What is known to be stolen has brought home what it could; what somebody does with it later counts for
    /// nothing, and is kept.
    CommandResult stolen(const Act& act);
    /// Only the hub sends.
    void nothing_to_send_here();
    Act at_koffer(Act act) const;

    std::unique_ptr<Koffer> koffer_;
    std::vector<Act> taken_;  ///< what was done at the Koffer, in order
    bool hub_moved_ = false;
    bool gone_ = false;  ///< the Koffer is stolen, or its clerk has left
    int for_koffer_ = 0, done_here_ = 0;
};

}  // namespace wa::worlds
