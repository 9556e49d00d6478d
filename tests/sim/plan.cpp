#include "plan.hpp"

#include <algorithm>

#include "loop.hpp"

namespace wa::sim {

namespace {

/// How often a deed comes up per 100 steps in a world where it comes up at all.
struct Weight {
    Deed deed;
    int share;
    int worlds;  ///< of 1000 worlds, this many have it
};

constexpr Weight weights[]{
    {Deed::work, 55, 1000},       {Deed::counter, 30, 1000},    {Deed::tour, 4, 850},
    {Deed::crash_koffer, 2, 500}, {Deed::power_koffer, 2, 500}, {Deed::fill_koffer, 1, 300},
    {Deed::clock, 1, 400},        {Deed::hub_clock, 1, 200},    {Deed::cut, 6, 850},
    {Deed::mangle, 2, 300},       {Deed::slow, 1, 300},         {Deed::crash_hub, 2, 450},
    {Deed::power_hub, 2, 450},    {Deed::fill_hub, 1, 300},     {Deed::forge, 4, 400},
    {Deed::stick, 2, 350},        {Deed::letter, 8, 600},
};

/// What happens at most once or twice in a world.
constexpr Weight rare[]{
    {Deed::backup, 2, 400},      {Deed::restore, 2, 200}, {Deed::revoke, 1, 150},
    {Deed::upgrade_hub, 1, 200}, {Deed::expire, 1, 200},
};

int who_of(Deed deed, Random& random) {
    switch (deed) {
        case Deed::counter:
        case Deed::letter:
        case Deed::power_hub:
        case Deed::fill_hub:
        case Deed::backup:
        case Deed::restore:
            return int(random.between(0, 1));
        default:
            return int(random.between(0, koffers - 1));
    }
}

}  // namespace

Plan make_plan(std::uint64_t seed, Mutation mutation) {
    Plan plan;
    plan.seed = seed;
    plan.mutation = mutation;
    Random random(seed * 7919);
    // Every world has its own weather: what is missing in one lets the others come out more.
    std::vector<Weight> here;
    for (const auto& weight : weights)
        if (random.chance(weight.worlds)) here.push_back(weight);
    // Most worlds are short, a few are long.
    const auto kind = random.between(0, 99);
    const auto size = kind < 2    ? random.between(250, 500)
                      : kind < 12 ? random.between(90, 220)
                                  : random.between(20, 80);
    const auto pause = random.between(60, 500);
    int sum = 0;
    for (const auto& weight : here) sum += weight.share;
    const auto add = [&](std::int64_t at, Deed deed) {
        Step step;
        step.at = at;
        step.deed = deed;
        step.who = who_of(deed, random);
        step.seed = random.next();
        plan.steps.push_back(step);
    };
    for (int who = 0; who < koffers; ++who) {
        add(100 + who, Deed::tour);
        plan.steps.back().who = who;
    }
    std::int64_t at = 1500;
    for (std::int64_t i = 0; i < size; ++i) {
        at += random.between(1, 2 * pause);
        auto pick = random.between(0, sum - 1);
        for (const auto& weight : here) {
            pick -= weight.share;
            if (pick >= 0) continue;
            add(at, weight.deed);
            break;
        }
    }
    plan.until = at + 500;
    const auto somewhere = [&] { return random.between(1500, plan.until); };
    for (const auto& weight : rare)
        if (random.chance(weight.worlds))
            for (int i = 0; i < weight.share; ++i) {
                add(somewhere(), weight.deed);
                // A restore needs something to restore, with a message in it that is due; a Koffer gets the
                // program after the hub, or not yet.
                const auto step = plan.steps.back();
                if (weight.deed == Deed::restore) {
                    const auto saved = step.at - random.between(100, 1 + step.at / 2);
                    add(saved, Deed::backup);
                    plan.steps.back().who = step.who;
                    add(saved - random.between(50, 1000), Deed::letter);
                    plan.steps.back().who = step.who;
                }
                if (weight.deed == Deed::upgrade_hub)
                    for (int who = 0; who < koffers; ++who)
                        if (random.chance(700)) {
                            add(random.between(step.at, plan.until), Deed::upgrade_koffer);
                            plan.steps.back().who = who;
                        }
            }
    std::stable_sort(plan.steps.begin(), plan.steps.end(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
    int number = 0;
    for (auto& step : plan.steps) step.number = ++number;
    return plan;
}

}  // namespace wa::sim
