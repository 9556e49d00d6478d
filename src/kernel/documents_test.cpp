#include "kernel/documents.hpp"

#include <gtest/gtest.h>

#include "adapters/sqlite/sqlite_store.hpp"
#include "base/hash.hpp"
#include "kernel/data.hpp"

namespace wa {
namespace {

struct Documents : ::testing::Test {
    std::unique_ptr<Store> store = [] {
        SqliteOptions options;
        options.path = ":memory:";
        auto opened = open_sqlite_store(std::move(options));
        opened->migrate(data::kernel::schema_sqlite());
        return opened;
    }();
    std::unique_ptr<Transaction> tx = store->begin_write();

    static Bytes picture(std::size_t size) {
        Bytes bytes(size);
        std::uint32_t state = 1;
        for (auto& byte : bytes) byte = std::uint8_t((state = state * 1664525u + 1013904223u) >> 24);
        return bytes;
    }
    static Bytes part(const Bytes& bytes, std::int64_t position) {
        const auto begin = bytes.begin() + position * std::ptrdiff_t(document_chunk_bytes);
        return Bytes(begin, begin + std::ptrdiff_t(chunk_size(std::int64_t(bytes.size()), position)));
    }
};

TEST_F(Documents, AWholeDocumentComesBackToTheByte) {
    const auto bytes = picture(130'000);
    const auto hash = put_document(*tx, bytes).value();
    EXPECT_EQ(hash, to_hex(sha256(bytes)));
    EXPECT_EQ(put_document(*tx, bytes).value(), hash);
    EXPECT_EQ(read_document(*tx, hash).value(), bytes);
    EXPECT_EQ(document_state(*tx, hash)->chunk_count, 3);
}

TEST_F(Documents, ChunksMayComeInAnyOrderAndTwice) {
    const auto bytes = picture(130'000);
    const auto hash = to_hex(sha256(bytes));
    const auto size = std::int64_t(bytes.size());
    EXPECT_EQ(put_chunk(*tx, hash, size, 2, part(bytes, 2)).value(), ChunkOutcome::stored);
    EXPECT_EQ(put_chunk(*tx, hash, size, 2, part(bytes, 2)).value(), ChunkOutcome::held);
    const auto bitmap = chunk_bitmap(*tx, hash, size);
    EXPECT_TRUE(!bitmap_has(bitmap, 0) && !bitmap_has(bitmap, 1) && bitmap_has(bitmap, 2) &&
                !bitmap_has(bitmap, 3));
    EXPECT_TRUE(read_document(*tx, hash).error().is(problems::document_missing));
    EXPECT_EQ(put_chunk(*tx, hash, size, 0, part(bytes, 0)).value(), ChunkOutcome::stored);
    EXPECT_EQ(put_chunk(*tx, hash, size, 1, part(bytes, 1)).value(), ChunkOutcome::complete);
    EXPECT_EQ(put_chunk(*tx, hash, size, 1, part(bytes, 1)).value(), ChunkOutcome::held);
    EXPECT_EQ(read_document(*tx, hash).value(), bytes);
}

TEST_F(Documents, AFalseWholeIsDroppedAndMayComeAgain) {
    const auto bytes = picture(60'000);
    const auto hash = to_hex(sha256(bytes));
    auto wrong = part(bytes, 0);
    wrong[7] ^= 1;
    EXPECT_TRUE(put_chunk(*tx, hash, 60'000, 0, wrong));
    EXPECT_TRUE(put_chunk(*tx, hash, 60'000, 1, part(bytes, 1)).error().is(problems::document_false_hash));
    EXPECT_FALSE(document_state(*tx, hash));
    EXPECT_FALSE(read_chunk(*tx, hash, 0));
    EXPECT_TRUE(put_chunk(*tx, hash, 60'000, 0, part(bytes, 0)));
    EXPECT_EQ(put_chunk(*tx, hash, 60'000, 1, part(bytes, 1)).value(), ChunkOutcome::complete);
}

TEST_F(Documents, WhatCannotBeAChunkChangesNothing) {
    const auto bytes = picture(60'000);
    const auto hash = to_hex(sha256(bytes));
    const auto bad = [&](const std::string& name, std::int64_t size, std::int64_t position,
                         const Bytes& content) {
        return put_chunk(*tx, name, size, position, content).error().is(problems::document_false_chunk);
    };
    EXPECT_TRUE(bad("..", 60'000, 0, part(bytes, 0)));
    EXPECT_TRUE(bad(hash, 60'000, 2, part(bytes, 1)));
    EXPECT_TRUE(bad(hash, 60'000, -1, part(bytes, 1)));
    EXPECT_TRUE(bad(hash, 60'000, 0, part(bytes, 1)));
    EXPECT_TRUE(bad(hash, 0, 0, {}));
    EXPECT_TRUE(bad(hash, max_document_bytes + 1, 0, part(bytes, 0)));
    EXPECT_FALSE(document_state(*tx, hash));
    EXPECT_TRUE(put_chunk(*tx, hash, 60'000, 0, part(bytes, 0)));
    EXPECT_TRUE(bad(hash, 60'001, 1, picture(60'001 - document_chunk_bytes)));
    EXPECT_TRUE(put_document(*tx, {}).error().is(problems::document_too_large));
}

}  // namespace
}  // namespace wa
