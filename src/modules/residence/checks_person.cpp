// The checks of a registration that ask the register about persons. Details carry ids and counts only.
#include <algorithm>
#include <set>

#include "base/identifiers.hpp"
#include "base/text.hpp"
#include "modules/residence/checks.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/search_index.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

std::set<std::string> family_keys(const Row& person) {
    std::set<std::string> keys{name_key(person.text("family_name")), name_key(person.text("birth_name"))};
    if (const auto former = parse_json(person.text("former_names")); former && former->is_array())
        for (const auto& entry : former->get_array())
            if (entry.is_object() && text_of(entry.get_object(), "type") != "given")
                keys.insert(name_key(text_of(entry.get_object(), "name")));
    keys.erase("");
    return keys;
}

Finding duplicates(const CheckInput& in) {
    if (in.at_node) return unknown();
    PerPerson found;
    bool stops = false;
    for (const auto& mover : in.move.persons) {
        json::array ids, same;
        bool deceased = false;
        for (const auto& known : in.known(mover)) {
            same.push_back(json::string(known.person.text("id")));
            deceased |= known.person.text("status") == "deceased";
        }
        for (const auto& hit : in.similar(mover)) ids.push_back(json::string(hit.person.text("id")));
        if (ids.empty() && same.empty()) continue;
        stops |= !same.empty();
        found.add(mover, {{"person_ids", std::move(ids)}, {"same", std::move(same)}, {"deceased", deceased}});
    }
    if (found.empty()) return ok();
    auto details = std::move(found).details();
    return stops ? blocking(std::move(details)) : hint(std::move(details));
}

Finding already_registered(const CheckInput& in) {
    if (in.at_node) return unknown();
    PerPerson found;
    for (const auto& mover : in.move.persons)
        for (const auto& known : in.known(mover))
            for (const auto& dwelling : known.dwellings)
                if (dwelling.integer("current") == 1 && dwelling.text("address_key") == in.move.address_key &&
                    dwelling.text("apartment_no") == text_of(in.move.new_dwelling, "apartment_no"))
                    found.add(mover,
                              {{"person_id", known.person.text("id")}, {"dwelling_id", dwelling.text("id")}});
    return found.empty() ? ok() : blocking(std::move(found).details());
}

/// What the register says otherwise of a known person: gone, gone abroad, dead, or a dwelling that the form
/// does not name and the booking ends.
Finding known_elsewhere(const CheckInput& in) {
    if (in.at_node) return unknown();
    PerPerson found;
    std::set<std::string> named;
    for (const auto& held : in.move.dwellings)
        named.insert(address_key(street_name(*held.block, in.reference, in.declared_on),
                                 integer_of(*held.block, "house_no"), text_of(*held.block, "house_letter")));
    const auto& previous = object_of(in.move.form, "previous_dwelling");
    named.insert(address_key(street_name(previous, in.reference, in.declared_on),
                             integer_of(previous, "house_no"), text_of(previous, "house_letter")));
    for (const auto& mover : in.move.persons)
        for (const auto& known : in.known(mover)) {
            json::array why;
            if (known.person.text("status") == "deceased") why.push_back("deceased");
            if (known.person.text("status") == "departed") {
                const bool abroad =
                    !known.dwellings.empty() && !known.dwellings.front().text("country").empty();
                why.push_back(abroad ? "departed_abroad" : "departed");
                if (abroad && in.move.previous_kind != "abroad") why.push_back("abroad_not_named");
            }
            for (const auto& dwelling : known.dwellings)
                if (dwelling.integer("current") == 1 && !named.count(dwelling.text("address_key")))
                    why.push_back(dwelling.text("status") == "N" ? "another_secondary_dwelling"
                                                                 : "another_main_dwelling");
            if (!why.empty())
                found.add(mover, {{"person_id", known.person.text("id")}, {"why", std::move(why)}});
        }
    return found.empty() ? ok() : hint(std::move(found).details());
}

/// The register has a living spouse who is not that of the form.
constexpr const char* other_spouse = "other_spouse";

/// Born on the same day, with a name in common: a spouse may have taken another one since.
bool names_fit(const Row& relation, const json::object& person) {
    const auto family = name_key(relation.text("family_name"));
    return dates_compatible(relation.text("birth_date"), text_of(person, "birth_date")) &&
           (family == name_key(text_of(person, "family_name")) ||
            family == name_key(text_of(person, "birth_name")) ||
            name_key(relation.text("given_names")) == name_key(text_of(person, "given_names")));
}

bool is_dead(Transaction& tx, const std::string& person_id) {
    const auto person = person_id.empty() ? std::nullopt : read_row(tx, "person", person_id);
    return person && person->text("status") == "deceased";
}

/// The spouse as the form has it: on the form itself, or in the person's block.
const json::object& spouse_of(const MoveForm& move, const Mover& mover) {
    if (mover.role == "head" || mover.role == "spouse")
        for (const auto& other : move.persons)
            if (other.index != mover.index && (other.role == "head" || other.role == "spouse"))
                return other.person;
    return object_of(mover.person, "spouse");
}

