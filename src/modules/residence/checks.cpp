// The checks of a registration against the register (handbook P01). Details carry ids and counts only.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "modules/residence/checks.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/search_index.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

/// The facts must decide which dwelling is the main one, and be possible. What else the register knows of a
/// person is residence.known_elsewhere.
Finding one_main_dwelling(const CheckInput& in) {
    const auto& all = in.move.dwellings;
    json::object details{{"dwellings", std::int64_t(all.size())}, {"ground", in.move.ground}};
    std::int64_t nights = 0;
    for (const auto& dwelling : all) nights += integer_of(*dwelling.use, "nights_per_month");
    json::array why;
    if (in.move.ground.empty()) why.push_back("undecided");
    if (nights > 31) why.push_back("too_many_nights");
    if (!why.empty()) {
        details["why"] = std::move(why);
        return blocking(std::move(details));
    }
    details["status"] = in.move.new_status();
    return ok(std::move(details));
}

Finding previous_dwelling(const CheckInput& in) {
    if (in.at_node) return unknown();
    if (in.move.previous_kind != "germany") return ok();
    const auto& previous = object_of(in.move.form, "previous_dwelling");
    const bool here = text_of(previous, "ags") == text_of(in.move.new_dwelling, "ags");
    const auto key =
        residence::address_key(street_name(previous, in.reference, in.declared_on),
                               integer_of(previous, "house_no"), text_of(previous, "house_letter"));
    PerPerson found;
    for (const auto& mover : in.move.persons) {
        const auto& known = in.known(mover);
        bool dwelling_known = false, other_current = false;
        for (const auto& one : known)
            for (const auto& dwelling : one.dwellings) {
                const bool fits = dwelling.text("address_key") == key;
                dwelling_known |= fits;
                other_current |= !fits && dwelling.integer("current") == 1;
            }
        json::array why;
        if (here && !dwelling_known) why.push_back(known.empty() ? "person_not_known" : "dwelling_not_known");
        if (other_current) why.push_back("another_dwelling_is_current");
        if (!why.empty()) found.add(mover, {{"why", std::move(why)}});
    }
    return found.empty() ? ok() : hint(std::move(found).details());
}

/// Asked of those alone who have a block at all: a home has hundreds of residents.
bool is_hidden(const CheckInput& in, const Row& resident) {
    return resident.text("blocks") != "[]" && in.hides(resident.text("person_id"));
}

/// Rows of the same dwelling: the building, and what else the address says of it. Of whom the asker may see.
Rows in_same_dwelling(const CheckInput& in) {
    Rows same;
    for (const auto& row : in.neighbours()) {
        bool fits = true;
        for (const auto* part : {"apartment_no", "floor", "addition", "sub_no"})
            fits &= row.text(part) == text_of(in.move.new_dwelling, part);
        if (fits && !is_hidden(in, row)) same.push_back(row);
    }
    return same;
}

/// Who lives there already, and who moves in now; the limit hints at a registration for show.
Finding persons_in_dwelling(const CheckInput& in) {
    if (in.at_node) return unknown();
    // A home or a shelter houses many under one address.
    const auto kind = text_of(in.move.form, "dwelling_kind");
    const std::string_view parameter = "registration.max_persons_in_dwelling";
    const auto limit = built_in_parameter(fmt::format("{}.{}", parameter, kind), in.declared_on)
                           .value_or(in.reference.parameter(parameter, in.declared_on));
    std::set<std::string> movers;
    for (const auto& mover : in.move.persons)
        for (const auto& known : in.known(mover)) movers.insert(known.person.text("id"));
    std::set<std::string> there;
    for (const auto& row : in_same_dwelling(in))
        if (const auto id = row.text("person_id"); !movers.count(id)) there.insert(id);
    const auto count = std::int64_t(there.size() + in.move.persons.size());
    json::object details{{"persons", count}, {"limit", limit}};
    return limit == 0 || count <= limit ? ok(std::move(details)) : blocking(std::move(details));
}

/// Of the persons who moved to this lessor since then, how many the asker may not see.
std::int64_t hidden_moves(const CheckInput& in, const Params& moves) {
    if (!in.seen_by()) return 0;
    const auto blocked = in.tx.query(statements::blocked_moves_of_lessor, moves);
    return std::count_if(blocked.begin(), blocked.end(), [&](const Row& row) { return is_hidden(in, row); });
}

