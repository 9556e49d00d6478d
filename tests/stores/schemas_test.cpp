// The schema is written twice and the statements once: both must come out the same on both stores.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <regex>

#include "adapters/sqlite/connection.hpp"
#include "apps/service/wiring.hpp"
#include "kernel/data.hpp"
#include "modules/exports/data.hpp"
#include "modules/residence/data.hpp"
#include "modules/tours/data.hpp"
#include "places.hpp"

namespace wa::stores {
namespace {

std::vector<Step> whole_schema() {
    const auto& sqlite = service::full_registry().schema();
    const auto& postgres = service::postgres_schema();
    EXPECT_EQ(sqlite.size(), postgres.size()) << "a step is written for one store only";
    std::vector<Step> steps;
    for (std::size_t i = 0; i < std::min(sqlite.size(), postgres.size()); ++i) {
        EXPECT_EQ(sqlite[i].name, postgres[i].name);
        steps.push_back({sqlite[i].name, sqlite[i].text, postgres[i].text});
    }
    return steps;
}

/// How a store describes itself; each statement returns `line`.
struct Catalogue {
    Statement columns, keys, indexes, references;
};

const Catalogue sqlite_catalogue{
    {"columns",
     "SELECT name || ' ' || type || CASE WHEN \"notnull\" OR pk > 0 THEN ' not null' ELSE '' END || "
     "COALESCE(' default ' || dflt_value, '') AS line FROM pragma_table_info($table) ORDER BY cid"},
    {"keys",
     "SELECT 'key ' || group_concat(name) AS line FROM (SELECT name FROM pragma_table_info($table) "
     "WHERE pk > 0 ORDER BY pk)"},
    {"indexes",
     "SELECT CASE WHEN l.\"unique\" THEN 'unique ' ELSE 'index ' END || "
     // What is no column has no name there: such an index is read as it was written.
     "CASE WHEN EXISTS (SELECT 1 FROM pragma_index_info(l.name) WHERE name IS NULL) "
     "THEN replace(substr(s.sql, instr(s.sql, '(')), ', ', ',') ELSE "
     "(SELECT group_concat(name) FROM (SELECT name FROM pragma_index_info(l.name) ORDER BY seqno)) || "
     "CASE WHEN l.partial THEN substr(s.sql, instr(s.sql, ' WHERE ')) ELSE '' END END AS line "
     "FROM pragma_index_list($table) l LEFT JOIN sqlite_schema s ON s.name = l.name "
     "WHERE l.origin <> 'pk' ORDER BY line"},
    {"references",
     "SELECT \"from\" || ' references ' || \"table\" || '(' || \"to\" || ')' AS line "
     "FROM pragma_foreign_key_list($table) ORDER BY line"}};

const Catalogue postgres_catalogue{
    {"columns",
     "SELECT a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || "
     "CASE WHEN a.attnotnull THEN ' not null' ELSE '' END || "
     "COALESCE(' default ' || pg_get_expr(d.adbin, d.adrelid), '') AS line "
     "FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum "
     "WHERE a.attrelid = $table::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"},
    {"keys",
     "SELECT 'key ' || string_agg(pg_get_indexdef(i.indexrelid, k, true), ',' ORDER BY k) AS line "
     "FROM pg_index i, generate_series(1, i.indnkeyatts) k WHERE i.indrelid = $table::regclass AND "
     "i.indisprimary"},
    {"indexes",
     "SELECT CASE WHEN i.indisunique THEN 'unique ' ELSE 'index ' END || "
     "(SELECT string_agg(pg_get_indexdef(i.indexrelid, k, true), ',' ORDER BY k) "
     "FROM generate_series(1, i.indnkeyatts) k) || "
     "COALESCE(' WHERE ' || pg_get_expr(i.indpred, i.indrelid), '') AS line "
     "FROM pg_index i WHERE i.indrelid = $table::regclass AND NOT i.indisprimary ORDER BY line"},
    {"references",
     "SELECT a.attname || ' references ' || c.confrelid::regclass::text || '(' || b.attname || ')' AS line "
     "FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1] "
     "JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1] "
     "WHERE c.conrelid = $table::regclass AND c.contype = 'f' ORDER BY line"}};

/// In words both use.
std::string common(std::string line) {
    static constexpr std::pair<std::string_view, std::string_view> words[]{{" INTEGER", " number"},
                                                                           {" bigint", " number"},
                                                                           {" BLOB", " bytes"},
                                                                           {" bytea", " bytes"},
                                                                           {" TEXT", " text"},
                                                                           {"::text", ""},
                                                                           {"::bigint", ""},
                                                                           {"(", ""},
                                                                           {")", ""},
                                                                           {"\"", ""}};
    for (const auto& [from, to] : words)
        for (auto at = line.find(from); at != line.npos; at = line.find(from, at + to.size()))
            line.replace(at, from.size(), to);
    return line;
}

std::vector<std::string> description(Store& store, const Catalogue& catalogue) {
    std::vector<std::string> lines;
    const auto tx = store.begin_read();
    for (const auto& table : store.tables())
        for (const auto* statement :
             {&catalogue.columns, &catalogue.keys, &catalogue.indexes, &catalogue.references}) {
            std::vector<std::string> part;
            for (const auto& row : tx->query(*statement, {{"table", table}}))
                part.push_back(table + ": " + common(row.text("line")));
            if (statement != &catalogue.columns) std::sort(part.begin(), part.end());
            lines.insert(lines.end(), part.begin(), part.end());
        }
    return lines;
}

std::vector<std::string> described(const std::string& kind, const std::vector<Step>& schema) {
    const auto place = make_place(kind, schema);
    const auto store = place->open();
    store->migrate(place->schema(schema.size()));
    return description(*store, kind == "postgres" ? postgres_catalogue : sqlite_catalogue);
}

TEST(SchemasTest, both_make_the_same_tables_columns_keys_and_indexes) {
    const auto schema = whole_schema();
    const auto sqlite = described("sqlite_memory", schema), postgres = described("postgres", schema);
    EXPECT_GT(sqlite.size(), 300u);
    for (const auto& line : sqlite)
        EXPECT_EQ(std::count(postgres.begin(), postgres.end(), line), 1) << "only in SQLite: " << line;
    for (const auto& line : postgres)
        EXPECT_EQ(std::count(sqlite.begin(), sqlite.end(), line), 1) << "only in PostgreSQL: " << line;
    EXPECT_TRUE(sqlite == postgres) << "the same in another order";
}

/// Whether the two descriptions of this table are the same.
bool differ(const std::vector<std::string>& one, const std::vector<std::string>& other,
            const std::string& table) {
    std::vector<std::string> lines[2];
    for (const auto* all : {&one, &other})
        for (const auto& line : *all)
            if (line.starts_with(table + ": ")) lines[all == &other].push_back(line);
    EXPECT_FALSE(lines[0].empty()) << table;
    return lines[0] != lines[1];
}

TEST(SchemasTest, the_comparison_sees_each_kind_of_difference) {
    const std::vector<Step> schema{
        {"x",
         "CREATE TABLE same (id TEXT PRIMARY KEY) STRICT;"
         "CREATE TABLE same_too (a TEXT NOT NULL DEFAULT '[]' UNIQUE, s TEXT REFERENCES same(id), n INTEGER, "
         "b "
         "BLOB) STRICT;"
         "CREATE INDEX i1 ON same_too(a, n) WHERE n = 1 AND a <> '';"
         "CREATE TABLE other_type (a TEXT) STRICT;"
         "CREATE TABLE other_null (a TEXT NOT NULL) STRICT;"
         "CREATE TABLE other_default (a TEXT DEFAULT 'x') STRICT;"
         "CREATE TABLE other_order (a TEXT, b TEXT) STRICT;"
         "CREATE TABLE other_unique (a TEXT UNIQUE) STRICT;"
         "CREATE TABLE other_key (a TEXT, b TEXT, PRIMARY KEY (a, b)) STRICT;"
         "CREATE TABLE other_filter (a TEXT) STRICT; CREATE INDEX i2 ON other_filter(a) WHERE a <> '';"
         "CREATE TABLE other_index (a TEXT, b TEXT) STRICT; CREATE INDEX i3 ON other_index(a);"
         "CREATE TABLE other_reference (a TEXT REFERENCES same(id)) STRICT;"
         "CREATE TABLE other_name (a TEXT) STRICT",
         "CREATE TABLE same (id TEXT PRIMARY KEY);"
         "CREATE TABLE same_too (a TEXT NOT NULL DEFAULT '[]' UNIQUE, s TEXT REFERENCES same(id), n BIGINT, "
         "b "
         "BYTEA);"
         "CREATE INDEX i1 ON same_too(a, n) WHERE n = 1 AND a <> '';"
         "CREATE TABLE other_type (a BYTEA);"
         "CREATE TABLE other_null (a TEXT);"
         "CREATE TABLE other_default (a TEXT DEFAULT 'y');"
         "CREATE TABLE other_order (b TEXT, a TEXT);"
         "CREATE TABLE other_unique (a TEXT);"
         "CREATE TABLE other_key (a TEXT, b TEXT, PRIMARY KEY (b, a));"
         "CREATE TABLE other_filter (a TEXT); CREATE INDEX i2 ON other_filter(a);"
         "CREATE TABLE other_index (a TEXT, b TEXT); CREATE INDEX i3 ON other_index(b);"
         "CREATE TABLE other_reference (a TEXT);"
         "CREATE TABLE another_name (a TEXT)"}};
    const auto sqlite = described("sqlite_memory", schema), postgres = described("postgres", schema);
    for (const auto* table : {"same", "same_too"}) EXPECT_FALSE(differ(sqlite, postgres, table)) << table;
    for (const auto* table : {"other_type", "other_null", "other_default", "other_order", "other_unique",
                              "other_key", "other_filter", "other_index", "other_reference", "other_name"})
        EXPECT_TRUE(differ(sqlite, postgres, table)) << table;
}

std::vector<Statement> all_statements() {
    std::vector<Statement> all;
    for (const auto* some : {&data::kernel::statements(), &data::residence::statements(),
                             &data::tours::statements(), &data::exports::statements()})
        all.insert(all.end(), some->begin(), some->end());
    return all;
}

TEST(SchemasTest, every_statement_is_understood_by_both) {
    const auto schema = whole_schema();
    const auto place = make_place("postgres", schema);
    const auto store = place->open();
    store->migrate(place->schema(schema.size()));
    SqliteOptions options;
    options.path =
        (std::filesystem::temp_directory_path() / fmt::format("wa-statements-{}", ::getpid())).string();
    open_sqlite_store(options)->migrate(service::full_registry().schema());
    sqlite::Connection sqlite(options, sqlite::Connection::Role::writer);
    static const std::regex parameter("\\$([a-z0-9_]+)");
    for (const auto& statement : all_statements()) {
        EXPECT_NO_THROW(sqlite.only_reads(statement)) << statement.name;
        // Carried out, with nothing for every value: what is left then are the rules of the tables.
        const std::string text(statement.text);
        std::vector<std::string> names;
        for (std::sregex_iterator it(text.begin(), text.end(), parameter), end; it != end; ++it)
            if (std::find(names.begin(), names.end(), (*it)[1]) == names.end()) names.push_back((*it)[1]);
        Params nothing;
        for (const auto& name : names) nothing.push_back({name, std::monostate{}});
        try {
            store->begin_write()->query(statement, nothing);
        } catch (const StoreError& error) {
            EXPECT_NE(std::string(error.what()).find("(PostgreSQL 23"), std::string::npos)
                << statement.name << ": " << error.what();
        }
    }
    for (const auto* end : {"", "-wal", "-shm"}) std::filesystem::remove(options.path + end);
}

}  // namespace
}  // namespace wa::stores
