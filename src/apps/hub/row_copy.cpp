#include "apps/hub/row_copy.hpp"

#include <fmt/format.h>

#include <deque>
#include <set>

#include "apps/service/wiring.hpp"
#include "base/assert.hpp"
#include "kernel/data.hpp"
#include "kernel/records.hpp"

namespace wa::hub {

namespace {

constexpr std::int64_t page_rows = 500;
constexpr std::size_t statement_rows = 16;

std::string joined(const std::vector<std::string>& names, const std::string& before = "") {
    std::string out;
    for (const auto& name : names) out += (out.empty() ? "" : ", ") + before + '"' + name + '"';
    return out;
}

/// One statement for several rows: a server is asked once for all of them.
class Inserter {
  public:
    Inserter(std::string table, std::vector<std::string> columns)
        : table_(std::move(table)),
          columns_(std::move(columns)),
          many_(text(statement_rows)),
          one_(text(1)) {}

    void write(Transaction& to, const Rows& rows) {
        std::size_t at = 0;
        for (; at + statement_rows <= rows.size(); at += statement_rows)
            write(to, rows, at, statement_rows, many_);
        for (; at < rows.size(); ++at) write(to, rows, at, 1, one_);
    }

  private:
    std::string text(std::size_t rows) {
        std::string out = fmt::format(R"(INSERT INTO "{}" ({}) VALUES )", table_, joined(columns_));
        for (std::size_t row = 0; row < rows; ++row) {
            out += row == 0 ? "(" : ", (";
            for (std::size_t column = 0; column < columns_.size(); ++column)
                out += (column == 0 ? "$" : ", $") + param(row * columns_.size() + column);
            out += ")";
        }
        return out;
    }
    const std::string& param(std::size_t number) {
        while (params_.size() <= number) params_.push_back(fmt::format("p{}", params_.size()));
        return params_[number];
    }
    void write(Transaction& to, const Rows& rows, std::size_t from, std::size_t count,
               const std::string& text) {
        Params params;
        params.reserve(count * columns_.size());
        for (std::size_t row = 0; row < count; ++row)
            for (const auto& value : rows[from + row].values())
                params.push_back({param(params.size()), value});
        to.execute({"copy rows", text}, params);
    }

    std::string table_;
    std::vector<std::string> columns_;
    std::deque<std::string> params_;  ///< names stay where they are
    std::string many_, one_;
};

class Summing {
  public:
    void add(const std::string& table, const Rows& rows) {
        for (const auto& row : rows) digest_.add(row_digest(Key32(), table, row));
        rows_ += std::int64_t(rows.size());
    }
    TableSum finish() { return {rows_, digest_.finish()}; }

  private:
    std::int64_t rows_ = 0;
    Sha256 digest_;
};

}  // namespace

std::vector<SchemaStep> steps_of(Transaction& tx) {
    std::set<std::string, std::less<>> applied;
    for (const auto& row : tx.query(sql::kernel::applied_schema_steps)) applied.insert(row.text("name"));
    auto steps = service::full_registry().schema();
    std::erase_if(steps, [&](const SchemaStep& step) { return applied.count(step.name) == 0; });
    return steps;
}

std::vector<std::string> tables_in_order(Transaction& tx) {
    std::vector<std::string> names{"schema_step"};
    constexpr std::string_view make = "CREATE TABLE ";
    for (const auto& step : steps_of(tx))
        for (auto at = step.text.find(make); at != step.text.npos; at = step.text.find(make, at + 1)) {
            const auto from = at + make.size();
            names.emplace_back(step.text.substr(from, step.text.find_first_of(" (", from) - from));
        }
    return names;
}

void read_table(Transaction& tx, const Statement& keys, const std::string& table,
                const std::function<void(const Rows&)>& page) {
    std::vector<std::string> key;
    for (const auto& row : tx.query(keys, {{"table", table}})) key.push_back(row.text("name"));
    WA_ASSERT(!key.empty() && "every table has a primary key");
    std::vector<std::string> params;
    for (std::size_t i = 0; i < key.size(); ++i) params.push_back(fmt::format("key{}", i));
    std::string list;
    for (const auto& param : params) list += (list.empty() ? "$" : ", $") + param;
    const auto order = joined(key);
    const auto first = fmt::format(R"(SELECT * FROM "{}" ORDER BY {} LIMIT $rows)", table, order);
    const auto next = fmt::format(R"(SELECT * FROM "{}" WHERE ({}) > ({}) ORDER BY {} LIMIT $rows)", table,
                                  order, list, order);
    Params after;
    for (;;) {
        auto given = after;
        given.push_back({"rows", page_rows});
        const auto rows = tx.query({"read page", after.empty() ? first : next}, given);
        if (!rows.empty()) page(rows);
        if (std::int64_t(rows.size()) < page_rows) return;
        after.clear();
        for (std::size_t i = 0; i < key.size(); ++i) after.push_back({params[i], rows.back().at(key[i])});
    }
}

StoreSum copy_rows(Transaction& from, const Statement& from_keys, Store& to) {
    StoreSum sums;
    {
        // The steps were noted just now; what counts is when they were taken.
        const auto tx = to.begin_write();
        tx->execute({"forget steps", "DELETE FROM schema_step"});
        tx->commit();
    }
    for (const auto& table : tables_in_order(from)) {
        Summing sum;
        std::unique_ptr<Inserter> inserter;
        read_table(from, from_keys, table, [&](const Rows& rows) {
            if (!inserter) inserter = std::make_unique<Inserter>(table, rows.front().names());
            const auto tx = to.begin_write();
            inserter->write(*tx, rows);
            tx->commit();
            sum.add(table, rows);
        });
        sums[table] = sum.finish();
    }
    return sums;
}

StoreSum sum_of(Transaction& tx, const Statement& keys) {
    StoreSum sums;
    for (const auto& table : tables_in_order(tx)) {
        Summing sum;
        read_table(tx, keys, table, [&](const Rows& rows) { sum.add(table, rows); });
        sums[table] = sum.finish();
    }
    return sums;
}

}  // namespace wa::hub
