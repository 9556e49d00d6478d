// Worlds with a Koffer that is out without a line: one, or two that come home one after the other.
#include <fmt/format.h>

#include <algorithm>

#include "kernel/data.hpp"
#include "world.hpp"

namespace wa::worlds {

namespace {

/// Steps of a clerk with a Koffer are done there, without a line, as far as they may be.
class Offline : public World {
  public:
    using World::World;

    void begin(const std::vector<Visit>& visits, Timestamp at) override {
        koffer_ = std::make_unique<Koffer>(stores_, office_, 1, "Deniz Aydın", visits, at);
    }

    CommandResult run(const Act& act) override {
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

    void after(const Act&, const CommandResult&) override {}

    void settle(Timestamp at) override {
        koffer_->sync(at);
        for (const auto& one : koffer_->answers()) {
            if (one.settled && one.answer.outcome == Outcome::done && !one.answer.quarantined) continue;
            if (gone_ && one.settled) continue;  // waits in the quarantine, or was set aside there
            throw Broken(fmt::format("{} kam vom Koffer und wurde in der Zentrale nicht getan: {}", one.name,
                                     one.answer.problem.code));
        }
    }

    void end(Timestamp at) override {
        if (for_koffer_ > 0 && done_here_ == 0)
            throw Broken("kein Schritt geschah am Koffer; nennen Sie die Welt mit »Nicht in offline: …«");
        settle(at);
        const auto waits = office_.rows("SELECT name, code FROM quarantine WHERE state = 'open'");
        if (!waits.empty())
            throw Broken(fmt::format("{} blieb in der Quarantäne: {}", waits.front().text("name"),
                                     waits.front().text("code")));
        nothing_to_send_here();
    }

    std::vector<StateDigest> digests(Timestamp at) override {
        settle(at);
        return {digest_of(office_.store(), false), digest_of(koffer_->store(), false)};
    }

  protected:
    bool fits_koffer(const Act& act) const {
        const auto* spec = office_.engine().registry().command(act.command);
        return !gone_ && act.clerk == koffer_->clerk() && spec && !spec->hub_only;
    }
    /// Told at the hub while the Koffer is out with work that has not come home: that waits for a decision.
    CommandResult leaves(const Act& act) {
        hub_moved_ = gone_ = true;
        return office_.run(act);
    }
    /// What is known to be stolen has brought home what it could; what somebody does with it later counts for
    /// nothing, and is kept.
    CommandResult stolen(const Act& act) {
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
    /// Only the hub sends.
    void nothing_to_send_here() {
        const auto tx = koffer_->store().begin_read();
        if (tx->query(Statement{"worlds", "SELECT COUNT(*) AS count FROM outbox"}).front().integer("count") >
            0)
            throw Broken("am Koffer liegt eine Nachricht");
    }
    Act at_koffer(Act act) const {
        if (act.command == "case.open") {
            act.payload["channel"] = "koffer";
            act.payload["tour_id"] = koffer_->tour();
        }
        if (spoiled_ && act.command == "case.hand_over") act.payload["way"] = "post";
        return act;
    }

    std::unique_ptr<Koffer> koffer_;
    std::vector<Act> taken_;  ///< what was done at the Koffer, in order
    bool hub_moved_ = false;
    bool gone_ = false;  ///< the Koffer is stolen, or its clerk has left
    int for_koffer_ = 0, done_here_ = 0;
};

/// A second Koffer takes the same from the same people, and comes home when the first has long been booked.
class TwoNodes : public Offline {
  public:
    using Offline::Offline;

    void begin(const std::vector<Visit>& visits, Timestamp at) override {
        Offline::begin(visits, at);
        second_ = std::make_unique<Koffer>(stores_, office_, 2, "Marta Nowak", visits, at);
    }

    void end(Timestamp at) override {
        Offline::end(at);
        repeat_at_second();
        const auto before = doubles();
        second_->sync(at);
        for (const auto& one : second_->answers()) nothing_lost(one);
        nothing_double(before, "als der zweite Koffer heimkam");
        book_second(at);
        nothing_double(before, "als auch der zweite Vorgang gebucht werden sollte");
    }

  private:
    /// Ids of the first Koffer's work as the second one has them.
    void repeat_at_second() {
        std::map<std::string, std::string> ids;
        for (const auto& act : taken_) {
            // A task follows from the booking, and only the first one's case was booked.
            if (act.command.starts_with("task.")) continue;
            auto text = json::serialize(act.payload);
            for (const auto& [from, to] : ids)
                for (auto at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
                    text.replace(at, from.size(), to);
            Act again = act;
            again.clerk = second_->clerk();
            again.id = id_of("second " + act.id, act.at);
            again.payload = parse_json(text)->get_object();
            if (again.payload.contains("tour_id")) again.payload["tour_id"] = second_->tour();
            if (act.command == "case.open") ids[act.id] = again.id, cases_.push_back(again.id);
            const auto result = second_->run(again);
            if (result.outcome != Outcome::done)
                throw Broken(
                    fmt::format("{} ging am zweiten Koffer nicht: {}", act.command, result.problem.code));
        }
    }

    /// Done, in conflict or in quarantine: the hub can name it.
    void nothing_lost(const Koffer::Answered& one) {
        const auto held = office_.rows(
            "SELECT command_id FROM command_done WHERE command_id = $id "
            "UNION ALL SELECT command_id FROM quarantine WHERE command_id = $id",
            {{"id", one.command_id}});
        if (!one.settled || held.empty())
            throw Broken(one.name + " des zweiten Koffers ist verloren gegangen");
        const bool kept = one.answer.quarantined || one.answer.outcome == Outcome::done ||
                          one.answer.outcome == Outcome::conflict;
        if (!kept)
            throw Broken(
                fmt::format("{} des zweiten Koffers wurde verworfen: {}", one.name, one.answer.problem.code));
    }

    /// What there may be only so many of: persons of a name and birthday, current dwellings, messages.
    using Doubles = std::map<std::string, std::int64_t>;
    Doubles doubles() {
        Doubles all;
        const auto count = [&](const char* what, const char* sql) {
            for (const auto& row : office_.rows(sql))
                all[what + std::string(" ") + row.text("k")] = row.integer("n");
        };
        count("Person",
              "SELECT family_name || given_names || birth_date AS k, COUNT(*) AS n FROM person GROUP BY k");
        count("Wohnung",
              "SELECT person_id || address_key || apartment_no AS k, COUNT(*) AS n FROM dwelling "
              "WHERE current = 1 GROUP BY k");
        count("Hauptwohnung",
              "SELECT person_id AS k, COUNT(*) AS n FROM dwelling WHERE current = 1 AND status <> 'N' GROUP "
              "BY k");
        // A report; the same question may be asked for two cases.
        count("Nachricht",
              "SELECT message_type || recipient || payload AS k, COUNT(*) AS n FROM outbox "
              "WHERE interactive = 0 GROUP BY k");
        return all;
    }
    void nothing_double(const Doubles& before, const char* when) {
        for (const auto& [key, count] : doubles()) {
            const auto found = before.find(key);
            const auto was = found == before.end() ? 1 : found->second;
            if (count > std::max<std::int64_t>(was, 1))
                throw Broken(fmt::format("{} steht etwas doppelt: {}", when, key.substr(0, key.find(' '))));
        }
    }

    /// The desk tries what it would: check and book. Refused is as good as merged; doubled is not.
    void book_second(Timestamp at) {
        for (const auto& id : cases_) {
            const auto act = [&](const char* clerk, const char* command, json::object payload) {
                payload["case_id"] = id;
                return office_.run({clerk, command, std::move(payload), id_of(command + id, at), at, {}});
            };
            if (act("Jutta Petersen", "case.precheck", {}).outcome != Outcome::done) continue;
            json::array overrides;
            for (const auto* finding : {"residence.duplicates", "residence.already_registered"})
                if (spoiled_) overrides.push_back(json::object{{"finding", finding}, {"reason", "spoiled"}});
            act("Jutta Petersen", "residence.book", {{"overrides", std::move(overrides)}});
        }
    }

    std::unique_ptr<Koffer> second_;
    std::vector<std::string> cases_;
};

}  // namespace

std::unique_ptr<World> make_offline(Stores& stores, const std::string& land, bool spoiled) {
    return std::make_unique<Offline>(stores, land, spoiled);
}

std::unique_ptr<World> make_two_nodes(Stores& stores, const std::string& land, bool spoiled) {
    return std::make_unique<TwoNodes>(stores, land, spoiled);
}

}  // namespace wa::worlds
