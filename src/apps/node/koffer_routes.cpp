// /api/koffer: fetching a tour, handing it back.
#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "apps/hub/check_out_text.hpp"
#include "apps/node/device_line.hpp"
#include "apps/node/node_backend.hpp"
#include "apps/node/package.hpp"
#include "apps/node/queue_file.hpp"
#include "kernel/data.hpp"
#include "kernel/identity.hpp"

namespace wa::node {

namespace {
Problem tour_loaded() {
    return Problem(problems::case_wrong_status, {{"status", "tour loaded"}});
}
}  // namespace

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

/// The hub's reason for refusing, if this program knows the words for it.
std::optional<Problem> NodeBackend::problem_said(const json::object& answer) const {
    const auto code = text_of(answer, "problem");
    if (code.empty() || !engine_.registry().problems().contains(code)) return std::nullopt;
    return Problem(code, object_of(answer, "details"));
}

void NodeBackend::list_tours(const Refuse& refuse, http::Respond respond) {
    ask_hub(loop_, line_options(*device_, "/device"), R"({"op":"tours"})",
            [this, refuse, respond](std::optional<std::string> answer, bool) {
                const auto value = answer ? parse_json(*answer) : std::nullopt;
                // Without a line nobody is refused: the page asks again and again.
                if (!value || !value->is_object())
                    return respond(api_->problem_response(Problem(problems::line_down)));
                if (const auto said = problem_said(value->get_object())) return refuse(*said);
                auto tours = read_tours(value->get_object());
                {
                    std::lock_guard lock(mutex_);
                    hub_tours_ = tours;
                }
                // The page needs names; the wrapped keys stay here.
                for (auto& tour : tours)
                    for (auto& member : tour.as_object()["staff"].as_array())
                        member.as_object().erase("wrapped_seed");
                respond(http::json_response(200, json::object{{"tours", std::move(tours)}}));
            });
}

void NodeBackend::fetch_tour(const json::object& body, const Refuse& refuse, http::Respond respond) {
    if (vault_->info()) return refuse(tour_loaded());
    const auto tour_id = text_of(body, "tour_id"), user_id = text_of(body, "user_id");
    Bytes wrapped;
    OpenedClerk clerk;
    {
        std::lock_guard lock(mutex_);
        for (const auto& tour : hub_tours_)
            if (text_of(tour.as_object(), "id") == tour_id)
                for (const auto& member : array_of(tour.as_object(), "staff"))
                    if (text_of(member.as_object(), "id") == user_id) {
                        wrapped = from_hex(text_of(member.as_object(), "wrapped_seed")).value_or(Bytes());
                        clerk.member = {user_id,
                                        text_of(member.as_object(), "name"),
                                        text_of(member.as_object(), "login"),
                                        {},
                                        {}};
                    }
    }
    const auto proved = vault_->prove_pin(user_id, wrapped, text_of(body, "pin"), system::now().ms);
    if (!proved) return refuse(proved.error());
    clerk.sign_keys = SignKeys::from_seed(proved->seed);
    clerk.pin_auth = proved->auth;
    const auto at_ms = system::now().ms;
    const auto signature = sign(clerk.sign_keys, as_span(hub::check_out_text(tour_id, device_->id, at_ms)));
    const json::object question{{"op", "check_out"},
                                {"tour_id", tour_id},
                                {"user_id", user_id},
                                {"at_ms", at_ms},
                                {"signature", to_hex(signature)}};
    ask_hub(
        loop_, line_options(*device_, "/device"), json::serialize(question),
        [this, refuse, respond, clerk, seed = proved->seed](std::optional<std::string> answer, bool binary) {
            if (!answer) return refuse(Problem(problems::line_down));
            const auto package = binary ? read_package(as_span(*answer)) : std::nullopt;
            if (!package) {
                const auto said = parse_json(*answer);
                const auto problem =
                    said && said->is_object() ? problem_said(said->get_object()) : std::nullopt;
                return refuse(problem.value_or(Problem(problems::line_down)));
            }
            api_->slowly(respond, [this, package = *package, clerk, seed, refuse, respond] {
                package_arrived(package, clerk, seed, refuse, respond);
            });
        },
        working_set_within_ms);
}

void NodeBackend::package_arrived(const json::object& package, const OpenedClerk& half_open,
                                  const Key32& seed, const Refuse& refuse, http::Respond respond) {
    // Asked twice by a page that was loaded again: the other package has become the tour, and it is open.
    if (vault_->info()) return refuse(tour_loaded());
    auto clerk = half_open;
    const auto key = TourVault::tour_key_from(package, clerk.member.user_id, seed);
    if (!key) return refuse(Problem(problems::envelope_clerk));
    clerk.tour_key = *key;
    try {
        vault_->load(package, clerk, engine_.registry());
    } catch (const NotKept& error) {
        log::error("tour not stored", {{"why", error.problem.code}});
        return refuse(error.problem);
    } catch (const std::runtime_error& error) {
        log::error("tour not stored", {{"why", error.what()}});
        return refuse(service::problem_of(error));
    }
    const auto tour = vault_->info();
    WA_ASSERT(tour);
    vault_->wiped_reported(tour->tour_id);  // were it told now, the hub would take it for empty
    open_tour(*tour, clerk);
    respond(http::json_response(200, json::object{{"tour_id", tour->tour_id},
                                                  {"rows", array_of(package, "rows").size()},
                                                  {"expires_at", to_rfc3339({tour->expires_ms})}}));
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

/// Reads of personal data stand in this node's journal; as a signed command they reach the hub's too.
void NodeBackend::flush_reads(const std::string& user_id, std::function<void()> then) {
    const auto open = [&] {
        std::lock_guard lock(mutex_);
        // One at a time: two would send the same twice.
        return reads_of_.empty() ? runner_ : nullptr;
    }();
    if (!open) return then();
    json::array entries;
    std::int64_t last = 0;
    open->read([&](Transaction& tx) {
        const auto sent = tx.query(sql::kernel::reads_sent);
        if (!sent.empty()) last = std::stoll(sent.front().text("value"));
        for (const auto& row : tx.query(sql::kernel::reads_after, {{"seq", last}})) {
            last = row.integer("seq");
            json::array subjects;
            for (const auto& subject :
                 tx.query(sql::kernel::journal_subjects_page, {{"from", last}, {"until", last}}))
                subjects.push_back(
                    json::object{{"type", subject.text("subject_type")}, {"id", subject.text("subject_id")}});
            entries.push_back(json::object{{"at", to_rfc3339({row.integer("at_ms")})},
                                           {"name", row.text("name")},
                                           {"actor", row.text("actor")},
                                           {"reason", row.text("reason")},
                                           {"subjects", std::move(subjects)}});
        }
    });
    if (entries.empty()) return then();
    CommandRequest command;
    command.id = system::new_id();
    command.name = "journal.reads";
    command.payload = {{"entries", std::move(entries)}};
    command.at = system::now();
    command.origin = {"koffer", device_->id, device_->name, tour_id_};
    open->read([&](Transaction& tx) {
        if (const auto account = read_row(tx, "user_account", user_id)) command.actor = actor_of(*account);
    });
    {
        std::lock_guard lock(mutex_);
        reads_of_[command.id] = last;
    }
    open->run(std::move(command), [this, id = command.id, then = std::move(then)](CommandResult) {
        {
            std::lock_guard lock(mutex_);
            reads_of_.erase(id);
        }
        then();
    });
}

/// In the commit of the command that carries them: neither lost nor sent twice, whatever breaks off.
void NodeBackend::note_reads_sent(Transaction& tx, const std::string& command_id) {
    std::lock_guard lock(mutex_);
    if (const auto it = reads_of_.find(command_id); it != reads_of_.end())
        tx.execute(sql::kernel::set_reads_sent, {{"value", std::to_string(it->second)}});
}

void NodeBackend::check_in(const service::Session& session, const Refuse& refuse, http::Respond respond) {
    const auto open = runner(session.principal.tenant_id);
    if (!open) return refuse(Problem(problems::no_tour));
    const auto& permission = engine_.registry().command("tour.check_in")->permission;
    if (!session.principal.actor.may(permission))
        return refuse(Problem(problems::permission_denied, {{"permission", permission}}));
    const auto tour_id = session.principal.origin.tour_id;
    flush_reads(session.principal.actor.user_id, [this, open, session, tour_id, respond] {
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
    });
}

}  // namespace wa::node
