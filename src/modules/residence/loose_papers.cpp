// The rules of residence.forget_papers. What belongs to no registration, or to one that nobody ends:
// messages, tasks, contradictions and work of a tour that was put aside say nothing any more after a time of
// our own, messages to and from the Bundeszentralamt after the two years of IDNrG § 9, also those of a
// registration (handbook § 10).
#include "kernel/data.hpp"
#include "kernel/tasks.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/keeping.hpp"

namespace wa::residence {

namespace {

namespace statements = sql::residence;

/// Cases at a time: scans are large.
constexpr std::int64_t papers_part = 50;

Date papers_before(const Reference& reference, const Date& on) {
    return months_before(reference, "papers.keep_months", on);
}

Date loose_before(const Reference& reference, const Date& on) {
    return months_before(reference, "loose.keep_months", on);
}

/// As long as the log of them (IDNrG § 9).
Date tax_office_before(const Reference& reference, const Date& on) {
    return months_before(reference, "tax_office.keep_months", on);
}

Date rests_since(const Reference& reference, const Date& on) {
    return months_before(reference, "registration.rest_months", on);
}

void forget_task(CommandContext& context, const std::string& id) {
    context.records.erase("task", id);
}

void forget_put_aside(CommandContext& context, const std::string& command_id) {
    context.records.execute_unjournalled(statements::empty_put_aside,
                                         {{"none", Bytes()}, {"command_id", command_id}});
}

const ErasureRule the_papers[]{
    {"papers", "Unterlagen alter Anmeldungen", papers_before, statements::papers_past, as_moment,
     destroy_papers, papers_part},
    {"sent", "gesendete Nachrichten", loose_before, statements::sent_past, as_moment, empty_sent},
    {"received", "empfangene Nachrichten", loose_before, statements::received_past, as_moment,
     empty_received},
    {"tax_office_sent", "Nachrichten an das Bundeszentralamt", tax_office_before,
     statements::tax_office_sent_past, as_moment, empty_sent},
    {"tax_office_received", "Nachrichten vom Bundeszentralamt", tax_office_before,
     statements::tax_office_received_past, as_moment, empty_received},
    {"tasks", "erledigte Aufgaben", loose_before, statements::tasks_past, as_moment, forget_task},
    {"conflicts", "entschiedene Abweichungen", loose_before, statements::conflicts_past, as_moment,
     empty_conflict},
    {"put_aside", "zurückgestellte Arbeit von Touren", loose_before, statements::put_aside_past, as_moment,
     forget_put_aside},
    // Who registers has a duty to (BMG § 17): only people say that nothing comes of it.
    {"resting", "", rests_since, statements::resting_past, as_moment, nullptr}};

}  // namespace

std::span<const ErasureRule> papers_rules() {
    return the_papers;
}

void empty_sent(CommandContext& context, const std::string& id) {
    const std::string none;
    context.records.update("outbox", id,
                           {{"payload", std::string("{}")}, {"problem", none}, {"reason", none}});
}

void empty_received(CommandContext& context, const std::string& id) {
    const std::string none;
    context.records.update("inbox", id,
                           {{"payload", std::string("{}")},
                            {"candidates", std::string("[]")},
                            {"problem", none},
                            {"note", none}});
}

void empty_conflict(CommandContext& context, const std::string& id) {
    context.records.update("conflict", id,
                           {{"title", std::string(papers_gone)},
                            {"here_value", std::string()},
                            {"there_value", std::string()},
                            {"reason", Value()}});
}

void ask_about_resting(CommandContext& context) {
    const auto& rule = the_papers[std::size(the_papers) - 1];
    for (const auto& row : due_on(context.records.tx(), rule, context.reference, context.today, daily_part)) {
        if (row.integer("asked") != 0) continue;
        put_task(
            context,
            {.kind = "registration_rests",
             .subject = to_iso(context.today),
             .title = "Ruhende Anmeldung: Leitung entscheidet, ob sie weitergeht oder zurückgezogen wird",
             .case_id = row.text("case_id")});
        context.records.about("case", row.text("case_id"));
    }
}

}  // namespace wa::residence
