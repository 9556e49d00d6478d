#include "kernel/records.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "base/assert.hpp"

namespace wa {

namespace {

bool is_identifier(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

std::string select_row(std::string_view table) {
    WA_ASSERT(is_identifier(table));
    return "SELECT * FROM " + std::string(table) + " WHERE id = $id";
}

std::string insert_row(std::string_view table, const Columns& columns) {
    WA_ASSERT(is_identifier(table));
    std::string names, values;
    for (const auto& column : columns) {
        WA_ASSERT(is_identifier(column.name));
        if (!names.empty()) names += ", ", values += ", ";
        names += column.name;
        values.append("$").append(column.name);
    }
    return "INSERT INTO " + std::string(table) + " (" + names + ") VALUES (" + values + ")";
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

}  // namespace

Hash row_digest(const Key32& digest_key, std::string_view table, const Row& row) {
    std::vector<std::size_t> order(row.names().size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](auto a, auto b) { return row.names()[a] < row.names()[b]; });
    std::string text;
    append(text, table);
    for (auto i : order) {
        // An empty column counts as none: a schema step may add columns without touching what was proved.
        if (std::holds_alternative<std::monostate>(row.values()[i])) continue;
        append(text, std::string_view(row.names()[i]));
        append(text, row.values()[i]);
    }
    return keyed_hash(digest_key, text);
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
    if (row) see(table, *row);
    return row;
}

void Records::see(std::string_view table, const Row& row) {
    Seen seen{std::string(table), row.text("id"), row.text("version")};
    // What this command has itself written is no news to it.
    if (seen.version == command_id_) return;
    if (std::find(seen_.begin(), seen_.end(), seen) == seen_.end()) seen_.push_back(std::move(seen));
}

void Records::insert(std::string_view table, std::string_view id, const Columns& columns) {
    Columns all{{"id", std::string(id)}, {"version", command_id_}};
    all.insert(all.end(), columns.begin(), columns.end());
    tx_.execute({"insert row", insert_row(table, all)}, all);
    note_change(table, id);
}

void Records::update(std::string_view table, std::string_view id, const Columns& columns) {
    WA_ASSERT(is_identifier(table));
    std::string set = "version = $version";
    for (const auto& column : columns) {
        WA_ASSERT(is_identifier(column.name));
        set.append(", ").append(column.name).append(" = $").append(column.name);
    }
    Params all{{"version", command_id_}};
    all.insert(all.end(), columns.begin(), columns.end());
    all.push_back({"id", std::string(id)});
    const auto changed =
        tx_.execute({"update row", "UPDATE " + std::string(table) + " SET " + set + " WHERE id = $id"}, all);
    WA_ASSERT(changed == 1);
    note_change(table, id);
}

void Records::erase(std::string_view table, std::string_view id) {
    WA_ASSERT(is_identifier(table));
    tx_.execute({"erase row", "DELETE FROM " + std::string(table) + " WHERE id = $id"},
                {{"id", std::string(id)}});
    note_change(table, id);
}

std::int64_t Records::execute_unjournalled(const Statement& statement, const Params& params) {
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

void Records::note_change(std::string_view table, std::string_view id) {
    changed_.emplace(std::string(table), std::string(id));
}

std::vector<RowChange> Records::changes() {
    std::vector<RowChange> out;
    for (const auto& [table, id] : changed_) {
        const auto row = read_row(tx_, table, id);
        out.push_back({table, id, row ? row_digest(digest_key_, table, *row) : Hash{}});
    }
    return out;
}

}  // namespace wa
