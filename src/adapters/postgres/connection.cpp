#include "adapters/postgres/connection.hpp"

#include <endian.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "adapters/postgres/named_parameters.hpp"
#include "adapters/postgres/postgres_error.hpp"
#include "base/assert.hpp"

namespace wa::postgres {
namespace {

constexpr std::size_t kStatements = 256;

/// The types our statements return (pg_type.dat; their numbers are fixed for ever).
enum Type : Oid { kBool = 16, kBytes = 17, kName = 19, kInt8 = 20, kInt4 = 23, kText = 25, kVarchar = 1043 };

template <class Number>
Number big_endian(const char* bytes) {
    Number number;
    std::memcpy(&number, bytes, sizeof number);
    if constexpr (sizeof number == 8) return Number(be64toh(std::uint64_t(number)));
    return Number(be32toh(std::uint32_t(number)));
}

bool is_known(Oid type) {
    constexpr std::array known{kBool, kBytes, kName, kInt8, kInt4, kText, kVarchar};
    return std::find(known.begin(), known.end(), type) != known.end();
}

Value column(const PGresult* result, int row, int index) {
    if (PQgetisnull(result, row, index)) return std::monostate{};
    const char* bytes = PQgetvalue(result, row, index);
    const auto size = std::size_t(PQgetlength(result, row, index));
    switch (PQftype(result, index)) {
        case kInt8:
            return big_endian<std::int64_t>(bytes);
        case kInt4:
            return std::int64_t{big_endian<std::int32_t>(bytes)};
        case kBool:
            return std::int64_t{*bytes != 0};
        case kText:
        case kVarchar:
        case kName:
            return std::string(bytes, size);
        case kBytes:
            return Bytes(bytes, bytes + size);
        default:
            break;
    }
    WA_ASSERT(!"statements return whole numbers, texts and bytes");
    return std::monostate{};
}

TableColumn::Kind column_kind(const Row& column) {
    if (column.integer("computed") != 0) return TableColumn::Kind::other;
    switch (column.integer("type")) {
        case kInt8:
        case kInt4:
            return TableColumn::Kind::integer;
        case kText:
            return TableColumn::Kind::text;
        case kBytes:
            return TableColumn::Kind::bytes;
        default:
            return TableColumn::Kind::other;
    }
}

/// Asserts already here that their types are known: a sum becomes NUMERIC where nobody expects it.
std::vector<std::string> column_names(const PGresult* result) {
    std::vector<std::string> names;
    for (int i = 0; i < PQnfields(result); ++i) {
        WA_ASSERT(is_known(PQftype(result, i)) && "statements return whole numbers, texts and bytes");
        names.emplace_back(PQfname(result, i));
    }
    return names;
}

/// The values in the form libpq takes them: numbers and texts as text, bytes as they are.
class Bound {
  public:
    void add(const Value& value, Oid type, std::string_view doing) {
        if (const auto* number = std::get_if<std::int64_t>(&value)) {
            auto& digits = digits_.emplace_back();
            *std::to_chars(digits.data(), digits.data() + digits.size() - 1, *number).ptr = '\0';
            put(digits.data(), 0, 0);
        } else if (const auto* text = std::get_if<std::string>(&value)) {
            // Bytes written as text would be read as an escape sequence.
            WA_ASSERT(type != kBytes && "bytes are given as bytes");
            if (text->find('\0') != std::string::npos)
                throw StoreError(StoreError::Kind::other, fmt::format("{}: a text with U+0000", doing));
            put(text->c_str(), 0, 0);
        } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
            WA_ASSERT((type == kBytes || type == 0) && "bytes are given for bytes");
            // A null pointer would be NULL, also for no bytes at all.
            put(bytes->empty() ? "" : reinterpret_cast<const char*>(bytes->data()), int(bytes->size()), 1);
        } else {
            put(nullptr, 0, 0);
        }
    }
    int count() const { return int(values_.size()); }
    const char* const* values() const { return values_.data(); }
    const int* lengths() const { return lengths_.data(); }
    const int* formats() const { return formats_.data(); }

