// All rows of a store into another one, whatever the two are, and the proof that they are the same.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "kernel/store.hpp"

namespace wa::hub {

/// What a table holds: the digest is over all its rows in the order of their keys.
struct TableSum {
    std::int64_t rows = 0;
    Hash digest{};
    bool operator==(const TableSum&) const = default;
};
using StoreSum = std::map<std::string, TableSum>;

/// The steps of this program's schema that a store has: not all of them when an older program wrote it.
std::vector<SchemaStep> steps_of(Transaction& tx);

/// In the order in which the schema makes them: what is referred to comes before what refers to it.
std::vector<std::string> tables_in_order(Transaction& tx);

/// Reads a table in the order of its key, a page at a time, so that it need not fit into memory.
/// @param keys key_columns() of the store
void read_table(Transaction& tx, const Statement& keys, const std::string& table,
                const std::function<void(const Rows&)>& page);

/// Copies what `from` sees into an empty store of the same steps, page by page, each page a commit. The sum
/// is that of what was read.
/// @param from_keys key_columns() of the store that is read
StoreSum copy_rows(Transaction& from, const Statement& from_keys, Store& to);

/// The sum of what a store holds.
StoreSum sum_of(Transaction& tx, const Statement& keys);

}  // namespace wa::hub
