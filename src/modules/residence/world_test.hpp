// A hub or a Koffer in memory with the real kernel and this module, for tests.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "adapters/sqlite/sqlite_store.hpp"
#include "kernel/engine.hpp"
#include "kernel/identity.hpp"
#include "kernel/kernel.hpp"
#include "modules/residence/module.hpp"
#include "modules/residence/streets.hpp"

namespace wa {

inline const Registry& test_registry() {
    static const Registry* made = [] {
        auto* registry = new Registry;
        install_kernel(*registry);
        install_residence(*registry);
        registry->seal();
        set_registry(*registry);
        return registry;
    }();
    return *made;
}

/// Birthday of the test world: Thursday, 5 November 2026, 9:00 in Berlin.
inline Timestamp test_now() {
    return *parse_timestamp("2026-11-05T08:00:00Z");
}

class TestWorld {
  public:
    explicit TestWorld(Side side = Side::hub)
        : engine_(test_registry()), store_(open_sqlite_store({.path = ":memory:"})) {
        store_->migrate(test_registry().schema());
        scope_.tenant.id = "9-99001";
        scope_.tenant.ags = "99001001";
        scope_.tenant.name = "Stadt Testhausen";
        scope_.tenant.land = "NI";
        scope_.tenant.functions = {"registration"};
        scope_.tenant.sender = {{"authority", "Stadt Testhausen"},
                                {"office", "Bürgerbüro"},
                                {"street", "Marktplatz 1"},
                                {"place", "99101 Testhausen"},
                                {"phone", ""}};
        scope_.side = side;
        scope_.reference = Reference::load("NI", {});
        clerk = {"00000000000000000000000C1K", "Erika Amt", permissions_of({"clerk"})};
        lead = {"00000000000000000000000KAD", "Lotte Leitung", permissions_of({"team_lead"})};
        if (side == Side::hub) prepare();
    }

    CommandRequest request(const std::string& name, json::object payload, const Actor& actor) {
        CommandRequest out;
        out.id = next_id();
        out.name = name;
        const auto* spec = test_registry().command(name);
        out.version = spec ? spec->version : 1;
        out.payload = std::move(payload);
        out.actor = actor;
        out.origin.device = scope_.side == Side::hub ? "hub" : "koffer-1";
        out.origin.place = scope_.side == Side::hub ? "counter" : "koffer";
        out.at = at;
        return out;
    }

    CommandResult run(CommandRequest request) {
        auto tx = store_->begin_write();
        return run(*tx, std::move(request));
    }
    CommandResult run(Transaction& tx, CommandRequest request) {
        auto result = engine_.run(tx, scope_, std::move(request));
        tx.commit();
        return result;
    }
    CommandResult run(const std::string& name, json::object payload) {
        return run(request(name, std::move(payload), clerk));
    }
    /// Runs what has to work.
    json::object must(const std::string& name, json::object payload, const Actor& actor) {
        auto result = run(request(name, std::move(payload), actor));
        EXPECT_EQ(result.outcome, Outcome::done)
            << name << ": " << result.problem.code << " " << json::serialize(result.problem.details);
        return result.answer;
    }
    json::object must(const std::string& name, json::object payload) {
        return must(name, std::move(payload), clerk);
    }

    Result<json::object> ask(const std::string& name, json::object params, const Actor& actor,
                             const std::string& reason = "Test") {
        auto tx = store_->begin_write();
        auto answer = engine_.ask(*tx, scope_, {name, std::move(params), reason, actor, {}, at});
        tx->commit();
        return answer;
    }
    Result<json::object> ask(const std::string& name, json::object params) {
        return ask(name, std::move(params), clerk);
    }

    std::string import_person(json::object person) {
        auto id = next_id();
        person["id"] = id;
        if (!person.contains("birth_date")) person["birth_date"] = "1962-04-03";
        must("residence.import", {{"persons", json::array{std::move(person)}}}, system_actor());
        return id;
    }

    /// The municipality gives a street another name; then comes the night, and the program starts anew.
    void rename_street(const char* key, const char* name, const char* from) {
        auto renamed = street(key, name, 1, 99);
        renamed["valid_from"] = from;
        must("residence.set_streets", {{"streets", json::array{std::move(renamed)}}}, system_actor());
        read_streets();
        must("residence.rename_dwellings", {}, system_actor());
    }

