#include "adapters/uploads/preview.hpp"

#include <algorithm>

#include "base/assert.hpp"

/// Filled up to the size from which on previews are made: what follows the picture is ignored by the decoder.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    wa::Bytes picture(data, data + size);
    picture.resize(std::max(picture.size(), wa::uploads::preview_worth_bytes));
    const auto preview = wa::uploads::make_preview(picture);
    WA_ASSERT(!preview || preview->size() <= wa::uploads::preview_max_bytes);
    return 0;
}
