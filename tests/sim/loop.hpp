// The simulator's clock, its queue of events and its only source of randomness.
#pragma once

#include <cstdint>
#include <functional>
#include <map>

namespace wa::sim {

/// splitmix64: small, and the same on every machine.
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next() {
        auto z = (state_ += 0x9e3779b97f4a7c15u);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }
    /// from … to, both included
    std::int64_t between(std::int64_t from, std::int64_t to) {
        return from + std::int64_t(next() % std::uint64_t(to - from + 1));
    }
    bool chance(int per_mille) { return between(0, 999) < per_mille; }

  private:
    std::uint64_t state_;
};

class Loop {
  public:
    std::int64_t now = 1000;

    void after(std::int64_t ms, std::function<void()> work) { events_.emplace(now + ms, std::move(work)); }
    /// Runs the next event; false when there is none before `until`.
    bool step(std::int64_t until) {
        if (events_.empty() || events_.begin()->first > until) {
            now = until;
            return false;
        }
        auto event = events_.extract(events_.begin());
        now = std::max(now, event.key());
        event.mapped()();
        return true;
    }

  private:
    std::multimap<std::int64_t, std::function<void()>> events_;
};

}  // namespace wa::sim
