#include "modules/residence/search_index.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/search_form.hpp"
#include "modules/residence/data.hpp"
#include "modules/residence/names.hpp"
#include "modules/residence/search.hpp"

namespace wa::residence {

namespace {

void add_tokens(std::vector<std::string>& tokens, std::string_view name) {
    for (auto& token : name_tokens(name))
        if (std::find(tokens.begin(), tokens.end(), token) == tokens.end())
            tokens.push_back(std::move(token));
}

/// Family name, birth name, earlier ones, and the names of orders and artists.
std::vector<std::string> family_tokens(const Row& person) {
    std::vector<std::string> tokens;
    for (const auto* column : {"family_name", "birth_name", "religious_name", "artist_name"})
        add_tokens(tokens, person.text(column));
    if (const auto former = person.text("former_names"); former != "[]")
        if (const auto list = parse_json(former); list && list->is_array())
            for (const auto& entry : list->get_array())
                if (entry.is_object() && text_of(entry.get_object(), "type") != "given")
                    add_tokens(tokens, text_of(entry.get_object(), "name"));
    return tokens;
}

void add_sounds(IndexEntries& entries, const Row& person) {
    auto given = words_of(person.text("given_names"), true);
    if (given.size() > 3) given.resize(3);
    for (const auto* column : {"family_name", "birth_name"}) {
        const auto name = person.text(column);
        auto parts = words_of(name, true);
        if (parts.size() > 1) parts.push_back(name);
        for (const auto& part : parts)
            for (const auto& other : given)
                if (auto key = sound_key(part, other); !key.empty())
                    entries.insert({std::move(key), person.text("birth_date"), ""});
    }
}

}  // namespace

std::string pair_key(std::string_view family_token, std::string_view given_token) {
    return fmt::format("N{}|{}", family_token.substr(0, 2), given_token.substr(0, 2));
}

std::string blocked_key(std::string_view key) {
    return fmt::format("P{}", key);
}

std::string birth_key(std::string_view birth_date) {
    return fmt::format("B{}", birth_date);
}

std::vector<std::string> birth_keys(std::string_view day) {
    return {birth_key(day), birth_key(fmt::format("{}00", day.substr(0, 8))),
            birth_key(fmt::format("{}00-00", day.substr(0, 5)))};
}

std::string year_key(std::string_view birth_date, std::string_view token) {
    return fmt::format("Y{}{}", birth_date.substr(0, 4), token.substr(0, 2));
}

std::string street_key_of(std::string_view form) {
    return fmt::format("S{}", form);
}

std::string sound_key(std::string_view family_part, std::string_view given_part) {
    const auto family = cologne_phonetics(family_part), given = cologne_phonetics(given_part);
    return family.empty() || given.empty() ? "" : fmt::format("K{}|{}", family, given);
}

std::string lessor_key(const json::object& lessor) {
    const auto name = name_key(text_of(lessor, "lessor_name"));
    if (name.empty()) return "";
    const auto& address = object_of(lessor, "lessor_address");
    return fmt::format("L{}|{}", name,
                       address_key(text_of(address, "street"), integer_of(address, "house_no"),
                                   text_of(address, "house_letter")));
}

std::string house_key(std::string_view street_key, std::int64_t house_no) {
    return fmt::format("{}|{:04}", street_key.substr(0, street_key.rfind('|')), house_no);
}

IndexEntries index_entries(const Row& person, const Rows& dwellings) {
    IndexEntries entries;
    const auto family = family_tokens(person);
    auto given = name_tokens(person.text("given_names"));
    const auto born = person.text("birth_date");
    const bool blocked = is_blocked(person);
    const auto add = [&](IndexEntry entry) {
        if (blocked) entries.insert({blocked_key(entry.key), entry.first, entry.second});
        entries.insert(std::move(entry));
    };
    const auto add_birth = [&](const std::string& token) {
        entries.insert({birth_key(born), token, ""});
        add({year_key(born, token), token, born});
    };
    std::string born_and_given = born;
    for (const auto& token : given) {
        add_birth(token);
        born_and_given += " " + token;
    }
    if (given.empty()) given.emplace_back();
    for (const auto& token : family) {
        add_birth(token);
        for (const auto& other : given) add({pair_key(token, other), token, other + "|" + born});
    }
    for (const auto& dwelling : dwellings) {
        if (const auto lessor = parse_json(dwelling.text("lessor"));
            lessor && lessor->is_object() && dwelling.integer("current") == 1)
            if (auto key = lessor_key(lessor->get_object()); !key.empty())
                entries.insert({std::move(key), dwelling.text("moved_in"), ""});
        const auto form = street_form(dwelling.text("street"));
        if (form.empty() || dwelling.integer("current") == 0) continue;
        for (const auto& token : family)
            entries.insert(
                {house_key(street_key_of(form), dwelling.integer("house_no")), token, born_and_given});
    }
    add_sounds(entries, person);
    return entries;
}

IndexEntries index_entries(Transaction& tx, const std::string& person_id) {
    const auto person = read_row(tx, "person", person_id);
    if (!person) return {};
    return index_entries(*person, tx.query(sql::residence::dwellings_of, {{"person_id", person_id}}));
}

void write_index(Records& records, const std::string& person_id, const IndexEntries& before,
                 const IndexEntries& now) {
    const auto run = [&](const Statement& statement, const IndexEntry& entry) {
        records.execute_unjournalled(
            statement,
            {{"key", entry.key}, {"first", entry.first}, {"second", entry.second}, {"person_id", person_id}});
    };
    for (const auto& entry : before)
        if (!now.count(entry)) run(sql::residence::drop_index_entry, entry);
    for (const auto& entry : now)
        if (!before.count(entry)) run(sql::residence::add_index_entry, entry);
}

}  // namespace wa::residence
