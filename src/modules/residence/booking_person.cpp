// Booking a registration: the person, new or known.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/json_text.hpp"
#include "modules/residence/booking.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/exchange/exchange.hpp"
#include "modules/residence/merge.hpp"
#include "modules/residence/names.hpp"
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

Columns new_person(CommandContext& context, const MoveForm& move, const Mover& mover,
                   const std::string& document_id) {
    const auto& person = mover.person;
    Columns columns{{"status", std::string("resident")},
                    {"rufname_index", integer_of(person, "rufname_index")},
                    {"single_name", std::int64_t(flag_of(person, "single_name"))},
                    {"former_names", json::serialize(array_of(person, "former_names"))},
                    {"nationalities", json::serialize(array_of(person, "nationalities"))},
                    {"objections", json::serialize(array_of(mover.item, "objections"))},
                    {"tax_id", received_tax_id(context.records.tx(), move.form, mover.index)},
                    {"azr_number", text_of(mover.item, "azr_number")},
                    {"order_mark", next_order_mark(context, person)},
                    {"document_id", document_id.empty() ? Value() : Value(document_id)}};
    for (const auto* field :
         {"family_name", "birth_name", "given_names", "doctorate", "religious_name", "artist_name",
          "birth_date", "birth_place", "birth_country", "sex", "religion", "marital_status",
          "marital_status_since", "marital_status_place", "marital_status_country"})
        columns.push_back({field, text_of(person, field)});
    return columns;
}

/// What a declaration was checked against, as the Hinweis of what it changes.
struct Shown {
    std::string source, document_id;
    FieldChange change(std::string field, std::string value) const {
        return {std::move(field), std::move(value), "change", source, document_id};
    }
};

/// An objection holds until it is withdrawn, which is a declaration of its own (BMG § 50 Abs. 5): what is
/// said now joins those the register has.
std::string joined(const std::string& known, const json::array& said) {
    auto all = array_in(known);
    for (const auto& one : said)
        if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
    return json::serialize(all);
}

/// Every former name that was said stands in the register, with all that was said of it.
bool has_former_names(const std::string& known, const json::array& said) {
    const auto names = array_in(known);
    const auto fits = [](const json::value& there, const json::value& one) {
        if (!there.is_object()) return false;
        const auto& members = one.as_object();
        return std::all_of(members.begin(), members.end(), [&](const auto& member) {
            const auto* value = there.get_object().if_contains(member.key());
            return value && *value == member.value();
        });
    };
    return std::all_of(said.begin(), said.end(), [&](const json::value& one) {
        return std::any_of(names.begin(), names.end(),
                           [&](const json::value& there) { return fits(there, one); });
    });
}

/// Names and birth data that differ from the register's. What is asked of few differs only when it was said:
/// left out, it says nothing.
json::array differing(const Row& row, const json::object& person) {
    json::array differs;
    const auto note = [&](const char* field, bool same) {
        if (!same) differs.push_back(json::string(field));
    };
    for (const auto* field :
         {"family_name", "birth_name", "given_names", "doctorate", "birth_date", "birth_place", "sex"})
        note(field, row.text(field) == text_of(person, field));
    for (const auto* field : {"birth_country", "religious_name", "artist_name"})
        note(field, text_or(person, field, row.text(field)) == row.text(field));
    note("rufname_index",
         integer_of(person, "rufname_index", row.integer("rufname_index")) == row.integer("rufname_index"));
    note("single_name", !flag_of(person, "single_name") || row.integer("single_name") == 1);
    note("former_names", has_former_names(row.text("former_names"), array_of(person, "former_names")));
    return differs;
}

/// The tax number of the former office's register, where ours has none. Which of two that differ is right the
/// clerk finds out.
void carry_tax_id(const Row& row, const std::string& received, std::vector<FieldChange>& changes,
                  json::array& differs) {
    const auto known = row.text("tax_id");
    if (received.empty() || received == known) return;
    if (known.empty())
        changes.push_back({"tax_id", received, "change", "vorausgefüllter Meldeschein"});
    else
        differs.push_back("tax_id");
}

/// Whether the register's marriage (or what followed one) is the one the person speaks of.
bool same_marriage(const Row& row, const json::object& person) {
    const auto known = row.text("marital_status_since"), said = text_of(person, "marital_status_since");
    return row.text("marital_status") == text_of(person, "marital_status") &&
           (known.empty() || said.empty() || dates_compatible(known, said));
}

/// Another marriage has a day and place of its own, or none; of the same one what is left out says nothing.
void carry_marriage(const Row& row, const json::object& person, const Shown& shown,
                    std::vector<FieldChange>& changes) {
    const bool same = same_marriage(row, person);
    changes.push_back(shown.change("marital_status", text_of(person, "marital_status")));
    for (const auto* field : {"marital_status_since", "marital_status_place", "marital_status_country"})
        changes.push_back(shown.change(field, text_or(person, field, same ? row.text(field) : "")));
}

