#include "koffer.hpp"

#include <fmt/format.h>

#include <limits>
#include <stdexcept>

#include "apps/hub/koffer_desk.hpp"
#include "base/assert.hpp"
#include "kernel/data.hpp"
#include "kernel/documents.hpp"
#include "kernel/journal.hpp"
#include "modules/residence/data.hpp"
#include "modules/tours/module.hpp"
#include "sync/sealed.hpp"
#include "sync/store_inbox.hpp"

namespace wa::worlds {

namespace {

/// The hub's end of the line: every job runs at once, in a commit of its own.
class DirectInbox : public sync::StoreInbox {
  public:
    DirectInbox(Office& office, std::string device, std::string tour, Timestamp at)
        : office_(office), device_(std::move(device)), tour_(std::move(tour)), at_(at) {}
    void attach(sync::HubSession& session) { session_ = &session; }
    void wiped(const std::string&) override {}

  protected:
    void in_store(Work work, Done done) override {
        {
            const auto tx = office_.store().begin_write();
            work(*tx);
            tx->commit();
        }
        done(*session_);  // may ask again at once
    }
    const Engine& engine() const override { return office_.engine(); }
    const TenantScope& scope() const override { return office_.scope(); }
    KnownDevice device(Transaction& tx) const override {
        const auto row = read_row(tx, "device", device_);
        WA_ASSERT(row);
        return hub::known_device(*row);
    }
    ClerkLookup clerks() const override { return hub::clerk_lookup(); }
    sync::InWorkingSet working_set() const override { return in_working_set(office_.engine().registry()); }
    std::string session_tour() const override { return tour_; }
    void copy_for_wipe(const std::string&) override {}
    Timestamp now() const override { return at_; }
    void arrived(const std::vector<Bytes>&, const sync::Executed& executed) override {
        if (executed.alarm) throw std::runtime_error("an alarm without a forger");
    }

