// Everything a tenant owns, file by file: for a municipality that leaves, or wants to see what is kept of it.
#pragma once

#include <string>
#include <string_view>

#include "apps/service/tenant_runner.hpp"
#include "kernel/store.hpp"

namespace wa::hub {

/// Where the files of an export go: one after the other, piece by piece. What it throws ends the export.
class ExportTarget {
  public:
    virtual ~ExportTarget() = default;
    /// @param name "tables/person.jsonl"
    virtual void begin_file(const std::string& name) = 0;
    virtual void write(std::string_view bytes) = 0;
    virtual void end_file() = 0;
};

struct Exported {
    std::size_t tables = 0;
    std::int64_t rows = 0, documents = 0;
    std::string manifest_hash;  ///< SHA-256 of manifest.json, in hex
};

/// Each table as JSON lines, each document as a file named by its hash, the description of the tenant, the
/// reference tables, the schema, a README that says what is what, and last a manifest with counts and hashes.
/// Left out are secrets that open something, and what only repeats other rows. One point in time; beside
/// whatever the hub does. That it is made, and why, stands in the journal already: whoever calls this has
/// seen to that. A page of rows and a chunk of a document is all that is in memory at once. Throws
/// std::runtime_error when a document is damaged.
/// @param keys key_columns() of the tenant's store
Exported export_tenant(service::TenantRunner& runner, const Statement& keys, const std::string& reason,
                       ExportTarget& target);

}  // namespace wa::hub
