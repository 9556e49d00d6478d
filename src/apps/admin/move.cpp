#include "apps/admin/move.hpp"

#include <stdexcept>

#include "adapters/system/system.hpp"
#include "apps/hub/data_lock.hpp"
#include "apps/hub/row_copy.hpp"
#include "apps/hub/tenants.hpp"
#include "apps/service/wiring.hpp"

namespace wa::admin {

namespace {

/// Part "store" of a description; without one it is the file.
json::object store_of(const json::object& description) {
    auto store = object_of(description, "store");
    if (store.empty()) store = {{"kind", "sqlite"}};
    return store;
}

/// What is being moved, until nothing of it is left to do: the stores it goes from and to.
std::string note_path(const std::string& folder) {
    return folder + "/move.json";
}

/// Removes the store of a noted move that the tenant does not live in. True when there was a note.
bool tidy(const std::string& folder, const json::object& description, const hub::StorePlace& place) {
    const auto text = system::read_file(note_path(folder));
    const auto note = text ? parse_json(*text) : std::nullopt;
    if (!note || !note->is_object()) return false;
    const auto lives_in = store_of(description);
    for (const auto* side : {"from", "to"}) {
        const auto store = object_of(note->get_object(), side);
        const bool same = text_of(store, "kind") == text_of(lives_in, "kind") &&
                          text_of(store, "database") == text_of(lives_in, "database");
        if (!store.empty() && !same) hub::drop_store(store, folder, place);
    }
    system::remove_file(note_path(folder));
    return true;
}

/// Pages, chain and rows. Throws when one of them is not as it should be.
JournalReport prove(Store& store, const json::object& description, const hub::Keyring& keyring,
                    const JournalHead* known_head) {
    if (const auto damage = store.check(); !damage.empty())
        throw std::runtime_error("the store is damaged: " + damage.front().table + ": " +
                                 damage.front().where);
    const auto tx = store.begin_read();
    auto report = verify_journal(*tx, hub::unwrap_keys(keyring, description).digest,
                                 service::full_registry().journalled_tables(), known_head);
    if (!report.faults.empty()) {
        const auto& fault = report.faults.front();
        throw std::runtime_error("the store does not prove: " + fault.what + " " + fault.table + " " +
                                 fault.id);
    }
    return report;
}

}  // namespace

Moved move_tenant(const std::string& data_dir, const std::string& tenant, const hub::StorePlace& to,
                  const std::function<void(const char*)>& at) {
    const auto begin = [&](const char* step) {
        if (at) at(step);
    };
    const hub::DataLock lock(data_dir);
    const hub::StoreUse alone(data_dir, hub::StoreUse::Kind::replaces);
    const hub::Keyring keyring(data_dir);
    const auto folder = data_dir + "/tenants/" + tenant;
    auto description = hub::read_description(folder);
    const auto kind = hub::store_kind(description);
    Moved moved;
    moved.tidied = tidy(folder, description, to);
    if (kind == to.kind) return moved;

    begin("open");
    const auto& schema = service::full_registry().schema();
    auto old_store = hub::open_store(keyring, description, folder);
    hub::refuse_newer(*old_store, schema);
    old_store->migrate(schema);
    prove(*old_store, description, keyring, nullptr);

    begin("make");
    auto target = description;
    std::shared_ptr<Store> new_store;
    try {
        target["store"] = hub::make_store(keyring, tenant, to, [&](const json::object& place) {
            const json::object both{{"from", store_of(description)}, {"to", place}};
            system::write_file(note_path(folder), json::serialize(both) + "\n", true);
        });
        begin("copy");
        new_store = hub::open_store(keyring, target, folder);
        new_store->migrate(schema);
        const auto tx = old_store->begin_read();
        const auto sums = hub::copy_rows(*tx, hub::key_columns(kind), *new_store);
        moved.head = journal_head(*tx);
        begin("prove");
        if (hub::sum_of(*new_store->begin_read(), hub::key_columns(to.kind)) != sums)
            throw std::runtime_error(
                "the new store does not hold the same rows: the tenant stays where it is");
        moved.report = prove(*new_store, target, keyring, &moved.head);
        for (const auto& [table, sum] : sums) moved.rows += sum.rows;
        moved.tables = sums.size();
    } catch (...) {
        new_store.reset();
        tidy(folder, description, to);
        throw;
    }
    new_store.reset();
    old_store.reset();

    begin("switch");
    system::write_file(folder + "/tenant.json", json::serialize(target) + "\n", true);
    begin("tidy");
    tidy(folder, target, to);
    moved.done = true;
    return moved;
}

}  // namespace wa::admin
