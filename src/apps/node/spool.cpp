#include "apps/node/spool.hpp"

#include <algorithm>

#include "adapters/sqlite/sqlite_store.hpp"
#include "adapters/system/system.hpp"
#include "base/assert.hpp"
#include "kernel/data.hpp"
#include "kernel/documents.hpp"
#include "sync/sealed.hpp"
#include "sync/sealed_queue.hpp"

namespace wa::node {

namespace {

// Open for anybody to read, so nothing may stand here that says something: numbers, hashes, sealed bytes.
const SchemaStep schema{"spool/0001", R"(
CREATE TABLE envelope (device_seq INTEGER PRIMARY KEY, hash BLOB NOT NULL, sealed BLOB NOT NULL, state TEXT NOT NULL) STRICT;
CREATE INDEX envelope_state ON envelope(state, device_seq);
CREATE TABLE scan (hash TEXT PRIMARY KEY, size INTEGER NOT NULL, position INTEGER NOT NULL UNIQUE, at_hub INTEGER NOT NULL) STRICT;
CREATE TABLE scan_chunk (hash TEXT NOT NULL, position INTEGER NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (hash, position)) STRICT;
CREATE TABLE typed (case_id TEXT PRIMARY KEY, sealed BLOB NOT NULL) STRICT;
)"};

// Of the tour's store.
constexpr Statement new_envelopes{
    "spool.new_envelopes",
    "SELECT device_seq, hash, envelope, state FROM outgoing WHERE device_seq > $after ORDER BY device_seq"};
constexpr Statement new_scans{
    "spool.new_scans", "SELECT hash, size FROM document_upload WHERE at_hub = 0 ORDER BY added_at_ms, hash"};
constexpr Statement draft_ids{"spool.draft_ids", "SELECT case_id FROM draft"};
constexpr Statement draft_row{"spool.draft_row",
                              "SELECT form, saved_at_ms, saved_by FROM draft WHERE case_id = $case_id"};

// Of the spool.
constexpr Statement spool_head{"spool.head",
                               "SELECT device_seq, hash FROM envelope ORDER BY device_seq DESC LIMIT 1"};
constexpr Statement first_queued{
    "spool.first_queued",
    "SELECT device_seq FROM envelope WHERE state = 'queued' ORDER BY device_seq LIMIT 1"};
constexpr Statement unsettled_numbers{
    "spool.unsettled",
    "SELECT device_seq FROM envelope WHERE state = 'quarantined' ORDER BY device_seq LIMIT 200"};
constexpr Statement add_envelope{
    "spool.add_envelope",
    "INSERT INTO envelope (device_seq, hash, sealed, state) VALUES ($device_seq, $hash, $sealed, $state)"};
constexpr Statement one_envelope{"spool.envelope",
                                 "SELECT hash, sealed FROM envelope WHERE device_seq = $device_seq"};
constexpr Statement queued_after{
    "spool.queued",
    "SELECT device_seq, sealed FROM envelope WHERE state = 'queued' AND device_seq > $after ORDER BY "
    "device_seq LIMIT $max_count"};
constexpr Statement every_envelope{"spool.every_envelope",
                                   "SELECT device_seq, sealed FROM envelope ORDER BY device_seq"};
constexpr Statement set_state{"spool.set_state",
                              "UPDATE envelope SET state = $state WHERE device_seq = $device_seq"};
constexpr Statement requeue{"spool.requeue",
                            "UPDATE envelope SET state = 'queued' WHERE device_seq > $after"};
constexpr Statement requeue_scans{"spool.requeue_scans", "UPDATE scan SET at_hub = 0"};
constexpr Statement count_queued{"spool.count_queued",
                                 "SELECT COUNT(*) AS commands, COALESCE(SUM(LENGTH(sealed)), 0) AS bytes "
                                 "FROM envelope WHERE state = 'queued'"};
constexpr Statement has_scan{"spool.has_scan", "SELECT hash FROM scan WHERE hash = $hash"};
constexpr Statement add_scan{"spool.add_scan",
                             "INSERT INTO scan (hash, size, position, at_hub) VALUES ($hash, $size, "
                             "(SELECT COALESCE(MAX(position), 0) + 1 FROM scan), 0)"};
constexpr Statement add_scan_chunk{
    "spool.add_scan_chunk",
    "INSERT INTO scan_chunk (hash, position, sealed) VALUES ($hash, $position, $sealed)"};
constexpr Statement scan_chunk{"spool.scan_chunk",
                               "SELECT sealed FROM scan_chunk WHERE hash = $hash AND position = $position"};
constexpr Statement pending_scans{
    "spool.pending_scans", "SELECT hash, size FROM scan WHERE at_hub = 0 ORDER BY position LIMIT $max_count"};
constexpr Statement scan_at_hub{"spool.scan_at_hub", "UPDATE scan SET at_hub = 1 WHERE hash = $hash"};
constexpr Statement set_typed{"spool.set_typed",
                              "INSERT INTO typed (case_id, sealed) VALUES ($case_id, $sealed) "
                              "ON CONFLICT (case_id) DO UPDATE SET sealed = $sealed"};
constexpr Statement drop_typed{"spool.drop_typed", "DELETE FROM typed WHERE case_id = $case_id"};
constexpr Statement all_typed{"spool.all_typed", "SELECT case_id, sealed FROM typed ORDER BY case_id"};

void seal_envelopes(Transaction& from, Transaction& to, const Hash& key) {
    const auto head = to.query(spool_head);
    const std::int64_t after = head.empty() ? 0 : head.front().integer("device_seq");
    for (const auto& row : from.query(new_envelopes, {{"after", after}}))
        to.execute(add_envelope,
                   {{"device_seq", row.integer("device_seq")},
                    {"hash", row.bytes("hash")},
                    {"sealed", sync::seal_work(key, row.bytes("envelope"), system::random_key())},
                    // Answered already, if the disk was full when it was to be sealed.
                    {"state", row.text("state")}});
}

void seal_scans(Transaction& from, Transaction& to, const Hash& key) {
    for (const auto& row : from.query(new_scans)) {
        const auto hash = row.text("hash");
        const auto size = row.integer("size");
        if (!to.query(has_scan, {{"hash", hash}}).empty()) continue;
        for (std::int64_t position = 0; position < chunk_count(size); ++position) {
            const auto bytes = read_chunk(from, hash, position);
            if (!bytes)
                throw StoreError(StoreError::Kind::damaged, "a chunk of a queued document is missing");
            to.execute(add_scan_chunk, {{"hash", hash},
                                        {"position", position},
                                        {"sealed", sync::seal_chunk(key, *bytes, system::random_key())}});
        }
        to.execute(add_scan, {{"hash", hash}, {"size", size}});
    }
}

}  // namespace

Spool::Spool(const std::string& folder, SpoolOwner owner)
    : Spool(open_sqlite_store({.path = folder + "/sealed.db"}), std::move(owner)) {}

Spool::Spool(std::unique_ptr<Store> store, SpoolOwner owner)
    : owner_(std::move(owner)), store_(std::move(store)) {
    store_->migrate({schema});
}

Spool::~Spool() = default;

std::set<std::string> Spool::all_drafts(Transaction& store) {
    std::set<std::string> ids;
    for (const auto& row : store.query(draft_ids)) ids.insert(row.text("case_id"));
    return ids;
}

void Spool::catch_up(Transaction& store, const std::set<std::string>& drafts, const SignKeys& device) {
    auto tx = store_->begin_write();
    seal_envelopes(store, *tx, owner_.tenant_key);
    seal_scans(store, *tx, owner_.tenant_key);
    for (const auto& id : drafts) {
        const auto rows = store.query(draft_row, {{"case_id", id}});
        if (rows.empty()) {
            tx->execute(drop_typed, {{"case_id", id}});
            continue;
        }
        const sync::Draft draft{owner_.device_id,
                                owner_.tour_id,
                                id,
                                rows.front().text("saved_by"),
                                rows.front().integer("saved_at_ms"),
                                rows.front().text("form")};
        tx->execute(set_typed,
                    {{"case_id", id},
                     {"sealed", sync::seal_work(owner_.tenant_key, sync::write_draft(draft, device),
                                                system::random_key())}});
    }
    tx->commit();
}

Spool::Head Spool::head() {
    const auto tx = store_->begin_read();
    Head out;
    for (const auto& row : tx->query(spool_head)) {
        out.head_seq = row.integer("device_seq");
        out.head_hash = to_hash(row.bytes("hash"));
    }
    const auto first = tx->query(first_queued);
    out.last_answered = first.empty() ? out.head_seq : first.front().integer("device_seq") - 1;
    for (const auto& row : tx->query(unsettled_numbers)) out.unsettled.push_back(row.integer("device_seq"));
    return out;
}

std::optional<Hash> Spool::envelope_hash(std::int64_t device_seq) {
    const auto rows = store_->begin_read()->query(one_envelope, {{"device_seq", device_seq}});
    if (rows.empty()) return std::nullopt;
    return to_hash(rows.front().bytes("hash"));
}

std::optional<Bytes> Spool::envelope(std::int64_t device_seq) {
    const auto rows = store_->begin_read()->query(one_envelope, {{"device_seq", device_seq}});
    if (rows.empty()) return std::nullopt;
    return rows.front().bytes("sealed");
}

std::vector<QueuedEnvelope> Spool::envelopes(std::int64_t after, std::size_t max_bytes,
                                             std::size_t max_count) {
    std::vector<QueuedEnvelope> out;
    std::size_t total = 0;
    const auto tx = store_->begin_read();
    for (const auto& row :
         tx->query(queued_after, {{"after", after}, {"max_count", std::int64_t(max_count)}})) {
        auto bytes = row.bytes("sealed");
        total += bytes.size();
        if (!out.empty() && total > max_bytes) break;
        out.push_back({row.integer("device_seq"), std::move(bytes)});
    }
    return out;
}

std::vector<QueuedEnvelope> Spool::all_envelopes() {
    std::vector<QueuedEnvelope> out;
    for (const auto& row : store_->begin_read()->query(every_envelope))
        out.push_back({row.integer("device_seq"), row.bytes("sealed")});
    return out;
}

std::vector<PendingDocument> Spool::documents(std::size_t limit) {
    std::vector<PendingDocument> out;
    for (const auto& row : store_->begin_read()->query(pending_scans, {{"max_count", std::int64_t(limit)}}))
        out.push_back({row.text("hash"), row.integer("size")});
    return out;
}

std::optional<Bytes> Spool::chunk(const std::string& hash, std::int64_t position) {
    const auto rows = store_->begin_read()->query(scan_chunk, {{"hash", hash}, {"position", position}});
    if (rows.empty()) return std::nullopt;
    return rows.front().bytes("sealed");
}

std::vector<SealedDraft> Spool::drafts() {
    std::vector<SealedDraft> out;
    for (const auto& row : store_->begin_read()->query(all_typed))
        out.push_back({row.text("case_id"), row.bytes("sealed")});
    return out;
}

QueueCounts Spool::counts() {
    QueueCounts counts;
    const auto tx = store_->begin_read();
    for (const auto& row : tx->query(count_queued)) {
        counts.commands = row.integer("commands");
        counts.command_bytes = row.integer("bytes");
    }
    for (const auto& row : tx->query(pending_scans, {{"max_count", std::int64_t(1'000'000)}})) {
        ++counts.documents;
        counts.chunks += chunk_count(row.integer("size"));
        counts.document_bytes += row.integer("size");
    }
    return counts;
}

void Spool::answered(const std::vector<HubAnswer>& answers) {
    auto tx = store_->begin_write();
    for (const auto& answer : answers)
        tx->execute(set_state, {{"device_seq", answer.device_seq},
                                {"state", std::string(answer.quarantined ? "quarantined" : "answered")}});
    tx->commit();
}

void Spool::document_at_hub(const std::string& hash) {
    auto tx = store_->begin_write();
    tx->execute(scan_at_hub, {{"hash", hash}});
    tx->commit();
}

void Spool::draft_at_hub(const std::string& case_id) {
    auto tx = store_->begin_write();
    tx->execute(drop_typed, {{"case_id", case_id}});
    tx->commit();
}

void Spool::requeue_after(std::int64_t device_seq) {
    auto tx = store_->begin_write();
    tx->execute(requeue, {{"after", device_seq}});
    tx->execute(requeue_scans);
    tx->commit();
}

}  // namespace wa::node
