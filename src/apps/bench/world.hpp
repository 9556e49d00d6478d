// What the measurements work on: an encrypted store with Testland in it, clerks, and the main case's form.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "apps/service/tenant_runner.hpp"

namespace wa::bench {

struct Options {
    int persons = 1'000'000;        ///< in the register that is searched
    int residents = 30'000;         ///< of each municipality of the hub that is started
    std::filesystem::path folder;   ///< for everything that is written; on the file system to be measured
    std::filesystem::path kept;     ///< where large stores are made, and found again by a later run
    std::filesystem::path web;      ///< the built pages
    std::filesystem::path program;  ///< `wanderamt`
};

using Clock = std::chrono::steady_clock;
inline double milliseconds_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// Opens (or creates) an encrypted store as hub and node do: synchronous=FULL, delivered cache.
std::shared_ptr<Store> open_store(const std::filesystem::path& path, bool durable = true);

/// A scope of Testhausen; the street directory is read from the store when there is one.
TenantScope scope_of(Store& store, Side side);

/// Fills a new store: Testland with at least `residents`, and blocks of case and receipt numbers for `holder`
/// ("hub" or a device). Throws std::runtime_error naming the problem.
void fill(Store& store, const Engine& engine, int residents, const std::string& holder);

/// Gives it a case for every ten persons unless it has them: some taken by the commands of the product, the
/// others their likeness, row by row, with other ids, numbers, times and persons.
void ensure_many_cases(const Options& options, Store& store, const Engine& engine);

/// A clerk with the permissions of a role.
Actor actor(const std::string& role);

/// A command as the desk sends it, with a new id.
CommandRequest request(const std::string& name, json::object payload, const Actor& who, const Origin& origin);

/// Runs it and waits; throws std::runtime_error naming command and problem unless it was done.
json::object must(service::TenantRunner& runner, CommandRequest request);
/// Asks and waits; throws as must().
json::object must_ask(service::TenantRunner& runner, QueryRequest request);

/// P01 of one adult from another municipality, complete (as in tests/e2e/material.mjs).
json::object registration_form(std::string_view family_name = "Łącka-M̂ẖőỳ");
/// Payload of residence.book for a case with that form.
json::object booking_of(const std::string& case_id);

}  // namespace wa::bench
