#include "post.hpp"

#include <fmt/format.h>

#include <set>
#include <stdexcept>

#include "apps/hub/courier_words.hpp"
#include "kernel/data.hpp"
#include "kernel/inbox.hpp"
#include "kernel/registry.hpp"

namespace wa::worlds {

Post::Post(const Office& office)
    : played_(office.engine().registry(), office.scope().reference, simulator::Offices::testland()),
      own_address_(hub::exchange_address(office.scope().tenant)) {}

Act Post::act(const std::string& command, json::object payload, Timestamp at, std::string id) {
    if (id.empty()) id = id_of(fmt::format("post {}", ++acts_), at);
    return {"", command, std::move(payload), std::move(id), at, {}};
}

void Post::carry(Office& office, Timestamp at, const Run& run) {
    used_ = true;
    for (int round = 0; round < 20; ++round) {
        const bool sent = send_due(office, at, run), taken = take_waiting(at, run);
        if (!sent && !taken) return;
    }
    throw std::runtime_error("die Nachrichten kommen nicht zur Ruhe");
}

bool Post::send_due(Office& office, Timestamp at, const Run& run) {
    const auto due = office.read([](Transaction& tx) { return tx.query(sql::kernel::messages_to_send); });
    for (const auto& row : due) {
        const auto id = row.text("id");
        const auto attempts = row.integer("attempts") + 1;
        if (!reachable_) {
            if (row.text("problem").empty())
                run(act("message.note_state", hub::note_of_silence(id, attempts), at));
            return false;
        }
        const auto envelope = hub::envelope_of(row, own_address_, at);
        const auto reply = played_.post(json::serialize(exchange::to_json(envelope)), at);
        run(act("message.note_state", hub::note_of_answer(id, reply.status, reply.body, attempts), at));
    }
    return !due.empty();
}

bool Post::take_waiting(Timestamp at, const Run& run) {
    if (!reachable_) return false;
    const auto waiting = played_.inbox(own_address_, at).body;
    const auto& messages = array_of(waiting, "messages");
    for (const auto& entry : messages) {
        const auto& message = entry.as_object();
        auto payload = hub::receive_payload(message, at);
        const auto id = receive_command_id(text_of(payload, "sender"), text_of(payload, "message_id"),
                                           object_of(payload, "payload"));
        const auto result = run(act("message.receive", std::move(payload), at, id));
        played_.taken(text_of(message, "id"), hub::word_of(result.answer), at);
    }
    return !messages.empty();
}

void Post::add_rule(json::object rule) {
    json::array rules{std::move(rule)};
    for (const auto& known : played_.offices().rules()) rules.push_back(known);
    played_.offices().set_rules(std::move(rules));
}

std::string Post::send(const json::object& wish, Timestamp at) {
    const auto reply = played_.send(wish, at);
    if (reply.status != 200)
        throw std::runtime_error("der Simulator sendet das nicht: " + text_of(reply.body, "code"));
    return last_sent_ = text_of(reply.body, "id", last_sent_);
}

std::vector<exchange::Envelope> Post::heard() const {
    std::vector<exchange::Envelope> all;
    const auto state = played_.state();
    const auto& list = array_of(state, "received");
    for (auto entry = list.rbegin(); entry != list.rend(); ++entry)
        all.push_back(
            *exchange::parse_envelope(json::value(played_.message(text_of(entry->as_object(), "id")).body)));
    return all;
}

json::object Post::entry(std::string_view list, std::string_view type) const {
    const auto state = played_.state();
    for (const auto& one : array_of(state, list))
        if (text_of(one.as_object(), "type") == type) return one.as_object();
    return {};
}

std::string Post::told_twice() const {
    std::set<std::string> told;
    for (const auto& envelope : heard()) {
        const auto* spec = registry().message(envelope.type);
        if ((spec && spec->interactive) || !envelope.replaces.empty()) continue;
        const auto key =
            envelope.type + envelope.recipient + envelope.answers + canonical_json(envelope.payload);
        if (!told.insert(key).second) return envelope.type;
    }
    return "";
}

}  // namespace wa::worlds
