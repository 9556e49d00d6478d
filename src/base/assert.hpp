// Assertions for programmer errors. Always on: a broken invariant stops the program before it writes.
#pragma once

namespace wa {

/// Prints the broken condition and ends the program. Never for bad input; that is a Problem.
[[noreturn]] void assertion_failed(const char* condition, const char* file, int line);

}  // namespace wa

#define WA_ASSERT(condition) \
    (static_cast<bool>(condition) ? void(0) : ::wa::assertion_failed(#condition, __FILE__, __LINE__))
