// The Meldeschein in words: generated from the procedure's description, so that nothing declared is left out.
#include <fmt/format.h>

#include "kernel/data.hpp"
#include "kernel/documents.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/letters.hpp"
#include "modules/residence/residence.hpp"

namespace wa::residence {

namespace {

std::string label_of(const json::object& object, const char* key = "label") {
    return text_of(object_of(object, key), "de");
}

bool is_place(std::string_view part) {
    // The path is what a browser sent: longer than this it is no place in a list.
    return !part.empty() && part.size() <= 4 && part.find_first_not_of("0123456789") == part.npos;
}

/// What a form's path names ("persons.1.person.birth_date"), in the labels of the declared fields:
/// "Person 2: Geburtsdatum". Groups named like the list they are in are not said twice.
std::string words_of_path(const json::array& fields, std::string_view path, std::string_view around = "") {
    const auto dot = std::min(path.find('.'), path.size());
    const auto rest = path.substr(std::min(path.size(), dot + 1));
    for (const auto& entry : fields) {
        const auto& field = entry.as_object();
        if (text_of(field, "name") != path.substr(0, dot)) continue;
        const auto& members = array_of(field, "fields");
        const auto label = label_of(field);
        if (rest.empty()) return label;
        const auto next = std::min(rest.find('.'), rest.size());
        if (!is_place(rest.substr(0, next)))
            return (label == around ? "" : label + ": ") + words_of_path(members, rest, label);
        const auto item = text_or(object_of(field, "item_label"), "de", label);
        const auto place = std::stoi(std::string(rest.substr(0, next))) + 1;
        return fmt::format("{} {}: {}", item, place,
                           words_of_path(members, rest.substr(std::min(rest.size(), next + 1)), item));
    }
    return std::string(path);
}

std::string name_of(const json::object& person) {
    const auto given = text_of(person, "given_names"), family = text_of(person, "family_name");
    return given.empty() || family.empty() ? given + family : given + " " + family;
}

/// The member whose value names what an item is about; null in most lists.
const json::object* head_of(const json::array& fields) {
    for (const auto& entry : fields)
        if (flag_of(entry.as_object(), "names_field")) return &entry.as_object();
    return nullptr;
}

class Words {
  public:
    /// `coded`: behind the word of a code stands the code itself, as the register has it.
    Words(const Reference& reference, const Date& on, const json::array& all_fields, const json::object& form,
          bool coded)
        : reference_(reference), on_(on), all_fields_(all_fields), form_(form), coded_(coded) {}

    /// Adds the rows of all fields that have a value; groups and lists become rows with their name in front.
    void add(const json::array& fields, const json::object& values, const std::string& before,
             std::vector<letter::FieldTable::Row>& rows) const {
        for (const auto& entry : fields) {
            const auto& field = entry.as_object();
            const auto* value = values.if_contains(text_of(field, "name"));
            if (!value || value->is_null()) continue;
            const auto label = before + label_of(field);
            if (value->is_object()) {
                add(array_of(field, "fields"), value->get_object(), label + ": ", rows);
            } else if (text_of(field, "type") == "list" && value->is_array()) {
                add_list(field, value->get_array(), before, rows);
            } else if (auto text = text_for(field, *value); !text.empty()) {
                rows.push_back({label, std::move(text)});
            }
        }
    }

  private:
    void add_list(const json::object& field, const json::array& items, const std::string& before,
                  std::vector<letter::FieldTable::Row>& rows) const {
        const auto& members = array_of(field, "fields");
        if (const auto* head = head_of(members)) return add_headed(*head, members, items, rows);
        auto name = label_of(field, "item_label");
        if (name.empty()) name = label_of(field);
        for (std::size_t i = 0; i < items.size(); ++i)
            if (items[i].is_object())
                add(members, items[i].get_object(),
                    items.size() == 1 ? before + name + ": " : fmt::format("{}{} {}: ", before, name, i + 1),
                    rows);
    }

