// Booking a registration: the blocks that come and go with it (handbook P07).
#include <fmt/format.h>

#include <algorithm>

#include "kernel/data.hpp"
#include "kernel/tasks.hpp"
#include "modules/residence/booking.hpp"
#include "modules/residence/data.hpp"
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

/// All in one change, so that it is taken back as one. @param why empty: nothing asks for a block under § 51
void change_blocks(CommandContext& context, const std::string& case_id, const std::string& person_id,
                   std::string_view why) {
    const auto person = context.records.find("person", person_id);
    WA_ASSERT(person.has_value());
    const auto before = blocks_of(*person);
    auto blocks = before;
    settle_conditional(context, case_id, *person, blocks);
    if (!why.empty() && !is_blocked(*person)) blocks.push_back(provisional_block(context.today));
    if (blocks == before) return;
    const auto source = why.empty() ? "Liste der Häuser nach BMG § 52" : std::string(why);
    change_person(context, *person, {{"blocks", json::serialize(blocks), "change", source}});
}

}  // namespace

std::set<std::size_t> answered_as_blocked(const Rows& received_forms) {
    std::set<std::size_t> blocked;
    for (const auto& row : received_forms) {
        const auto index = std::size_t(row.integer("person_index"));
        if (row.text("state") == "blocked") blocked.insert(index);
        if (row.text("state") == "hit") blocked.erase(index);
    }
    return blocked;
}

void take_blocks(CommandContext& context, const std::string& case_id, std::vector<BookedPerson>& booked) {
    const auto elsewhere = answered_as_blocked(
        context.records.query(sql::residence::received_forms_of_case, {{"case_id", case_id}}));
    for (std::size_t i = 0; i < booked.size(); ++i) {
        auto& one = booked[i];
        const auto id = one.person.text("id");
        std::string_view why;
        if (flag_of(*one.mover, "block_request")) why = asked_for_one;
        if (elsewhere.count(i)) {
            why = blocked_there;
            put_task_about(context, case_id, id);
        }
        change_blocks(context, case_id, id, why);
        one.person = *read_row(context.records.tx(), "person", id);
    }
}

void take_late_block(CommandContext& context, const Row& the_case, std::size_t index) {
    const auto case_id = the_case.text("id"), status = the_case.text("status");
    const auto record = booking_record(context.records.tx(), case_id);
    const bool stands = status == case_status::booked || status == case_status::closed;
    if (!stands || index >= record.persons.size()) return;
    const auto& person_id = record.persons[index].person_id;
    change_blocks(context, case_id, person_id, blocked_there);
    put_task_about(context, case_id, person_id);
    context.records.about("person", person_id);
}

}  // namespace wa::residence
