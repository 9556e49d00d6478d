#include "apps/node/node_backend.hpp"

#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "apps/node/device_line.hpp"
#include "apps/node/read_queue.hpp"
#include "kernel/data.hpp"
#include "kernel/identity.hpp"
#include "modules/tours/data.hpp"

namespace wa::node {

namespace {
constexpr std::int64_t day_ms = 24 * 3'600'000;
}

NodeBackend::NodeBackend(std::optional<Device> device, std::string data_dir, const Registry& registry,
                         http::Loop& loop, http::Loop& slow, int contact_days)
    : device_(std::move(device)),
      data_dir_(std::move(data_dir)),
      engine_(registry),
      loop_(loop),
      slow_(slow),
      contact_days_(contact_days) {
    if (!device_) return;
    vault_ = std::make_unique<TourVault>(data_dir_, *device_);
    certificate_ = std::make_unique<CertificateKeeper>(*device_, data_dir_, loop_, slow_);
    line_ = std::make_unique<NodeLine>(*device_, loop_, [this](const json::object& state) {
        obey(text_of(state, "error"));
        if (api_) api_->events().line(state);
    });
    loop_.call_after(500, [this] { tick(); });
}

void NodeBackend::stop() {
    if (line_) line_->stop();
    std::shared_ptr<service::TenantRunner> open;
    {
        std::lock_guard lock(mutex_);
        open = runner_;
    }
    close_tour();
    // Whom its last commits tell must still be there.
    if (open) open->finish();
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
                                   {"expired", tour->expired},
                                   {"expires_at", to_rfc3339({tour->expires_ms})}};
    return choices;
}

json::object NodeBackend::line_state() {
    auto state = line_ ? line_->state() : json::object{{"place", "koffer"}, {"connected", false}};
    if (certificate_) state["certificate"] = certificate_->state();
    const auto days = days_without_contact();
    std::lock_guard lock(mutex_);
    state["tour_id"] = tour_id_;
    if (runner_)
        state["contact"] =
            json::object{{"days", days}, {"limit", contact_days_}, {"overdue", days > contact_days_}};
    return state;
}

std::string NodeBackend::certainty(const std::string&, const std::string& stream, Transaction& tx) {
    return std::string(certainty_name(stream_state(tx, stream).certainty));
}

service::Principal NodeBackend::principal_of(service::TenantRunner& open, const OpenedClerk& clerk,
                                             const TourInfo& tour) {
    service::Principal principal{tour.tenant.id,
                                 clerk.member.login,
                                 {clerk.member.user_id, clerk.member.name, {}},
                                 {"koffer", device_->id, device_->name, tour.tour_id}};
    open.read([&](Transaction& tx) {
        const auto account = read_row(tx, "user_account", clerk.member.user_id);
        if (!account || account->text("state") != "active") return;
        principal.actor = actor_of(*account);
        principal.secrets = secrets_of(tx, *account);
    });
    return principal;
}

void NodeBackend::open_tour(const TourInfo& tour, const OpenedClerk& clerk) {
    std::unique_lock lock(mutex_);
    if (leaving_) return;
    if (runner_) return clerk_keys_->add(clerk);
    // What the disk refuses on the way leaves no tour that is half open.
    const auto clerks = std::make_shared<ClerkKeys>();
    clerks->add(clerk);
    auto store = vault_->open_store(clerk.tour_key);
    store->migrate(engine_.registry().schema());
    TenantScope scope;
    scope.tenant = tour.tenant;
    scope.side = Side::node;
    scope.digest_key = Key32(keyed_hash(clerk.tour_key, "wanderamt node digests"));
    scope.reference = Reference::load(tour.tenant.land, tour.streets);
    const auto spool = vault_->open_spool(tour);
    const auto sealer = std::make_shared<Sealer>(store, spool, engine_.registry(), device_->sign_keys);
    sealer->begin();
    std::int64_t contact_ms = 0;
    bool ended = false;
    {
        const auto tx = store->begin_read();
        for (const auto& row : tx->query(sql::kernel::setting, {{"key", "koffer.contact_ms"}}))
            contact_ms = std::stoll(row.text("value"));
        const auto row = read_row(*tx, "tour", tour.tour_id);
        ended = row && row->text("state") == "in";
    }
    auto open = service::TenantRunner::make(engine_, std::move(scope), store);
    open->after_command(
        [this, sealer, clerks](Transaction& tx, const CommandRequest& request, const CommandResult& result) {
            if (result.outcome != Outcome::done || result.repeated) return;
            const auto keys = clerks->of(request.actor.user_id);
            if (!keys) throw StoreError(StoreError::Kind::other, "the clerk has not given their PIN");
            const auto queued = enqueue(tx, engine_.registry(), request, result, device_->sign_keys, *keys);
            if (!queued) throw StoreError(StoreError::Kind::other, "a command is too large to travel");
            sealer->done(tx, request, *queued > 0);
        });
    open->before_commit([reads = ReadQueue{engine_,
                                           open->scope(),
                                           {"koffer", device_->id, device_->name, tour.tour_id},
                                           device_->sign_keys,
                                           clerks,
                                           sealer}](Transaction& tx) { reads.take(tx); });
    open->on_committed([this, sealer] {
        sealer->committed();
        line_->work_added();
    });
    open->on_changed([this, tenant = tour.tenant.id](const auto& subjects, const auto&) {
        if (api_) api_->events().changed(tenant, subjects);
    });
    sync::StoreNodeQueue::Hooks hooks;
    hooks.wipe_allowed = [this](const std::string& tour_id) { wipe(tour_id); };
    hooks.wipe_noted = [](const std::string&) {};
    hooks.news = [this, tenant = tour.tenant.id] {
        if (const auto now = runner(tenant); now && api_) service::recheck_sessions(api_->sessions(), *now);
        if (api_) api_->events().changed(tenant, {{"case", ""}, {"person", ""}, {"tour", ""}});
    };
    const auto queue = std::make_shared<VaultQueue>(store, spool, engine_.registry(), tour.tour_id,
                                                    std::move(hooks), [this] { note_contact(); });
    loose_ = std::make_shared<LooseScans>();
    loose_looked_ms_ = 0;
    tour_id_ = tour.tour_id;
    expires_ms_ = tour.expires_ms;
    contact_ms_ = contact_ms;
    clerk_keys_ = clerks;
    spool_ = spool;
    sealer_ = sealer;
    queue_ = queue;
    runner_ = std::move(open);
    lock.unlock();
    line_->start(queue);
    // The tour had been ended before a restart: ask again for leave to wipe.
    if (ended) end_tour(tour.tour_id);
}

