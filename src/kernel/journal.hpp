// The append-only, hash-chained journal: who, when, where, on which device, for whom, why. It chains digests
// of payload and rows, so that data can be erased when the law says so without breaking the chain.
#pragma once

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
    std::string actor, device, place, reason;
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

/// One fault found by verify_journal: named so that a person can look it up.
struct JournalFault {
    std::string what;   ///< chain_broken | row_changed | row_missing | row_unknown
    std::string table;  ///< for rows
    std::string id;     ///< row id, or the number in the chain
};

struct JournalReport {
    std::int64_t entries = 0, rows = 0;
    std::vector<JournalFault> faults;
};
/// Proves the chain from its first entry and every journalled row against its last digest.
/// @param known_head a head seen elsewhere (a node, a copy): a chain rewritten as a whole is noticed
JournalReport verify_journal(Transaction& tx, const Key32& digest_key,
                             const std::vector<std::string>& journalled_tables,
                             const JournalHead* known_head = nullptr);

/// The story of one subject, oldest first: rows of journal with seq, at_ms, kind, name, actor, device, place,
/// reason, outcome.
Rows journal_of(Transaction& tx, std::string_view subject_type, std::string_view subject_id);

}  // namespace wa