  private:
    void put(const char* value, int length, int format) {
        values_.push_back(value);
        lengths_.push_back(length);
        formats_.push_back(format);
    }
    std::list<std::array<char, 24>> digits_;
    std::vector<const char*> values_;
    std::vector<int> lengths_, formats_;
};

Bound bound(const std::vector<std::string>& names, const std::vector<Oid>& types, const Statement& statement,
            std::span<const Param> params) {
    Bound out;
    for (std::size_t i = 0; i < names.size(); ++i) {
        // Mostly they come in the order of the statement.
        auto given = i < params.size() && params[i].name == names[i]
                         ? params.begin() + std::ptrdiff_t(i)
                         : std::find_if(params.begin(), params.end(),
                                        [&](const Param& param) { return param.name == names[i]; });
        WA_ASSERT(given != params.end() && "every parameter of the statement is given");
        out.add(given->value, i < types.size() ? types[i] : 0, statement.name);
    }
    WA_ASSERT(names.size() == params.size() && "the statement has every given parameter, once");
    return out;
}

}  // namespace

Connection::Connection(const PostgresOptions& options) {
    const std::string password(options.password.begin(), options.password.end());
    // A plan made while a table was nearly empty reads it whole, and is kept while it grows: every statement
    // of ours has its index, so reading whole tables is left for where there is none.
    const auto settings = fmt::format(
        "-c search_path=public -c lock_timeout={} -c synchronous_commit={} -c jit=off -c enable_seqscan=off "
        "-c statement_timeout=0 "
        "-c idle_in_transaction_session_timeout=0",
        options.busy_ms, options.synchronous ? "on" : "off");
    connect({"dbname", "dbname", "user", "password", "options"},
            {options.server.c_str(), options.database.c_str(), options.role.c_str(), password.c_str(),
             settings.c_str()});
}

Connection::Connection(const std::string& conninfo, const std::string& database) {
    if (database.empty())
        connect({"dbname"}, {conninfo.c_str()});
    else
        connect({"dbname", "dbname"}, {conninfo.c_str(), database.c_str()});
}

void Connection::connect(const std::vector<const char*>& keys, const std::vector<const char*>& values) {
    static constexpr std::array defaults{
        std::pair{"connect_timeout", "10"}, std::pair{"gssencmode", "disable"},
        std::pair{"target_session_attrs", "read-write"}, std::pair{"client_encoding", "UTF8"},
        std::pair{"application_name", "wanderamt"}};
    std::vector<const char*> all_keys, all_values;
    for (const auto& [key, value] : defaults) all_keys.push_back(key), all_values.push_back(value);
    all_keys.insert(all_keys.end(), keys.begin(), keys.end());
    all_values.insert(all_values.end(), values.begin(), values.end());
    all_keys.push_back(nullptr);
    all_values.push_back(nullptr);
    handle_.reset(PQconnectdbParams(all_keys.data(), all_values.data(), 1));
    if (!handle_ || !is_alive()) throw_error(handle(), "connect to PostgreSQL");
    PQsetNoticeProcessor(
        handle(), [](void*, const char*) {}, nullptr);
}

Connection::Result Connection::checked(PGresult* raw, std::string_view doing) {
    Result result(raw);
    const auto status = PQresultStatus(raw);
    if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) return result;
    // No code: the server is gone. 57P…: it is about to go. 08…: the line is.
    const char* code = PQresultErrorField(raw, PG_DIAG_SQLSTATE);
    const std::string_view state = code ? code : "";
    broken_ = broken_ || state.empty() || state.starts_with("57P") || state.starts_with("08");
    if (!is_alive()) throw_error(handle(), doing);
    throw_error(raw, doing);
}

