#include "kernel/records.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "base/assert.hpp"

namespace wa {

namespace {

// Enough for most, so that a text need not grow.
constexpr std::size_t statement_bytes = 400;
constexpr std::size_t digest_bytes = 1000;

bool is_identifier(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

std::string select_row(std::string_view table) {
    WA_ASSERT(is_identifier(table));
    return std::string("SELECT * FROM ").append(table).append(" WHERE id = $id");
}

std::string insert_row(std::string_view table, const Columns& columns) {
    WA_ASSERT(is_identifier(table));
    std::string text, values;
    text.reserve(statement_bytes);
    values.reserve(statement_bytes);
    text.append("INSERT INTO ").append(table);
    for (const auto& column : columns) {
        WA_ASSERT(is_identifier(column.name));
        text.append(values.empty() ? " (" : ", ").append(column.name);
        values.append(values.empty() ? "$" : ", $").append(column.name);
    }
    return text.append(") VALUES (").append(values).append(")");
}

std::string update_row(std::string_view table, const Columns& columns) {
    WA_ASSERT(is_identifier(table));
    std::string text;
    text.reserve(statement_bytes);
    text.append("UPDATE ").append(table).append(" SET ");
    for (const auto& column : columns) {
        WA_ASSERT(is_identifier(column.name));
        if (&column != &columns.front()) text += ", ";
        text.append(column.name).append(" = $").append(column.name);
    }
    return text.append(" WHERE id = $id");
}

void append(std::string& out, std::string_view text) {
    std::array<char, 8> size;
    for (std::size_t i = 0; i < size.size(); ++i) size[i] = char(std::uint64_t(text.size()) >> 8 * i);
    out.append(size.data(), size.size()).append(text);
}

void append(std::string& out, const Value& value) {
    out += char('0' + value.index());
    if (const auto* number = std::get_if<std::int64_t>(&value))
        append(out, std::string_view(std::to_string(*number)));
    if (const auto* text = std::get_if<std::string>(&value)) append(out, std::string_view(*text));
    if (const auto* bytes = std::get_if<Bytes>(&value)) append(out, as_view(*bytes));
}

/// What the digest of a row is taken of: its columns in order of their names.
class DigestText {
  public:
    explicit DigestText(std::string_view table) {
        text_.reserve(digest_bytes);
        append(text_, table);
    }
    void add(std::string_view name, const Value& value) {
        // An empty column counts as none: a schema step may add columns without touching what was proved.
        if (std::holds_alternative<std::monostate>(value)) return;
        append(text_, name);
        append(text_, value);
    }
    Hash digest(const Key32& key) const { return keyed_hash(key, text_); }

  private:
    std::string text_;
};

/// Whether a column holds the value afterwards just as it was given.
bool is_kept(TableColumn::Kind kind, const Value& value) {
    if (std::holds_alternative<std::int64_t>(value)) return kind == TableColumn::Kind::integer;
    if (std::holds_alternative<std::string>(value)) return kind == TableColumn::Kind::text;
    if (std::holds_alternative<Bytes>(value)) return kind == TableColumn::Kind::bytes;
    return true;
}

/// What a column holds once these are written; null where the store may have put something else there.
/// @param before the row as it stood; null: it is a new one
const Value* value_after(const TableColumn& column, const Columns& written, const Row* before) {
    static const Value nothing;
    if (column.kind == TableColumn::Kind::other) return nullptr;
    for (const auto& given : written)
        if (given.name == column.name) return is_kept(column.kind, given.value) ? &given.value : nullptr;
    if (before) return &before->at(column.name);
    return column.has_default ? nullptr : &nothing;
}

}  // namespace

Hash row_digest(const Key32& digest_key, std::string_view table, const Row& row) {
    std::vector<std::size_t> order(row.names().size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return row.names()[a] < row.names()[b]; });
    DigestText text(table);
    for (const auto i : order) text.add(row.names()[i], row.values()[i]);
    return text.digest(digest_key);
}

std::optional<Row> read_row(Transaction& tx, std::string_view table, std::string_view id) {
    auto rows = tx.query({"read row", select_row(table)}, {{"id", std::string(id)}});
    if (rows.empty()) return std::nullopt;
    return std::move(rows.front());
}

void write_row_verbatim(Transaction& tx, std::string_view table, const Columns& columns) {
    std::string set;
    for (const auto& column : columns) {
        if (column.name == "id") continue;
        if (!set.empty()) set += ", ";
        set.append(column.name).append(" = $").append(column.name);
    }
    tx.execute({"write row", insert_row(table, columns) + " ON CONFLICT (id) DO UPDATE SET " + set}, columns);
}

json::object row_to_json(const Row& row) {
    json::object out;
    for (std::size_t i = 0; i < row.names().size(); ++i) {
        const auto& value = row.values()[i];
        auto& target = out[row.names()[i]];
        if (const auto* number = std::get_if<std::int64_t>(&value)) target = *number;
        if (const auto* text = std::get_if<std::string>(&value)) target = *text;
        if (const auto* bytes = std::get_if<Bytes>(&value)) target = json::object{{"hex", to_hex(*bytes)}};
    }
    return out;
}

Columns row_from_json(const json::object& object) {
    Columns columns;
    for (const auto& member : object) {
        Value value;
        if (member.value().is_int64()) value = member.value().get_int64();
        if (member.value().is_string()) value = std::string(member.value().get_string());
        if (const auto* nested = member.value().if_object())
            if (auto bytes = from_hex(text_of(*nested, "hex"))) value = std::move(*bytes);
        columns.push_back({std::string_view(member.key().data(), member.key().size()), std::move(value)});
    }
    return columns;
}

Records::Records(Transaction& tx, std::string command_id, const Key32& digest_key)
    : tx_(tx), command_id_(std::move(command_id)), digest_key_(digest_key) {}

std::optional<Row> Records::find(std::string_view table, std::string_view id) {
    auto row = read_row(tx_, table, id);
    if (!row) return row;
    see(table, *row);
    hold(table, *row);
    return row;
}

void Records::hold(std::string_view table, const Row& row) {
    auto& known = known_of(table, row.text("id"));
    if (!known.changed) known.before = row;
}

void Records::see(std::string_view table, const Row& row) {
    Seen seen{std::string(table), row.text("id"), row.text("version")};
    // What this command has itself written is no news to it.
    if (seen.version == command_id_) return;
    if (std::find(seen_.begin(), seen_.end(), seen) == seen_.end()) seen_.push_back(std::move(seen));
}

void Records::insert(std::string_view table, std::string_view id, Columns columns) {
    columns.push_back({"id", std::string(id)});
    columns.push_back({"version", command_id_});
    wrote_ = true;
    tx_.execute({"insert row", insert_row(table, columns)}, columns);
    known_of(table, id) = {true, std::nullopt, digest_after(table, columns, nullptr)};
}

void Records::update(std::string_view table, std::string_view id, Columns columns) {
    columns.push_back({"version", command_id_});
    const auto text = update_row(table, columns);
    columns.push_back({"id", std::string(id)});
    wrote_ = true;
    const auto changed = tx_.execute({"update row", text}, columns);
    WA_ASSERT(changed == 1);
    auto& known = known_of(table, id);
    known = {true, std::nullopt, known.before ? digest_after(table, columns, &*known.before) : std::nullopt};
}

void Records::erase(std::string_view table, std::string_view id) {
    WA_ASSERT(is_identifier(table));
    wrote_ = true;
    tx_.execute({"erase row", "DELETE FROM " + std::string(table) + " WHERE id = $id"},
                {{"id", std::string(id)}});
    known_of(table, id) = {true, std::nullopt, Hash{}};
}

std::int64_t Records::execute_unjournalled(const Statement& statement, std::span<const Param> params) {
    wrote_ = true;
    return tx_.execute(statement, params);
}

void Records::about(std::string_view type, std::string_view id) {
    Subject subject{std::string(type), std::string(id)};
    // A handler names the same one again within a few others; an import names thousands, each once. The
    // journal takes each once whatever comes.
    constexpr std::ptrdiff_t near = 50;
    const auto from = subjects_.end() - std::min(near, std::ssize(subjects_));
    if (std::find(from, subjects_.end(), subject) == subjects_.end()) subjects_.push_back(std::move(subject));
}

Records::Known& Records::known_of(std::string_view table, std::string_view id) {
    return known_[{std::string(table), std::string(id)}];
}

void Records::show_again(std::string_view table, std::string_view id) {
    known_of(table, id).changed = true;
}

std::optional<Hash> Records::digest_after(std::string_view table, const Columns& written, const Row* before) {
    const auto& columns = tx_.columns_of(table);
    if (before && before->names().size() != columns.size()) return std::nullopt;
    DigestText text(table);
    for (const auto& column : columns) {
        const auto* value = value_after(column, written, before);
        if (!value) return std::nullopt;
        text.add(column.name, *value);
    }
    return text.digest(digest_key_);
}

std::vector<RowChange> Records::changes() {
    std::vector<RowChange> out;
    for (const auto& [key, known] : known_) {
        if (!known.changed) continue;
        const auto& [table, id] = key;
        const auto row = known.digest ? std::nullopt : read_row(tx_, table, id);
        const auto stands = row ? row_digest(digest_key_, table, *row) : Hash{};
        out.push_back({table, id, known.digest.value_or(stands)});
    }
    return out;
}

}  // namespace wa
