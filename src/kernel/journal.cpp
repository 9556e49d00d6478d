#include "kernel/journal.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>

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

/// Who, what, where, why and of whom: all that an entry says beside its time and kind.
void put_content(ByteWriter& out, const JournalEntry& entry, const Hash& rows_digest,
                 std::initializer_list<const std::string*> texts) {
    for (const auto* text : texts) out.text(*text);
    put(out, entry.payload_digest);
    put(out, rows_digest);
    for (const auto& subject : entry.subjects) {
        out.text(subject.type);
        out.text(subject.id);
    }
}

Hash content_of(const JournalEntry& entry, const Hash& rows_digest) {
    ByteWriter out;
    put_content(out, entry, rows_digest,
                {&entry.name, &entry.command_id, &entry.actor, &entry.roles, &entry.device, &entry.place,
                 &entry.reason, &entry.outcome});
    return sha256(out.written());
}

/// A command of the hub's own: its time is that of the hub's clock.
bool is_of_hub(const JournalEntry& entry) {
    return entry.kind == "command" && entry.device == "hub";
}

/// Time and kind stand in the link itself: of an entry whose content is erased they cannot be changed, so
/// that neither a command nor a young read passes for an old read.
void begin_link(ByteWriter& out, const Hash& before, std::int64_t seq, Timestamp at,
                const std::string& kind) {
    put(out, before);
    out.varint(std::uint64_t(seq));
    out.varint(std::uint64_t(at.ms));
    out.text(kind);
}

Hash link(const Hash& before, std::int64_t seq, Timestamp at, const std::string& kind, const Hash& content) {
    ByteWriter out;
    begin_link(out, before, seq, at, kind);
    put(out, content);
    return sha256(out.written());
}

/// As entries were linked before they told roles: all of one piece, so none of those can be erased. No bytes
/// are both this and the other link, which ends with 32 bytes behind the kind; these are more.
Hash former_link(const Hash& before, std::int64_t seq, const JournalEntry& entry, const Hash& rows_digest) {
    ByteWriter out;
    begin_link(out, before, seq, entry.at, entry.kind);
    put_content(out, entry, rows_digest,
                {&entry.name, &entry.command_id, &entry.actor, &entry.device, &entry.place, &entry.reason,
                 &entry.outcome});
    return sha256(out.written());
}

/// Subjects and row changes are hashed in the order they are read back: by key.
std::vector<Subject> sorted(std::vector<Subject> subjects) {
    std::sort(subjects.begin(), subjects.end(),
              [](const auto& a, const auto& b) { return std::tie(a.type, a.id) < std::tie(b.type, b.id); });
    subjects.erase(std::unique(subjects.begin(), subjects.end()), subjects.end());
    return subjects;
}

JournalHead head_in(const Rows& last) {
    if (last.empty()) return {};
    return {last.front().integer("seq"), to_hash(last.front().bytes("hash"))};
}

/// The latest moment of the hub's commands up to this entry. Kept with each, so that nobody has to look for
/// it; the chain says the same (ChainWalk).
std::int64_t latest_command(const Rows& last, const JournalEntry& entry) {
    const auto before = last.empty() ? 0 : last.front().integer("latest_ms");
    return is_of_hub(entry) ? std::max(before, entry.at.ms) : before;
}

}  // namespace

JournalHead journal_head(Transaction& tx) {
    return head_in(tx.query(statements::journal_head));
}