    void read_streets() {
        auto tx = store_->begin_read();
        scope_.reference = Reference::load("NI", load_streets(*tx, scope_.tenant.ags));
    }
    static json::object street(const char* key, const char* name, int from, int to) {
        return {{"key", key},
                {"name", name},
                {"postcode", "99101"},
                {"city", "Testhausen"},
                {"ranges", json::array{json::object{{"from", from}, {"to", to}}}},
                {"valid_from", "2000-01-01"}};
    }

    Rows rows(std::string_view sql, const Params& params = {}) {
        auto tx = store_->begin_read();
        return tx->query({"test", sql}, params);
    }
    /// The first column of the first row as text; "" when there is none.
    std::string value(std::string_view sql, const Params& params = {}) {
        const auto all = rows(sql, params);
        if (all.empty()) return "";
        const auto& first = all.front().values().front();
        if (const auto* number = std::get_if<std::int64_t>(&first)) return std::to_string(*number);
        const auto* text = std::get_if<std::string>(&first);
        return text ? *text : "";
    }

    std::string next_id() {
        std::array<std::uint8_t, 10> random{};
        random[9] = std::uint8_t(++counter_);
        random[8] = std::uint8_t(counter_ >> 8);
        return make_id(at.ms + counter_, random).text();
    }

    Result<Letter> letter(const std::string& name, const std::string& case_id) {
        auto tx = store_->begin_read();
        const Origin origin;
        QueryContext context{scope_.tenant,     clerk, origin, scope_.side, at, local_date(at),
                             *scope_.reference, *tx,   {},     "Test"};
        return test_registry().letter(name)->builder(context, case_id);
    }

    Store& store() { return *store_; }
    TenantScope& scope() { return scope_; }

    Actor clerk, lead;
    Timestamp at = test_now();

  private:
    void prepare() {
        for (const auto* kind : {"case", "receipt"})
            must("numbers.lease",
                 {{"kind", kind}, {"holder", "hub"}, {"series", kind[0] == 'c' ? "S" : "E"}, {"count", 1000}},
                 system_actor());
        must("residence.set_streets",
             {{"streets",
               json::array{street("00101", "Lindenweg", 1, 40), street("00102", "Marktplatz", 1, 20),
                           street("00103", "Müllerstraße", 1, 99), street("00104", "Am Alten Markt", 1, 30),
                           street("00105", "Lindenplatz", 1, 20)}}},
             system_actor());
        read_streets();
    }

