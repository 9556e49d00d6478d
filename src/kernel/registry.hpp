// The one list of everything the program can do. Declared in api.json, bound to handlers by the modules.
#pragma once

#include <any>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "kernel/command.hpp"
#include "kernel/inbox.hpp"
#include "kernel/letter.hpp"
#include "kernel/procedure/procedure.hpp"
#include "kernel/subjects.hpp"

namespace wa {

enum class CommandKind {
    fact,     ///< recorded as it was, never recomputed: money taken, text signed, paper handed out
    request,  ///< checked again where the whole register is
};

struct CommandSpec {
    std::string name;
    int version = 1;
    CommandKind kind = CommandKind::request;
    bool hub_only = false;
    bool local = false;      ///< neither journalled nor synchronised nor marked (drafts)
    bool merges = false;     ///< the handler itself weighs stale rows (field by field)
    bool http = true;        ///< false: done by the program in somebody's name, not asked for over HTTP
    std::string stream;      ///< payload field that names the stream; empty: each command its own
    std::string permission;  ///< empty is not allowed
    std::string function;    ///< function the tenant must have; empty: any tenant
    FieldSet payload;
    json::object declaration;  ///< the whole entry of api.json, for documentation and the web client
    CommandHandler handler = nullptr;
    CommandPreparer preparer = nullptr;
    Foreseer foreseer = nullptr;
    bool refuses_before_writing = false;
};

struct QuerySpec {
    std::string name;
    bool hub_only = false;
    bool personal = false;      ///< the read is journalled with its reason
    std::string personal_with;  ///< parameter that makes it such a read when it is given
    std::string permission, function;
    FieldSet params;
    json::object declaration;
    QueryHandler handler = nullptr;
};

/// A type of message between authorities, declared in an api.json. Its fields are the filter of what a
/// recipient may have: a datum that is not declared does not pass.
struct MessageSpec {
    std::string name;
    int version = 1;
    std::string law;
    std::string to;        ///< "Meldebehörde", "BZSt"; "*": whoever the composer names
    std::string to_list;   ///< which keys follow `to`: municipality | county | religion; empty: none
    std::string deadline;  ///< a rule of deadlines.json; empty: at once
    bool outgoing = false, incoming = false;
    bool interactive = false;     ///< a clerk waits for the answer
    bool verify = false;          ///< recipient or content not read in a primary source
    std::string answer_type;      ///< message that is awaited in return; empty: none
    std::string answer_deadline;  ///< from the day of handing over
    std::string missing_task;     ///< kind of task when the answer is late
    FieldSet fields;
    json::object declaration;
    MessageHandler handler = nullptr;  ///< of incoming ones
};

/// Rows that a node needs to work on a subject without a line, found by the module that owns them.
using Extractor =
    std::function<void(Transaction&, const std::string& id, std::vector<std::pair<std::string, Row>>& rows)>;
/// Applies the value a clerk decided for a conflict in one of the module's tables.
using ConflictApplier = std::function<Result<void>(CommandContext&, const std::string& id,
                                                   const std::string& field, const std::string& value)>;
/// What a check of a case says: state "ok", "hint", "blocking" or "unknown", with details.
struct Finding {
    std::string state;
    json::object details;
};
/// What the checks of a case go by. They run one after the other on the same one, while nothing is written.
/// It stays where it is: what the checks keep in it refers to it.
struct CheckRun {
    CheckRun(Transaction& asked, Side where, const Reference& rules, Date day, const json::object& declared,
             const Actor* viewer)
        : tx(asked), side(where), reference(rules), on(day), form(declared), seen_by(viewer) {}
    CheckRun(const CheckRun&) = delete;
    CheckRun& operator=(const CheckRun&) = delete;

    Transaction& tx;
    Side side;
    const Reference& reference;
    Date on;  ///< the day they count from
    const json::object& form;
    const Actor* seen_by;  ///< they tell nothing of whom this one may not see; null: everything
    std::any
        prepared{};  ///< what the checks of a module have read and asked already, of the module's own type
};
/// A check of a case against the register.
using CaseCheck = std::function<Finding(CheckRun&)>;

/// How an actor may see a subject of the module's. Asked wherever something about one is shown or done: it
/// should cost one row found by its id.
using SubjectOwner = SubjectView (*)(Transaction&, const Actor&, const std::string& id);

/// Whether somebody of this name may sign a case, by what its form says; the problem when not.
using SignerCheck = std::function<Result<void>(const json::object& form, std::string_view signer,
                                               const Reference&, const Date& today)>;

/// Whom the form of a case means, of those whom not everybody may see; empty for nobody. Asked at the hub
/// with every submission.
using HiddenMeant = std::string (*)(Transaction&, const json::object& form);

/// Composes a letter of a case: receipt, confirmation, copy of what was signed, privacy notice.
using LetterBuilder = std::function<Result<Letter>(QueryContext&, const std::string& case_id)>;

/// Filled once at start-up, then only read, from any thread.
class Registry {
  public:
    /// Adds the entries of an api.json. Asserts on a faulty declaration or a name declared twice.
    void declare(std::string_view api_json);
    /// Adds the wordings of a problems.json.
    void declare_problems(std::string_view problems_json);
    void add_procedure(std::string_view procedure_json);
    void add_schema(const std::vector<SchemaStep>& steps);

