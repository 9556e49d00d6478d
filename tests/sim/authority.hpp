// Who is in the simulated world: two municipalities at one hub, three Koffer, and what their stores begin
// with. Made once for each process by the real commands, then copied into every world.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/crypto.hpp"
#include "kernel/engine.hpp"

namespace wa::sim {

/// Midnight of the simulated first day, in ms since 1970: 29 August 2026.
inline constexpr std::int64_t day_zero = 1'787'961'600'000;

struct Clerk {
    std::string id, name;
    Actor actor;
    /// What their n-th PIN opens; the first is the one they begin with.
    SignKeys keys(int pin) const;
    /// Those of the PIN that an account names.
    SignKeys keys_of(const Row& account) const;
};
inline constexpr int pins_of_a_clerk = 4;

struct Device {
    std::string id, name;
    SignKeys keys;
};

struct Authority {
    int index = 0;
    TenantScope hub, node;
    std::string site;
    /// Two with a PIN who go out, and the lead, who stays.
    std::vector<Clerk> clerks;
    std::vector<Device> devices;
    std::vector<std::string> persons;
    Bytes store;  ///< file of its store as the hub has it
    /// A name that stands in rows of this authority only.
    std::string marker;
    /// Notes the word of whoever is not this authority's.
    bool employs(const std::string& user_id) const;
    bool owns(const std::string& device_id) const;
};

/// 0 has two Koffer, 1 has one.
const Authority& authority(int index);
inline constexpr int authorities = 2;

/// As residence.import takes somebody who lives there.
json::object person(const Authority& authority, int number);
/// The program of today, and that of tomorrow: a schema step more, a column more.
const Registry& registry_of(bool newer);
/// The file of a store that only has its schema.
const Bytes& empty_store();

/// An id from words and a time: the same in every run.
std::string id_from(const std::string& words, std::int64_t at_ms);
/// A word of letters only, for fields that take names.
std::string word_of(std::uint64_t number);

}  // namespace wa::sim
