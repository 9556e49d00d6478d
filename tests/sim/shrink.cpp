#include "shrink.hpp"

#include <algorithm>
#include <chrono>

#include "world.hpp"

namespace wa::sim {

std::string kind_of(const std::string& failure) {
    std::string kind;
    int colons = 0;
    for (const char c : failure) {
        if (c == '(' || c == '{' || (c == ':' && ++colons == 2)) break;
        if (c < '0' || c > '9') kind += c;
    }
    return kind;
}

Plan shrink(Plan plan, const std::string& failure, double seconds) {
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + std::chrono::duration<double>(seconds);
    const auto kind = kind_of(failure);
    const auto fails = [&](const Plan& candidate) {
        return Clock::now() < end && kind_of(World(candidate).run()) == kind;
    };
    // Large parts first, then smaller ones, until no single step can go.
    for (auto part = plan.steps.size() / 2; part > 0;) {
        bool smaller = false;
        // From the end: what comes after the fault goes first.
        for (auto until = plan.steps.size(); until > 0;) {
            const auto from = until > part ? until - part : 0;
            auto candidate = plan;
            candidate.steps.erase(candidate.steps.begin() + std::ptrdiff_t(from),
                                  candidate.steps.begin() + std::ptrdiff_t(until));
            if (fails(candidate)) {
                plan = std::move(candidate);
                smaller = true;
            }
            until = std::min(from, plan.steps.size());
        }
        if (Clock::now() >= end) break;
        if (part > 1)
            part /= 2;
        else if (!smaller)
            break;
    }
    return plan;
}

}  // namespace wa::sim
