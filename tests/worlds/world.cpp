#include "world.hpp"

#include <fmt/format.h>

#include <algorithm>
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

/// Another authority on the same hub: never touched, never told anything.
class SecondTenant : public World {
  public:
    SecondTenant(Stores& stores, const std::string& land, bool spoiled)
        : World(stores, land, spoiled),
          other_(stores, "other", 1, ""),
          quiet_(digest_of(other_.store(), false)),
          entries_(journal_entries()) {}

    void after(const Act& act, const CommandResult& result) override {
        if (spoiled_)
            must(other_, {"",
                          "residence.import",
                          {{"persons", json::array()}},
                          id_of("spoiled " + act.id, act.at),
                          act.at,
                          {}});
        if (journal_entries() != entries_) throw Broken("im Journal der anderen Behörde steht etwas Neues");
        std::set<std::string> ids;
        for (const auto& change : result.changes) ids.insert(change.id);
        for (const auto& subject : result.subjects) ids.insert(subject.id);
        for (const auto& id : ids) ask_everything(id, act.at);
        repeat(act, ids);
        // Neither the step nor what was asked and refused stands anywhere but in its journal.
        for (const auto& [table, digest] : digest_of(other_.store(), false))
            if (quiet_.at(table) != digest)
                throw Broken("bei der anderen Behörde hat sich etwas geändert: " + table);
        entries_ = journal_entries();
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

    std::int64_t journal_entries() const {
        return other_.rows("SELECT count(*) AS n FROM journal").front().integer("n");
    }

    Office other_;
    StateDigest quiet_;         ///< without the journal
    std::int64_t entries_ = 0;  ///< of the journal, after what was asked last
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
    if (name == "offline") return make_offline(stores, land, spoiled);
    if (name == "two_nodes") return make_two_nodes(stores, land, spoiled);
    WA_ASSERT(name == "second_tenant");
    return std::make_unique<SecondTenant>(stores, land, spoiled);
}

namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Where the number of a case or receipt that begins at `at` ends (Z-000012, K7-Q000003); `at` where none
/// does.
std::size_t end_of_number(const std::string& text, std::size_t at) {
    const auto skip_digits = [&](std::size_t from) {
        while (from < text.size() && is_digit(text[from])) ++from;
        return from;
    };
    auto next = skip_digits(at + 1);
    if (next == text.size() || text[next] != '-') return at;
    ++next;
    if (next < text.size() && text[next] == 'Q') ++next;
    const auto end = skip_digits(next);
    return end == next ? at : end;
}

/// What differs by where a case was taken: its numbers, and the state before the hub had looked at it.
std::string without_the_place(const std::string& state) {
    constexpr std::string_view offline = "prechecked_offline", checked = "prechecked";
    std::string out;
    out.reserve(state.size());
    for (std::size_t at = 0; at < state.size();) {
        const auto end = state[at] == 'K' || state[at] == 'Z' ? end_of_number(state, at) : at;
        if (end > at) {
            out += '#';
            at = end;
        } else if (state.compare(at, offline.size(), offline) == 0) {
            out += checked;
            at += offline.size();
        } else {
            out += state[at++];
        }
    }
    return out;
}

}  // namespace

std::string end_state(Office& office) {
    static const std::set<std::string, std::less<>> of_the_place{
        "tour", "appointment", "site", "device", "number_block", "user_account", "passkey"};
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
    return without_the_place(state);
}

}  // namespace wa::worlds
