#include "office.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>
#include <set>
#include <stdexcept>

#include "adapters/sqlite/sqlite_store.hpp"
#include "apps/hub/koffer_desk.hpp"
#include "apps/service/wiring.hpp"
#include "apps/testland/staff.hpp"
#include "apps/testland/testland.hpp"
#include "base/assert.hpp"
#include "kernel/arrivals.hpp"
#include "kernel/data.hpp"
#include "kernel/documents.hpp"
#include "kernel/identity.hpp"
#include "kernel/records.hpp"
#include "modules/residence/streets.hpp"

namespace wa::worlds {

namespace {

/// In memory where there is such a folder: nothing here needs a disk.
std::filesystem::path fast_folder() {
    const std::filesystem::path memory("/dev/shm");
    return std::filesystem::is_directory(memory) ? memory : std::filesystem::temp_directory_path();
}

class SqliteStores : public Stores {
  public:
    SqliteStores() : folder_(fast_folder() / fmt::format("wa_worlds_{}", ::getpid())) {
        std::filesystem::create_directories(folder_);
    }
    ~SqliteStores() override { std::filesystem::remove_all(folder_); }

    std::unique_ptr<Store> create(const std::string& name) override {
        drop(name);
        auto store = reopen(name);
        store->migrate(service::full_registry().schema());
        return store;
    }
    std::unique_ptr<Store> reopen(const std::string& name) override {
        SqliteOptions options;
        options.path = path(name);
        options.synchronous_full = false;
        return open_sqlite_store(std::move(options));
    }
    std::unique_ptr<Store> copy(const std::string& from, const std::string& name) override {
        drop(name);
        std::filesystem::copy_file(path(from), path(name));
        return reopen(name);
    }
    void drop(const std::string& name) override {
        for (const auto* end : {"", "-wal", "-shm"}) std::filesystem::remove(path(name) + end);
    }

  private:
    std::string path(const std::string& name) const { return (folder_ / (name + ".db")).string(); }
    std::filesystem::path folder_;
};

/// When the offices were set up: before every scenario's day.
Timestamp first_day() {
    return *parse_timestamp("2025-01-02T07:00:00Z");
}

Key32 seed_of(const std::string& text) {
    return Key32(sha256(text));
}

std::string device_id(int municipality, int number) {
    return id_of(fmt::format("device {} {}", municipality, number), first_day());
}

TenantScope scope_of(int municipality) {
    const auto& place = testland::municipality(municipality);
    TenantScope scope;
    scope.tenant.id = scope.tenant.ags = place.ags;
    scope.tenant.name = place.sender.at("authority").as_string().c_str();
    scope.tenant.land = place.land;
    scope.tenant.functions = {"registration", "id_documents"};
    scope.tenant.sender = place.sender;
    scope.side = Side::hub;
    scope.digest_key = seed_of("digests of " + place.ags);
    return scope;
}

/// The journal, what was done before, and what a line keeps to find its place in it.
bool of_the_journal(std::string_view table) {
    static const std::set<std::string, std::less<>> names{"journal",      "journal_row", "journal_subject",
                                                          "command_done", "setting",     "device_chain"};
    return names.count(table) > 0;
}

std::string template_name(int municipality) {
    return fmt::format("template_{}", municipality);
}

}  // namespace

std::unique_ptr<Stores> sqlite_stores() {
    return std::make_unique<SqliteStores>();
}

std::string id_of(const std::string& text, Timestamp at) {
    const auto random = sha256(text);
    return make_id(at.ms, std::span<const std::uint8_t, 10>(random.data(), 10)).text();
}

/// Makes the store all offices of a municipality begin with.
class OfficeTemplate {
  public:
    OfficeTemplate(Stores& stores, int municipality)
        : engine_(service::full_registry()), scope_(scope_of(municipality)), municipality_(municipality) {
        scope_.reference = Reference::load(scope_.tenant.land, {});
        store_ = stores.create(template_name(municipality));
        tx_ = store_->begin_write();
        fill();
        tx_->commit();
    }