std::int64_t append_journal(Transaction& tx, JournalEntry entry) {
    entry.subjects = sorted(std::move(entry.subjects));
    std::sort(entry.changes.begin(), entry.changes.end(),
              [](const auto& a, const auto& b) { return std::tie(a.table, a.id) < std::tie(b.table, b.id); });
    const auto last = tx.query(statements::last_entry);
    const auto head = head_in(last);
    const auto seq = head.seq + 1;
    const auto rows_digest = digest_of(entry.changes);
    const auto hash = link(head.hash, seq, entry.at, entry.kind, content_of(entry, rows_digest));
    const auto latest = latest_command(last, entry);  // before its texts go to the statement
    tx.execute(statements::append_journal, {{"seq", seq},
                                            {"at_ms", entry.at.ms},
                                            {"kind", std::move(entry.kind)},
                                            {"name", std::move(entry.name)},
                                            {"command_id", std::move(entry.command_id)},
                                            {"actor", std::move(entry.actor)},
                                            {"roles", std::move(entry.roles)},
                                            {"device", std::move(entry.device)},
                                            {"place", std::move(entry.place)},
                                            {"reason", std::move(entry.reason)},
                                            {"outcome", std::move(entry.outcome)},
                                            {"payload_digest", to_bytes(entry.payload_digest)},
                                            {"rows_digest", to_bytes(rows_digest)},
                                            {"hash", to_bytes(hash)},
                                            {"latest_ms", latest}});
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

JournalEntry entry_from(const Row& row, std::vector<Subject> subjects) {
    JournalEntry entry;
    entry.at = {row.integer("at_ms")};
    entry.kind = row.text("kind");
    entry.name = row.text("name");
    entry.command_id = row.text("command_id");
    entry.actor = row.text("actor");
    entry.roles = row.text("roles");
    entry.device = row.text("device");
    entry.place = row.text("place");
    entry.reason = row.text("reason");
    entry.outcome = row.text("outcome");
    entry.payload_digest = to_hash(row.bytes("payload_digest"));
    entry.subjects = std::move(subjects);
    return entry;
}

Params numbers(std::int64_t from, std::int64_t until) {
    return {{"from", from}, {"until", until}};
}

std::map<std::int64_t, std::vector<Subject>> subjects_of(Transaction& tx, const Params& page) {
    std::map<std::int64_t, std::vector<Subject>> subjects;
    for (const auto& row : tx.query(statements::journal_subjects_page, page))
        subjects[row.integer("seq")].push_back({row.text("subject_type"), row.text("subject_id")});
    return subjects;
}

constexpr std::int64_t day_ms = 24 * 3'600'000;
/// No law lets a read end earlier; the parameter journal.keep_years can only lengthen it.
constexpr std::int64_t shortest_keeping_ms = 365 * day_ms;

/// The oldest of them that verify_journal will take for old. What a Koffer brings home after more than half a
/// year stands behind younger commands: it waits until they are old enough, or it would look like a read that
/// a clock set back has made old.
Rows past_entries(Transaction& tx, Timestamp before, std::int64_t limit) {
    return tx.query(
        statements::journal_past,
        {{"before", before.ms}, {"latest", before.ms + shortest_keeping_ms / 2}, {"limit", limit}});
}

}  // namespace

EndedEntries end_entries(Transaction& tx, Timestamp before, std::int64_t limit) {
    EndedEntries ended;
    for (const auto& row : past_entries(tx, before, limit)) {
        const auto seq = row.integer("seq");
        const auto entry = entry_from(row, subjects_of(tx, numbers(seq, seq))[seq]);
        const auto content = content_of(entry, to_hash(row.bytes("rows_digest")));
        tx.execute(statements::erase_journal_entry,
                   {{"seq", seq}, {"content", to_bytes(content)}, {"nothing", to_bytes(Hash{})}});
        tx.execute(statements::drop_journal_subjects, {{"seq", seq}});
        ended.first = ended.count == 0 ? seq : std::min(ended.first, seq);
        ended.last = std::max(ended.last, seq);
        ++ended.count;
    }
    return ended;
}

namespace {

/// What journal.end_reads says it has erased.
struct Erasure {
    std::int64_t seq, at_ms, first, last;
};

/// In order of their last number.
std::vector<Erasure> erasures_of(Transaction& tx) {
    std::vector<Erasure> all;
    for (const auto& row : tx.query(statements::journal_erasures)) {
        const auto range = row.text("subject_id");
        char* rest = nullptr;
        const auto first = std::strtoll(range.c_str(), &rest, 10);
        const auto last = *rest == '-' ? std::strtoll(rest + 1, nullptr, 10) : 0;
        all.push_back({row.integer("seq"), row.integer("at_ms"), first, last});
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.last < b.last; });
    return all;
}

/// Walks the chain from its first entry; what does not fit is named by its number.
class ChainWalk {
  public:
    ChainWalk(Transaction& tx, const JournalHead* known_head, Timestamp now, JournalReport& report)
        : tx_(tx), known_head_(known_head), report_(report), erasures_(erasures_of(tx)) {
        for (const auto& one : erasures_)
            if (one.at_ms - day_ms > now.ms) fault("erased_wrongly", std::to_string(one.seq));
    }

