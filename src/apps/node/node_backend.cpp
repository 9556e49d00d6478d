#include "apps/node/node_backend.hpp"

#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "apps/node/device_line.hpp"
#include "kernel/data.hpp"
#include "kernel/identity.hpp"

namespace wa::node {

namespace {
constexpr std::int64_t tick_ms = 5000;
}

NodeBackend::NodeBackend(std::optional<Device> device, std::string data_dir, const Registry& registry,
                         http::Loop& loop, http::Loop& slow)
    : device_(std::move(device)),
      data_dir_(std::move(data_dir)),
      engine_(registry),
      loop_(loop),
      slow_(slow) {
    if (!device_) return;
    vault_ = std::make_unique<TourVault>(data_dir_, *device_);
    certificate_ = std::make_unique<CertificateKeeper>(*device_, data_dir_, loop_, slow_);
    line_ = std::make_unique<NodeLine>(*device_, loop_, [this](const json::object& state) {
        if (api_) api_->events().line(state);
    });
    loop_.call_after(500, [this] { tick(); });
}

void NodeBackend::stop() {
    if (line_) line_->stop();
    close_tour();
}

void NodeBackend::use(service::DeskApi& api) {
    api_ = &api;
}

std::shared_ptr<service::TenantRunner> NodeBackend::runner(const std::string& tenant_id) {
    std::lock_guard lock(mutex_);
    return runner_ && runner_->scope().tenant.id == tenant_id ? runner_ : nullptr;
}

json::object NodeBackend::sign_in_choices() {
    json::object choices{{"ways", json::array{"pin"}}, {"enrolled", device_.has_value()}};
    if (!device_) return choices;
    choices["device"] =
        json::object{{"id", device_->id}, {"name", device_->name}, {"tenant", device_->tenant_name}};
    const auto tour = vault_->info();
    if (!tour) return choices;
    json::array staff;
    for (const auto& member : tour->staff)
        staff.push_back(json::object{{"id", member.user_id}, {"name", member.name}, {"login", member.login}});
    choices["staff"] = std::move(staff);
    choices["tour"] = json::object{{"id", tour->tour_id},
                                   {"site", tour->site},
                                   {"day", tour->day},
                                   {"tenant", tour->tenant.name},
                                   {"accent", tour->tenant.accent},
                                   {"expires_at", to_rfc3339({tour->expires_ms})},
                                   {"expired", system::now().ms > tour->expires_ms}};
    return choices;
}

json::object NodeBackend::line_state() {
    auto state = line_ ? line_->state() : json::object{{"place", "koffer"}, {"connected", false}};
    if (certificate_) state["certificate"] = certificate_->state();
    std::lock_guard lock(mutex_);
    state["tour_id"] = tour_id_;
    return state;
}

std::string NodeBackend::certainty(const std::string&, const std::string& stream, Transaction& tx) {
    return std::string(certainty_name(stream_state(tx, stream).certainty));
}

service::Principal NodeBackend::principal_of(const OpenedClerk& clerk, const TourInfo& tour) {
    Actor actor{clerk.member.user_id, clerk.member.name, {}};
    const auto open = runner(tour.tenant.id);
    open->read([&](Transaction& tx) {
        const auto account = read_row(tx, "user_account", clerk.member.user_id);
        if (account && account->text("state") == "active") actor = actor_of(*account);
    });
    return {tour.tenant.id,
            clerk.member.login,
            std::move(actor),
            {"koffer", device_->id, device_->name, tour.tour_id}};
}

void NodeBackend::open_tour(const TourInfo& tour, const OpenedClerk& clerk) {
    std::unique_lock lock(mutex_);
    clerk_keys_[clerk.member.user_id] = clerk.sign_keys;
    if (runner_) return;
    auto store = vault_->open_store(clerk.tour_key);
    store->migrate(engine_.registry().schema());
    TenantScope scope;
    scope.tenant = tour.tenant;
    scope.side = Side::node;
    scope.digest_key = Key32(keyed_hash(clerk.tour_key, "wanderamt node digests"));
    scope.reference = Reference::load(tour.tenant.land, tour.streets);
    runner_ = std::make_shared<service::TenantRunner>(engine_, std::move(scope), store);
    tour_id_ = tour.tour_id;
    expires_ms_ = tour.expires_ms;
    runner_->after_command(
        [this](Transaction& tx, const CommandRequest& request, const CommandResult& result) {
            if (result.outcome != Outcome::done || result.repeated) return;
            SignKeys keys;
            {
                std::lock_guard guard(mutex_);
                const auto it = clerk_keys_.find(request.actor.user_id);
                WA_ASSERT(it != clerk_keys_.end());
                keys = it->second;
            }
            const auto queued = enqueue(tx, engine_.registry(), request, result, device_->sign_keys, keys);
            if (!queued) throw StoreError(StoreError::Kind::other, "a command is too large to travel");
        });
    runner_->on_committed([this] { line_->work_added(); });
    runner_->on_changed([this, tenant = tour.tenant.id](const auto& subjects, const auto&) {
        if (api_) api_->events().changed(tenant, subjects);
    });
    sync::StoreNodeQueue::Hooks hooks;
    hooks.wipe_allowed = [this](const std::string& tour_id) { wipe(tour_id); };
    hooks.wipe_noted = [](const std::string&) {};
    hooks.news = [this, tenant = tour.tenant.id] {
        if (const auto open = runner(tenant); open && api_)
            service::recheck_sessions(api_->sessions(), *open);
        if (api_) api_->events().changed(tenant, {{"case", ""}, {"person", ""}, {"tour", ""}});
    };
    auto queue =
        std::make_shared<sync::StoreNodeQueue>(*store, engine_.registry(), tour.tour_id, std::move(hooks));
    lock.unlock();
    line_->start(std::move(queue));
    bool ended = false;
    runner_->read([&](Transaction& tx) {
        const auto row = read_row(tx, "tour", tour.tour_id);
        ended = row && row->text("state") == "in";
    });
    // The tour had been ended before a restart: ask again for leave to wipe.
    if (ended) line_->request_check_in(tour.tour_id);
}

void NodeBackend::close_tour() {
    std::shared_ptr<service::TenantRunner> last;
    {
        std::lock_guard lock(mutex_);
        last = std::move(runner_);
        runner_ = nullptr;
        clerk_keys_.clear();
        tour_id_.clear();
        reads_sent_ = 0;
    }
    if (api_) api_->sessions().end_all();
}

void NodeBackend::sign_in(const std::string& way, const json::object& body, service::SignedIn done) {
    if (way != "pin" || !vault_) return done(fail(problems::no_tour));
    const auto tour = vault_->info();
    if (!tour) return done(fail(problems::no_tour));
    const auto now = system::now().ms;
    auto clerk = vault_->open(*tour, text_of(body, "user"), text_of(body, "pin"), now);
    if (!clerk) return done(fail(clerk.error()));
    try {
        open_tour(*tour, *clerk);
    } catch (const StoreError& error) {
        log::error("tour store does not open", {{"tour", tour->tour_id}, {"what", error.what()}});
        return done(fail(service::problem_of(error)));
    }
    // No more work with the extract; what is not sent yet still goes home.
    if (now > tour->expires_ms) return done(fail(problems::tour_expired));
    auto principal = principal_of(*clerk, *tour);
    if (principal.actor.permissions.empty()) return done(fail(problems::account_left));
    done(std::move(principal));
}

void NodeBackend::wipe(const std::string& tour_id) {
    // Called on the loop from inside the line's session: let it return before the queue goes.
    loop_.post([this, tour_id] {
        const auto tour = vault_->info();
        if (!tour || tour->tour_id != tour_id) return;
        line_->stop();
        close_tour();
        slow_.post([this, tour_id] {
            vault_->destroy();
            log::info("tour wiped", {{"tour", tour_id}});
            report_wiped();
        });
    });
}

std::string NodeBackend::tenant_of_tour() {
    std::lock_guard lock(mutex_);
    return runner_ ? runner_->scope().tenant.id : std::string();
}

void NodeBackend::report_wiped() {
    for (const auto& tour_id : vault_->wiped_unreported())
        ask_hub(loop_, line_options(*device_, "/device"),
                json::serialize(json::object{{"op", "wiped"}, {"tour_id", tour_id}}),
                [this, tour_id](std::optional<std::string> answer, bool) {
                    if (answer) slow_.post([this, tour_id] { vault_->wiped_reported(tour_id); });
                });
}

void NodeBackend::tick() {
    loop_.call_after(tick_ms, [this] { tick(); });
    certificate_->look();
    std::string user, expired;
    {
        std::lock_guard lock(mutex_);
        if (runner_ && !clerk_keys_.empty()) user = clerk_keys_.begin()->first;
        if (runner_ && system::now().ms > expires_ms_) expired = tour_id_;
    }
    if (!expired.empty()) {
        // The extract is not read any more. It goes as soon as nothing waits for the line: work that only
        // this machine holds is never destroyed.
        if (api_) api_->sessions().end_all();
        bool waiting = true;
        if (const auto open = runner(tenant_of_tour()))
            open->read([&](Transaction& tx) { waiting = !queue_counts(tx).empty(); });
        if (!waiting) return wipe(expired);
    }
    if (!user.empty()) flush_reads(user, [] {});
    if (!vault_->wiped_unreported().empty()) report_wiped();
}

}  // namespace wa::node
