// Store::copy_to: a second, complete and durable file.
#pragma once

#include <string>

#include "adapters/sqlite/connection.hpp"

namespace wa::sqlite {

/// Copies what `source` sees (one point in time, writers go on) to `path`, with the key of the options:
/// written to path.new, fsynced, renamed, the folder fsynced. Throws StoreError; then `path` is as it was
/// before.
void copy_store(Connection& source, const SqliteOptions& options, const std::string& path);

}  // namespace wa::sqlite
