#include "sync/hub_store.hpp"

#include <algorithm>
#include <set>

#include "base/assert.hpp"
#include "kernel/data.hpp"
#include "kernel/documents.hpp"

namespace wa::sync {

namespace {

namespace statements = sql::kernel;

bool chain_differs(Transaction& tx, const std::string& device_id, const Hello& hello,
                   const ChainHead& chain) {
    if (hello.head_seq == 0 || hello.head_seq > chain.device_seq) return false;
    const auto rows =
        tx.query(statements::arrival_of,
                 {{"device_id", device_id}, {"tour_id", hello.tour_id}, {"device_seq", hello.head_seq}});
    return rows.empty() || to_hash(rows.front().bytes("hash")) != hello.head_hash;
}

bool knows_another_past(Transaction& tx, const JournalHead& known) {
    if (known.seq == 0) return false;
    const auto rows = tx.query(statements::journal_hash, {{"seq", known.seq}});
    return rows.empty() || to_hash(rows.front().bytes("hash")) != known.hash;
}

}  // namespace

Result<Resumed> resume(Transaction& tx, const KnownDevice& device, const Hello& hello, Timestamp now) {
    Resumed out;
    const auto chain = chain_head(tx, device.id, hello.tour_id);
    tx.execute(statements::touch_chain, {{"device_id", device.id},
                                         {"tour_id", hello.tour_id},
                                         {"hash", Bytes(chain.hash.begin(), chain.hash.end())},
                                         {"at_ms", now.ms}});
    out.journal_rewritten = knows_another_past(tx, hello.known_head);
    if (out.journal_rewritten) {
        JournalEntry entry;
        entry.at = now;
        entry.kind = "access";
        entry.name = "sync.alarm";
        entry.device = device.id;
        entry.place = "system";
        entry.outcome = "refused:" + std::string(problems::journal_rewritten.name);
        append_journal(tx, entry);
    }
    auto& welcome = out.welcome;
    welcome.last_accepted = chain.device_seq;
    welcome.last_hash = chain.hash;
    welcome.forked = chain_differs(tx, device.id, hello, chain);
    if (!out.journal_rewritten) welcome.head = journal_head(tx);
    welcome.hub_time_ms = now.ms;
    welcome.dictionary = hello.dictionary;
    welcome.documents = documents_held(tx, hello.documents);
    if (welcome.forked) return out;
    out.answers = answers_after(tx, device.id, hello.tour_id, hello.last_answered);
    for (const auto seq : hello.unsettled) {
        if (seq > hello.last_answered) continue;
        auto answer = stored_answer(tx, device.id, hello.tour_id, seq);
        if (answer && !answer->quarantined) out.answers.push_back(std::move(*answer));
    }
    return out;
}

std::vector<HubAnswer> answers_after(Transaction& tx, const std::string& device_id,
                                     const std::string& tour_id, std::int64_t after) {
    std::vector<HubAnswer> out;
    const auto head = chain_head(tx, device_id, tour_id).device_seq;
    after = std::clamp<std::int64_t>(after, 0, head);
    const auto last = std::min(head, after + answers_at_once);
    for (auto seq = after + 1; seq <= last; ++seq)
        if (auto answer = stored_answer(tx, device_id, tour_id, seq)) out.push_back(std::move(*answer));
    return out;
}

Bytes opened_envelope(const TenantScope& scope, Bytes envelope) {
    if (!is_sealed(envelope)) return envelope;
    auto opened = open_work(tenant_seal_keys(scope.digest_key), envelope, max_envelope_bytes);
    return opened ? std::move(*opened) : envelope;
}

Executed execute(Transaction& tx, const Engine& engine, const TenantScope& scope, const KnownDevice& device,
                 const ClerkLookup& clerks, const std::vector<Bytes>& envelopes, Timestamp now,
                 const std::vector<std::optional<SignedEnvelope>>& read) {
    WA_ASSERT(read.empty() || read.size() == envelopes.size());
    Executed out;
    for (std::size_t i = 0; i < envelopes.size(); ++i) {
        const auto read_now = read.empty() ? parse_signed_envelope(envelopes[i]) : std::nullopt;
        auto arrival = accept_envelope(tx, engine, scope, device, clerks, envelopes[i],
                                       read.empty() ? read_now : read[i], now);
        out.alarm = out.alarm || arrival.alarm;
        out.clock_ahead = out.clock_ahead || arrival.clock_ahead;
        if (arrival.kind == ArrivalKind::gap) {
            out.need_from = arrival.need_from;
            break;
        }
        out.streams.push_back(std::move(arrival.stream));
        if (arrival.answer.device_seq > 0) out.answers.push_back(std::move(arrival.answer));
    }
    return out;
}

std::vector<DocumentHeld> documents_held(Transaction& tx, const std::vector<DocumentOffer>& documents) {
    std::vector<DocumentHeld> out;
    for (const auto& offer : documents) {
        DocumentHeld held{offer.hash, false, {}};
        const auto state = document_state(tx, offer.hash);
        held.complete = state && state->complete;
        if (state && !state->complete && state->size == offer.size)
            held.bitmap = chunk_bitmap(tx, offer.hash, offer.size);
        out.push_back(std::move(held));
    }
    return out;
}

Result<ChunkAck> store_chunk(Transaction& tx, const TenantScope& scope, const Chunk& chunk) {
    ChunkAck ack{chunk.hash, {chunk.position}, false, false};
    const auto opened =
        chunk.sealed ? open_chunk(tenant_seal_keys(scope.digest_key), chunk.bytes) : chunk.bytes;
    if (!opened) return fail(problems::document_false_chunk);
    const auto stored = put_chunk(tx, chunk.hash, chunk.size, chunk.position, *opened);
    if (!stored) {
        if (!stored.error().is(problems::document_false_hash)) return fail(stored.error());
        ack.false_hash = true;
        return ack;
    }
    const auto state = document_state(tx, chunk.hash);
    ack.complete = state && state->complete;
    return ack;
}

bool is_named(Transaction& tx, const std::string& device_id, const std::string& tour_id,
              const std::string& hash) {
    // It was when it began to arrive.
    if (const auto state = document_state(tx, hash); state && state->chunks_held > 0) return true;
    if (!tx.query(statements::case_names_document, {{"hash", hash}}).empty()) return true;
    const auto kept = tx.query(statements::kept_envelopes, {{"device_id", device_id}, {"tour_id", tour_id}});
    return std::any_of(kept.begin(), kept.end(), [&](const Row& row) {
        const auto one = parse_signed_envelope(row.bytes("envelope"));
        return one && one->envelope.payload.find('"' + hash + '"') != std::string::npos;
    });
}

Changes changes_after(Transaction& tx, const Registry& registry, const std::string& tour_id,
                      std::int64_t after, const InWorkingSet& in_working_set, std::size_t max_bytes) {
    Changes out;
    const auto& tables = registry.working_tables();
    std::size_t bytes = 0;
    const auto head = journal_head(tx);
    out.up_to = head.seq;
    out.hash = head.hash;
    std::int64_t last_seq = after;
    const auto changed = tx.query(statements::rows_changed_after, {{"after", after}});
    std::set<std::string> cases, early;  // changed as well; of these already told
    for (const auto& row : changed)
        if (row.text("table_name") == "case_file") cases.insert(row.text("row_id"));
    const auto tell = [&](const std::string& table, const std::string& id, const std::optional<Row>& now) {
        auto text = now ? json::serialize(row_to_json(registry.travelling(table, *now))) : std::string();
        bytes += text.size() + 40;
        out.rows.push_back({table, id, std::move(text)});
    };
    // A node that hears of a case for the first time (the work of another one on the same tour) needs the
    // case before what belongs to it, though it was changed again later.
    const auto tell_case_first = [&](const Row& row) {
        const auto id = text_of(row_to_json(row), "case_id");
        if (cases.count(id) > 0 && in_working_set(tx, tour_id, "case_file", id) && early.insert(id).second)
            tell("case_file", id, read_row(tx, "case_file", id));
    };
    for (const auto& row : changed) {
        const auto table = row.text("table_name"), id = row.text("row_id");
        const auto seq = row.integer("seq");
        // Rows of one command stay together: cut only between numbers of the journal.
        if (seq != last_seq && (bytes > max_bytes || out.rows.size() + 100 > max_rows_per_frame)) {
            out.up_to = last_seq;
            out.hash = to_hash(tx.query(statements::journal_hash, {{"seq", last_seq}}).front().bytes("hash"));
            break;
        }
        last_seq = seq;
        if (std::find(tables.begin(), tables.end(), table) == tables.end()) continue;
        const auto now = read_row(tx, table, id);
        // What is erased belongs to no working set any more; whoever has it erases it as well.
        if (now && !in_working_set(tx, tour_id, table, id)) continue;
        if (table == "case_file" && !early.insert(id).second) continue;
        if (now) tell_case_first(*now);
        tell(table, id, now);
    }
    return out;
}

}  // namespace wa::sync
