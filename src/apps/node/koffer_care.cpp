// What happens on a Koffer by itself: tours expire, what is left goes home, orders of the hub are obeyed.
#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "apps/node/device_line.hpp"
#include "apps/node/node_backend.hpp"
#include "kernel/data.hpp"
#include "modules/tours/data.hpp"

namespace wa::node {

namespace {

constexpr std::int64_t tick_ms = 5000;
/// How often it is looked whether a closed tour's last commit is done.
constexpr std::int64_t closing_look_ms = 20;
/// How often a Koffer without an open tour asks whether it was reported lost.
constexpr std::int64_t orders_every_ms = 60'000;
/// So long at least a scan may be here that no case names.
constexpr std::int64_t loose_scans_ms = 3'600'000;

std::string problem_in(const std::string& answer) {
    const auto value = parse_json(answer);
    return value && value->is_object() ? text_of(value->get_object(), "problem") : std::string();
}

}  // namespace

void NodeBackend::wipe(const std::string& tour_id) {
    // Called on the loop from inside the line's session: let it return before the queue goes.
    loop_.post([this, tour_id] {
        const auto tour = vault_->info();
        if (!tour || tour->tour_id != tour_id) return;
        line_->stop();
        sealed_line_ = false;
        last_sealer_ = close_tour();
        wipe_when_ended(*tour);
    });
}

/// Between the question and the hub's leave more may have been done, or have waited for its turn, and been
/// confirmed: it is waited for, and what is then only here is not wiped but goes home sealed.
void NodeBackend::wipe_when_ended(const TourInfo& tour) {
    // The runner holds it until its last commit is done.
    if (last_sealer_.use_count() > 1) {
        loop_.call_after(closing_look_ms, [this, tour] { wipe_when_ended(tour); });
        return;
    }
    slow_.post([this, tour, sealer = std::exchange(last_sealer_, nullptr)]() mutable {
        try {
            if (sealer) sealer->committed();  // the disk may take now what it refused
            const bool sealed = !sealer || sealer->settled();
            sealer.reset();
            if (!sealed) {
                log::error("not wiped: work is not sealed yet", {{"tour", tour.tour_id}});
            } else if (SealedQueue(vault_->open_spool(tour), {}).counts().empty()) {
                vault_->destroy();
                log::info("tour wiped", {{"tour", tour.tour_id}});
                report_wiped();
            } else {
                log::warn("work of the last moment goes home sealed", {{"tour", tour.tour_id}});
                vault_->expire();
            }
        } catch (const std::exception& error) {
            log::error("not wiped", {{"tour", tour.tour_id}, {"why", error.what()}});
        }
        end_leaving();
    });
}

void NodeBackend::report_wiped() {
    for (const auto& tour_id : vault_->wiped_unreported())
        ask_hub(loop_, line_options(*device_, "/device"),
                json::serialize(json::object{{"op", "wiped"}, {"tour_id", tour_id}}),
                [this, tour_id](std::optional<std::string> answer, bool) {
                    if (answer) slow_.post([this, tour_id] { vault_->wiped_reported(tour_id); });
                });
}

/// What was confirmed to a clerk and the disk did not let us seal would die with the keys: nobody works with
/// the tour any more, and it is tried again until it is sealed.
bool NodeBackend::all_sealed() {
    std::shared_ptr<service::TenantRunner> open;
    std::shared_ptr<Sealer> sealer;
    {
        std::lock_guard lock(mutex_);
        open = runner_;
        sealer = sealer_;
    }
    if (!open || !sealer || sealer->settled()) return true;
    if (api_) api_->sessions().end_all();
    open->write([](Transaction&) {}, [](bool) {});  // a commit, however empty, seals what waits
    return false;
}

/// Nobody reads the extract any more, whether it was open or not. What only this machine holds is sealed to
/// the tenant and goes home from there.
void NodeBackend::expire_tour() {
    if (expiring_ || !all_sealed()) return;
    expiring_ = true;
    line_->stop();
    close_tour();
    slow_.post([this] {
        if (destroy_keys()) log::info("tour expired: its keys are destroyed", {});
        loop_.post([this] { expiring_ = false; });
    });
}

/// On the slow loop. False when the machine or the disk refused; to be tried again.
bool NodeBackend::destroy_keys() {
    bool gone = false;
    try {
        gone = vault_->expire();
    } catch (const std::exception& error) {
        log::error("expiry failed", {{"why", error.what()}});
    }
    if (!gone) log::error("the tour's key is not destroyed yet", {});
    end_leaving();
    return gone;
}

void NodeBackend::start_sealed_line(const TourInfo& tour) {
    auto spool = vault_->open_spool(tour);
    sealed_line_ = true;
    {
        std::lock_guard lock(mutex_);
        spool_ = spool;
        ending_ = true;
    }
    line_->start(
        std::make_shared<SealedQueue>(std::move(spool), [this](const std::string& id) { wipe(id); }));
    line_->request_check_in(tour.tour_id);
}

/// One after the other; the next tick goes on when the line was not there.
void NodeBackend::send_drafts() {
    std::shared_ptr<Spool> spool;
    {
        std::lock_guard lock(mutex_);
        if (!ending_ || !spool_ || sending_draft_) return;
        spool = spool_;
        sending_draft_ = true;
    }
    slow_.post([this, spool] {
        std::vector<SealedDraft> drafts;
        try {
            // Behind everything else: the hub must know the case that a draft is of.
            if (spool->counts().commands == 0) drafts = spool->drafts();
        } catch (const StoreError& error) {
            log::error("spool failed", {{"why", error.what()}});
        }
        if (drafts.empty()) {
            std::lock_guard lock(mutex_);
            sending_draft_ = false;
            return;
        }
        ask_hub(
            loop_, line_options(*device_, "/device"),
            json::serialize(json::object{{"op", "draft"}, {"sealed", to_base64url(drafts.front().bytes)}}),
            [this, id = drafts.front().case_id](std::optional<std::string> answer, bool) {
                slow_.post([this, id, answer = std::move(answer)] { draft_answered(id, answer); });
            });
    });
}

void NodeBackend::draft_answered(const std::string& case_id, const std::optional<std::string>& answer) {
    std::shared_ptr<Spool> spool;
    {
        std::lock_guard lock(mutex_);
        sending_draft_ = false;
        spool = spool_;
    }
    if (!answer || !spool) return;
    if (const auto problem = problem_in(*answer); !problem.empty())
        return log::warn("the hub does not take a draft", {{"code", problem}});
    try {
        spool->draft_at_hub(case_id);
    } catch (const StoreError& error) {
        return log::error("spool failed", {{"why", error.what()}});
    }
    line_->work_added();
    send_drafts();
}

void NodeBackend::ask_for_orders() {
    const auto now = system::monotonic_ms();
    if (now < orders_asked_ms_ + orders_every_ms && orders_asked_ms_ != 0) return;
    orders_asked_ms_ = now;
    ask_hub(loop_, line_options(*device_, "/device"), R"({"op":"orders"})",
            [this](std::optional<std::string> answer, bool) {
                if (answer) return obey(problem_in(*answer));
                loop_.post([this] { orders_asked_ms_ = 0; });  // not heard: again with the next tick
            });
}

/// The hub says that this Koffer was reported lost: the keys go at once, what is sealed follows when it can.
void NodeBackend::obey(const std::string& problem) {
    if (problem != problems::tours_device_lost.name) return;
    loop_.post([this] {
        if (lost_) return;
        lost_ = true;
        log::warn("reported lost: keys are destroyed", {});
        if (api_) api_->sessions().end_all();
        line_->stop();
        close_tour();
        sealed_line_ = false;
        slow_.post([this] {
            if (destroy_keys()) return report_destroyed();
            loop_.post([this] { lost_ = false; });  // the machine did not: at the next order again
        });
    });
}

void NodeBackend::report_destroyed() {
    ask_hub(loop_, line_options(*device_, "/device"), R"({"op":"destroyed"})",
            [this](std::optional<std::string> answer, bool) {
                // Heard or not, the next contact asks again for as long as the hub does not know.
                lost_ = false;
                if (!answer || vault_->info()) return;
                // Nothing of a tour is left: what makes this machine a Koffer goes as well.
                slow_.post([this] { destroy_device(data_dir_); });
            });
}

void NodeBackend::note_contact() {
    const auto now = vault_->time(system::now().ms);
    std::shared_ptr<service::TenantRunner> open;
    {
        std::lock_guard lock(mutex_);
        contact_ms_ = now;
        open = runner_;
    }
    if (!open) return;
    open->write(
        [now](Transaction& tx) {
            tx.execute(sql::kernel::set_setting,
                       {{"key", "koffer.contact_ms"}, {"value", std::to_string(now)}});
        },
        [](bool) {});
}

void NodeBackend::drop_loose_scans(const std::shared_ptr<service::TenantRunner>& open) {
    const auto now = system::monotonic_ms();
    std::shared_ptr<LooseScans> loose;
    {
        std::lock_guard lock(mutex_);
        if (loose_looked_ms_ != 0 && now < loose_looked_ms_ + loose_scans_ms) return;
        loose_looked_ms_ = now;
        loose = loose_;
    }
    open->write([loose](Transaction& tx) { loose->look(tx); }, [](bool) {});
}

void NodeBackend::tick() {
    loop_.call_after(tick_ms, [this] { tick(); });
    certificate_->look();
    std::shared_ptr<service::TenantRunner> open;
    bool leaving = false;
    {
        std::lock_guard lock(mutex_);
        open = runner_;
        leaving = leaving_;
    }
    const auto tour = vault_->info();
    if (tour && !tour->expired && vault_->time(system::now().ms) > tour->expires_ms) return expire_tour();
    if (tour && tour->expired && !sealed_line_ && !leaving && !lost_ && !expiring_) start_sealed_line(*tour);
    if (!open && !sealed_line_) ask_for_orders();
    send_drafts();
    if (open) drop_loose_scans(open);
    if (!vault_->wiped_unreported().empty()) report_wiped();
}

}  // namespace wa::node
