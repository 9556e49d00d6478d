// residence.close_cases: a booked case of which nothing is left to do is closed (handbook § 1.5: messages
// acknowledged → closed). It can still be printed, and taken back as the law allows.
#include "kernel/cases.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/keeping.hpp"
#include "modules/residence/residence.hpp"

namespace wa::residence {

namespace {

/// Daily. One that still waits for somebody, an answer or a signature of receipt stays as it is.
Result<json::object> close_cases(CommandContext& context, const json::object&) {
    const auto finished = context.records.query(
        sql::residence::cases_to_close, {{"procedure", std::string(registration)}, {"limit", daily_part}});
    for (const auto& row : finished) {
        context.records.update("case_file", row.text("id"), {{"status", std::string(case_status::closed)}});
        context.records.about("case", row.text("id"));
    }
    const auto count = std::int64_t(finished.size());
    return json::object{{"count", count}, {"more", count == daily_part}};
}

}  // namespace

void install_closing(Registry& registry) {
    registry.bind_command("residence.close_cases", close_cases);
}

}  // namespace wa::residence
