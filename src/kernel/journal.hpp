// The append-only, hash-chained journal: who, when, where, on which device, for whom, why. It chains digests
// of payload and rows, so that data can be erased when the law says so without breaking the chain; and of a
// read what it says, so that it can end itself (BMG § 40; docs/decisions/0023).
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "base/time.hpp"
#include "kernel/records.hpp"

namespace wa {

struct JournalEntry {
    Timestamp at;
    std::string kind;        ///< command | read | access (sign-in, refusal)
    std::string name;        ///< of the command or query
    std::string command_id;  ///< empty for reads
    std::string actor;
    std::string roles;  ///< of the actor at that moment, as Actor::roles
    std::string device, place, reason;
    std::string outcome;  ///< done | conflict | refused:<problem code>
    Hash payload_digest{};
    std::vector<RowChange> changes;
    std::vector<Subject> subjects;
};

/// Appends an entry to the chain within the transaction. Its number in the chain.
std::int64_t append_journal(Transaction& tx, JournalEntry entry);

struct JournalHead {
    std::int64_t seq = 0;  ///< 0: empty
    Hash hash{};
};
JournalHead journal_head(Transaction& tx);

/// Entries that have ended: how many, and between which numbers of the chain.
struct EndedEntries {
    std::int64_t count = 0, first = 0, last = 0;
};
/// Erases what the oldest reads and sign-ins from before this moment say and whom they name, at most `limit`;
/// that they were, when and of what kind stays, and the chain goes on. None of a person or case with a legal
/// hold. The command that does it names the numbers (journal_range), or verify_journal objects.
EndedEntries end_entries(Transaction& tx, Timestamp before, std::int64_t limit);
/// Type of the subject by which journal.end_reads names what it has erased: "<first>-<last>".
inline constexpr std::string_view journal_range = "journal";

/// One fault found by verify_journal: named so that a person can look it up.
struct JournalFault {
    /// chain_broken | row_changed | row_missing | row_unknown | erased_wrongly: of a command, of a read
    /// younger than twelve months, or by nobody who says so
    std::string what;
    std::string table;  ///< for rows
    std::string id;     ///< row id, or the number in the chain
};

struct JournalReport {
    std::int64_t entries = 0, rows = 0;
    std::vector<JournalFault> faults;
};
/// Proves the chain from its first entry and every journalled row against its last digest.
/// @param known_head a head seen elsewhere (a node, a copy): a chain rewritten as a whole is noticed
/// @param now an erasure from later than this was done by a clock that was wrong
JournalReport verify_journal(Transaction& tx, const Key32& digest_key,
                             const std::vector<std::string>& journalled_tables,
                             const JournalHead* known_head = nullptr,
                             Timestamp now = {std::numeric_limits<std::int64_t>::max()});

/// The story of one subject, oldest first: rows of journal with seq, at_ms, kind, name, actor, device, place,
/// reason, outcome.
Rows journal_of(Transaction& tx, std::string_view subject_type, std::string_view subject_id);

}  // namespace wa
