#include "apps/node/tour_vault.hpp"

#include <filesystem>

#include "adapters/sqlite/sqlite_store.hpp"
#include "adapters/system/system.hpp"
#include "kernel/data.hpp"
#include "kernel/identity.hpp"
#include "sync/node_store.hpp"

namespace wa::node {

namespace {

Key32 to_key(const Bytes& bytes) {
    Key32 key;
    if (bytes.size() == key.bytes.size()) std::copy(bytes.begin(), bytes.end(), key.bytes.begin());
    return key;
}

constexpr std::string_view sealed_purpose = "wanderamt tour key on this device";

json::object read_json(const std::string& path) {
    const auto text = system::read_file(path);
    const auto value = text ? parse_json(*text) : std::nullopt;
    return value && value->is_object() ? value->get_object() : json::object{};
}

TourInfo info_from(const json::object& object) {
    TourInfo info;
    info.tour_id = text_of(object, "tour_id");
    info.site = text_of(object, "site");
    info.day = text_of(object, "day");
    info.expires_ms = integer_of(object, "expires_ms");
    info.journal_seq = integer_of(object, "journal_seq");
    const auto& tenant = object_of(object, "tenant");
    info.tenant.id = text_of(tenant, "id");
    info.tenant.ags = text_of(tenant, "ags");
    info.tenant.name = text_of(tenant, "name");
    info.tenant.land = text_of(tenant, "land");
    info.tenant.accent = text_of(tenant, "accent", info.tenant.accent);
    info.tenant.sender = object_of(tenant, "sender");
    for (const auto& function : array_of(tenant, "functions"))
        info.tenant.functions.emplace(std::string_view(function.as_string()));
    for (const auto& entry : array_of(object, "keys")) {
        const auto& key = entry.as_object();
        info.staff.push_back({text_of(key, "user_id"), text_of(key, "name"), text_of(key, "login"),
                              from_hex(text_of(key, "wrapped_seed")).value_or(Bytes()),
                              from_hex(text_of(key, "sealed_key")).value_or(Bytes())});
    }
    for (const auto& entry : array_of(object, "streets")) {
        const auto& street = entry.as_object();
        CodeEntry code;
        code.code = text_of(street, "code");
        code.text = text_of(street, "text");
        code.extra = object_of(street, "extra");
        info.streets.push_back(std::move(code));
    }
    return info;
}

}  // namespace

TourVault::TourVault(std::string data_dir, const Device& device)
    : data_dir_(std::move(data_dir)), folder_(data_dir_ + "/tour"), device_(device) {}

std::optional<TourInfo> TourVault::info() const {
    // tour.json is written last: without it a check-out was cut off and counts as none.
    const auto object = read_json(folder_ + "/tour.json");
    if (object.empty()) return std::nullopt;
    return info_from(object);
}

Result<Key32> TourVault::prove_pin(const std::string& user_id, const Bytes& wrapped_seed,
                                   const std::string& pin, std::int64_t now_ms) {
    WA_CHECK(count_try(user_id, now_ms));
    const auto seed = unwrap_with_secret(pin, wrapped_seed);
    if (seed && seed->size() == 32) {
        clear_tries(user_id);
        return to_key(*seed);
    }
    const auto tries = integer_of(object_of(read_json(tries_path()), user_id), "tries");
    return fail(problems::sign_in_failed, {{"tries_left", tries == 0 ? 0 : sign_in_tries_max - tries}});
}

std::optional<Key32> TourVault::tour_key_from(const json::object& package, const std::string& user_id,
                                              const Key32& seed) {
    for (const auto& entry : array_of(package, "keys")) {
        if (text_of(entry.as_object(), "user_id") != user_id) continue;
        const auto sealed = from_hex(text_of(entry.as_object(), "sealed_key"));
        const auto key = sealed ? open_sealed(SealKeys::from_seed(seed), *sealed) : std::nullopt;
        if (key && key->size() == 32) return to_key(*key);
    }
    return std::nullopt;
}

void TourVault::load(const json::object& package, const OpenedClerk& clerk, const Registry& registry) {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
    system::make_folder(folder_);
    const auto store = open_store(clerk.tour_key);
    store->migrate(registry.schema());
    auto tx = store->begin_write();
    for (const auto& entry : array_of(package, "rows")) {
        const auto& object = entry.as_object();
        const auto row = object_of(object, "row");
        write_row_verbatim(*tx, text_of(object, "table"), row_from_json(row));
    }
    sync::set_changes_cursor(*tx, integer_of(package, "journal_seq"));
    tx->commit();
    auto open = package;
    open.erase("rows");
    // The sealed keys are bound to this device as well: PIN and machine are both needed.
    for (auto& entry : open["keys"].as_array()) {
        auto& key = entry.as_object();
        const auto sealed = from_hex(text_of(key, "sealed_key")).value_or(Bytes());
        key["sealed_key"] =
            to_hex(encrypt(device_.storage_key, sealed, sealed_purpose, system::random_bytes<24>()));
    }
    system::write_file(folder_ + "/tour.json", json::serialize(open), true);
}

std::shared_ptr<Store> TourVault::open_store(const Key32& tour_key) const {
    SqliteOptions options;
    options.path = folder_ + "/store.db";
    options.key = Bytes(tour_key.bytes.begin(), tour_key.bytes.end());
    options.now_ms = [] { return system::now().ms; };
    options.checkpoints_beside = true;
    return open_sqlite_store(std::move(options));
}

Result<void> TourVault::count_try(const std::string& user_id, std::int64_t now_ms) {
    const auto path = tries_path();
    auto all = read_json(path);
    auto mine = object_of(all, user_id);
    if (const auto until = integer_of(mine, "locked_until_ms"); until > now_ms)
        return fail(problems::account_locked, {{"minutes", (until - now_ms) / 60'000 + 1}});
    // Counted before the PIN is tried, so that pulling the plug does not give tries back.
    auto tries = integer_of(mine, "tries") + 1;
    std::int64_t locked_until = 0;
    if (tries >= sign_in_tries_max) {
        locked_until = now_ms + lock_minutes * 60'000;
        tries = 0;
    }
    all[user_id] = json::object{{"tries", tries}, {"locked_until_ms", locked_until}};
    system::write_file(path, json::serialize(all), true);
    return {};
}

void TourVault::clear_tries(const std::string& user_id) {
    const auto path = tries_path();
    auto all = read_json(path);
    all.erase(user_id);
    system::write_file(path, json::serialize(all), true);
}

Result<OpenedClerk> TourVault::open(const TourInfo& tour, const std::string& user_id, const std::string& pin,
                                    std::int64_t now_ms) {
    for (const auto& member : tour.staff) {
        if (member.user_id != user_id && member.login != user_id) continue;
        WA_TRY(seed, prove_pin(member.user_id, member.wrapped_seed, pin, now_ms));
        const auto sealed = decrypt(device_.storage_key, member.sealed_key, sealed_purpose);
        const auto key = sealed ? open_sealed(SealKeys::from_seed(seed), *sealed) : std::nullopt;
        // The PIN was right: a key that does not open belongs to another device or was changed.
        if (!key || key->size() != 32) return fail(problems::store_damaged);
        return OpenedClerk{member, SignKeys::from_seed(seed), to_key(*key)};
    }
    return fail(problems::sign_in_failed, {{"tries_left", sign_in_tries_max}});
}

void TourVault::destroy() {
    const auto tour = info();
    if (tour) {
        auto list = read_json(data_dir_ + "/wiped.json");
        list[tour->tour_id] = true;
        system::write_file(data_dir_ + "/wiped.json", json::serialize(list), true);
    }
    // Keys first: if the power goes now, what is left of the store opens to nobody.
    if (system::read_file(folder_ + "/tour.json"))
        system::write_file(folder_ + "/tour.json", std::string(4096, '\0'), true);
    system::remove_file(folder_ + "/tour.json");
    for (const auto& name : system::list_folder(folder_)) system::remove_file(folder_ + "/" + name);
    std::error_code ignored;
    std::filesystem::remove(folder_, ignored);
}

std::vector<std::string> TourVault::wiped_unreported() const {
    std::vector<std::string> tours;
    for (const auto& member : read_json(data_dir_ + "/wiped.json")) tours.emplace_back(member.key());
    return tours;
}

void TourVault::wiped_reported(const std::string& tour_id) {
    auto list = read_json(data_dir_ + "/wiped.json");
    list.erase(tour_id);
    if (list.empty())
        system::remove_file(data_dir_ + "/wiped.json");
    else
        system::write_file(data_dir_ + "/wiped.json", json::serialize(list), true);
}

}  // namespace wa::node