/// Two living spouses at once only by foreign law, proved by documents (handbook § 2.1).
std::string_view second_spouse(const CheckInput& in, const Mover& mover, const Row& relation) {
    if (is_dead(in.tx, relation.text("other_id"))) return "spouse_still_linked";
    return flag_of(mover.item, "several_spouses_proved") ? "several_spouses_proved" : other_spouse;
}

/// Links of a known person's marriage: still there after a divorce, to somebody else, or not answered.
void compare_spouse(const CheckInput& in, const Mover& mover, const Row& person, json::array& why) {
    if (person.text("marital_status") != text_of(mover.person, "marital_status"))
        why.push_back("marital_status_differs");
    for (const auto& relation : open_relations(in.tx, person.text("id"))) {
        const auto kind = relation.text("kind");
        if (kind != "spouse" && kind != "partner") continue;
        if (!mover.has_spouse()) {
            why.push_back("spouse_still_linked");
        } else if (const auto& spouse = spouse_of(in.move, mover);
                   !spouse.empty() && !names_fit(relation, spouse)) {
            why.push_back(json::string(second_spouse(in, mover, relation)));
        }
        const auto other = relation.text("other_id");
        if (other.empty()) continue;
        const auto back = open_relations(in.tx, other);
        const bool answered = std::any_of(back.begin(), back.end(), [&](const Row& one) {
            return one.text("kind") == kind && one.text("other_id") == person.text("id");
        });
        if (!answered) why.push_back("not_reciprocal");
    }
}

Finding relations(const CheckInput& in) {
    if (in.at_node) return unknown();
    PerPerson found;
    bool blocks = false;
    for (const auto& mover : in.move.persons)
        for (const auto& known : in.known(mover)) {
            json::array why;
            compare_spouse(in, mover, known.person, why);
            blocks |= std::find(why.begin(), why.end(), json::value(other_spouse)) != why.end();
            if (!why.empty())
                found.add(mover, {{"person_id", known.person.text("id")}, {"why", std::move(why)}});
        }
    if (found.empty()) return ok();
    return blocks ? blocking(std::move(found).details()) : hint(std::move(found).details());
}

/// A person with a block under § 51 splits the family's record: papers and messages go their own ways. Here
/// or where they come from: a block holds everywhere.
Finding family(const CheckInput& in) {
    if (in.at_node) return unknown();
    std::int64_t blocked = 0, requested = 0;
    for (const auto& mover : in.move.persons) {
        requested += flag_of(mover.item, "block_request");
        for (const auto& known : in.known(mover)) blocked += is_blocked(known.person);
    }
    auto elsewhere = blocked_elsewhere(in);
    if (blocked + requested + elsewhere.answered == 0 && elsewhere.missing.empty()) return ok();
    return hint({{"blocked", blocked},
                 {"requested", requested},
                 {"elsewhere", elsewhere.answered},
                 {"missing", std::move(elsewhere.missing)}});
}

/// Papers the register has of somebody; a Koffer holds too few to say. Of whom the asker may see: what is
/// said of a serial number would tell whether it is theirs.
Rows known_papers(const CheckInput& in, const Mover& mover) {
    Rows papers;
    if (in.at_node) return papers;
    for (const auto& known : in.known(mover)) {
        const auto id = known.person.text("id");
        if (in.hides(id)) continue;
        for (auto& row : in.tx.query(statements::documents_of, {{"person_id", id}}))
            papers.push_back(std::move(row));
    }
    return papers;
}

/// What the register says of a paper that is shown; empty when nothing (handbook P01: "valid/serial equal").
/// One that it does not know is suspect only while another of the kind still holds: one of the two was read
/// wrongly, lost, or is not this person's.
std::string_view doubt(const Rows& known, const json::object& document, const Date& on) {
    const auto country = text_of(document, "issuing_country");
    std::string_view why;
    for (const auto& row : known) {
        if (row.text("doc_type") != text_of(document, "doc_type")) continue;
        const bool valid = row.text("state") == "valid";
        if (row.text("serial") == text_of(document, "serial")) return valid ? "" : "not_valid_there";
        const auto until = parse_date(row.text("valid_until"));
        const bool same_country = country.empty() || row.text("issuing_country") == country;
        if (valid && same_country && (!until || *until >= on)) why = "other_serial";
    }
    return why;
}

/// Papers of one person: at least one valid, numbers as their kind has them and as the register knows them.
Finding id_document(const CheckInput& in) {
    PerPerson found;
    for (const auto& mover : in.move.persons) {
        json::array why;
        bool any_valid = false;
        const auto papers = known_papers(in, mover);
        const auto& documents = array_of(mover.item, "id_documents");
        for (const auto& entry : documents) {
            const auto& document = entry.as_object();
            const auto until = parse_date(text_of(document, "valid_until"));
            any_valid |= !until || *until >= in.declared_on;
            const auto serial = text_of(document, "serial");
            if (!serial.empty() && !document_serial_ok(text_of(document, "doc_type"), serial))
                why.push_back("serial");
            if (text_of(object_of(document, "check_result"), "register_match") == "no")
                why.push_back("differs");
            if (const auto said = doubt(papers, document, in.declared_on); !said.empty())
                why.push_back(json::string_view(said.data(), said.size()));
        }
        if (!documents.empty() && !any_valid) why.push_back("expired");
        if (!why.empty()) found.add(mover, {{"why", std::move(why)}});
    }
    return found.empty() ? ok() : hint(std::move(found).details());
}

