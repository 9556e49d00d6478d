#include "world.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <set>
#include <utility>

#include "base/assert.hpp"
#include "kernel/data.hpp"
#include "kernel/journal.hpp"

namespace wa::worlds {

namespace {

/// Closed and opened again after every step: nothing lives in memory alone.
class Restart : public World {
  public:
    using World::World;
    void after(const Act&, const CommandResult&) override {
        const auto before = digest_of(office_.store(), true);
        office_.reopen();
        if (spoiled_) write_beside_the_journal();
        if (digest_of(office_.store(), true) != before)
            throw Broken("nach dem Neustart steht im Speicher etwas anderes");
    }
};

/// Steps of a clerk with a Koffer are done there, without a line, as far as they may be.
class Offline : public World {
  public:
    using World::World;

    void begin(const std::vector<Visit>& visits, Timestamp at) override {
        koffer_ = std::make_unique<Koffer>(stores_, office_, 1, "Deniz Aydın", visits, at);
    }

    CommandResult run(const Act& act) override {
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
            throw Broken(fmt::format("{} kam vom Koffer und wurde in der Zentrale nicht getan: {}", one.name,
                                     one.answer.problem.code));
        }
    }

    void end(Timestamp at) override {
        if (for_koffer_ > 0 && done_here_ == 0)
            throw Broken("kein Schritt geschah am Koffer; nennen Sie die Welt mit »Nicht in offline: …«");
        settle(at);
    }

    std::vector<StateDigest> digests(Timestamp at) override {
        settle(at);
        return {digest_of(office_.store(), false), digest_of(koffer_->store(), false)};
    }

  protected:
    bool fits_koffer(const Act& act) const {
        const auto* spec = office_.engine().registry().command(act.command);
        return act.clerk == koffer_->clerk() && spec && !spec->hub_only;
    }
    Act at_koffer(Act act) const {
        if (act.command == "case.open") {
            act.payload["channel"] = "koffer";
            act.payload["tour_id"] = koffer_->tour();
            if (spoiled_) act.payload["title"] = "Spoiled";
        }
        return act;
    }

    std::unique_ptr<Koffer> koffer_;
    std::vector<Act> taken_;  ///< what was done at the Koffer, in order
    bool hub_moved_ = false;
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

/// Another authority on the same hub: never touched, never told anything.
class SecondTenant : public World {
  public:
    SecondTenant(Stores& stores, const std::string& land, bool spoiled)
        : World(stores, land, spoiled),
          other_(stores, "other", 1, ""),
          quiet_(digest_of(other_.store(), true)) {}

    void after(const Act& act, const CommandResult& result) override {
        if (spoiled_)
            must(other_, {"",
                          "residence.import",
                          {{"persons", json::array()}},
                          id_of("spoiled " + act.id, act.at),
                          act.at,
                          {}});
        if (digest_of(other_.store(), true) != quiet_)
            throw Broken("der Speicher der anderen Behörde hat sich geändert");
        std::set<std::string> ids;
        for (const auto& change : result.changes) ids.insert(change.id);
        for (const auto& subject : result.subjects) ids.insert(subject.id);
        for (const auto& id : ids) ask_everything(id, act.at);
        repeat(act, ids);
        // What was asked and refused stands in its journal, and nowhere else.
        const auto before = std::exchange(quiet_, digest_of(other_.store(), true));
        for (const auto& [table, digest] : before)
            if (!of_the_journal(table) && quiet_.at(table) != digest)
                throw Broken("Fragen und Ablehnungen haben bei der anderen Behörde etwas geändert: " + table);
    }

  private:
    static constexpr const char* clerk = "Ines Kröger";

    /// Every question that takes an id, with an id of the first authority.
    void ask_everything(const std::string& id, Timestamp at) {
        for (const auto& [name, spec] : other_.engine().registry().queries())
            for (const auto& field : array_of(spec.declaration, "params")) {
                const auto& param = field.as_object();
                if (text_of(param, "type") != "id") continue;
                const auto answer = other_.ask(name, {{text_of(param, "name"), id}}, clerk, at);
                if (answer && json::serialize(*answer).find(id) != std::string::npos)
                    throw Broken(name + " antwortet der anderen Behörde auf eine fremde Kennung");
                if (answer && !says_nothing(*answer))
                    throw Broken(name + " sagt der anderen Behörde etwas zu einer fremden Kennung");
            }
    }

    /// Only empty lists, or a state that says that there is nothing.
    static bool says_nothing(const json::object& answer) {
        return std::all_of(answer.begin(), answer.end(), [](const auto& member) {
            const auto& value = member.value();
            return value.is_null() || (value.is_array() && value.get_array().empty()) || value.is_bool() ||
                   (value.is_string() && (value.get_string().empty() || value.get_string() == "none"));
        });
    }

    /// The same command by the other authority's clerk: refused when it names anything of the first one.
    void repeat(const Act& act, const std::set<std::string>& ids) {
        const auto text = json::serialize(act.payload);
        const bool names_one = std::any_of(ids.begin(), ids.end(), [&](const auto& id) {
            return text.find('"' + id + '"') != std::string::npos;
        });
        if (!names_one || act.clerk.empty()) return;
        Act again = act;
        again.clerk = clerk;
        again.document.clear();
        again.id = id_of("other " + act.id, act.at);
        if (other_.run(again).outcome != Outcome::refused)
            throw Broken(act.command + " gelang der anderen Behörde mit einer fremden Kennung");
    }

    Office other_;
    StateDigest quiet_;
};

}  // namespace

void World::write_beside_the_journal() {
    const auto tx = office_.store().begin_write();
    tx->execute(Statement{"worlds.beside", "UPDATE case_file SET title = title || '!'"});
    tx->commit();
}

std::unique_ptr<World> make_world(std::string_view name, Stores& stores, const std::string& land,
                                  bool spoiled) {
    if (name == "sqlite" || name == "postgres") return std::make_unique<World>(stores, land, spoiled);
    if (name == "restart") return std::make_unique<Restart>(stores, land, spoiled);
    if (name == "offline") return std::make_unique<Offline>(stores, land, spoiled);
    if (name == "two_nodes") return std::make_unique<TwoNodes>(stores, land, spoiled);
    WA_ASSERT(name == "second_tenant");
    return std::make_unique<SecondTenant>(stores, land, spoiled);
}

std::string end_state(Office& office) {
    static const std::set<std::string, std::less<>> of_the_place{
        "tour", "appointment", "site", "device", "number_block", "user_account", "passkey"};
    static const std::regex numbers("[KZ][0-9]*-[0-9]+"), checked("prechecked_offline");
    std::string state;
    for (const auto& table : office.engine().registry().journalled_tables()) {
        if (of_the_place.count(table) > 0) continue;
        for (const auto& row : office.rows("SELECT * FROM " + table + " ORDER BY id")) {
            auto shown = row_to_json(row);
            for (const auto* column : {"channel", "tour_id"}) shown.erase(column);
            // Documents in a column are compared as data, not as text.
            for (auto& member : shown)
                if (auto inside = parse_json(text_of(shown, member.key())); inside && inside->is_structured())
                    member.value() = json::string(canonical_json(*inside));
            state += table + " " + json::serialize(shown) + "\n";
        }
    }
    return std::regex_replace(std::regex_replace(state, numbers, "#"), checked, "prechecked");
}

}  // namespace wa::worlds
