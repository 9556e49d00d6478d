// Values that the declarations of commands and queries accept.
#include <gtest/gtest.h>

#include "adapters/system/system.hpp"
#include "base/source_file_test.hpp"
#include "world.hpp"

namespace wa::refusals {

std::string object_for(const Authority& authority, const std::string& field) {
    const auto it = authority.objects.find(field.substr(0, field.rfind("_id")));
    return it == authority.objects.end() ? authority.objects.at("case") : it->second;
}

bool names_an_id(const json::array& fields) {
    return std::any_of(fields.begin(), fields.end(), [](const json::value& field) {
        const auto type = text_of(field.as_object(), "type");
        return type == "id" || type == "any";
    });
}

namespace {

json::value value_for(const json::object& field, const Reference& reference, const std::string& id) {
    const auto type = text_of(field, "type");
    if (type == "id") return json::string(id);
    if (type == "any") return json::array{json::string(id)};
    if (type == "object") return json::object();
    if (type == "text" || type == "person_name") return "A";
    if (type == "date" || type == "partial_date") return "2026-11-05";
    if (type == "timestamp") return "2026-11-05T12:30:00Z";
    if (type == "integer") return integer_of(field, "min", 1);
    if (type == "boolean") return true;
    if (type == "choice")
        return json::string(text_of(array_of(field, "options").front().as_object(), "value"));
    if (type == "choices")
        return json::array{json::string(text_of(array_of(field, "options").front().as_object(), "value"))};
    if (type == "hash") return json::string(64, 'b');
    if (type == "postcode") return "99101";
    if (type == "house_no") return 1;
    if (type == "tax_id") return "86095742719";
    if (type == "document_serial") return "L01X00T47";
    if (type == "code") return json::string(reference.entries(text_of(field, "list")).front().code);
    if (type == "codes")
        return json::array{json::string(reference.entries(text_of(field, "list")).front().code)};
    if (type == "group") return payload_for(array_of(field, "fields"), reference, id);
    if (type == "list") return json::array{payload_for(array_of(field, "fields"), reference, id)};
    ADD_FAILURE() << "a new type of field: " << type << "; add a value that it accepts here";
    return nullptr;
}

}  // namespace

json::object payload_for(const json::array& fields, const Reference& reference, const std::string& id) {
    json::object payload;
    for (const auto& entry : fields) {
        const auto& field = entry.as_object();
        if (!flag_of(field, "required") && text_of(field, "type") != "id") continue;
        if (field.contains("when")) continue;  // asked for by another answer: payloads.json says what then
        payload[text_of(field, "name")] = value_for(field, reference, id);
    }
    return payload;
}

json::object payload_of(const std::string& name, const json::array& fields, const std::string& id) {
    static const auto more =
        parse_json(system::read_file(source_file("tests/refusals/payloads.json")).value())->as_object();
    const auto& reference = *world().runner(world().testhausen).scope().reference;
    auto payload = payload_for(fields, reference, id);
    for (const auto& value : object_of(more, name)) payload[value.key()] = value.value();
    return payload;
}

}  // namespace wa::refusals
