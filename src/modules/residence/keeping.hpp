// Inside the module: how long data of those who have left or died may be read (BMG § 13 Abs. 2).
#pragma once

#include "kernel/registry.hpp"

namespace wa::residence {

/// The day somebody left the municipality or died, as far as it is certain; empty for who lives here.
std::optional<Date> day_left(Transaction& tx, const Row& person);

/// Secured (gesichert): five calendar years after that of departure or death. Of such a person only names,
/// birth, tax number, addresses with the day of moving out, blocks and death may be processed.
bool is_secured(Transaction& tx, const Row& person, const Reference& reference, const Date& today);
/// The row of a secured person or of one of their dwellings, without what may not be processed.
Row secured_person(const Row& person);
Row secured_dwelling(const Row& dwelling);

/// residence.forget_departed
void install_keeping(Registry& registry);

}  // namespace wa::residence
