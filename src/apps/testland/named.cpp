#include "apps/testland/named.hpp"

#include <fmt/format.h>

#include "apps/testland/persons.hpp"
#include "apps/testland/stories.hpp"
#include "base/assert.hpp"

namespace wa::testland {

void Book::add(const char* key, int municipality, const char* family, const char* given, const char* born,
               const char* story, json::object more) {
    const auto id = person_id(std::max(0, municipality), int(stories_.size()) + 1);
    json::object record{{"id", id},
                        {"family_name", family},
                        {"given_names", given},
                        {"birth_date", born},
                        {"birth_place", "Testhausen"},
                        {"sex", "w"},
                        {"nationalities", json::array{"000"}},
                        {"religion", "vd"},
                        {"marital_status", "LD"}};
    for (auto& member : more) record[member.key()] = std::move(member.value());
    stories_.push_back({{key, id, municipality, family, given, born, story}, std::move(record)});
}

const NamedPerson& Book::person(const char* key) const {
    for (const auto& story : stories_)
        if (story.person.key == key) return story.person;
    WA_ASSERT(!"a named person has this key");
    return stories_.front().person;
}

json::object home(int municipality, Flat flat, const char* moved_in, const char* status) {
    auto dwelling = address_of(municipality, flat);
    dwelling["status"] = status;
    dwelling["moved_in"] = moved_in;
    dwelling["registered_on"] = moved_in;
    return dwelling;
}

json::object left(json::object dwelling, const char* moved_out) {
    dwelling["moved_out"] = moved_out;
    dwelling["deregistered_on"] = moved_out;
    return dwelling;
}

json::array paper(const char* type, const char* serial, const char* authority, const char* issued,
                  const char* until, const char* country) {
    json::object document{{"doc_type", type},
                          {"serial", serial},
                          {"issuing_authority", authority},
                          {"issue_date", issued},
                          {"valid_until", until}};
    if (*country) document["issuing_country"] = country;
    return json::array{std::move(document)};
}

json::object related(const char* kind, const NamedPerson& other, const char* since, const char* note) {
    return {{"kind", kind},
            {"other_id", other.municipality == in_no_register ? "" : other.id},
            {"family_name", other.family_name},
            {"given_names", other.given_names},
            {"birth_date", other.birth_date},
            {"note", note},
            {"valid_from", since}};
}

json::array block_51(const char* until) {
    return json::array{json::object{{"paragraph", "51"},
                                    {"law", "BMG § 51"},
                                    {"text", "Auskunftssperre (§ 51 BMG)"},
                                    {"key", "3"},
                                    {"until", until}}};
}

namespace {

const Book& book() {
    static const auto written = [] {
        Book all;
        tell_first(all);
        tell_families(all);
        tell_arrivals(all);
        tell_addresses(all);
        return all;
    }();
    return written;
}

const Story& story_of(std::string_view key) {
    for (const auto& story : book().stories())
        if (story.person.key == key) return story;
    WA_ASSERT(!"a named person has this key");
    return book().stories().front();
}

/// Fourteen people in one flat: the house of the sham registrations (handbook § 18 no. 10).
void add_crowd(std::vector<json::object>& records) {
    for (int i = 0; i < 14; ++i)
        records.push_back({{"id", person_id(0, 100 + i)},
                           {"family_name", fmt::format("Scheinhaus{}", std::string(1, char('a' + i)))},
                           {"given_names", "Alex"},
                           {"birth_date", fmt::format("19{}-01-{:02}", 70 + i, i + 1)},
                           {"sex", "x"},
                           {"nationalities", json::array{"000"}},
                           {"dwellings", json::array{home(0, {marktplatz, 13, 0, 1}, "2025-01-01")}}});
}

}  // namespace

std::vector<json::object> named_records(int municipality) {
    std::vector<json::object> records;
    for (const auto& story : book().stories())
        if (story.person.municipality == municipality) records.push_back(story.record);
    if (municipality == 0) add_crowd(records);
    return records;
}

const std::vector<NamedPerson>& named_persons() {
    static const auto all = [] {
        std::vector<NamedPerson> persons;
        for (const auto& story : book().stories()) persons.push_back(story.person);
        return persons;
    }();
    return all;
}

const NamedPerson& named_person(std::string_view key) {
    return story_of(key).person;
}

const json::object& named_record(std::string_view key) {
    return story_of(key).record;
}

const Stranger& stranger() {
    static const Stranger unknown{"Wanderfalk", "Jonas Emil", "1957-10-21", "01003000"};
    return unknown;
}

}  // namespace wa::testland