/// Whose registration was taken back never lived here, and what was erased of them since (forget_withdrawn)
/// they say anew, as somebody does who is new.
Row filled_again(CommandContext& context, const Row& row, const json::object& person, const Shown& shown) {
    if (row.text("status") != "withdrawn") return row;
    std::vector<FieldChange> changes;
    for (const auto* field :
         {"doctorate", "religious_name", "artist_name", "birth_place", "birth_country", "sex"})
        if (row.text(field).empty()) changes.push_back(shown.change(field, text_of(person, field)));
    if (row.text("former_names") == "[]")
        changes.push_back(shown.change("former_names", json::serialize(array_of(person, "former_names"))));
    change_person(context, row, changes);
    const auto id = row.text("id");
    if (row.text("order_mark").empty())
        context.records.update("person", id, {{"order_mark", next_order_mark(context, person)}});
    return *read_row(context.records.tx(), "person", id);
}

/// A person known here: what may change by declaration is carried forward; names and birth data that differ
/// are named for a correction case, never overwritten (handbook § 6 no. 5).
json::array carry_forward(CommandContext& context, const Row& known, const MoveForm& move, const Mover& mover,
                          const std::string& document_id) {
    const auto& person = mover.person;
    const Shown shown{source_of(move, mover), document_id};
    const auto row = filled_again(context, known, person, shown);
    std::vector<FieldChange> changes{
        shown.change("status", "resident"),
        shown.change("nationalities", json::serialize(array_of(person, "nationalities"))),
        shown.change("religion", text_of(person, "religion"))};
    carry_marriage(row, person, shown, changes);
    changes.push_back({"objections", joined(row.text("objections"), array_of(mover.item, "objections")),
                       "change", "Angabe der Person"});
    if (auto number = text_of(mover.item, "azr_number"); !number.empty())
        changes.push_back(shown.change("azr_number", std::move(number)));
    auto differs = differing(row, person);
    carry_tax_id(row, received_tax_id(context.records.tx(), move.form, mover.index), changes, differs);
    change_person(context, row, changes);
    return differs;
}

/// Papers not yet known of this person. @return the one that the declaration was checked against
std::string add_documents(CommandContext& context, const std::string& person_id, const Mover& mover) {
    std::set<std::string> known;
    for (const auto& row : context.records.query(statements::documents_of, {{"person_id", person_id}}))
        known.insert(row.text("doc_type") + row.text("serial"));
    for (const auto& entry : array_of(mover.item, "id_documents")) {
        const auto& document = entry.as_object();
        const auto type = text_of(document, "doc_type"), serial = text_of(document, "serial");
        if (!known.insert(type + serial).second) continue;
        const auto name = text_of(document, "name_in_document");
        context.records.insert("person_document", context.ids.next(),
                               {{"person_id", person_id},
                                {"doc_type", type},
                                {"serial", serial},
                                {"issuing_authority", text_of(document, "issuing_authority")},
                                {"issuing_country", text_of(document, "issuing_country")},
                                {"issue_date", text_of(document, "issue_date")},
                                {"valid_until", text_of(document, "valid_until")},
                                {"name_in_document", name.empty() ? Value() : Value(name)},
                                {"state", std::string("valid")}});
    }
    return shown_document(context.records.tx(), person_id, mover);
}

}  // namespace

std::string source_of(const MoveForm& move, const Mover& mover) {
    const auto* documents = &array_of(mover.item, "id_documents");
    if (const auto* signer = move.signer(); documents->empty() && signer)
        documents = &array_of(signer->item, "id_documents");
    if (documents->empty()) return "Angabe der Person";
    const auto& document = documents->front().as_object();
    return fmt::format("{}, {}", document_type_text(text_of(document, "doc_type")),
                       text_of(document, "issuing_authority"));
}

Result<std::string> take_person(CommandContext& context, std::string id, const MoveForm& move,
                                const Mover& mover, json::array& differs) {
    if (id.empty()) {
        id = context.ids.next();
        const auto document_id = add_documents(context, id, mover);
        context.records.insert("person", id, new_person(context, move, mover, document_id));
        return id;
    }
    id = standing_id(context.records.tx(), id);
    const auto row = context.records.find("person", id);
    if (!row) return fail(problems::residence_person_not_found);
    WA_CHECK(may_change(context, id));
    if (row->text("status") == "deceased") return fail(problems::residence_person_deceased);
    differs = carry_forward(context, *row, move, mover, add_documents(context, id, mover));
    return id;
}

std::string shown_document(Transaction& tx, const std::string& person_id, const Mover& mover) {
    const auto& shown = array_of(mover.item, "id_documents");
    if (shown.empty()) return {};
    const auto& first = shown.front().as_object();
    for (const auto& row : tx.query(statements::documents_of, {{"person_id", person_id}}))
        if (row.text("doc_type") == text_of(first, "doc_type") &&
            row.text("serial") == text_of(first, "serial"))
            return row.text("id");
    return {};
}

}  // namespace wa::residence
