// One function per file; each adds its figures to the report. They throw std::exception when they cannot go
// on.
#pragma once

#include "apps/bench/report.hpp"
#include "apps/bench/world.hpp"

namespace wa::bench {

/// How long a clerk at a Koffer waits for each step of the main case, against the goal of 50 ms and against a
/// bare commit of the same bytes.
void node_step(const Options& options, Report& report);
/// Commands per second through the hub's writer against the bare store.
void hub_commands(const Options& options, Report& report);
/// What a text case costs in one thread, arriving and at a desk: for counting instructions.
void taking(const Options& options, Report& report);
/// The same commands on both kinds of store, each against its bare engine: the same rows in the same groups,
/// as durable, without anything above the store.
void stores(const Options& options, Report& report);
/// Many clerks at once on a store filled by fill(), round by round; each round is written again to `bare`,
/// which holds the same, and must come out equal.
void commands_on(const std::string& name, int rounds, const Engine& engine, std::shared_ptr<Store> store,
                 Store& bare, Report& report);
/// Many Koffer at a hub at once: text cases, cases with images, memory, and a quiet tenant beside one that
/// floods.
void hub_nodes(const Options& options, Report& report);
/// Search in a large register, journal entry and its commit included, against the goal of 20 ms.
void search(const Options& options, Report& report);
/// The pages of the desk in a large register with many cases, against the goal of 100 ms.
void pages(const Options& options, Report& report);
/// Start of hub and Koffer to the first healthy answer, and their memory at rest.
void start(const Options& options, Report& report);

/// The path of a store with `options.persons`, made in `options.kept` unless it is there; then with a figure
/// of how fast that went.
std::filesystem::path large_store(const Options& options, const Engine& engine, Report& report);

}  // namespace wa::bench
