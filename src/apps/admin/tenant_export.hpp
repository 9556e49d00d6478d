// Everything a tenant owns, in the open: for a municipality that leaves, or wants to see what is kept of it.
#pragma once

#include <string>

#include "apps/admin/tenant_tool.hpp"

namespace wa::admin {

struct Exported {
    std::size_t tables = 0;
    std::int64_t rows = 0, documents = 0;
    std::string manifest_hash;  ///< SHA-256 of manifest.json, in hex
};

/// Writes a new folder: each table as JSON lines, each document as a file named by its hash, the description
/// of the tenant, the reference tables, the schema, a manifest with counts and hashes, and a README that says
/// what is what. Not encrypted. Left out are secrets that open something, and what only repeats other rows.
/// One point in time; may run beside the hub. Journalled with the reason before the first row is read. A page
/// of rows and a chunk of a document is all that is in memory at once. Throws std::runtime_error when the
/// folder exists; what was cut off is called "<folder>.part".
Exported export_tenant(TenantTool& tool, const std::string& data_dir, const std::string& tenant,
                       const std::string& folder, const std::string& reason);

}  // namespace wa::admin
