#include "offline.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "kernel/data.hpp"

namespace wa::worlds {

void Offline::begin(const std::vector<Visit>& visits, Timestamp at) {
    koffer_ = std::make_unique<Koffer>(stores_, office_, 1, clerk_with_koffer, visits, at);
}

CommandResult Offline::run(const Act& act) {
    if (act.command == "device.revoke") return stolen(act);
    if (act.command == "user.set_state") return leaves(act);
    for_koffer_ += act.clerk == koffer_->clerk();
    if (!fits_koffer(act)) {
        settle(act.at);
        hub_moved_ = true;
        return office_.run(act);
    }
    if (hub_moved_) settle(act.at);
    hub_moved_ = false;
    ++done_here_;
    auto here = at_koffer(act);
    auto result = koffer_->run(here);
    if (result.outcome == Outcome::done) taken_.push_back(std::move(here));
    return result;
}

void Offline::settle(Timestamp at) {
    koffer_->sync(at);
    for (const auto& one : koffer_->answers()) {
        if (one.settled && one.answer.outcome == Outcome::done && !one.answer.quarantined) continue;
        if (gone_ && one.settled) continue;  // waits in the quarantine, or was set aside there
        throw Broken(fmt::format("{} kam vom Koffer und wurde in der Zentrale nicht getan: {}", one.name,
                                 one.answer.problem.code));
    }
}

void Offline::cut_line(Timestamp at) {
    if (!gone_ && !koffer_->sync_cut(at)) throw Broken("die Leitung riss erst, als alles da war");
}

void Offline::end(Timestamp at) {
    if (for_koffer_ > 0 && done_here_ == 0)
        throw Broken("kein Schritt geschah am Koffer; nennen Sie die Welt mit »Nicht in offline: …«");
    settle(at);
    const auto waits = office_.rows("SELECT name, code FROM quarantine WHERE state = 'open'");
    if (!waits.empty())
        throw Broken(fmt::format("{} blieb in der Quarantäne: {}", waits.front().text("name"),
                                 waits.front().text("code")));
    nothing_to_send_here();
}

std::vector<StateDigest> Offline::digests(Timestamp at) {
    settle(at);
    return {digest_of(office_.store(), false), digest_of(koffer_->store(), false)};
}

bool Offline::fits_koffer(const Act& act) const {
    const auto* spec = office_.engine().registry().command(act.command);
    return !gone_ && act.clerk == koffer_->clerk() && spec && !spec->hub_only;
}

CommandResult Offline::leaves(const Act& act) {
    hub_moved_ = gone_ = true;
    return office_.run(act);
}

CommandResult Offline::stolen(const Act& act) {
    settle(act.at);
    hub_moved_ = gone_ = true;
    auto result = office_.run(act);
    const auto opened = std::find_if(taken_.rbegin(), taken_.rend(),
                                     [](const Act& one) { return one.command == "case.open"; });
    if (result.outcome != Outcome::done || opened == taken_.rend()) return result;
    const auto before = digest_of(office_.store(), false);
    const auto misuse = koffer_->run({koffer_->clerk(),
                                      "case.withdraw",
                                      {{"case_id", opened->id}, {"reason", "Dieb"}},
                                      id_of("misuse " + act.id, act.at),
                                      act.at,
                                      {}});
    if (misuse.outcome != Outcome::done) throw Broken("der Dieb kam am Koffer nicht weit genug");
    koffer_->sync(act.at);
    if (koffer_->answers().back().answer.problem.code != problems::device_revoked.name)
        throw Broken("Arbeit eines gesperrten Koffers wurde angenommen");
    const auto now = digest_of(office_.store(), false);
    for (const auto* table : {"person", "dwelling", "case_file", "case_finding", "outbox", "task"})
        if (now.at(table) != before.at(table))
            throw Broken(std::string("ein gesperrter Koffer hat etwas geändert: ") + table);
    return result;
}

void Offline::nothing_to_send_here() {
    const auto tx = koffer_->store().begin_read();
    if (tx->query(Statement{"worlds", "SELECT COUNT(*) AS count FROM outbox"}).front().integer("count") > 0)
        throw Broken("am Koffer liegt eine Nachricht");
}

Act Offline::at_koffer(Act act) const {
    if (act.command == "case.open") {
        act.payload["channel"] = "koffer";
        act.payload["tour_id"] = koffer_->tour();
    }
    if (spoiled_ && act.command == "case.hand_over") act.payload["way"] = "post";
    return act;
}

std::unique_ptr<World> make_offline(Stores& stores, const std::string& land, bool spoiled) {
    return std::make_unique<Offline>(stores, land, spoiled);
}

}  // namespace wa::worlds
