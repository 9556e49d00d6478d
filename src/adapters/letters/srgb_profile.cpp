#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "adapters/letters/archive.hpp"

namespace wa::letters {
namespace {

void put16(std::string& out, unsigned value) {
    out += static_cast<char>(value >> 8 & 0xff);
    out += static_cast<char>(value & 0xff);
}
void put32(std::string& out, std::uint32_t value) {
    put16(out, value >> 16);
    put16(out, value & 0xffff);
}

std::string xyz(std::uint32_t x, std::uint32_t y, std::uint32_t z) {
    std::string out = "XYZ ";
    put32(out, 0);
    for (auto value : {x, y, z}) put32(out, value);  // s15Fixed16
    return out;
}

std::string text(const std::string& words) {
    return std::string("text\0\0\0\0", 8) + words + '\0';
}

std::string description(const std::string& words) {
    std::string out("desc\0\0\0\0", 8);
    put32(out, static_cast<std::uint32_t>(words.size() + 1));
    out += words + '\0';
    out += std::string(4 + 4 + 2 + 1 + 67, '\0');  // no Unicode and no ScriptCode description
    return out;
}

// 1024 points of the sRGB curve, exact to 16 bits.
std::string curve() {
    constexpr int points = 1024;
    std::string out("curv\0\0\0\0", 8);
    put32(out, points);
    for (int i = 0; i < points; ++i) {
        const double v = static_cast<double>(i) / (points - 1);
        const double linear = v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
        put16(out, static_cast<unsigned>(std::lround(linear * 65535)));
    }
    return out;
}

std::string header(std::size_t size) {
    std::string out;
    put32(out, static_cast<std::uint32_t>(size));
    out += std::string(4, '\0');
    put32(out, 0x02100000);  // version 2.1
    out += "mntrRGB XYZ ";
    for (unsigned part : {2026U, 1U, 1U, 0U, 0U, 0U}) put16(out, part);  // a fixed day: same bytes for ever
    out += "acsp";
    out += std::string(28, '\0');
    for (std::uint32_t part : {0xf6d6U, 0x10000U, 0xd32dU}) put32(out, part);  // D50, the connection space
    out += std::string(128 - out.size(), '\0');
    return out;
}

std::string build() {
    // Primaries of sRGB adapted to D50 (Bradford), as in the profile of the ICC.
    const std::vector<std::pair<std::string, std::string>> tags = {{"desc", description("sRGB IEC61966-2.1")},
                                                                   {"cprt", text("No copyright, use freely")},
                                                                   {"wtpt", xyz(0xf6d6, 0x10000, 0xd32d)},
                                                                   {"rXYZ", xyz(0x6fa2, 0x38f5, 0x0390)},
                                                                   {"gXYZ", xyz(0x6299, 0xb785, 0x18da)},
                                                                   {"bXYZ", xyz(0x24a0, 0x0f84, 0xb6cf)},
                                                                   {"rTRC", curve()},
                                                                   {"gTRC", {}},
                                                                   {"bTRC", {}}};
    std::string table, data;
    put32(table, static_cast<std::uint32_t>(tags.size()));
    const std::size_t start = 128 + 4 + 12 * tags.size();
    std::uint32_t offset = 0, length = 0;
    for (const auto& [name, content] : tags) {
        if (!content.empty()) {  // empty: shares the curve before it
            offset = static_cast<std::uint32_t>(start + data.size());
            length = static_cast<std::uint32_t>(content.size());
            data += content;
            data.resize((data.size() + 3) / 4 * 4, '\0');
        }
        table += name;
        put32(table, offset);
        put32(table, length);
    }
    return header(start + data.size()) + table + data;
}

}  // namespace

const std::string& srgb_profile() {
    static const std::string profile = build();
    return profile;
}

}  // namespace wa::letters
