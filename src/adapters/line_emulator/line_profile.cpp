#include "adapters/line_emulator/line_profile.hpp"

#include <array>

namespace wa {

std::span<const LineProfile> line_profiles() {
    // Queues of one to two seconds at the rate: that is what mobile modems are found to have.
    static const std::array<LineProfile, 8> profiles{{
        {"gut", "Gut: 20 Mbit/s, 40 ms", 20'000'000, 20'000'000, 20, 0, 0.0, 512 * 1024},
        {"schnell_aber_verlustreich", "Schnell, aber verlustreich: 20 Mbit/s, 150 ms, 5 % Verlust",
         20'000'000, 20'000'000, 75, 0, 0.05, 1024 * 1024},
        {"mobil", "Mobil: 384 kbit/s, 150 ms, 1 % Verlust", 384'000, 384'000, 75, 10, 0.01, 64 * 1024},
        {"edge", "EDGE: 118 kbit/s, 400 ms", 118'000, 118'000, 200, 20, 0.0, 32 * 1024},
        // 400 ± 100 ms of round trip.
        {"schlecht", "Schlecht: 64 kbit/s, 400 ms, 5 % Verlust", 64'000, 64'000, 150, 100, 0.05, 24 * 1024},
        {"hinterland", "Hinterland: 64 kbit/s, 800 ms, 5 % Verlust", 64'000, 64'000, 375, 25, 0.05,
         24 * 1024},
        {"wechselnd", "Wechselnd: 512 kbit/s, 15 s da, 15 s weg", 512'000, 512'000, 75, 0, 0.0, 64 * 1024,
         15'000, 15'000},
        {"wechselnd_neue_adresse", "Wechselnd, danach mit neuer Adresse: 512 kbit/s, 15 s da, 15 s weg",
         512'000, 512'000, 75, 0, 0.0, 64 * 1024, 15'000, 15'000, true},
    }};
    return profiles;
}

const LineProfile* find_line_profile(std::string_view name) {
    for (const auto& profile : line_profiles()) {
        if (profile.name == name) return &profile;
    }
    return nullptr;
}

}  // namespace wa
