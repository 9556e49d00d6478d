#include "base/sealed_archive.hpp"

#include <sodium.h>

#include <algorithm>

#include "base/assert.hpp"

namespace wa {

namespace {

using Stream = crypto_secretstream_xchacha20poly1305_state;
static_assert(sizeof(Stream) == sizeof(ArchiveState));

constexpr std::string_view archive_magic = "wanderamt archive 1\n";
constexpr std::string_view secret_letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t secret_length = 32, stream_header = 24, length_bytes = 4, kind_bytes = 1;
constexpr std::size_t cipher_more = crypto_secretstream_xchacha20poly1305_ABYTES;
static_assert(stream_header == crypto_secretstream_xchacha20poly1305_HEADERBYTES);

enum PieceKind : std::uint8_t { piece_begin = 1, piece_name, piece_data, piece_end };

Stream* stream_of(ArchiveState& state) {
    return reinterpret_cast<Stream*>(state.data());
}

/// Both sides begin alike; init_push would draw the random bytes itself.
void begin_stream(ArchiveState& state, const std::uint8_t* random, const Key32& key) {
    const int failed =
        crypto_secretstream_xchacha20poly1305_init_pull(stream_of(state), random, key.bytes.data());
    WA_ASSERT(failed == 0);
}

std::size_t length_in(std::string_view text) {
    std::size_t length = 0;
    for (std::size_t i = 0; i < length_bytes; ++i) length = length << 8 | std::uint8_t(text[i]);
    return length;
}

bool is_name_part(std::string_view part) {
    return !part.empty() && part.front() != '.' && std::all_of(part.begin(), part.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
               c == '_' || c == '-';
    });
}

}  // namespace

std::string archive_secret(const std::array<std::uint8_t, 20>& random) {
    std::string text;
    std::uint32_t bits = 0;
    int held = 0;
    for (const auto byte : random) {
        bits = bits << 8 | byte;
        for (held += 8; held >= 5; held -= 5) {
            if (text.size() % 5 == 4) text += '-';
            text += secret_letters[bits >> (held - 5) & 31];
        }
        bits &= 31;
    }
    return text;
}

std::optional<Key32> archive_key(std::string_view typed) {
    std::string secret;
    for (char c : typed) {
        if (c == '-' || c == ' ' || c == '\r' || c == '\n' || c == '\t') continue;
        if (c >= 'a' && c <= 'z') c = char(c - 'a' + 'A');
        if (c == 'O') c = '0';
        if (c == 'I' || c == 'L') c = '1';
        if (secret_letters.find(c) == secret_letters.npos) return std::nullopt;
        secret += c;
    }
    if (secret.size() != secret_length) return std::nullopt;
    return Key32(sha256("wanderamt archive " + secret));
}

bool archive_name_ok(std::string_view name) {
    if (name.size() > 200) return false;
    for (;;) {
        const auto slash = name.find('/');
        if (!is_name_part(name.substr(0, slash))) return false;
        if (slash == name.npos) return true;
        name.remove_prefix(slash + 1);
    }
}

SealedArchiveWriter::SealedArchiveWriter(const Key32& key,
                                         const std::array<std::uint8_t, stream_header>& random, Sink sink)
    : sink_(std::move(sink)) {
    begin_stream(state_, random.data(), key);
    sink_(as_span(archive_magic));
    sink_(random);
    put(piece_begin, "");
}

SealedArchiveWriter::~SealedArchiveWriter() {
    sodium_memzero(state_.data(), state_.size());
}

void SealedArchiveWriter::begin_file(std::string_view name) {
    WA_ASSERT(archive_name_ok(name));
    flush();
    put(piece_name, name);
}

void SealedArchiveWriter::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto part = bytes.substr(0, archive_piece_max - pending_.size());
        pending_ += part;
        bytes.remove_prefix(part.size());
        if (pending_.size() == archive_piece_max) flush();
    }
}

void SealedArchiveWriter::finish() {
    flush();
    put(piece_end, "", true);
}

void SealedArchiveWriter::flush() {
    if (!pending_.empty()) put(piece_data, pending_);
    pending_.clear();
}

