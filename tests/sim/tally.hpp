// How much happened in the simulated worlds, and whether it was enough to prove something.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace wa::sim {

/// Each kind of trouble the worlds must have seen.
enum class Trouble {
    koffer_killed,
    koffer_power_at_write,
    hub_killed,
    hub_power_at_write,
    torn_write,
    koffer_disk_full,
    hub_disk_full,
    koffer_clock_forth,
    koffer_clock_back,
    hub_clock_forth,
    hub_clock_back,
    cut_noticed,
    cut_unnoticed,
    message_lost,
    message_repeated,
    message_swapped,
    message_damaged,
    message_late,
    revoked,
    reported_lost,
    restored,
    hub_before_koffer,
    old_refused,
    forged,
    quarantined,
    conflict,
    wiped,
    booked,
    told_others,
    chunk_again,
    chunk_gone_on_with,
    sealed,
    expired,
    sealed_home,
    left_unlisted,
    due_again,
    list_full,
    draft_home,
    stick,
    stick_first,
    stick_again,
};
inline constexpr std::string_view trouble_names[]{"Koffer killed",
                                                  "Koffer's power gone at a write",
                                                  "hub killed",
                                                  "hub's power gone at a write",
                                                  "torn writes",
                                                  "full disk of a Koffer",
                                                  "full disk of the hub",
                                                  "Koffer's clock set forth",
                                                  "Koffer's clock set back",
                                                  "hub's clock set forth",
                                                  "hub's clock set back",
                                                  "cuts that are noticed",
                                                  "cuts nobody notices",
                                                  "frames lost",
                                                  "frames repeated",
                                                  "frames swapped",
                                                  "frames damaged",
                                                  "frames late",
                                                  "Koffer revoked",
                                                  "Koffer reported lost",
                                                  "restores",
                                                  "hub upgraded before a Koffer",
                                                  "older programs refused",
                                                  "forgeries",
                                                  "quarantines",
                                                  "conflicts",
                                                  "wiped tours",
                                                  "bookings",
                                                  "messages",
                                                  "chunks sent again",
                                                  "chunks gone on with in the middle",
                                                  "finished cases sealed",
                                                  "tours expired",
                                                  "tours brought home sealed",
                                                  "hub gone before it knew what had left",
                                                  "messages due again that had left",
                                                  "messages that left, and the disk too full to note it",
                                                  "drafts brought home",
                                                  "queues brought on a stick",
                                                  "sticks with new work",
                                                  "sticks with known work"};
inline constexpr std::size_t troubles = std::size(trouble_names);
static_assert(std::size_t(Trouble::stick_again) + 1 == troubles);

/// Of a whole run. Plain numbers: processes share it.
struct Tally {
    std::int64_t steps = 0, commands = 0, refused = 0, connections = 0, tours = 0, chunks = 0, bytes_up = 0,
                 bytes_again = 0, commits = 0, simulated_ms = 0;
    std::array<std::int64_t, troubles> happened{};
    /// By place in the registry's list: how often a command was done.
    std::array<std::int64_t, 128> done{};

    std::int64_t& operator[](Trouble trouble) { return happened[std::size_t(trouble)]; }
    std::int64_t operator[](Trouble trouble) const { return happened[std::size_t(trouble)]; }
    void note_done(const std::string& command);
    void add(const Tally& other);
    std::string text() const;
    /// What many worlds must have seen, or they prove less than they say: a step that is refused by a new
    /// rule everywhere would go unnoticed. Every command there is, and every kind of trouble.
    std::string missing() const;
};

}  // namespace wa::sim
