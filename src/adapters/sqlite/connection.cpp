#include "adapters/sqlite/connection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstring>
#include <mutex>
#include <set>

#include "adapters/sqlite/optional_filters.hpp"
#include "adapters/sqlite/page_cipher.hpp"
#include "adapters/sqlite/sqlite_error.hpp"
#include "base/assert.hpp"

namespace wa::sqlite {
namespace {

constexpr std::size_t kStatements = 256;
constexpr std::size_t kKeyBytes = 32;

/// Resets a statement when its rows are read or it threw, and lets go of the bound values.
class Reset {
  public:
    explicit Reset(sqlite3_stmt* statement) : statement_(statement) {}
    Reset(const Reset&) = delete;
    Reset& operator=(const Reset&) = delete;
    ~Reset() {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }

  private:
    sqlite3_stmt* statement_;
};

/// Looked up once for type, bytes and size: a connection of one thread need not protect it.
Value column(sqlite3_stmt* statement, int index) {
    auto* value = sqlite3_column_value(statement, index);
    switch (sqlite3_value_type(value)) {
        case SQLITE_INTEGER:
            return std::int64_t{sqlite3_value_int64(value)};
        case SQLITE_TEXT: {
            const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
            return std::string(text, static_cast<std::size_t>(sqlite3_value_bytes(value)));
        }
        case SQLITE_BLOB: {
            const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_value_blob(value));
            const auto size = static_cast<std::size_t>(sqlite3_value_bytes(value));
            return size ? Bytes(bytes, bytes + size) : Bytes();
        }
        case SQLITE_NULL:
            return std::monostate{};
        default:
            break;
    }
    WA_ASSERT(!"no statement returns floating point numbers");
    return std::monostate{};
}

/// Whether the text has that parameter.
bool names(std::string_view text, std::string_view param) {
    const auto name = "$" + std::string(param);
    for (auto at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
        const auto end = at + name.size();
        if (end == text.size() || !(std::isalnum(static_cast<unsigned char>(text[end])) || text[end] == '_'))
            return true;
    }
    return false;
}

/// Whether every parameter stands in the text and is given once.
bool each_once(std::string_view text, std::span<const Param> params) {
    std::set<std::string_view> given;
    return std::all_of(params.begin(), params.end(), [&](const Param& param) {
        return names(text, param.name) && given.insert(param.name).second;
    });
}

TableColumn::Kind column_kind(const Row& column) {
    if (column.integer("computed") != 0) return TableColumn::Kind::other;
    const auto type = column.text("type");
    if (type == "INTEGER") return TableColumn::Kind::integer;
    if (type == "TEXT") return TableColumn::Kind::text;
    return type == "BLOB" ? TableColumn::Kind::bytes : TableColumn::Kind::other;
}

std::vector<std::string> column_names(sqlite3_stmt* statement) {
    std::vector<std::string> names;
    for (int i = 0; i < sqlite3_column_count(statement); ++i)
        names.emplace_back(sqlite3_column_name(statement, i));
    return names;
}

}  // namespace

Connection::Connection(const SqliteOptions& options, Role role) {
    open(options, role);
    if (options.key) set_key(*options.key);
    configure(options, role);
}

void Connection::open(const SqliteOptions& options, Role role) {
    page_cipher();  // a connection knows the ciphers that were known before it
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                      (role == Role::reader ? 0 : SQLITE_OPEN_CREATE);
    const char* vfs = options.disk ? options.disk->vfs_name().c_str() : nullptr;
    sqlite3* handle = nullptr;
    const int code = sqlite3_open_v2(options.path.c_str(), &handle, flags, vfs);
    handle_.reset(handle);
    if (code != SQLITE_OK) throw_error(handle, code, "open the store");
}

void Connection::set_key(const Bytes& key) {
    WA_ASSERT(key.size() == kKeyBytes);
    const int cipher = page_cipher();
    WA_ASSERT(cipher > 0 && sqlite3mc_config(handle(), "cipher", cipher) == cipher);
    const int code = sqlite3_key_v2(handle(), "main", key.data(), static_cast<int>(key.size()));
    if (code != SQLITE_OK) throw_error(handle(), code, "set the key of the store");
}

