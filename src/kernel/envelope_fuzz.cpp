// Whatever is accepted as an envelope is written again as exactly the same bytes.
#include "base/assert.hpp"
#include "kernel/envelope.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::span<const std::uint8_t> bytes(data, size);
    if (const auto envelope = wa::parse_envelope(bytes)) {
        const auto again = wa::write_envelope(*envelope);
        WA_ASSERT(again && std::equal(again->begin(), again->end(), bytes.begin(), bytes.end()));
    }
    wa::parse_signed_envelope(bytes);
    return 0;
}
