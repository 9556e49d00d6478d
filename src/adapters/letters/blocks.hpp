// The blocks of a letter's body, placed one below the other.
#pragma once

#include <string>
#include <vector>

#include "adapters/letters/flow.hpp"
#include "kernel/letter.hpp"

namespace wa::letters {

/// Places all blocks. Descriptions of pictures are appended to `figures` in the order of their tags.
/// Throws std::runtime_error when a picture is not a readable PNG.
void place_body(Flow& flow, PangoContext& context, const Letter& letter, std::vector<std::string>& figures);

}  // namespace wa::letters
