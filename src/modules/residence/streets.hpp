// The municipality's directory of streets, as the reference tables of a tenant need it.
#pragma once

#include <vector>

#include "kernel/reference.hpp"
#include "kernel/store.hpp"

namespace wa {

/// Code list "street": code is the 5-digit key; extra holds postcode, city, district, ranges. Needs the
/// module's schema. Call again after residence.set_streets and replace the tenant's Reference.
std::vector<CodeEntry> load_streets(Transaction& tx);

}  // namespace wa
