// Reads foreign bytes as an archive; and as what an archive's pieces say, for whoever has its key.
#include <map>

#include "base/assert.hpp"
#include "base/sealed_archive.hpp"

namespace {

/// Takes it in parts of that size. Whether it was whole.
bool open_archive(const wa::Key32& key, std::span<const std::uint8_t> bytes, std::size_t at_once,
                  std::map<std::string, std::string>& files) {
    std::string now;
    wa::SealedArchiveReader reader(key, {[&](const std::string& name) {
                                             WA_ASSERT(wa::archive_name_ok(name));
                                             files[now = name];
                                         },
                                         [&](std::string_view part) {
                                             WA_ASSERT(!now.empty() && part.size() <= wa::archive_piece_max);
                                             files[now] += part;
                                         }});
    for (std::size_t at = 0; at < bytes.size(); at += at_once)
        reader.take(bytes.subspan(at, std::min(at_once, bytes.size() - at)));
    return reader.finish() == wa::ArchiveFault::none;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::span<const std::uint8_t> input(data, size);
    const wa::Key32 key(wa::sha256("fuzz"));
    std::map<std::string, std::string> files;
    WA_ASSERT(!open_archive(key, input, 7, files) && files.empty());
    wa::archive_key(wa::as_view(input));
    if (size == 0) return 0;

    // What was written comes back, but not with a byte changed or cut off.
    wa::Bytes archive;
    wa::SealedArchiveWriter writer(
        key, {}, [&](auto part) { archive.insert(archive.end(), part.begin(), part.end()); });
    writer.begin_file("a");
    writer.write(wa::as_view(input));
    writer.finish();
    files.clear();
    WA_ASSERT(open_archive(key, archive, 1 + data[0] % 64, files) && files["a"] == wa::as_view(input));
    archive[(std::size_t(data[0]) << 8 | data[size - 1]) % archive.size()] ^= std::uint8_t(1 + data[0] % 255);
    WA_ASSERT(!open_archive(key, archive, 4096, files));
    return 0;
}
