// The clock, randomness and files of the machine: what the kernel may not touch itself.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "base/bytes.hpp"
#include "base/hash.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"

namespace wa::system {

/// The wall clock. Set WANDERAMT_CLOCK_OFFSET_MS in tests to turn it.
Timestamp now();
/// Milliseconds of a clock that never goes backwards; for intervals only.
std::int64_t monotonic_ms();

/// Raises this process's limit of open files and connections to what the system permits (Debian gives a
/// program 1,024 unless it asks). Where that fails the old limit stays.
void allow_many_files();

/// From here on the calling thread works with what the others leave of the processors (Linux: a nice value
/// five higher, of this thread alone): for what nobody waits for. Cannot be taken back.
void let_others_go_first();

/// Fresh random bytes of the operating system.
void fill_random(std::span<std::uint8_t> bytes);
template <std::size_t N>
std::array<std::uint8_t, N> random_bytes() {
    std::array<std::uint8_t, N> bytes{};
    fill_random(bytes);
    return bytes;
}
Key32 random_key();
/// A new id from clock and randomness.
std::string new_id();

/// The whole file; empty optional when it does not exist. Throws std::runtime_error when it cannot be read.
std::optional<std::string> read_file(const std::string& path);
/// Written beside, fsynced, renamed, folder fsynced: after it returns the file is whole and durable. Readable
/// by its owner only when `secret`. Throws std::system_error (a full disk: std::errc::no_space_on_device).
void write_file(const std::string& path, std::string_view content, bool secret = false);
/// Who owns the path, where that is not the user this program runs as; empty when it is, or nothing is there.
std::string foreign_owner(const std::string& path);
/// Creates the folder and those above it, for the owner only.
void make_folder(const std::string& path);
/// Removes a file so that its name is durably gone; nothing happens when there is none.
void remove_file(const std::string& path);
/// Writes zeros over a file, then removes it durably; true when it is gone, or never was there. The cells of
/// a flash disk may keep the old bytes (docs/threat-model.md).
bool destroy_file(const std::string& path);
/// Removes a folder and all in it; nothing happens when there is none.
void remove_folder(const std::string& path);
/// Renames a folder durably; the target must not exist or be an empty folder.
void rename_folder(const std::string& from, const std::string& to);
/// Names in a folder, sorted; empty when there is no such folder.
std::vector<std::string> list_folder(const std::string& path);

}  // namespace wa::system
