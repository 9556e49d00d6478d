// A file on a stick, from anyone: whatever it is, it is read to its end or refused. The checksum is put right
// first, or nothing behind it would ever be reached.
#include "base/assert.hpp"
#include "sync/sealed_queue.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace wa;
    static const auto tenant = sync::tenant_seal_keys(Key32(sha256("fuzz")));
    static const auto device = SignKeys::from_seed(Key32(sha256("device")));
    const std::span<const std::uint8_t> bytes(data, size);
    (void)sync::QueueReader::open(bytes);
    (void)sync::open_work(tenant, bytes, 100'000);
    (void)sync::open_chunk(tenant, bytes);
    WA_ASSERT(!sync::read_draft(bytes, device.public_key));  // nobody signs by chance
    Bytes whole(bytes.begin(), bytes.end());
    const auto sum = sha256(whole);
    whole.insert(whole.end(), sum.begin(), sum.end());
    auto reader = sync::QueueReader::open(whole);
    if (!reader) return 0;
    std::size_t total = 0;
    while (const auto item = reader->next()) {
        total += item->sealed.size();
        if (item->kind == sync::QueueItem::Kind::chunk) WA_ASSERT(item->sealed.size() == item->chunk.whole());
    }
    WA_ASSERT(total <= size);
    return 0;
}