    void bind_command(std::string_view name, CommandHandler handler, CommandPreparer preparer = nullptr);
    /// Works out before the command's turn what needs no store. Asserts that nothing prepares its payload.
    void bind_foreseer(std::string_view name, Foreseer foreseer);
    /// The handlers of these refuse nothing any more once they have written: such a command needs no
    /// savepoint where it is done first. A handler that refuses after all takes the whole transaction with
    /// it.
    void refuse_before_writing(std::initializer_list<std::string_view> names);
    void bind_query(std::string_view name, QueryHandler handler);
    /// Asserts that the type is declared as an incoming one.
    void bind_message(std::string_view name, MessageHandler handler);
    void bind_extractor(std::string subject_type, Extractor extractor) {
        extractors_[std::move(subject_type)] = std::move(extractor);
    }
    void bind_subject(std::string kind, SubjectOwner owner) { subjects_[std::move(kind)] = owner; }
    void bind_conflict(std::string table, ConflictApplier applier) {
        conflict_appliers_[std::move(table)] = std::move(applier);
    }
    void bind_check(std::string name, CaseCheck check) { checks_[std::move(name)] = std::move(check); }
    void bind_signers(std::string procedure, SignerCheck check) {
        signer_checks_[std::move(procedure)] = std::move(check);
    }
    void bind_meant(std::string procedure, HiddenMeant asked) { meant_[std::move(procedure)] = asked; }
    /// @param permission who may have it made
    void bind_letter(std::string name, std::string permission, LetterBuilder builder) {
        letters_[std::move(name)] = {std::move(permission), std::move(builder)};
    }
    /// A table whose rows the node's working set may hold (extract and later changes). Columns that
    /// `kept_home` names never leave the hub: they arrive empty.
    void add_working_table(std::string table, std::vector<std::string> kept_home = {}) {
        kept_home_[table] = std::move(kept_home);
        working_tables_.push_back(std::move(table));
    }
    /// The row as a node may hold it.
    Row travelling(std::string_view table, const Row& row) const;
    /// A table whose rows are journalled (they have id and version) and proved by verify_journal.
    void add_journalled_table(std::string table) { journalled_tables_.push_back(std::move(table)); }

    /// Asserts that every declaration has its handler and every procedure its checks. Call once, at the end.
    void seal();

    const CommandSpec* command(std::string_view name) const;
    const QuerySpec* query(std::string_view name) const;
    const std::map<std::string, CommandSpec, std::less<>>& commands() const { return commands_; }
    const std::map<std::string, QuerySpec, std::less<>>& queries() const { return queries_; }
    const MessageSpec* message(std::string_view name) const;
    const std::map<std::string, MessageSpec, std::less<>>& messages() const { return messages_; }
    const Procedures& procedures() const { return procedures_; }
    const Procedure* procedure(std::string_view id) const;
    const json::object& problems() const { return problems_; }
    const std::vector<SchemaStep>& schema() const { return schema_; }
    const std::map<std::string, Extractor>& extractors() const { return extractors_; }
    /// Null when no module owns the kind.
    SubjectOwner subject(std::string_view kind) const;
    const ConflictApplier* conflict_applier(const std::string& table) const;
    const CaseCheck* check(const std::string& name) const;
    /// Null when a procedure leaves open who signs.
    const SignerCheck* signer_check(const std::string& procedure) const;
    /// Null where a procedure hides nobody.
    HiddenMeant meant(const std::string& procedure) const;
    struct LetterSpec {
        std::string permission;
        LetterBuilder builder;
    };
    const LetterSpec* letter(const std::string& name) const;
    const std::map<std::string, LetterSpec>& letters() const { return letters_; }
    const std::vector<std::string>& working_tables() const { return working_tables_; }
    const std::vector<std::string>& journalled_tables() const { return journalled_tables_; }

  private:
    std::map<std::string, CommandSpec, std::less<>> commands_;
    std::map<std::string, QuerySpec, std::less<>> queries_;
    std::map<std::string, MessageSpec, std::less<>> messages_;
    Procedures procedures_;
    json::object problems_;
    std::vector<SchemaStep> schema_;
    std::map<std::string, Extractor> extractors_;
    std::map<std::string, SubjectOwner, std::less<>> subjects_;
    std::map<std::string, ConflictApplier> conflict_appliers_;
    std::map<std::string, CaseCheck> checks_;
    std::map<std::string, SignerCheck> signer_checks_;
    std::map<std::string, HiddenMeant> meant_;
    std::map<std::string, LetterSpec> letters_;
    std::vector<std::string> working_tables_;
    std::map<std::string, std::vector<std::string>, std::less<>> kept_home_;
    std::vector<std::string> journalled_tables_;
};

/// The registry that handlers of this program run under; set once by the wiring.
const Registry& registry();
void set_registry(const Registry& registry);

/// The words for a problem in German, {braces} filled from its details: {"de": …, "do": …}.
json::object words_for(const Registry& registry, const Problem& problem);

}  // namespace wa
