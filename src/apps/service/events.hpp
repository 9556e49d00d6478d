// Live pages: one WebSocket per page, told which subjects changed. Ids only; the page asks for the data.
#pragma once

#include <map>
#include <memory>
#include <mutex>

#include "adapters/http/socket.hpp"
#include "apps/service/sessions.hpp"
#include "kernel/records.hpp"

namespace wa::service {

/// Thread-safe.
class Events {
  public:
    /// A page's socket, belonging to a tenant.
    http::SocketCallbacks join(const std::string& tenant_id, std::shared_ptr<http::Socket> socket);
    /// Tells the pages of one tenant.
    void changed(const std::string& tenant_id, const std::vector<Subject>& subjects);
    /// Tells every page of the line's state.
    void line(const json::object& state);

  private:
    void send(const std::string* tenant_id, json::object message);
    struct Page {
        std::string tenant_id;
        std::shared_ptr<http::Socket> socket;
        std::int64_t seq = 0;
    };
    std::mutex mutex_;
    std::map<http::Socket*, Page> pages_;
};

}  // namespace wa::service
