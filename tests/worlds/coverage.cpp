#include "coverage.hpp"
#include "base/source_file_test.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>
#include <set>

#include "adapters/system/system.hpp"
#include "apps/testland/testland.hpp"
#include "offline.hpp"

namespace wa::worlds {

namespace {

/// The handbook's list (§ 18) as far as it touches a registration, and who stands for each number.
const std::map<int, std::vector<std::string>>& numbers_of_the_handbook() {
    static const std::map<int, std::vector<std::string>> all{
        {1, {"family_father", "family_mother", "family_child", "family_child_blocked", "other_custodian"}},
        {2, {"single_name"}},
        {3, {"long_name"}},
        {4, {"sixteen_alone", "fifteen_one_custodian", "fifteen_mother"}},
        {5, {"student", "second_sole"}},
        {7, {"twin_dead", "twin_alive"}},
        {8, {"tour_resident", "tour_cared_for", "tour_no_fingerprints"}},
        {9, {"eu_citizen", "turkish_under_24", "refugee"}},
        {10, {"owner_occupier", "sub_tenant", "crowd_newcomer"}},
        {11, {"blocked", "conditional_block"}},
        {17, {"leap_day", "departed"}},
        {18, {"deadline_mover"}},
        {20, {"street_renamed", "new_build", "border_postcode"}},
        {21, {"back_before_echo", "left_for_musterstedt"}},
        {22, {"tour_resident", "tour_cared_for", "tour_no_fingerprints", "mover"}},
    };
    return all;
}

/// Each number and each of its persons has a scenario that names both; nobody of Testland is idle.
class TestlandIsUsed : public ::testing::Test {
  public:
    explicit TestlandIsUsed(const std::vector<Scenario>& scenarios) : scenarios_(scenarios) {}

    void TestBody() override {
        std::set<std::string> used;
        std::set<std::pair<int, std::string>> told;
        for (const auto& scenario : scenarios_) {
            std::vector<int> numbers;
            std::vector<std::string> keys;
            for (const auto& line : scenario.lines) {
                if (line.is("testland")) numbers.push_back(std::stoi(line.at("zahl")));
                if (line.is("person") && is_played(scenario, line.at("name")))
                    keys.push_back(line.at("schlüssel"));
            }
            used.insert(keys.begin(), keys.end());
            for (const auto number : numbers)
                for (const auto& key : keys) told.insert({number, key});
        }
        for (const auto& [number, keys] : numbers_of_the_handbook())
            for (const auto& key : keys)
                EXPECT_EQ(told.count({number, key}), 1u)
                    << "kein Szenario zu Nummer " << number << " mit " << key;
        for (const auto& person : testland::named_persons())
            EXPECT_EQ(used.count(person.key), 1u) << "niemand spielt " << person.key << ": " << person.story;
    }

  private:
    /// Whether somebody who is declared also appears in what is done or looked up.
    static bool is_played(const Scenario& scenario, const std::string& name) {
        const auto names = [&](const Line& line) {
            return std::any_of(line.slots.begin(), line.slots.end(),
                               [&](const auto& slot) { return slot.second.find(name) != slot.second.npos; });
        };
        return std::any_of(scenario.lines.begin(), scenario.lines.end(), [&](const Line& line) {
            return !line.is("person") &&
                   (names(line) || std::any_of(line.details.begin(), line.details.end(), names));
        });
    }
    const std::vector<Scenario>& scenarios_;
};

/// docs/scenarios.md numbers the error cases of P01; here only how many the handbook has.
constexpr int errors_of_p01 = 14;

/// The table in docs/scenarios.md and the scenarios say the same, and leave no error case out.
class ErrorsAreTold : public ::testing::Test {
  public:
    explicit ErrorsAreTold(const std::vector<Scenario>& scenarios) : scenarios_(scenarios) {}

    void TestBody() override {
        std::map<int, std::set<std::string>> told, listed;
        for (const auto& scenario : scenarios_)
            for (const auto& line : scenario.lines)
                if (line.is("error"))
                    told[std::stoi(line.at("zahl"))].insert(std::filesystem::path(scenario.file).stem());
        const auto page = system::read_file(source_file("docs/scenarios.md")).value_or("");
        const std::regex row(R"(\| (\d+) \| [^|]+ \| ([^|]+) \|)"), name("`([a-z0-9_]+)`");
        for (std::sregex_iterator at(page.begin(), page.end(), row), end; at != end; ++at) {
            auto& names = listed[std::stoi((*at)[1])];
            const auto cell = (*at)[2].str();
            for (std::sregex_iterator one(cell.begin(), cell.end(), name); one != end; ++one)
                names.insert((*one)[1]);
        }
        for (int number = 1; number <= errors_of_p01; ++number)
            EXPECT_FALSE(told[number].empty()) << "kein Szenario zu Fehler " << number << " von P01";
        EXPECT_EQ(told.size(), std::size_t(errors_of_p01));
        EXPECT_EQ(listed, told) << "docs/scenarios.md, Tabelle der Fehler";
    }

  private:
    const std::vector<Scenario>& scenarios_;
};

/// Each scenario is played without a line, too, or says why nobody could.
class KofferIsUsed : public ::testing::Test {
  public:
    explicit KofferIsUsed(const std::vector<Scenario>& scenarios) : scenarios_(scenarios) {}

    void TestBody() override {
        for (const auto& scenario : scenarios_) {
            const auto has = [&](auto what) {
                return std::any_of(scenario.lines.begin(), scenario.lines.end(), what);
            };
            const bool out = has([](const Line& line) {
                return line.sentence->kind == Kind::step && line.slots.count("wer") > 0 &&
                       line.at("wer") == clerk_with_koffer;
            });
            const bool excused = has([](const Line& line) { return line.is("no_koffer"); });
            EXPECT_NE(out, excused) << scenario.file << ": ein Schritt von " << clerk_with_koffer
                                    << ", oder »Ohne Koffer: …« (nicht beides)";
        }
    }

  private:
    const std::vector<Scenario>& scenarios_;
};

}  // namespace

void register_coverage(const std::vector<Scenario>& scenarios) {
    ::testing::RegisterTest("testland", "is_used", nullptr, nullptr, __FILE__, __LINE__,
                            [&scenarios]() -> ::testing::Test* { return new TestlandIsUsed(scenarios); });
    ::testing::RegisterTest("handbook", "errors_are_told", nullptr, nullptr, __FILE__, __LINE__,
                            [&scenarios]() -> ::testing::Test* { return new ErrorsAreTold(scenarios); });
    ::testing::RegisterTest("koffer", "is_used", nullptr, nullptr, __FILE__, __LINE__,
                            [&scenarios]() -> ::testing::Test* { return new KofferIsUsed(scenarios); });
}

}  // namespace wa::worlds