void SealedArchiveWriter::put(std::uint8_t kind, std::string_view content, bool last) {
    Bytes plain{kind};
    plain.insert(plain.end(), content.begin(), content.end());
    const auto length = plain.size() + cipher_more;
    Bytes piece(length_bytes + length);
    for (std::size_t i = 0; i < length_bytes; ++i)
        piece[i] = std::uint8_t(length >> 8 * (length_bytes - 1 - i));
    crypto_secretstream_xchacha20poly1305_push(stream_of(state_), piece.data() + length_bytes, nullptr,
                                               plain.data(), plain.size(), nullptr, 0,
                                               last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                                                    : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
    sink_(piece);
}

SealedArchiveReader::SealedArchiveReader(const Key32& key, Taker taker)
    : key_(key), taker_(std::move(taker)) {}

SealedArchiveReader::~SealedArchiveReader() {
    sodium_memzero(state_.data(), state_.size());
}

ArchiveFault SealedArchiveReader::take(std::span<const std::uint8_t> bytes) {
    // No more than a piece and this part of the next ones is held.
    while (fault_ == ArchiveFault::none && !bytes.empty()) {
        const auto part = bytes.first(std::min(bytes.size(), archive_piece_max));
        waiting_ += as_view(part);
        bytes = bytes.subspan(part.size());
        while (step()) {
        }
    }
    return fault_;
}

ArchiveFault SealedArchiveReader::finish() {
    if (fault_ == ArchiveFault::none && !over_)
        fault_ = begun_ ? ArchiveFault::cut_short : ArchiveFault::foreign;
    return fault_;
}

/// Whether there is more to do with what is here.
bool SealedArchiveReader::step() {
    if (over_ && !waiting_.empty()) fault_ = ArchiveFault::damaged;
    if (over_ || fault_ != ArchiveFault::none) return false;
    return begun_ ? piece() : begin();
}

bool SealedArchiveReader::begin() {
    const auto known = std::min(waiting_.size(), archive_magic.size());
    if (waiting_.compare(0, known, archive_magic, 0, known) != 0)
        return fault_ = ArchiveFault::foreign, false;
    if (waiting_.size() < archive_magic.size() + stream_header) return false;
    begin_stream(state_, as_span(waiting_).data() + archive_magic.size(), key_);
    waiting_.erase(0, archive_magic.size() + stream_header);
    return begun_ = true;
}

bool SealedArchiveReader::piece() {
    if (waiting_.size() < length_bytes) return false;
    const auto length = length_in(waiting_);
    if (length < kind_bytes + cipher_more || length > kind_bytes + archive_piece_max + cipher_more)
        return fault_ = ArchiveFault::damaged, false;
    if (waiting_.size() < length_bytes + length) return false;
    fault_ = open(std::string_view(waiting_).substr(length_bytes, length));
    waiting_.erase(0, length_bytes + length);
    return true;
}

ArchiveFault SealedArchiveReader::open(std::string_view piece) {
    Bytes plain(piece.size() - cipher_more);
    std::uint8_t tag = 0;
    const auto bytes = as_span(piece);
    if (crypto_secretstream_xchacha20poly1305_pull(stream_of(state_), plain.data(), nullptr, &tag,
                                                   bytes.data(), bytes.size(), nullptr, 0) != 0)
        return proved_ ? ArchiveFault::damaged : ArchiveFault::secret;
    const bool last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
    return use(plain.front(), as_view(plain).substr(kind_bytes), last);
}

ArchiveFault SealedArchiveReader::use(std::uint8_t kind, std::string_view content, bool last) {
    const bool first = !proved_;
    proved_ = true;
    if (last != (kind == piece_end) || first != (kind == piece_begin)) return ArchiveFault::damaged;
    if (kind == piece_begin || kind == piece_end) {
        over_ = last;
        return content.empty() ? ArchiveFault::none : ArchiveFault::damaged;
    }
    if (kind == piece_name && archive_name_ok(content)) {
        in_file_ = true;
        taker_.file(std::string(content));
        return ArchiveFault::none;
    }
    if (kind != piece_data || !in_file_) return ArchiveFault::damaged;
    taker_.data(content);
    return ArchiveFault::none;
}

}  // namespace wa
