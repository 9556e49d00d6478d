#include "kernel/kernel.hpp"

#include "kernel/cases.hpp"
#include "kernel/conflicts.hpp"
#include "kernel/data.hpp"
#include "kernel/identity.hpp"
#include "kernel/inbox.hpp"
#include "kernel/numbers.hpp"
#include "kernel/outbox.hpp"
#include "kernel/processing_record.hpp"
#include "kernel/quarantine.hpp"
#include "kernel/tasks.hpp"

namespace wa {

void install_kernel(Registry& registry) {
    registry.declare(data::kernel::file("api.json"));
    registry.declare_problems(data::kernel::file("problems.json"));
    registry.add_schema(data::kernel::schema_sqlite());
    install_cases(registry);
    install_tasks(registry);
    install_conflicts(registry);
    install_quarantine(registry);
    install_numbers(registry);
    install_outbox(registry);
    install_inbox(registry);
    install_users(registry);
    install_devices(registry);
    install_reference_queries(registry);
    install_journal(registry);
    install_processing_records(registry);
    install_restore(registry);
    for (const auto* table : {"case_document", "case_finding", "task", "number_block", "device"})
        registry.add_working_table(table);
    registry.add_working_table("case_file", {"meant_id"});
    // A Koffer knows who someone is, not what opens the hub; what wraps their keys comes with the package
    // alone.
    registry.add_working_table(
        "user_account", {"password_hash", "pin_auth", "wrapped_seed", "pin_tries", "pin_locked_until_ms"});
    for (const auto* table :
         {"user_account", "former_sign_key", "passkey", "device", "case_file", "case_document",
          "case_finding", "task", "outbox", "inbox", "conflict", "number_block"})
        registry.add_journalled_table(table);
}

}  // namespace wa
