// Booking a registration: the person, new or known.
#include <fmt/format.h>

#include <algorithm>
#include <set>

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

Columns new_person(CommandContext& context, const Mover& mover) {
    const auto& person = mover.person;
    Columns columns{{"status", std::string("resident")},
                    {"rufname_index", integer_of(person, "rufname_index")},
                    {"single_name", std::int64_t(flag_of(person, "single_name"))},
                    {"former_names", json::serialize(array_of(person, "former_names"))},
                    {"nationalities", json::serialize(array_of(person, "nationalities"))},
                    {"objections", json::serialize(array_of(mover.item, "objections"))},
                    {"azr_number", text_of(mover.item, "azr_number")},
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
json::array carry_forward(CommandContext& context, const Row& row, const MoveForm& move, const Mover& mover) {
    const auto& person = mover.person;
    const auto source = source_of(move, mover);
    std::vector<FieldChange> changes{
        {"status", "resident", "change", source},
        {"nationalities", json::serialize(array_of(person, "nationalities")), "change", source}};
    for (const auto* field : {"religion", "marital_status", "marital_status_since", "marital_status_place",
                              "marital_status_country"})
        changes.push_back({field, text_of(person, field), "change", source});
    if (const auto& objections = array_of(mover.item, "objections"); !objections.empty())
        changes.push_back({"objections", json::serialize(objections), "change", "Angabe der Person"});
    if (auto number = text_of(mover.item, "azr_number"); !number.empty())
        changes.push_back({"azr_number", std::move(number), "change", source});
    change_person(context, row, changes);
    json::array differs;
    for (const auto* field :
         {"family_name", "birth_name", "given_names", "doctorate", "birth_date", "birth_place", "sex"})
        if (row.text(field) != text_of(person, field)) differs.push_back(json::string(field));
    return differs;
}

}  // namespace

std::string source_of(const MoveForm& move, const Mover& mover) {
    const auto* documents = &array_of(mover.item, "id_documents");
    if (const auto* signer = move.signer(); documents->empty() && signer)
        documents = &array_of(signer->item, "id_documents");
    if (documents->empty()) return "Angabe der Person";
    const auto& document = documents->front().as_object();
    return fmt::format("{} {}, {}", document_type_text(text_of(document, "doc_type")),
                       text_of(document, "serial"), text_of(document, "issuing_authority"));
}

Result<std::string> take_person(CommandContext& context, std::string id, const MoveForm& move,
                                const Mover& mover, json::array& differs) {
    if (id.empty()) {
        id = context.ids.next();
        context.records.insert("person", id, new_person(context, mover));
        return id;
    }
    const auto row = context.records.find("person", id);
    if (!row) return fail(problems::residence_person_not_found);
    WA_CHECK(may_change(context, id));
    if (row->text("status") == "deceased") return fail(problems::residence_person_deceased);
    differs = carry_forward(context, *row, move, mover);
    return id;
}

void add_documents(CommandContext& context, const std::string& person_id, const Mover& mover) {
    std::set<std::string> known;
    for (const auto& row : context.records.query(statements::documents_of, {{"person_id", person_id}}))
        known.insert(row.text("doc_type") + row.text("serial"));
    for (const auto& entry : array_of(mover.item, "id_documents")) {
        const auto& document = entry.as_object();
        const auto type = text_of(document, "doc_type"), serial = text_of(document, "serial");
        if (!known.insert(type + serial).second) continue;
        context.records.insert("person_document", context.ids.next(),
                               {{"person_id", person_id},
                                {"doc_type", type},
                                {"serial", serial},
                                {"issuing_authority", text_of(document, "issuing_authority")},
                                {"issuing_country", text_of(document, "issuing_country")},
                                {"issue_date", text_of(document, "issue_date")},
                                {"valid_until", text_of(document, "valid_until")},
                                {"state", std::string("valid")}});
    }
}

}  // namespace wa::residence
