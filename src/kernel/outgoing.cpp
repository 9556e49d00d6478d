#include "kernel/outgoing.hpp"

#include "base/assert.hpp"
#include "base/ids.hpp"
#include "kernel/data.hpp"
#include "kernel/documents.hpp"

namespace wa {

namespace {

namespace statements = sql::kernel;

/// JSON whose text is stable when read and written again (a number may need one round to become so).
std::optional<std::string> stable_json(const json::object& object) {
    auto text = canonical_json(object);
    for (int round = 0; round < 4; ++round) {
        const auto value = parse_json(text);
        if (!value) return std::nullopt;
        auto again = canonical_json(*value);
        if (again == text) return text;
        text = std::move(again);
    }
    return std::nullopt;
}

void enqueue_named_documents(Transaction& tx, const json::value& value, Timestamp at) {
    if (const auto* text = value.if_string(); text && text->size() == 64)
        enqueue_document(tx, *text, at);
    else if (const auto* object = value.if_object())
        for (const auto& member : *object) enqueue_named_documents(tx, member.value(), at);
    else if (const auto* array = value.if_array())
        for (const auto& item : *array) enqueue_named_documents(tx, item, at);
}

/// "queued", "done", "conflict" (done, but a clerk decides something), "quarantined" (not done yet).
std::string state_of(const HubAnswer& answer) {
    return answer.quarantined ? "quarantined" : std::string(outcome_name(answer.outcome));
}

}  // namespace

std::string_view certainty_name(Certainty certainty) {
    switch (certainty) {
        case Certainty::here:
            return "here";
        case Certainty::hub:
            return "hub";
        case Certainty::final_:
            break;
    }
    return "final";
}

bool travels(const CommandSpec& spec) {
    return !spec.local;
}

std::string stream_of(const CommandSpec& spec, const json::object& payload, std::string_view command_id) {
    auto stream = spec.stream.empty() ? std::string() : text_of(payload, spec.stream);
    return stream.empty() ? std::string(command_id) : stream;
}

Result<std::int64_t> enqueue(Transaction& tx, const Registry& registry, const CommandRequest& request,
                             const CommandResult& result, const SignKeys& device, const SignKeys& clerk) {
    const auto* spec = registry.command(request.name);
    WA_ASSERT(spec != nullptr && !request.replayed);
    if (!travels(*spec) || result.outcome == Outcome::refused || result.repeated) return std::int64_t(0);

    Envelope envelope;
    const auto head = tx.query(statements::outgoing_head);
    if (!head.empty()) {
        envelope.device_seq = head.front().integer("device_seq");
        envelope.previous = to_hash(head.front().bytes("hash"));
    }
    ++envelope.device_seq;
    envelope.command_id = request.id;
    envelope.name = request.name;
    envelope.version = request.version;
    const auto& done = result.payload_of(request);
    envelope.stream = stream_of(*spec, done, request.id);
    envelope.device_id = request.origin.device;
    envelope.tour_id = request.origin.tour_id;
    envelope.at_ms = request.at.ms;
    envelope.user_id = request.actor.user_id;
    envelope.place = request.origin.place;
    auto payload = stable_json(done);
    if (!payload) return fail(problems::payload_too_large);
    envelope.payload = std::move(*payload);
    envelope.seen = result.seen;
    // Only a request that does not merge is weighed by what it has seen; of others it is a courtesy.
    const bool weighed = spec->kind == CommandKind::request && !spec->merges;
    if (!weighed && envelope.seen.size() > max_envelope_seen) envelope.seen.clear();

    const auto canonical = write_envelope(envelope);
    if (!canonical) return fail(problems::payload_too_large);
    tx.execute(statements::add_outgoing, {{"device_seq", envelope.device_seq},
                                          {"command_id", envelope.command_id},
                                          {"stream", envelope.stream},
                                          {"name", envelope.name},
                                          {"envelope", sign_envelope(*canonical, device, clerk)},
                                          {"hash", to_bytes(envelope_hash(*canonical))},
                                          {"at_ms", envelope.at_ms}});
    enqueue_named_documents(tx, done, request.at);
    return envelope.device_seq;
}

void enqueue_document(Transaction& tx, std::string_view hash, Timestamp at) {
    const auto state = document_state(tx, hash);
    if (!state || !state->complete) return;
    tx.execute(statements::add_document_upload,
               {{"hash", std::string(hash)}, {"size", state->size}, {"added_at_ms", at.ms}});
}

std::vector<QueuedEnvelope> queued_envelopes(Transaction& tx, std::int64_t after, std::size_t max_bytes,
                                             std::size_t max_count) {
    std::vector<QueuedEnvelope> out;
    std::size_t total = 0;
    for (const auto& row :
         tx.query(statements::queued_envelopes, {{"after", after}, {"max_count", std::int64_t(max_count)}})) {
        auto bytes = row.bytes("envelope");
        total += bytes.size();
        if (!out.empty() && total > max_bytes) break;
        out.push_back({row.integer("device_seq"), std::move(bytes)});
    }
    return out;
}

std::int64_t last_answered(Transaction& tx) {
    const auto queued = tx.query(statements::first_queued);
    if (!queued.empty()) return queued.front().integer("device_seq") - 1;
    const auto head = tx.query(statements::outgoing_head);
    return head.empty() ? 0 : head.front().integer("device_seq");
}

namespace {

/// A conflict leaves the register as it was: rows that the command made here are nowhere else. Those it
/// changed come down from the hub again.
void drop_made_rows(Transaction& tx, std::int64_t device_seq) {
    for (const auto& row : tx.query(statements::rows_of_outgoing, {{"device_seq", device_seq}})) {
        const auto table = row.text("table_name"), id = row.text("row_id"), command = row.text("command_id");
        const auto here = read_row(tx, table, id);
        const auto command_id = parse_id(command);
        if (!here || !command_id || here->text("version") != command) continue;
        constexpr std::uint32_t ids_of_a_command = 64;
        for (std::uint32_t counter = 0; counter < ids_of_a_command; ++counter)
            if (derive_id(*command_id, counter, row.integer("at_ms")).text() == id)
                tx.execute(Statement{"drop_made_row", "DELETE FROM " + table + " WHERE id = $id"},
                           {{"id", id}});
    }
}

}  // namespace

void record_answer(Transaction& tx, const HubAnswer& answer) {
    if (answer.outcome == Outcome::conflict && !answer.quarantined) drop_made_rows(tx, answer.device_seq);
    const json::object details{{"code", answer.problem.code},
                               {"details", answer.problem.details},
                               {"certainty", certainty_name(answer.certainty)}};
    tx.execute(statements::answer_outgoing, {{"device_seq", answer.device_seq},
                                             {"state", state_of(answer)},
                                             {"answer", json::serialize(details)}});
}

std::vector<std::int64_t> unsettled(Transaction& tx, std::size_t limit) {
    std::vector<std::int64_t> out;
    for (const auto& row : tx.query(statements::unsettled_outgoing, {{"max_count", std::int64_t(limit)}}))
        out.push_back(row.integer("device_seq"));
    return out;
}

std::vector<PendingDocument> pending_documents(Transaction& tx, std::size_t limit) {
    std::vector<PendingDocument> out;
    for (const auto& row :
         tx.query(statements::pending_documents,
                  {{"one_chunk", std::int64_t(document_chunk_bytes)}, {"max_count", std::int64_t(limit)}}))
        out.push_back({row.text("hash"), row.integer("size")});
    return out;
}

void document_at_hub(Transaction& tx, std::string_view hash) {
    tx.execute(statements::mark_document_at_hub, {{"hash", std::string(hash)}});
}

std::optional<bool> is_document_at_hub(Transaction& tx, std::string_view hash) {
    const auto rows = tx.query(statements::document_upload_state, {{"hash", std::string(hash)}});
    if (rows.empty()) return std::nullopt;
    return rows.front().integer("at_hub") != 0;
}

QueueCounts queue_counts(Transaction& tx) {
    QueueCounts counts;
    for (const auto& row : tx.query(statements::outgoing_counts)) {
        counts.cases = row.integer("cases");
        counts.commands = row.integer("commands");
        counts.command_bytes = row.integer("command_bytes");
    }
    for (const auto& row : tx.query(statements::pending_document_sizes)) {
        const auto size = row.integer("size");
        ++counts.documents;
        counts.chunks += chunk_count(size);
        counts.document_bytes += size;
    }
    return counts;
}

StreamState stream_state(Transaction& tx, std::string_view stream) {
    StreamState out;
    bool queued = false, final_said = false;
    for (const auto& row : tx.query(statements::outgoing_of_stream, {{"stream", std::string(stream)}})) {
        const auto state = row.text("state");
        queued = queued || state == "queued";
        const auto answer = parse_json(row.text("answer"));
        if (!answer || !answer->is_object()) continue;
        final_said = text_of(answer->get_object(), "certainty") == certainty_name(Certainty::final_);
        if ((state == "quarantined" || state == "conflict") && !out.needs_clerk) {
            out.needs_clerk = true;
            out.code = text_of(answer->get_object(), "code");
        }
    }
    const bool decided = !tx.query(statements::case_is_decided, {{"id", std::string(stream)}}).empty();
    out.certainty = queued ? Certainty::here : decided || final_said ? Certainty::final_ : Certainty::hub;
    return out;
}

}  // namespace wa
