// residence.end_not_needed: the answer was that no registration is needed (BMG §§ 27, 32). The case ends with
// that word, not with an error.
#include "kernel/data.hpp"
#include "modules/residence/booking.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/letters.hpp"

namespace wa::residence {

namespace {

constexpr std::string_view decision_prefix = "not_needed.";

Result<json::object> end_not_needed(CommandContext& context, const json::object& payload) {
    WA_TRY(the_case, load_case(context, text_of(payload, "case_id")));
    if (the_case.row.text("procedure") != registration) return fail(problems::residence_other_procedure);
    if (the_case.status() != case_status::captured)
        return fail(problems::case_wrong_status, {{"status", the_case.status()}});
    const auto exemption = text_of(the_case.form, "exemption");
    if (exemption.empty() || exemption == "none") return fail(problems::residence_is_needed);
    context.records.update("case_file", the_case.id(),
                           {{"status", std::string(case_status::closed)},
                            {"decision", std::string(decision_prefix) + exemption},
                            {"decided_at_ms", context.at.ms}});
    return json::object{{"exemption", exemption}};
}

/// What the law says of this exception and from when on it ends; the words stand in the procedure.
std::string words_of_exemption(const Procedure& procedure, const std::string& exemption) {
    for (const auto& entry : array_of(procedure.description(), "not_needed"))
        if (text_of(entry.as_object(), "value") == exemption) return text_of(entry.as_object(), "de");
    return "";
}

}  // namespace

Result<Letter> not_needed_letter(QueryContext& context, const std::string& case_id) {
    WA_TRY(the_case, registration_case(context, case_id));
    const auto decision = the_case.row.text("decision");
    if (decision.substr(0, decision_prefix.size()) != decision_prefix)
        return fail(problems::residence_is_needed);
    const auto* procedure = registry().procedure(registration);
    WA_ASSERT(procedure != nullptr);
    auto out = letter_frame(context, the_case.row, "Eine Anmeldung ist nicht nötig");
    out.official = false;
    out.body = {letter::Paragraph{words_of_exemption(*procedure, decision.substr(decision_prefix.size()))},
                letter::SmallPrint{
                    "Diese Auskunft beruht auf Ihren Angaben. Ändert sich etwas, fragen Sie bitte nach."}};
    return out;
}

void install_exemption(Registry& registry) {
    registry.bind_command("residence.end_not_needed", end_not_needed);
}

}  // namespace wa::residence
