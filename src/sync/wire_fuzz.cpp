// Whatever is accepted from the line is a message that can be written and read again.
#include "base/assert.hpp"
#include "sync/wire.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto message = wa::sync::read_message({data, size}, 0);
    if (!message) return 0;
    if (const auto* commands = std::get_if<wa::sync::Commands>(&*message))
        for (const auto& envelope : commands->envelopes)
            if (envelope.size() <= wa::envelope_signature_bytes + 33) return 0;  // never written by us
    if (const auto* changes = std::get_if<wa::sync::Changes>(&*message); changes && size > 100'000) return 0;
    const auto again = wa::sync::read_message(wa::sync::write_message(*message, 0), 0);
    WA_ASSERT(again && again->index() == message->index());
    return 0;
}
