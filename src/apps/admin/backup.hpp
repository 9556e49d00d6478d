// A tenant in one file: consistent while the hub runs, encrypted as the store is, with the journal's head;
// and back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "apps/hub/tenants.hpp"

namespace wa::admin {

/// What stands in the first line of a backup. The tenant's keys in it are wrapped by the hub's master key:
/// the file alone opens nothing.
struct BackupHead {
    json::object description;  ///< tenant.json
    Timestamp made_at;
    JournalHead journal;
    std::int64_t size = 0;  ///< bytes of the store behind it
};

/// Writes the backup beside `path` and renames it; whole and durable when it returns. Throws
/// std::runtime_error or StoreError; then there is no new file.
BackupHead write_backup(const std::string& data_dir, const std::string& tenant, const std::string& path);

/// The head, with its seal checked by the tenant's own key. Throws std::runtime_error when the file is cut
/// off, changed, or its keys do not fit the master key.
BackupHead read_backup_head(const hub::Keyring& keyring, const std::string& path);

struct Restored {
    std::string tenant_id;
    JournalReport report;     ///< of the store in the file, before anything was written into it
    std::int64_t blocks = 0;  ///< blocks of numbers begun anew
    std::int64_t sent = 0;    ///< messages noted as handed over after the backup
    bool held = false;        ///< no list of sent messages: what is due waits for a person
    std::string replaced;     ///< where the old tenant lies now; empty when there was none
};
struct RestoreOptions {
    bool replace = false;         ///< put an existing tenant aside
    std::string master_key_path;  ///< of the hub that wrote the backup, when it is not this one
    std::string sent_path;        ///< list of sent messages of the old place, when that is not this one
    std::string reason;
};
/// Puts a tenant back. Proves store and journal first; nothing is touched when they have a fault. The hub
/// must not run. Throws std::runtime_error with a plain sentence.
Restored restore_backup(const std::string& data_dir, const std::string& path, const RestoreOptions& options);

}  // namespace wa::admin
