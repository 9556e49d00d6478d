#include "kernel/procedure/field_types.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/identifiers.hpp"
#include "base/ids.hpp"
#include "base/utf8.hpp"
#include "kernel/data.hpp"

namespace wa {
namespace {

std::string_view text_view(const json::string& text) {
    return {text.data(), text.size()};
}

Findings none() {
    return {};
}
Findings one(ProblemCode code, json::object details = {}) {
    return {{std::string(code.name), std::move(details), std::nullopt}};
}
Findings wrong_type() {
    return one(problems::field_wrong_type);
}
Findings unless(bool good, ProblemCode code) {
    return good ? none() : one(code);
}

bool all_of(std::string_view text, std::string_view alphabet) {
    return text.find_first_not_of(alphabet) == std::string_view::npos;
}

// ---- Text ------------------------------------------------------------------------------------------------

/// Positions in answers count DIN 91379 characters from 1.
json::object place(std::size_t position, char32_t code_point) {
    return {{"position", position + 1}, {"code_point", fmt::format("U+{:04X}", std::uint32_t(code_point))}};
}

Findings refused(const TextFault& fault) {
    if (fault.kind == TextFault::Kind::not_nfc) return one(problems::field_not_nfc);
    const bool unseen = fault.kind == TextFault::Kind::invisible;
    return one(unseen ? problems::field_invisible_character : problems::field_letter_not_allowed,
               place(fault.position, fault.code_point));
}

/// Nothing that looks like an empty place stands at either end.
Findings find_blank_end(std::string_view text) {
    constexpr std::string_view blanks[] = {" ", "\t", "\n", "\r", "\u00A0"};
    const auto refused_at = [](std::size_t position, std::string_view blank) {
        return one(problems::field_letter_not_allowed, place(position, utf8::decode(blank, 0).code_point));
    };
    for (const auto blank : blanks)
        if (text.starts_with(blank)) return refused_at(0, blank);
    for (const auto blank : blanks)
        if (text.ends_with(blank)) return refused_at(din_length(text) - 1, blank);
    return none();
}

Findings text(const Field& field, const json::value& value, const FormContext&) {
    if (!value.is_string()) return wrong_type();
    const auto written = text_view(value.get_string());
    auto found = check_field_text(written, field.din, field.max_length);
    if (!found.empty() || field.alphabet.empty()) return found;
    // What stands before the first other sign is ASCII, so that bytes count characters.
    const auto other = written.find_first_not_of(field.alphabet);
    if (other == std::string_view::npos) return none();
    return one(problems::field_letter_not_allowed, place(other, utf8::decode(written, other).code_point));
}

// ---- Days and times --------------------------------------------------------------------------------------

std::string bound(const std::string& limit, const Date& today) {
    return limit == "today" ? to_iso(today) : limit;
}

/// Out of range only if every day that the date may mean is.
Findings in_range(const Field& field, const PartialDate& date, const Date& today) {
    const auto earliest_allowed = bound(field.earliest, today), latest_allowed = bound(field.latest, today);
    const auto first = earliest(date), last = latest(date);
    const bool too_early = last && !earliest_allowed.empty() && to_iso(*last) < earliest_allowed;
    const bool too_late = first && !latest_allowed.empty() && to_iso(*first) > latest_allowed;
    if (!too_early && !too_late) return none();
    return one(problems::field_date_out_of_range,
               {{"earliest", earliest_allowed}, {"latest", latest_allowed}});
}

Findings date(const Field& field, const json::value& value, const FormContext& context) {
    if (!value.is_string()) return wrong_type();
    const auto parsed = parse_date(text_view(value.get_string()));
    return parsed ? in_range(field, *parsed, context.today) : one(problems::field_no_date);
}

Findings partial_date(const Field& field, const json::value& value, const FormContext& context) {
    if (!value.is_string()) return wrong_type();
    const auto parsed = parse_partial_date(text_view(value.get_string()));
    return parsed ? in_range(field, *parsed, context.today) : one(problems::field_no_date);
}

/// "2026-11-05T12:30:00Z", at most six digits of fraction.
bool is_utc_timestamp(std::string_view text) {
    if (text.size() < 20 || text[10] != 'T' || text.back() != 'Z' || !parse_date(text.substr(0, 10)))
        return false;
    const auto fraction = text.substr(19, text.size() - 20);
    if (!fraction.empty() && (fraction[0] != '.' || fraction.size() < 2 || fraction.size() > 7)) return false;
    return parse_timestamp(text).has_value();
}

Findings timestamp(const Field&, const json::value& value, const FormContext&) {
    if (!value.is_string()) return wrong_type();
    return unless(is_utc_timestamp(text_view(value.get_string())), problems::field_no_date);
}

// ---- Numbers ---------------------------------------------------------------------------------------------

/// A whole number that every JSON reader keeps exactly (5.0 is 5).
std::optional<std::int64_t> whole_number(const json::value& value) {
    if (!value.is_number()) return std::nullopt;
    const double number = value.to_number<double>();
    if (number != std::floor(number) || std::abs(number) > 9007199254740991.0) return std::nullopt;
    return std::int64_t(number);
}

Findings integer(const Field& field, const json::value& value, const FormContext&) {
    const auto number = whole_number(value);
    if (!number) return wrong_type();
    if ((!field.min || *number >= *field.min) && (!field.max || *number <= *field.max)) return none();
    json::object limits;
    if (field.min) limits["min"] = *field.min;
    if (field.max) limits["max"] = *field.max;
    return one(problems::field_out_of_range, std::move(limits));
}

Findings boolean(const Field&, const json::value& value, const FormContext&) {
    return value.is_bool() ? none() : wrong_type();
}

/// What was typed stays a text until it is a number: "12a" is a house number that cannot be read.
Findings house_no(const Field&, const json::value& value, const FormContext&) {
    if (!value.is_number() && !value.is_string()) return wrong_type();
    const auto number = whole_number(value);
    return unless(number && *number >= 1 && *number <= 9999, problems::field_house_no);
}

// ---- Choices and codes -----------------------------------------------------------------------------------

Findings choice(const Field& field, const json::value& value, const FormContext&) {
    if (!value.is_string()) return wrong_type();
    const auto option = text_view(value.get_string());
    return unless(std::find(field.options.begin(), field.options.end(), option) != field.options.end(),
                  problems::field_no_option);
}

Findings code(const Field& field, const json::value& value, const FormContext& context) {
    if (!value.is_string()) return wrong_type();
    // A node that lacks the list cannot say; the hub will.
    if (!context.reference || !context.reference->has_list(field.list)) return none();
    if (context.reference->code(field.list, text_view(value.get_string()), context.today)) return none();
    return one(problems::field_not_in_list, {{"list", field.list}});
}

template <Findings (*single)(const Field&, const json::value&, const FormContext&)>
Findings several(const Field& field, const json::value& value, const FormContext& context) {
    const auto* items = value.if_array();
    if (!items) return wrong_type();
    auto findings = count_items(field, items->size());
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < items->size(); ++i) {
        const auto& item = (*items)[i];
        auto found = single(field, item, context);
        if (found.empty() && !seen.insert(text_view(item.get_string())).second)
            found = one(problems::field_repeated);
        if (found.empty()) continue;
        found.front().item = i;
        findings.push_back(std::move(found.front()));
    }
    return findings;
}

// ---- Identifiers -----------------------------------------------------------------------------------------

bool is_id(std::string_view text) {
    return parse_id(text).has_value();
}

bool is_hash(std::string_view text) {
    return text.size() == 64 && all_of(text, "0123456789abcdef");
}

bool is_tax_id(std::string_view text) {
    return tax_id_plausible(text, true);
}

/// Serial of a paper of any kind and country, without check digit; the module that knows the kind asks for
/// more.
bool is_document_serial(std::string_view text) {
    return !text.empty() && text.size() <= 20 && all_of(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
}

template <bool (*matches)(std::string_view), const ProblemCode& otherwise>
Findings pattern(const Field&, const json::value& value, const FormContext&) {
    if (!value.is_string()) return wrong_type();
    return unless(matches(text_view(value.get_string())), otherwise);
}

Findings object(const Field&, const json::value& value, const FormContext&) {
    return value.is_object() ? none() : wrong_type();
}

Findings any(const Field&, const json::value&, const FormContext&) {
    return none();
}

constexpr FieldType types[] = {
    {"text", text},
    {"person_name", text},
    {"date", date},
    {"partial_date", partial_date},
    {"timestamp", timestamp},
    {"integer", integer},
    {"boolean", boolean},
    {"choice", choice},
    {"choices", several<choice>},
    {"code", code},
    {"codes", several<code>},
    {"id", pattern<is_id, problems::field_bad_id>},
    {"hash", pattern<is_hash, problems::field_bad_hash>},
    {"tax_id", pattern<is_tax_id, problems::field_tax_id>},
    {"document_serial", pattern<is_document_serial, problems::field_document_serial>},
    {"postcode", pattern<postcode_ok, problems::field_postcode>},
    {"house_no", house_no},
    {"group", nullptr, FieldType::Kind::group},
    {"list", nullptr, FieldType::Kind::list},
    {"object", object},
    {"any", any},
};

}  // namespace

std::span<const FieldType> field_types() {
    return types;
}

const FieldType* field_type(std::string_view name) {
    const auto* found = std::find_if(std::begin(types), std::end(types),
                                     [name](const auto& type) { return type.name == name; });
    return found == std::end(types) ? nullptr : found;
}

Findings count_items(const Field& field, std::size_t count) {
    const auto items = std::int64_t(count);
    if (field.min_items && items < *field.min_items)
        return one(problems::field_too_few, {{"min", *field.min_items}});
    if (field.max_items && items > *field.max_items)
        return one(problems::field_too_many, {{"max", *field.max_items}});
    return none();
}

Findings check_field_text(std::string_view text, DinType din, std::size_t max_length) {
    if (const auto fault = check_text(text, din)) return refused(*fault);
    if (auto found = find_blank_end(text); !found.empty()) return found;
    if (din_length(text) > max_length) return one(problems::field_too_long, {{"max", max_length}});
    return none();
}

}  // namespace wa
