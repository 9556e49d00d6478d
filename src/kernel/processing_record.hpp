// The record of processing activities of a procedure (Art. 30 GDPR): which data, for what, on which law, how
// long, who receives it. Generated from the procedure's own data, so it says what the program does.
#pragma once

#include "kernel/letter.hpp"
#include "kernel/registry.hpp"

namespace wa {

/// The record as the query records_of_processing answers it (docs/reference/queries.md).
json::object processing_record(const Registry& registry, const Procedure& procedure, const Tenant& tenant);

/// The same on paper. `record` is what processing_record returned; `today` stands on it.
Letter processing_record_letter(const json::object& record, const Tenant& tenant, const Date& today);

/// records_of_processing
void install_processing_records(Registry& registry);

}  // namespace wa
