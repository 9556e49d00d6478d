// Every scenario of every module, in every world: one test each, named world.scenario.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>

#include "adapters/system/system.hpp"
#include "base/source_file_test.hpp"
#include "coverage.hpp"
#include "world.hpp"

namespace wa::worlds {
namespace {

std::vector<Scenario> all_scenarios() {
    std::vector<Scenario> all;
    std::vector<std::string> paths;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(source_file("src/modules")))
        if (entry.path().extension() == ".txt" && entry.path().parent_path().filename() == "scenarios")
            paths.push_back(entry.path().string());
    std::sort(paths.begin(), paths.end());
    for (const auto& path : paths) {
        auto parsed = parse_scenario(path, system::read_file(path).value_or(""));
        if (!parsed.scenario) {
            std::cerr << path << ": " << parsed.error << "\n";
            std::exit(1);
        }
        all.push_back(std::move(*parsed.scenario));
    }
    return all;
}

Stores& stores_of(const std::string& world) {
    if (world == "postgres") {
        static const auto databases = postgres_stores();
        return *databases;
    }
    static const auto files = sqlite_stores();
    return *files;
}

std::string land_of(const Scenario& scenario) {
    for (const auto& line : scenario.lines)
        if (line.is("land")) return line.at("land");
    return "";
}

class ScenarioTest : public ::testing::Test {
  public:
    ScenarioTest(const Scenario& scenario, const std::string& world,
                 std::map<std::string, std::string>& results)
        : scenario_(scenario), world_(world), results_(results) {}

    void TestBody() override {
        if (const auto why = scenario_.not_in(world_); !why.empty()) GTEST_SKIP() << why;
        try {
            const auto state = play_in(world_);
            if (world_ == "sqlite") results_[scenario_.file] = state;
            if (world_ == "offline" || world_ == "postgres") same_as_in_sqlite(state);
        } catch (const std::exception& broken) {
            ADD_FAILURE() << broken.what();
        }
    }

  private:
    std::string play_in(const std::string& name) {
        const auto world = make_world(name, stores_of(name), land_of(scenario_));
        play(scenario_, *world);
        auto state = end_state(world->office());
        // Whoever took over somebody's work stands where the other stood at the counter.
        for (const auto& line : scenario_.lines) {
            if (!line.is("take_over")) continue;
            const auto from = world->office().actor(line.at("kollege")).user_id,
                       to = world->office().actor(line.at("wer")).user_id;
            for (auto at = state.find(from); at != state.npos; at = state.find(from, at + to.size()))
                state.replace(at, from.size(), to);
        }
        return state;
    }

    /// What a Koffer did must leave the same behind as the counter; what is in one kind of store as in the
    /// other.
    void same_as_in_sqlite(const std::string& state) {
        auto& expected = results_[scenario_.file];
        if (expected.empty()) expected = play_in("sqlite");
        if (state == expected) return;
        const auto [here, there] =
            std::mismatch(state.begin(), state.end(), expected.begin(), expected.end());
        const auto line = [](const std::string& text, std::size_t at) {
            const auto from = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
            return text.substr(from, text.find('\n', at) - from);
        };
        ADD_FAILURE() << scenario_.file << ": »" << world_ << "« hinterlässt etwas anderes\n  hier:   "
                      << line(state, std::size_t(here - state.begin()))
                      << "\n  sqlite: " << line(expected, std::size_t(there - expected.begin()));
    }

    const Scenario& scenario_;
    std::string world_;
    std::map<std::string, std::string>& results_;
};

/// Each world notices what it is there to notice.
class WorldBites : public ::testing::Test {
  public:
    WorldBites(const Scenario& scenario, std::string world) : scenario_(scenario), world_(std::move(world)) {}

    void TestBody() override {
        const auto state_in = [&](bool spoiled) {
            const auto world = make_world(world_, stores_of(world_), "", spoiled);
            play(scenario_, *world);
            return end_state(world->office());
        };
        const auto good = state_in(false);
        try {
            const auto state = state_in(true);
            // Only the Koffer's harm shows in what is left behind; the others notice at once.
            EXPECT_TRUE(world_ == "offline" && state != good) << world_ << " hat nichts gemerkt";
        } catch (const Broken&) {
            EXPECT_NE(world_, "offline");
        }
    }

  private:
    const Scenario& scenario_;
    std::string world_;
};

}  // namespace
}  // namespace wa::worlds

int main(int argc, char** argv) {
    using namespace wa::worlds;
    ::testing::InitGoogleTest(&argc, argv);
    const auto scenarios = all_scenarios();
    std::map<std::string, std::string> results;
    for (const auto& world : world_names())
        for (const auto& scenario : scenarios) {
            const auto name = std::filesystem::path(scenario.file).stem().string();
            ::testing::RegisterTest(world.c_str(), name.c_str(), nullptr, nullptr, __FILE__, __LINE__,
                                    [&scenario, &results, world]() -> ::testing::Test* {
                                        return new ScenarioTest(scenario, world, results);
                                    });
        }
    const auto simple = std::find_if(scenarios.begin(), scenarios.end(), [](const auto& one) {
        return one.file.ends_with("zuzug_aus_der_nachbargemeinde.txt");
    });
    for (const auto& world : world_names())
        ::testing::RegisterTest(
            "bites", world.c_str(), nullptr, nullptr, __FILE__, __LINE__,
            [simple, world]() -> ::testing::Test* { return new WorldBites(*simple, world); });
    register_coverage(scenarios);
    return RUN_ALL_TESTS();
}