void Connection::configure(const SqliteOptions& options, Role role) {
    sqlite3_busy_timeout(handle(), options.busy_ms);
    // No statement may reach another file, nor write the schema or the pages directly.
    sqlite3_limit(handle(), SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_db_config(handle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    // One plan for one text: otherwise each "LIMIT $limit" is prepared again whenever it is given a value.
    sqlite3_db_config(handle(), SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
    static std::once_flag memory_security;
    std::call_once(memory_security, [&] { run_script("memory", "PRAGMA memory_security = fill"); });
    const int code = sqlite3_exec(handle(), "PRAGMA schema_version", nullptr, nullptr, nullptr);
    if ((code & 0xff) == SQLITE_NOTADB)
        throw StoreError(StoreError::Kind::damaged, "wrong key or not a store");
    if (code != SQLITE_OK) throw_error(handle(), code, "read the first page");
    run_script("configure", fmt::format("PRAGMA synchronous = {};"
                                        "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"
                                        "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0;"
                                        "PRAGMA cache_size = -4000; PRAGMA journal_size_limit = 33554432;",
                                        options.synchronous_full ? "FULL" : "NORMAL"));
    if (role == Role::reader) {
        run_script("configure", "PRAGMA query_only = ON");
        return;
    }
    if (role == Role::copy) {
        run_script("configure", "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
        return;
    }
    const Rows mode = query({"journal mode", "PRAGMA journal_mode = WAL"});
    if (mode.empty() || mode.front().text("journal_mode") != "wal")
        throw StoreError(StoreError::Kind::other, "the file system of the store allows no write-ahead log");
    run_script("configure", "PRAGMA wal_autocheckpoint = 2000");
}

Connection::Prepared& Connection::prepare(const Statement& statement) {
    if (const auto found = by_text_.find(statement.text); found != by_text_.end()) {
        recent_.splice(recent_.begin(), recent_, found->second);
        return recent_.front();
    }
    Prepared prepared{
        std::string(statement.text), nullptr, {}, nullptr, has_optional_filters(statement.text)};
    sqlite3_stmt* raw = nullptr;
    const char* rest = nullptr;
    const int code =
        sqlite3_prepare_v3(handle(), prepared.text.data(), static_cast<int>(prepared.text.size()),
                           SQLITE_PREPARE_PERSISTENT, &raw, &rest);
    prepared.handle.reset(raw);
    if (code != SQLITE_OK) throw_error(handle(), code, statement.name);
    WA_ASSERT(raw != nullptr);
    WA_ASSERT(std::string_view(rest).find_first_not_of(" \n\t;") == std::string_view::npos &&
              "one statement");
    for (int i = 1; i <= sqlite3_bind_parameter_count(raw); ++i) {
        const char* name = sqlite3_bind_parameter_name(raw, i);
        WA_ASSERT(name != nullptr && name[0] == '$');
        prepared.params.emplace_back(name + 1);
    }
    prepared.columns = std::make_shared<const std::vector<std::string>>(column_names(raw));
    if (recent_.size() >= kStatements) {
        by_text_.erase(recent_.back().text);
        recent_.pop_back();
    }
    recent_.push_front(std::move(prepared));
    by_text_.emplace(recent_.front().text, recent_.begin());
    return recent_.front();
}

Connection::Prepared& Connection::prepare(const Statement& statement, std::span<const Param> params) {
    auto& as_written = prepare(statement);
    if (!as_written.optional_filters) return as_written;
    const auto decided = decided_filters(statement.text, params);
    return prepare({statement.name, decided});
}

void Connection::bind(Prepared& prepared, const Statement& statement, std::span<const Param> params) {
    // By name: SQLite numbers $parameters by their first appearance in the text.
    for (std::size_t i = 0; i < prepared.params.size(); ++i) {
        // Mostly they come in that order.
        const auto given = i < params.size() && params[i].name == prepared.params[i]
                               ? params.begin() + std::ptrdiff_t(i)
                               : std::find_if(params.begin(), params.end(), [&](const Param& param) {
                                     return param.name == prepared.params[i];
                                 });
        WA_ASSERT(given != params.end() && "every parameter of the statement is given");
        bind_one(prepared.handle.get(), static_cast<int>(i) + 1, given->value, statement);
    }
    // The statement's names are distinct, so an equal count leaves none that it does not have, and none
    // twice. A filter that was left out takes parameters with it that stood nowhere else.
    WA_ASSERT((prepared.params.size() == params.size() || each_once(statement.text, params)) &&
              "the statement has every given parameter, once");
}

void Connection::bind_one(sqlite3_stmt* statement_handle, int position, const Value& value,
                          const Statement& statement) {
    int code = SQLITE_OK;
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        code = sqlite3_bind_int64(statement_handle, position, *number);
    } else if (const auto* text = std::get_if<std::string>(&value)) {
        code = sqlite3_bind_text64(statement_handle, position, text->data(), text->size(), SQLITE_STATIC,
                                   SQLITE_UTF8);
    } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
        // A null pointer would be bound as NULL, also for no bytes at all.
        code = bytes->empty() ? sqlite3_bind_zeroblob(statement_handle, position, 0)
                              : sqlite3_bind_blob64(statement_handle, position, bytes->data(), bytes->size(),
                                                    SQLITE_STATIC);
    } else {
        code = sqlite3_bind_null(statement_handle, position);
    }
    if (code != SQLITE_OK) throw_error(handle(), code, statement.name);
}

bool Connection::step(Prepared& prepared, const Statement& statement) {
    const int code = sqlite3_step(prepared.handle.get());
    if (code == SQLITE_ROW) return true;
    if (code != SQLITE_DONE) throw_error(handle(), code, statement.name);
    return false;
}

Rows Connection::query(const Statement& statement, std::span<const Param> params) {
    Prepared& prepared = prepare(statement, params);
    sqlite3_stmt* raw = prepared.handle.get();
    const Reset reset(raw);
    bind(prepared, statement, params);
    Rows rows;
    while (step(prepared, statement)) {
        const int count = sqlite3_column_count(raw);
        // A changed schema is prepared again within the first step.
        if (static_cast<std::size_t>(count) != prepared.columns->size())
            prepared.columns = std::make_shared<const std::vector<std::string>>(column_names(raw));
        std::vector<Value> values;
        values.reserve(static_cast<std::size_t>(count));
        for (int i = 0; i < count; ++i) values.push_back(column(raw, i));
        rows.emplace_back(prepared.columns, std::move(values));
    }
    return rows;
}

std::int64_t Connection::execute(const Statement& statement, std::span<const Param> params) {
    Prepared& prepared = prepare(statement, params);
    const Reset reset(prepared.handle.get());
    bind(prepared, statement, params);
    while (step(prepared, statement)) {
    }
    return sqlite3_stmt_readonly(prepared.handle.get()) ? 0 : sqlite3_changes64(handle());
}

const TableColumns& Connection::columns_of(std::string_view table) {
    if (const auto known = tables_.find(table); known != tables_.end()) return known->second;
    TableColumns columns;
    for (const Row& row : query(
             {"columns of a table",
              "SELECT name, type, dflt_value IS NOT NULL AS filled, hidden <> 0 OR EXISTS "
              "(SELECT 1 FROM sqlite_schema t WHERE t.type = 'trigger' AND t.tbl_name = $table) AS computed "
              "FROM pragma_table_xinfo($table) ORDER BY name"},
             {{"table", std::string(table)}}))
        columns.push_back({row.text("name"), column_kind(row), row.integer("filled") != 0});
    return tables_.emplace(table, std::move(columns)).first->second;
}

void Connection::run_script(std::string_view name, std::string_view text) {
    const std::string script(text);
    const int code = sqlite3_exec(handle(), script.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) throw_error(handle(), code, name);
}

bool Connection::only_reads(const Statement& statement) {
    return sqlite3_stmt_readonly(prepare(statement).handle.get()) != 0;
}

void Connection::rollback() noexcept {
    if (in_transaction()) sqlite3_exec(handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Connection::forget_statements() {
    by_text_.clear();
    recent_.clear();
    tables_.clear();
}

}  // namespace wa::sqlite
