// Targets, queries, cookies and hosts come from anyone.
#include <cstddef>
#include <cstdint>

#include "adapters/http/http_text.hpp"
#include "base/assert.hpp"
#include "base/text.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace wa::http;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto target = parse_target(text)) {
        WA_ASSERT(target->path.starts_with('/'));
        WA_ASSERT(wa::is_valid_utf8(target->path));
        WA_ASSERT((target->path + "/").find("/../") == std::string::npos);
        WA_ASSERT((target->path + "/").find("/./") == std::string::npos);
        WA_ASSERT(target->path.find('\\') == std::string::npos &&
                  target->path.find('\0') == std::string::npos);
        WA_ASSERT(target->query.size() <= 64);
    }
    if (const auto decoded = percent_decode(text)) WA_ASSERT(decoded->size() <= size);
    if (const auto query = parse_query(text))
        for (const auto& [name, value] : *query)
            WA_ASSERT(wa::is_valid_utf8(name) && wa::is_valid_utf8(value));
    WA_ASSERT(parse_cookies(text).size() <= 64);
    if (const auto host = host_of(text)) WA_ASSERT(!host->empty() && is_allowed_host(text, {*host}));
    WA_ASSERT(!is_allowed_host(text, {}));
    (void)is_allowed_origin(text, "localhost:80", {});
    (void)is_json_type(text);
    (void)accepts_gzip(text);
    const auto head = response_head(
        {200, {{std::string(text), std::string(text)}, {"X", std::string(text)}}, ""}, true, true);
    // Whatever a header holds, the head ends only at its end.
    WA_ASSERT(head.find("\r\n\r\n") == head.size() - 4);
    return 0;
}
