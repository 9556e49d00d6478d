// What surrounds the body: letterhead, address, reference block, subject, foot, barcode, watermark.
#pragma once

#include <vector>

#include "adapters/letters/flow.hpp"
#include "kernel/letter.hpp"

namespace wa::letters {

/// The y at which the foot of every page begins, after how much text stands in it.
double foot_top(PangoContext& context, const Letter& letter);

/// Letterhead, address field, reference block and subject; leaves the cursor where the body begins.
void place_head(Flow& flow, PangoContext& context, const Letter& letter);

/// Everything that repeats: foot, page numbers, barcode, watermark, heads of the following pages. Called
/// when the number of pages is known.
void place_frame(Flow& flow, PangoContext& context, const Letter& letter, double foot);

}  // namespace wa::letters
