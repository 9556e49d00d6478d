// The places one and the same scenario is played in.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "koffer.hpp"
#include "language.hpp"

namespace wa::worlds {

/// What does not hold, in German, for the person who reads the scenario.
struct Broken : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A hub and perhaps more. The base class is the plain world: everything happens at the hub.
class World {
  public:
    /// `spoiled`: does on purpose what this world must notice, to prove that it does.
    World(Stores& stores, const std::string& land, bool spoiled)
        : stores_(stores), office_(stores, "office", 0, land), spoiled_(spoiled) {}
    virtual ~World() = default;
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    /// Once, before the first step: who will be there.
    virtual void begin(const std::vector<Visit>& /*visits*/, Timestamp /*at*/) {}
    virtual CommandResult run(const Act& act) { return office_.run(act); }
    /// After each step.
    virtual void after(const Act& /*act*/, const CommandResult& /*result*/) {
        if (spoiled_) write_beside_the_journal();
    }
    /// Before anything is looked at: what was done elsewhere has come home.
    virtual void settle(Timestamp /*at*/) {}
    /// A line that breaks while what was done elsewhere is on its way.
    virtual void cut_line(Timestamp /*at*/) {}
    /// After the last sentence.
    virtual void end(Timestamp /*at*/) {}
    /// Of everything a refused command must leave alone.
    virtual std::vector<StateDigest> digests(Timestamp /*at*/) { return {digest_of(office_.store(), false)}; }

    Office& office() { return office_; }

  protected:
    void write_beside_the_journal();
    Stores& stores_;
    Office office_;
    bool spoiled_;
};

/// By name (world_names()); asserts that it exists.
std::unique_ptr<World> make_world(std::string_view name, Stores& stores, const std::string& land,
                                  bool spoiled = false);

/// Steps of a clerk with a Koffer are done there, without a line; a second Koffer does the same besides.
std::unique_ptr<World> make_offline(Stores& stores, const std::string& land, bool spoiled);
std::unique_ptr<World> make_two_nodes(Stores& stores, const std::string& land, bool spoiled);

/// The rows people would call the result: register, cases, messages, tasks, conflicts; without what tells
/// only where it was done (numbers, channel, tour).
std::string end_state(Office& office);

/// Plays a scenario. Throws Broken with file and line.
void play(const Scenario& scenario, World& world);

}  // namespace wa::worlds
