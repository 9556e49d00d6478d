#include "modules/residence/exchange/form_differences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "base/json_text.hpp"
#include "kernel/procedure/blocks.hpp"
#include "kernel/procedure/expression.hpp"
#include "modules/residence/exchange/exchange.hpp"
#include "modules/residence/names.hpp"

namespace wa::residence {

namespace {

/// The fields a register's block and a form's block have in common, as the form declares them. Of another
/// kind is the street's key: the register has its own municipality's, the form asks for one of our directory.
std::vector<json::object> common_fields(std::string_view register_block, std::string_view form_block) {
    std::vector<json::object> fields;
    for (const auto& ours : array_of(block(form_block), "fields"))
        for (const auto& theirs : array_of(block(register_block), "fields"))
            if (ours.as_object().at("name") == theirs.as_object().at("name") &&
                (ours.as_object().at("type") == "code") == (theirs.as_object().at("type") == "code"))
                fields.push_back(ours.as_object());
    return fields;
}

std::string text_of_code(const Reference& reference, const std::string& list, const json::value& value,
                         const Date& today) {
    if (!value.is_string()) return "";
    const auto code = std::string(value.get_string());
    const auto* entry = reference.code(list, code, today);
    return entry ? entry->text : code;
}

/// A value as people read it.
std::string words(const json::object& field, const json::value* value, const Reference& reference,
                  const Date& today) {
    if (!value || value->is_null()) return "";
    const auto list = text_of(field, "list");
    if (value->is_array()) {
        std::string all;
        for (const auto& item : value->get_array())
            all += (all.empty() ? "" : ", ") + text_of_code(reference, list, item, today);
        return all;
    }
    if (value->is_int64()) return std::to_string(value->get_int64());
    if (!value->is_string()) return json::serialize(*value);
    if (!list.empty()) return text_of_code(reference, list, *value, today);
    const auto text = std::string(value->get_string());
    const auto date = text_of(field, "type").ends_with("date") ? parse_partial_date(text) : std::nullopt;
    return date ? to_german(*date) : text;
}

/// The value of a member; null when nothing stands there.
json::value value_or_nothing(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    return !value || *value == "" || *value == 0 || *value == json::array{} ? json::value(nullptr) : *value;
}

class Differences {
  public:
    /// @param submitted the form when it is complete; null for a draft
    Differences(const Reference& reference, const Date& today, const json::object* submitted)
        : reference_(reference), today_(today), submitted_(submitted) {}

    /// What only one of both says is a difference too: something to fill in, or something that is added.
    void compare(const std::string& prefix, const std::vector<json::object>& fields,
                 const json::object& received, const json::object& said) {
        for (const auto& field : fields) {
            const auto name = text_of(field, "name");
            auto theirs = value_or_nothing(received, name), ours = value_or_nothing(said, name);
            if (theirs == ours || (ours.is_null() && submitted_ && !is_asked(field, said))) continue;
            auto their_words = words(field, &theirs, reference_, today_);
            auto our_words = words(field, &ours, reference_, today_);
            add(prefix + name, text_of(object_of(field, "label"), "de"), {std::move(theirs), their_words},
                {std::move(ours), our_words});
        }
    }

    /// A value and how people read it.
    struct Side {
        json::value value;
        std::string text;
    };
    void add(const std::string& path, const std::string& label, Side received, Side said) {
        list_.push_back(json::object{{"path", path},
                                     {"label", label},
                                     {"received", std::move(received.value)},
                                     {"said", std::move(said.value)},
                                     {"received_text", received.text},
                                     {"said_text", said.text}});
    }
    json::array take() { return std::move(list_); }

  private:
    /// Since when somebody has been married is not asked of who says to be single.
    bool is_asked(const json::object& field, const json::object& said) const {
        const auto* when = field.if_contains("when");
        return !when || holds(*when, {&said, submitted_, today_}) == true;
    }

