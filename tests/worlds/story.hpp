// One scenario being played in one world.
#pragma once

#include "base/assert.hpp"
#include "forms.hpp"
#include "world.hpp"

namespace wa::worlds {

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
    void move_in(const Line& line);
    void begin();
    // steps (story.cpp)
    void step(const Line& line);
    void take_registration(const Line& line);
    void submit(const Line& line);
    Act compose(const Line& line);
    json::object booking(const Line& line);
    std::string slot_value(const Line& line, std::string_view name);
    void act(const Line& line, const Act& act);
    void expect(const Line& detail, const CommandResult& result);
    std::string next_id();
    // what must hold (checks.cpp)
    void check(const Line& line);
    void check_register(const Line& line);
    void check_message(const Line& line);
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
    Timestamp now_;
    std::map<std::string, Person> people_;
    bool begun_ = false;
    int acts_ = 0;
    std::string case_, form_hash_, register_before_;
    json::object form_;
};

}  // namespace wa::worlds
