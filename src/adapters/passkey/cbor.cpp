#include "adapters/passkey/cbor.hpp"

namespace wa::passkey {
namespace {

enum Major : std::uint8_t {
    unsigned_integer,
    negative_integer,
    byte_string,
    text_string,
    array,
    map_,
    tag,
    other
};
constexpr int deepest = 8;

}  // namespace

std::nullopt_t CborReader::fail() {
    (void)reader_.raw(reader_.remaining() + 1);
    return std::nullopt;
}

std::optional<CborReader::Head> CborReader::head() {
    const auto first = reader_.u8();
    if (!first) return std::nullopt;
    Head head{std::uint8_t(*first >> 5), std::uint8_t(*first & 0x1F), std::uint64_t(*first & 0x1F)};
    if (head.info < 24) return head;
    if (head.info > 27) return fail();  // reserved, or of indefinite length
    const auto more = reader_.raw(std::size_t(1) << (head.info - 24));
    if (!more) return std::nullopt;
    head.argument = 0;
    for (const auto byte : *more) head.argument = head.argument << 8 | byte;
    if (head.major == other) return head;  // the bits of a float
    constexpr std::uint64_t least[] = {24, 0x100, 0x10000, 0x100000000};
    if (head.argument < least[head.info - 24]) return fail();
    return head;
}

std::optional<std::uint64_t> CborReader::head_of(std::uint8_t major) {
    const auto found = head();
    if (!found) return std::nullopt;
    if (found->major != major) return fail();
    return found->argument;
}

std::optional<std::int64_t> CborReader::integer() {
    const auto found = head();
    if (!found) return std::nullopt;
    if (found->major > negative_integer || found->argument > std::uint64_t(INT64_MAX)) return fail();
    const auto value = std::int64_t(found->argument);
    return found->major == unsigned_integer ? value : -1 - value;
}

std::optional<std::span<const std::uint8_t>> CborReader::run(std::uint8_t major) {
    const auto length = head_of(major);
    if (!length) return std::nullopt;
    if (*length > reader_.remaining()) return fail();
    return reader_.raw(std::size_t(*length));
}

std::optional<std::span<const std::uint8_t>> CborReader::bytes() {
    return run(byte_string);
}

std::optional<std::string_view> CborReader::text() {
    const auto found = run(text_string);
    if (!found) return std::nullopt;
    return as_view(*found);
}

std::optional<std::uint64_t> CborReader::map() {
    const auto pairs = head_of(map_);
    if (!pairs) return std::nullopt;
    if (*pairs > reader_.remaining()) return fail();
    return pairs;
}

bool CborReader::skip() {
    return skip_item(deepest);
}

bool CborReader::skip_item(int levels) {
    const auto found = head();
    if (!found) return false;
    switch (found->major) {
        case unsigned_integer:
        case negative_integer:
            return true;
        case byte_string:
        case text_string:
            if (found->argument > reader_.remaining()) break;
            return reader_.raw(std::size_t(found->argument)).has_value();
        case array:
        case map_: {
            if (levels == 0 || found->argument > reader_.remaining()) break;
            const auto items = found->argument * (found->major == map_ ? 2 : 1);
            for (std::uint64_t i = 0; i < items; ++i)
                if (!skip_item(levels - 1)) return false;
            return true;
        }
        case other:
            // false, true, null, undefined and floats; other simple values are not used.
            if ((found->info >= 20 && found->info <= 23) || found->info >= 25) return true;
            break;
        default:
            break;  // a tag
    }
    fail();
    return false;
}

}  // namespace wa::passkey
