// Chance that is the same everywhere: no standard distribution, whose results differ between libraries.
#pragma once

#include <cstdint>
#include <vector>

namespace wa::testland {

/// SplitMix64 (public domain, Sebastiano Vigna).
class Chance {
  public:
    explicit Chance(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        auto z = (state_ += 0x9E3779B97F4A7C15ull);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        return z ^ (z >> 31);
    }
    /// 0 … n-1; n > 0.
    int below(int n) { return int(next() % std::uint64_t(n)); }
    /// from … to, both included.
    int between(int from, int to) { return from + below(to - from + 1); }
    bool percent(int p) { return below(100) < p; }
    bool permille(int p) { return below(1000) < p; }
    /// An index below n of which the first are much likelier, as names are.
    int skewed(int n) {
        const auto a = below(n), b = below(n), c = below(n);
        const auto least = a < b ? a : b;
        return least < c ? least : c;
    }
    template <class T>
    const T& pick(const std::vector<T>& all) {
        return all[std::size_t(below(int(all.size())))];
    }

  private:
    std::uint64_t state_;
};

}  // namespace wa::testland
