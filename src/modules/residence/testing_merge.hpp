// For tests: a person known twice, and two of the office who join the records.
#pragma once

#include "kernel/journal.hpp"
#include "modules/residence/exchange/world.hpp"

namespace wa::merging {

inline json::object anna(json::object more = {}) {
    json::object person{{"family_name", "Müller-Lüdenscheidt"},
                        {"given_names", "Anna Maria"},
                        {"birth_date", "1962-04-03"},
                        {"birth_place", "Musterstedt"}};
    for (const auto& member : more) person[member.key()] = member.value();
    return person;
}

inline json::object dwelling_of_anna(const char* status, const char* in, const char* out = "",
                                     int number = 5) {
    auto dwelling = test_dwelling("00101", "Lindenweg", number);
    dwelling["status"] = status;
    dwelling["moved_in"] = in;
    dwelling["moved_out"] = out;
    return dwelling;
}

inline json::object lives(const char* status, const char* in, const char* out = "", int number = 5) {
    return {{"dwellings", json::array{dwelling_of_anna(status, in, out, number)}}};
}

inline const json::array block_51{json::object{{"paragraph", "51"}, {"text", "Auskunftssperre"}}};

struct Merge : ::testing::Test {
    ExchangeWorld world;
    Actor second_lead{"00000000000000000000000KAE", "Ludwig Leitung", permissions_of({"team_lead"})};

    std::string imported(json::object more = {}) { return world.import_person(anna(std::move(more))); }
    CommandResult propose(const std::string& kept, const std::string& other, const Actor& actor) {
        return world.run(world.request(
            "person.propose_merge",
            {{"person_id", kept}, {"other_id", other}, {"source", "Personalausweis und Geburtsurkunde"}},
            actor));
    }
    CommandResult merge(const std::string& task, const Actor& actor, json::object more = {}) {
        more["task_id"] = task;
        more["source"] = "beide Akten verglichen";
        return world.run(world.request("person.merge", std::move(more), actor));
    }
    void joined(const std::string& kept, const std::string& other) {
        const auto proposed = propose(kept, other, world.lead);
        ASSERT_EQ(proposed.outcome, Outcome::done) << json::serialize(proposed.problem.details);
        const auto done = merge(text_of(proposed.answer, "task_id"), second_lead);
        ASSERT_EQ(done.outcome, Outcome::done) << done.problem.code;
        EXPECT_EQ(text_of(done.answer, "person_id"), kept);
    }
    /// Fields named when the two are proposed; empty: they agree.
    std::string differing(json::object one, json::object two) {
        const auto kept = imported(std::move(one)), other = imported(std::move(two));
        const auto result = propose(kept, other, world.lead);
        if (result.outcome == Outcome::done) return "";
        EXPECT_EQ(result.problem.code, "residence.records_differ");
        return json::serialize(array_of(result.problem.details, "fields"));
    }
    std::string booked(json::object form = test_form()) {
        const auto id = prepared_case(world, std::move(form));
        world.must("residence.book", {{"case_id", id}});
        return id;
    }
    /// Where an id still stands in the tables that are no record of what was done.
    std::string names_of(const std::string& id) {
        std::string found;
        for (const auto& table : test_registry().journalled_tables())
            for (const auto& row : world.rows("SELECT * FROM " + table))
                for (std::size_t i = 0; i < row.names().size(); ++i)
                    if (const auto* text = std::get_if<std::string>(&row.values()[i]);
                        text && text->find(id) != std::string::npos)
                        found += table + "." + row.names()[i] + " ";
        return found;
    }
    bool proved() {
        auto tx = world.store().begin_read();
        return verify_journal(*tx, world.scope().digest_key, test_registry().journalled_tables())
            .faults.empty();
    }
    std::size_t hits() {
        const auto found =
            world.ask("person.search", {{"text", "Müller-Lüdenscheidt Anna 1962"}}, world.lead);
        return array_of(*found, "hits").size();
    }
};

}  // namespace wa::merging