Connection::Prepared& Connection::prepare(const Statement& statement) {
    if (const auto found = by_text_.find(statement.text); found != by_text_.end()) {
        recent_.splice(recent_.begin(), recent_, found->second);
        return recent_.front();
    }
    auto made = numbered(statement.text);
    Prepared prepared{std::string(statement.text), "", std::move(made.text),
                      std::move(made.params),      {}, nullptr};
    if (!has_optional_filters(statement.text)) {
        prepared.server_name = fmt::format("s{}", ++made_);
        const auto* name = prepared.server_name.c_str();
        checked(PQprepare(handle(), name, prepared.numbered.c_str(), 0, nullptr), statement.name);
        const auto described = checked(PQdescribePrepared(handle(), name), statement.name);
        for (int i = 0; i < PQnparams(described.get()); ++i)
            prepared.types.push_back(PQparamtype(described.get(), i));
    }
    if (recent_.size() >= kStatements) {
        if (const auto& oldest = recent_.back(); !oldest.server_name.empty())
            run_script("forget statement", "DEALLOCATE " + oldest.server_name);
        by_text_.erase(recent_.back().text);
        recent_.pop_back();
    }
    recent_.push_front(std::move(prepared));
    by_text_.emplace(recent_.front().text, recent_.begin());
    return recent_.front();
}

Connection::Result Connection::run(const Statement& statement, std::span<const Param> params,
                                   Prepared*& prepared) {
    prepared = &prepare(statement);
    const auto values = bound(prepared->params, prepared->types, statement, params);
    constexpr int binary = 1;
    auto* raw = prepared->server_name.empty()
                    ? PQexecParams(handle(), prepared->numbered.c_str(), values.count(), nullptr,
                                   values.values(), values.lengths(), values.formats(), binary)
                    : PQexecPrepared(handle(), prepared->server_name.c_str(), values.count(), values.values(),
                                     values.lengths(), values.formats(), binary);
    return checked(raw, statement.name);
}

Rows Connection::query(const Statement& statement, std::span<const Param> params) {
    Prepared* prepared = nullptr;
    const auto result = run(statement, params, prepared);
    const int columns = PQnfields(result.get()), count = PQntuples(result.get());
    if (!prepared->columns)
        prepared->columns = std::make_shared<const std::vector<std::string>>(column_names(result.get()));
    Rows rows;
    rows.reserve(std::size_t(count));
    for (int row = 0; row < count; ++row) {
        std::vector<Value> values;
        values.reserve(std::size_t(columns));
        for (int i = 0; i < columns; ++i) values.push_back(column(result.get(), row, i));
        rows.emplace_back(prepared->columns, std::move(values));
    }
    return rows;
}

std::int64_t Connection::execute(const Statement& statement, std::span<const Param> params) {
    Prepared* prepared = nullptr;
    const auto result = run(statement, params, prepared);
    // "INSERT 0 1", "UPDATE 2", "SELECT 7": rows that were read are not changed.
    const std::string_view tag = PQcmdStatus(result.get());
    if (tag.starts_with("SELECT")) return 0;
    const std::string_view digits = PQcmdTuples(result.get());
    std::int64_t changed = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), changed);
    return changed;
}

const TableColumns& Connection::columns_of(std::string_view table) {
    if (const auto known = tables_.find(table); known != tables_.end()) return known->second;
    TableColumns columns;
    for (const Row& row :
         query({"columns of a table",
                "SELECT attname::text AS name, atttypid::bigint AS type, "
                "atthasdef OR attidentity <> '' AS filled, attgenerated <> '' OR EXISTS "
                "(SELECT 1 FROM pg_trigger WHERE tgrelid = attrelid AND NOT tgisinternal) AS computed "
                "FROM pg_attribute WHERE attrelid = to_regclass($table) AND attnum > 0 AND NOT attisdropped "
                "ORDER BY attname::text COLLATE \"C\""},
               {{"table", std::string(table)}}))
        columns.push_back({row.text("name"), column_kind(row), row.integer("filled") != 0});
    return tables_.emplace(table, std::move(columns)).first->second;
}

std::string Connection::run_script(std::string_view name, const std::string& text) {
    const auto result = checked(PQexec(handle(), text.c_str()), name);
    return PQcmdStatus(result.get());
}

void Connection::rollback() noexcept {
    if (is_alive() && in_transaction()) Result(PQexec(handle(), "ROLLBACK"));
}

void Connection::forget_statements() {
    by_text_.clear();
    recent_.clear();
    tables_.clear();
    run_script("forget statements", "DEALLOCATE ALL");
}

}  // namespace wa::postgres
