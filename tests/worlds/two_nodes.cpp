// Two Koffer that come home one after the other.
#include <fmt/format.h>

#include <algorithm>

#include "kernel/data.hpp"
#include "modules/residence/data.hpp"
#include "offline.hpp"

namespace wa::worlds {

namespace {

/// A second Koffer takes the same from the same people, and comes home when the first has long been booked.
/// What the first has corrected it corrects differently: both values are somebody's work, and a clerk
/// decides.
class TwoNodes : public Offline {
  public:
    using Offline::Offline;

    void begin(const std::vector<Visit>& visits, Timestamp at) override {
        Offline::begin(visits, at);
        visits_ = visits;
        second_ = std::make_unique<Koffer>(stores_, office_, 2, "Marta Nowak", visits, at);
    }

    void end(Timestamp at) override {
        correct_somebody(at);
        Offline::end(at);
        repeat_at_second();
        const auto before = doubles();
        second_->sync(at);
        for (const auto& one : second_->answers()) nothing_lost(one);
        nothing_double(before, "als der zweite Koffer heimkam");
        book_second(at);
        nothing_double(before, "als auch der zweite Vorgang gebucht werden sollte");
        for (const auto& act : corrected_) decide(act, at);
    }

  private:
    /// A resident of the tour was born somewhere else, says the first Koffer; unless something is corrected
    /// anyway.
    void correct_somebody(Timestamp at) {
        if (gone_ || std::any_of(taken_.begin(), taken_.end(), is_correction)) return;
        settle(at);
        for (const auto& visit : visits_) {
            const auto person = read_row(*koffer_->store().begin_read(), "person", visit.person_id);
            if (!person) continue;
            Act act{koffer_->clerk(),
                    "person.correct",
                    {{"person_id", visit.person_id},
                     {"field", "birth_place"},
                     {"old_value", person->text("birth_place")},
                     {"new_value", "Musterstedt"},
                     {"mode", "correction"},
                     {"source", "Geburtsurkunde"}},
                    id_of("correct " + visit.person_id, at),
                    at,
                    {}};
            const auto result = koffer_->run(act);
            if (result.problem.is(problems::residence_person_blocked)) continue;
            if (result.outcome != Outcome::done)
                throw Broken("am Koffer ließ sich nichts berichtigen: " + result.problem.code);
            taken_.push_back(std::move(act));
            return;
        }
    }
    static bool is_correction(const Act& act) { return act.command == "person.correct"; }

    /// The hub shows both values; the second Koffer's is chosen, and stands in the register.
    void decide(const Act& second, Timestamp at) {
        const auto value = text_of(second.payload, "new_value");
        const auto list = office_.ask("conflict.list", {}, "Helga Tietjen", at);
        std::string conflict;
        for (const auto& entry : list ? array_of(*list, "conflicts") : json::array())
            if (text_of(entry.as_object(), "there_value") == value &&
                text_of(entry.as_object(), "here_value") == first_values_.at(second.id) &&
                text_of(entry.as_object(), "subject_id") == text_of(second.payload, "person_id"))
                conflict = text_of(entry.as_object(), "id");
        if (conflict.empty()) throw Broken("zwei Koffer berichtigten verschieden, und niemand erfährt es");
        must(office_, {"Helga Tietjen",
                       "conflict.decide",
                       {{"conflict_id", conflict}, {"choice", "there"}, {"reason", "Urkunde gesehen"}},
                       id_of("decide " + conflict, at),
                       at,
                       {}});
        const auto person = office_.rows("SELECT * FROM person WHERE id = $id",
                                         {{"id", text_of(second.payload, "person_id")}});
        if (person.front().text(text_of(second.payload, "field")) != value)
            throw Broken("was entschieden wurde, steht nicht im Register");
    }

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
            if (is_correction(act)) {
                again.payload["new_value"] = json::string(second_value(act));
                first_values_[again.id] = text_of(act.payload, "new_value");
                corrected_.push_back(again);
            }
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

    /// Not what the first Koffer says, and as good: of a field with codes another code.
    static std::string second_value(const Act& first) {
        const auto field = text_of(first.payload, "field");
        if (field == "religion") return "rk";
        if (field == "marital_status") return "VW";
        return text_of(first.payload, "new_value") + "-Neustadt";
    }
    std::unique_ptr<Koffer> second_;
    std::vector<Visit> visits_;
    std::vector<std::string> cases_;
    std::vector<Act> corrected_;                       ///< by the second Koffer
    std::map<std::string, std::string> first_values_;  ///< what the first one said, by the second one's act
};

}  // namespace

std::unique_ptr<World> make_two_nodes(Stores& stores, const std::string& land, bool spoiled) {
    return std::make_unique<TwoNodes>(stores, land, spoiled);
}

}  // namespace wa::worlds
