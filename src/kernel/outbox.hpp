// The outbox: messages due to other authorities, with their law and deadline. Only the hub's outbox sends.
#pragma once

#include "kernel/command.hpp"

namespace wa {

class Registry;

struct Message {
    std::string recipient;     ///< "Meldebehörde 03355022", "BZSt"
    std::string message_type;  ///< "rueckmeldung", "idnr_update"
    std::string case_id;
    std::string law;
    Date due_on;
    json::object payload;  ///< exactly the data this recipient may have
};

/// Puts a message into the outbox as part of the command's changes. Its id is derived: sent twice, once due.
std::string put_message(CommandContext& context, const Message& message);

/// outbox.list
void install_outbox(Registry& registry);

}  // namespace wa