    const Reference& reference_;
    const Date& today_;
    const json::object* submitted_;
    json::array list_;
};

/// What the form asks beside the block "person" and the register keeps with the person: the AZR number, which
/// no German has.
std::vector<json::object> fields_beside_person() {
    for (const auto& entry : array_of(block("register_person"), "fields")) {
        auto field = entry.as_object();
        if (text_of(field, "name") != "azr_number") continue;
        const json::array german{json::object{{"field", "person.nationalities"}}, "000"};
        field["when"] = json::object{{"not", json::object{{"contains", german}}}};
        return {std::move(field)};
    }
    return {};
}

/// The register there ended the dwelling already: on which day, and which day the person says.
void compare_departure(Differences& differences, const json::object& received, const json::object& said) {
    const auto theirs = text_of(received, "departed_on"), ours = text_of(said, "previous_moved_out");
    if (theirs.empty() || theirs == ours) return;
    const auto side = [](const std::string& day) {
        const auto date = parse_date(day);
        return Differences::Side{day.empty() ? json::value(nullptr) : json::value(day),
                                 date ? to_german(*date) : day};
    };
    differences.add("previous_moved_out", "Auszug aus der bisherigen Wohnung", side(theirs), side(ours));
}

std::string address_words(const json::object& dwelling, const Reference& reference, const Date& today) {
    return address_line(dwelling, street_name(dwelling, reference, today));
}

/// Further dwellings in Germany that the register there knows and the person has not named (BMG § 21 Abs. 4).
/// One entry for all of them: whoever accepts it gets the list of the form with these behind it.
void compare_other_dwellings(Differences& differences, const json::object& received, const json::object& said,
                             const std::vector<json::object>& address_fields, const Reference& reference,
                             const Date& today) {
    std::set<std::string> named;
    const auto key_of = [&](const json::object& dwelling) {
        return text_of(dwelling, "ags") + "|" + key_of_address(dwelling, reference, today);
    };
    for (const auto* block : {"new_dwelling", "previous_dwelling"})
        named.insert(key_of(object_of(said, block)));
    Differences::Side ours{array_of(said, "other_dwellings"), ""};
    const auto add_words = [](std::string& text, const std::string& more) {
        text += (text.empty() ? "" : "; ") + more;
    };
    for (const auto& entry : array_of(said, "other_dwellings")) {
        if (!entry.is_object()) continue;  // a draft may hold anything
        const auto& dwelling = object_of(entry.get_object(), "dwelling");
        named.insert(key_of(dwelling));
        add_words(ours.text, address_words(dwelling, reference, today));
    }
    auto theirs = ours;
    for (const auto& entry : array_of(received, "other_dwellings")) {
        const auto& dwelling = object_of(entry.as_object(), "dwelling");
        if (!named.insert(key_of(dwelling)).second) continue;
        json::object item, block;
        for (const auto& field : address_fields)
            if (const auto name = text_of(field, "name"); !value_or_nothing(dwelling, name).is_null())
                block[name] = dwelling.at(name);
        item["dwelling"] = std::move(block);
        if (const auto since = text_of(entry.as_object(), "moved_in"); !since.empty())
            item["moved_in"] = since;
        theirs.value.as_array().push_back(std::move(item));
        add_words(theirs.text, address_words(dwelling, reference, today));
    }
    if (theirs.value == ours.value) return;
    if (ours.text.empty()) ours.value = nullptr;
    differences.add("other_dwellings", "Weitere Wohnungen in Deutschland", std::move(theirs),
                    std::move(ours));
}

}  // namespace

namespace {

const json::object& item_at(const json::array& persons, std::size_t index) {
    static const json::object nobody;
    return index < persons.size() && persons[index].is_object() ? persons[index].get_object() : nobody;
}

const json::object& said_item(const json::object& form, std::size_t index) {
    return item_at(array_of(form, "persons"), index);
}

bool same_text(const json::object& a, const json::object& b, std::string_view field) {
    return name_key(text_of(a, field)) == name_key(text_of(b, field));
}

bool have_a_given_name_in_common(const json::object& a, const json::object& b) {
    std::set<std::string> names;
    for (const auto& name : words_of(text_of(a, "given_names"), true)) names.insert(name_key(name));
    const auto others = words_of(text_of(b, "given_names"), true);
    return std::any_of(others.begin(), others.end(),
                       [&](const std::string& name) { return names.count(name_key(name)) > 0; });
}

/// Still the same one, though the given names were completed or the birth date put right. Twins are two.
bool put_right(const json::object& asked, const json::object& said) {
    if (text_of(asked, "birth_date") == text_of(said, "birth_date"))
        return have_a_given_name_in_common(asked, said);
    return same_text(asked, said, "given_names") && same_text(asked, said, "family_name");
}

}  // namespace

const json::object& said_person(const json::object& form, std::size_t index) {
    return object_of(said_item(form, index), "person");
}

std::optional<std::size_t> place_of(const json::object& received, const json::array& persons) {
    for (std::size_t i = 0; i < persons.size(); ++i) {
        if (!persons[i].is_object()) continue;
        const auto& said = object_of(persons[i].get_object(), "person");
        if (text_of(said, "birth_date") == text_of(received, "birth_date") &&
            name_key(text_of(said, "given_names")) == name_key(text_of(received, "given_names")))
            return i;
    }
    return std::nullopt;
}

std::optional<std::size_t> asked_about(const Row& request, const json::array& persons) {
    const auto key = object_in(request.text("request_key")), answer = object_in(request.text("form"));
    const auto& asked = object_of(key, "person");
    if (const auto place = place_of(asked, persons)) return place;
    const auto& answered = array_of(answer, "persons");
    if (!answered.empty())
        if (const auto place = place_of(object_of(item_at(answered, 0), "person"), persons)) return place;
    const auto index = std::size_t(request.integer("person_index"));
    const auto& said = object_of(item_at(persons, index), "person");
    return !said.empty() && put_right(asked, said) ? std::optional(index) : std::nullopt;
}

json::array form_differences(const json::object& received, const json::object& said, std::size_t index,
                             const Reference& reference, const Date& today, bool submitted) {
    static const auto person_fields = common_fields("register_person", "person");
    static const auto beside_person = fields_beside_person();
    static const auto address_fields = common_fields("register_address", "dwelling");
    Differences differences(reference, today, submitted ? &said : nullptr);
    const auto& persons = array_of(said, "persons");
    bool first = true;
    for (const auto& entry : array_of(received, "persons")) {
        const auto& member = object_of(entry.as_object(), "person");
        // The first is who was asked for, whatever the spelling.
        const auto place = first ? std::optional(index) : place_of(member, persons);
        first = false;
        if (!place) continue;
        differences.compare(fmt::format("persons.{}.person.", *place), person_fields, member,
                            said_person(said, *place));
        differences.compare(fmt::format("persons.{}.", *place), beside_person, member,
                            said_item(said, *place));
    }
    if (const auto& dwelling = object_of(received, "dwelling"); !dwelling.empty())
        differences.compare("previous_dwelling.", address_fields, dwelling,
                            object_of(said, "previous_dwelling"));
    compare_departure(differences, received, said);
    compare_other_dwellings(differences, received, said, address_fields, reference, today);
    return differences.take();
}

json::array undecided_differences(const json::array& differences, const json::object& form) {
    json::array open;
    for (const auto& entry : differences) {
        const auto& difference = entry.as_object();
        const auto said = text_of(difference, "said_text");
        const auto& decisions = array_of(form, "vms_differences");
        const bool decided = std::any_of(decisions.begin(), decisions.end(), [&](const json::value& value) {
            const auto& one = value.as_object();
            const auto decision = text_of(one, "decision");
            // What was accepted and differs nevertheless was changed since.
            return text_of(one, "path") == text_of(difference, "path") && text_of(one, "said") == said &&
                   (decision == "corrected" || decision == "added");
        });
        if (!decided) open.push_back(difference);
    }
    return open;
}

}  // namespace wa::residence