/// Whoever lets to many in a short time may do so for show (handbook P01): worth a question, never a
/// hindrance.
Finding same_lessor(const CheckInput& in) {
    const auto key = lessor_key(object_of(in.move.form, "lessor"));
    if (key.empty()) return ok();
    if (in.at_node) return unknown();
    const auto limit = in.reference.parameter("registration.max_persons_of_lessor", in.declared_on);
    const auto months = in.reference.parameter("registration.lessor_window_months", in.declared_on);
    const auto since = to_iso(add_months(in.declared_on, -int(months)));
    const Params moves{{"key", key}, {"since", since}};
    const auto moved = in.tx.query(statements::moves_of_lessor, moves).front().integer("count");
    const auto count = moved - hidden_moves(in, moves) + std::int64_t(in.move.persons.size());
    json::object details{{"persons", count}, {"limit", limit}, {"months", months}};
    return count <= limit ? ok(std::move(details)) : hint(std::move(details));
}

Finding blocks_in_dwelling(const CheckInput& in) {
    if (in.at_node) return unknown();
    std::int64_t blocked = 0, conditional = 0;
    for (const auto& row : in.neighbours()) {
        if (is_hidden(in, row)) continue;
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
    const auto on = parse_date(in.move.moved_in).value_or(in.declared_on);
    // A street renamed since counts by its key on either day.
    const auto* entry = street_entry(dwelling, in.reference, on);
    if (!entry) entry = street_entry(dwelling, in.reference, in.declared_on);
    if (!entry) {
        const bool keyless = text_of(dwelling, "street_key").empty();
        return blocking({{"why", keyless ? "street_without_key" : "street_not_valid"}});
    }
    if (!in_range(integer_of(dwelling, "house_no"), entry->extra))
        return blocking({{"why", "house_number_unknown"}, {"house_no", integer_of(dwelling, "house_no")}});
    const auto postcode = text_of(entry->extra, "postcode");
    if (!postcode.empty() && postcode != text_of(dwelling, "postcode"))
        return hint({{"why", "other_postcode"}, {"postcode", postcode}});
    return ok();
}

bool is_named(const json::object& on_paper, const json::object& person) {
    const auto given = name_key(text_of(on_paper, "given_names"));
    return name_key(text_of(on_paper, "family_name")) == name_key(text_of(person, "family_name")) &&
           (given.empty() || name_key(text_of(person, "given_names")).compare(0, given.size(), given) == 0);
}

Finding lessor(const CheckInput& in) {
    const auto& said = object_of(in.move.form, "lessor");
    const auto form = text_of(said, "lessor_form");
    if (form == "self") return ok();
    if (form == "missing") return hint({{"why", json::array{"missing"}}, {"law", "BMG § 19 Abs. 5"}});
    json::array why, not_named;
    if (text_of(said, "lessor_moved_in") != in.move.moved_in) why.push_back("date_differs");
    const auto& named = array_of(said, "lessor_persons");
    for (const auto& mover : in.move.persons)
        if (std::none_of(named.begin(), named.end(), [&](const json::value& one) {
                return one.is_object() && is_named(one.get_object(), mover.person);
            }))
            not_named.push_back(std::int64_t(mover.index));
    const auto more = std::count_if(named.begin(), named.end(), [&](const json::value& one) {
        return one.is_object() &&
               std::none_of(in.move.persons.begin(), in.move.persons.end(),
                            [&](const Mover& mover) { return is_named(one.get_object(), mover.person); });
    });
    if (!not_named.empty()) why.push_back("person_not_named");
    if (more > 0) why.push_back("more_persons_named");
    if (flag_of(said, "lessor_is_tenant") && text_of(said, "owner_name").empty())
        why.push_back("sub_tenant_without_owner");
    if (why.empty()) return ok();
    return hint({{"why", std::move(why)}, {"not_named", std::move(not_named)}, {"more", std::int64_t(more)}});
}

Finding deadline(const CheckInput& in) {
    const auto moved = parse_date(in.move.moved_in);
    if (!moved) return unknown();
    return filed(in.reference.deadline("registration.two_weeks", *moved), in.declared_on,
                 in.reference.parameter("registration.late_tolerance_days", in.declared_on));
}

Finding back_dating(const CheckInput& in) {
    const auto moved = parse_date(in.move.moved_in);
    if (!moved) return unknown();
    const auto months = in.reference.parameter("registration.back_dating_four_eyes_months", in.declared_on);
    if (*moved >= add_months(in.declared_on, -int(months))) return ok();
    return blocking({{"months", months}});
}

Result<json::object> findings(QueryContext& context, const json::object& params) {
    WA_TRY(the_case, load_case(context, text_of(params, "case_id")));
    if (the_case.row.text("procedure") != registration) return fail(problems::residence_other_procedure);
    const auto on = declared_on(the_case.row, context.today);
    CheckRun run{context.tx, context.side, context.reference, on, the_case.form, &context.actor};
    json::array list;
    for (const auto& [code, finding] : run_checks(run, registration))
        list.push_back(json::object{{"code", code}, {"state", finding.state}, {"details", finding.details}});
    json::array shown;
    const auto& in = input_of(run);
    for (const auto& mover : in.move.persons) {
        std::set<std::string> seen;
        const auto show = [&](const Hit& hit) {
            if (!seen.insert(hit.person.text("id")).second) return;
            auto candidate = show_hit(context, hit);
            candidate["index"] = std::int64_t(mover.index);
            shown.push_back(std::move(candidate));
        };
        for (const auto& known : in.known(mover)) show({known.person, known.dwellings, Match::exact});
        for (const auto& hit : in.similar(mover)) show(hit);
    }
    return json::object{{"findings", std::move(list)}, {"candidates", std::move(shown)}};
}

}  // namespace

