// The rows of a person in the words in which they are told (residence.disclosure).
#include <algorithm>
#include <map>

#include "kernel/offices.hpp"
#include "kernel/procedure/blocks.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/disclosure.hpp"
#include "modules/residence/letters.hpp"
#include "modules/residence/merge.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/residence.hpp"
#include "modules/residence/search.hpp"

namespace wa::residence {

namespace {

std::string german_of(const json::object& object, std::string_view key) {
    return text_of(object_of(object, key), "de");
}

/// A field by its path ("persons.*.person.sex").
const json::object* field_at(const json::array& fields, std::string_view path) {
    const auto dot = std::min(path.find('.'), path.size());
    auto rest = path.substr(std::min(path.size(), dot + 1));
    if (rest.starts_with("*.")) rest.remove_prefix(2);
    for (const auto& entry : fields) {
        const auto& field = entry.as_object();
        if (text_of(field, "name") == path.substr(0, dot))
            return rest.empty() ? &field : field_at(array_of(field, "fields"), rest);
    }
    return nullptr;
}

const json::object& form_description() {
    return registry().procedure(registration)->description();
}

const json::object* form_field(const std::string& path) {
    for (const auto& section : array_of(form_description(), "sections"))
        if (const auto* field = field_at(array_of(section.as_object(), "fields"), path)) return field;
    return nullptr;
}

/// A column as the form would say it: numbers and lists unfolded; null says nothing.
json::value said_by(const json::object& field, const std::string& text) {
    const auto type = text_of(field, "type");
    if (type == "boolean") return text == "1" ? json::value(true) : json::value();
    if (type == "list" || type == "group" || type == "codes" || type == "choices")
        return parse_json(text).value_or(nullptr);
    return text.empty() ? json::value() : json::value(text);
}

std::string column_as_text(const Row& row, const std::string& name) {
    const auto* number = std::get_if<std::int64_t>(&row.at(name));
    return number ? std::to_string(*number) : row.text(name);
}

/// A moment, in milliseconds or as text.
std::string moment(const Row& row, const std::string& name) {
    const auto* number = std::get_if<std::int64_t>(&row.at(name));
    const auto at = number ? std::optional(Timestamp{*number}) : parse_timestamp(row.text(name));
    return !at || at->ms == 0 ? "" : to_german(*at);
}

/// That witnesses are protected nothing shows (BMG § 53; handbook § 11).
std::string blocks_in_words(const json::array& blocks) {
    std::string all;
    for (const auto& entry : blocks) {
        if (!entry.is_object()) continue;
        const auto& block = entry.get_object();
        const auto paragraph = text_of(block, "paragraph"), until = text_of(block, "until");
        if (paragraph == "53") continue;
        all += (all.empty() ? "" : "\n") + text_of(block, "text") +
               (paragraph.empty() ? "" : " (BMG § " + paragraph + ")") +
               (until.empty() ? "" : ", bis " + german_date(until));
    }
    return all;
}

/// Who lets the dwelling. Where they live, and whom else they confirmed, is about others.
std::string lessor_in_words(const std::string& text) {
    const auto parsed = parse_json(text);
    if (!parsed || !parsed->is_object()) return {};
    const auto& lessor = parsed->get_object();
    std::string all;
    const auto say = [&](const char* what, const std::string& value) {
        if (!value.empty()) all += (all.empty() ? "" : "\n") + std::string(what) + value;
    };
    say("", text_of(lessor, "lessor_name"));
    say("Eigentümer: ", text_of(lessor, "owner_name"));
    for (const auto& option : array_of(*form_field("lessor.lessor_form"), "options"))
        if (text_of(option.as_object(), "value") == text_of(lessor, "lessor_form"))
            say("Bestätigung: ", german_of(option.as_object(), "label"));
    say("bestätigter Einzug: ", german_date(text_of(lessor, "lessor_moved_in")));
    return all;
}

/// Labels of what a message says, each once; not its values, which may be about others, too.
void add_labels(const json::array& fields, const json::object& payload, std::vector<std::string>& labels) {
    for (const auto& entry : fields) {
        const auto& field = entry.as_object();
        const auto* value = payload.if_contains(text_of(field, "name"));
        if (!value || value->is_null()) continue;
        const auto& members = array_of(field, "fields");
        if (value->is_object()) {
            add_labels(members, value->get_object(), labels);
        } else if (value->is_array() && !members.empty()) {
            for (const auto& item : value->get_array())
                if (item.is_object()) add_labels(members, item.get_object(), labels);
        } else if (const auto label = german_of(field, "label");
                   std::find(labels.begin(), labels.end(), label) == labels.end()) {
            labels.push_back(label);
        }
    }
}

std::string payload_in_words(const Row& message) {
    const auto payload = parse_json(message.text("payload"));
    const auto* spec = registry().message(message.text("message_type"));
    if (!payload || !payload->is_object() || payload->get_object().empty() || !spec)
        return "nicht mehr gespeichert";
    std::vector<std::string> labels;
    add_labels(with_blocks(array_of(spec->declaration, "fields")), payload->get_object(), labels);
    std::string all;
    for (const auto& label : labels) all += (all.empty() ? "" : ", ") + label;
    return all;
}

/// As the leaflet of Art. 13 names them.
std::string recipient_kind(const std::string& message_type) {
    for (const auto& entry : array_of(form_description(), "recipients"))
        if (text_of(entry.as_object(), "message") == message_type)
            return german_of(entry.as_object(), "recipient");
    const auto* spec = registry().message(message_type);
    return spec && spec->to != "*" ? spec->to : "Stelle, der die Angabe vorher mitgeteilt war";
}

std::string zone_field(const std::string& name) {
    for (const auto& [type, message] : registry().messages())
        for (const auto& field : message.fields.declaration())
            if (field.as_object().contains("zone") && text_of(field.as_object(), "name") == name)
                return german_of(field.as_object(), "label");
    return name;
}

std::string zone_value(const std::string& text) {
    const auto value = parse_json(text);
    if (value && value->is_bool()) return value->get_bool() ? "ja" : "nein";
    return value && value->is_string() ? std::string(value->get_string()) : text;
}

std::string evidence(const std::string& kind) {
    for (const auto& entry : array_of(form_description(), "evidence"))
        if (text_of(entry.as_object(), "id") == kind) return german_of(entry.as_object(), "title");
    return {};
}

std::string procedure_title(const std::string& id) {
    const auto* procedure = registry().procedure(id);
    return procedure ? procedure->title() : id;
}

/// Where something comes from, and not who in the office found out: staff are no recipients
/// (disclosure.json).
std::string source_in_words(const Reference& reference, const Date& on, const std::string& source) {
    return office_in_words(reference, on, source.substr(0, source.rfind(proposed_by)));
}

using Teller = std::string (*)(const Row&, const std::string& column);

/// Words of a column that needs its row or nothing else (`as` of disclosure.json).
const std::map<std::string, Teller> tellers{
    {"date", [](const Row& row, const std::string& name) { return german_date(row.text(name)); }},
    {"moment", moment},
    {"yes", [](const Row& row,
               const std::string& name) { return std::string(row.integer(name) == 1 ? "ja" : "nein"); }},
    {"address", [](const Row& row, const std::string&) { return address_line(row); }},
    {"usual_name",
     [](const Row& row, const std::string& name) {
         return marked_name(row.text("given_names"), row.integer(name));
     }},
    {"blocks", [](const Row& row, const std::string& name) { return blocks_in_words(blocks_of(row, name)); }},
    {"lessor", [](const Row& row, const std::string& name) { return lessor_in_words(row.text(name)); }},
    {"relation", [](const Row& row, const std::string& name) { return relation_text(row.text(name)); }},
    {"unblocked",
     [](const Row& row, const std::string& name) {
         return is_blocked(row, "other_blocks") ? std::string() : row.text(name);
     }},
    {"unblocked_date",
     [](const Row& row, const std::string& name) {
         return is_blocked(row, "other_blocks") ? std::string() : german_date(row.text(name));
     }},
    {"field", [](const Row& row, const std::string& name) { return field_text(row.text(name)); }},
    {"zone_field", [](const Row& row, const std::string& name) { return zone_field(row.text(name)); }},
    {"zone_value", [](const Row& row, const std::string& name) { return zone_value(row.text(name)); }},
    {"recipient_kind",
     [](const Row& row, const std::string& name) { return recipient_kind(row.text(name)); }},
    {"payload", [](const Row& row, const std::string&) { return payload_in_words(row); }},
    {"procedure", [](const Row& row, const std::string& name) { return procedure_title(row.text(name)); }},
    {"evidence", [](const Row& row, const std::string& name) { return evidence(row.text(name)); }}};

}  // namespace

const json::object& disclosure_table() {
    static const auto table = parse_json(data::residence::file("disclosure.json"))->as_object();
    return table;
}

const json::object* declared_field(const json::object& section, const std::string& column) {
    for (const auto& prefix : array_of(section, "fields"))
        if (const auto* field = form_field(std::string(prefix.as_string()) + "." + column)) return field;
    return nullptr;
}

Disclosed::Disclosed(QueryContext& context, const std::string& person_id)
    : context_(context), papers_(context.tx.query(sql::residence::documents_of, {{"person_id", person_id}})) {
    for (const auto& row : context.tx.query(sql::residence::offices_of_spouses, {{"person_id", person_id}}))
        spouse_offices_.insert(row.text("office"));
}

json::array Disclosed::row(const json::object& section, const Row& row) const {
    json::array values;
    for (const auto& entry : array_of(section, "columns")) {
        const auto& column = entry.as_object();
        const auto name = text_of(column, "name");
        const auto* field = declared_field(section, name);
        if (auto words = text(section, column, row); !words.empty())
            values.push_back(
                json::object{{"column", name},
                             {"label", text_of(column, "label", field ? german_of(*field, "label") : name)},
                             {"text", std::move(words)}});
    }
    return values;
}

std::string Disclosed::text(const json::object& section, const json::object& column, const Row& row) const {
    const auto name = text_of(column, "name"), as = text_of(column, "as");
    auto words = as.empty() ? std::string() : own_words(as, name, row);
    if (!words.empty()) return words;
    if (column.contains("options")) {
        const auto value = row.text(name);
        return text_of(object_of(column, "options"), value, value);
    }
    if (!as.empty()) return {};
    if (column.contains("label")) return column_as_text(row, name);
    const auto* field = declared_field(section, name);
    return field ? declared(*field, row, name) : column_as_text(row, name);
}

std::string Disclosed::own_words(const std::string& as, const std::string& name, const Row& row) const {
    if (as == "history") return datum(row.text("field"), row.text(name));
    if (as == "paper") {
        for (const auto& paper : papers_)
            if (paper.text("id") == row.text(name)) return paper_text(paper);
        return {};
    }
    if (as == "office") return office_in_words(context_.reference, context_.today, office(row, name));
    if (as == "source") return source_in_words(context_.reference, context_.today, row.text(name));
    return tellers.at(as)(row, name);
}

/// Whose office it is would say where the spouse lives, also where what it was told is corrected or taken
/// back.
std::string Disclosed::office(const Row& message, const std::string& column) const {
    const auto type = message.text("message_type");
    const bool follows = type == "correction" || type == "revocation";
    const auto name = message.text(column);
    return type == "spouse_change" || (follows && spouse_offices_.contains(name)) ? "" : name;
}

bool Disclosed::shows_nothing(const json::object& section, const Row& row) const {
    return text_of(section, "table") == "person_history" && row.text("field") == "blocks" &&
           datum("blocks", row.text("value")) == datum("blocks", row.text("new_value"));
}

/// A value that stood or stands in the register, by the name of its column.
std::string Disclosed::datum(const std::string& field, const std::string& value) const {
    if (field == "status") {
        const auto dwelling = dwelling_status_text(value);
        return dwelling.empty() ? status_text(value) : dwelling;
    }
    if (field == "merged") return {};
    if (field == "blocks") {
        const auto blocks = parse_json(value);
        return blocks && blocks->is_array() ? blocks_in_words(blocks->get_array()) : "";
    }
    for (const auto* prefix : {"persons.*.person.", "persons.*."})
        if (const auto* declared = form_field(prefix + field))
            return value_in_words(context_.reference, context_.today, *declared, said_by(*declared, value));
    return german_date(value);
}

std::string Disclosed::declared(const json::object& field, const Row& row, const std::string& name) const {
    return value_in_words(context_.reference, context_.today, field,
                          said_by(field, column_as_text(row, name)));
}

}  // namespace wa::residence
