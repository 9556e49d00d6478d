// /api/losses: the report of a lost Koffer as a file.
#include "adapters/system/system.hpp"
#include "apps/hub/hub_backend.hpp"
#include "kernel/data.hpp"
#include "modules/tours/module.hpp"

namespace wa::hub {

bool HubBackend::loss_route(const http::Request& request, const service::Session& session,
                            http::Respond respond) {
    constexpr std::string_view begin = "/api/losses/", ending = ".pdf";
    const std::string_view path = request.path;
    if (!path.starts_with(begin)) return false;
    if (!session.principal.actor.may("device.report_loss"))
        return api_->refuse("koffer.loss", request, &session,
                            Problem(problems::permission_denied, {{"permission", "device.report_loss"}}),
                            std::move(respond)),
               true;
    const auto name = path.substr(begin.size());
    if (!name.ends_with(ending)) return respond(api_->problem_response(Problem(problems::not_found))), true;
    const std::string loss_id(name.substr(0, name.size() - ending.size()));
    const auto& principal = session.principal;
    const auto runner = tenants_.runner(principal.tenant_id);
    QueryRequest query{"koffer.loss",   {{"loss_id", loss_id}}, "Verlustmeldung gedruckt",
                       principal.actor, principal.origin,       system::now()};
    runner->ask(std::move(query), [this, runner, loss_id, respond](Result<json::object> answer) {
        if (!answer) return respond(api_->problem_response(answer.error()));
        // Drawing takes its time: not on the writer's thread.
        api_->slowly(respond, [this, runner, loss_id, respond, answer = std::move(*answer)] {
            respond(api_->letter_response(
                loss_letter(object_of(answer, "loss"), runner->scope().tenant, local_date(system::now())),
                "verlust-" + loss_id.substr(loss_id.size() - 6) + ".pdf"));
        });
    });
    return true;
}

}  // namespace wa::hub
