// Databases and roles of tenants on a PostgreSQL server, made and dropped by who administers it.
#pragma once

#include <string>
#include <string_view>

#include "base/bytes.hpp"

namespace wa {

/// A connection of the administrating role. Everything throws StoreError.
class TenantDatabases {
  public:
    /// @param administrator libpq connection string of a role that may make databases and roles
    explicit TenantDatabases(std::string administrator);

    /// Makes the role and an empty database that belongs to it, and that no other role can connect to.
    /// Refuses a server whose pages have no checksums: nobody would notice a damaged one.
    /// @param name of both: [a-z][a-z0-9_]*, at most 63 characters
    /// @param password never sent: the server gets its SCRAM verifier
    void create(const std::string& name, const Bytes& password);
    /// Drops both, as far as they are there; who is connected is cut off.
    void drop(const std::string& name);

  private:
    std::string administrator_;
};

}  // namespace wa
