// The kernel's Store on one SQLite file, encrypted when a key is given.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "adapters/sqlite/sim_vfs.hpp"
#include "kernel/store.hpp"

namespace wa {

struct SqliteOptions {
    /// The file, created when absent (its folder is not). ":memory:" is a store that vanishes with the
    /// object.
    std::string path;
    /// 32 random bytes; the file and its log are then encrypted (ChaCha20-Poly1305). Without: plain, tests
    /// only.
    std::optional<Bytes> key;
    /// The simulated disk that holds the file; null: the real file system.
    std::shared_ptr<SimDisk> disk;
    /// False gives up durability at a power cut (never consistency): only for bulk loads that can be
    /// repeated.
    bool synchronous_full = true;
    /// How long to wait for another process that writes, in milliseconds; then StoreError of kind busy.
    int busy_ms = 5000;
    /// Milliseconds since 1970 for schema_step.applied_at_ms; absent: the column stays null.
    std::function<std::int64_t()> now_ms;
    /// Moves the write-ahead log into the file in a thread of its own, so that no commit waits for it.
    /// Without, a commit does it now and then, which is the same every time (simulator, tests).
    bool checkpoints_beside = false;
};

/// Opens or creates the store. Throws StoreError; of kind damaged with "wrong key or not a store" when the
/// first page cannot be read with the key.
std::unique_ptr<Store> open_sqlite_store(SqliteOptions options);

/// Names of the columns of a table's primary key, in its order, as `name`; parameter $table.
inline constexpr Statement sqlite_key_columns{
    "key columns", "SELECT name FROM pragma_table_info($table) WHERE pk > 0 ORDER BY pk"};

}  // namespace wa
