// Reads foreign bytes as our binary format and as the texts of bytes; what was read must be written alike.
#include "base/assert.hpp"
#include "base/bytes.hpp"
#include "base/identifiers.hpp"
#include "base/ids.hpp"
#include "base/money.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::span<const std::uint8_t> input(data, size);
    const auto text = wa::as_view(input);

    wa::ByteReader reader(input);
    wa::ByteWriter writer;
    while (const auto kind = reader.u8()) {
        writer.u8(*kind);
        if (*kind % 3 == 0) {
            if (const auto value = reader.varint()) writer.varint(*value);
        } else if (*kind % 3 == 1) {
            if (const auto value = reader.bytes(1000)) writer.bytes(*value);
        } else if (const auto value = reader.raw(*kind / 8)) {
            writer.raw(*value);
        }
    }
    const auto& written = writer.written();
    WA_ASSERT(written.size() <= size && std::equal(written.begin(), written.end(), data));

    if (const auto bytes = wa::from_base64url(text)) WA_ASSERT(wa::to_base64url(*bytes) == text);
    if (const auto bytes = wa::from_hex(text)) WA_ASSERT(wa::from_hex(wa::to_hex(*bytes)) == bytes);
    if (const auto id = wa::parse_id(text)) WA_ASSERT(id->text() == text);
    if (const auto cents = wa::parse_cents(text)) WA_ASSERT(wa::parse_cents(wa::to_german(*cents)) == cents);
    if (const auto number = wa::parse_house_number(text))
        WA_ASSERT(wa::parse_house_number(wa::to_text(*number)) == number);
    wa::tax_id_plausible(text, true);
    wa::document_serial_ok("PA", text);
    wa::icao_check_digit(text);
    return 0;
}
