#include "authority.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/sqlite/sqlite_store.hpp"
#include "apps/testland/testland.hpp"
#include "base/assert.hpp"
#include "clerk.hpp"
#include "kernel/cases.hpp"
#include "kernel/data.hpp"
#include "kernel/identity.hpp"
#include "kernel/kernel.hpp"
#include "modules/exports/module.hpp"
#include "modules/residence/module.hpp"
#include "modules/residence/streets.hpp"
#include "modules/tours/module.hpp"

namespace wa::sim {

namespace {

Key32 seed_of(const std::string& text) {
    return Key32(sha256(text));
}

const std::vector<SchemaStep>& tomorrow() {
    static const std::vector<SchemaStep> steps{
        {"sim/0001_tomorrow", "ALTER TABLE case_finding ADD COLUMN weight INTEGER"}};
    return steps;
}

Registry* make_registry(bool newer) {
    auto* made = new Registry;
    install_kernel(*made);
    install_residence(*made);
    install_tours(*made);
    install_exports(*made);
    if (newer) made->add_schema(tomorrow());
    made->seal();
    return made;
}

}  // namespace

SignKeys Clerk::keys(int pin) const {
    return SignKeys::from_seed(seed_of(fmt::format("{} {}", name, pin)));
}

SignKeys Clerk::keys_of(const Row& account) const {
    const auto public_key = account.bytes("sign_key");
    for (int pin = 0; pin < pins_of_a_clerk; ++pin)
        if (auto mine = keys(pin); Bytes(mine.public_key.begin(), mine.public_key.end()) == public_key)
            return mine;
    WA_ASSERT(false);
    return {};
}

namespace {

constexpr Timestamp day_before{day_zero - 86'400'000};

/// Fills an authority's store by commands.
class SetUp {
  public:
    SetUp(Authority& authority, Transaction& tx) : authority_(authority), tx_(tx) {}

    void fill() {
        for (const auto* kind : {"case", "receipt"})
            run("numbers.lease", {{"kind", kind}, {"holder", "hub"}, {"series", "Z"}, {"count", 100000}});
        auto streets = testland::streets(authority_.index);
        streets.erase(streets.begin() + 4, streets.end());
        run("residence.set_streets", {{"streets", std::move(streets)}});
        json::array persons;
        for (int number = 0; number < 4; ++number) {
            persons.push_back(person(authority_, number));
            authority_.persons.push_back(text_of(persons.back().as_object(), "id"));
        }
        run("residence.import", {{"persons", std::move(persons)}});
        authority_.site = text_of(run("site.add", {{"name", authority_.marker + " Heim"},
                                                   {"street", "Lindenweg 1"},
                                                   {"postcode", "99101"},
                                                   {"city", "Testhausen"}}),
                                  "site_id");
        add_clerk("Ada", "koffer_clerk", true);
        add_clerk("Bo", "koffer_clerk", true);
        add_clerk("Cleo", "team_lead", false);
        for (int number = 0; number < (authority_.index == 0 ? 2 : 1); ++number) add_device(number);
    }

    /// One authority may take everything along from the first day on; a day is short for all its steps.
    void release_export() {
        run("export.ask", {{"reason", "Wechsel des Verfahrens"}});
        const auto task =
            tx_.query(Statement{"sim", "SELECT id FROM task WHERE kind = 'tenant_export' AND state = 'open'"})
                .front()
                .text("id");
        run("task.close", {{"task_id", task}, {"result", "Probe"}}, authority_.clerks[2].actor);
    }

    /// Somebody whom every tour visits has just moved: the task to change their card goes along.
    void register_visited() {
        const auto& clerk = authority_.clerks[0].actor;
        const auto one = person(authority_, 0);
        auto form = filled_form(authority_, 0);
        auto& facts = form["persons"].as_array()[0].as_object()["person"].as_object();
        for (auto& fact : facts) fact.value() = one.at(fact.key());
        const auto id = text_of(run("case.open",
                                    {{"procedure", "residence.registration"},
                                     {"channel", "counter"},
                                     {"title", authority_.marker},
                                     {"person_id", text_of(one, "id")}},
                                    clerk),
                                "case_id");
        const auto hash = form_hash(form);
        run("case.submit", {{"case_id", id}, {"form", std::move(form)}}, clerk);
        Random random(1);
        const auto picture = scan(random, authority_);
        WA_ASSERT(put_document(tx_, picture));
        run("case.sign",
            {{"case_id", id},
             {"form_hash", hash},
             {"signer", text_of(one, "given_names") + " " + authority_.marker},
             {"method", "pad"},
             {"signature", to_hex(sha256(picture))}},
            clerk);
        run("case.precheck", {{"case_id", id}}, clerk);
        auto book = booking(tx_, authority_.hub, day_before, *read_row(tx_, "case_file", id));
        book["persons"] = json::array{json::object{{"index", 0}, {"person_id", text_of(one, "id")}}};
        run("residence.book", std::move(book), authority_.clerks[2].actor);
    }

  private:
    void add_clerk(const std::string& name, const char* role, bool has_pin) {
        Clerk clerk;
        clerk.name = name + " " + authority_.marker;
        const auto made =
            run("user.create", {{"login", fmt::format("{}.{}", char(std::tolower(name[0])), role)},
                                {"name", clerk.name},
                                {"roles", json::array{role}}});
        clerk.id = text_of(made, "user_id");
        if (has_pin) {
            auto self = system_actor();
            self.user_id = clerk.id;
            run("user.set_pin",
                {{"sign_key", to_hex(clerk.keys(0).public_key)},
                 {"seal_key", to_hex(SealKeys::from_seed(seed_of(clerk.name)).public_key)},
                 {"wrapped_seed", "00"}},
                self);
        }
        clerk.actor = actor_of(*read_row(tx_, "user_account", clerk.id));
        authority_.clerks.push_back(std::move(clerk));
    }

