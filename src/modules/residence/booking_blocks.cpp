// Booking a registration: the blocks that come and go with it (handbook P07).
#include <fmt/format.h>

#include <algorithm>

#include "kernel/data.hpp"
#include "kernel/registry.hpp"
#include "kernel/tasks.hpp"
#include "modules/residence/booking.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/exchange/form_differences.hpp"
#include "modules/residence/search.hpp"

namespace wa::residence {

namespace {

/// Why somebody gets a block before anybody has decided about it.
constexpr std::string_view blocked_there = "Vorausgefüllter Meldeschein: gesperrt";
constexpr std::string_view asked_for_one = "Angabe der Person";

/// What the office of the former dwelling has blocked is blocked everywhere (BMG § 51); which key it has and
/// until when it holds its answer did not say.
void put_task_about(CommandContext& context, const std::string& case_id, const std::string& person_id) {
    put_task(context,
             {.kind = "block_elsewhere",
              .subject = person_id,
              .title = "Auskunftssperre der bisherigen Meldebehörde: Anlass und Frist erfragen (BMG § 51)",
              .case_id = case_id,
              .person_id = person_id});
}

/// Somebody is blocked, and nobody can say who: a person must, before the block is lost.
void put_task_about_nobody(CommandContext& context, const std::string& case_id) {
    put_task(context,
             {.kind = "block_elsewhere",
              .title = "Auskunftssperre der bisherigen Meldebehörde für jemanden, den der Meldeschein "
                       "so nicht mehr nennt: klären, wem sie gilt (BMG § 51)",
              .case_id = case_id});
}

bool is_conditional(const json::value& block) {
    return block.is_object() && text_of(block.get_object(), "paragraph") == "52";
}

/// Whether the municipality's list has the house (reference table `statutes`).
bool is_in_listed_house(const CommandContext& context, const Row& dwelling) {
    const auto house = fmt::format("{}.{} {}{}", dwelling.text("ags"), dwelling.text("street"),
                                   dwelling.integer("house_no"), dwelling.text("house_letter"));
    return dwelling.integer("current") == 1 &&
           context.reference.statute("conditional_block", house, context.today).has_value();
}

/// The conditional block (bedingter Sperrvermerk, BMG § 52) comes with a dwelling in a house of the list, and
/// ends with it; whoever keeps another dwelling of before may have it from there.
void settle_conditional(CommandContext& context, const std::string& case_id, const Row& person,
                        json::array& blocks) {
    const auto dwellings =
        context.records.query(sql::residence::dwellings_of, {{"person_id", person.text("id")}});
    const auto any = [&](auto question) { return std::any_of(dwellings.begin(), dwellings.end(), question); };
    const bool listed = any([&](const Row& row) { return is_in_listed_house(context, row); });
    const bool keeps_another = any(
        [&](const Row& row) { return row.integer("current") == 1 && row.text("source_case") != case_id; });
    const bool marked = std::any_of(blocks.begin(), blocks.end(), is_conditional);
    if (!listed && !keeps_another)
        blocks.erase(std::remove_if(blocks.begin(), blocks.end(), is_conditional), blocks.end());
    if (listed && !marked)
        blocks.push_back(json::object{
            {"paragraph", "52"}, {"law", "BMG § 52"}, {"text", "Bedingter Sperrvermerk (§ 52 BMG)"}});
}

/// A block (Auskunftssperre, BMG § 51) that holds until the lead has decided: too early it harms nobody.
json::object provisional_block(const Date& from) {
    return {{"paragraph", "51"},
            {"law", "BMG § 51"},
            {"text", "Vorläufige Auskunftssperre (§ 51 BMG): die Leitung entscheidet"},
            {"provisional_from", to_iso(from)}};
}

/// Cases that mean somebody who has a block from now on are the lead's at once, not only after their next
/// check.
void hide_cases_of(CommandContext& context, const Row& person, const std::string& except) {
    const auto meant = registry().meant(std::string(registration));
    for (const auto& row :
         context.records.query(sql::residence::cases_that_may_mean,
                               {{"birth_date", "%" + person.text("birth_date") + "%"}, {"except", except}})) {
        const auto form = parse_json(row.text("form"));
        if (!form || !form->is_object()) continue;
        const auto hidden = meant(context.records.tx(), form->get_object());
        if (hidden.empty()) continue;
        context.records.update("case_file", row.text("id"), {{"meant_id", hidden}});
        context.records.about("case", row.text("id"));
    }
}

/// All in one change, so that it is taken back as one. @param why empty: nothing asks for a block under § 51
void change_blocks(CommandContext& context, const std::string& case_id, const std::string& person_id,
                   std::string_view why) {
    const auto person = context.records.find("person", person_id);
    WA_ASSERT(person.has_value());
    const auto before = blocks_of(*person);
    auto blocks = before;
    settle_conditional(context, case_id, *person, blocks);
    const bool is_new = !why.empty() && !is_blocked(*person);
    if (is_new) blocks.push_back(provisional_block(context.today));
    if (blocks == before) return;
    const auto source = why.empty() ? "Liste der Häuser nach BMG § 52" : std::string(why);
    change_person(context, *person, {{"blocks", json::serialize(blocks), "change", source}});
    if (is_new) hide_cases_of(context, *person, case_id);
}

}  // namespace

BlockedThere answered_as_blocked(const Rows& received_forms, const json::array& persons) {
    BlockedThere blocked;
    for (const auto& row : received_forms) {
        const auto place = asked_about(row, persons);
        const auto state = row.text("state");
        if (place && state == "blocked") blocked.places.insert(*place);
        if (place && state == "hit") blocked.places.erase(*place);
        blocked.somebody_else |= !place && state == "blocked";
    }
    return blocked;
}

void take_blocks(CommandContext& context, const CaseView& the_case, std::vector<BookedPerson>& booked) {
    const auto case_id = the_case.id();
    const auto elsewhere = answered_as_blocked(
        context.records.query(sql::residence::received_forms_of_case, {{"case_id", case_id}}),
        array_of(the_case.form, "persons"));
    for (std::size_t i = 0; i < booked.size(); ++i) {
        auto& one = booked[i];
        const auto id = one.person.text("id");
        std::string_view why;
        if (flag_of(*one.mover, "block_request")) why = asked_for_one;
        if (elsewhere.places.count(i)) {
            why = blocked_there;
            put_task_about(context, case_id, id);
        }
        change_blocks(context, case_id, id, why);
        one.person = *read_row(context.records.tx(), "person", id);
    }
    if (elsewhere.somebody_else) put_task_about_nobody(context, case_id);
}

void take_late_block(CommandContext& context, const Row& the_case, const Row& request) {
    const auto case_id = the_case.text("id"), status = the_case.text("status");
    const auto record = booking_record(context.records.tx(), case_id);
    const bool stands = status == case_status::booked || status == case_status::closed;
    if (!stands || record.persons.empty()) return;
    const auto form = parse_json(the_case.text("form"));
    WA_ASSERT(form && form->is_object());
    const auto place = asked_about(request, array_of(form->get_object(), "persons"));
    if (!place) return put_task_about_nobody(context, case_id);
    WA_ASSERT(*place < record.persons.size());
    const auto& person_id = record.persons[*place].person_id;
    change_blocks(context, case_id, person_id, blocked_there);
    put_task_about(context, case_id, person_id);
    context.records.about("person", person_id);
}

}  // namespace wa::residence
