#include "modules/residence/exchange/form_differences.hpp"

#include <fmt/format.h>

#include "base/assert.hpp"
#include "kernel/procedure/blocks.hpp"
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

class Differences {
  public:
    Differences(const Reference& reference, const Date& today) : reference_(reference), today_(today) {}

    void compare(const std::string& prefix, const std::vector<json::object>& fields,
                 const json::object& received, const json::object& said) {
        for (const auto& field : fields) {
            const auto name = text_of(field, "name");
            const auto* theirs = received.if_contains(name);
            const auto* ours = said.if_contains(name);
            if (!theirs || theirs->is_null() || (ours && *ours == *theirs)) continue;
            const bool said_nothing = !ours || ours->is_null() || *ours == "" || *ours == json::array{};
            const json::value said_value = said_nothing ? json::value(nullptr) : *ours;
            list_.push_back(json::object{{"path", prefix + name},
                                         {"label", text_of(object_of(field, "label"), "de")},
                                         {"received", *theirs},
                                         {"said", said_value},
                                         {"received_text", words(field, theirs, reference_, today_)},
                                         {"said_text", words(field, &said_value, reference_, today_)}});
        }
    }
    json::array take() { return std::move(list_); }

  private:
    const Reference& reference_;
    const Date& today_;
    json::array list_;
};

/// Which of the form's persons a received family member is; the next free place when none.
std::size_t place_of(const json::object& member, const json::array& persons, std::size_t& next_free) {
    for (std::size_t i = 0; i < persons.size(); ++i) {
        if (!persons[i].is_object()) continue;
        const auto& said = object_of(persons[i].get_object(), "person");
        if (text_of(said, "birth_date") == text_of(member, "birth_date") &&
            name_key(text_of(said, "given_names")) == name_key(text_of(member, "given_names")))
            return i;
    }
    return next_free++;
}

}  // namespace

const json::object& said_person(const json::object& form, std::size_t index) {
    const auto& persons = array_of(form, "persons");
    static const json::object nobody;
    if (index >= persons.size() || !persons[index].is_object()) return nobody;
    return object_of(persons[index].get_object(), "person");
}

json::array form_differences(const json::object& received, const json::object& said, std::size_t index,
                             const Reference& reference, const Date& today) {
    static const auto person_fields = common_fields("register_person", "person");
    static const auto address_fields = common_fields("register_address", "dwelling");
    Differences differences(reference, today);
    const auto& persons = array_of(said, "persons");
    std::size_t next_free = std::max(persons.size(), index + 1);
    bool first = true;
    for (const auto& entry : array_of(received, "persons")) {
        const auto& member = object_of(entry.as_object(), "person");
        // The first is who was asked for, whatever the spelling.
        const auto place = first ? index : place_of(member, persons, next_free);
        first = false;
        differences.compare(fmt::format("persons.{}.person.", place), person_fields, member,
                            said_person(said, place));
    }
    if (const auto& dwelling = object_of(received, "dwelling"); !dwelling.empty())
        differences.compare("previous_dwelling.", address_fields, dwelling,
                            object_of(said, "previous_dwelling"));
    return differences.take();
}

}  // namespace wa::residence
