// Reading the form of a registration.
#include <algorithm>

#include "modules/residence/names.hpp"
#include "modules/residence/residence.hpp"

namespace wa::residence {

std::string text_or(const json::object& object, std::string_view key, std::string_view otherwise) {
    auto text = text_of(object, key);
    return text.empty() ? std::string(otherwise) : text;
}

const CodeEntry* street_entry(const json::object& dwelling, const Reference& reference, const Date& on) {
    const auto* entry = reference.code("street", text_of(dwelling, "street_key"), on);
    return entry && text_of(entry->extra, "ags") == text_of(dwelling, "ags") ? entry : nullptr;
}

std::string present_street(const std::string& name, const std::string& ags, const Reference& reference,
                           const Date& on) {
    const auto& streets = reference.entries("street");
    if (name.empty() || streets.empty() || text_of(streets.front().extra, "ags") != ags) return name;
    const auto form = street_form(name);
    const CodeEntry* once = nullptr;
    for (const auto& street : streets) {
        if (street_form(street.text) != form) continue;
        if (street.valid_on(on)) return name;
        once = &street;
    }
    const auto* now = once ? reference.code("street", once->code, on) : nullptr;
    return now ? now->text : name;
}

std::string street_name(const json::object& dwelling, const Reference& reference, const Date& on) {
    const auto* entry = street_entry(dwelling, reference, on);
    return entry ? entry->text
                 : present_street(text_of(dwelling, "street"), text_of(dwelling, "ags"), reference, on);
}

bool Mover::has_spouse() const {
    const auto status = text_of(person, "marital_status");
    return status == "VH" || status == "LP";
}

bool Mover::younger_than(int years, const Date& on) const {
    const auto born = parse_partial_date(text_of(person, "birth_date"));
    const auto age = born ? highest_age_on(*born, on) : std::nullopt;
    return age && *age < years;
}

MoveForm::MoveForm(const json::object& given_form, const Reference& reference, const Date& today)
    : form(given_form), new_dwelling(object_of(form, "new_dwelling")) {
    for (const auto& entry : array_of(form, "persons")) {
        if (!entry.is_object()) continue;
        const auto& item = entry.get_object();
        persons.push_back({persons.size(), item, object_of(item, "person"), text_of(item, "family_role")});
    }
    moved_in = text_of(form, "moved_in");
    named_on = street_entry(new_dwelling, reference, today) ? today : parse_date(moved_in).value_or(today);
    street = street_name(new_dwelling, reference, named_on);
    previous_kind = text_of(form, "previous_kind");
    previous_kept = flag_of(form, "previous_kept");
    address_key = residence::address_key(street, integer_of(new_dwelling, "house_no"),
                                         text_of(new_dwelling, "house_letter"));
    dwellings.push_back({&new_dwelling, &object_of(form, "new_use"), moved_in, ""});
    if (previous_kept)
        dwellings.push_back(
            {&object_of(form, "previous_dwelling"), &object_of(form, "previous_use"), "", ""});
    for (const auto& entry : array_of(form, "other_dwellings")) {
        if (!entry.is_object() || !text_of(entry.get_object(), "moved_out").empty()) continue;
        const auto& other = entry.get_object();
        dwellings.push_back(
            {&object_of(other, "dwelling"), &object_of(other, "use"), text_of(other, "moved_in"), ""});
    }
    ground = determine_statuses(form, persons, dwellings, today);
}

const HeldDwelling* MoveForm::held(const json::object& block) const {
    const auto found = std::find_if(dwellings.begin(), dwellings.end(),
                                    [&](const HeldDwelling& one) { return one.block == &block; });
    return found == dwellings.end() ? nullptr : &*found;
}

const Mover* MoveForm::signer() const {
    if (text_of(form, "signer") != "person") return nullptr;
    for (const auto& mover : persons)
        if (persons.size() == 1 || flag_of(mover.item, "signs")) return &mover;
    return nullptr;
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
