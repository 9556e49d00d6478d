// Where the tests' stores are: SQLite in memory, SQLite in encrypted files, PostgreSQL.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "adapters/postgres/temporary_server.hpp"
#include "kernel/store.hpp"

namespace wa::stores {

/// One step of a schema, in the words of both.
struct Step {
    std::string_view name, sqlite, postgres;
};

/// An empty store that can be opened more than once; it goes with the object.
class Place {
  public:
    virtual ~Place() = default;
    /// A further store on the same data. @param busy_ms how long it waits for another writer
    virtual std::unique_ptr<Store> open(int busy_ms = 5000) = 0;
    /// The first steps of the place's schema in the words of this store.
    virtual std::vector<SchemaStep> schema(std::size_t steps) const = 0;
    virtual bool opens_twice() const { return true; }
};

/// @param kind "sqlite_memory", "sqlite_file" or "postgres"
std::unique_ptr<Place> make_place(const std::string& kind, const std::vector<Step>& schema);

/// The server of this run; started when first asked for.
TemporaryServer& server();

}  // namespace wa::stores
