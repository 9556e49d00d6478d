// Files from anyone: whatever they hold, the answer comes, and only the three types are kept.
#include "adapters/uploads/content.hpp"
#include "base/assert.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto type = wa::uploads::check_upload({data, size});
    if (type) WA_ASSERT(*type == "image/png" || *type == "image/jpeg" || *type == "application/pdf");
    return 0;
}
