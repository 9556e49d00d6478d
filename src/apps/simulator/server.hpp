// The simulator over HTTP: the exchange's own paths, the page, and what the page asks.
#pragma once

#include <mutex>
#include <optional>
#include <string>

#include "adapters/http/server.hpp"
#include "apps/simulator/exchange.hpp"

namespace wa::simulator {

/// Thread-safe around one exchange.
class Service {
  public:
    /// @param journal file to which everything that happens is added, and from which it is read again; empty:
    /// none
    Service(Exchange exchange, std::string journal, std::function<Timestamp()> now);

    http::Handler handler();

    /// For tests: the exchange itself, while nothing else uses it.
    template <class Work>
    auto with(Work work) {
        const std::lock_guard lock(mutex_);
        return work(exchange_);
    }

  private:
    Reply answer(const http::Request& request);
    Reply wire(const http::Request& request, Timestamp now);
    Reply page_question(const http::Request& request, Timestamp now);
    void keep(const json::object& event);

    std::mutex mutex_;
    Exchange exchange_;
    std::string journal_;
    std::function<Timestamp()> now_;
};

http::ServerOptions server_options(Service& service, std::vector<http::Listener> listeners);

}  // namespace wa::simulator
