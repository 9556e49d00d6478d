#include "apps/hub/courier_words.hpp"

#include "kernel/data.hpp"
#include "kernel/outbox.hpp"
#include "kernel/registry.hpp"

namespace wa::hub {

std::string exchange_address(const Tenant& tenant) {
    return tenant.functions.count("registration") ? "Meldebehörde " + tenant.ags : std::string();
}

exchange::Envelope envelope_of(const Row& outbox, const std::string& sender, Timestamp now) {
    const auto* spec = registry().message(outbox.text("message_type"));
    WA_ASSERT(spec);
    exchange::Envelope envelope;
    envelope.id = outbox.text("id");
    envelope.type = spec->name;
    envelope.version = spec->version;
    envelope.release = exchange::release_on(local_date(now));
    envelope.sender = sender;
    envelope.recipient = outbox.text("recipient");
    envelope.answers = outbox.text("answers");
    envelope.replaces = outbox.text("replaces");
    envelope.due_on = outbox.text("due_on");
    envelope.sent_at = {outbox.integer("created_at_ms")};
    if (auto payload = parse_json(outbox.text("payload")); payload && payload->is_object())
        envelope.payload = std::move(payload->get_object());
    return envelope;
}

json::object note_of_answer(const std::string& message_id, int status, const json::object& said,
                            std::int64_t attempts) {
    json::object note{
        {"message_id", message_id}, {"state", message_state::handed_over}, {"attempts", attempts}};
    if (status != 200) {
        note["state"] = message_state::rejected;
        note["code"] = text_of(said, "code", problems::message_rejected_elsewhere.name).substr(0, 80);
        note["details"] = object_of(said, "details");
    }
    return note;
}

json::object note_of_silence(const std::string& message_id, std::int64_t attempts) {
    return {{"message_id", message_id},
            {"state", message_state::due},
            {"attempts", attempts},
            {"code", problems::message_exchange_down.name}};
}

json::object receive_payload(const json::object& message, Timestamp now) {
    if (const auto envelope = exchange::parse_envelope(json::value(message)))
        return {{"message_id", envelope->id},        {"type", envelope->type},
                {"type_version", envelope->version}, {"sender", envelope->sender},
                {"answers", envelope->answers},      {"sent_at", to_rfc3339(envelope->sent_at)},
                {"payload", envelope->payload}};
    return unreadable_payload(message, now);
}

json::object unreadable_payload(const json::object& message, Timestamp now) {
    return {{"message_id", to_hex(sha256(json::serialize(message))).substr(0, 40)},
            {"type", "unreadable"},
            {"type_version", 0},
            {"sender", "unreadable"},
            {"sent_at", to_rfc3339(now)},
            {"payload", json::object{{"message", message}}}};
}

json::object word_of(const json::object& received) {
    const bool rejected = text_of(received, "state") == "rejected";
    json::object word{{"outcome", rejected ? "rejected" : "acknowledged"}};
    if (rejected) {
        word["code"] = text_of(received, "code");
        word["details"] = object_of(received, "details");
    }
    return word;
}

}  // namespace wa::hub
