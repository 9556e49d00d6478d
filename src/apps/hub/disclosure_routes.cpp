// /api/disclosures: what is stored about somebody, as a letter to them. It is drawn for the one answer and
// kept nowhere: that it was given, to whom and by whom stands in the journal.
#include "adapters/system/system.hpp"
#include "apps/hub/hub_backend.hpp"
#include "kernel/data.hpp"
#include "modules/residence/module.hpp"

namespace wa::hub {

bool HubBackend::disclosure_route(const http::Request& request, const service::Session& session,
                                  http::Respond respond) {
    constexpr std::string_view begin = "/api/disclosures/", ending = ".pdf";
    const std::string_view path = request.path;
    if (!path.starts_with(begin)) return false;
    if (!session.principal.actor.may("register.release"))
        return api_->refuse("residence.disclosure", request, &session,
                            Problem(problems::permission_denied, {{"permission", "register.release"}}),
                            std::move(respond)),
               true;
    const auto name = path.substr(begin.size());
    if (!name.ends_with(ending)) return respond(api_->problem_response(Problem(problems::not_found))), true;
    json::object params{{"person_id", name.substr(0, name.size() - ending.size())}};
    for (const auto* asked : {"identity", "represented_by"})
        if (const auto value = request.parameter(asked); !value.empty()) params[asked] = value;
    const auto& principal = session.principal;
    const auto runner = tenants_.runner(principal.tenant_id);
    QueryRequest query{"residence.disclosure", std::move(params), "",
                       principal.actor,        principal.origin,  system::now()};
    runner->ask(std::move(query), [this, runner, respond](Result<json::object> answer) {
        if (!answer) return respond(api_->problem_response(answer.error()));
        // Drawing takes its time: not on the writer's thread.
        api_->slowly(respond, [this, runner, respond, answer = std::move(*answer)] {
            respond(api_->letter_response(
                disclosure_letter(answer, runner->scope().tenant, local_date(system::now())),
                "auskunft.pdf"));
        });
    });
    return true;
}

}  // namespace wa::hub
