// Whom a case, message or task is about: what a list calls them, and who sees or does more. The module that
// owns a kind of subject decides (Registry::bind_subject); the kernel asks wherever it shows or changes
// something that is about one.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/command.hpp"

namespace wa {

/// How one actor may see one subject.
struct SubjectView {
    /// What lists call it; where more is refused, the words that stand there instead. Empty: unknown.
    std::string name;
    Problem refusal;       ///< why the actor sees no more; without a code: they may
    Problem needs_reason;  ///< the answer to a query without a reason; without a code: none is asked for
    bool hidden() const { return !refusal.code.empty(); }
};

/// Asks the owner of this kind ("person"); a subject that nobody owns or knows everybody may see.
SubjectView view_of(Transaction& tx, const Actor& actor, std::string_view kind, const std::string& id);

/// Whom the form of a case means though not everybody may see them; empty for who took their declaration, as
/// long as it is not decided. @param listed at least id and meant_id
std::string meant_by(Transaction& tx, const Actor& actor, const Row& listed);

/// Before the data of a person are shown. What is refused is named in the journal.
Result<void> may_see(QueryContext& context, const std::string& person_id);
/// The same for everybody a case is about: whom it was opened for and, once it is decided, whoever its tasks
/// and messages name.
Result<void> may_see_case(QueryContext& context, const Row& the_case);
/// The same for a task or message, by its columns person_id and case_id.
Result<void> may_see_either(QueryContext& context, const Row& row);

/// Before a command about a person. What comes from a Koffer was done there, and is not refused afterwards.
Result<void> may_change(CommandContext& context, const std::string& person_id);
/// The same for everybody a case is about, as may_see_case has it.
Result<void> may_change_case(CommandContext& context, const Row& the_case);
/// The same for a task or message, by its columns person_id and case_id.
Result<void> may_change_either(CommandContext& context, const Row& row);
/// For a person the actor names by an id: whom they may not see is refused like somebody who is not there.
Result<void> may_name(CommandContext& context, const std::string& person_id);

/// The names of persons in one list, each asked for once.
class ListedPersons {
  public:
    explicit ListedPersons(const QueryContext& context) : tx_(context.tx), actor_(context.actor) {}
    const SubjectView& view(const std::string& person_id);

    /// Adds "person_name" to a row: the first of these persons that is named, else `otherwise`. Where one of
    /// them may not be seen, the words that stand for the name are in its place, "hidden" is true, and of
    /// the row's own members only the `kept` ones keep their value.
    void name(json::object& row, std::initializer_list<std::string> persons, const std::string& otherwise,
              std::initializer_list<std::string_view> kept);

  private:
    Transaction& tx_;
    const Actor& actor_;
    std::map<std::string, SubjectView> views_;
};

}  // namespace wa
