// Store::check: finds what is damaged in a tenant's database, and whose it is.
#pragma once

#include <vector>

#include "adapters/postgres/postgres_store.hpp"

namespace wa::postgres {

/// The tables the kernel and the modules created, sorted by name.
extern const Statement list_tables;

/// Reads every row of every table whole and, where the server's extension amcheck may be used, compares every
/// index with its table. The server notices changed bits by the checksums of its pages, which TenantDatabases
/// asks for; it may answer from its cache, so a page that changed on the disk a moment ago can still be
/// unseen.
std::vector<StoreDamage> check_store(const PostgresOptions& options);

}  // namespace wa::postgres