    void run() {
        constexpr std::int64_t page = 2000;
        for (;;) {
            const auto asked = numbers(expected_, expected_ + page - 1);
            const auto rows = tx_.query(statements::journal_page, asked);
            if (rows.empty()) break;
            std::map<std::int64_t, std::vector<RowChange>> changes;
            for (const auto& row : tx_.query(statements::journal_rows_page, asked))
                changes[row.integer("seq")].push_back(
                    {row.text("table_name"), row.text("row_id"), to_hash(row.bytes("digest"))});
            auto subjects = subjects_of(tx_, asked);
            for (const auto& row : rows) {
                const auto seq = row.integer("seq");
                step(row, entry_from(row, std::move(subjects[seq])), changes[seq]);
            }
        }
        if (known_head_ && known_head_->seq > report_.entries)
            fault("chain_broken", "ends before " + std::to_string(known_head_->seq));
    }

  private:
    void fault(const char* what, std::string number) {
        report_.faults.push_back({what, "journal", std::move(number)});
    }

    void step(const Row& row, const JournalEntry& entry, const std::vector<RowChange>& changes) {
        const auto seq = row.integer("seq");
        const auto hash = to_hash(row.bytes("hash"));
        const bool erased = !row.is_null("content");
        const auto proved = erased ? link_of_erased(row, entry, changes) : link_of(row, entry, changes);
        if (seq != expected_ || proved != hash) fault("chain_broken", std::to_string(seq));
        if (is_of_hub(entry)) latest_ms_ = std::max(latest_ms_, entry.at.ms);
        if (erased && !may_be_erased(seq, entry)) fault("erased_wrongly", std::to_string(seq));
        if (known_head_ && known_head_->seq == seq && known_head_->hash != hash)
            fault("chain_broken", "known head " + std::to_string(seq));
        before_ = hash;
        expected_ = seq + 1;
        ++report_.entries;
    }

    /// None: the rows it names are others.
    std::optional<Hash> link_of(const Row& row, const JournalEntry& entry,
                                const std::vector<RowChange>& changes) const {
        const auto rows_digest = digest_of(changes);
        if (rows_digest != to_hash(row.bytes("rows_digest"))) return std::nullopt;
        const auto seq = row.integer("seq");
        return row.is_null("roles")
                   ? former_link(before_, seq, entry, rows_digest)
                   : link(before_, seq, entry.at, entry.kind, content_of(entry, rows_digest));
    }

    /// None: something still stands there, which nothing would prove.
    std::optional<Hash> link_of_erased(const Row& row, const JournalEntry& entry,
                                       const std::vector<RowChange>& changes) const {
        const auto words = entry.name + entry.command_id + entry.actor + entry.roles + entry.device +
                           entry.place + entry.reason + entry.outcome;
        if (!words.empty() || !entry.subjects.empty() || !changes.empty()) return std::nullopt;
        return link(before_, row.integer("seq"), entry.at, entry.kind, to_hash(row.bytes("content")));
    }

    /// A read or sign-in of more than twelve months before a later erasure that names it; by the hub's own
    /// commands before it of more than six, so that a clock set back makes no read old (those of a Koffer
    /// come late).
    bool may_be_erased(std::int64_t seq, const JournalEntry& entry) const {
        const auto from = std::lower_bound(erasures_.begin(), erasures_.end(), seq,
                                           [](const Erasure& one, std::int64_t n) { return one.last < n; });
        return entry.kind != "command" && std::any_of(from, erasures_.end(), [&](const Erasure& one) {
                   return one.seq > seq && one.first <= seq &&
                          entry.at.ms <= one.at_ms - shortest_keeping_ms &&
                          latest_ms_ <= one.at_ms - shortest_keeping_ms / 2;
               });
    }

    Transaction& tx_;
    const JournalHead* known_head_;
    JournalReport& report_;
    const std::vector<Erasure> erasures_;
    Hash before_{};
    std::int64_t expected_ = 1;
    std::int64_t latest_ms_ = 0;  ///< of the hub's commands so far
};

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
                             const std::vector<std::string>& journalled_tables, const JournalHead* known_head,
                             Timestamp now) {
    JournalReport report;
    ChainWalk(tx, known_head, now, report).run();
    for (const auto& table : journalled_tables) verify_table(tx, digest_key, table, report);
    return report;
}

Rows journal_of(Transaction& tx, std::string_view subject_type, std::string_view subject_id) {
    return tx.query(statements::journal_of,
                    {{"subject_type", std::string(subject_type)}, {"subject_id", std::string(subject_id)}});
}

}  // namespace wa
