// What PostgreSQL answers as StoreError.
#pragma once

#include <libpq-fe.h>

#include <string_view>

#include "kernel/store.hpp"

namespace wa::postgres {

/// What kind of trouble an SQLSTATE means to the caller.
StoreError::Kind kind_of(std::string_view sqlstate);

/// Throws the StoreError of a failed result. `doing` says what was tried: a statement's name or a few words,
/// never a value; nor does the text hold one: details, and messages about wrong values, are left out.
[[noreturn]] void throw_error(const PGresult* result, std::string_view doing);
/// The same for a connection that failed as such; of kind busy: the server may be there again in a moment.
[[noreturn]] void throw_error(PGconn* connection, std::string_view doing);

}  // namespace wa::postgres
