#include "base/ids.hpp"

#include <algorithm>
#include <cstring>

#include "base/hash.hpp"

namespace wa {
namespace {

constexpr char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t text_length = 26;
constexpr std::int64_t latest_ms = (std::int64_t(1) << 48) - 1;

constexpr auto values = [] {
    std::array<std::int8_t, 256> table{};
    for (auto& value : table) value = -1;
    for (int i = 0; i < 32; ++i) table[std::uint8_t(alphabet[i])] = std::int8_t(i);
    return table;
}();

std::uint64_t read_u64(const std::uint8_t* bytes) {
    std::uint64_t value = 0;
    for (int i = 0; i < 8; ++i) value = value << 8 | bytes[i];
    return value;
}

void write_u64(std::uint64_t value, std::uint8_t* bytes) {
    for (int i = 7; i >= 0; --i, value >>= 8) bytes[i] = std::uint8_t(value);
}

}  // namespace

std::string Id::text() const {
    auto high = read_u64(bytes.data());
    auto low = read_u64(bytes.data() + 8);
    std::string out(text_length, '0');
    for (std::size_t i = text_length; i-- > 0;) {
        out[i] = alphabet[low & 31];
        low = low >> 5 | high << 59;
        high >>= 5;
    }
    return out;
}

std::int64_t Id::at_ms() const {
    return std::int64_t(read_u64(bytes.data()) >> 16);
}

std::optional<Id> parse_id(std::string_view text) {
    // 26 digits hold 130 bits; the first digit may use three of its five.
    if (text.size() != text_length || text[0] < '0' || text[0] > '7') return std::nullopt;
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    for (const char c : text) {
        const int value = values[std::uint8_t(c)];
        if (value < 0) return std::nullopt;
        high = high << 5 | low >> 59;
        low = low << 5 | std::uint64_t(value);
    }
    Id id;
    write_u64(high, id.bytes.data());
    write_u64(low, id.bytes.data() + 8);
    return id;
}

Id make_id(std::int64_t at_ms, std::span<const std::uint8_t, 10> random) {
    Id id;
    write_u64(std::uint64_t(std::clamp(at_ms, std::int64_t(0), latest_ms)) << 16, id.bytes.data());
    std::copy(random.begin(), random.end(), id.bytes.begin() + 6);
    return id;
}

Id derive_id(const Id& command, std::uint32_t counter, std::int64_t at_ms) {
    std::array<std::uint8_t, 20> input{};
    std::copy(command.bytes.begin(), command.bytes.end(), input.begin());
    for (int i = 0; i < 4; ++i) input[16 + std::size_t(i)] = std::uint8_t(counter >> (24 - 8 * i));
    const auto hash = sha256(std::span<const std::uint8_t>(input));
    return make_id(at_ms, std::span(hash).first<10>());
}

}  // namespace wa

std::size_t std::hash<wa::Id>::operator()(const wa::Id& id) const noexcept {
    // The last bytes are random, or as good as random.
    std::size_t value;
    std::memcpy(&value, id.bytes.data() + 16 - sizeof value, sizeof value);
    return value;
}
