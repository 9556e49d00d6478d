// Tours: planning, appointments, check-out and check-in of a Koffer (handbook § 16).
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "kernel/registry.hpp"

namespace wa {

void install_tours(Registry& registry);

/// The rows a Koffer needs for a tour: the tour, its site, appointments, cases, staff (without their password
/// hashes), number blocks, and what the modules' extractors name for its persons. Minimal: just those.
std::vector<std::pair<std::string, Row>> working_set(Transaction& tx, const Registry& registry,
                                                     const std::string& tour_id);

/// Tells for table and id whether a row is in a tour's working set. Made anew for each question: the set is
/// found once and kept.
std::function<bool(Transaction& tx, const std::string& tour_id, const std::string& table,
                   const std::string& id)>
in_working_set(const Registry& registry);

/// Whether a user belongs to the staff of a tour that is planned or out.
bool is_staff(const Row& tour, const std::string& user_id);

/// Whether the device has the tour, or had it before it was given to another one.
bool carries(const Row& tour, const std::string& device_id);

/// Whether a device with the proof of the tour is told what changes in it: not once the tour is brought back,
/// wiped, expired or given to another one. A hub put back from before the check-out takes what is out for
/// planned, or for another device's.
bool may_hear_of(const Row& tour, const std::string& device_id, Timestamp now);

/// When the tour was planned.
std::int64_t planned_ms(const Row& tour);

/// Whether the device was reported lost.
bool is_lost(Transaction& tx, const std::string& device_id);
/// Whether a lost device has said that its keys are destroyed.
bool is_destroyed(Transaction& tx, const std::string& device_id);
/// The report for police and insurance; the names of persons stand on pages of their own, which stay in the
/// authority. `loss` is what the query koffer.loss answers.
Letter loss_letter(const json::object& loss, const Tenant& tenant, const Date& today);

/// Tours that a device may fetch: planned or out, with the names of their sites.
Rows tours_of_device(Transaction& tx, const std::string& device_id);

}  // namespace wa
