// Booking a registration: who belongs to whom. A link holds in both directions or in none.
#include "kernel/procedure/blocks.hpp"
#include "modules/residence/booking.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/search.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

/// The other side of a relation: a person here, or only the data the law keeps.
struct Other {
    std::string id, family_name, given_names, birth_date;
};

Other other_of(const Row& person) {
    return {person.text("id"), person.text("family_name"), person.text("given_names"),
            person.text("birth_date")};
}
Other other_of(const json::object& said) {
    return {"", text_of(said, "family_name"), text_of(said, "given_names"), text_of(said, "birth_date")};
}

/// Who decides for a child (custodian, guardian), until it comes of age (residence.end_childhood). Who
/// represents an adult is a "representative".
constexpr const char* custodian = "custodian";

/// A register that was taken over may have a child's custodian under either other name.
bool same_kind(const std::string& stored, const std::string& kind) {
    return stored == kind || (kind == custodian && (stored == "parent" || stored == "representative"));
}

std::string birth_date_of(CommandContext& context, const std::string& person_id) {
    const auto person = read_row(context.records.tx(), "person", person_id);
    return person ? person->text("birth_date") : "";
}

void relate(CommandContext& context, const std::string& person_id, const std::string& kind,
            const Other& other, const std::string& valid_from = "", const std::string& note = "") {
    for (const auto& row : open_relations(context.records.tx(), person_id)) {
        if (!same_kind(row.text("kind"), kind)) continue;
        const bool linked = !other.id.empty() && row.text("other_id") == other.id;
        const bool named = row.text("birth_date") == other.birth_date &&
                           name_key(row.text("given_names")) == name_key(other.given_names);
        if (!linked && !named) continue;
        if (!other.id.empty() && row.text("other_id").empty())
            context.records.update("relation", row.text("id"), {{"other_id", other.id}});
        return;
    }
    context.records.insert("relation", context.ids.next(),
                           {{"person_id", person_id},
                            {"kind", kind},
                            {"other_id", other.id},
                            {"family_name", other.family_name},
                            {"given_names", other.given_names},
                            {"birth_date", other.birth_date},
                            {"note", note},
                            {"ward_born", ward_born(kind, birth_date_of(context, person_id))},
                            {"valid_from", valid_from},
                            {"valid_to", std::string()}});
}

/// A spouse who is not on this form but known here: the same names and birth date, living in that dwelling.
std::optional<Row> spouse_at_home(CommandContext& context, const MoveForm& move, const json::object& spouse) {
    if (!flag_of(spouse, "same_dwelling")) return std::nullopt;
    std::optional<Row> found;
    for (const auto& row :
         context.records.query(statements::current_at_address, {{"address_key", move.address_key}})) {
        auto person = read_row(context.records.tx(), "person", row.text("person_id"));
        if (!person || person->text("birth_date") != text_of(spouse, "birth_date") ||
            name_key(person->text("family_name")) != name_key(text_of(spouse, "family_name")) ||
            name_key(person->text("given_names")) != name_key(text_of(spouse, "given_names")))
            continue;
        if (found) return std::nullopt;
        found = std::move(person);
    }
    return found;
}

void relate_spouse(CommandContext& context, const MoveForm& move, const Mover& mover,
                   const std::vector<BookedPerson>& booked) {
    const auto& person = booked[mover.index].person;
    if (!mover.has_spouse())
        return end_marriage(context, person.text("id"),
                            text_or(mover.person, "marital_status_since", to_iso(context.today)));
    const auto since = text_of(mover.person, "marital_status_since");
    const std::string kind = text_of(mover.person, "marital_status") == "LP" ? "partner" : "spouse";
    if (mover.role == "head" || mover.role == "spouse")
        for (const auto& other : move.persons)
            if (other.index != mover.index && (other.role == "head" || other.role == "spouse"))
                return relate(context, person.text("id"), kind, other_of(booked[other.index].person), since);
    const auto& spouse = object_of(mover.person, "spouse");
    if (spouse.empty()) return;
    if (const auto there = spouse_at_home(context, move, spouse)) {
        relate(context, person.text("id"), kind, other_of(*there), since);
        // A blocked person's record is the lead's.
        if (is_blocked(*there) && !context.actor.may("register.blocked")) return;
        context.records.about("person", there->text("id"));
        return relate(context, there->text("id"), kind, other_of(person), since);
    }
    relate(context, person.text("id"), kind, other_of(spouse), since);
}

