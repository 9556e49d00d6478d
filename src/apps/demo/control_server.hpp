// The HTTP server of the demo page, on 127.0.0.1 only.
#pragma once

#include <memory>

#include "adapters/line_emulator/owned_fd.hpp"
#include "apps/demo/control_api.hpp"

namespace wa {

/// Serves the page's files and ControlApi on a thread of its own, from construction to destruction. Refuses
/// requests whose Host is not this machine and changes without "X-Demo: 1" (so that no other web page can
/// make the browser send them).
class ControlServer {
  public:
    /// `listener` listens already, at `port`.
    ControlServer(OwnedFd listener, std::uint16_t port, ControlApi& api);
    ~ControlServer();

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace wa
