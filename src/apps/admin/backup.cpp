#include "apps/admin/backup.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "adapters/system/system.hpp"
#include "apps/admin/tenant_tool.hpp"
#include "apps/hub/data_lock.hpp"
#include "apps/hub/sent_ledger.hpp"
#include "apps/service/wiring.hpp"
#include "kernel/identity.hpp"

namespace wa::admin {

namespace fs = std::filesystem;

namespace {

constexpr int format = 1;
/// A head is a few kilobytes; what is longer is no backup.
constexpr std::size_t head_max = 256 * 1024;

/// Proves that nobody changed the head: only who has the tenant's key can make it.
std::string seal_of(const json::object& head, const hub::TenantKeys& keys) {
    auto plain = head;
    plain.erase("seal");
    return to_hex(keyed_hash(keys.digest, "backup " + canonical_json(plain)));
}

void append_file(std::ofstream& out, const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    out << in.rdbuf();
    if (!in || !out) throw std::runtime_error("the backup cannot be written: is the disk full?");
}

void sync_file(const std::string& path, int flags) {
    const int file = ::open(path.c_str(), flags | O_CLOEXEC);
    const bool good = file >= 0 && ::fsync(file) == 0;
    if (file >= 0) ::close(file);
    if (!good) throw std::runtime_error("cannot make " + path + " durable");
}

/// Removes what was written halfway when something throws.
struct Scratch {
    std::string path;
    ~Scratch() {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
};

std::string folder_of(const std::string& path) {
    const auto folder = fs::path(path).parent_path().string();
    return folder.empty() ? "." : folder;
}

}  // namespace

BackupHead write_backup(const std::string& data_dir, const std::string& tenant, const std::string& path) {
    const auto folder = data_dir + "/tenants/" + tenant;
    const hub::Keyring keyring(data_dir);
    BackupHead head;
    head.description = hub::read_description(folder);
    const auto keys = hub::unwrap_keys(keyring, head.description);
    if (fs::exists(path))
        throw std::runtime_error(path + " exists already; a backup never overwrites another");
    const Scratch store_copy{path + ".store"}, fresh{path + ".new"};
    hub::open_store(keyring, head.description, folder)->copy_to(store_copy.path);
    // A backup is a file whatever it was made of, and becomes one again.
    head.description.erase("store");
    {
        // The head is that of the copy: the hub may have gone on meanwhile.
        const auto copy = hub::open_store_file(store_copy.path, keys.store);
        head.journal = journal_head(*copy->begin_read());
    }
    for (const auto* suffix : {"-wal", "-shm"}) fs::remove(store_copy.path + suffix);
    head.made_at = system::now();
    head.size = std::int64_t(fs::file_size(store_copy.path));
    json::object line{{"wanderamt_backup", format},
                      {"made_at", to_rfc3339(head.made_at)},
                      {"tenant", head.description},
                      {"journal_seq", head.journal.seq},
                      {"journal_hash", to_hex(head.journal.hash)},
                      {"size", head.size}};
    line["seal"] = seal_of(line, keys);
    {
        std::ofstream out(fresh.path, std::ios::binary | std::ios::trunc);
        fs::permissions(fresh.path, fs::perms::owner_read | fs::perms::owner_write);
        out << json::serialize(line) << "\n";
        append_file(out, store_copy.path);
        out.flush();
        if (!out) throw std::runtime_error("the backup cannot be written: is the disk full?");
    }
    sync_file(fresh.path, O_RDONLY);
    fs::rename(fresh.path, path);
    sync_file(folder_of(path), O_RDONLY | O_DIRECTORY);
    return head;
}

namespace {

struct Opened {
    BackupHead head;
    hub::TenantKeys keys;
    std::ifstream store;  ///< stands at the store's first byte
};

Opened open_backup(const hub::Keyring& keyring, const std::string& path) {
    Opened opened;
    opened.store.open(path, std::ios::binary);
    std::string text(head_max, '\0');
    opened.store.getline(text.data(), std::streamsize(text.size()));
    text.resize(std::size_t(std::max<std::streamsize>(1, opened.store.gcount()) - 1));
    const auto value = opened.store ? parse_json(text) : std::nullopt;
    const auto* line = value ? value->if_object() : nullptr;
    if (!line || integer_of(*line, "wanderamt_backup") == 0)
        throw std::runtime_error(path + " is no backup of a tenant");
    if (integer_of(*line, "wanderamt_backup") > format)
        throw std::runtime_error(path + " was written by a newer program");
    auto& head = opened.head;
    head.description = object_of(*line, "tenant");
    opened.keys = hub::unwrap_keys(keyring, head.description);
    if (text_of(*line, "seal") != seal_of(*line, opened.keys))
        throw std::runtime_error(path + " was changed after it was written");
    head.made_at = parse_timestamp(text_of(*line, "made_at")).value_or(Timestamp{0});
    head.journal.seq = integer_of(*line, "journal_seq");
    const auto hash = from_hex(text_of(*line, "journal_hash")).value_or(Bytes());
    if (hash.size() == head.journal.hash.size())
        std::copy(hash.begin(), hash.end(), head.journal.hash.begin());
    head.size = integer_of(*line, "size");
    if (std::int64_t(fs::file_size(path)) != std::int64_t(text.size()) + 1 + head.size)
        throw std::runtime_error(path + " is cut off or too long");
    return opened;
}

/// The store as it is in the file, page by page, row by row, up to the head it was written with.
JournalReport prove(const std::string& path, const Opened& opened, const Registry& registry) {
    const auto store = hub::open_store_file(path, opened.keys.store);
    if (const auto damage = store->check(); !damage.empty())
        throw std::runtime_error("the backup is damaged: " + damage.front().table + ": " +
                                 damage.front().where);
    // The journal is read with the columns of today: a store of an older program gets the steps it lacks.
    store->migrate(registry.schema());
    auto report = verify_journal(*store->begin_read(), opened.keys.digest, registry.journalled_tables(),
                                 &opened.head.journal);
    if (!report.faults.empty()) {
        const auto& fault = report.faults.front();
        throw std::runtime_error("the backup does not prove: " + fault.what + " " + fault.table + " " +
                                 fault.id);
    }
    return report;
}

/// Tells the store what became of it, before anybody works with it.
void settle(const std::string& folder, const hub::Keyring& keyring, const Opened& opened,
            const std::optional<std::vector<std::string>>& sent, const std::string& reason,
            Restored& restored) {
    const Engine engine(service::full_registry());
    const auto runner = hub::open_tenant(engine, keyring, folder);
    json::object payload{{"backup_at", to_rfc3339(opened.head.made_at)},
                         {"journal_seq", opened.head.journal.seq},
                         {"reason", said_at_the_command_line("restore", reason)}};
    if (sent) {
        json::array ids;
        for (const auto& id : *sent) ids.push_back(json::string(id));
        payload["sent"] = std::move(ids);
    }
    const auto answer = run_as_program(*runner, "store.note_restore", std::move(payload), system_actor());
    restored.blocks = integer_of(answer, "blocks");
    restored.sent = integer_of(answer, "sent");
    restored.held = !sent;
}

/// The key that wrapped the backup: this hub's own, or the one named. A hub that has none yet takes it over.
hub::Keyring key_of_backup(const std::string& data_dir, const RestoreOptions& options) {
    if (options.master_key_path.empty()) {
        if (!system::read_file(data_dir + "/master.key"))
            throw std::runtime_error(
                "there is no " + data_dir +
                "/master.key; name the one of the hub that wrote the backup (--master-key)");
        return hub::Keyring(data_dir);
    }
    auto key = hub::Keyring::from_file(options.master_key_path);
    if (!system::read_file(data_dir + "/master.key"))
        system::write_file(data_dir + "/master.key", *system::read_file(options.master_key_path), true);
    return key;
}

}  // namespace

BackupHead read_backup_head(const hub::Keyring& keyring, const std::string& path) {
    return open_backup(keyring, path).head;
}

Restored restore_backup(const std::string& data_dir, const std::string& path, const RestoreOptions& options) {
    const hub::DataLock lock(data_dir);
    const hub::StoreUse alone(data_dir, hub::StoreUse::Kind::replaces);
    auto opened = open_backup(key_of_backup(data_dir, options), path);
    const hub::Keyring keyring(data_dir);
    Restored restored;
    restored.tenant_id = text_of(opened.head.description, "id");
    const auto folder = data_dir + "/tenants/" + restored.tenant_id;
    const bool exists = fs::exists(folder);
    if (exists && !options.replace)
        throw std::runtime_error("the tenant " + restored.tenant_id +
                                 " is there already; add --replace to put it aside");
    const Scratch fresh{data_dir + "/restore." + restored.tenant_id};
    fs::remove_all(fresh.path);
    system::make_folder(fresh.path);
    {
        std::ofstream out(fresh.path + "/store.db", std::ios::binary);
        out << opened.store.rdbuf();
        out.flush();
        if (!out) throw std::runtime_error("the store cannot be written: is the disk full?");
    }
    sync_file(fresh.path + "/store.db", O_RDONLY);
    hub::wrap_keys(keyring, opened.keys, opened.head.description);
    system::write_file(fresh.path + "/tenant.json", json::serialize(opened.head.description) + "\n", true);
    restored.report = prove(fresh.path + "/store.db", opened, service::full_registry());
    const auto list =
        options.sent_path.empty() ? hub::sent_ledger_path(data_dir, restored.tenant_id) : options.sent_path;
    auto sent = hub::SentLedger::read(list);
    // In the old place nothing noted means nothing sent; in a new one it means that nobody knows, also when
    // the store is put back there once more.
    if (exists && !fs::exists(list)) sent.emplace();
    settle(fresh.path, keyring, opened, sent, options.reason, restored);
    const auto new_list = fresh.path + "/sent.log";
    if (fs::exists(list)) {
        fs::copy_file(list, new_list);
        sync_file(new_list, O_RDONLY);
    } else if (!sent)
        hub::SentLedger::begin_anew(new_list);
    if (exists) {
        system::make_folder(data_dir + "/replaced");
        restored.replaced =
            data_dir + "/replaced/" + restored.tenant_id + "." + std::to_string(system::now().ms);
        system::rename_folder(folder, restored.replaced);
    }
    system::make_folder(data_dir + "/tenants");
    system::rename_folder(fresh.path, folder);
    return restored;
}

}  // namespace wa::admin