/// The words of a choice, as the form has them.
std::string option_text(const json::array& fields, std::string_view name, const std::string& value) {
    for (const auto& entry : fields) {
        const auto& field = entry.as_object();
        if (text_of(field, "name") != name) continue;
        for (const auto& option : array_of(field, "options"))
            if (text_of(option.as_object(), "value") == value)
                return text_of(object_of(option.as_object(), "label"), "de");
    }
    return value;
}

std::string representation_note(const json::object& representative) {
    auto note = option_text(array_of(block("representation"), "fields"), "rep_type",
                            text_of(representative, "rep_type"));
    if (const auto scope = text_of(representative, "scope"); !scope.empty()) note += ": " + scope;
    return note;
}

/// "custody" of the item: who has it, in words.
std::string custody_note(const std::string& custodians) {
    if (custodians == "joint") return "gemeinsam sorgeberechtigt";
    return custodians == "one" ? "allein sorgeberechtigt" : "Vormund oder Pfleger";
}

void relate_minor(CommandContext& context, const MoveForm& move, const Mover& mover,
                  const std::vector<BookedPerson>& booked) {
    const auto& child = booked[mover.index].person;
    const auto& custody = object_of(mover.item, "custody");
    const auto custodians = text_of(custody, "custodians");
    for (const auto& other : move.persons) {
        if (other.index == mover.index) continue;
        const auto& there = booked[other.index].person;
        bool has_custody = false;
        for (const auto& role : array_of(custody, "here"))
            has_custody |= role.is_string() && std::string_view(role.get_string()) == other.role;
        if (!has_custody) continue;
        relate(context, child.text("id"), custodian, other_of(there), "", custody_note(custodians));
        // A step-parent or a guardian has no own child here (BMG § 3 Abs. 1 Nr. 16).
        if (custodians != "guardian") relate(context, there.text("id"), "child", other_of(child));
    }
    for (const auto& entry : array_of(custody, "representatives"))
        if (entry.is_object())
            relate(context, child.text("id"), custodian,
                   other_of(object_of(entry.get_object(), "rep_person")), "",
                   representation_note(entry.get_object()));
}

}  // namespace

Value ward_born(std::string_view kind, const std::string& birth_date) {
    const bool ward = kind == custodian || kind == "parent" || kind == "representative";
    return ward ? Value(birth_date) : Value();
}

void note_birth_of_ward(CommandContext& context, const std::string& person_id,
                        const std::string& birth_date) {
    for (const auto& row : open_relations(context.records.tx(), person_id))
        if (!row.is_null("ward_born"))
            context.records.update("relation", row.text("id"), {{"ward_born", birth_date}});
}

Rows open_relations(Transaction& tx, const std::string& person_id) {
    Rows open;
    for (auto& row : tx.query(statements::raw_relations, {{"person_id", person_id}}))
        if (row.text("valid_to").empty()) open.push_back(std::move(row));
    return open;
}

void end_marriage(CommandContext& context, const std::string& person_id, const std::string& over) {
    const auto end = [&](const Row& row) {
        const auto day = over.empty() ? row.text("valid_from") : over;
        context.records.see("relation", row);
        context.records.update("relation", row.text("id"),
                               {{"valid_to", day.empty() ? to_iso(context.today) : day}});
    };
    for (const auto& row : open_relations(context.records.tx(), person_id)) {
        if (row.text("kind") != "spouse" && row.text("kind") != "partner") continue;
        end(row);
        if (row.text("other_id").empty()) continue;
        context.records.about("person", row.text("other_id"));
        for (const auto& back : open_relations(context.records.tx(), row.text("other_id")))
            if (back.text("other_id") == person_id && back.text("kind") == row.text("kind")) end(back);
    }
}

void relate_persons(CommandContext& context, const MoveForm& move, const std::vector<BookedPerson>& booked) {
    const auto majority = int(context.reference.parameter("person.age_of_majority", context.today));
    for (const auto& mover : move.persons) {
        const auto& id = booked[mover.index].person.text("id");
        relate_spouse(context, move, mover, booked);
        if (mover.younger_than(majority, context.today)) relate_minor(context, move, mover, booked);
        if (const auto& representative = object_of(mover.item, "representative"); !representative.empty())
            relate(context, id, "representative", other_of(object_of(representative, "rep_person")), "",
                   representation_note(representative));
        for (const auto& entry : array_of(mover.item, "children_elsewhere"))
            if (entry.is_object()) relate(context, id, "child", other_of(entry.get_object()));
    }
}

}  // namespace wa::residence
