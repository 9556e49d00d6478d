// The courier: carries the tenants' due messages to the exchange and brings what came for them. Nothing else
// in the program sends; a node never does.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "adapters/http/client.hpp"
#include "apps/service/tenant_runner.hpp"
#include "protocols/exchange/wire.hpp"

namespace wa::hub {

struct CourierOptions {
    http::Endpoint exchange;
    std::int64_t poll_ms = 5'000;
    std::int64_t retry_ms = 1'000;  ///< after the exchange was not reached; doubled every time
    std::int64_t retry_max_ms = 60'000;
    std::function<Timestamp()> now;  ///< the wall clock; tests turn it
    /// Told of every message the exchange has taken, before the store is: a restored store cannot forget it.
    std::function<void(const std::string& tenant_id, const std::string& message_id)> on_handed_over;
};

class Courier {
  public:
    Courier(std::vector<std::shared_ptr<service::TenantRunner>> runners, CourierOptions options);
    /// Stops.
    ~Courier();

    void start();
    void stop();
    /// Something is due: sent at once, unless the exchange was just not reached.
    void wake();

    /// One round for all tenants in the calling thread; false when the exchange was not reached. For tests,
    /// and what the thread does.
    bool round();

  private:
    void loop();
    std::int64_t pause_ms(bool reached);
    bool send_due(service::TenantRunner& runner, const std::string& address);
    bool send(service::TenantRunner& runner, const std::string& address, const Row& row);
    bool fetch(service::TenantRunner& runner, const std::string& address);
    bool take(service::TenantRunner& runner, const json::object& message);
    bool waits_for_answer();
    void keep_house();
    CommandResult run(service::TenantRunner& runner, const std::string& name, json::object payload,
                      std::string id = "");

    std::vector<std::shared_ptr<service::TenantRunner>> runners_;
    CourierOptions options_;
    std::map<std::string, std::int64_t> attempts_;  ///< of messages that could not be handed over yet
    Date house_kept_;
    std::int64_t retry_ms_ = 0;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool woken_ = false, stopping_ = false;
    std::thread thread_;
};

}  // namespace wa::hub
