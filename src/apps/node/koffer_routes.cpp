// /api/koffer: what is asked of a Koffer beside its desk, and handing a tour back.
#include "adapters/system/system.hpp"
#include "apps/node/node_backend.hpp"
#include "apps/node/queue_file.hpp"
#include "kernel/data.hpp"

namespace wa::node {

std::vector<service::Route> NodeBackend::routes() const {
    using service::Gate;
    return {{"GET", "/api/koffer/tours", Gate::anyone},
            {"POST", "/api/koffer/check_out", Gate::anyone},
            {"GET", "/api/koffer/queue", Gate::anyone},
            {"POST", "/api/koffer/check_in", Gate::open_session}};
}

bool NodeBackend::handle(const http::Request& request, const service::Session* session,
                         http::Respond respond) {
    const auto& path = request.path;
    if (path.rfind("/api/koffer/", 0) != 0) return false;
    const Refuse refuse = [this, request, respond,
                           by = session ? std::optional(*session) : std::nullopt](const Problem& problem) {
        api_->refuse(request.method + " " + request.path, request, by ? &*by : nullptr, problem, respond);
    };
    if (!device_) return refuse(Problem(problems::device_not_found)), true;
    if (path == "/api/koffer/tours") return list_tours(refuse, std::move(respond)), true;
    if (path == "/api/koffer/queue") {
        api_->slowly(respond, [this, refuse, respond] { export_queue(refuse, respond); });
        return true;
    }
    auto body = service::body_of(request);
    if (!body) return refuse(body.error()), true;
    if (path == "/api/koffer/check_out") {
        api_->slowly(respond, [this, body = *body, refuse, respond] { fetch_tour(body, refuse, respond); });
        return true;
    }
    if (path == "/api/koffer/check_in") return check_in(*session, refuse, std::move(respond)), true;
    return false;
}

/// Anyone may carry it: what is in it opens at the tenant only.
void NodeBackend::export_queue(const Refuse& refuse, http::Respond respond) {
    const auto tour = vault_->info();
    if (!tour) return refuse(Problem(problems::no_tour));
    http::Response response;
    response.body.assign(as_view(exported_queue(*vault_->open_spool(*tour), system::now().ms)));
    response.headers = {{"Content-Type", "application/octet-stream"},
                        {"Content-Disposition", "attachment; filename=\"" + queue_file_name(*tour) + "\""}};
    respond(std::move(response));
}

void NodeBackend::check_in(const service::Session& session, const Refuse& refuse, http::Respond respond) {
    const auto open = runner(session.principal.tenant_id);
    if (!open) return refuse(Problem(problems::no_tour));
    const auto& permission = engine_.registry().command("tour.check_in")->permission;
    if (!session.principal.actor.may(permission))
        return refuse(Problem(problems::permission_denied, {{"permission", permission}}));
    const auto tour_id = session.principal.origin.tour_id;
    CommandRequest command;
    command.id = system::new_id();
    command.name = "tour.check_in";
    command.payload = {{"tour_id", tour_id}};
    command.actor = session.principal.actor;
    command.origin = session.principal.origin;
    command.at = system::now();
    open->run(std::move(command), [this, tour_id, respond](CommandResult result) {
        if (result.outcome == Outcome::refused) return respond(api_->problem_response(result.problem));
        end_tour(tour_id);
        respond(http::json_response(200, json::object{{"tour_id", tour_id}}));
    });
}

}  // namespace wa::node
