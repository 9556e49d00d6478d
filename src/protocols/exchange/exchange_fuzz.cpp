// An envelope that is read is written and read the same.
#include "base/assert.hpp"
#include "protocols/exchange/wire.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace wa::exchange;
    const auto envelope = parse_envelope(std::string_view(reinterpret_cast<const char*>(data), size));
    if (!envelope) return 0;
    const auto text = boost::json::serialize(to_json(*envelope));
    const auto again = parse_envelope(boost::json::parse(text));
    WA_ASSERT(again && content_of(*again) == content_of(*envelope));
    WA_ASSERT(path_segment(envelope->sender).find('/') == std::string::npos);
    return 0;
}
