#include "base/bytes.hpp"

#include <array>

namespace wa {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// Our own instead of libsodium's: its decoder (1.0.18) takes bytes from 0x80 on for letters.
constexpr std::string_view base64url_alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr auto base64url_digits = [] {
    std::array<std::int8_t, 256> table{};
    for (auto& value : table) value = -1;
    for (std::size_t i = 0; i < base64url_alphabet.size(); ++i)
        table[std::uint8_t(base64url_alphabet[i])] = std::int8_t(i);
    return table;
}();

}  // namespace

std::string_view as_view(std::span<const std::uint8_t> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::span<const std::uint8_t> as_span(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

Bytes to_bytes(std::string_view text) {
    return Bytes(text.begin(), text.end());
}

std::string to_hex(std::span<const std::uint8_t> bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const auto byte : bytes) {
        out += digits[byte >> 4];
        out += digits[byte & 15];
    }
    return out;
}

std::optional<Bytes> from_hex(std::string_view text) {
    if (text.size() % 2) return std::nullopt;
    Bytes out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = hex_digit(text[i]);
        const int low = hex_digit(text[i + 1]);
        if (high < 0 || low < 0) return std::nullopt;
        out.push_back(std::uint8_t(high << 4 | low));
    }
    return out;
}

std::string to_base64url(std::span<const std::uint8_t> bytes) {
    std::string out;
    out.reserve((bytes.size() * 4 + 2) / 3);
    std::uint32_t bits = 0;
    int count = 0;
    for (const auto byte : bytes) {
        bits = bits << 8 | byte;
        for (count += 8; count >= 6; count -= 6) out += base64url_alphabet[bits >> (count - 6) & 63];
    }
    if (count > 0) out += base64url_alphabet[bits << (6 - count) & 63];
    return out;
}

std::optional<Bytes> from_base64url(std::string_view text) {
    if (text.size() % 4 == 1) return std::nullopt;
    Bytes out;
    out.reserve(text.size() / 4 * 3 + 2);
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const int digit = base64url_digits[std::uint8_t(c)];
        if (digit < 0) return std::nullopt;
        bits = bits << 6 | std::uint32_t(digit);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        out.push_back(std::uint8_t(bits >> count));
        bits &= (1u << count) - 1;
    }
    if (bits != 0) return std::nullopt;
    return out;
}

void ByteWriter::u8(std::uint8_t value) {
    written_.push_back(value);
}

void ByteWriter::varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) written_.push_back(std::uint8_t(value | 0x80));
    written_.push_back(std::uint8_t(value));
}

void ByteWriter::bytes(std::span<const std::uint8_t> value) {
    varint(value.size());
    raw(value);
}

void ByteWriter::text(std::string_view value) {
    bytes(as_span(value));
}

void ByteWriter::raw(std::span<const std::uint8_t> value) {
    written_.insert(written_.end(), value.begin(), value.end());
}

std::nullopt_t ByteReader::fail() {
    failed_ = true;
    rest_ = {};
    return std::nullopt;
}

std::optional<std::uint8_t> ByteReader::u8() {
    if (rest_.empty()) return fail();
    const auto value = rest_.front();
    rest_ = rest_.subspan(1);
    return value;
}

std::optional<std::uint64_t> ByteReader::varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const auto byte = u8();
        if (!byte) return std::nullopt;
        const std::uint64_t part = *byte & 0x7F;
        if (shift == 63 && part > 1) return fail();
        value |= part << shift;
        if (*byte & 0x80) continue;
        if (part == 0 && shift > 0) return fail();  // longer than necessary
        return value;
    }
    return fail();
}

std::optional<std::span<const std::uint8_t>> ByteReader::bytes(std::size_t maximum) {
    const auto size = varint();
    if (!size) return std::nullopt;
    if (*size > maximum) return fail();
    return raw(std::size_t(*size));
}

std::optional<std::string_view> ByteReader::text(std::size_t maximum) {
    const auto value = bytes(maximum);
    if (!value) return std::nullopt;
    return as_view(*value);
}

std::optional<std::span<const std::uint8_t>> ByteReader::raw(std::size_t count) {
    if (failed_ || count > rest_.size()) return fail();
    const auto value = rest_.first(count);
    rest_ = rest_.subspan(count);
    return value;
}

}  // namespace wa
