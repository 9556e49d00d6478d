// Reading the form of a registration.
#include "modules/residence/names.hpp"
#include "modules/residence/residence.hpp"

namespace wa::residence {

std::string text_or(const json::object& object, std::string_view key, std::string_view otherwise) {
    auto text = text_of(object, key);
    return text.empty() ? std::string(otherwise) : text;
}

std::string street_name(const json::object& dwelling, const Reference& reference, const Date& on) {
    const auto key = text_of(dwelling, "street_key");
    if (!key.empty())
        if (const auto* entry = reference.code("street", key, on)) return entry->text;
    return text_of(dwelling, "street");
}

MoveForm::MoveForm(const json::object& given_form, const Reference& reference)
    : form(given_form), person(object_of(form, "person")), new_dwelling(object_of(form, "new_dwelling")) {
    moved_in = text_of(form, "moved_in");
    street = street_name(new_dwelling, reference, parse_date(moved_in).value_or(Date{2026, 1, 1}));
    previous_kind = text_of(form, "previous_kind");
    previous_kept = flag_of(form, "previous_kept");
    address_key = residence::address_key(street, integer_of(new_dwelling, "house_no"),
                                         text_of(new_dwelling, "house_letter"));
}

std::string MoveForm::new_status() const {
    const bool others = previous_kept || !array_of(form, "other_dwellings").empty();
    if (!others) return "E";
    return text_of(form, "main_dwelling") == "new" ? "H" : "N";
}

std::string MoveForm::previous_status() const {
    return text_of(form, "main_dwelling") == "previous" ? "H" : "N";
}

Columns dwelling_columns(const json::object& block, const Reference& reference, const Date& on) {
    const auto street = street_name(block, reference, on);
    const auto country = text_of(block, "country_foreign");
    json::array lines;
    for (const auto& line : array_of(block, "foreign_lines"))
        if (line.is_object()) lines.push_back(json::string(text_of(line.get_object(), "line")));
    return {{"ags", text_of(block, "ags")},
            {"postcode", text_of(block, "postcode")},
            {"city", text_of(block, "city")},
            {"district", text_of(block, "district")},
            {"street_key", text_of(block, "street_key")},
            {"street", street},
            {"house_no", integer_of(block, "house_no")},
            {"house_letter", text_of(block, "house_letter")},
            {"sub_no", text_of(block, "sub_no")},
            {"addition", text_of(block, "addition")},
            {"floor", text_of(block, "floor")},
            {"apartment_no", text_of(block, "apartment_no")},
            {"country", country == "000" ? std::string() : country},
            {"foreign_lines", json::serialize(lines)},
            {"address_key",
             residence::address_key(street, integer_of(block, "house_no"), text_of(block, "house_letter"))}};
}

}  // namespace wa::residence
