// Steps of a scenario: sentences become commands, and what comes back is compared.
#include <fmt/format.h>

#include <algorithm>

#include "adapters/system/system.hpp"
#include "kernel/cases.hpp"
#include "kernel/data.hpp"
#include "story.hpp"

namespace wa::worlds {

namespace {

/// "Anna, Bert und Carla"
std::vector<std::string> names_in(std::string_view list) {
    std::vector<std::string> names;
    while (!list.empty()) {
        const auto comma = std::min(list.find(", "), list.size()),
                   und = std::min(list.find(" und "), list.size());
        const auto end = std::min(comma, und);
        names.emplace_back(list.substr(0, end));
        list.remove_prefix(end == list.size() ? end : end + (end == comma ? 2 : 5));
    }
    return names;
}

/// The smallest thing the program takes for a scan.
Bytes scan_of(const std::string& kind) {
    const auto text = "%PDF-1.4\n% " + kind + "\n%%EOF\n";
    return Bytes(text.begin(), text.end());
}

bool is_refused(const Line& line) {
    return std::any_of(line.details.begin(), line.details.end(),
                       [](const Line& detail) { return detail.is("refused"); });
}

}  // namespace

Timestamp moment(const Date& day, std::string_view time) {
    const auto colon = time.find(':');
    const auto minutes =
        std::stoi(std::string(time.substr(0, colon))) * 60 + std::stoi(std::string(time.substr(colon + 1)));
    return {start_of_local_day(day).ms + minutes * 60'000LL};
}

Act Story::compose(const Line& line) {
    Act act{line.at("wer"), std::string(line.sentence->command), {}, next_id(), now_, {}};
    if (line.is("sign") || line.is("sign_paper")) {
        const bool paper = line.is("sign_paper");
        act.command = "case.sign";
        act.payload = {{"case_id", case_},
                       {"form_hash", form_hash_},
                       {"signer", plain(line.at("name"))},
                       {"method", paper ? "paper" : "pad"}};
        if (!paper) {
            auto picture = scan_of("signature");
            act.payload["signature"] = to_hex(sha256(std::span<const std::uint8_t>(picture)));
            // Of a refused signature nothing is kept, so nothing may arrive beside it.
            if (!is_refused(line)) act.document = std::move(picture);
        }
    } else if (line.is("scan")) {
        act.document = scan_of(line.at("beleg"));
        act.command = "case.attach";
        act.payload = {{"case_id", case_},
                       {"kind", line.at("beleg")},
                       {"hash", to_hex(sha256(std::span<const std::uint8_t>(act.document)))},
                       {"title", line.at("beleg")},
                       {"media_type", "application/pdf"},
                       {"size", std::int64_t(act.document.size())},
                       {"original_seen", true}};
    } else if (line.is("book")) {
        act.command = "residence.book";
        act.payload = booking(line);
    } else if (line.is("repair")) {
        act.command = "message.repair";
        act.payload = repaired(line);
    } else {
        auto payload = parse_json(line.sentence->payload);
        WA_ASSERT(payload && payload->is_object());
        for (auto& member : payload->get_object())
            if (member.value().is_string() && member.value().get_string().starts_with('$'))
                member.value() =
                    json::string(slot_value(line, std::string_view(member.value().get_string()).substr(1)));
        act.payload = std::move(payload->get_object());
        if (line.is("request_form_of")) act.payload["person"] = std::stoll(line.at("zahl")) - 1;
        if (line.is("lease")) act.payload["count"] = std::stoll(line.at("zahl"));
    }
    return act;
}

std::string Story::slot_value(const Line& line, std::string_view name) {
    if (name == "case") return case_;
    if (name == "koffer") return world_.office().device(1);
    if (name == "moment") return to_rfc3339(moment(*parse_date(line.at("tag")), line.at("uhr")));
    const auto colon = name.find(':');
    if (colon == name.npos) return line.at(name);
    const auto slot = line.at(name.substr(colon + 1));
    if (name.starts_with("person")) return person_id(slot);
    if (name.starts_with("user")) return world_.office().actor(slot).user_id;
    if (name.starts_with("inbox"))
        return only_row("offene Eingänge",
                        "SELECT id FROM inbox WHERE message_type = $kind AND state = 'open'", slot)
            .text("id");
    if (name.starts_with("message"))
        return only_row("Nachrichten",
                        "SELECT id FROM outbox WHERE message_type = $kind AND state IN ('due', 'rejected')",
                        slot)
            .text("id");
    WA_ASSERT(name.starts_with("task"));
    return only_row("offene Aufgaben",
                    "SELECT id FROM task WHERE kind = $kind AND state IN ('open', 'scheduled')", slot)
        .text("id");
}

/// What cannot be run by itself, oldest first: each entry takes those along that wait behind it.
void Story::settle_quarantine(const Line& line) {
    world_.settle(now_);
    for (int entries = 0; entries < 100; ++entries) {
        const auto open = world_.office().rows(
            "SELECT command_id FROM quarantine WHERE state = 'open' ORDER BY device_id, tour_id, device_seq");
        if (open.empty()) return;
        act(line, {line.at("wer"),
                   "quarantine.settle",
                   {{"command_id", open.front().text("command_id")},
                    {"choice", std::string(line.sentence->id)},
                    {"reason", line.at("grund")}},
                   id_of("settle " + open.front().text("command_id"), now_),
                   now_,
                   {}});
    }
    throw Broken("die Quarantäne leert sich nicht");
}

Row Story::only_row(const std::string& what, std::string_view sql, const std::string& kind) {
    world_.settle(now_);
    auto rows = world_.office().rows(sql, {{"kind", kind}});
    if (rows.size() != 1) throw Broken(fmt::format("es gibt {} {} {}", rows.size(), what, kind));
    return std::move(rows.front());
}

json::object Story::booking(const Line& line) {
    json::array overrides, persons;
    json::object payload{{"case_id", case_}};
    for (const auto& detail : line.details) {
        if (detail.is("override"))
            overrides.push_back(json::object{{"finding", detail.at("code")}, {"reason", detail.at("grund")}});
        if (detail.is("is_person"))
            persons.push_back(json::object{{"index", std::stoll(detail.at("zahl")) - 1},
                                           {"person_id", person_id(detail.at("name"))}});
    }
    if (!persons.empty()) payload["persons"] = std::move(persons);
    if (!overrides.empty()) payload["overrides"] = std::move(overrides);
    return payload;
}

void Story::take_registration(const Line& line) {
    const auto names = names_in(line.at("personen"));
    std::vector<FormPerson> persons;
    for (const auto& name : names) persons.push_back(form_person(person(name).record));
    const auto path = scenario_.file.substr(0, scenario_.file.rfind('/') + 1) + line.at("formular") + ".json";
    const auto text = system::read_file(path);
    const auto fixture = text ? parse_json(*text) : std::nullopt;
    if (!fixture || !fixture->is_object()) throw Broken("das Formular " + path + " ist nicht zu lesen");
    form_ = fill_fixture(*fixture, persons).as_object();
    Act open{
        line.at("wer"),
        "case.open",
        {{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", plain(names.front())}},
        next_id(),
        now_,
        {}};
    const auto result = world_.run(open);
    world_.after(open, result);
    if (result.outcome != Outcome::done)
        throw Broken("der Vorgang ließ sich nicht anlegen: " + result.problem.code);
    case_ = open.id;
    submit(line);
}

void Story::submit(const Line& line) {
    for (const auto& detail : line.details) {
        std::string why;
        if (detail.is("set")) why = set_path(form_, detail.at("pfad"), value_of(detail.at("wert")));
        if (detail.is("without")) why = remove_path(form_, detail.at("pfad"));
        if (!why.empty()) throw Broken(fmt::format("Zeile {}: {}", detail.number, why));
    }
    form_hash_ = form_hash(form_);
    act(line, {line.at("wer"), "case.submit", {{"case_id", case_}, {"form", form_}}, next_id(), now_, {}});
}

void Story::act(const Line& line, const Act& act) {
    const auto refused = std::find_if(line.details.begin(), line.details.end(),
                                      [](const Line& one) { return one.is("refused") || one.is("fault"); });
    const bool expected = refused != line.details.end();
    clerk_ = act.clerk;
    const auto before = expected ? world_.digests(now_) : std::vector<StateDigest>();
    const auto result = world_.run(act);
    world_.after(act, result);
    if (!expected && result.outcome != Outcome::done)
        throw Broken(fmt::format("{} wurde abgelehnt: {} {}", act.command, result.problem.code,
                                 json::serialize(result.problem.details)));
    if (expected && result.outcome != Outcome::refused)
        throw Broken(act.command + " hätte abgelehnt werden müssen");
    if (expected && world_.digests(now_) != before) throw Broken("die Ablehnung hat etwas verändert");
    for (const auto& detail : line.details) expect(detail, result);
}

void Story::expect(const Line& detail, const CommandResult& result) {
    const auto among = [&](const json::array& faults, const char* what) {
        std::string found;
        for (const auto& entry : faults) {
            const auto& fault = entry.as_object();
            if (text_of(fault, "path") == detail.at("pfad") && text_of(fault, "code") == detail.at("code"))
                return;
            found += fmt::format(" {}: {}", text_of(fault, "path"), text_of(fault, "code"));
        }
        throw Broken(fmt::format("Zeile {}: {} steht nicht da, sondern:{}", detail.number, what,
                                 found.empty() ? " nichts" : found));
    };
    if (detail.is("refused") && result.problem.code != detail.at("code"))
        throw Broken(fmt::format("Zeile {}: abgelehnt mit {} {}", detail.number, result.problem.code,
                                 json::serialize(result.problem.details)));
    if (detail.is("fault")) among(array_of(result.problem.details, "fields"), "dieser Fehler");
    if (detail.is("notice")) among(array_of(result.answer, "notices"), "dieser Hinweis");
}

}  // namespace wa::worlds
