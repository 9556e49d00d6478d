// Inside the module: one command's work in the register is taken back, because the booking was wrong
// (residence.revoke) or because the office that caused it takes its message back. History keeps both.
#pragma once

#include <string>

#include "modules/residence/residence.hpp"

namespace wa::residence {

/// What is undone.
struct Undone {
    std::string case_id;     ///< of a registration; empty: it came by a message
    std::string command_id;  ///< the command that wrote it
    std::string why;         ///< "Rücknahme: <why>" is the source of the corrections
};

/// Undoes for one person what one command booked. Refers to the person's id.
class Undo {
  public:
    Undo(CommandContext& context, const std::string& person_id, const Undone& what);

    /// False when something the booking wrote has been changed since: then nothing simple is right.
    bool possible() const;
    /// False when a main dwelling would hold again beside one that began later, or the person has died or
    /// come back since.
    bool still_the_last_word() const;
    void run(bool was_new = false);

  private:
    /// The person was known twice since, and the two records are one now.
    bool merged_since() const;
    Rows dwellings() const;
    /// What the booking wrote into a table of history, oldest first.
    Rows history(const Statement& statement) const;
    /// The booking wrote this dwelling into the register.
    bool made(const Row& dwelling) const;
    /// True when since then its street got another name or its lessor was erased: that nobody declared.
    bool only_renamed(const Row& dwelling) const;
    bool touched(const Row& dwelling) const;
    void remove(const Row& dwelling);
    void restore(const Row& entry);
    /// Links the booking made end today, those it ended hold again, and whom it found for one is forgotten.
    void relations();
    void take_back(const Row& relation);
    /// The booking wrote it into the register; else it had been there, perhaps without naming who is meant.
    bool made_relation(const Row& relation) const;
    /// Papers that were shown for it.
    void documents();
    /// What it told others: their answers about this person go and what they replaced holds again,
    /// inquiries it answered wait again.
    void answers(bool was_new);
    bool is_closed_case() const;
    void forget_answer(const Row& datum, bool keep);
    void person(bool was_new);

    CommandContext& context_;
    const std::string& person_id_;
    Undone what_;
    std::string source_;
};

}  // namespace wa::residence
