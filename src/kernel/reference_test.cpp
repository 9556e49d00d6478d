#include "kernel/reference.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "kernel/code_groups.hpp"
#include "kernel/data.hpp"
#include "kernel/offices.hpp"

namespace wa {
namespace {

constexpr Date today{2026, 11, 5};

std::shared_ptr<const Reference> lower_saxony() {
    static const auto reference =
        Reference::load("NI", {{"00101", "Lindenweg", {}, Date{2026, 6, 30}, {}},
                               {"00101", "Alter Lindenweg", Date{2026, 7, 1}, {}, {}}});
    return reference;
}

TEST(Reference, HasTheListsOfTheRegister) {
    const auto reference = lower_saxony();
    for (const auto* list : {"nationality", "state", "marital_status", "sex", "religion", "municipality",
                             "county", "office", "street"})
        EXPECT_TRUE(reference->has_list(list)) << list;
    EXPECT_FALSE(reference->has_list("colour"));
    EXPECT_EQ(reference->lists().size(), 9u);
    EXPECT_GT(reference->entries("municipality").size(), 11000u);
    EXPECT_TRUE(reference->entries("colour").empty());
    EXPECT_FALSE(Reference::load("NI", {})->has_list("street"));  // it cannot say, so it says nothing
}

TEST(Reference, NamesOfficesAsPeopleKnowThem) {
    const auto reference = lower_saxony();
    for (const auto& [office, words] : std::vector<std::pair<std::string, std::string>>{
             {"Meldebehörde 99001002", "Meldebehörde Musterstedt"},
             {"BZSt", "Bundeszentralamt für Steuern"},
             {"Ausländerbehörde 99001", "Ausländerbehörde Landkreis Testland"},
             {"Ausländerbehörde 03101", "Ausländerbehörde Braunschweig, Stadt"},
             {"Steuererhebung rk", "Steuererhebung (römisch-katholisch)"},
             {"Meldebehörde 03355999", "Meldebehörde 03355999"},  // nobody knows its name
             {"Ausländerbehörde 03355", "Ausländerbehörde 03355"},
             {"Wahlamt", "Wahlamt"},
             {"", ""}})
        EXPECT_EQ(office_in_words(*reference, today, office), words);
}

TEST(Reference, FindsCodes) {
    const auto reference = lower_saxony();
    EXPECT_EQ(reference->code("nationality", "000", today)->text, "deutsch");
    EXPECT_EQ(reference->code("state", "151", today)->text, "Österreich");
    EXPECT_EQ(reference->code("marital_status", "GS", today)->text, "geschieden");
    EXPECT_EQ(reference->code("sex", "x", today)->text, "keine Angabe");
    EXPECT_EQ(reference->code("municipality", "01003000", today)->text, "Lübeck, Hansestadt");
    EXPECT_EQ(text_of(reference->code("municipality", "05562014", today)->extra, "ars"), "055620014014");
    EXPECT_EQ(reference->code("municipality", "00000000", today), nullptr);
    EXPECT_EQ(reference->code("colour", "red", today), nullptr);
}

TEST(Reference, CodesHoldBetweenTheirDays) {
    const auto reference = lower_saxony();
    EXPECT_TRUE(reference->code("nationality", "162", {1992, 12, 31}));
    EXPECT_FALSE(reference->code("nationality", "162", {1993, 1, 1}));
    // A street renamed: the same key, another name from the next day on.
    EXPECT_EQ(reference->code("street", "00101", {2026, 6, 30})->text, "Lindenweg");
    EXPECT_EQ(reference->code("street", "00101", {2026, 7, 1})->text, "Alter Lindenweg");
}

TEST(Reference, TestlandIsMarkedAndInvented) {
    const auto reference = lower_saxony();
    for (const auto* code : {"99001001", "99001002"}) {
        const auto* entry = reference->code("municipality", code, today);
        ASSERT_TRUE(entry) << code;
        EXPECT_EQ(text_of(entry->extra, "note"), "Testland");
    }
    std::size_t in_land_99 = 0;
    for (const auto& entry : reference->entries("municipality"))
        in_land_99 += entry.code.substr(0, 2) == "99";
    EXPECT_EQ(in_land_99, 2u);
}

TEST(Reference, RegionalKeysBelongToTheirMunicipality) {
    for (const auto& entry : lower_saxony()->entries("municipality")) {
        const auto ars = text_of(entry.extra, "ars");
        if (ars.empty()) continue;
        EXPECT_EQ(ars.substr(0, 5) + ars.substr(9), entry.code);
    }
}

TEST(Reference, Fees) {
    const auto reference = lower_saxony();
    const auto card = reference->fee("id_card.from_24", today);
    ASSERT_TRUE(card);
    EXPECT_EQ(card->amount, Cents{4600});
    EXPECT_FALSE(card->verify);
    EXPECT_EQ(reference->fee("id_card.under_24", today)->amount, Cents{2760});
    EXPECT_TRUE(reference->fee("conduct_certificate", today)->verify);
    EXPECT_EQ(reference->fee("registration.confirmation", today)->amount, Cents{0});
    EXPECT_FALSE(reference->fee("id_card.from_24", {2020, 1, 1}));  // the amount of that day is not known
    EXPECT_FALSE(reference->fee("beer", today));
}

TEST(Reference, DeadlinesOfTheHandbook) {
    const auto reference = lower_saxony();
    EXPECT_EQ(reference->deadline("registration.two_weeks", {2026, 2, 3}), (Date{2026, 2, 17}));
    EXPECT_EQ(reference->deadline("registration.two_weeks", {2026, 4, 10}), (Date{2026, 4, 24}));
    EXPECT_EQ(reference->deadline("registration.two_weeks", {2025, 12, 11}), (Date{2025, 12, 29}));
    // Reformation Day is a holiday in Lower Saxony, not in North Rhine-Westphalia (All Saints' Day there).
    const auto rhine = Reference::load("NW", {});
    EXPECT_EQ(reference->deadline("registration.two_weeks", {2025, 10, 17}), (Date{2025, 11, 3}));
    EXPECT_EQ(rhine->deadline("registration.two_weeks", {2025, 10, 17}), (Date{2025, 10, 31}));
    EXPECT_TRUE(reference->deadline_rule("rueckmeldung.three_working_days", today)->verify);
    EXPECT_EQ(reference->deadline("rueckmeldung.three_working_days", {2026, 11, 5}), (Date{2026, 11, 9}));
    EXPECT_EQ(reference->deadline_rule("gone", today), nullptr);
}

TEST(Reference, DeadlinesOfDaysNobodyLivesIn) {
    const auto reference = lower_saxony();
    EXPECT_EQ(reference->deadline("registration.two_weeks", {9999, 12, 31}), (Date{9999, 12, 31}));
    EXPECT_EQ(reference->deadline("registration.two_weeks", {1, 1, 1}).year, 1);
}

TEST(Reference, Parameters) {
    const auto reference = lower_saxony();
    EXPECT_EQ(reference->parameter("registration.max_persons_in_dwelling", today), 8);
    EXPECT_EQ(reference->parameter("working_set.hours_after_tour_end", today), 24);
    EXPECT_EQ(reference->parameter("screen.lock_seconds", today), 120);
    EXPECT_EQ(reference->parameter("search.max_hits", today), 20);
}

TEST(Reference, GroupsNameCodesOfTheirList) {
    const auto reference = lower_saxony();
    const auto* free = built_in_codes("nationality.free_movement", today);
    ASSERT_TRUE(free);
    std::set<std::string> states;
    for (const auto& code : *free) {
        const auto* entry = reference->code("nationality", std::string(code.as_string()), today);
        ASSERT_TRUE(entry) << code;
        states.insert(text_of(entry->extra, "iso2"));
    }
    EXPECT_EQ(states, (std::set<std::string>{"AT", "BE", "BG", "CH", "CY", "CZ", "DE", "DK", "EE", "ES", "FI",
                                             "FR", "GR", "HR", "HU", "IE", "IS", "IT", "LI", "LT", "LU", "LV",
                                             "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"}));
    // The Union is that without Iceland, Liechtenstein, Norway and Switzerland.
    const auto* voters = built_in_codes("nationality.union_citizens", today);
    ASSERT_TRUE(voters);
    for (const auto& code : *voters) EXPECT_EQ(std::count(free->begin(), free->end(), code), 1) << code;
    EXPECT_EQ(voters->size() + 4, free->size());
    for (const auto* other : {"136", "141", "149", "158"})
        EXPECT_EQ(std::count(voters->begin(), voters->end(), json::value(other)), 0) << other;
    EXPECT_FALSE(built_in_codes("no.such", today));
}

TEST(Reference, StatutesOfAMunicipality) {
    const auto reference = Reference::load("NI", {});
    const auto tax = reference->statute("second_home_tax", "99001001", {2026, 11, 5});
    ASSERT_TRUE(tax);
    EXPECT_TRUE(tax->verify);
    EXPECT_FALSE(tax->law.empty());
    EXPECT_FALSE(reference->statute("second_home_tax", "99001001", {2019, 12, 31}));
    EXPECT_FALSE(reference->statute("second_home_tax", "99001002", {2026, 11, 5}));
}

TEST(Reference, ParametersWithoutAReference) {
    EXPECT_EQ(built_in_parameter("person.age_of_majority", {2026, 11, 5}), 18);
    EXPECT_EQ(built_in_parameter("no.such_parameter", {2026, 11, 5}), std::nullopt);
}

TEST(Reference, EveryEntryNamesLawOrSource) {
    for (const auto& [file, list] :
         {std::pair{"reference/fees.json", "fees"}, std::pair{"reference/deadlines.json", "deadlines"},
          std::pair{"reference/parameters.json", "parameters"},
          std::pair{"reference/code_groups.json", "groups"}}) {
        const auto table = parse_json(data::kernel::file(file)).value();
        for (const auto& entry : array_of(table.as_object(), list)) {
            EXPECT_FALSE(text_of(entry.as_object(), "source").empty()) << json::serialize(entry);
            EXPECT_TRUE(entry.as_object().contains("law")) << json::serialize(entry);
        }
    }
}

}  // namespace
}  // namespace wa