    /// Each item in one row, under what it names: what else it says stands line by line.
    void add_headed(const json::object& head, const json::array& members, const json::array& items,
                    std::vector<letter::FieldTable::Row>& rows) const {
        for (const auto& item : items) {
            if (!item.is_object()) continue;
            letter::FieldTable::Row row{word(head, text_of(item.get_object(), text_of(head, "name"))), ""};
            for (const auto& member : members) {
                const auto& field = member.as_object();
                const auto* value = item.get_object().if_contains(text_of(field, "name"));
                if (&field == &head || !value) continue;
                const auto text = text_for(field, *value);
                if (text.empty()) continue;
                row.value += (row.value.empty() ? "" : "\n") + label_of(field) + ": " + text;
            }
            rows.push_back(std::move(row));
        }
    }

    /// Those whom an option stands for, by name: "head" is whoever has this role on the form.
    std::string names_for(const json::object& named, const std::string& option) const {
        std::string all;
        for (const auto& entry : array_of(form_, text_of(named, "list"))) {
            if (!entry.is_object() || text_of(entry.get_object(), text_of(named, "by")) != option) continue;
            const auto& item = entry.get_object();
            const auto name = item.contains("person") ? name_of(object_of(item, "person")) : name_of(item);
            if (!name.empty()) all += (all.empty() ? "" : " oder ") + name;
        }
        return all;
    }

    std::string text_for(const json::object& field, const json::value& value) const {
        if (value.is_bool()) return value.get_bool() ? "ja" : "nein";
        if (value.is_int64()) return std::to_string(value.get_int64());
        if (value.is_array()) {
            std::string all;
            for (const auto& item : value.get_array())
                if (item.is_string())
                    all += (all.empty() ? "" : "; ") + word(field, std::string(item.get_string()));
            return all;
        }
        return value.is_string() ? word(field, std::string(value.get_string())) : "";
    }

    std::string word(const json::object& field, const std::string& value) const {
        const auto type = text_of(field, "type");
        if (type == "date" || type == "partial_date") {
            const auto date = parse_partial_date(value);
            return date ? to_german(*date) : value;
        }
        if (type == "timestamp") {
            const auto at = parse_timestamp(value);
            return at ? to_german(*at) : value;
        }
        if (flag_of(field, "names_field")) return words_of_path(all_fields_, value);
        if (type == "code" || type == "codes") {
            const auto* entry = reference_.code(text_of(field, "list"), value, on_);
            if (!entry) return value;
            return coded_ ? fmt::format("{} ({})", entry->text, value) : entry->text;
        }
        if (const auto names = names_for(object_of(field, "names_item"), value); !names.empty()) return names;
        for (const auto& option : array_of(field, "options"))
            if (text_of(option.as_object(), "value") == value) return label_of(option.as_object());
        return value;
    }

