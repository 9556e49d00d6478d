// What a courier says to the exchange and to the store, without socket and clock: the courier itself uses it,
// and whoever plays one in a process of his own.
#pragma once

#include <string>
#include <vector>

#include "kernel/command.hpp"
#include "protocols/exchange/wire.hpp"

namespace wa::hub {

/// The address of a tenant in the exchange; empty when it takes no part.
std::string exchange_address(const Tenant& tenant);

/// A row of the outbox as it is sent.
exchange::Envelope envelope_of(const Row& outbox, const std::string& sender, Timestamp now);
/// Payload of message.note_state for what the exchange answered to it.
json::object note_of_answer(const std::string& message_id, int status, const json::object& said,
                            std::int64_t attempts);
/// The same when the exchange was not reached: the message stays due.
json::object note_of_silence(const std::string& message_id, std::int64_t attempts);

/// Payload of message.receive for an envelope; for one that is not readable, what can be kept of it.
json::object receive_payload(const json::object& message, Timestamp now);
/// The latter, whatever it is.
json::object unreadable_payload(const json::object& message, Timestamp now);
/// What the exchange is told of a message, from the answer of message.receive.
json::object word_of(const json::object& received);

}  // namespace wa::hub
