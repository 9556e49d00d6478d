// Sealed work opens at its tenant only, and travels through the same frames as open work.
#include "sync/sealed.hpp"

#include <gtest/gtest.h>

#include "sync/wire.hpp"

namespace wa::sync {
namespace {

const Key32 ephemeral{sha256("ephemeral")};
const SealKeys testhausen = tenant_seal_keys(Key32(sha256("digest key of Testhausen")));
const SealKeys musterstedt = tenant_seal_keys(Key32(sha256("digest key of Musterstedt")));

TEST(Sealed, WorkOpensAtItsTenantOnly) {
    const auto work = to_bytes(std::string(20'000, 'x') + "Erna Muster");
    const auto sealed = seal_work(testhausen.public_key, work, ephemeral);
    EXPECT_TRUE(is_sealed(sealed));
    EXPECT_LT(sealed.size(), work.size() / 10) << "compressed before it was sealed";
    EXPECT_EQ(open_work(testhausen, sealed, work.size()), work);
    EXPECT_FALSE(open_work(musterstedt, sealed, work.size()));
    EXPECT_FALSE(open_work(testhausen, sealed, work.size() - 1)) << "more than it may unpack to";
    for (const auto at : {std::size_t(0), std::size_t(2), sealed.size() / 2, sealed.size() - 1}) {
        auto changed = sealed;
        changed[at] ^= 1;
        EXPECT_FALSE(open_work(testhausen, changed, work.size())) << at;
    }
    EXPECT_FALSE(open_work(testhausen, {}, 100));
    EXPECT_FALSE(is_sealed(to_bytes("\x01")));
}

TEST(Sealed, EnvelopesAndChunksTravelAsOpenOnesDo) {
    const auto envelope = seal_work(testhausen.public_key, Bytes(400, 7), ephemeral);
    ASSERT_GT(envelope.size(), envelope_signature_bytes + 33 - 100);
    auto long_one = envelope;
    while (long_one.size() <= envelope_signature_bytes + 33) long_one.push_back(0);
    const auto commands = read_message(write_message(Commands{{long_one, long_one}}, 0), 0);
    ASSERT_TRUE(commands && std::holds_alternative<Commands>(*commands));
    EXPECT_EQ(std::get<Commands>(*commands).envelopes, (std::vector<Bytes>{long_one, long_one}));

    const Bytes plain(1000, 3);
    Chunk chunk{std::string(64, 'a'), 1000, 0, seal_chunk(testhausen.public_key, plain, ephemeral), true};
    EXPECT_EQ(chunk.bytes.size(), chunk.whole());
    const auto back = read_message(write_message(SealedChunk{chunk}, 0), 0);
    ASSERT_TRUE(back && std::holds_alternative<SealedChunk>(*back));
    const auto& arrived = std::get<SealedChunk>(*back).chunk;
    EXPECT_TRUE(arrived.sealed);
    EXPECT_EQ(open_chunk(testhausen, arrived.bytes), plain);
    EXPECT_FALSE(open_chunk(musterstedt, arrived.bytes));
    chunk.bytes.push_back(0);
    EXPECT_FALSE(read_message(write_message(SealedChunk{chunk}, 0), 0))
        << "longer than a sealed chunk can be";
    chunk.sealed = false;
    chunk.bytes.resize(1001);
    EXPECT_FALSE(read_message(write_message(chunk, 0), 0)) << "longer than an open chunk can be";
}

}  // namespace
}  // namespace wa::sync