    void add_device(int number) {
        Device device;
        device.name = fmt::format("Koffer {}", 2 * authority_.index + number + 1);
        device.keys = SignKeys::from_seed(seed_of(device.name));
        const auto made = run("device.prepare", {{"name", device.name},
                                                 {"code_hash", to_hex(sha256("code"))},
                                                 {"code_expires", "2026-12-01T00:00:00Z"}});
        device.id = text_of(made, "device_id");
        run("device.enrol", {{"device_id", device.id},
                             {"certificate", "AAAA"},
                             {"certificate_until", "2099-12-31T00:00:00Z"},
                             {"fingerprint", to_hex(sha256(device.name))},
                             {"sign_key", to_hex(device.keys.public_key)}});
        authority_.devices.push_back(std::move(device));
    }

    json::object run(const char* name, json::object payload) {
        return run(name, std::move(payload), system_actor());
    }
    json::object run(const char* name, json::object payload, const Actor& actor) {
        CommandRequest request;
        request.at = day_before;
        request.id = id_from(fmt::format("set up {} {}", authority_.marker, ++count_), request.at.ms);
        request.name = name;
        request.payload = std::move(payload);
        request.actor = actor;
        request.origin = {"system", "hub", "Zentrale", ""};
        auto result = Engine(registry_of(false)).run(tx_, authority_.hub, std::move(request));
        if (result.outcome != Outcome::done) {
            fmt::print(stderr, "set-up: {} {} {}\n", name, result.problem.code,
                       json::serialize(result.problem.details));
            WA_ASSERT(!"the world can be set up");
        }
        return std::move(result.answer);
    }

    Authority& authority_;
    Transaction& tx_;
    int count_ = 0;
};

Bytes file_of(const std::shared_ptr<SimDisk>& disk) {
    return disk->read("store.db").value();
}

std::unique_ptr<Store> open(const std::shared_ptr<SimDisk>& disk) {
    SqliteOptions options;
    options.path = "store.db";
    options.disk = disk;
    return open_sqlite_store(std::move(options));
}

Authority make(int index) {
    Authority made;
    const auto& place = testland::municipality(index);
    made.index = index;
    made.marker = index == 0 ? "Lindmark" : "Birkholt";
    auto& scope = made.hub;
    scope.tenant.id = scope.tenant.ags = place.ags;
    scope.tenant.name = place.name;
    scope.tenant.land = place.land;
    scope.tenant.functions = {"registration"};
    scope.tenant.sender = place.sender;
    scope.side = Side::hub;
    scope.digest_key = seed_of("digests of " + place.ags);
    scope.reference = Reference::load(place.land, {});
    const auto disk = std::make_shared<SimDisk>();
    disk->put("store.db", empty_store());
    {
        const auto store = open(disk);
        const auto tx = store->begin_write();
        SetUp set_up(made, *tx);
        set_up.fill();
        scope.reference = Reference::load(place.land, load_streets(*tx, place.ags));
        set_up.register_visited();
        if (index == 0) set_up.release_export();
        tx->commit();
    }
    made.store = file_of(disk);
    made.node = scope;
    made.node.side = Side::node;
    made.node.digest_key = seed_of("node digests of " + place.ags);
    return made;
}

}  // namespace

json::object person(const Authority& authority, int number) {
    const auto& place = testland::municipality(authority.index);
    return {{"id", id_from(authority.marker + std::to_string(number), day_zero - 1000)},
            {"family_name", authority.marker},
            {"given_names", "Person " + word_of(std::uint64_t(number))},
            {"rufname_index", 1},
            {"birth_date", fmt::format("19{:02}-03-1{}", 40 + number % 8 * 7, number % 10)},
            {"birth_place", place.name},
            {"birth_country", "000"},
            {"sex", "w"},
            {"nationalities", json::array{"000"}},
            {"religion", "vd"},
            {"marital_status", "LD"},
            {"dwellings", json::array{json::object{{"ags", place.ags},
                                                   {"postcode", place.postcode},
                                                   {"city", place.name},
                                                   {"street_key", "00101"},
                                                   {"house_no", 1 + number % 20},
                                                   {"status", "E"},
                                                   {"moved_in", "2015-05-01"}}}}};
}

bool Authority::employs(const std::string& user_id) const {
    return user_id.empty() ||
           std::any_of(clerks.begin(), clerks.end(), [&](const auto& clerk) { return clerk.id == user_id; });
}

bool Authority::owns(const std::string& device_id) const {
    return device_id.empty() || device_id == "hub" ||
           std::any_of(devices.begin(), devices.end(),
                       [&](const auto& device) { return device.id == device_id; });
}

const Registry& registry_of(bool newer) {
    static const Registry* const today = [] {
        const auto* made = make_registry(false);
        set_registry(*made);
        return made;
    }();
    static const Registry* const later = make_registry(true);
    return newer ? *later : *today;
}

const Bytes& empty_store() {
    static const Bytes file = [] {
        const auto disk = std::make_shared<SimDisk>();
        open(disk)->migrate(registry_of(false).schema());
        return file_of(disk);
    }();
    return file;
}

const Authority& authority(int index) {
    static const Authority all[authorities]{make(0), make(1)};
    return all[index];
}

std::string id_from(const std::string& words, std::int64_t at_ms) {
    const auto random = sha256(words);
    return make_id(at_ms, std::span<const std::uint8_t, 10>(random.data(), 10)).text();
}

std::string word_of(std::uint64_t number) {
    std::string word(1, char('A' + number % 26));
    for (number /= 26; number > 0; number /= 26) word += char('a' + number % 26);
    return word;
}

}  // namespace wa::sim