    Engine engine_;
    std::unique_ptr<Store> store_;
    TenantScope scope_;
    int counter_ = 0;
};

/// A dwelling block in the test municipality; the street by its key, by its name only without one.
inline json::object test_dwelling(const char* key, const char* street, int number) {
    const bool keyless = key[0] == '\0';
    return {{"ags", "99001001"},
            {"postcode", "99101"},
            {"city", "Testhausen"},
            {keyless ? "street" : "street_key", keyless ? street : key},
            {"house_no", number}};
}

/// An item of `persons` with an identity card.
inline json::object test_mover(const char* role, const char* given, const char* born,
                               const char* family = "Müller-Lüdenscheidt") {
    json::object item{{"family_role", role},
                      {"person", json::object{{"family_name", family},
                                              {"given_names", given},
                                              {"birth_date", born},
                                              {"birth_place", "Musterstedt"},
                                              {"sex", "w"},
                                              {"nationalities", json::array{"000"}},
                                              {"religion", "ev"},
                                              {"marital_status", "LD"}}}};
    item["id_documents"] = json::array{json::object{{"doc_type", "PA"},
                                                    {"serial", "L01X00T47"},
                                                    {"issuing_authority", "Stadt Musterstedt"},
                                                    {"issue_date", "2022-05-01"},
                                                    {"valid_until", "2032-04-30"},
                                                    {"seen_original", true}}};
    return item;
}

/// A child of the head, without papers; custody is the head's alone.
inline json::object test_child(const char* given, const char* born) {
    auto item = test_mover("child", given, born);
    item.erase("id_documents");
    item["custody"] = json::object{{"custodians", "one"}, {"here", json::array{"head"}}};
    return item;
}

/// A complete form of one adult from another municipality.
inline json::object test_form() {
    auto head = test_mover("head", "Anna Maria", "1962-04-03");
    head["person"].as_object()["rufname_index"] = 2;
    return {{"exemption", "none"},
            {"persons", json::array{std::move(head)}},
            {"new_dwelling", test_dwelling("00101", "Lindenweg", 5)},
            {"dwelling_kind", "ordinary"},
            {"moved_in", "2026-10-26"},
            {"previous_kind", "germany"},
            {"previous_dwelling", json::object{{"ags", "99001002"},
                                               {"postcode", "99102"},
                                               {"city", "Musterstedt"},
                                               {"street", "Alte Gasse"},
                                               {"house_no", 3}}},
            {"previous_kept", false},
            {"other_dwellings_asked", true},
            {"lessor", json::object{{"lessor_form", "missing"}, {"missing_notice_given", true}}},
            {"signer", "person"},
            {"delivery", "hand"},
            {"privacy_notice_given", true}};
}

inline json::object& mover_of(json::object& form, std::size_t index = 0) {
    return form["persons"].as_array()[index].as_object();
}
inline json::object& person_of(json::object& form, std::size_t index = 0) {
    return mover_of(form, index)["person"].as_object();
}
inline json::object& document_of(json::object& form, std::size_t index = 0) {
    return mover_of(form, index)["id_documents"].as_array()[0].as_object();
}

/// Adds a person; the head then signs for all.
inline json::object& add_mover(json::object& form, json::object item) {
    auto& persons = form["persons"].as_array();
    persons.push_back(std::move(item));
    for (std::size_t i = 0; i < persons.size(); ++i) mover_of(form, i)["signs"] = i == 0;
    form["family_assurance"] = true;
    form["instructed_at"] = "2026-11-05T08:00:00Z";
    return mover_of(form, persons.size() - 1);
}

/// A married couple with a daughter of seven years.
inline json::object test_family() {
    auto form = test_form();
    add_mover(form, test_mover("spouse", "Otto", "1960-02-01"));
    for (std::size_t i = 0; i < 2; ++i) {
        person_of(form, i)["marital_status"] = "VH";
        person_of(form, i)["marital_status_since"] = "1990-05-12";
    }
    document_of(form, 1)["serial"] = "LZ6311T47";
    auto& child = add_mover(form, test_child("Lena", "2019-03-01"));
    child["custody"] = json::object{{"custodians", "joint"}, {"here", json::array{"head", "spouse"}}};
    return form;
}

/// The previous dwelling is kept; so many nights in the new one and in that.
inline void keep_previous(json::object& form, int nights_new, int nights_previous) {
    form["previous_kept"] = true;
    form["new_use"] = json::object{{"nights_per_month", nights_new}};
    form["previous_use"] = json::object{{"nights_per_month", nights_previous}};
}

/// Who signs a form: the mover who signs for all, or the only one.
inline std::string signer_of(const json::object& form) {
    const auto& persons = array_of(form, "persons");
    const auto* item = &persons.front().as_object();
    for (const auto& one : persons)
        if (flag_of(one.as_object(), "signs")) item = &one.as_object();
    const auto& person = object_of(*item, "person");
    return text_of(person, "given_names") + " " + text_of(person, "family_name");
}

/// Submits, signs and prechecks an open case with this form.
inline void sign_and_check(TestWorld& world, const std::string& id, json::object form, const Actor& by) {
    const auto signer = signer_of(form);
    const auto hash =
        text_of(world.must("case.submit", {{"case_id", id}, {"form", std::move(form)}}, by), "form_hash");
    world.must("case.sign",
               {{"case_id", id},
                {"form_hash", hash},
                {"signer", signer},
                {"method", "pad"},
                {"signature", std::string(64, '5')}},
               by);
    world.must("case.precheck", {{"case_id", id}}, by);
}

/// Opens, submits, signs and prechecks a case with this form; its id.
inline std::string prepared_case(TestWorld& world, json::object form, const Actor* actor = nullptr) {
    const Actor by = actor ? *actor : world.clerk;
    const auto opened = world.must(
        "case.open",
        {{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "Anmeldung"}}, by);
    const auto id = text_of(opened, "case_id");
    sign_and_check(world, id, std::move(form), by);
    return id;
}

}  // namespace wa
