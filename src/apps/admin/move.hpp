// A tenant from one kind of store to the other.
#pragma once

#include <functional>
#include <string>

#include "apps/hub/tenant_store.hpp"
#include "kernel/journal.hpp"

namespace wa::admin {

struct Moved {
    bool done = false;    ///< false: it was there already
    bool tidied = false;  ///< a move that was cut off had left something
    std::size_t tables = 0;
    std::int64_t rows = 0;
    JournalReport report;
    JournalHead head;
};

/// Copies everything of a tenant into a new store, proves that both hold the same and that the journal and
/// the rows it vouches for are whole, and only then lets the tenant's description name the new store; the old
/// one is removed for good. Whenever it is cut off, the tenant is wholly in one of the two, and the next move
/// of the tenant removes what was left of the other. Throws std::runtime_error, also while a hub is at work
/// or when the store that is left is not whole.
/// @param at tells the names of the steps as they begin; for tests that cut it off
Moved move_tenant(const std::string& data_dir, const std::string& tenant, const hub::StorePlace& to,
                  const std::function<void(const char* step)>& at = {});

}  // namespace wa::admin