  private:
    void fill() {
        for (const auto* kind : {"case", "receipt"})
            run("numbers.lease", {{"kind", kind}, {"holder", "hub"}, {"series", "Z"}, {"count", 100000}});
        run("residence.set_streets", {{"streets", testland::streets(municipality_)}});
        for (auto& batch : testland::person_batches(municipality_, 1))
            run("residence.import", {{"persons", std::move(batch)}});
        for (auto& site : testland::sites(municipality_)) run("site.add", std::move(site.as_object()));
        for (const auto& colleague : testland::staff(municipality_)) add(colleague);
        for (int number : {1, 2}) add_koffer(number);
    }

    void add(const testland::Colleague& colleague) {
        const auto made = run("user.create", {{"login", colleague.login},
                                              {"name", colleague.name},
                                              {"roles", json::array{json::string(colleague.role)}}});
        if (colleague.pin.empty()) return;
        auto self = system_actor();
        self.user_id = text_of(made, "user_id");
        run("user.set_pin",
            {{"sign_key", to_hex(SignKeys::from_seed(seed_of(colleague.name)).public_key)},
             {"seal_key", to_hex(SealKeys::from_seed(seed_of(colleague.name)).public_key)},
             {"wrapped_seed", "00"}},
            self);
    }

    void add_koffer(int number) {
        const auto made = run("device.prepare", {{"name", fmt::format("Koffer {}", number)},
                                                 {"code_hash", to_hex(sha256("code"))},
                                                 {"code_expires", to_rfc3339(first_day())}});
        const auto keys = SignKeys::from_seed(seed_of(device_id(municipality_, number)));
        run("device.enrol", {{"device_id", text_of(made, "device_id")},
                             {"certificate", "AAAA"},
                             {"certificate_until", "2099-12-31T00:00:00Z"},
                             {"fingerprint", to_hex(sha256(std::to_string(number)))},
                             {"sign_key", to_hex(keys.public_key)}});
    }

    json::object run(const char* name, json::object payload) {
        return run(name, std::move(payload), system_actor());
    }
    json::object run(const char* name, json::object payload, const Actor& actor) {
        CommandRequest request;
        request.at = first_day();
        request.id = id_of(fmt::format("set up {} {}", municipality_, ++count_), request.at);
        request.name = name;
        request.payload = std::move(payload);
        request.actor = actor;
        request.origin = {"system", "hub", "Zentrale", ""};
        auto result = engine_.run(*tx_, scope_, std::move(request));
        if (result.outcome != Outcome::done)
            throw std::runtime_error(fmt::format("{} was refused: {} {}", name, result.problem.code,
                                                 json::serialize(result.problem.details)));
        return std::move(result.answer);
    }

