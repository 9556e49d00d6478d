#include "kernel/reference.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "kernel/code_groups.hpp"
#include "kernel/data.hpp"

namespace wa {
json::object read_table(std::string_view name) {
    auto table = parse_json(data::kernel::file(name));
    WA_ASSERT(table && table->is_object());
    return std::move(table->get_object());
}

namespace {

// ---- Reading the tables (part of the program: whatever is wrong in them is a programmer's error)
// ------------

std::optional<Date> read_day(const std::string& text) {
    if (text.empty()) return std::nullopt;
    const auto day = parse_date(text);
    WA_ASSERT(day);
    return day;
}

bool within(const std::optional<Date>& from, const std::optional<Date>& to, const Date& day) {
    return (!from || *from <= day) && (!to || day <= *to);
}

std::vector<std::string_view> split(std::string_view line, char separator) {
    std::vector<std::string_view> parts;
    for (auto at = line.find(separator); at != std::string_view::npos; at = line.find(separator)) {
        parts.push_back(line.substr(0, at));
        line.remove_prefix(at + 1);
    }
    parts.push_back(line);
    return parts;
}

/// Puts one value where it belongs; what has no place of its own becomes part of `extra`.
void put(CodeEntry& entry, std::string_view column, std::string_view value) {
    if (column == "code")
        entry.code = value;
    else if (column == "text")
        entry.text = value;
    else if (column == "valid_from")
        entry.valid_from = read_day(std::string(value));
    else if (column == "valid_to")
        entry.valid_to = read_day(std::string(value));
    else if (!value.empty())
        entry.extra[{column.data(), column.size()}] = json::string_view(value.data(), value.size());
}

std::vector<CodeEntry> read_csv(std::string_view name) {
    auto lines = split(data::kernel::file(name), '\n');
    const auto columns = split(lines.front(), ';');
    std::vector<CodeEntry> entries;
    entries.reserve(lines.size());
    for (std::size_t i = 1; i < lines.size(); ++i) {
        if (lines[i].empty()) continue;
        const auto values = split(lines[i], ';');
        WA_ASSERT(values.size() == columns.size());
        auto& entry = entries.emplace_back();
        for (std::size_t column = 0; column < columns.size(); ++column)
            put(entry, columns[column], values[column]);
        WA_ASSERT(!entry.code.empty() && !entry.text.empty());
    }
    return entries;
}

void read_json_list(std::string_view name, std::vector<CodeEntry>& entries) {
    const auto table = read_table(name);
    for (const auto& value : array_of(table, "entries")) {
        auto& entry = entries.emplace_back();
        for (const auto& member : value.as_object()) {
            const std::string_view key(member.key().data(), member.key().size());
            if (member.value().is_string())
                put(entry, key, text_of(value.get_object(), key));
            else
                entry.extra[member.key()] = member.value();
        }
        if (flag_of(table, "verify")) entry.extra["verify"] = true;
        WA_ASSERT(!entry.code.empty() && !entry.text.empty());
    }
}

/// Something that holds between two days.
template <class T>
struct Valid {
    T value;
    std::optional<Date> from, to;
};

/// All versions of each entry of a table, by the name of the entry.
template <class T>
using Versions = std::map<std::string, std::vector<Valid<T>>, std::less<>>;

template <class T, class Read>
Versions<T> read_versions(std::string_view file, std::string_view list, std::string_view key, Read read) {
    Versions<T> versions;
    const auto table = read_table(file);
    for (const auto& value : array_of(table, list)) {
        const auto& entry = value.as_object();
        const auto name = text_of(entry, key);
        WA_ASSERT(!name.empty() && !text_of(entry, "text").empty() && !text_of(entry, "source").empty());
        versions[name].push_back(
            {read(entry), read_day(text_of(entry, "valid_from")), read_day(text_of(entry, "valid_to"))});
    }
    return versions;
}

/// The version of a day, or null.
template <class T>
const T* version_on(const Versions<T>& versions, std::string_view name, const Date& day) {
    const auto found = versions.find(name);
    if (found == versions.end()) return nullptr;
    for (const auto& version : found->second)
        if (within(version.from, version.to, day)) return &version.value;
    return nullptr;
}

Fee read_fee(const json::object& entry) {
    const auto amount = integer_of(entry, "amount_cents", -1);
    WA_ASSERT(amount >= 0);
    return {text_of(entry, "number"), Cents{amount}, text_of(entry, "law"), flag_of(entry, "verify")};
}

struct Deadline {
    DeadlineRule rule;
    bool saturday_counts = false;
};

Deadline read_deadline(const json::object& entry) {
    Deadline deadline;
    auto& rule = deadline.rule;
    rule.id = text_of(entry, "id");
    rule.law = text_of(entry, "law");
    rule.text = text_of(entry, "text");
    rule.weeks = int(integer_of(entry, "weeks"));
    rule.months = int(integer_of(entry, "months"));
    rule.working_days = int(integer_of(entry, "working_days"));
    rule.verify = flag_of(entry, "verify");
    deadline.saturday_counts = flag_of(entry, "saturday_counts");
    WA_ASSERT((rule.weeks > 0) + (rule.months > 0) + (rule.working_days > 0) == 1);
    return deadline;
}

const Versions<std::int64_t>& all_parameters() {
    static const auto all = read_versions<std::int64_t>(
        "reference/parameters.json", "parameters", "id",
        [](const json::object& entry) { return integer_of(entry, "value", INT64_MIN); });
    return all;
}

Statute read_statute(const json::object& entry) {
    return {text_of(entry, "law"), text_of(entry, "text"), flag_of(entry, "verify")};
}

constexpr int first_gregorian_year = 1583;
constexpr Date last_day{9999, 12, 31};

}  // namespace

/// What is part of the program.
struct Reference::Dated {
    std::shared_ptr<const Reference> lists;  ///< null in a Reference of given lists alone
    Versions<Fee> fees;
    Versions<Deadline> deadlines;
    Versions<std::int64_t> parameters;
    Versions<Statute> statutes;
    json::array holidays;
};

bool CodeEntry::valid_on(const Date& day) const {
    return within(valid_from, valid_to, day);
}

void Reference::add_list(const std::string& name, std::vector<CodeEntry> entries) {
    auto& by_code = by_code_[name];
    for (std::size_t i = 0; i < entries.size(); ++i) by_code[entries[i].code].push_back(i);
    lists_[name] = std::move(entries);
    list_names_.push_back(name);
}

std::shared_ptr<const Reference> Reference::of_lists(
    std::map<std::string, std::vector<CodeEntry>, std::less<>> lists) {
    const std::shared_ptr<Reference> reference(new Reference);
    for (auto& [name, entries] : lists) reference->add_list(name, std::move(entries));
    reference->dated_ = std::make_shared<const Dated>();
    return reference;
}

std::shared_ptr<const Reference> Reference::load(std::string land, std::vector<CodeEntry> streets) {
    // The same for every tenant: read once, and its 12,000 entries kept once.
    static const auto of_program = [] {
        std::map<std::string, std::vector<CodeEntry>, std::less<>> lists;
        for (const char* name : {"nationality", "state", "marital_status", "sex", "office"})
            lists[name] = read_csv("reference/" + std::string(name) + ".csv");
        read_json_list("reference/religion.json", lists["religion"]);
        lists["municipality"] = read_csv("reference/municipality.csv");
        const char* const testland = "reference/testland_municipalities.json";
        read_json_list(testland, lists["municipality"]);
        const auto county = read_table(testland).at("county").as_object();
        lists["county"] = {{text_of(county, "code"), text_of(county, "text"), {}, {}, {}}};

        const auto dated = std::make_shared<Dated>();
        dated->lists = of_lists(std::move(lists));
        dated->fees = read_versions<Fee>("reference/fees.json", "fees", "number", read_fee);
        dated->deadlines =
            read_versions<Deadline>("reference/deadlines.json", "deadlines", "id", read_deadline);
        dated->parameters = all_parameters();
        dated->statutes = read_versions<Statute>("reference/statutes.json", "statutes", "id", read_statute);
        dated->holidays = array_of(read_table("reference/holidays.json"), "holidays");
        WA_ASSERT(!dated->holidays.empty());
        return dated;
    }();
    const std::shared_ptr<Reference> reference(new Reference);
    reference->land_ = std::move(land);
    reference->dated_ = of_program;
    reference->list_names_ = of_program->lists->list_names_;
    // Without a directory of streets this node cannot say whether a street exists; so it has no list at all.
    if (!streets.empty()) reference->add_list("street", std::move(streets));
    return reference;
}

const CodeEntry* Reference::code(std::string_view list, std::string_view code, const Date& on) const {
    const auto by_code = by_code_.find(list);
    if (by_code == by_code_.end()) return dated_->lists ? dated_->lists->code(list, code, on) : nullptr;
    const auto found = by_code->second.find(code);
    if (found == by_code->second.end()) return nullptr;
    const auto& all = lists_.find(list)->second;
    for (const auto place : found->second)
        if (all[place].valid_on(on)) return &all[place];
    return nullptr;
}

bool Reference::has_list(std::string_view list) const {
    return lists_.contains(list) || (dated_->lists && dated_->lists->has_list(list));
}

const std::vector<CodeEntry>& Reference::entries(std::string_view list) const {
    static const std::vector<CodeEntry> none;
    const auto found = lists_.find(list);
    if (found != lists_.end()) return found->second;
    return dated_->lists ? dated_->lists->entries(list) : none;
}

std::optional<Fee> Reference::fee(std::string_view number, const Date& on) const {
    const auto* fee = version_on(dated_->fees, number, on);
    return fee ? std::optional<Fee>(*fee) : std::nullopt;
}

const DeadlineRule* Reference::deadline_rule(std::string_view rule, const Date& on) const {
    const auto* found = version_on(dated_->deadlines, rule, on);
    return found ? &found->rule : nullptr;
}

Date Reference::deadline(std::string_view rule, const Date& event) const {
    const auto* found = version_on(dated_->deadlines, rule, event);
    WA_ASSERT(found);
    const int newest_year = event.year + found->rule.months / 12 + 2;  // with the holidays after the last day
    // Years that a person can type, but in which nothing can be computed.
    if (newest_year > last_day.year) return last_day;
    const auto calendar =
        holiday_calendar(dated_->holidays, land_, std::max(event.year, first_gregorian_year),
                         std::max(newest_year, first_gregorian_year));
    WA_ASSERT(calendar);
    if (found->rule.weeks > 0) return deadline_weeks(event, found->rule.weeks, *calendar);
    if (found->rule.months > 0) return deadline_months(event, found->rule.months, *calendar);
    return deadline_working_days(event, found->rule.working_days, *calendar, found->saturday_counts);
}

std::int64_t Reference::parameter(std::string_view id, const Date& on) const {
    const auto* found = version_on(dated_->parameters, id, on);
    WA_ASSERT(found && *found != INT64_MIN);
    return *found;
}

std::optional<Statute> Reference::statute(std::string_view kind, std::string_view ags, const Date& on) const {
    const auto* found = version_on(dated_->statutes, std::string(kind) + "." + std::string(ags), on);
    return found ? std::optional<Statute>(*found) : std::nullopt;
}

const json::array* built_in_codes(std::string_view group, const Date& on) {
    static const auto all =
        read_versions<json::array>("reference/code_groups.json", "groups", "id",
                                   [](const json::object& entry) { return array_of(entry, "codes"); });
    return version_on(all, group, on);
}

std::optional<std::int64_t> built_in_parameter(std::string_view id, const Date& on) {
    const auto* found = version_on(all_parameters(), id, on);
    return found && *found != INT64_MIN ? std::optional<std::int64_t>(*found) : std::nullopt;
}

}  // namespace wa
