#include "sync/node_store.hpp"

#include <algorithm>
#include <charconv>

#include "kernel/data.hpp"
#include "kernel/documents.hpp"

namespace wa::sync {

namespace {

namespace statements = sql::kernel;

constexpr std::size_t unsettled_at_once = 200;

std::string setting(Transaction& tx, const std::string& key) {
    const auto rows = tx.query(statements::setting, {{"key", key}});
    return rows.empty() ? std::string() : rows.front().text("value");
}

void set_setting(Transaction& tx, const std::string& key, std::string value) {
    tx.execute(statements::set_setting, {{"key", key}, {"value", std::move(value)}});
}

std::int64_t number(std::string_view text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

/// One reading transaction; a broken store gives the empty value and is reported where it is written to.
template <class Out, class Work>
Out reading(Store& store, Work work) {
    try {
        const auto tx = store.begin_read();
        return work(*tx);
    } catch (const StoreError&) {
        return Out{};
    }
}

template <class Work>
bool writing(Store& store, Work work) {
    try {
        const auto tx = store.begin_write();
        work(*tx);
        tx->commit();
        return true;
    } catch (const StoreError&) {
        return false;
    }
}

/// Names of columns end up in statements.
bool is_row(const json::object& row) {
    return row.contains("id") && std::all_of(row.begin(), row.end(), [](const auto& member) {
               const std::string_view key(member.key().data(), member.key().size());
               return !key.empty() &&
                      key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == key.npos;
           });
}

/// A number that was drawn here stays drawn, whatever became of the work it was drawn for: the hub's count
/// may lag behind while that waits in quarantine.
bool counts_back(Transaction& tx, const std::string& table, const json::object& row) {
    if (table != "number_block") return false;
    const auto here = read_row(tx, table, text_of(row, "id"));
    return here && here->integer("next_number") > integer_of(row, "next_number");
}

/// Names of a table's columns, also when it has no row.
std::vector<std::string> columns_of(Transaction& tx, const std::string& table) {
    const auto text = "SELECT t.* FROM (SELECT 1 AS one) AS o LEFT JOIN " + table + " AS t ON 1 = 0";
    return tx.query(Statement{"columns_of", text}).front().names();
}

bool is_own_queued_work(Transaction& tx, const std::string& table, const std::string& id) {
    const auto here = read_row(tx, table, id);
    if (!here) return false;
    return !tx.query(statements::queued_command, {{"command_id", here->text("version")}}).empty();
}

}  // namespace

std::int64_t changes_cursor(Transaction& tx) {
    return number(setting(tx, "sync.changes"));
}

void set_hub_point(Transaction& tx, const JournalHead& head) {
    set_setting(tx, "sync.changes", std::to_string(head.seq));
    if (head.seq == 0 || head.seq > known_hub_head(tx).seq)
        set_setting(tx, "sync.hub_head", std::to_string(head.seq) + ":" + to_hex(head.hash));
}

void set_tour_proof(Transaction& tx, const Hash& proof) {
    set_setting(tx, "sync.tour_proof", to_hex(proof));
}

JournalHead known_hub_head(Transaction& tx) {
    const auto text = setting(tx, "sync.hub_head");
    const auto colon = text.find(':');
    const auto hash = colon == text.npos ? std::nullopt : from_hex(text.substr(colon + 1));
    if (!hash) return {};
    return {number(text), to_hash(*hash)};
}

void write_working_row(Transaction& tx, const Registry& registry, const std::string& table,
                       const json::object& row) {
    const auto& tables = registry.working_tables();
    if (!is_row(row) || std::find(tables.begin(), tables.end(), table) == tables.end()) return;
    const auto known = columns_of(tx, table);
    auto columns = row_from_json(row);
    std::erase_if(columns, [&](const Param& column) {
        return std::find(known.begin(), known.end(), column.name) == known.end();
    });
    write_row_verbatim(tx, table, columns);
}

void apply_changes(Transaction& tx, const Registry& registry, const Changes& changes) {
    const auto& tables = registry.working_tables();
    for (const auto& change : changes.rows) {
        if (std::find(tables.begin(), tables.end(), change.table) == tables.end()) continue;
        if (is_own_queued_work(tx, change.table, change.id)) continue;
        if (change.json.empty()) {
            static thread_local std::map<std::string, std::string, std::less<>> texts;
            auto& text = texts[change.table];
            if (text.empty()) text = "DELETE FROM " + change.table + " WHERE id = $id";
            tx.execute(Statement{"drop_working_row", text}, {{"id", change.id}});
            continue;
        }
        const auto row = parse_json(change.json);
        if (!row || !row->is_object() || counts_back(tx, change.table, row->get_object())) continue;
        write_working_row(tx, registry, change.table, row->get_object());
    }
    set_hub_point(tx, {changes.up_to, changes.hash});
}

StoreNodeQueue::StoreNodeQueue(Store& store, const Registry& registry, std::string tour_id, Hooks hooks)
    : store_(store), registry_(registry), tour_id_(std::move(tour_id)), hooks_(std::move(hooks)) {}

NodePoint StoreNodeQueue::point() {
    auto point = reading<NodePoint>(store_, [&](Transaction& tx) {
        NodePoint out;
        out.last_answered = last_answered(tx);
        for (const auto& row : tx.query(statements::outgoing_head)) {
            out.head_seq = row.integer("device_seq");
            out.head_hash = to_hash(row.bytes("hash"));
        }
        out.changes_seq = changes_cursor(tx);
        out.known_head = known_hub_head(tx);
        out.unsettled = unsettled(tx, unsettled_at_once);
        if (const auto proof = from_hex(setting(tx, "sync.tour_proof"));
            proof && proof->size() == sizeof(Hash))
            out.proof = to_hash(*proof);
        return out;
    });
    point.tour_id = tour_id_;
    return point;
}

std::optional<Hash> StoreNodeQueue::envelope_hash(std::int64_t device_seq) {
    return reading<std::optional<Hash>>(store_, [&](Transaction& tx) -> std::optional<Hash> {
        const auto rows = tx.query(statements::outgoing_hash, {{"device_seq", device_seq}});
        if (rows.empty()) return std::nullopt;
        return to_hash(rows.front().bytes("hash"));
    });
}

std::vector<QueuedEnvelope> StoreNodeQueue::envelopes(std::int64_t after, std::size_t max_bytes,
                                                      std::size_t max_count) {
    return reading<std::vector<QueuedEnvelope>>(
        store_, [&](Transaction& tx) { return queued_envelopes(tx, after, max_bytes, max_count); });
}

std::vector<PendingDocument> StoreNodeQueue::documents(std::size_t limit) {
    return reading<std::vector<PendingDocument>>(
        store_, [&](Transaction& tx) { return pending_documents(tx, limit); });
}

std::optional<Bytes> StoreNodeQueue::chunk(const std::string& hash, std::int64_t position) {
    return reading<std::optional<Bytes>>(store_,
                                         [&](Transaction& tx) { return read_chunk(tx, hash, position); });
}

QueueCounts StoreNodeQueue::counts() {
    try {
        return queue_counts(*store_.begin_read());
    } catch (const StoreError&) {
        // A broken store is not an empty queue: nothing may be wiped because of it.
        QueueCounts unknown;
        unknown.commands = 1;
        return unknown;
    }
}

bool StoreNodeQueue::store_answers(const std::vector<HubAnswer>& answers) {
    bool matters = false;
    const bool good = writing(store_, [&](Transaction& tx) {
        for (const auto& answer : answers) {
            record_answer(tx, answer);
            // A list of reads that went home is no news: a page that looks again would make the next one.
            const auto names = tx.query(sql::kernel::outgoing_name, {{"device_seq", answer.device_seq}});
            matters = matters || names.empty() || names.front().text("name") != "journal.reads";
        }
    });
    if (good && matters && hooks_.news) hooks_.news();
    return good;
}

bool StoreNodeQueue::store_document_at_hub(const std::string& hash) {
    const bool good = writing(store_, [&](Transaction& tx) { document_at_hub(tx, hash); });
    if (good && hooks_.news) hooks_.news();
    return good;
}

bool StoreNodeQueue::store_changes(const Changes& changes) {
    const bool good = writing(store_, [&](Transaction& tx) { apply_changes(tx, registry_, changes); });
    if (good && !changes.rows.empty() && hooks_.news) hooks_.news();
    return good;
}

bool StoreNodeQueue::requeue_after(std::int64_t device_seq) {
    return writing(store_, [&](Transaction& tx) {
        tx.execute(statements::requeue_outgoing, {{"device_seq", device_seq}});
        tx.execute(statements::requeue_documents);
    });
}

bool StoreNodeQueue::store_hub_head(const JournalHead& head) {
    return writing(store_, [&](Transaction& tx) {
        if (head.seq == 0) return set_hub_point(tx, head);
        set_setting(tx, "sync.hub_head", std::to_string(head.seq) + ":" + to_hex(head.hash));
    });
}

void StoreNodeQueue::wipe_allowed(const std::string& tour_id) {
    if (hooks_.wipe_allowed) hooks_.wipe_allowed(tour_id);
}

void StoreNodeQueue::wipe_noted(const std::string& tour_id) {
    if (hooks_.wipe_noted) hooks_.wipe_noted(tour_id);
}

}  // namespace wa::sync
