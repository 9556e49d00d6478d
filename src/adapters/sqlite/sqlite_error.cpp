#include "adapters/sqlite/sqlite_error.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>

namespace wa::sqlite {

StoreError::Kind kind_of(int code, int system_errno) {
    switch (code) {
        case SQLITE_IOERR_DATA:
        case SQLITE_IOERR_CODEC:
        case SQLITE_IOERR_CORRUPTFS:
        case SQLITE_IOERR_SHORT_READ:
            return StoreError::Kind::damaged;
        default:
            break;
    }
    switch (code & 0xff) {
        case SQLITE_FULL:
            return StoreError::Kind::full;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return StoreError::Kind::damaged;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return StoreError::Kind::busy;
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
            // SQLite calls a full disk FULL only where it writes pages itself, not for its shared memory
            // file.
            return system_errno == ENOSPC || system_errno == EDQUOT ? StoreError::Kind::full
                                                                    : StoreError::Kind::other;
        default:
            return StoreError::Kind::other;
    }
}

void throw_error(sqlite3* connection, int code, std::string_view doing) {
    // SQLite's own messages name tables and columns, never the values in them.
    const std::string text = connection ? sqlite3_errmsg(connection) : sqlite3_errstr(code);
    const int system = connection ? sqlite3_system_errno(connection) : 0;
    throw StoreError(kind_of(code, system), fmt::format("{}: {} (SQLite {})", doing, text, code));
}

}  // namespace wa::sqlite
