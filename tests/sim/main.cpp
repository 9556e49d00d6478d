// wa_sim [--seeds N] [--seed S] [--jobs J] [--mutation NAME] [--prove] [--story] [--keep-going]: plays N
// worlds (50; with
// --seed: 1) from seed S on, several at a time. The first that fails is played again with fewer and fewer
// steps, and its shortest story is told. --prove: every mutation must be found within N seeds.
#include <fmt/format.h>
#include <malloc.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <new>
#include <string>
#include <vector>

#include "shrink.hpp"
#include "world.hpp"

namespace {

using namespace wa::sim;

/// What the processes share: who takes the next seed, what was found, and how much was done.
struct Shared {
    std::atomic<std::uint64_t> next{0};
    std::atomic<std::uint64_t> failed{0};  ///< the smallest seed that failed; 0: none
    std::atomic<std::uint64_t> at[64]{};   ///< the seed each process is at
    Tally tallies[64]{};
};

Shared* shared_memory() {
    auto* memory = ::mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) std::abort();
    return new (memory) Shared;
}

void note_failure(Shared& shared, std::uint64_t seed) {
    auto before = shared.failed.load();
    while ((before == 0 || seed < before) && !shared.failed.compare_exchange_weak(before, seed)) {
    }
}

bool keep_going = false;

void play(Shared& shared, int job, std::uint64_t last, Mutation mutation) {
    for (;;) {
        const auto seed = shared.next.fetch_add(1);
        if (seed > last || (shared.failed.load() != 0 && !keep_going)) return;
        shared.at[job] = seed;
        const auto plan = make_plan(seed, mutation);
        World world(plan);
        const auto failure = world.run();
        shared.tallies[job].add(world.tally());
        shared.at[job] = 0;
        if (failure.empty()) continue;
        note_failure(shared, seed);
        if (!keep_going) continue;
        fmt::print("seed {}: {}\n", seed, failure);
        std::fflush(stdout);
    }
}

/// The smallest seed known to fail; 0 when none does. A process that dies (an assertion, a sanitizer) has
/// failed at its seed.
std::uint64_t play_all(std::uint64_t first, std::uint64_t last, int jobs, Mutation mutation, Tally& tally) {
    auto& shared = *shared_memory();
    shared.next = first;
    authority(0);          // made once, before the processes part
    std::fflush(nullptr);  // or every child would print it again
    std::vector<pid_t> children;
    for (int job = 0; job < jobs; ++job) {
        const auto child = ::fork();
        if (child < 0) std::abort();
        if (child == 0) {
            play(shared, job, last, mutation);
            std::fflush(nullptr);
            ::_exit(0);
        }
        children.push_back(child);
    }
    for (int job = 0; job < jobs; ++job) {
        int status = 0;
        ::waitpid(children[std::size_t(job)], &status, 0);
        if (status != 0 && shared.at[job] != 0) note_failure(shared, shared.at[job]);
        tally.add(shared.tallies[job]);
    }
    const auto failed = shared.failed.load();
    ::munmap(&shared, sizeof(Shared));
    return failed;
}

/// In a process of its own: an assertion ends only that.
void tell(std::uint64_t seed, Mutation mutation, bool shorten) {
    std::fflush(nullptr);
    const auto child = ::fork();
    if (child == 0) {
        auto plan = make_plan(seed, mutation);
        const auto steps = plan.steps.size();
        const auto failure = World(plan).run();
        if (shorten && !failure.empty()) plan = shrink(std::move(plan), failure, 60);
        plan.story = true;
        World world(plan);
        const auto again = world.run();
        fmt::print("seed {}: {}\n", seed, again.empty() ? "nothing found" : again);
        fmt::print("the story in {} of {} steps:\n", plan.steps.size(), steps);
        for (const auto& line : world.story()) fmt::print("  {}\n", line);
        std::fflush(nullptr);
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    if (status != 0) fmt::print("seed {}: the program died (an assertion, or a sanitizer)\n", seed);
}

/// Every mutation must be found within the seeds.
int prove(std::uint64_t seeds, int jobs, Mutation only, bool stories) {
    int missed = 0;
    for (const auto& [mutation, name, meaning] : mutations()) {
        if (only != Mutation::none && mutation != only) continue;
        Tally tally;
        const auto seed = play_all(1, seeds, jobs, mutation, tally);
        fmt::print("{}: {} ({})\n", name, seed == 0 ? "NOT FOUND" : fmt::format("found by seed {}", seed),
                   meaning);
        if (seed == 0) ++missed;
        if (seed != 0 && stories) tell(seed, mutation, true);
    }
    return missed;
}

int usage() {
    fmt::print(stderr,
               "usage: wa_sim [--seeds N] [--seed S] [--jobs J] [--mutation NAME] [--prove] [--story] "
               "[--keep-going]\n");
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    // Disks and stores come and go by the megabyte: pages are kept instead of given back each time.
    ::mallopt(M_MMAP_THRESHOLD, 1 << 30);
    ::mallopt(M_TRIM_THRESHOLD, 1 << 30);
    std::uint64_t seeds = 0, first = 0;
    int jobs = int(std::max(1L, ::sysconf(_SC_NPROCESSORS_ONLN)));
    Mutation mutation = Mutation::none;
    bool proving = false, story = false;
    for (int i = 1; i < argc; ++i) {
        const std::string option = argv[i];
        const char* value = i + 1 < argc ? argv[i + 1] : "";
        if (option == "--seeds")
            seeds = std::strtoull(value, nullptr, 10), ++i;
        else if (option == "--seed")
            first = std::strtoull(value, nullptr, 10), ++i;
        else if (option == "--jobs")
            jobs = std::clamp(std::atoi(value), 1, 64), ++i;
        else if (option == "--mutation") {
            for (const auto& one : mutations())
                if (one.name == value) mutation = one.mutation;
            if (mutation == Mutation::none) return usage();
            ++i;
        } else if (option == "--prove")
            proving = true;
        else if (option == "--keep-going")
            keep_going = true;
        else if (option == "--story")
            story = true;
        else
            return usage();
    }
    if (seeds == 0) seeds = first == 0 ? 50 : 1;
    if (first == 0) first = 1;
    if (proving) return prove(seeds, jobs, mutation, story) == 0 ? 0 : 1;
    const auto begun = std::chrono::steady_clock::now();
    Tally tally;
    const auto failed = play_all(first, first + seeds - 1, jobs, mutation, tally);
    if (failed != 0) {
        if (keep_going) return fmt::print("{}", tally.text()), 1;
        tell(failed, mutation, true);
        fmt::print("again: ./dev sim --seed {}\n", failed);
        return 1;
    }
    if (story) tell(first, mutation, false);
    const auto took = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    fmt::print("{} worlds in {:.1f} s ({:.1f} a second): nothing lost, nothing twice\n{}", seeds, took,
               double(seeds) / took, tally.text());
    if (const auto missing = tally.missing(); seeds >= 300 && !missing.empty()) {
        fmt::print("the worlds are too tame: no {}\n", missing);
        return 1;
    }
    return 0;
}
