// Fills the register of a store with Testland, as set-up does, without the service around it.
#pragma once

#include "kernel/engine.hpp"

namespace wa::testland {

/// Streets and at least `residents` residents of municipality 0, within the caller's transaction (one for
/// all: each page is written once). How many persons were imported (those who left or died are among them),
/// or the problem of the first command that was refused.
Result<std::size_t> load_register(Transaction& tx, const Engine& engine, const TenantScope& scope,
                                  int residents, Timestamp at);

}  // namespace wa::testland
