// SQLite's result codes as StoreError.
#pragma once

#include <string_view>

#include "kernel/store.hpp"

struct sqlite3;

namespace wa::sqlite {

/// What kind of trouble a (primary or extended) result code means to the caller.
StoreError::Kind kind_of(int code, int system_errno);

/// Throws the StoreError for the connection's last error. `doing` says what was tried: a statement's name
/// or a few words, never a value.
[[noreturn]] void throw_error(sqlite3* connection, int code, std::string_view doing);

}  // namespace wa::sqlite