    const Reference& reference_;
    Date on_;
    const json::array& all_fields_;
    const json::object& form_;
    bool coded_;
};

/// A list whose items are groups themselves: each item is a part of its own.
const json::object* list_of_groups(const json::array& fields) {
    for (const auto& entry : fields) {
        const auto& field = entry.as_object();
        if (text_of(field, "type") != "list") continue;
        for (const auto& member : array_of(field, "fields"))
            if (text_of(member.as_object(), "type") == "list") return &field;
    }
    return nullptr;
}

void add_section(const Words& words, const json::object& section, const json::object& form, Letter& out) {
    const auto& fields = array_of(section, "fields");
    const auto add_table = [&](const std::string& title, const json::array& some,
                               const json::object& values) {
        letter::FieldTable table;
        words.add(some, values, "", table.rows);
        if (table.rows.empty()) return;
        out.body.push_back(letter::Heading{title});
        out.body.push_back(std::move(table));
    };
    const auto* list = list_of_groups(fields);
    if (!list) return add_table(label_of(section, "title"), fields, form);
    json::array others;
    for (const auto& field : fields)
        if (&field.as_object() != list) others.push_back(field);
    add_table(label_of(section, "title"), others, form);
    const auto& items = array_of(form, text_of(*list, "name"));
    for (std::size_t i = 0; i < items.size(); ++i)
        if (items[i].is_object())
            add_table(items.size() == 1 ? label_of(section, "title")
                                        : fmt::format("{} {}", label_of(*list, "item_label"), i + 1),
                      array_of(*list, "fields"), items[i].get_object());
}

void add_signature(QueryContext& context, const std::string& case_id, Letter& out) {
    bool on_pad = false;
    for (const auto& row : context.tx.query(sql::kernel::case_documents, {{"case_id", case_id}})) {
        if (row.text("kind") != "signature") continue;
        on_pad = true;
        const auto caption =
            fmt::format("{}, {}", row.text("title"), to_german(Timestamp{row.integer("added_at_ms")}));
        auto picture = read_document(context.tx, row.text("hash"));
        if (picture)
            out.body.push_back(letter::Picture{std::move(picture).value(),
                                               "Unterschrift von " + row.text("title"), 18, caption});
        else
            out.body.push_back(
                letter::Paragraph{"Unterschrift: " + caption + " (das Bild ist noch unterwegs)"});
    }
    if (!on_pad)
        out.body.push_back(letter::Paragraph{"Unterschrieben auf Papier. Das Blatt liegt beim Vorgang."});
}

/// Where somebody signs with a pen.
void add_lines(const QueryContext& context, const json::object& form, Letter& out) {
    const MoveForm move(form, context.reference, context.today);
    const auto* mover = move.signer();
    const std::string line(36, '_');
    out.body.push_back(letter::FieldTable{
        {{"Ort und Tag", "\n" + line},
         {"Unterschrift",
          "\n\n" + line + "\n" + name_of(mover ? mover->person : object_of(form, "signer_name"))}}});
}

}  // namespace

std::string value_in_words(const Reference& reference, const Date& on, const json::object& field,
                           const json::value& value) {
    const json::object said{{text_of(field, "name"), value}};
    std::vector<letter::FieldTable::Row> rows;
    Words(reference, on, {}, {}, false).add({field}, said, "", rows);
    std::string all;
    for (const auto& row : rows)
        all += (all.empty() ? "" : "\n") + (row.label == label_of(field) ? "" : row.label + ": ") + row.value;
    return all;
}

Result<Letter> declaration(QueryContext& context, const std::string& case_id) {
    WA_TRY(the_case, registration_case(context, case_id));
    if (the_case.row.is_null("submitted_at_ms")) return fail(problems::case_not_signed);
    const auto* procedure = registry().procedure(registration);
    WA_ASSERT(procedure != nullptr);
    const auto& description = procedure->description();
    auto out = letter_frame(context, the_case.row, "Meldeschein: " + procedure->title());
    out.official = false;
    const auto on = local_date(Timestamp{the_case.row.integer("submitted_at_ms")});
    json::array all_fields;
    for (const auto& section : array_of(description, "sections"))
        for (const auto& field : array_of(section.as_object(), "fields")) all_fields.push_back(field);
    const Words words(context.reference, on, all_fields, the_case.form, true);
    for (const auto& entry : array_of(description, "sections")) {
        const auto& section = entry.as_object();
        add_section(words, section, the_case.form, out);
    }
    out.body.push_back(letter::Heading{"Erklärung"});
    out.body.push_back(letter::Paragraph{label_of(description, "declaration")});
    const bool is_signed = !the_case.row.is_null("signed_hash");
    const bool to_be_signed =
        the_case.status() == case_status::captured && text_of(the_case.form, "exemption") == "none";
    if (is_signed)
        add_signature(context, case_id, out);
    else if (to_be_signed)
        add_lines(context, the_case.form, out);
    else
        out.watermark = "Entwurf";
    out.body.push_back(
        letter::SmallPrint{"Prüfsumme der Angaben: " +
                           (is_signed ? the_case.row.text("signed_hash") : form_hash(the_case.form))});
    return out;
}

}  // namespace wa::residence
