#include "kernel/procedure/expression_operators.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"

namespace wa::expression {

namespace {

Maybe as_value(Truth truth) {
    return truth ? Maybe(json::value(*truth)) : std::nullopt;
}

/// JSON of the browser knows one kind of number, so that 1 and 1.0 are the same.
double as_double(const json::value& number) {
    return number.to_number<double>();
}

bool equal(const json::value& a, const json::value& b) {
    if (a.is_number() && b.is_number()) return as_double(a) == as_double(b);
    if (a.kind() != b.kind()) return false;
    if (const auto* list = a.if_array()) {
        const auto& other = b.get_array();
        return std::equal(list->begin(), list->end(), other.begin(), other.end(), equal);
    }
    if (const auto* object = a.if_object()) {
        const auto& other = b.get_object();
        return object->size() == other.size() &&
               std::all_of(object->begin(), object->end(), [&other](const auto& member) {
                   const auto* twin = other.if_contains(member.key());
                   return twin && equal(member.value(), *twin);
               });
    }
    return a == b;
}

/// An operand of which something can be said: neither missing nor null nor "" (an empty list is a value).
bool is_known(const Maybe& value) {
    return value && !value->is_null() && !(value->is_string() && value->get_string().empty());
}

bool nothing_in(const json::value& value) {
    if (const auto* object = value.if_object()) return object->empty();
    return is_absent(&value);
}

std::optional<std::int64_t> whole_number(const json::value& value) {
    if (!value.is_number()) return std::nullopt;
    const double number = as_double(value);
    if (number != std::floor(number) || std::abs(number) > 9007199254740991.0) return std::nullopt;
    return std::int64_t(number);
}

std::optional<Date> as_date(const Maybe& value) {
    if (!value || !value->is_string()) return std::nullopt;
    return parse_date(view(value->get_string()));
}

std::optional<PartialDate> as_partial_date(const Maybe& value) {
    if (!value || !value->is_string()) return std::nullopt;
    return parse_partial_date(view(value->get_string()));
}

// ---- Comparisons -----------------------------------------------------------------------------------------

struct Span {
    Date first, last;
};
constexpr Span all_days{{1, 1, 1}, {9999, 12, 31}};

/// Every day that a date may mean.
Span span_of(const PartialDate& date) {
    return date.is_unknown() ? all_days : Span{*earliest(date), *latest(date)};
}

/// Whether `low` < `high` (or <= with `or_equal`) is certain, certainly not so, or unknown.
Truth certainly_before(const Span& low, const Span& high, bool or_equal) {
    const auto before = [or_equal](const Date& a, const Date& b) { return or_equal ? a <= b : a < b; };
    if (before(low.last, high.first)) return true;
    if (!before(low.first, high.last)) return false;
    return std::nullopt;
}

Truth before(const Maybe& low, const Maybe& high, bool or_equal) {
    if (!is_known(low) || !is_known(high)) return std::nullopt;
    if (low->is_number() && high->is_number()) {
        const double a = as_double(*low), b = as_double(*high);
        return or_equal ? a <= b : a < b;
    }
    if (!low->is_string() || !high->is_string()) return std::nullopt;
    const auto low_date = as_partial_date(low), high_date = as_partial_date(high);
    const bool partial = (low_date && !low_date->is_complete()) || (high_date && !high_date->is_complete());
    if (partial) {
        if (!low_date || !high_date) return std::nullopt;
        return certainly_before(span_of(*low_date), span_of(*high_date), or_equal);
    }
    // The order of bytes in UTF-8 is the order of code points.
    const int order = view(low->get_string()).compare(view(high->get_string()));
    return or_equal ? order <= 0 : order < 0;
}

Maybe eq(const Operands& on) {
    const auto a = on[0], b = on[1];
    return is_known(a) && is_known(b) ? as_value(equal(*a, *b)) : std::nullopt;
}
Maybe ne(const Operands& on) {
    const auto a = on[0], b = on[1];
    return is_known(a) && is_known(b) ? as_value(!equal(*a, *b)) : std::nullopt;
}
Maybe lt(const Operands& on) {
    return as_value(before(on[0], on[1], false));
}
Maybe le(const Operands& on) {
    return as_value(before(on[0], on[1], true));
}
Maybe gt(const Operands& on) {
    return as_value(before(on[1], on[0], false));
}
Maybe ge(const Operands& on) {
    return as_value(before(on[1], on[0], true));
}

// ---- Logic of Kleene -------------------------------------------------------------------------------------

/// `decisive` is the value that decides alone: false for "and", true for "or".
Maybe combine(const Operands& on, bool decisive) {
    bool all_known = true;
    for (std::size_t i = 0; i < on.count(); ++i) {
        const auto truth = on.truth(i);
        if (truth && *truth == decisive) return json::value(decisive);
        all_known = all_known && truth.has_value();
    }
    return all_known ? Maybe(json::value(!decisive)) : std::nullopt;
}
Maybe and_(const Operands& on) {
    return combine(on, false);
}
Maybe or_(const Operands& on) {
    return combine(on, true);
}
Maybe not_(const Operands& on) {
    const auto truth = on.truth(0);
    return truth ? as_value(!*truth) : std::nullopt;
}

// ---- Presence, lists -------------------------------------------------------------------------------------

bool is_empty(const Maybe& value) {
    return !value || nothing_in(*value);
}
Maybe empty(const Operands& on) {
    return json::value(is_empty(on[0]));
}
Maybe present(const Operands& on) {
    return json::value(!is_empty(on[0]));
}

Maybe count(const Operands& on) {
    const auto value = on[0];
    if (!is_known(value)) return json::value(0);
    if (!value->is_array()) return std::nullopt;
    return json::value(std::int64_t(value->get_array().size()));
}

Maybe length(const Operands& on) {
    const auto value = on[0];
    if (!is_known(value) || !value->is_string()) return std::nullopt;
    return json::value(std::int64_t(din_length(view(value->get_string()))));
}

bool holds_item(const json::array& list, const json::value& item) {
    return std::any_of(list.begin(), list.end(), [&item](const auto& entry) { return equal(entry, item); });
}
Maybe in(const Operands& on) {
    const auto item = on[0], list = on[1];
    if (!is_known(item) || !list || !list->is_array()) return std::nullopt;
    return json::value(holds_item(list->get_array(), *item));
}
Maybe contains(const Operands& on) {
    const auto whole = on[0], part = on[1];
    if (!is_known(whole) || !is_known(part)) return std::nullopt;
    if (whole->is_array()) return json::value(holds_item(whole->get_array(), *part));
    if (!whole->is_string() || !part->is_string()) return std::nullopt;
    return json::value(view(whole->get_string()).find(view(part->get_string())) != std::string_view::npos);
}

Maybe overlaps(const Operands& on) {
    const auto a = on[0], b = on[1];
    if (!a || !a->is_array() || !b || !b->is_array()) return std::nullopt;
    const auto& items = a->get_array();
    return json::value(std::any_of(items.begin(), items.end(),
                                   [&b](const auto& item) { return holds_item(b->get_array(), item); }));
}

// ---- Items of a list -------------------------------------------------------------------------------------

/// Of how many items the second operand is true, false, unknown.
struct Tally {
    std::int64_t yes = 0, no = 0, unknown = 0;
};

/// Empty when the first operand is no list; what is absent has no items. An item that is no object has
/// nothing to look up: it is unknown what holds of it.
std::optional<Tally> tally(const Operands& on) {
    const auto list = on[0];
    if (!is_known(list)) return Tally{};
    if (!list->is_array()) return std::nullopt;
    Tally counted;
    for (const auto& entry : list->get_array()) {
        const auto* item = entry.if_object();
        const auto truth = item ? on.truth_for(*item, 1) : std::nullopt;
        ++(!truth ? counted.unknown : *truth ? counted.yes : counted.no);
    }
    return counted;
}

Maybe any(const Operands& on) {
    const auto items = tally(on);
    if (!items || (items->yes == 0 && items->unknown > 0)) return std::nullopt;
    return json::value(items->yes > 0);
}
Maybe all(const Operands& on) {
    const auto items = tally(on);
    if (!items || (items->no == 0 && items->unknown > 0)) return std::nullopt;
    return json::value(items->no == 0);
}
Maybe count_where(const Operands& on) {
    const auto items = tally(on);
    if (!items || items->unknown > 0) return std::nullopt;
    return json::value(items->yes);
}

// ---- Days ------------------------------------------------------------------------------------------------

Maybe add_days_(const Operands& on) {
    const auto date = as_date(on[0]);
    const auto days = on[1] ? whole_number(*on[1]) : std::nullopt;
    if (!date || !days) return std::nullopt;
    if (*days < days_between(*date, all_days.first) || *days > days_between(*date, all_days.last))
        return std::nullopt;
    return json::value(to_iso(add_days(*date, *days)));
}

Maybe add_months_(const Operands& on) {
    const auto date = as_date(on[0]);
    const auto months = on[1] ? whole_number(*on[1]) : std::nullopt;
    if (!date || !months) return std::nullopt;
    const std::int64_t here = date->year * std::int64_t{12} + date->month - 1;
    if (*months < 12 - here || *months > 9999 * std::int64_t{12} + 11 - here) return std::nullopt;
    return json::value(to_iso(add_months(*date, int(*months))));
}

/// Known only if every day that the date of birth may mean gives the same age.
Maybe age(const Operands& on) {
    const auto born = as_partial_date(on[0]);
    const auto day = on.count() > 1 ? as_date(on[1]) : std::optional<Date>(on.today());
    if (!born || !day) return std::nullopt;
    const auto days = span_of(*born);
    if (days.last > *day) return std::nullopt;
    const auto oldest = age_on(days.first, *day), youngest = age_on(days.last, *day);
    if (!oldest || oldest != youngest) return std::nullopt;
    return json::value(*oldest);
}

constexpr std::size_t any_number = ~std::size_t{0};
constexpr Operator operators[] = {
    {"eq", 2, 2, eq},
    {"ne", 2, 2, ne},
    {"lt", 2, 2, lt},
    {"le", 2, 2, le},
    {"gt", 2, 2, gt},
    {"ge", 2, 2, ge},
    {"and", 0, any_number, and_},
    {"or", 0, any_number, or_},
    {"not", 1, 1, not_},
    {"empty", 1, 1, empty},
    {"present", 1, 1, present},
    {"in", 2, 2, in},
    {"contains", 2, 2, contains},
    {"overlaps", 2, 2, overlaps},
    {"add_days", 2, 2, add_days_},
    {"add_months", 2, 2, add_months_},
    {"age", 1, 2, age},
    {"count", 1, 1, count},
    {"length", 1, 1, length},
    {"any", 2, 2, any},
    {"all", 2, 2, all},
    {"count_where", 2, 2, count_where},
};

}  // namespace

const Operator* operator_of(std::string_view name) {
    const auto* found = std::find_if(std::begin(operators), std::end(operators),
                                     [name](const auto& candidate) { return candidate.name == name; });
    return found == std::end(operators) ? nullptr : found;
}

}  // namespace wa::expression
