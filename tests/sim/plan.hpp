// What happens in one simulated world, as data: drawn from the seed before anything runs, so that a step can
// be left out without changing the others.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "mutations.hpp"

namespace wa::sim {

inline constexpr int koffers = 3;

enum class Deed {
    work,          ///< a clerk does something at a Koffer
    counter,       ///< a clerk, or the courier, does something at the hub
    letter,        ///< another authority writes to the hub, and wants an answer
    tour,          ///< a clerk fetches a tour, or ends the one that is out
    crash_koffer,  ///< the process ends where it is
    power_koffer,  ///< the power goes at one of its next writes
    fill_koffer,   ///< its disk is full for a while
    clock,         ///< its clock jumps
    hub_clock,     ///< the hub's clock jumps
    cut,           ///< its line is cut
    mangle,        ///< a frame is lost, repeated, swapped or damaged; then the line breaks
    slow,          ///< its line becomes another one
    crash_hub,
    power_hub,
    fill_hub,
    backup,
    restore,
    revoke,
    upgrade_hub,
    upgrade_koffer,
    expire,  ///< the tour's time is over: its keys are destroyed
    stick,   ///< somebody carries its queue to the hub on a stick
    forge,   ///< somebody who is not allowed to sends something
};

struct Step {
    int number = 0;       ///< its place in the whole plan; also names what it does
    std::int64_t at = 0;  ///< ms
    Deed deed = Deed::work;
    int who = 0;  ///< a Koffer, or an authority for what happens at the hub
    std::uint64_t seed = 0;
};

struct Plan {
    std::uint64_t seed = 1;
    Mutation mutation = Mutation::none;
    std::int64_t until = 0;  ///< then the weather clears
    std::vector<Step> steps;
    bool story = false;  ///< write down what happens
};

/// The same for the same seed.
Plan make_plan(std::uint64_t seed, Mutation mutation);

}  // namespace wa::sim
