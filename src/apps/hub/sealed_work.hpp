// What comes home sealed: drafts from a Koffer whose tour is over, and a whole queue on a stick.
#pragma once

#include "apps/hub/tenants.hpp"

namespace wa::hub {

struct DraftTaken {
    /// Why it is not taken: request_malformed, device_revoked, case_not_found (it waits in quarantine, or is
    /// on its way), store_full. Empty when that is settled, whatever came of it.
    std::optional<Problem> refused;
    std::string case_id;  ///< what is typed for it is another text now; empty when nothing has changed
};
/// Takes a draft that a device has sealed and signed, as what its clerk has typed, unless the case is decided
/// or somebody has typed on.
DraftTaken take_draft(service::TenantRunner& runner, const Row& device, std::span<const std::uint8_t> sealed);

struct Imported {
    std::int64_t done = 0, waiting = 0, again = 0;  ///< commands: new, in quarantine, here already
    std::int64_t scans = 0, scans_again = 0;        ///< complete now, complete before
    std::int64_t drafts = 0, drafts_left = 0;       ///< taken or not wanted any more; not taken
    bool gap = false;  ///< something before it has not arrived; what follows was not taken
    bool malformed = false;
};
/// Takes a file of wa::sync::QueueWriter. Everything in it is proved like what comes over the line; the same
/// file again changes nothing. Problems: request_malformed (no such file, or cut off), device_not_found (of
/// another tenant, or unknown), store_full.
/// @param now when it arrives
Result<Imported> import_queue(service::TenantRunner& runner, std::span<const std::uint8_t> file,
                              Timestamp now);
/// Whose file it is; empty when it is none.
std::string tenant_of_queue(std::span<const std::uint8_t> file);

}  // namespace wa::hub
