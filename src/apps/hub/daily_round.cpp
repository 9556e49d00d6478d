#include "apps/hub/daily_round.hpp"

#include <algorithm>

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
    std::vector<std::string> names;
    for (const auto& [name, spec] : registry().commands())
        if (flag_of(spec.declaration, "daily") &&
            (spec.function.empty() || tenant.functions.count(spec.function)))
            names.push_back(name);
    return names;
}

DailyRound::DailyRound(std::vector<std::shared_ptr<service::TenantRunner>> runners, int most_repeated)
    : most_repeated_(most_repeated) {
    for (auto& runner : runners) turns_.push_back({std::move(runner), {}, 0, false});
}

void DailyRound::look(Timestamp now) {
    std::vector<Turn*> due;
    {
        const std::lock_guard lock(mutex_);
        for (auto& turn : turns_) {
            const bool failed = turn.again_at_ms != 0 && now.ms >= turn.again_at_ms;
            if (turn.under_way || (turn.begun == local_date(now) && !failed)) continue;
            turn.begun = local_date(now);
            turn.again_at_ms = 0;
            turn.under_way = true;
            due.push_back(&turn);
        }
    }
    for (auto* turn : due) go_on(*turn, daily_commands(turn->runner->scope().tenant), now);
}

bool DailyRound::under_way() {
    const std::lock_guard lock(mutex_);
    return std::any_of(turns_.begin(), turns_.end(), [](const Turn& turn) { return turn.under_way; });
}

void DailyRound::go_on(Turn& turn, std::vector<std::string> names, Timestamp now) {
    if (names.empty()) {
        const std::lock_guard lock(mutex_);
        turn.under_way = false;
        return;
    }
    auto request = daily_request(names.front(), now);
    turn.runner->run(std::move(request),
                     [this, &turn, now, names = std::move(names)](CommandResult result) mutable {
                         const bool done = result.outcome == Outcome::done;
                         const bool more = done && flag_of(result.answer, "more");
                         const bool endless = more && ++turn.repeated == most_repeated_;
                         if (!done || endless)
                             note_failure(turn, names.front(), endless ? "no_end" : result.problem.code, now);
                         if (!more || endless) {
                             names.erase(names.begin());
                             turn.repeated = 0;
                         }
                         go_on(turn, std::move(names), now);
                     });
}

void DailyRound::note_failure(Turn& turn, const std::string& command, const std::string& code,
                              Timestamp now) {
    log::error("daily round: not done",
               {{"tenant", turn.runner->scope().tenant.id}, {"command", command}, {"code", code}});
    const std::lock_guard lock(mutex_);
    turn.again_at_ms = now.ms + again_after_ms;
}

}  // namespace wa::hub
