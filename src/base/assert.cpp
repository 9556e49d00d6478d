#include "base/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace wa {

void assertion_failed(const char* condition, const char* file, int line) {
    std::fprintf(stderr, "broken invariant: %s (%s:%d)\n", condition, file, line);
    std::abort();
}

}  // namespace wa
