// Store::check: finds what is damaged in a store's file, and whose it is.
#pragma once

#include <string>
#include <vector>

#include "adapters/sqlite/connection.hpp"

namespace wa::sqlite {

/// The tables the kernel and the modules created, sorted by name.
std::vector<std::string> table_names(Connection& connection);

/// Reads every page and every index entry through connections of its own, so that nothing comes from a
/// cache. Only an encrypted store notices every changed bit: its pages carry tags. Returns one entry per
/// damaged table
/// ("sqlite_schema" for the first page and the list of tables, "file" for a page that belongs to no table).
std::vector<StoreDamage> check_store(const SqliteOptions& options);

}  // namespace wa::sqlite
