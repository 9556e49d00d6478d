// What a tenant's data need once a day whether or not anybody works with them: late answers become tasks,
// what was kept for its time is erased, renamed streets take their dwellings along, done cases are closed.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "apps/service/tenant_runner.hpp"

namespace wa::hub {

/// System commands without payload that run once a day, as far as the tenant has their function.
std::vector<std::string> daily_commands(const Tenant& tenant);

/// Outlives what its runners still have to tell (TenantRunner::finish). Any thread.
class DailyRound {
  public:
    explicit DailyRound(std::vector<std::shared_ptr<service::TenantRunner>> runners);

    /// Begins the round of every tenant that has not had today's (the day of the municipality,
    /// Europe/Berlin). Returns at once. A tenant whose round was not done in full has it again after an hour.
    void look(Timestamp now);

  private:
    struct Turn {
        std::shared_ptr<service::TenantRunner> runner;
        Date begun;
        std::int64_t again_at_ms = 0;  ///< of a round that failed; 0: all is done or under way
    };
    void begin(Turn& turn, Timestamp now);

    std::mutex mutex_;
    std::vector<Turn> turns_;
};

}  // namespace wa::hub
