#include <algorithm>

#include "modules/residence/data.hpp"
#include "modules/residence/exchange/exchange.hpp"
#include "modules/residence/merge.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/search.hpp"

namespace wa::residence {

namespace {

/// What a register writes for "nothing".
bool is_nothing(const json::value& value) {
    return value.is_null() || (value.is_string() && value.get_string().empty()) ||
           (value.is_array() && value.get_array().empty()) || (value.is_int64() && value.get_int64() == 0);
}

bool same_name(const std::string& a, const std::string& b) {
    return name_key(a) == name_key(b);
}

/// Names and birth date as the register has them; the given names at least by the first.
bool is_same_person(const Row& row, const json::object& person) {
    const auto family = text_of(person, "family_name");
    const bool family_fits = same_name(row.text("family_name"), family) ||
                             (!row.text("birth_name").empty() && same_name(row.text("birth_name"), family));
    const auto here = words_of(row.text("given_names")), there = words_of(text_of(person, "given_names"));
    const bool given_fits =
        here.empty() || there.empty() ? here.empty() == there.empty() : same_name(here[0], there[0]);
    const auto tax_here = row.text("tax_id"), tax_there = text_of(person, "tax_id");
    const bool tax_fits = tax_here.empty() || tax_there.empty() || tax_here == tax_there;
    const auto birth_name = text_of(person, "birth_name");
    const bool birth_name_fits =
        birth_name.empty() || row.text("birth_name").empty() || same_name(row.text("birth_name"), birth_name);
    return family_fits && given_fits && tax_fits && birth_name_fits &&
           row.text("birth_date") == text_of(person, "birth_date");
}

bool lives_at(const Rows& dwellings, const std::string& address_key) {
    return std::any_of(dwellings.begin(), dwellings.end(), [&](const Row& row) {
        return !address_key.empty() && row.text("address_key") == address_key;
    });
}

}  // namespace

json::object fill(const json::array& fields, const json::object& facts) {
    json::object out;
    for (const auto& entry : fields) {
        const auto& field = entry.as_object();
        const auto name = text_of(field, "name");
        const auto* value = facts.if_contains(name);
        if (!value || is_nothing(*value)) continue;
        if (value->is_object() && text_of(field, "type") == "group") {
            auto members = fill(array_of(field, "fields"), value->get_object());
            if (!members.empty()) out[name] = std::move(members);
        } else if (value->is_array() && text_of(field, "type") == "list") {
            json::array items;
            for (const auto& item : value->get_array())
                items.push_back(fill(array_of(field, "fields"), item.as_object()));
            out[name] = std::move(items);
        } else {
            out[name] = *value;
        }
    }
    return out;
}

json::object fill(std::string_view message_type, const json::object& facts) {
    const auto* spec = registry().message(message_type);
    WA_ASSERT(spec);
    return fill(spec->fields.declaration(), facts);
}

json::object facts_of(const Row& row) {
    auto facts = row_to_json(row);
    for (const auto* column : {"nationalities"})
        if (auto list = parse_json(text_of(facts, column)); list && list->is_array())
            facts[column] = std::move(*list);
    return facts;
}

void mark_block(json::object& facts, const Row& person) {
    for (const auto& block : blocks_of(person))
        if (block.is_object() && text_of(block.get_object(), "paragraph") == "51")
            facts["information_block"] = true;
}

std::string key_of_address(const json::object& address, const Reference& reference, const Date& on) {
    // A street's key is the other municipality's own; only the name is common.
    const auto named = text_of(address, "street");
    const auto street = named.empty() ? street_name(address, reference, on)
                                      : present_street(named, text_of(address, "ags"), reference, on);
    return address_key(street, integer_of(address, "house_no"), text_of(address, "house_letter"));
}

Meant find_meant(Transaction& tx, const json::object& person, const json::object& address,
                 const Reference& reference, const Date& today) {
    Criteria criteria;
    criteria.family = words_of(text_of(person, "family_name"));
    criteria.given = words_of(text_of(person, "given_names"));
    criteria.birth_date = text_of(person, "birth_date");
    const auto at = key_of_address(address, reference, today);
    Meant meant;
    std::vector<Hit> sure;
    for (auto& hit : find_duplicates(tx, criteria)) {
        // Whose registration was taken back has never lived here: nobody is told anything of them.
        if (hit.person.text("status") == "withdrawn") continue;
        meant.candidates.push_back(hit.person.text("id"));
        if (is_same_person(hit.person, person)) sure.push_back(std::move(hit));
    }
    if (sure.size() > 1) {
        std::vector<Hit> there;
        for (auto& hit : sure)
            if (lives_at(hit.dwellings, at)) there.push_back(hit);
        if (there.size() == 1) sure = std::move(there);
    }
    meant.several = sure.size() > 1;
    if (sure.size() == 1) meant.person = std::move(sure.front().person);
    return meant;
}

Result<Meant> meant_by(CommandContext& context, const IncomingMessage& message, const json::object& person,
                       const json::object& address) {
    auto meant = find_meant(context.records.tx(), person, address, context.reference, context.today);
    if (!message.chosen_person.empty())
        meant.person =
            context.records.find("person", standing_id(context.records.tx(), message.chosen_person));
    if (meant.person && meant.person->text("status") == "withdrawn")
        return fail(problems::residence_person_not_found);
    if (meant.person && !message.decision.empty()) WA_CHECK(may_change(context, meant.person->text("id")));
    return meant;
}

Received left_open(const Meant& meant, ProblemCode why) {
    Received received;
    received.state = "open";
    received.problem = Problem(why);
    if (meant.person) received.person_id = meant.person->text("id");
    for (const auto& id : meant.candidates) received.candidates.push_back(json::string(id));
    return received;
}

}  // namespace wa::residence
