#include "kernel/journal.hpp"

#include <algorithm>
#include <map>

#include "kernel/data.hpp"

namespace wa {

namespace {

namespace statements = sql::kernel;

void put(ByteWriter& out, const Hash& hash) {
    out.raw(hash);
}

Hash digest_of(const std::vector<RowChange>& changes) {
    ByteWriter out;
    for (const auto& change : changes) {
        out.text(change.table);
        out.text(change.id);
        put(out, change.digest);
    }
    return sha256(out.written());
}

Hash link(const Hash& before, std::int64_t seq, const JournalEntry& entry, const Hash& rows_digest) {
    ByteWriter out;
    put(out, before);
    out.varint(std::uint64_t(seq));
    out.varint(std::uint64_t(entry.at.ms));
    for (const auto* text : {&entry.kind, &entry.name, &entry.command_id, &entry.actor, &entry.device,
                             &entry.place, &entry.reason, &entry.outcome})
        out.text(*text);
    put(out, entry.payload_digest);
    put(out, rows_digest);
    for (const auto& subject : entry.subjects) {
        out.text(subject.type);
        out.text(subject.id);
    }
    return sha256(out.written());
}

/// Subjects and row changes are hashed in the order they are read back: by key.
std::vector<Subject> sorted(std::vector<Subject> subjects) {
    std::sort(subjects.begin(), subjects.end(),
              [](const auto& a, const auto& b) { return std::tie(a.type, a.id) < std::tie(b.type, b.id); });
    subjects.erase(std::unique(subjects.begin(), subjects.end()), subjects.end());
    return subjects;
}

}  // namespace

JournalHead journal_head(Transaction& tx) {
    const auto rows = tx.query(statements::journal_head);
    if (rows.empty()) return {};
    return {rows.front().integer("seq"), to_hash(rows.front().bytes("hash"))};
}

std::int64_t append_journal(Transaction& tx, JournalEntry entry) {
    entry.subjects = sorted(std::move(entry.subjects));
    std::sort(entry.changes.begin(), entry.changes.end(),
              [](const auto& a, const auto& b) { return std::tie(a.table, a.id) < std::tie(b.table, b.id); });
    const auto head = journal_head(tx);
    const auto seq = head.seq + 1;
    const auto rows_digest = digest_of(entry.changes);
    const auto hash = link(head.hash, seq, entry, rows_digest);
    tx.execute(statements::append_journal, {{"seq", seq},
                                            {"at_ms", entry.at.ms},
                                            {"kind", entry.kind},
                                            {"name", entry.name},
                                            {"command_id", entry.command_id},
                                            {"actor", entry.actor},
                                            {"device", entry.device},
                                            {"place", entry.place},
                                            {"reason", entry.reason},
                                            {"outcome", entry.outcome},
                                            {"payload_digest", to_bytes(entry.payload_digest)},
                                            {"rows_digest", to_bytes(rows_digest)},
                                            {"hash", to_bytes(hash)}});
    for (const auto& change : entry.changes)
        tx.execute(statements::append_journal_row, {{"seq", seq},
                                                    {"table_name", change.table},
                                                    {"row_id", change.id},
                                                    {"digest", to_bytes(change.digest)}});
    for (const auto& subject : entry.subjects)
        tx.execute(statements::append_journal_subject,
                   {{"seq", seq}, {"subject_type", subject.type}, {"subject_id", subject.id}});
    return seq;
}

namespace {

/// Walks the chain from its first entry; what does not fit is named by its number.
void verify_chain(Transaction& tx, const JournalHead* known_head, JournalReport& report) {
    Hash before{};
    std::int64_t expected = 1;
    constexpr std::int64_t page = 2000;
    for (;;) {
        const auto rows =
            tx.query(statements::journal_page, {{"from", expected}, {"until", expected + page - 1}});
        if (rows.empty()) break;
        std::map<std::int64_t, std::vector<RowChange>> changes;
        for (const auto& row :
             tx.query(statements::journal_rows_page, {{"from", expected}, {"until", expected + page - 1}}))
            changes[row.integer("seq")].push_back(
                {row.text("table_name"), row.text("row_id"), to_hash(row.bytes("digest"))});
        std::map<std::int64_t, std::vector<Subject>> subjects;
        for (const auto& row : tx.query(statements::journal_subjects_page,
                                        {{"from", expected}, {"until", expected + page - 1}}))
            subjects[row.integer("seq")].push_back({row.text("subject_type"), row.text("subject_id")});
        for (const auto& row : rows) {
            const auto seq = row.integer("seq");
            JournalEntry entry{Timestamp{row.integer("at_ms")},
                               row.text("kind"),
                               row.text("name"),
                               row.text("command_id"),
                               row.text("actor"),
                               row.text("device"),
                               row.text("place"),
                               row.text("reason"),
                               row.text("outcome"),
                               to_hash(row.bytes("payload_digest")),
                               {},
                               subjects[seq]};
            const auto rows_digest = digest_of(changes[seq]);
            const auto hash = to_hash(row.bytes("hash"));
            if (seq != expected || rows_digest != to_hash(row.bytes("rows_digest")) ||
                link(before, seq, entry, rows_digest) != hash)
                report.faults.push_back({"chain_broken", "journal", std::to_string(seq)});
            if (known_head && known_head->seq == seq && known_head->hash != hash)
                report.faults.push_back({"chain_broken", "journal", "known head " + std::to_string(seq)});
            before = hash;
            expected = seq + 1;
            ++report.entries;
        }
    }
    if (known_head && known_head->seq > report.entries)
        report.faults.push_back(
            {"chain_broken", "journal", "ends before " + std::to_string(known_head->seq)});
}

void verify_table(Transaction& tx, const Key32& digest_key, const std::string& table, JournalReport& report) {
    std::map<std::string, Hash> latest;
    for (const auto& row : tx.query(statements::latest_row_digests, {{"table_name", table}}))
        latest[row.text("row_id")] = to_hash(row.bytes("digest"));
    const std::string text = "SELECT * FROM " + table;
    for (const auto& row : tx.query(Statement{"verify_table", text})) {
        const auto id = row.text("id");
        const auto it = latest.find(id);
        if (it == latest.end() || it->second == Hash{})
            report.faults.push_back({"row_unknown", table, id});
        else if (it->second != row_digest(digest_key, table, row))
            report.faults.push_back({"row_changed", table, id});
        if (it != latest.end()) latest.erase(it);
        ++report.rows;
    }
    for (const auto& [id, digest] : latest)
        if (digest != Hash{}) report.faults.push_back({"row_missing", table, id});
}

}  // namespace

JournalReport verify_journal(Transaction& tx, const Key32& digest_key,
                             const std::vector<std::string>& journalled_tables,
                             const JournalHead* known_head) {
    JournalReport report;
    verify_chain(tx, known_head, report);
    for (const auto& table : journalled_tables) verify_table(tx, digest_key, table, report);
    return report;
}

Rows journal_of(Transaction& tx, std::string_view subject_type, std::string_view subject_id) {
    return tx.query(statements::journal_of,
                    {{"subject_type", std::string(subject_type)}, {"subject_id", std::string(subject_id)}});
}

}  // namespace wa