Finding filed(const Date& last_day, const Date& declared_on, std::int64_t tolerance_days) {
    json::object details{{"last_day", to_iso(last_day)}};
    if (declared_on <= last_day) return ok(std::move(details));
    const auto days = days_between(last_day, declared_on);
    details["days"] = days;
    if (days <= tolerance_days) return ok(std::move(details));
    details["problem"] = problems::residence_late.name;
    return hint(std::move(details));
}

namespace {

bool hides_known(const CheckInput& in) {
    if (in.at_node || !in.seen_by()) return false;
    for (const auto& mover : in.move.persons)
        for (const auto& known : in.known_blocked(mover))
            if (in.hides(known.person.text("id"))) return true;
    return false;
}

/// What was asked about a mover before, or asked now.
template <class Asked, class Ask>
const Asked& once(std::map<std::size_t, Asked>& kept, const Mover& mover, Ask ask) {
    const auto [place, is_new] = kept.try_emplace(mover.index);
    if (is_new) place->second = ask();
    return place->second;
}

}  // namespace

CheckInput::CheckInput(CheckRun& run)
    : tx(run.tx),
      reference(run.reference),
      declared_on(run.on),
      move(run.form, run.reference, run.on),
      at_node(run.side == Side::node),
      run_(run) {}

const std::vector<Known>& CheckInput::known(const Mover& mover) const {
    return once(known_, mover, [&] { return same_persons(tx, mover.person); });
}

const std::vector<Known>& CheckInput::known_blocked(const Mover& mover) const {
    return once(known_blocked_, mover, [&] { return same_persons(tx, mover.person, Among::blocked); });
}

const std::vector<Hit>& CheckInput::similar(const Mover& mover) const {
    return once(similar_, mover, [&] { return duplicates_of(tx, mover.person); });
}

const Rows& CheckInput::neighbours() const {
    if (!neighbours_)
        neighbours_ = tx.query(statements::current_at_address, {{"address_key", move.address_key}});
    return *neighbours_;
}

const CheckInput& input_of(CheckRun& run) {
    const auto* there = std::any_cast<CheckInput>(&run.prepared);
    return there ? *there : run.prepared.emplace<CheckInput>(run);
}

void bind_check(Registry& registry, const char* name, Check check) {
    registry.bind_check(name, [check](CheckRun& run) { return check(input_of(run)); });
}

void bind_check_of_known(Registry& registry, const char* name, Check check) {
    registry.bind_check(name, [check](CheckRun& run) {
        const auto& in = input_of(run);
        return hides_known(in) ? Finding{"unknown", {{"why", "lead_decides"}}} : check(in);
    });
}

void install_checks(Registry& registry) {
    install_person_checks(registry);
    bind_check(registry, "residence.one_main_dwelling", one_main_dwelling);
    bind_check_of_known(registry, "residence.previous_dwelling", previous_dwelling);
    bind_check(registry, "residence.persons_in_dwelling", persons_in_dwelling);
    bind_check(registry, "residence.same_lessor", same_lessor);
    bind_check(registry, "residence.blocks_in_dwelling", blocks_in_dwelling);
    bind_check(registry, "residence.street", street);
    bind_check(registry, "residence.lessor", lessor);
    bind_check(registry, "residence.deadline", deadline);
    bind_check(registry, "residence.back_dating", back_dating);
    registry.bind_query("residence.findings", findings);
}

}  // namespace wa::residence
