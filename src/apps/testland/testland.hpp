// Testland: two invented municipalities with streets, households and histories, the same from the same seed.
// Nobody in it exists; the Land number 99 is not in use. Feeds residence.set_streets and residence.import.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"

namespace wa::testland {

inline constexpr std::uint64_t default_seed = 20261105;
/// The county both belong to.
inline constexpr std::string_view county_ags = "99001";

struct Municipality {
    std::string ags, name, postcode, land;
    json::object sender;  ///< letterhead, as Tenant::sender
};
/// 0: Testhausen (99001001), 1: Musterstedt (99001002).
const Municipality& municipality(int index);

/// Payload `streets` of residence.set_streets. One street was renamed on 1 July 2026.
json::array streets(int municipality);

/// Payloads `persons` of residence.import: at least `residents` current residents in whole households, those
/// who have left or died beside them, and the named persons (municipality 0 and 1, any size). Up to
/// `per_batch` persons each; ids ascend.
std::vector<json::array> person_batches(int municipality, int residents, std::uint64_t seed = default_seed,
                                        std::size_t per_batch = 500);

/// Somebody documentation, demo and tests rely on. Ids never change.
struct NamedPerson {
    std::string key;  ///< "tour_resident", …
    std::string id;
    int municipality = 0;  ///< whose register knows them; -1: none of Testland
    std::string family_name, given_names, birth_date;
    std::string story;  ///< what is special, in one sentence
};
const std::vector<NamedPerson>& named_persons();
/// Asserts that the key exists.
const NamedPerson& named_person(std::string_view key);
/// What their papers and their register say: a record as residence.import takes it. Asserts the key.
const json::object& named_record(std::string_view key);

/// Known by name only: in no register of Testland, whatever the size and seed.
struct Stranger {
    std::string family_name, given_names, birth_date, from_ags;
};
const Stranger& stranger();

/// Where the Koffer goes, as payloads of site.add: a nursing home and a town hall annex.
json::array sites(int municipality);

}  // namespace wa::testland
