// The disk itself: files, what is durable of them, and crashes. sim_vfs.cpp shows it to SQLite.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <random>

#include "adapters/sqlite/sim_state.hpp"
#include "base/assert.hpp"
#include "kernel/store.hpp"

namespace wa {
namespace {

constexpr std::uint64_t kSector = 512;

void apply_change(Bytes& data, const sim::Pending& change) {
    if (change.truncates) {
        if (change.offset < data.size()) data.resize(change.offset);
        return;
    }
    if (data.size() < change.offset + change.bytes.size()) data.resize(change.offset + change.bytes.size());
    std::copy(change.bytes.begin(), change.bytes.end(),
              data.begin() + static_cast<std::ptrdiff_t>(change.offset));
}

/// The part of a write that ends at a sector's end, after 0 to all of its sectors.
sim::Pending torn(sim::Pending change, std::mt19937_64& random) {
    const std::uint64_t first = change.offset / kSector;
    const std::uint64_t last = (change.offset + change.bytes.size()) / kSector;
    const std::uint64_t end = (first + random() % (last - first + 1)) * kSector;
    change.bytes.resize(
        end > change.offset ? std::min<std::uint64_t>(end - change.offset, change.bytes.size()) : 0);
    return change;
}

/// What is on the disk after the power came back.
Bytes after_crash(const sim::File& file, std::mt19937_64& random, std::uint64_t& torn_count) {
    Bytes data = file.durable;
    // Half of the crashes treat all writes alike, so that long runs of survivors come up as well.
    const std::uint64_t manner = random() % 6;
    for (const sim::Pending& change : file.pending) {
        const std::uint64_t fate = manner < 3 ? manner : random() % 3;
        if (fate == 0) continue;
        if (fate == 1 || change.truncates) {
            apply_change(data, change);
            continue;
        }
        const auto left = torn(change, random);
        torn_count += !left.bytes.empty() && left.bytes.size() < change.bytes.size();
        apply_change(data, left);
    }
    return data;
}

std::string next_name() {
    static std::atomic<int> count{0};
    return fmt::format("wa-sim-{}", ++count);
}

}  // namespace

SimDisk::State::State(SimDisk::Crashes crashes_kind)
    : crashes(crashes_kind == SimDisk::Crashes::possible), base_name(next_name()) {
    WA_ASSERT(sqlite3_initialize() == SQLITE_OK);
    name = "multipleciphers-" + base_name;
    real = sqlite3_vfs_find("unix");
    WA_ASSERT(real != nullptr);
    sim::connect_vfs(*this);
    WA_ASSERT(sqlite3_vfs_register(&vfs, 0) == SQLITE_OK);
    WA_ASSERT(sqlite3mc_vfs_create(base_name.c_str(), 0) == SQLITE_OK);
}

SimDisk::State::~State() {
    sqlite3mc_vfs_destroy(name.c_str());
    sqlite3_vfs_unregister(&vfs);
}

bool SimDisk::State::admits(std::uint64_t& counter, bool& last) {
    last = false;
    if (dead) return false;
    ++counter;
    if (countdown == 0 || --countdown > 0) return true;
    dead = last = true;
    return false;
}

std::uint64_t SimDisk::State::used() const {
    std::uint64_t sum = 0;
    for (const auto& [path, file] : names) sum += file->data.size();
    return sum;
}

int SimDisk::State::write(sim::File& file, const void* bytes, std::size_t size, std::uint64_t offset) {
    bool last = false;
    const bool admitted = admits(counters.writes, last);
    if (!admitted && !last) return SQLITE_IOERR_WRITE;
    const std::uint64_t end = offset + size;
    if (capacity && end > file.data.size() && used() + (end - file.data.size()) > *capacity)
        return SQLITE_FULL;
    const auto* begin = static_cast<const std::uint8_t*>(bytes);
    if (crashes) file.pending.push_back({offset, Bytes(begin, begin + size), false});
    if (!admitted) return SQLITE_IOERR_WRITE;
    if (file.data.size() < end) file.data.resize(end);
    std::copy(begin, begin + size, file.data.begin() + static_cast<std::ptrdiff_t>(offset));
    return SQLITE_OK;
}

int SimDisk::State::truncate(sim::File& file, std::uint64_t size) {
    bool last = false;
    const bool admitted = admits(counters.writes, last);
    if (!admitted && !last) return SQLITE_IOERR_TRUNCATE;
    if (crashes) file.pending.push_back({size, {}, true});
    if (!admitted) return SQLITE_IOERR_TRUNCATE;
    if (size < file.data.size()) file.data.resize(size);
    return SQLITE_OK;
}

int SimDisk::State::sync(sim::File& file) {
    bool last = false;
    if (!admits(counters.syncs, last)) return SQLITE_IOERR_FSYNC;
    if (!crashes) return SQLITE_OK;
    for (const sim::Pending& change : file.pending) apply_change(file.durable, change);
    file.pending.clear();
    // As SQLite on Unix does for a new file: the folder is synced with it, and with it every name.
    durable_names = names;
    return SQLITE_OK;
}

int SimDisk::State::remove(const std::string& path, bool durable) {
    bool last = false;
    if (!admits(counters.writes, last)) return SQLITE_IOERR_DELETE;
    names.erase(path);
    if (durable) durable_names.erase(path);
    return SQLITE_OK;
}

sim::FilePtr SimDisk::State::create(const std::string& path) {
    return names.emplace(path, std::make_shared<sim::File>()).first->second;
}

sim::FilePtr SimDisk::State::find(const std::string& path) const {
    const auto found = names.find(path);
    return found == names.end() ? nullptr : found->second;
}

SimDisk::SimDisk(Crashes crashes) : state_(std::make_unique<State>(crashes)) {}
SimDisk::~SimDisk() = default;

const std::string& SimDisk::vfs_name() const {
    return state_->name;
}

void SimDisk::crash(std::uint64_t seed) {
    const std::lock_guard lock(state_->mutex);
    WA_ASSERT(state_->crashes);
    std::mt19937_64 random(seed);
    std::map<std::string, sim::FilePtr> all = state_->durable_names;
    for (const auto& [path, file] : state_->names) {
        const auto durable = all.find(path);
        if (durable == all.end()) {
            if (random() % 2) all.emplace(path, file);
        } else if (durable->second != file && random() % 2) {
            durable->second = file;
        }
    }
    for (auto name = all.begin(); name != all.end();)
        name = !state_->names.count(name->first) && random() % 2 ? all.erase(name) : std::next(name);
    for (auto& [path, file] : all) {
        auto found = std::make_shared<sim::File>();
        found->data = found->durable = after_crash(*file, random, state_->counters.torn);
        file = found;
    }
    state_->names = state_->durable_names = std::move(all);
    ++state_->epoch;
    state_->dead = false;
    state_->countdown = 0;
}

void SimDisk::fail_after(std::uint64_t n) {
    const std::lock_guard lock(state_->mutex);
    state_->countdown = n;
}

bool SimDisk::dead() const {
    const std::lock_guard lock(state_->mutex);
    return state_->dead;
}

void SimDisk::set_capacity(std::optional<std::uint64_t> bytes) {
    const std::lock_guard lock(state_->mutex);
    state_->capacity = bytes;
}

SimDisk::Counters SimDisk::counters() const {
    const std::lock_guard lock(state_->mutex);
    return state_->counters;
}

std::vector<std::string> SimDisk::files() const {
    const std::lock_guard lock(state_->mutex);
    std::vector<std::string> paths;
    for (const auto& [path, file] : state_->names) paths.push_back(path);
    return paths;
}

std::optional<Bytes> SimDisk::read(const std::string& path) const {
    const std::lock_guard lock(state_->mutex);
    const auto file = state_->find(path);
    if (!file) return std::nullopt;
    return file->data;
}

void SimDisk::put(const std::string& path, Bytes content) {
    const std::lock_guard lock(state_->mutex);
    auto file = state_->find(path);
    if (!file) file = state_->create(path);
    file->pending.clear();
    if (state_->crashes) file->durable = content;
    file->data = std::move(content);
    state_->durable_names[path] = file;
}

void SimDisk::remove(const std::string& path) {
    const std::lock_guard lock(state_->mutex);
    if (state_->find(path)) state_->remove(path, false);
}

void SimDisk::publish(const std::string& from, const std::string& to) {
    const std::lock_guard lock(state_->mutex);
    const auto file = state_->find(from);
    bool last = false;
    if (!file || state_->sync(*file) != SQLITE_OK || !state_->admits(state_->counters.writes, last))
        throw StoreError(StoreError::Kind::other, "copy the store: the simulated disk failed");
    state_->names.erase(from);
    state_->names[to] = file;
    state_->durable_names = state_->names;
}

}  // namespace wa
