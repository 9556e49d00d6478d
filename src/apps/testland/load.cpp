#include "apps/testland/load.hpp"

#include "apps/testland/testland.hpp"
#include "base/ids.hpp"
#include "kernel/identity.hpp"

namespace wa::testland {

namespace {
/// Larger batches than at set-up where there are many: what is wanted is the register, not its loading.
constexpr int many = 200'000;
constexpr std::size_t batch = 500, large_batch = 4000;
}  // namespace

Result<std::size_t> load_register(Transaction& tx, const Engine& engine, const TenantScope& scope,
                                  int residents, Timestamp at) {
    std::uint32_t number = 0;
    const auto run = [&](const char* name, json::object payload) -> Result<void> {
        CommandRequest request;
        request.at = at;
        request.id = derive_id(Id{}, ++number, at.ms).text();
        request.name = name;
        request.payload = std::move(payload);
        request.actor = system_actor();
        auto result = engine.run(tx, scope, request);
        if (result.outcome != Outcome::done) return Failure{std::move(result.problem)};
        return {};
    };
    WA_CHECK(run("residence.set_streets", {{"streets", streets(0)}}));
    std::size_t count = 0;
    for (auto& persons : person_batches(0, residents, default_seed, residents > many ? large_batch : batch)) {
        count += persons.size();
        WA_CHECK(run("residence.import", {{"persons", std::move(persons)}}));
    }
    return count;
}

}  // namespace wa::testland