/// What an identity card has no room for, in letters as people count them: of a family name in normal size (2
/// lines of 26), of the others in the smallest (handbook §§ 2.1, 6 no. 7).
struct PrintLimit {
    const char *field, *why;
    std::size_t letters;
};
constexpr PrintLimit print_limits[] = {{"family_name", "print_family_name", 52},
                                       {"given_names", "print_given_names", 80},
                                       {"birth_place", "print_birth_place", 80}};
constexpr std::size_t print_street = 50;

void find_print_overflow(const CheckInput& in, const Mover& mover, json::array& why) {
    for (const auto& limit : print_limits)
        if (din_length(text_of(mover.person, limit.field)) > limit.letters) why.push_back(limit.why);
    if (mover.index == 0 && din_length(in.move.street) > print_street) why.push_back("print_street");
}

/// MUELLER on a passport is Müller; another name is not. And what the identity card has no room for.
Finding names(const CheckInput& in) {
    PerPerson found;
    for (const auto& mover : in.move.persons) {
        json::array why;
        find_print_overflow(in, mover, why);
        const auto family = text_of(mover.person, "family_name");
        for (const auto& entry : array_of(mover.item, "id_documents")) {
            const auto printed = text_of(entry.as_object(), "name_in_document");
            if (printed.empty() || printed == family) continue;
            const bool same = name_key(printed) == name_key(family) ||
                              name_key(printed) == name_key(text_of(mover.person, "birth_name"));
            why.push_back(same ? "transliterated" : "document_differs");
        }
        if (!in.at_node)
            for (const auto& known : in.known(mover))
                if (const auto stored = known.person.text("family_name");
                    stored != family && name_key(stored) == name_key(family))
                    why.push_back("register_spells_differently");
        if (!why.empty()) found.add(mover, {{"why", std::move(why)}});
    }
    return found.empty() ? ok() : hint(std::move(found).details());
}

}  // namespace

std::vector<Known> same_persons(Transaction& tx, const json::object& person, Among among) {
    const auto born = text_of(person, "birth_date");
    const auto given = name_key(text_of(person, "given_names"));
    std::set<std::string> keys, ids;
    for (const auto* field : {"family_name", "birth_name"})
        if (auto key = name_key(text_of(person, field)); !key.empty()) keys.insert(std::move(key));
    for (const auto& key : keys)
        for (auto& id : IndexSearch(tx).by_name_and_birthday(key, born, among)) ids.insert(std::move(id));
    std::vector<Known> found;
    for (const auto& id : ids) {
        auto row = read_row(tx, "person", id);
        if (!row || row->text("birth_date") != born || name_key(row->text("given_names")) != given) continue;
        const auto theirs = family_keys(*row);
        if (std::none_of(keys.begin(), keys.end(), [&](const auto& key) { return theirs.count(key) > 0; }))
            continue;
        found.push_back({std::move(*row), tx.query(statements::dwellings_of, {{"person_id", id}})});
    }
    return found;
}

/// By the name of today, by the birth name, and by the parts of a double name: who has married since is the
/// same person. A part alone never makes two persons the same.
std::vector<Hit> duplicates_of(Transaction& tx, const json::object& person) {
    Criteria criteria;
    criteria.family = words_of(text_of(person, "family_name"));
    criteria.given = words_of(text_of(person, "given_names"));
    criteria.birth_date = text_of(person, "birth_date");
    auto all = find_duplicates(tx, criteria);
    const auto add = [&](std::vector<std::string> family, bool whole) {
        criteria.family = std::move(family);
        for (auto& hit : find_duplicates(tx, criteria)) {
            const auto id = hit.person.text("id");
            const bool known = std::any_of(all.begin(), all.end(),
                                           [&](const Hit& one) { return one.person.text("id") == id; });
            if (!whole) hit.match = std::max(hit.match, Match::beginning);
            if (!known) all.push_back(std::move(hit));
        }
    };
    if (auto birth_name = words_of(text_of(person, "birth_name")); !birth_name.empty())
        add(std::move(birth_name), true);
    const auto parts = words_of(text_of(person, "family_name"), true);
    for (const auto& part : parts)
        if (parts.size() > 1 && name_key(part).size() >= 4) add({part}, false);
    return all;
}

void install_person_checks(Registry& registry) {
    bind_check_of_known(registry, "residence.duplicates", duplicates);
    bind_check_of_known(registry, "residence.already_registered", already_registered);
    bind_check_of_known(registry, "residence.known_elsewhere", known_elsewhere);
    bind_check_of_known(registry, "residence.relations", relations);
    bind_check(registry, "residence.family", family);
    bind_check(registry, "residence.id_document", id_document);
    bind_check_of_known(registry, "residence.names", names);
}

}  // namespace wa::residence
