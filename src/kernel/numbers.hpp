// Numbers without gaps, also without a line: the hub leases blocks, a holder draws from its own.
#pragma once

#include "kernel/command.hpp"

namespace wa {

class Registry;

/// A number as people read it: a case's "K1-000123", a receipt's "K1-Q000123", so that nobody takes one for
/// the other. Receipts of before bear the form of a case's number, and keep it.
std::string number_text(std::string_view kind, std::string_view series, std::int64_t number);

/// Draws the next number of a kind ("case", "receipt") from the holder's open block.
/// Part of the command's own changes, so that a number is drawn if and only if the command is done.
Result<std::string> draw_number(CommandContext& context, std::string_view kind, std::string_view holder);

/// Whose blocks the place of a command draws from: the hub's own, or the device's.
std::string number_holder(const CommandContext& context);

/// At the hub: marks a number as used that a node has drawn from its block.
void note_number(CommandContext& context, std::string_view kind, std::string_view number);

/// numbers.lease
void install_numbers(Registry& registry);

/// Leases a block (used by numbers.lease, by device.enrol and when a block runs low).
std::string lease_numbers(CommandContext& context, std::string_view kind, std::string_view holder,
                          std::string_view series, std::int64_t count);

}  // namespace wa
