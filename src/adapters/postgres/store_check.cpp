#include "adapters/postgres/store_check.hpp"

#include <fmt/format.h>

#include <memory>
#include <optional>

#include "adapters/postgres/connection.hpp"

namespace wa::postgres {

const Statement list_tables{"tables",
                            "SELECT c.relname::text AS name FROM pg_class c "
                            "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' "
                            "AND c.relname <> 'schema_step' ORDER BY c.relname::text"};

namespace {

std::string quoted(std::string_view name) {
    std::string out = "\"";
    for (const char c : name) out += c == '"' ? "\"\"" : std::string(1, c);
    return out + '"';
}

/// A connection that is opened anew after an error.
class Reopening {
  public:
    explicit Reopening(const PostgresOptions& options) : options_(options) {}

    /// The statement's rows, or the words of the error.
    std::optional<std::string> try_query(const Statement& statement, Rows& rows, const Params& params = {}) {
        try {
            if (!connection_) connection_ = std::make_unique<Connection>(options_);
            rows = connection_->query(statement, params);
            return std::nullopt;
        } catch (const StoreError& error) {
            connection_.reset();
            return error.what();
        }
    }

  private:
    const PostgresOptions& options_;
    std::unique_ptr<Connection> connection_;
};

/// Whether this role may ask the server to compare an index with its table.
bool may_check_indexes(Reopening& store) {
    Rows rows;
    const Statement asked{
        "amcheck",
        "SELECT 1 AS one FROM pg_proc p WHERE p.proname = 'bt_index_check' AND p.pronargs = 2 "
        "AND has_function_privilege(p.oid, 'EXECUTE')"};
    return !store.try_query(asked, rows) && !rows.empty();
}

}  // namespace

std::vector<StoreDamage> check_store(const PostgresOptions& options) {
    Reopening store(options);
    std::vector<StoreDamage> damage;
    Rows tables, rows;
    if (auto error = store.try_query(list_tables, tables)) return {{"pg_class", *error}};
    const bool indexes = may_check_indexes(store);
    for (const Row& table : tables) {
        const auto name = table.text("name");
        // The text of a row needs each of its values, those stored aside included.
        const auto read = fmt::format("SELECT SUM(LENGTH(t::text))::bigint AS n FROM {} t", quoted(name));
        if (auto error = store.try_query({"read table", read}, rows)) damage.push_back({name, *error});
        if (!indexes) continue;
        const Statement compare{"compare indexes",
                                "SELECT bt_index_check(i.indexrelid, true)::text AS checked FROM pg_index i "
                                "WHERE i.indrelid = $table::regclass"};
        if (auto error = store.try_query(compare, rows, {{"table", quoted(name)}}))
            damage.push_back({name, *error});
    }
    return damage;
}

}  // namespace wa::postgres
