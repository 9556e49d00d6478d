// One scenario being played in one world.
#pragma once

#include "base/assert.hpp"
#include "forms.hpp"
#include "post.hpp"
#include "world.hpp"

namespace wa::worlds {

/// A time of a day, local.
Timestamp moment(const Date& day, std::string_view time);
/// Rows for people who read why something does not hold: one line each.
std::string shown(const Rows& rows, std::initializer_list<const char*> columns);

class Story {
  public:
    Story(const Scenario& scenario, World& world);
    /// Throws Broken with file and line.
    void play();

  private:
    struct Person {
        json::object record;  ///< as residence.import takes it
        std::string id;       ///< in the office's register; empty: not known there
    };

    void take(const Line& line);
    // given
    void set_clock(const Line& line);
    void meet(const Line& line);
    void name_relative(json::object& relation) const;
    void move_in(const Line& line);
    void fill_house(const Line& line);
    void begin();
    // steps (story.cpp)
    void step(const Line& line);
    void take_registration(const Line& line);
    void submit(const Line& line);
    Act compose(const Line& line);
    json::object booking(const Line& line);
    std::string slot_value(const Line& line, std::string_view name);
    /// The one row a slot names by its kind.
    Row only_row(const std::string& what, std::string_view sql, const std::string& kind);
    void act(const Line& line, const Act& act);
    void expect(const Line& detail, const CommandResult& result);
    std::string next_id();
    void settle_quarantine(const Line& line);
    // messages, and what other authorities do (story_messages.cpp)
    bool message_step(const Line& line);
    void carry_messages();
    void keep_house();
    CommandResult courier(Act act);
    void change_rule(const Line& line);
    void send_as_other(const Line& line);
    json::object repaired(const Line& line);
    json::object person_in_message(const std::string& name) const;
    // what must hold (checks.cpp)
    void check(const Line& line);
    void check_register(const Line& line);
    void check_message(const Line& line);
    void check_numbers();
    void check_view(const Line& line);
    void check_inbox(const Line& line);
    void check_exchange(const Line& line);
    void check_form(const Line& line);
    void check_letter(const Line& line);
    void check_task(const Line& line);
    void check_journal(const Line& line);
    void verify_journal_of_office();
    std::string register_state();
    std::string person_id(const std::string& name);
    Rows same_person(const std::string& name);
    json::object address_of(const std::string& words);
    const Person& person(const std::string& name) const;
    static std::string plain(const std::string& name);

    const Scenario& scenario_;
    World& world_;
    Post post_;
    Timestamp now_;
    std::map<std::string, Person> people_;
    bool begun_ = false;
    int acts_ = 0;
    std::string case_, form_hash_, register_before_;
    std::string clerk_;  ///< who has worked last
    json::object form_;
};

}  // namespace wa::worlds
