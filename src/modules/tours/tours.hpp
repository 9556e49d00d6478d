// Inside the module: its parts.
#pragma once

#include "kernel/registry.hpp"

namespace wa::tours {

void install_planning(Registry& registry);    ///< site.add, tour.plan, appointment.add, .remove, .mark
void install_replanning(Registry& registry);  ///< tour.change, tour.cancel, appointment.move
void install_travel(Registry& registry);   ///< tour.check_out, tour.check_in, tour.reassign, tour.note_wiped
void install_keeping(Registry& registry);  ///< appointment.forget
void install_reads(Registry& registry);    ///< journal.reads
void install_losses(Registry& registry);   ///< koffer.report_loss, koffer.note_destroyed, koffer.loss(es)
void install_queries(Registry& registry);  ///< site.list, tour.list, tour.get, desk.today

/// "09:30" as minutes after midnight; empty when it is no time of day.
std::optional<int> minutes_of(std::string_view time);

/// The staff of a tour who have not left the office.
std::vector<Actor> staff_at_work(Transaction& tx, const Row& tour);
/// Whether at least one of them may see this person.
bool staff_may_see(Transaction& tx, const Row& tour, const std::string& person);

/// Whether a time of day lies in the tour.
bool is_within(const Row& tour, std::optional<int> at);

Result<Row> load_tour(CommandContext& context, const std::string& id);

/// Where, when and who, as columns of a tour: the times make sense, the staff may go with a Koffer, and this
/// one is free then. @param tour_id the tour that is changed; "" for a new one.
Result<Columns> plan_of(CommandContext& context, const json::object& payload, const std::string& device_id,
                        const std::string& tour_id);
/// tours.device_busy when another tour than this one has the Koffer at that time.
Result<void> device_free(CommandContext& context, const std::string& device_id, const std::string& tour_id,
                         const std::string& day, const std::string& from, const std::string& until);

}  // namespace wa::tours
