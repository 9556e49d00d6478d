// Chunks of documents in any order, of any size, under any name: nothing is complete that does not have the
// hash it is called by.
#include "adapters/sqlite/sqlite_store.hpp"
#include "base/assert.hpp"
#include "base/hash.hpp"
#include "kernel/data.hpp"
#include "kernel/documents.hpp"

namespace {

wa::Store& store() {
    static const auto made = [] {
        wa::SqliteOptions options;
        options.path = ":memory:";
        auto opened = wa::open_sqlite_store(std::move(options));
        opened->migrate(wa::data::kernel::schema_sqlite());
        return opened;
    }();
    return *made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // Not committed: each input finds an empty store.
    const auto tx = store().begin_write();
    const std::string names[] = {wa::to_hex(wa::sha256(std::string(10, 'a'))), std::string(64, 'f'),
                                 "no hash"};
    for (std::size_t at = 0; at + 4 <= size && at < 200; at += 4) {
        const auto& hash = names[data[at] % 3];
        const auto length = std::int64_t(data[at + 1]) * (data[at + 3] & 1 ? 4096 : 1);
        const std::int64_t position = std::int64_t(data[at + 2]) - 2;
        const auto bytes = wa::Bytes(wa::chunk_size(length, position) + (data[at + 3] >> 7), 'a');
        const auto stored = wa::put_chunk(*tx, hash, length, position, bytes);
        if (stored && *stored == wa::ChunkOutcome::complete) {
            const auto whole = wa::read_document(*tx, hash);
            WA_ASSERT(whole && wa::to_hex(wa::sha256(*whole)) == hash);
        }
        (void)wa::chunk_bitmap(*tx, hash, length);
    }
    return 0;
}