    Engine engine_;
    TenantScope scope_;
    int municipality_, count_ = 0;
    std::unique_ptr<Store> store_;
    std::unique_ptr<Transaction> tx_;
};

Office::Office(Stores& stores, std::string name, int municipality, const std::string& land)
    : stores_(stores),
      name_(std::move(name)),
      engine_(service::full_registry()),
      scope_(scope_of(municipality)) {
    static std::set<std::pair<Stores*, int>> made;
    if (made.count({&stores, municipality}) == 0) OfficeTemplate(stores, municipality);
    made.insert({&stores, municipality});
    store_ = stores_.copy(template_name(municipality), name_);
    if (!land.empty()) scope_.tenant.land = land;
    static std::map<std::pair<int, std::string>, std::shared_ptr<const Reference>> references;
    auto& reference = references[{municipality, scope_.tenant.land}];
    if (!reference)
        reference = read([&](Transaction& tx) {
            return Reference::load(scope_.tenant.land, load_streets(tx, scope_.tenant.ags));
        });
    scope_.reference = reference;
}

Office::~Office() {
    store_.reset();
    stores_.drop(name_);
}

void Office::reopen() {
    store_.reset();
    store_ = stores_.reopen(name_);
}

Actor Office::actor(const std::string& name) const {
    if (name.empty()) return system_actor();
    const auto found = rows("SELECT * FROM user_account WHERE name = $name", {{"name", name}});
    if (found.size() != 1) throw std::runtime_error("»" + name + "« arbeitet nicht in dieser Behörde");
    return actor_of(found.front());
}

std::string Office::device(int number) const {
    return rows("SELECT id FROM device WHERE name = $name", {{"name", fmt::format("Koffer {}", number)}})
        .at(0)
        .text("id");
}

SignKeys Office::device_keys(int number) const {
    return SignKeys::from_seed(
        seed_of(device_id(scope_.tenant.ags == testland::municipality(0).ags ? 0 : 1, number)));
}

SignKeys Office::clerk_keys(const std::string& name) const {
    return SignKeys::from_seed(seed_of(name));
}

CommandResult Office::run(const Act& act) {
    CommandRequest request;
    request.id = act.id;
    request.name = act.command;
    const auto* spec = engine_.registry().command(act.command);
    request.version = spec ? spec->version : 1;
    request.payload = act.payload;
    request.actor = actor(act.clerk);
    request.origin = {act.clerk.empty() ? "system" : "counter", "hub", "Zentrale", ""};
    request.at = act.at;
    const auto tx = store_->begin_write();
    if (!act.document.empty()) WA_ASSERT(put_document(*tx, act.document));
    const auto choice = text_of(request.payload, "choice"), command = text_of(request.payload, "command_id");
    auto result = engine_.run(*tx, scope_, request);
    // As the hub's wiring does it: running the stored work again needs the engine.
    if (act.command == "quarantine.settle" && result.outcome == Outcome::done &&
        !settle_quarantine(*tx, engine_, scope_, hub::clerk_lookup(), command, settlement_of(choice),
                           request.actor, text_of(request.payload, "reason"), act.at))
        throw std::runtime_error("the quarantine could not be settled");
    tx->commit();
    return result;
}

Result<json::object> Office::ask(const std::string& query, json::object params, const std::string& clerk,
                                 Timestamp at) {
    const auto tx = store_->begin_write();
    auto answer = engine_.ask(
        *tx, scope_,
        {query, std::move(params), "Szenario", actor(clerk), {"counter", "hub", "Zentrale", ""}, at});
    tx->commit();
    return answer;
}

Rows Office::rows(std::string_view sql, const Params& params) const {
    return read([&](Transaction& tx) { return tx.query(Statement{"worlds", sql}, params); });
}

Result<Letter> Office::letter(const std::string& name, const std::string& case_id, Timestamp at) const {
    const auto* spec = engine_.registry().letter(name);
    if (!spec) return fail(problems::not_found);
    const auto by = system_actor();
    const Origin origin;
    return read([&](Transaction& tx) {
        QueryContext context{scope_.tenant,     by, origin, scope_.side, at, local_date(at),
                             *scope_.reference, tx, {},     "Szenario"};
        return spec->builder(context, case_id);
    });
}

namespace {

/// Of all values in their order. Not meant against somebody who wants two rows to look alike.
std::size_t sum_of(const Row& row) {
    std::size_t sum = 0;
    for (const auto& value : row.values()) {
        const auto of_value = std::visit(
            [](const auto& one) -> std::size_t {
                using One = std::decay_t<decltype(one)>;
                if constexpr (std::is_same_v<One, std::monostate>)
                    return 1;
                else if constexpr (std::is_same_v<One, std::int64_t>)
                    return std::hash<std::int64_t>{}(one) + 2;
                else
                    return std::hash<std::string_view>{}(
                        {reinterpret_cast<const char*>(one.data()), one.size()});
            },
            value);
        sum = (sum ^ of_value) * 0x9e3779b97f4a7c15u;
    }
    return sum;
}

}  // namespace

StateDigest digest_of(Store& store, bool with_journal) {
    const auto tables = store.tables();
    const auto tx = store.begin_read();
    StateDigest digests;
    for (const auto& table : tables) {
        if (!with_journal && of_the_journal(table)) continue;
        // Added up, since only SQLite has an order without being asked for one.
        auto& [rows, sum] = digests[table];
        for (const auto& row : tx->query(Statement{"worlds", "SELECT * FROM " + table})) {
            ++rows;
            sum += sum_of(row);
        }
    }
    return digests;
}

json::object must(Office& office, Act act) {
    auto result = office.run(act);
    if (result.outcome != Outcome::done)
        throw std::runtime_error(fmt::format("{}: {} {}", act.command, result.problem.code,
                                             json::serialize(result.problem.details)));
    return std::move(result.answer);
}

}  // namespace wa::worlds
