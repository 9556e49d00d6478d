// The checks of a registration against the register (handbook P01). Details carry ids and counts only.
#include <algorithm>

#include "base/identifiers.hpp"
#include "kernel/cases.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/residence.hpp"
#include "modules/residence/search.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

struct CheckInput {
    Transaction& tx;
    const Reference& reference;
    Date today;
    MoveForm move;
    bool at_node;
};

Finding ok(json::object details = {}) {
    return {"ok", std::move(details)};
}
Finding hint(json::object details) {
    return {"hint", std::move(details)};
}
Finding blocking(json::object details) {
    return {"blocking", std::move(details)};
}
/// The working set of a Koffer cannot say; the hub will.
Finding unknown() {
    return {"unknown", {{"why", "needs_register"}}};
}

Criteria same_person(const json::object& person) {
    Criteria criteria;
    criteria.family = words_of(text_of(person, "family_name"));
    criteria.given = words_of(text_of(person, "given_names"));
    criteria.birth_date = text_of(person, "birth_date");
    return criteria;
}

/// The same spelling and the same day: this is meant to be the same person until somebody says otherwise.
bool is_same(const Hit& hit, const json::object& person) {
    return hit.match == Match::exact && hit.person.text("birth_date") == text_of(person, "birth_date");
}

/// By the name of today, by the birth name, and by the parts of a double name: who has married since is the
/// same person. A part alone never makes two persons the same.
std::vector<Hit> duplicates_of(Transaction& tx, const json::object& person) {
    auto criteria = same_person(person);
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

std::vector<Hit> candidates(const CheckInput& in) {
    return duplicates_of(in.tx, in.move.person);
}

Finding duplicates(const CheckInput& in) {
    if (in.at_node) return unknown();
    json::array ids, same;
    bool deceased = false;
    for (const auto& hit : candidates(in)) {
        ids.push_back(json::string(hit.person.text("id")));
        if (!is_same(hit, in.move.person)) continue;
        same.push_back(json::string(hit.person.text("id")));
        deceased |= hit.person.text("status") == "deceased";
    }
    if (ids.empty()) return ok();
    const bool stops = !same.empty();
    json::object details{{"person_ids", std::move(ids)}, {"same", std::move(same)}, {"deceased", deceased}};
    return stops ? blocking(std::move(details)) : hint(std::move(details));
}

Finding already_registered(const CheckInput& in) {
    if (in.at_node) return unknown();
    for (const auto& hit : candidates(in)) {
        if (!is_same(hit, in.move.person)) continue;
        for (const auto& dwelling : hit.dwellings)
            if (dwelling.integer("current") == 1 && dwelling.text("address_key") == in.move.address_key &&
                dwelling.text("apartment_no") == text_of(in.move.new_dwelling, "apartment_no"))
                return blocking({{"person_id", hit.person.text("id")}, {"dwelling_id", dwelling.text("id")}});
    }
    return ok();
}

/// Needs the form alone for what is wrong; what else the register knows only the hub can say.
Finding one_main_dwelling(const CheckInput& in) {
    const auto& form = in.move.form;
    std::vector<std::string> all{in.move.new_status()};
    if (in.move.previous_kept) all.push_back(in.move.previous_status());
    for (const auto& entry : array_of(form, "other_dwellings")) {
        const auto& other = entry.as_object();
        const auto out = parse_date(text_of(other, "moved_out"));
        if (!out || *out > in.today) all.push_back(text_of(other, "dwelling_status"));
    }
    const auto main = std::count_if(all.begin(), all.end(), [](const auto& s) { return s != "N"; });
    const bool sole_with_others = all.size() > 1 && std::count(all.begin(), all.end(), "E") > 0;
    if (main != 1 || sole_with_others)
        return blocking({{"main_dwellings", std::int64_t(main)}, {"dwellings", std::int64_t(all.size())}});
    return in.at_node ? unknown() : ok({{"dwellings", std::int64_t(all.size())}});
}

Finding previous_dwelling(const CheckInput& in) {
    if (in.at_node) return unknown();
    if (in.move.previous_kind != "germany") return ok();
    const auto& previous = object_of(in.move.form, "previous_dwelling");
    const bool here = text_of(previous, "ags") == text_of(in.move.new_dwelling, "ags");
    const auto key =
        residence::address_key(street_name(previous, in.reference, in.today),
                               integer_of(previous, "house_no"), text_of(previous, "house_letter"));
    bool person_known = false, dwelling_known = false, other_current = false;
    for (const auto& hit : candidates(in)) {
        if (!is_same(hit, in.move.person)) continue;
        person_known = true;
        for (const auto& dwelling : hit.dwellings) {
            const bool fits = dwelling.text("address_key") == key;
            dwelling_known |= fits;
            other_current |= !fits && dwelling.integer("current") == 1;
        }
    }
    if (here && !dwelling_known)
        return hint({{"why", person_known ? "dwelling_not_known" : "person_not_known"}});
    if (other_current) return hint({{"why", "another_dwelling_is_current"}});
    return ok({{"known_here", dwelling_known}});
}

/// Rows of the same dwelling: the building, and what else the address says of it.
std::vector<Row> in_same_dwelling(const CheckInput& in) {
    std::vector<Row> same;
    for (auto& row : in.tx.query(statements::current_at_address, {{"address_key", in.move.address_key}})) {
        bool fits = true;
        for (const auto* part : {"apartment_no", "floor", "addition", "sub_no"})
            fits &= row.text(part) == text_of(in.move.new_dwelling, part);
        if (fits) same.push_back(std::move(row));
    }
    return same;
}

Finding persons_in_dwelling(const CheckInput& in) {
    if (in.at_node) return unknown();
    const auto limit = in.reference.parameter("registration.max_persons_in_dwelling", in.today);
    const auto count = std::int64_t(in_same_dwelling(in).size()) + 1;
    json::object details{{"persons", count}, {"limit", limit}};
    return count > limit ? blocking(std::move(details)) : ok(std::move(details));
}

Finding blocks_in_dwelling(const CheckInput& in) {
    if (in.at_node) return unknown();
    std::int64_t blocked = 0, conditional = 0;
    for (const auto& row :
         in.tx.query(statements::current_at_address, {{"address_key", in.move.address_key}})) {
        const auto blocks = row.text("blocks");
        conditional += blocks.find("\"paragraph\":\"52\"") != std::string::npos;
    }
    for (const auto& row : in_same_dwelling(in))
        blocked += row.text("blocks").find("\"paragraph\":\"51\"") != std::string::npos;
    if (blocked + conditional == 0) return ok();
    return hint({{"blocked", blocked}, {"conditional", conditional}});
}

bool in_range(std::int64_t number, const json::object& extra) {
    const auto& ranges = array_of(extra, "ranges");
    if (ranges.empty()) return true;
    return std::any_of(ranges.begin(), ranges.end(), [&](const json::value& value) {
        const auto* range = value.if_object();
        if (!range) return false;
        const auto parity = text_of(*range, "parity");
        const bool fits = parity.empty() || (parity == "odd") == (number % 2 == 1);
        return fits && number >= integer_of(*range, "from") && number <= integer_of(*range, "to", 9999);
    });
}

Finding street(const CheckInput& in) {
    if (!in.reference.has_list("street")) return {"unknown", {{"why", "no_directory"}}};
    const auto& dwelling = in.move.new_dwelling;
    const auto on = parse_date(in.move.moved_in).value_or(in.today);
    // A street renamed since counts by its key on either day.
    const auto key = text_of(dwelling, "street_key");
    const auto* entry = in.reference.code("street", key, on);
    if (!entry) entry = in.reference.code("street", key, in.today);
    if (!entry) return blocking({{"why", key.empty() ? "street_without_key" : "street_not_valid"}});
    if (!in_range(integer_of(dwelling, "house_no"), entry->extra))
        return blocking({{"why", "house_number_unknown"}, {"house_no", integer_of(dwelling, "house_no")}});
    const auto postcode = text_of(entry->extra, "postcode");
    if (!postcode.empty() && postcode != text_of(dwelling, "postcode"))
        return hint({{"why", "other_postcode"}, {"postcode", postcode}});
    return ok();
}

Finding lessor(const CheckInput& in) {
    const auto& said = object_of(in.move.form, "lessor");
    const auto form = text_of(said, "lessor_form");
    if (form == "self") return ok();
    if (form == "missing") return hint({{"why", "missing"}, {"law", "BMG § 19 Abs. 5"}});
    json::array why;
    if (text_of(said, "lessor_moved_in") != in.move.moved_in) why.push_back("date_differs");
    const auto& persons = array_of(said, "lessor_persons");
    const auto name = name_key(text_of(in.move.person, "family_name"));
    const bool named = std::any_of(persons.begin(), persons.end(), [&](const json::value& one) {
        return one.is_object() && name_key(text_of(one.get_object(), "family_name")) == name;
    });
    if (!named) why.push_back("person_not_named");
    if (persons.size() > 1) why.push_back("more_persons_named");
    if (why.empty()) return ok();
    return hint({{"why", std::move(why)}});
}

Finding id_document(const CheckInput& in) {
    json::array why;
    bool any_valid = false;
    for (const auto& entry : array_of(in.move.form, "id_documents")) {
        const auto& document = entry.as_object();
        const auto until = parse_date(text_of(document, "valid_until"));
        any_valid |= !until || *until >= in.today;
        const auto serial = text_of(document, "serial");
        if (!serial.empty() && !document_serial_ok(text_of(document, "doc_type"), serial))
            why.push_back("serial");
        if (text_of(object_of(document, "check_result"), "register_match") == "no") why.push_back("differs");
    }
    if (!any_valid) why.push_back("expired");
    if (why.empty()) return ok();
    return hint({{"why", std::move(why)}});
}

Finding deadline(const CheckInput& in) {
    const auto moved = parse_date(in.move.moved_in);
    if (!moved) return unknown();
    const auto last = in.reference.deadline("registration.two_weeks", *moved);
    json::object details{{"last_day", to_iso(last)}};
    if (in.today <= last) return ok(std::move(details));
    details["days"] = days_between(last, in.today);
    details["problem"] = problems::residence_late.name;
    return hint(std::move(details));
}

Finding back_dating(const CheckInput& in) {
    const auto moved = parse_date(in.move.moved_in);
    if (!moved) return unknown();
    const auto months = in.reference.parameter("registration.back_dating_four_eyes_months", in.today);
    if (*moved >= add_months(in.today, -int(months))) return ok();
    return blocking({{"months", months}});
}

using Check = Finding (*)(const CheckInput&);

void bind(Registry& registry, const char* name, Check check) {
    registry.bind_check(name, [check](Transaction& tx, Side side, const Reference& reference,
                                      const Date& today, const json::object& form) {
        return check({tx, reference, today, MoveForm(form, reference), side == Side::node});
    });
}

Result<json::object> findings(QueryContext& context, const json::object& params) {
    WA_TRY(the_case, load_case(context, text_of(params, "case_id")));
    if (the_case.row.text("procedure") != registration) return fail(problems::residence_other_procedure);
    json::array list;
    for (const auto& [code, finding] :
         run_checks(context.tx, context.side, context.reference, context.today, registration, the_case.form))
        list.push_back(json::object{{"code", code}, {"state", finding.state}, {"details", finding.details}});
    json::array shown;
    const auto& person = object_of(the_case.form, "person");
    if (!person.empty())
        for (const auto& hit : duplicates_of(context.tx, person)) shown.push_back(show_hit(context, hit));
    return json::object{{"findings", std::move(list)}, {"candidates", std::move(shown)}};
}

}  // namespace

void install_checks(Registry& registry) {
    bind(registry, "residence.duplicates", duplicates);
    bind(registry, "residence.already_registered", already_registered);
    bind(registry, "residence.one_main_dwelling", one_main_dwelling);
    bind(registry, "residence.previous_dwelling", previous_dwelling);
    bind(registry, "residence.persons_in_dwelling", persons_in_dwelling);
    bind(registry, "residence.blocks_in_dwelling", blocks_in_dwelling);
    bind(registry, "residence.street", street);
    bind(registry, "residence.lessor", lessor);
    bind(registry, "residence.id_document", id_document);
    bind(registry, "residence.deadline", deadline);
    bind(registry, "residence.back_dating", back_dating);
    registry.bind_query("residence.findings", findings);
}

}  // namespace wa::residence
