// Messages that need a clerk, as tasks.
#pragma once

#include "kernel/command.hpp"

namespace wa {

/// A message came back: somebody has to repair or cancel it. `message` is its row of the outbox.
void task_of_rejected(CommandContext& context, const Row& message);
/// It has arrived although it was cancelled: its recipient has to be told.
void task_of_arrived(CommandContext& context, const Row& message);
/// An answer did not come in time; nothing for types that ask for no task.
void task_of_missing_answer(CommandContext& context, const Row& message);

}  // namespace wa
