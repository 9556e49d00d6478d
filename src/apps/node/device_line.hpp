// Questions of a Koffer to its hub outside the sync: which tours, check-out, word of a wiped tour.
#pragma once

#include <functional>
#include <memory>

#include "adapters/http/line_socket.hpp"
#include "apps/node/device.hpp"

namespace wa::node {

/// A line may be gone without a word (a new address behind a router): then nothing but time tells.
constexpr std::int64_t answer_within_ms = 30'000;
/// For a working set on the worst line.
constexpr std::int64_t working_set_within_ms = 300'000;

/// One question, one answer, one connection. `done` runs on the loop: empty when there is no line, or no
/// answer in time.
using LineAnswer = std::function<void(std::optional<std::string> message, bool binary)>;
void ask_hub(http::Loop& loop, http::LineOptions options, std::string question, LineAnswer done,
             std::int64_t within_ms = answer_within_ms);

http::LineOptions line_options(const Device& device, const std::string& path);

}  // namespace wa::node
