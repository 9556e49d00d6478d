// Live pages: one WebSocket per page, told which subjects changed. Ids only; the page asks for the data.
#pragma once

#include <functional>
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
    /// `alive`: whether the session of a token is still there. A page whose session has ended hears nothing
    /// more: its socket is closed with the next news.
    using Alive = std::function<bool(const std::string& token)>;
    explicit Events(Alive alive) : alive_(std::move(alive)) {}

    /// A page's socket, belonging to a tenant and a session.
    http::SocketCallbacks join(const std::string& tenant_id, const std::string& token,
                               std::shared_ptr<http::Socket> socket);
    /// Tells the pages of one tenant.
    void changed(const std::string& tenant_id, const std::vector<Subject>& subjects);
    /// Tells every page of the line's state.
    void line(const json::object& state);

  private:
    void send(const std::string* tenant_id, json::object message);
    struct Page {
        std::string tenant_id, token;
        std::shared_ptr<http::Socket> socket;
        std::int64_t seq = 0;
    };
    const Alive alive_;
    std::mutex mutex_;
    std::map<http::Socket*, Page> pages_;
};

}  // namespace wa::service