std::shared_ptr<Sealer> NodeBackend::close_tour() {
    std::shared_ptr<service::TenantRunner> last;
    std::shared_ptr<Sealer> sealer;
    {
        std::lock_guard lock(mutex_);
        last = std::move(runner_);
        runner_ = nullptr;
        queue_ = nullptr;
        spool_ = nullptr;
        sealer = std::move(sealer_);
        sealer_ = nullptr;
        ending_ = false;
        leaving_ = true;
        clerk_keys_ = nullptr;
        tour_id_.clear();
    }
    if (api_) api_->sessions().end_all();
    return sealer;
}

void NodeBackend::end_leaving() {
    std::lock_guard lock(mutex_);
    leaving_ = false;
}

void NodeBackend::sign_in(const std::string& way, const json::object& body, service::SignedIn done) {
    if (way != "pin" || !vault_) return done(fail(problems::no_tour), "");
    const auto tour = vault_->info();
    if (!tour) return done(fail(problems::no_tour), "");
    const auto now = system::now().ms;
    auto clerk = vault_->open(*tour, text_of(body, "user"), text_of(body, "pin"), now);
    std::string account;  // never words from outside
    for (const auto& member : tour->staff)
        if (const auto user = text_of(body, "user"); member.user_id == user || member.login == user)
            account = member.user_id;
    if (!clerk) return done(fail(clerk.error()), account);
    try {
        open_tour(*tour, *clerk);
    } catch (const StoreError& error) {
        log::error("tour store does not open", {{"tour", tour->tour_id}, {"why", error.what()}});
        return done(fail(service::problem_of(error)), account);
    }
    const auto open = runner(tour->tenant.id);
    if (!open) return done(fail(problems::no_tour), account);
    auto principal = principal_of(*open, *clerk, *tour);
    if (principal.actor.permissions.empty()) return done(fail(problems::account_left), account);
    done(std::move(principal), account);
}

void NodeBackend::end_tour(const std::string& tour_id) {
    {
        std::lock_guard lock(mutex_);
        ending_ = true;
        if (queue_) queue_->ending();
    }
    line_->request_check_in(tour_id);
}

std::int64_t NodeBackend::days_without_contact() {
    if (!vault_) return 0;
    const auto now = vault_->time(system::now().ms);
    std::lock_guard lock(mutex_);
    return contact_ms_ == 0 ? 0 : std::max<std::int64_t>(0, now - contact_ms_) / day_ms;
}

std::optional<Problem> NodeBackend::refusal(const std::string& name, const json::object& payload) {
    if (const auto days = days_without_contact(); name == "case.open" && days > contact_days_)
        return Problem(problems::tours_contact_overdue, {{"days", days}});
    const auto case_id = text_of(payload, "case_id");
    const auto open = runner(only_tenant());
    bool sealed = false;
    if (open && !case_id.empty() && name != "case.get")
        open->read([&](Transaction& tx) { sealed = is_sealed_here(tx, case_id); });
    if (sealed) return Problem(problems::tours_case_sealed);
    return std::nullopt;
}

/// Of the open tour; what was refused before anybody had opened it, the program's log has.
std::string NodeBackend::only_tenant() {
    std::lock_guard lock(mutex_);
    return runner_ ? runner_->scope().tenant.id : std::string();
}

}  // namespace wa::node