  private:
    Office& office_;
    std::string device_, tour_;
    Timestamp at_;
    sync::HubSession* session_ = nullptr;
};

}  // namespace

Koffer::Koffer(Stores& stores, Office& office, int number, std::string clerk,
               const std::vector<Visit>& visits, Timestamp at)
    : stores_(stores),
      office_(office),
      number_(number),
      clerk_(std::move(clerk)),
      name_(fmt::format("koffer_{}", number)),
      device_(office.device(number)),
      scope_(office.scope()) {
    scope_.side = Side::node;
    check_out(visits, at);
    queue_ = std::make_unique<sync::StoreNodeQueue>(*store_, office_.engine().registry(), tour_,
                                                    sync::StoreNodeQueue::Hooks{});
    sync::NodeConfig config;
    config.device_id = device_;
    session_ = std::make_unique<sync::NodeSession>(config, *queue_, [](std::uint32_t) { return 0u; });
}

Koffer::~Koffer() {
    session_.reset();
    queue_.reset();
    store_.reset();
    stores_.drop(name_);
}

void Koffer::check_out(const std::vector<Visit>& visits, Timestamp at) {
    int count = 0;
    const auto next = [&](const char* command, json::object payload) {
        return Act{clerk_, command, std::move(payload), id_of(fmt::format("{} {}", name_, ++count), at),
                   at,     {}};
    };
    const auto act = [&](const char* command, json::object payload) {
        return must(office_, next(command, std::move(payload)));
    };
    const auto site = office_.rows("SELECT id FROM site ORDER BY id LIMIT 1").at(0).text("id");
    const auto plan = act("tour.plan", {{"site_id", site},
                                        {"day", to_iso(local_date(at))},
                                        {"from", "00:00"},
                                        {"until", "23:59"},
                                        {"staff", json::array{json::string(office_.actor(clerk_).user_id)}},
                                        {"device_id", device_},
                                        {"exception", "Szenario"}});
    tour_ = text_of(plan, "tour_id");
    for (const auto& visit : visits) {
        json::object appointment{{"tour_id", tour_},   {"at", "09:00"},
                                 {"minutes", 15},      {"procedure", "residence.registration"},
                                 {"name", visit.name}, {"consent", true}};
        if (!visit.person_id.empty()) {
            auto with_extract = appointment;
            with_extract["person_id"] = visit.person_id;
            const auto added = office_.run(next("appointment.add", std::move(with_extract)));
            if (added.outcome == Outcome::done) continue;
            // Under § 51 nobody's extract goes along with this clerk: then they are visited by name.
            if (!added.problem.is(problems::residence_person_blocked))
                throw std::runtime_error("appointment.add: " + added.problem.code);
        }
        act("appointment.add", std::move(appointment));
    }
    act("tour.check_out", {{"tour_id", tour_}, {"device_id", device_}});
    store_ = stores_.create(name_);
    const auto here = store_->begin_write();
    office_.read([&](Transaction& tx) {
        for (const auto& [table, row] : working_set(tx, office_.engine().registry(), tour_))
            write_row_verbatim(*here, table, row_from_json(row_to_json(row)));
        sync::set_hub_point(*here, journal_head(tx));
        sync::set_tour_proof(*here, sync::tour_proof(office_.scope().digest_key, device_, tour_));
    });
    here->commit();
}

CommandResult Koffer::run(const Act& act) {
    CommandRequest request;
    request.id = act.id;
    request.name = act.command;
    request.version = office_.engine().registry().command(act.command)->version;
    request.payload = act.payload;
    request.actor = office_.actor(clerk_);
    request.origin = {"koffer", device_, fmt::format("Koffer {}", number_), tour_};
    request.at = act.at;
    const auto tx = store_->begin_write();
    if (!act.document.empty()) WA_ASSERT(put_document(*tx, act.document));
    auto result = office_.engine().run(*tx, scope_, request);
    if (result.outcome != Outcome::refused) {
        const auto queued = enqueue(*tx, office_.engine().registry(), request, result,
                                    office_.device_keys(number_), office_.clerk_keys(clerk_));
        WA_ASSERT(queued);
    }
    tx->commit();
    session_->work_added();
    return result;
}

void Koffer::exchange(Timestamp at, int at_most) {
    DirectInbox inbox(office_, device_, tour_, at);
    sync::HubConfig config;
    config.device_id = device_;
    while (session_->next_line_step(ticks_) != sync::LineStep::open) ticks_ += 100;
    sync::HubSession hub(config, inbox, ticks_);
    inbox.attach(hub);
    session_->connected(ticks_);
    hub.look_for_changes();
    // Quiet when nothing was said for a while in which pauses between looks have passed.
    for (int silent = 0; silent < 8;) {
        bool said = false;
        if (const auto frame = session_->next_frame(ticks_)) {
            hub.frame_received(ticks_, *frame);
            if (--at_most == 0) return;
            said = true;
        }
        if (const auto frame = hub.next_frame(ticks_)) {
            session_->bytes_seen(ticks_);
            session_->frame_received(ticks_, *frame, at);
            said = true;
        }
        silent = said ? 0 : silent + 1;
        ticks_ += said ? 1 : 100;
    }
}

void Koffer::sync(Timestamp at) {
    exchange(at, std::numeric_limits<int>::max());
    if (!session_->is_live() || !queue_->counts().empty())
        throw std::runtime_error("the Koffer's queue did not come home: " + session_->line_state().error);
    session_->disconnected(ticks_);
}

bool Koffer::sync_cut(Timestamp at) {
    exchange(at, 2);  // its greeting, then its work
    session_->disconnected(ticks_);
    return !queue_->counts().empty();
}

std::vector<Koffer::Answered> Koffer::answers() const {
    const auto tx = store_->begin_read();
    std::vector<Answered> all;
    for (const auto& row : tx->query(
             Statement{"worlds", "SELECT device_seq, command_id, name FROM outgoing ORDER BY device_seq"})) {
        Answered one{row.text("command_id"), row.text("name"), {}, false};
        office_.read([&](Transaction& hub) {
            if (auto answer = stored_answer(hub, device_, tour_, row.integer("device_seq")))
                one.answer = std::move(*answer), one.settled = true;
        });
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace wa::worlds
