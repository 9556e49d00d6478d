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

/// System commands without payload that are declared "daily" (api.json), as far as the tenant has their
/// function. None depends on another.
std::vector<std::string> daily_commands(const Tenant& tenant);

/// Outlives what its runners still have to tell (TenantRunner::finish). Any thread.
class DailyRound {
  public:
    /// @param most_repeated of one command in one round: far more than a large town's register needs at a
    /// few hundred rows each
    explicit DailyRound(std::vector<std::shared_ptr<service::TenantRunner>> runners,
                        int most_repeated = 10'000);

    /// Begins the round of every tenant that has not had today's (the day of the municipality,
    /// Europe/Berlin). Returns at once. A tenant whose round was not done in full has it again after an hour.
    void look(Timestamp now);
    /// Whether some tenant's round is not over.
    bool under_way();

  private:
    struct Turn {
        std::shared_ptr<service::TenantRunner> runner;
        Date begun;
        std::int64_t again_at_ms = 0;  ///< of a round that failed; 0: all is done or under way
        bool under_way = false;
        int repeated = 0;  ///< of the command that is under way
    };
    /// One command after the other, and each as long as its answer says "more": a commit each, so that
    /// others' work comes between however much has fallen due in one night. One that finds no end is given up
    /// for an hour.
    void go_on(Turn& turn, std::vector<std::string> names, Timestamp now);
    void note_failure(Turn& turn, const std::string& command, const std::string& code, Timestamp now);

    std::mutex mutex_;
    std::vector<Turn> turns_;
    int most_repeated_;
};

}  // namespace wa::hub
