// The large register that searches and pages are measured in: made once a run, or once for all with --store.
#include <fmt/format.h>

#include "apps/bench/measurements.hpp"

namespace wa::bench {

namespace {

/// KiB of page cache while loading: all pages stay in memory until the one commit.
constexpr int load_cache_kib = 6'000'000;

}  // namespace

std::filesystem::path large_store(const Options& options, const Engine& engine, Report& report) {
    const auto path = options.kept / fmt::format("persons_{}.db", options.persons);
    if (std::filesystem::exists(path)) return path;
    std::filesystem::create_directories(options.kept);
    progress(fmt::format("loading {} persons", options.persons));
    const auto start = Clock::now();
    // Under another name until it is whole, so that a run that was cut off leaves nothing half done.
    const auto building = std::filesystem::path(path.string() + ".building");
    std::filesystem::remove(building);
    {
        const auto store = open_store(building, false);
        const auto cache = fmt::format("PRAGMA cache_size = -{}", load_cache_kib);
        store->begin_write()->query({"cache", cache});
        fill(*store, engine, options.persons, "hub");
    }
    std::filesystem::rename(building, path);
    report.add({fmt::format("load.{}", options.persons), options.persons / milliseconds_since(start) * 1000,
                std::nullopt, "persons/s into register and index (more is better)"});
    return path;
}

}  // namespace wa::bench
