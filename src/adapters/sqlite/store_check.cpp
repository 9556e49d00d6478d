#include "adapters/sqlite/store_check.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <optional>

namespace wa::sqlite {
namespace {

constexpr std::size_t kBadPages = 1000;  ///< after so many the rest is not listed

/// A connection that is opened anew after an error: a bad page leaves the old one unable to read the next.
class Reopening {
  public:
    explicit Reopening(const SqliteOptions& options) : options_(options) {}

    /// The statement's rows, or the words of the error.
    std::optional<std::string> try_query(const Statement& statement, const Params& params, Rows& rows) {
        try {
            if (!connection_) connection_.emplace(options_, Connection::Role::reader);
            rows = connection_->query(statement, params);
            return std::nullopt;
        } catch (const StoreError& error) {
            connection_.reset();
            return error.what();
        }
    }

  private:
    const SqliteOptions& options_;
    std::optional<Connection> connection_;
};

std::vector<std::int64_t> bad_pages(Reopening& store, std::int64_t pages) {
    std::vector<std::int64_t> bad;
    Rows rows;
    for (std::int64_t page = 1; page <= pages && bad.size() < kBadPages; ++page)
        if (store.try_query({"read page", "SELECT length(data) AS n FROM sqlite_dbpage WHERE pgno = $page"},
                            {{"page", page}}, rows))
            bad.push_back(page);
    return bad;
}

std::string quoted(std::string_view name) {
    std::string out = "\"";
    for (const char c : name) out += c == '"' ? "\"\"" : std::string(1, c);
    return out + '"';
}

/// What SQLite finds wrong with one table and its indexes, or with the whole file when no table is named.
std::optional<std::string> integrity(Reopening& store, std::string_view table) {
    const std::string text =
        table.empty() ? "PRAGMA integrity_check" : fmt::format("PRAGMA integrity_check({})", quoted(table));
    Rows rows;
    if (auto error = store.try_query({"integrity", text}, {}, rows)) return error;
    if (rows.size() == 1 && rows.front().text("integrity_check") == "ok") return std::nullopt;
    return rows.empty() ? std::string("unreadable") : rows.front().text("integrity_check");
}

std::vector<StoreDamage> per_table(const SqliteOptions& options) {
    std::vector<StoreDamage> damage;
    Rows tables;
    Reopening store(options);
    if (auto error = store.try_query(
            {"tables", "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"}, {}, tables))
        return {{"sqlite_schema", *error}};
    const auto check = [&](const std::string& table) {
        Reopening fresh(options);
        if (auto found = integrity(fresh, table)) damage.push_back({table, *found});
    };
    check("sqlite_schema");
    for (const Row& row : tables) check(row.text("name"));
    return damage;
}

}  // namespace

std::vector<std::string> table_names(Connection& connection) {
    std::vector<std::string> names;
    for (const Row& row :
         connection.query({"tables",
                           "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'schema_step' "
                           "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"}))
        names.push_back(row.text("name"));
    return names;
}

std::vector<StoreDamage> check_store(const SqliteOptions& options) {
    Reopening store(options);
    Rows rows;
    if (auto error = store.try_query({"page count", "PRAGMA page_count"}, {}, rows))
        return {{"sqlite_schema", "page 1: " + *error}};
    const auto bad = bad_pages(store, rows.front().integer("page_count"));
    const auto whole = integrity(store, "");
    if (bad.empty() && !whole) return {};

    auto damage = per_table(options);
    const std::string pages = bad.empty() ? "" : fmt::format("unreadable pages: {}", fmt::join(bad, ", "));
    if (damage.empty())
        damage.push_back({"file", bad.empty() ? *whole : pages + " (of no table)"});
    else if (!bad.empty())
        for (auto& place : damage) place.where += "; " + pages;
    return damage;
}

}  // namespace wa::sqlite
