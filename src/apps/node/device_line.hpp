// Questions of a Koffer to its hub outside the sync: which tours, check-out, word of a wiped tour.
#pragma once

#include <functional>
#include <memory>

#include "adapters/http/line_socket.hpp"
#include "apps/node/device.hpp"

namespace wa::node {

/// One question, one answer, one connection. `done` runs on the loop: empty when there is no line.
using LineAnswer = std::function<void(std::optional<std::string> message, bool binary)>;
void ask_hub(http::Loop& loop, http::LineOptions options, std::string question, LineAnswer done);

http::LineOptions line_options(const Device& device, const std::string& path);

}  // namespace wa::node
