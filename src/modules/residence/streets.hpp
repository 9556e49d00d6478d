// The municipality's directory of streets, as the reference tables of a tenant need it.
#pragma once

#include <string>
#include <vector>

#include "kernel/reference.hpp"
#include "kernel/store.hpp"

namespace wa {

/// Code list "street": code is the 5-digit key; extra holds ags, postcode, city, district, ranges. Needs the
/// module's schema. Call again after residence.set_streets and replace the tenant's Reference.
/// @param ags the municipality whose directory it is; its keys mean nothing in another
std::vector<CodeEntry> load_streets(Transaction& tx, const std::string& ags);

}  // namespace wa
