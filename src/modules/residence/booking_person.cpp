// Booking a registration: the person, new or known.
#include <fmt/format.h>

#include <algorithm>

#include "modules/residence/booking.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/search.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

/// Birth date, sex, serial of the day (BMG § 4): internal, for this authority only.
std::string next_order_mark(CommandContext& context, const json::object& person) {
    auto born = text_of(person, "birth_date");
    born.erase(std::remove(born.begin(), born.end(), '-'), born.end());
    const auto prefix = born + text_of(person, "sex") + "-";
    const auto rows =
        context.records.query(statements::last_order_mark, {{"from", prefix}, {"until", prefix + "~"}});
    const auto last = rows.front().text("order_mark");
    const int serial = last.size() > prefix.size() ? std::stoi(last.substr(prefix.size())) : 0;
    return fmt::format("{}{:04}", prefix, serial + 1);
}

Columns new_person(CommandContext& context, const json::object& form) {
    const auto& person = object_of(form, "person");
    Columns columns{{"status", std::string("resident")},
                    {"rufname_index", integer_of(person, "rufname_index")},
                    {"single_name", std::int64_t(flag_of(person, "single_name"))},
                    {"former_names", json::serialize(array_of(person, "former_names"))},
                    {"nationalities", json::serialize(array_of(person, "nationalities"))},
                    {"objections", json::serialize(array_of(form, "objections"))},
                    {"order_mark", next_order_mark(context, person)}};
    for (const auto* field :
         {"family_name", "birth_name", "given_names", "doctorate", "religious_name", "artist_name",
          "birth_date", "birth_place", "birth_country", "sex", "religion", "marital_status",
          "marital_status_since", "marital_status_place", "marital_status_country"})
        columns.push_back({field, text_of(person, field)});
    return columns;
}

/// A person known here: what may change by declaration is carried forward; names and birth data that differ
/// are named for a correction case, never overwritten (handbook § 6 no. 5).
json::array carry_forward(CommandContext& context, const Row& row, const json::object& form) {
    const auto& person = object_of(form, "person");
    const auto source = source_of(form);
    std::vector<FieldChange> changes{
        {"status", "resident", "change", source},
        {"nationalities", json::serialize(array_of(person, "nationalities")), "change", source}};
    for (const auto* field : {"religion", "marital_status", "marital_status_since", "marital_status_place",
                              "marital_status_country"})
        changes.push_back({field, text_of(person, field), "change", source});
    if (const auto& objections = array_of(form, "objections"); !objections.empty())
        changes.push_back({"objections", json::serialize(objections), "change", "Angabe der Person"});
    change_person(context, row, changes);
    json::array differs;
    for (const auto* field :
         {"family_name", "birth_name", "given_names", "doctorate", "birth_date", "birth_place", "sex"})
        if (row.text(field) != text_of(person, field)) differs.push_back(json::string(field));
    return differs;
}

}  // namespace

std::string source_of(const json::object& form) {
    const auto& documents = array_of(form, "id_documents");
    if (documents.empty()) return "Angabe der Person";
    const auto& document = documents.front().as_object();
    return fmt::format("{} {}, {}", document_type_text(text_of(document, "doc_type")),
                       text_or(document, "serial", text_of(document, "serial_other")),
                       text_of(document, "issuing_authority"));
}

Result<std::string> take_person(CommandContext& context, std::string id, const json::object& form,
                                json::array& differs) {
    if (id.empty()) {
        id = context.ids.next();
        context.records.insert("person", id, new_person(context, form));
        return id;
    }
    const auto row = context.records.find("person", id);
    if (!row) return fail(problems::residence_person_not_found);
    if (is_blocked(*row) && !context.actor.may("register.blocked"))
        return fail(problems::residence_person_blocked);
    if (row->text("status") == "deceased") return fail(problems::residence_person_deceased);
    differs = carry_forward(context, *row, form);
    return id;
}

}  // namespace wa::residence
