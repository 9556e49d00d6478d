#include "clerk.hpp"

#include <fmt/format.h>

#include "apps/testland/testland.hpp"
#include "base/assert.hpp"
#include "kernel/cases.hpp"
#include "kernel/data.hpp"
#include "kernel/engine.hpp"

namespace wa::sim {

std::optional<Row> one_of(Transaction& tx, std::string_view text, Random& random) {
    const auto rows = tx.query(Statement{"sim.one_of", text});
    if (rows.empty()) return std::nullopt;
    return rows[std::size_t(random.between(0, std::int64_t(rows.size()) - 1))];
}

Bytes scan(Random& random, const Authority& home) {
    // Mostly small: what matters is the number of chunks, not of bytes.
    Bytes bytes(
        std::size_t(random.chance(700) ? random.between(100, 9'000) : random.between(50'000, 200'000)));
    for (std::size_t i = 0; i < bytes.size(); i += 8) {
        const auto word = random.next();
        for (std::size_t k = i; k < std::min(i + 8, bytes.size()); ++k)
            bytes[k] = std::uint8_t(word >> (8 * (k - i)));
    }
    std::copy(home.marker.begin(), home.marker.end(), bytes.begin());
    return bytes;
}

std::string secret_of(int number) {
    return word_of(7'000'000 + std::uint64_t(number));
}

json::object filled_form(const Authority& home, int number) {
    static const json::object made = parse_json(R"json({
      "exemption": "none",
      "persons": [{"family_role": "head",
        "person": {"family_name": "", "given_names": "Zoë", "rufname_index": 1, "birth_date": "1961-04-03",
                   "birth_place": "Łódź", "birth_country": "152", "sex": "w", "nationalities": ["000"], "religion": "vd",
                   "marital_status": "LD"},
        "id_documents": [{"doc_type": "PA", "serial": "LZ6311T47", "issuing_authority": "Stadt Musterstedt",
                          "valid_until": "2031-08-01", "seen_original": true}]}],
      "new_dwelling": {"country_foreign": "000", "ags": "", "postcode": "", "city": "",
                       "street_key": "00101", "house_no": 3},
      "dwelling_kind": "ordinary", "moved_in": "2026-07-01", "previous_kind": "none", "previous_none": "unknown",
      "other_dwellings_asked": true, "lessor": {"lessor_form": "self"}, "signer": "person", "delivery": "hand",
      "privacy_notice_given": true})json")
                                         .value()
                                         .as_object();
    const auto& place = testland::municipality(home.index);
    auto form = made;
    auto& person = form["persons"].as_array()[0].as_object()["person"].as_object();
    person["family_name"] = home.marker;
    person["given_names"] = "Zoë " + secret_of(number);
    auto& dwelling = form["new_dwelling"].as_object();
    dwelling["ags"] = place.ags;
    dwelling["postcode"] = place.postcode;
    dwelling["city"] = place.name;
    dwelling["house_no"] = 1 + number % 20;
    return form;
}

json::object open_case(const Authority& home, Random& random, int number, const std::string& channel) {
    json::object payload{{"procedure", "residence.registration"},
                         {"channel", channel},
                         {"title", fmt::format("{}, {}", home.marker, secret_of(number))}};
    if (random.chance(200)) payload["person_id"] = home.persons[std::size_t(random.between(0, 3))];
    return payload;
}

json::object correction(Transaction& tx, const Authority& home, Random& random, int number) {
    const auto id = home.persons[std::size_t(random.between(0, 1))];
    const auto* field = random.chance(500) ? "birth_place" : "given_names";
    const auto row = read_row(tx, "person", id);
    return {{"person_id", id},
            {"field", field},
            {"old_value", row ? row->text(field) : std::string()},
            {"new_value", "Neu " + word_of(std::uint64_t(number))},
            {"mode", random.chance(500) ? "correction" : "change"},
            {"source", "Reisepass"}};
}

/// Books with whatever reasons it takes: what matters here is that rows, tasks and messages appear.
json::object booking(Transaction& tx, const TenantScope& scope, Timestamp at, const Row& the_case) {
    json::array overrides;
    const auto form = parse_json(the_case.text("form"));
    const auto on = declared_on(the_case, local_date(at));
    CheckRun run{tx, Side::hub, *scope.reference, on, form->as_object(), nullptr};
    for (const auto& [code, finding] : run_checks(run, the_case.text("procedure")))
        if (finding.state == "blocking")
            overrides.push_back(json::object{{"finding", code}, {"reason", "Probe"}});
    json::object payload{{"case_id", the_case.text("id")}, {"overrides", std::move(overrides)}};
    return payload;
}

namespace {

Act attach(const std::string& id, const char* kind, const Authority& home, Random& random, int number) {
    auto bytes = scan(random, home);
    return {"case.attach",
            {{"case_id", id},
             {"kind", kind},
             {"hash", to_hex(sha256(bytes))},
             {"size", std::int64_t(bytes.size())},
             {"title", fmt::format("Seite {}", number)},
             {"media_type", "image/jpeg"},
             {"original_seen", true}},
            bytes};
}

Act sign(const Row& the_case, const Authority& home, Random& random) {
    const auto form = parse_json(the_case.text("form"));
    const auto& who = object_of(array_of(form->as_object(), "persons").front().as_object(), "person");
    Act act{"case.sign",
            {{"case_id", the_case.text("id")},
             {"form_hash", form_hash(form->as_object())},
             {"signer", text_of(who, "given_names") + " " + text_of(who, "family_name")},
             {"method", "paper"}},
            {}};
    if (random.chance(500)) {
        act.document = scan(random, home);
        act.payload["method"] = "pad";
        act.payload["signature"] = to_hex(sha256(act.document));
    }
    return act;
}

/// Half a form; of some the last address is known, where the prefilled form can be asked for.
json::object typed(const Authority& home, Random& random, int number) {
    json::object form{{"moved_in", "2026-07-01"}, {"note", secret_of(number)}};
    if (random.chance(400)) return form;
    const auto& there = testland::municipality(1 - home.index);
    form["persons"] = array_of(filled_form(home, number), "persons");
    form["previous_kind"] = "germany";
    form["previous_dwelling"] = json::object{{"ags", there.ags},
                                             {"postcode", there.postcode},
                                             {"city", there.name},
                                             {"street", "Alte Gasse"},
                                             {"house_no", 3}};
    return form;
}

bool asked_elsewhere(Transaction& tx, const std::string& case_id) {
    const auto rows = tx.query(sql::kernel::draft_of, {{"case_id", case_id}});
    const auto form = rows.empty() ? std::nullopt : parse_json(rows.front().text("form"));
    return form && text_of(form->get_object(), "previous_kind") == "germany";
}

Act hand_over(const std::string& id, const char* what = "privacy_notice") {
    return {"case.hand_over", {{"case_id", id}, {"what", what}, {"way", "paper"}}, {}};
}

}  // namespace

std::optional<Act> act_on_case(const Authority& home, const Row& the_case, Transaction& tx, Random& random,
                               int number) {
    const auto id = the_case.text("id"), status = the_case.text("status");
    const auto pick = random.between(0, 99);
    if (is_over(status)) {
        if (pick < 50) return hand_over(id);
        return std::nullopt;
    }
    if (pick < 6) return hand_over(id);
    if (pick < 8) return Act{"case.withdraw", {{"case_id", id}, {"reason", "Probe"}}, {}};
    const bool editable = status == case_status::draft || status == case_status::captured;
    if (editable) {
        if (pick < 25) return Act{"draft.save", {{"case_id", id}, {"form", typed(home, random, number)}}, {}};
        if (pick < 35 && asked_elsewhere(tx, id)) return Act{"residence.request_form", {{"case_id", id}}, {}};
        const auto form = parse_json(the_case.text("form"));
        const bool exempted =
            form && form->is_object() && text_of(form->get_object(), "exemption") == "newborn";
        if (exempted && pick < 70) return Act{"residence.end_not_needed", {{"case_id", id}}, {}};
        if (pick > 96)
            return Act{
                "case.submit", {{"case_id", id}, {"form", json::object{{"exemption", "newborn"}}}}, {}};
        if (pick < 40) return attach(id, "lessor_confirmation", home, random, number);
        if (pick < 45) {
            const auto documents = tx.query(sql::kernel::case_documents, {{"case_id", id}});
            if (!documents.empty())
                return Act{
                    "case.detach",
                    {{"case_id", id}, {"document_id", documents.front().text("id")}, {"reason", "Probe"}},
                    {}};
        }
        if (status == case_status::draft || the_case.is_null("submitted_at_ms") || pick < 50)
            return Act{"case.submit", {{"case_id", id}, {"form", filled_form(home, number)}}, {}};
        if (exempted) return Act{"case.submit", {{"case_id", id}, {"form", filled_form(home, number)}}, {}};
        return sign(the_case, home, random);
    }
    if (pick < 16) return Act{"case.reopen", {{"case_id", id}, {"reason", "Probe"}}, {}};
    if (pick < 30) return attach(id, "signed_sheet", home, random, number);
    if (pick < 40) return Act{"case.issue_receipt", {{"case_id", id}}, {}};
    if (pick < 55) return hand_over(id, "receipt");
    return Act{"case.precheck", {{"case_id", id}}, {}};
}

std::optional<Act> act_on_task(Transaction& tx, const TenantScope& scope, const Actor& actor,
                               Random& random) {
    const auto at = Timestamp{day_zero};
    const auto listed =
        Engine(registry_of(false)).ask(tx, scope, {"task.list", {{"state", "todo"}}, "", actor, {}, at});
    if (!listed) return std::nullopt;
    const auto choose = [&](const char* may) -> std::string {
        std::vector<std::string> ids;
        for (const auto& task : array_of(*listed, "tasks"))
            if (flag_of(task.as_object(), may)) ids.push_back(text_of(task.as_object(), "id"));
        return ids.empty() ? "" : ids[std::size_t(random.between(0, std::int64_t(ids.size()) - 1))];
    };
    if (random.chance(500))
        if (const auto id = choose("may_schedule"); !id.empty())
            return Act{"task.schedule",
                       {{"task_id", id},
                        {"scheduled_at", fmt::format("2027-03-{:02}T09:00:00Z", random.between(1, 28))},
                        {"place", "Bürgerbüro"}},
                       {}};
    if (const auto id = choose("may_close"); !id.empty())
        return Act{"task.close", {{"task_id", id}, {"result", "erledigt"}}, {}};
    return std::nullopt;
}

std::optional<Act> act_at_koffer(Transaction& tx, const Authority& home, const Clerk& who,
                                 const std::string& tour, Random& random, int number) {
    const auto pick = random.between(0, 99);
    if (pick < 8) {
        auto payload = correction(tx, home, random, number);
        if (!text_of(payload, "old_value").empty()) return Act{"person.correct", std::move(payload), {}};
    }
    if (pick < 11) {
        const auto rows = tx.query(Statement{"sim.appointments", "SELECT id FROM appointment ORDER BY id"});
        if (!rows.empty())
            return Act{
                "appointment.mark", {{"appointment_id", rows.front().text("id")}, {"state", "done"}}, {}};
    }
    if (pick < 15)
        if (auto act = act_on_task(tx, home.node, who.actor, random)) return act;
    if (pick < 17)
        return Act{"journal.reads",
                   {{"entries", json::array{json::object{{"at", "2026-08-29T09:00:00Z"},
                                                         {"name", "person.get"},
                                                         {"actor", who.id},
                                                         {"reason", "Probe"}}}}},
                   {}};
    const auto cases = tx.query(Statement{"sim.cases",
                                          "SELECT * FROM case_file WHERE tour_id = $tour AND 'sealed.' || id "
                                          "NOT IN (SELECT key FROM setting) "
                                          "ORDER BY opened_at_ms, id"},
                                {{"tour", tour}});
    if (cases.empty() || pick < 30) {
        auto payload = open_case(home, random, number, "koffer");
        payload["tour_id"] = tour;
        return Act{"case.open", std::move(payload), {}};
    }
    // Rather the latest one.
    const auto last = std::int64_t(cases.size()) - 1;
    const auto index = random.chance(600) ? last : random.between(0, last);
    return act_on_case(home, cases[std::size_t(index)], tx, random, number);
}

}  // namespace wa::sim
