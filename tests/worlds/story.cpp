// Plays a scenario: sentences become commands, and what must hold is looked up.
#include "story.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/system/system.hpp"
#include "apps/testland/testland.hpp"
#include "base/calendar.hpp"
#include "kernel/cases.hpp"
#include "kernel/data.hpp"

namespace wa::worlds {

namespace {

HolidayCalendar calendar_of(const std::string& land, int year) {
    const auto table = parse_json(data::kernel::file("reference/holidays.json"));
    const auto made = holiday_calendar(array_of(table->get_object(), "holidays"), land, year, year + 1);
    WA_ASSERT(made);
    return *made;
}

}  // namespace

Story::Story(const Scenario& scenario, World& world)
    : scenario_(scenario),
      world_(world),
      post_(world.office()),
      now_(*parse_timestamp("2026-11-05T08:00:00Z")) {}

void Story::play() {
    int line = 0;
    try {
        for (const auto& sentence : scenario_.lines) {
            line = sentence.number;
            take(sentence);
        }
        if (!begun_) throw Broken("es geschieht nichts");
        world_.end(now_);
        if (post_.used()) carry_messages();
        if (const auto twice = post_.told_twice(); !twice.empty())
            throw Broken(twice + " ging zweimal hinaus");
        verify_journal_of_office();
    } catch (const std::exception& broken) {
        throw Broken(fmt::format("{}:{}: {}", scenario_.file, line, broken.what()));
    }
}

void Story::take(const Line& line) {
    switch (line.sentence->kind) {
        case Kind::header:
        case Kind::detail:
            return;
        case Kind::given:
            if (line.is("today")) return set_clock(line);
            if (begun_) throw Broken("wer da ist, gehört vor den ersten Schritt");
            if (line.is("tenants")) return fill_house(line);
            return line.is("person") ? meet(line) : move_in(line);
        case Kind::step:
            begin();
            return step(line);
        case Kind::check:
            begin();
            world_.settle(now_);
            return check(line);
    }
}

void Story::set_clock(const Line& line) {
    const auto at = moment(*parse_date(line.at("tag")), line.at("uhr"));
    if (begun_ && at < now_) throw Broken("die Zeit geht nur vorwärts");
    now_ = at;
}

void Story::meet(const Line& line) {
    const auto key = line.at("schlüssel"), name = line.at("name");
    const auto& all = testland::named_persons();
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.key == key; });
    if (found == all.end()) throw Broken("in Testland gibt es niemanden mit dem Schlüssel " + key);
    const auto full =
        found->given_names.empty() ? found->family_name : found->given_names + " " + found->family_name;
    if (!name.starts_with(full)) throw Broken(key + " heißt " + full);
    const auto& record = testland::named_record(key);
    people_[name] = {record, found->municipality == 0 ? found->id : ""};
}

/// {"kind": "child", "who": "Mia Beispiel"}: somebody told before.
void Story::name_relative(json::object& relation) const {
    const auto& other = person(text_of(relation, "who"));
    relation.erase("who");
    relation["other_id"] = other.id;
    for (const auto* field : {"family_name", "given_names", "birth_date"})
        relation[field] = text_of(other.record, field);
}

