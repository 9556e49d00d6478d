#include "adapters/postgres/postgres_error.hpp"

#include <fmt/format.h>

namespace wa::postgres {

namespace {

std::string_view field(const PGresult* result, int code) {
    const char* text = result ? PQresultErrorField(result, code) : nullptr;
    return text ? text : "";
}

}  // namespace

StoreError::Kind kind_of(std::string_view sqlstate) {
    if (sqlstate == "53100") return StoreError::Kind::full;                            // disk_full
    if (sqlstate == "XX001" || sqlstate == "XX002") return StoreError::Kind::damaged;  // page, index
    if (sqlstate == "55P03" || sqlstate == "40P01" || sqlstate == "53300") return StoreError::Kind::busy;
    return StoreError::Kind::other;
}

void throw_error(const PGresult* result, std::string_view doing) {
    const auto state = field(result, PG_DIAG_SQLSTATE);
    // Messages about data (class 22) repeat the value; a detail ("Key (name)=(…)") does so always.
    const bool of_data = state.starts_with("22");
    const auto text =
        of_data ? "a value that the column does not take" : field(result, PG_DIAG_MESSAGE_PRIMARY);
    throw StoreError(kind_of(state),
                     fmt::format("{}: {} (PostgreSQL {})", doing, text.empty() ? "no answer" : text,
                                 state.empty() ? "-" : state));
}

void throw_error(PGconn* connection, std::string_view doing) {
    // A refused password, an unknown host, a lost line: the words name server, database and role, no row.
    std::string_view text = connection ? PQerrorMessage(connection) : "out of memory";
    while (text.ends_with('\n')) text.remove_suffix(1);
    throw StoreError(StoreError::Kind::busy, fmt::format("{}: {}", doing, text));
}

}  // namespace wa::postgres
