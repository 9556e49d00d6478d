// Journalled rows: every change goes through here, so that versions, digests and the list of what was
// seen are kept without any handler thinking of them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.hpp"
#include "base/json.hpp"
#include "kernel/store.hpp"

namespace wa {

/// A person, case, device … named in the journal.
struct Subject {
    std::string type;
    std::string id;
    friend bool operator==(const Subject&, const Subject&) = default;
};

/// Type of the subject that is the other one of four eyes, by the account's id: who proposed, opened or
/// booked what somebody else then releases (Vier-Augen-Prinzip, handbook § 1.5).
inline constexpr std::string_view second_person = "second_person";

/// A row that a command read before it decided: version is the id of the command that had changed it last.
struct Seen {
    std::string table;
    std::string id;
    std::string version;
    friend bool operator==(const Seen&, const Seen&) = default;
};

struct RowChange {
    std::string table;
    std::string id;
    Hash digest;  ///< keyed digest of the row afterwards; all zero when it was erased
};

/// What a conflict shows to the clerk who decides it: both values with origin, time and person.
struct ConflictReport {
    std::string table, id, field;
    std::string title;  ///< what it is about, in the words of people
    std::string here_value, here_by, here_origin;
    std::int64_t here_at_ms = 0;
    std::string there_value;  ///< the arriving value; by, origin and time are the command's
};

using Columns = std::vector<Param>;

/// Reads and writes the rows of one command.
class Records {
  public:
    /// `digest_key`: the tenant's key for row digests, so that a digest does not betray a short value.
    Records(Transaction& tx, std::string command_id, const Key32& digest_key);

    /// The row with this id, remembered as seen. Empty when there is none.
    std::optional<Row> find(std::string_view table, std::string_view id);
    /// Rows by statement; not remembered as seen (use see() for those that decide something).
    Rows query(const Statement& statement, std::span<const Param> params) {
        return tx_.query(statement, params);
    }
    Rows query(const Statement& statement, std::initializer_list<Param> params = {}) {
        return tx_.query(statement, params);
    }
    void see(std::string_view table, const Row& row);
    /// A row as this command has just read it, in every column: where it is changed, what it then holds is
    /// known without reading it again. find() does that by itself.
    void hold(std::string_view table, const Row& row);

    void insert(std::string_view table, std::string_view id, Columns columns);
    /// Asserts that the row exists. Only the named columns change.
    void update(std::string_view table, std::string_view id, Columns columns);
    void erase(std::string_view table, std::string_view id);
    /// A change that is not journalled (drafts, chunks of documents, derived indexes).
    std::int64_t execute_unjournalled(const Statement& statement, std::span<const Param> params);
    std::int64_t execute_unjournalled(const Statement& statement, std::initializer_list<Param> params = {}) {
        return execute_unjournalled(statement, std::span(params.begin(), params.size()));
    }
    /// Whether this command has written anything.
    bool wrote() const { return wrote_; }

    /// The row stays as it is, and counts as changed: who holds another version of it is sent this one.
    void show_again(std::string_view table, std::string_view id);

    /// Names a person or case this command is about.
    void about(std::string_view type, std::string_view id);
    /// Why it is done, in the words of who does it: kept in the journal.
    void because(std::string reason) { reason_ = std::move(reason); }
    void report_conflict(ConflictReport report) { conflicts_.push_back(std::move(report)); }

    Transaction& tx() { return tx_; }
    const std::string& command_id() const { return command_id_; }
    const std::vector<Seen>& seen() const { return seen_; }
    /// What changed, in order of table and id, with the digests of the rows as they are now.
    std::vector<RowChange> changes();
    const std::vector<Subject>& subjects() const { return subjects_; }
    const std::vector<ConflictReport>& conflicts() const { return conflicts_; }
    const std::string& reason() const { return reason_; }

  private:
    /// What is known of a row that this command has read or changed.
    struct Known {
        bool changed = false;
        std::optional<Row> before;   ///< as it stands, while it is not changed
        std::optional<Hash> digest;  ///< as it stands, once it is changed; none: to be asked of the store
    };
    Known& known_of(std::string_view table, std::string_view id);
    /// Of the row once these columns are written into it; none where only the store can tell.
    /// @param before as it stood; null: it is a new one
    std::optional<Hash> digest_after(std::string_view table, const Columns& written, const Row* before);

    Transaction& tx_;
    std::string command_id_;
    Key32 digest_key_;
    std::vector<Seen> seen_;
    std::map<std::pair<std::string, std::string>, Known> known_;  ///< by table and id
    std::vector<Subject> subjects_;
    std::vector<ConflictReport> conflicts_;
    std::string reason_;
    bool wrote_ = false;
};

/// The keyed digest of a row: its columns in order of their names, each with its type.
Hash row_digest(const Key32& digest_key, std::string_view table, const Row& row);
/// The row with this id, in every column. Empty when there is none.
std::optional<Row> read_row(Transaction& tx, std::string_view table, std::string_view id);
/// Writes a row as it is, version included, in place of one with the same id; not journalled (working sets).
void write_row_verbatim(Transaction& tx, std::string_view table, const Columns& columns);

/// A row as JSON and back, for working sets: bytes as {"hex": "…"}.
json::object row_to_json(const Row& row);
Columns row_from_json(const json::object& object);

}  // namespace wa