void Story::move_in(const Line& line) {
    const auto told = line.at("name"), name = plain(told);
    const auto space = name.rfind(' ');
    const auto& street = address_of(line.at("adresse"));
    json::object record{{"family_name", name.substr(space == name.npos ? 0 : space + 1)},
                        {"given_names", name.substr(0, space == name.npos ? 0 : space)},
                        {"birth_date", line.at("geburt")},
                        {"birth_place", "Testhausen"},
                        {"sex", "w"},
                        {"nationalities", json::array{"000"}},
                        {"religion", "vd"},
                        {"marital_status", "LD"}};
    auto dwelling = street;
    dwelling["status"] = line.at("wohnung");
    dwelling["moved_in"] = dwelling["registered_on"] = json::string(line.at("tag"));
    record["dwellings"] = json::array{std::move(dwelling)};
    for (const auto& detail : line.details)
        if (!detail.is("set"))
            throw Broken("hier stehen nur Angaben zur Person");
        else if (const auto why = set_path(record, detail.at("pfad"), value_of(detail.at("wert")));
                 !why.empty())
            throw Broken(why);
    if (auto* relations = record.if_contains("relations"))
        for (auto& relation : relations->as_array()) name_relative(relation.as_object());
    const auto id = id_of(scenario_.file + told, now_);
    record["id"] = id;
    must(world_.office(), {"", "residence.import", {{"persons", json::array{record}}}, next_id(), now_, {}});
    people_[told] = {std::move(record), id};
}

/// So many residents of whom only the lessor matters: one in each house of the Lindenweg.
void Story::fill_house(const Line& line) {
    const json::object lessor{{"lessor_form", "paper"},
                              {"lessor_name", line.at("wohnungsgeber")},
                              {"lessor_address", address_of("Lindenweg 1")}};
    json::array persons;
    for (int i = 0; i < std::stoi(line.at("zahl")); ++i) {
        auto dwelling = address_of(fmt::format("Lindenweg {}", 100 + i));
        dwelling["status"] = "E";
        dwelling["moved_in"] = dwelling["registered_on"] = json::string(line.at("tag"));
        dwelling["lessor"] = lessor;
        persons.push_back(json::object{{"id", id_of(fmt::format("{} tenant {}", scenario_.file, i), now_)},
                                       {"family_name", std::string("Mieter") + char('A' + i)},
                                       {"given_names", "Toni"},
                                       {"birth_date", "1990-01-01"},
                                       {"sex", "w"},
                                       {"nationalities", json::array{"000"}},
                                       {"dwellings", json::array{std::move(dwelling)}}});
    }
    must(world_.office(), {"", "residence.import", {{"persons", std::move(persons)}}, next_id(), now_, {}});
}

void Story::begin() {
    if (begun_) return;
    begun_ = true;
    std::vector<Visit> visits;
    for (const auto& [name, person] : people_) visits.push_back({person.id, plain(name)});
    world_.begin(visits, now_);
    register_before_ = register_state();
}

/// The words of a name without what tells two of the same name apart.
std::string Story::plain(const std::string& name) {
    return name.substr(0, name.find(" ("));
}

const Story::Person& Story::person(const std::string& name) const {
    const auto found = people_.find(name);
    if (found == people_.end()) throw Broken("»" + name + "« ist oben nicht genannt");
    return found->second;
}

std::string Story::next_id() {
    return id_of(fmt::format("{} {}", scenario_.file, ++acts_), now_);
}

void Story::step(const Line& line) {
    if (line.is("days")) {
        now_ = {now_.ms + std::stoll(line.at("zahl")) * 86'400'000};
        return;
    }
    if (line.is("working_days")) {
        const auto today = local_date(now_);
        const auto calendar = calendar_of(world_.office().scope().tenant.land, today.year);
        const auto day = deadline_working_days(today, std::stoi(line.at("zahl")), calendar, true);
        now_ = {now_.ms + days_between(today, day) * 86'400'000};
        return;
    }
    if (line.is("line_cut")) return world_.cut_line(now_);
    if (line.is("seconds")) {
        now_ = {now_.ms + std::stoll(line.at("zahl")) * 1000};
        return;
    }
    now_ = {now_.ms + 60'000};
    if (message_step(line)) return;
    if (line.is("take")) return take_registration(line);
    if (line.is("take_over") || line.is("set_aside")) return settle_quarantine(line);
    if (line.is("change")) return submit(line);
    act(line, compose(line));
}

void play(const Scenario& scenario, World& world) {
    Story(scenario, world).play();
}

}  // namespace wa::worlds
