// Fetching a tour: which there are, the proof of the PIN, the package.
#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "apps/hub/check_out_text.hpp"
#include "apps/node/device_line.hpp"
#include "apps/node/node_backend.hpp"
#include "apps/node/package.hpp"
#include "kernel/data.hpp"
#include "modules/tours/data.hpp"

namespace wa::node {

namespace {
Problem tour_loaded() {
    return Problem(problems::case_wrong_status, {{"status", "tour loaded"}});
}
}  // namespace

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
                // The page needs names only.
                for (auto& tour : tours)
                    for (auto& member : tour.as_object()["staff"].as_array())
                        member.as_object().erase("pin_recipe");
                respond(http::json_response(200, json::object{{"tours", std::move(tours)}}));
            });
}

/// What the hub has told of a member of a tour's staff.
std::optional<OpenedClerk> NodeBackend::clerk_of(const std::string& tour_id, const std::string& user_id) {
    std::lock_guard lock(mutex_);
    for (const auto& tour : hub_tours_)
        if (text_of(tour.as_object(), "id") == tour_id)
            for (const auto& entry : array_of(tour.as_object(), "staff"))
                if (const auto& member = entry.as_object(); text_of(member, "id") == user_id) {
                    OpenedClerk clerk;
                    clerk.member.user_id = user_id;
                    clerk.member.name = text_of(member, "name");
                    clerk.member.login = text_of(member, "login");
                    clerk.member.pin_recipe = from_hex(text_of(member, "pin_recipe")).value_or(Bytes());
                    return clerk;
                }
    return std::nullopt;
}

/// The hub judges the PIN, and gives out what it opens; with that the tour is fetched.
void NodeBackend::fetch_tour(const json::object& body, const Refuse& refuse, http::Respond respond) {
    if (vault_->info()) return refuse(tour_loaded());
    const auto tour_id = text_of(body, "tour_id"), user_id = text_of(body, "user_id");
    auto clerk = clerk_of(tour_id, user_id);
    if (!clerk) return refuse(Problem(problems::envelope_clerk));
    if (clerk->member.pin_recipe.empty())
        return refuse(Problem(problems::tours_staff_no_pin, {{"name", clerk->member.name}}));
    const auto tried =
        vault_->try_pin(user_id, clerk->member.pin_recipe, text_of(body, "pin"), system::now().ms);
    if (!tried) return refuse(tried.error());
    clerk->pin_auth = tried->auth;
    const json::object question{
        {"op", "prove_pin"}, {"tour_id", tour_id}, {"user_id", user_id}, {"pin_auth", to_hex(tried->auth)}};
    ask_hub(loop_, line_options(*device_, "/device"), json::serialize(question),
            [this, tour_id, refuse, respond, clerk = *clerk, tried = *tried](
                std::optional<std::string> answer, bool) {
                api_->slowly(respond, [=, this, answer = std::move(answer)] {
                    pin_judged(tour_id, clerk, tried, answer, refuse, respond);
                });
            });
}

void NodeBackend::pin_judged(const std::string& tour_id, const OpenedClerk& half_open,
                             const TourVault::PinTry& tried, const std::optional<std::string>& answer,
                             const Refuse& refuse, http::Respond respond) {
    const auto value = answer ? parse_json(*answer) : std::nullopt;
    const auto said = value && value->is_object() ? value->get_object() : json::object{};
    const auto wrapped = from_hex(text_of(said, "wrapped_seed"));
    if (!wrapped || wrapped->empty()) {
        const auto problem = problem_said(said).value_or(Problem(problems::line_down));
        if (!problem.is(problems::sign_in_failed)) vault_->not_judged(tried);
        return refuse(problem);
    }
    const auto seed = vault_->seed_of(tried, *wrapped);
    if (!seed) return refuse(Problem(problems::envelope_clerk));
    auto clerk = half_open;
    clerk.sign_keys = SignKeys::from_seed(*seed);
    const auto at_ms = system::now().ms;
    const auto signature = sign(clerk.sign_keys, as_span(hub::check_out_text(tour_id, device_->id, at_ms)));
    const json::object question{{"op", "check_out"},
                                {"tour_id", tour_id},
                                {"user_id", clerk.member.user_id},
                                {"at_ms", at_ms},
                                {"signature", to_hex(signature)}};
    ask_hub(
        loop_, line_options(*device_, "/device"), json::serialize(question),
        [this, refuse, respond, clerk, seed = *seed](std::optional<std::string> sent, bool binary) {
            if (!sent) return refuse(Problem(problems::line_down));
            const auto package = binary ? read_package(as_span(*sent)) : std::nullopt;
            if (!package) {
                const auto refusal = parse_json(*sent);
                const auto problem =
                    refusal && refusal->is_object() ? problem_said(refusal->get_object()) : std::nullopt;
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

}  // namespace wa::node
