// Many files in one, encrypted and proved piece by piece under a secret that whoever makes it writes down
// nowhere (libsodium crypto_secretstream_xchacha20poly1305). Neither side holds more than one piece at a
// time.
//
// "wanderamt archive 1\n", the stream's 24 bytes, then pieces: length (4 bytes, big endian) and cipher text.
// A piece is a kind (begin, name, data, end) and its bytes; the last one is tagged so that a cut is noticed.
#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>

#include "base/bytes.hpp"
#include "base/hash.hpp"

namespace wa {

/// A secret for an archive as people write it down: 160 bits in eight groups of four letters and digits, none
/// of which look alike.
std::string archive_secret(const std::array<std::uint8_t, 20>& random);
/// The key of a secret as somebody has typed it: small letters, missing hyphens, O for 0, I and L for 1.
/// Empty when it is no such secret.
std::optional<Key32> archive_key(std::string_view typed);

/// Bytes of a piece at most, before it is encrypted and without its kind.
inline constexpr std::size_t archive_piece_max = 64 * 1024;

using ArchiveState = std::array<std::uint8_t, 52>;

class SealedArchiveWriter {
  public:
    using Sink = std::function<void(std::span<const std::uint8_t>)>;
    /// @param random fresh for each archive
    /// @param sink takes what is to be written; what it throws comes out of the call that led to it
    SealedArchiveWriter(const Key32& key, const std::array<std::uint8_t, 24>& random, Sink sink);
    ~SealedArchiveWriter();
    SealedArchiveWriter(const SealedArchiveWriter&) = delete;
    SealedArchiveWriter& operator=(const SealedArchiveWriter&) = delete;

    /// What is written from here on belongs to a file of this name: archive_name_ok().
    void begin_file(std::string_view name);
    void write(std::string_view bytes);
    /// Once, at the end. An archive without it is a cut one.
    void finish();

  private:
    void flush();
    void put(std::uint8_t kind, std::string_view content, bool last = false);

    alignas(8) ArchiveState state_{};
    Sink sink_;
    std::string pending_;
};

/// What is wrong with an archive.
enum class ArchiveFault {
    none,
    foreign,   ///< it does not begin like an archive
    secret,    ///< another secret, or its beginning is damaged
    damaged,   ///< a piece is not as it was written, or something follows the end
    cut_short  ///< it ends before its end
};

/// Whether a file of an archive may be called so: parts of letters, digits and "._-", none of which begins
/// with a point, with a slash between them; 200 characters at most.
bool archive_name_ok(std::string_view name);

/// Takes an archive in parts of any size, and hands out what is proved.
class SealedArchiveReader {
  public:
    struct Taker {
        std::function<void(const std::string& name)> file;
        std::function<void(std::string_view bytes)> data;  ///< of the file named last
    };
    SealedArchiveReader(const Key32& key, Taker taker);
    ~SealedArchiveReader();
    SealedArchiveReader(const SealedArchiveReader&) = delete;
    SealedArchiveReader& operator=(const SealedArchiveReader&) = delete;

    /// The first fault; after one nothing is handed out any more.
    ArchiveFault take(std::span<const std::uint8_t> bytes);
    /// There is no more: whether it was whole.
    ArchiveFault finish();

  private:
    bool step();
    bool begin();
    bool piece();
    ArchiveFault open(std::string_view piece);
    ArchiveFault use(std::uint8_t kind, std::string_view content, bool last);

    alignas(8) ArchiveState state_{};
    Key32 key_;
    Taker taker_;
    std::string waiting_;
    ArchiveFault fault_ = ArchiveFault::none;
    bool begun_ = false, proved_ = false, in_file_ = false, over_ = false;
};

}  // namespace wa
