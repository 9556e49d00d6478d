// The outbox: messages due to other authorities, with their law and deadline. Only the hub's courier sends.
//
//   due -> handed_over (the exchange has it) -> acknowledged (its recipient took it)
//   due | handed_over | acknowledged -> rejected -> repaired (a corrected one follows) | cancelled
//   cancelled -> handed_over | acknowledged: it had left already, and somebody has to tell its recipient
#pragma once

#include <optional>

#include "kernel/command.hpp"

namespace wa {

class Registry;
struct MessageSpec;

namespace message_state {
inline constexpr std::string_view due = "due";
/// After a restore: nobody knows whether it has left. A person releases or cancels it.
inline constexpr std::string_view held = "held";
inline constexpr std::string_view handed_over = "handed_over";
inline constexpr std::string_view acknowledged = "acknowledged";
inline constexpr std::string_view rejected = "rejected";
inline constexpr std::string_view repaired = "repaired";
inline constexpr std::string_view cancelled = "cancelled";
}  // namespace message_state

struct Message {
    std::string message_type;   ///< declared in an api.json: law, deadline and permitted data are there
    std::string recipient_key;  ///< "99001002" of a Meldebehörde; empty where there is one office only
    std::string case_id;
    std::string person_id;
    json::object payload;        ///< exactly the data this recipient may have
    std::string recipient;       ///< whole, where the type is addressed to "*"
    std::string answers;         ///< the sender's id of the message this answers
    std::string replaces;        ///< id of our rejected message this corrects
    std::optional<Date> due_on;  ///< empty: by the type's deadline from today
};

/// Puts a message into the outbox as part of the command's changes. Its id is derived: put twice, once due.
/// A payload that breaks its declaration is kept as rejected, for a clerk to repair; it never leaves.
std::string put_message(CommandContext& context, const Message& message);

/// Moves a message on as far as its state allows; false when it does not (then nothing changes).
bool change_message_state(CommandContext& context, const Row& message, std::string_view state,
                          const Problem& problem = {});
/// Cancels a message that has not left yet; false when it has, which is the caller's to correct.
bool cancel_message(CommandContext& context, const Row& message, const std::string& reason);

/// "Meldebehörde 99001002"
std::string recipient_text(const MessageSpec& spec, std::string_view key);
/// Whether a type may be addressed to this recipient on that day.
bool is_recipient(const MessageSpec& spec, std::string_view recipient, const Reference& reference,
                  const Date& on);

/// The outbox as people see it, without the personal data inside.
json::array show_outbox(QueryContext& context, const json::object& params);
/// A problem kept as text, with its words; null when there is none.
json::value show_problem(const std::string& stored);
std::string store_problem(const Problem& problem);

/// outbox.*, message.note_state, message.repair, message.cancel, message.watch
void install_outbox(Registry& registry);

}  // namespace wa
