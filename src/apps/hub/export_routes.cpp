// /api/exports: everything of the tenant in a sealed file, begun and fetched by its administration.
#include "adapters/system/system.hpp"
#include "apps/hub/hub_backend.hpp"
#include "apps/hub/tenant_exports.hpp"
#include "kernel/data.hpp"
#include "modules/exports/data.hpp"

namespace wa::hub {

namespace {

CommandRequest export_request(const service::Session& session, const std::string& name,
                              const std::string& export_id) {
    CommandRequest command;
    command.id = system::new_id();
    command.name = name;
    command.payload = {{"export_id", export_id}};
    command.actor = session.principal.actor;
    command.origin = session.principal.origin;
    command.at = system::now();
    return command;
}

/// Never shown, only saved.
http::Response sealed_file(std::string path, const std::string& tenant_id) {
    http::Response response;
    response.headers = {{"Content-Type", "application/octet-stream"},
                        {"Content-Disposition", "attachment; filename=\"auszug-" + tenant_id + "-" +
                                                    to_iso(local_date(system::now())) + ".wanderamt\""},
                        {"Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'"}};
    response.file = std::move(path);
    return response;
}

}  // namespace

bool HubBackend::export_route(const http::Request& request, const service::Session& session,
                              http::Respond respond) {
    constexpr std::string_view begin = "/api/exports", one = "/api/exports/";
    if (request.path != begin && !request.path.starts_with(one)) return false;
    if (!exports_) return respond(api_->problem_response(Problem(problems::not_found))), true;
    if (request.path == begin)
        begin_export(request, session, std::move(respond));
    else
        hand_out_export(request.path.substr(one.size()), session, std::move(respond));
    return true;
}

/// The secret is in this one answer and nowhere else. Whoever has not got it begins anew.
void HubBackend::begin_export(const http::Request& request, const service::Session& session,
                              http::Respond respond) {
    const auto body = service::body_of(request);
    if (!body) return respond(api_->problem_response(body.error()));
    const auto export_id = text_of(*body, "export_id");
    const auto tenant_id = session.principal.tenant_id;
    const auto runner = tenants_.runner(tenant_id);
    exports_->expect(export_id);
    runner->run(export_request(session, "export.begin", export_id), [this, runner, tenant_id, export_id,
                                                                     respond](const CommandResult& result) {
        if (result.outcome != Outcome::done) {
            exports_->forget(export_id);
            return respond(api_->problem_response(result.problem));
        }
        const auto secret = exports_->make(tenant_id, export_id, text_of(result.answer, "reason"));
        respond(http::json_response(200, json::object{{"secret", secret}}));
    });
}

void HubBackend::hand_out_export(const std::string& export_id, const service::Session& session,
                                 http::Respond respond) {
    const auto tenant_id = session.principal.tenant_id;
    const auto runner = tenants_.runner(tenant_id);
    runner->run(export_request(session, "export.hand_out", export_id),
                [this, runner, tenant_id, export_id, respond](const CommandResult& result) {
                    if (result.outcome != Outcome::done)
                        return respond(api_->problem_response(result.problem));
                    respond(sealed_file(exports_->path(tenant_id, export_id), tenant_id));
                });
}

}  // namespace wa::hub
