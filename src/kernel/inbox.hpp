// The inbox: what other authorities send to a tenant. Everything that arrives is kept, with what became of
// it.
#pragma once

#include <optional>
#include <string>

#include "kernel/command.hpp"

namespace wa {

class Registry;

/// A message as it arrived, its payload valid by the type's declaration.
struct IncomingMessage {
    std::string message_id;    ///< the sender's own
    std::string message_type;  ///< declared in an api.json
    std::string sender;        ///< "Meldebehörde 99001002"
    std::string answers;       ///< id of our message that it answers; empty: none
    json::object payload;
    std::optional<Row> request;  ///< row of the outbox that it answers
    std::string inbox_id;
    std::string decision;       ///< apply | close, when a clerk settles it; empty on arrival
    std::string chosen_person;  ///< whom the clerk named, somebody known whom they may see; may be empty
};

/// What became of a message.
struct Received {
    /// done, or open: a clerk has to decide; `problem` says why.
    std::string state = "done";
    Problem problem;
    std::string case_id, person_id;
    json::array candidates;      ///< ids of persons a clerk may choose from
    bool needs_release = false;  ///< a second person from the lead has to settle it (handbook § 1.5)
};

/// Takes an incoming message, on arrival and again when a clerk settles what it left open. A failure sends it
/// back to its sender as rejected; nothing may be written before.
using MessageHandler = Result<Received> (*)(CommandContext&, const IncomingMessage&);

/// The id of the command that takes a message: the same message is taken once, however often it is brought.
std::string receive_command_id(std::string_view sender, std::string_view message_id,
                               const json::object& payload);

/// message.receive, inbox.settle, inbox.list, inbox.get
void install_inbox(Registry& registry);

}  // namespace wa
