#include "apps/hub/daily_round.hpp"

#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "kernel/data.hpp"
#include "kernel/identity.hpp"
#include "kernel/registry.hpp"

namespace wa::hub {

namespace {

constexpr std::int64_t again_after_ms = 60 * 60'000;

CommandRequest daily_request(const std::string& name, Timestamp now) {
    CommandRequest request;
    request.id = system::new_id();
    request.name = name;
    request.actor = system_actor();
    request.origin = {"system", "hub", "Zentrale", ""};
    request.at = now;
    return request;
}

}  // namespace

std::vector<std::string> daily_commands(const Tenant& tenant) {
    std::vector<std::string> names{"message.watch",           "residence.forget_forms",
                                   "residence.end_childhood", "residence.rename_dwellings",
                                   "residence.close_cases",   "residence.forget_departed"};
    std::erase_if(names, [&](const std::string& name) {
        const auto* spec = registry().command(name);
        WA_ASSERT(spec);
        return !spec->function.empty() && tenant.functions.count(spec->function) == 0;
    });
    return names;
}

DailyRound::DailyRound(std::vector<std::shared_ptr<service::TenantRunner>> runners) {
    for (auto& runner : runners) turns_.push_back({std::move(runner), {}, 0});
}

void DailyRound::look(Timestamp now) {
    std::vector<Turn*> due;
    {
        const std::lock_guard lock(mutex_);
        for (auto& turn : turns_) {
            const bool failed = turn.again_at_ms != 0 && now.ms >= turn.again_at_ms;
            if (turn.begun == local_date(now) && !failed) continue;
            turn.begun = local_date(now);
            turn.again_at_ms = 0;
            due.push_back(&turn);
        }
    }
    for (auto* turn : due) begin(*turn, now);
}

void DailyRound::begin(Turn& turn, Timestamp now) {
    const auto& tenant = turn.runner->scope().tenant;
    for (const auto& name : daily_commands(tenant))
        turn.runner->run(daily_request(name, now), [this, &turn, name, now, &tenant](CommandResult result) {
            if (result.outcome == Outcome::done) return;
            log::error("daily round: not done",
                       {{"tenant", tenant.id}, {"command", name}, {"code", result.problem.code}});
            const std::lock_guard lock(mutex_);
            turn.again_at_ms = now.ms + again_after_ms;
        });
}

}  // namespace wa::hub
