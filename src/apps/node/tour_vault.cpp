#include "apps/node/tour_vault.hpp"

#include <filesystem>

#include "adapters/log/log.hpp"
#include "adapters/sqlite/sqlite_store.hpp"
#include "adapters/system/system.hpp"
#include "apps/node/json_file.hpp"
#include "base/pin_key.hpp"
#include "kernel/data.hpp"
#include "kernel/identity.hpp"
#include "modules/tours/data.hpp"
#include "sync/node_store.hpp"

namespace wa::node {

namespace {

Key32 to_key(const Bytes& bytes) {
    Key32 key;
    if (bytes.size() == key.bytes.size()) std::copy(bytes.begin(), bytes.end(), key.bytes.begin());
    return key;
}

constexpr std::string_view seed_purpose = "wanderamt clerk of a tour", key_purpose = "wanderamt tour key";
/// How often the time is written down, and so what a clock turned back can win.
constexpr std::int64_t seen_step_ms = 60'000;

Bytes hex_of(const json::object& object, std::string_view name) {
    return from_hex(text_of(object, name)).value_or(Bytes());
}

TourInfo info_from(const json::object& object) {
    TourInfo info;
    info.tour_id = text_of(object, "tour_id");
    info.site = text_of(object, "site");
    info.device_id = text_of(object, "device_id");
    info.day = text_of(object, "day");
    info.expires_ms = integer_of(object, "expires_ms");
    info.expired = flag_of(object, "expired");
    info.journal_seq = integer_of(object, "journal_seq");
    info.kept = object_of(object, "kept");
    const auto tenant_key = hex_of(object, "tenant_key");
    if (tenant_key.size() == info.tenant_key.size())
        std::copy(tenant_key.begin(), tenant_key.end(), info.tenant_key.begin());
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
                              hex_of(key, "pin_recipe"), hex_of(key, "wrapped_seed"),
                              hex_of(key, "sealed_key")});
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

std::optional<Hash> auth_of(const json::object& key) {
    const auto bytes = hex_of(key, "pin_auth");
    if (bytes.size() != sizeof(Hash)) return std::nullopt;
    return to_hash(bytes);
}

}  // namespace

TourVault::TourVault(std::string data_dir, const Device& device)
    : data_dir_(std::move(data_dir)),
      folder_(data_dir_ + "/tour"),
      hold_(device.tpm.empty() ? hold_in_file(folder_ + "/outer.key", device.storage_key)
                               : hold_in_tpm(device.tpm)),
      tries_(data_dir_ + "/tries.json"),
      device_id_(device.id) {}

std::optional<TourInfo> TourVault::info() const {
    std::lock_guard lock(mutex_);
    if (read_) return info_;
    // tour.json is written last: without it a check-out was cut off and counts as none.
    const auto object = read_json(folder_ + "/tour.json");
    info_ = object.empty() ? std::nullopt : std::optional(info_from(object));
    read_ = true;
    return info_;
}

void TourVault::remember(std::optional<TourInfo> tour) const {
    std::lock_guard lock(mutex_);
    info_ = std::move(tour);
    read_ = true;
}

std::int64_t TourVault::time(std::int64_t now_ms) {
    std::lock_guard lock(mutex_);
    const auto path = folder_ + "/seen";
    if (seen_ms_ == 0) seen_ms_ = seen_written_ms_ = integer_of(read_json(path), "ms");
    seen_ms_ = std::max(seen_ms_, now_ms);
    if (info_ && seen_ms_ >= seen_written_ms_ + seen_step_ms) {
        seen_written_ms_ = seen_ms_;
        hold_->time_is(info_->kept, info_->expires_ms, seen_ms_);
        try {
            system::write_file(path, json::serialize(json::object{{"ms", seen_ms_}}));
        } catch (const std::exception& error) {
            // A full disk: until the next try the time is kept in memory alone.
            log::warn("the time is not noted", {{"why", error.what()}});
        }
    }
    return seen_ms_;
}

Result<TourVault::PinTry> TourVault::try_pin(const std::string& user_id, const Bytes& recipe,
                                             const std::string& pin, std::int64_t now_ms) {
    const auto key = key_from_pin(pin, recipe);
    if (!key) return fail(problems::store_damaged);
    WA_CHECK(tries_.count(user_id, now_ms));
    return PinTry{user_id, *key, pin_auth(*key)};
}

std::optional<Key32> TourVault::seed_of(const PinTry& tried, const Bytes& wrapped_seed) {
    const auto seed = unwrap_with_key(tried.key, wrapped_seed);
    if (!seed || seed->size() != 32) return std::nullopt;
    tries_.clear(tried.user_id);
    return to_key(*seed);
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
        sync::write_working_row(*tx, registry, text_of(object, "table"), row);
    }
    tx->execute(sql::kernel::set_setting,
                {{"key", "koffer.contact_ms"}, {"value", std::to_string(system::now().ms)}});
    sync::set_hub_point(*tx, {integer_of(package, "journal_seq"), to_hash(hex_of(package, "journal_hash"))});
    sync::set_tour_proof(*tx, to_hash(hex_of(package, "tour_proof")));
    tx->commit();
    auto open = package;
    open.erase("rows");
    open.erase("tour_proof");
    open["device_id"] = device_id_;
    const auto now_ms = system::now().ms;
    seal_keys(open, clerk, now_ms);
    system::write_file(folder_ + "/tour.json", json::serialize(open), true);
    remember(info_from(open));
    std::lock_guard lock(mutex_);
    seen_ms_ = seen_written_ms_ = now_ms;
}

