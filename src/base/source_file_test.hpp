#pragma once
#include <string>

namespace wa {

/// The source tree these tests were built from, without a slash at the end. It is compiled into one small
/// file of its own (cmake/WanderamtTargets.cmake): a path in the flags would keep every test from the
/// compiler's cache of a clone elsewhere.
extern const char* const source_dir;

/// A file of the source tree that a test reads; `path` is relative to it.
inline std::string source_file(const std::string& path) {
    return std::string(source_dir) + "/" + path;
}

}  // namespace wa
