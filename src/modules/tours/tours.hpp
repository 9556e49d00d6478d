// Inside the module: its parts.
#pragma once

#include "kernel/registry.hpp"

namespace wa::tours {

void install_planning(Registry& registry);  ///< site.add, tour.plan, appointment.*
void install_travel(Registry& registry);    ///< tour.check_out, tour.check_in, tour.reassign, tour.note_wiped
void install_losses(Registry& registry);    ///< koffer.report_loss, koffer.note_destroyed, koffer.loss(es)
void install_queries(Registry& registry);   ///< site.list, tour.list, tour.get, desk.today

/// "09:30" as minutes after midnight; empty when it is no time of day.
std::optional<int> minutes_of(std::string_view time);

Result<Row> load_tour(CommandContext& context, const std::string& id);

}  // namespace wa::tours