/// Everything that a PIN opens lies under the outer key as well: PIN and machine are both needed, and when
/// the outer key goes, nothing opens.
void TourVault::seal_keys(json::object& open, const OpenedClerk& clerk, std::int64_t now_ms) {
    const auto outer = system::random_key();
    std::vector<KeyHold::Member> members;
    for (auto& entry : open["keys"].as_array()) {
        auto& key = entry.as_object();
        const auto user_id = text_of(key, "user_id");
        auto auth = auth_of(key);
        if (!auth && user_id == clerk.member.user_id) auth = clerk.pin_auth;
        members.push_back({user_id, auth});
        key.erase("pin_auth");
        const auto wrapped = hex_of(key, "wrapped_seed"), sealed = hex_of(key, "sealed_key");
        key["pin_recipe"] = to_hex(std::span(wrapped).first(std::min(wrapped.size(), pin_recipe_bytes)));
        key["wrapped_seed"] = to_hex(encrypt(outer, wrapped, seed_purpose, system::random_bytes<24>()));
        key["sealed_key"] = to_hex(encrypt(outer, sealed, key_purpose, system::random_bytes<24>()));
    }
    open["kept"] = hold_->keep(outer, members, integer_of(open, "expires_ms"), now_ms);
}

std::shared_ptr<Spool> TourVault::open_spool(const TourInfo& tour) const {
    return std::make_shared<Spool>(folder_,
                                   SpoolOwner{tour.tenant.id, tour.device_id, tour.tour_id, tour.tenant_key});
}

std::shared_ptr<Store> TourVault::open_store(const Key32& tour_key) const {
    SqliteOptions options;
    options.path = folder_ + "/store.db";
    options.key = Bytes(tour_key.bytes.begin(), tour_key.bytes.end());
    options.now_ms = [] { return system::now().ms; };
    options.checkpoints_beside = true;
    return open_sqlite_store(std::move(options));
}

Result<OpenedClerk> TourVault::open(const TourInfo& tour, const std::string& user_id, const std::string& pin,
                                    std::int64_t now_ms) {
    if (tour.expired || time(now_ms) > tour.expires_ms) return fail(problems::tour_expired);
    for (const auto& member : tour.staff) {
        if (member.user_id != user_id && member.login != user_id) continue;
        WA_CHECK(tries_.count(member.user_id, now_ms));
        const auto key = key_from_pin(pin, member.pin_recipe);
        if (!key) return fail(problems::store_damaged);
        const auto auth = pin_auth(*key);
        auto outer = hold_->give(tour.kept, member.user_id, auth);
        if (!outer && outer.error().is(problems::sign_in_failed))
            return fail(tries_.wrong_pin(member.user_id));
        if (!outer) {
            // Whatever it was, nobody has judged the PIN.
            tries_.give_back(member.user_id);
            return fail(outer.error());
        }
        const auto wrapped = decrypt(*outer, member.wrapped_seed, seed_purpose);
        const auto seed = wrapped ? unwrap_with_key(*key, *wrapped) : std::nullopt;
        if (wrapped && (!seed || seed->size() != 32)) return fail(tries_.wrong_pin(member.user_id));
        const auto sealed = decrypt(*outer, member.sealed_key, key_purpose);
        const auto tour_key =
            seed && sealed ? open_sealed(SealKeys::from_seed(to_key(*seed)), *sealed) : std::nullopt;
        // The PIN was right: a key that does not open was changed.
        if (!tour_key || tour_key->size() != 32) return fail(problems::store_damaged);
        tries_.clear(member.user_id);
        return OpenedClerk{member, SignKeys::from_seed(to_key(*seed)), to_key(*tour_key), auth};
    }
    return fail(problems::sign_in_failed, {{"tries_left", sign_in_tries_max}});
}

void TourVault::remove_store() const {
    for (const auto& name : system::list_folder(folder_))
        if (name.starts_with("store.db")) system::remove_file(folder_ + "/" + name);
}

bool TourVault::expire() {
    const auto tour = info();
    if (!tour || tour->expired) return true;
    // Keys first: if the power goes now, what is left of the store opens to nobody, and this is done again.
    if (!hold_->destroy()) return false;
    remove_store();
    const auto path = folder_ + "/tour.json", old = folder_ + "/tour.old";
    auto left = read_json(path);
    for (const auto* name : {"keys", "streets", "kept"}) left.erase(name);
    left["expired"] = true;
    // The new description takes the place of the old one before that is overwritten: what is sealed must be
    // found whenever the power goes.
    std::error_code ignored;
    std::filesystem::create_hard_link(path, old, ignored);
    system::write_file(path, json::serialize(left), true);
    system::destroy_file(old);
    remember(info_from(left));
    return true;
}

void TourVault::destroy() {
    // Keys first, as above. A TPM that does not answer now is asked again before the next tour.
    if (!hold_->destroy()) log::error("the tour's key is not destroyed", {});
    remove_store();
    if (const auto tour = info()) {
        auto list = read_json(data_dir_ + "/wiped.json");
        list[tour->tour_id] = true;
        system::write_file(data_dir_ + "/wiped.json", json::serialize(list), true);
    }
    system::destroy_file(folder_ + "/tour.json");
    for (const auto& name : system::list_folder(folder_)) system::remove_file(folder_ + "/" + name);
    std::error_code ignored;
    std::filesystem::remove(folder_, ignored);
    remember(std::nullopt);
    std::lock_guard lock(mutex_);
    seen_ms_ = seen_written_ms_ = 0;
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
