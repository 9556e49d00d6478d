// The files of our cipher are those of SQLite3 Multiple Ciphers' own "chacha20": each reads what the other
// wrote.
#include "adapters/sqlite/page_cipher.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

#include <cstring>
#include <filesystem>
#include <memory>

#include "adapters/sqlite/connection.hpp"

namespace wa {
namespace {

using Handle = std::unique_ptr<sqlite3, int (*)(sqlite3*)>;

const SchemaStep kCipherSchema{"test/0001",
                               "CREATE TABLE item (id INTEGER PRIMARY KEY, content BLOB) STRICT"};
constexpr std::int64_t kItemCount = 200;
const Bytes kKey(32, 0x5a);

Bytes content_of(std::int64_t id) {
    return Bytes(std::size_t(id * 97), std::uint8_t(id));
}

/// Of this test: a file on the real disk, which both ways of opening can see.
class PageCipherTest : public testing::Test {
  protected:
    PageCipherTest() {
        auto name = (std::filesystem::temp_directory_path() / "wa-page-cipher-XXXXXX").string();
        folder_ = ::mkdtemp(name.data());
    }
    ~PageCipherTest() override { std::filesystem::remove_all(folder_); }

    SqliteOptions options(const Bytes& key = kKey) const { return {path(), key}; }
    std::string path() const { return (folder_ / "p.db").string(); }

    void write_ours() {
        auto store = open_sqlite_store(options());
        store->migrate({kCipherSchema});
        auto tx = store->begin_write();
        for (std::int64_t id = 0; id < kItemCount; ++id)
            tx->execute({"insert", "INSERT INTO item VALUES ($id, $content)"},
                        {{"id", id}, {"content", content_of(id)}});
        tx->commit();
    }
    Handle open_built_in() const {
        sqlite3* raw = nullptr;
        EXPECT_EQ(sqlite3_open(path().c_str(), &raw), SQLITE_OK);
        Handle handle(raw, sqlite3_close);
        const int cipher = sqlite3mc_cipher_index("chacha20");
        EXPECT_EQ(sqlite3mc_config(raw, "cipher", cipher), cipher);
        const auto key = "raw:" + std::string(kKey.begin(), kKey.end());
        EXPECT_EQ(sqlite3_key(raw, key.data(), int(key.size())), SQLITE_OK);
        return handle;
    }
    void read_built_in() const {
        const auto handle = open_built_in();
        sqlite3_stmt* raw = nullptr;
        ASSERT_EQ(
            sqlite3_prepare_v2(handle.get(), "SELECT id, content FROM item ORDER BY id", -1, &raw, nullptr),
            SQLITE_OK)
            << sqlite3_errmsg(handle.get());
        const std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> rows(raw, sqlite3_finalize);
        for (std::int64_t id = 0; id < kItemCount; ++id) {
            ASSERT_EQ(sqlite3_step(raw), SQLITE_ROW) << sqlite3_errmsg(handle.get());
            const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(raw, 1));
            EXPECT_EQ(Bytes(bytes, bytes + sqlite3_column_bytes(raw, 1)), content_of(id));
        }
        EXPECT_EQ(sqlite3_step(raw), SQLITE_DONE);
    }

  private:
    std::filesystem::path folder_;
};

TEST_F(PageCipherTest, TheBuiltInCodeReadsWhatOursWrote) {
    write_ours();
    read_built_in();
}

TEST_F(PageCipherTest, OursReadsWhatTheBuiltInCodeWroteAndGoesOnWritingIt) {
    {
        const auto handle = open_built_in();
        const std::string script = std::string(kCipherSchema.text) + ";PRAGMA journal_mode = WAL";
        ASSERT_EQ(sqlite3_exec(handle.get(), script.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
            << sqlite3_errmsg(handle.get());
    }
    {
        auto store = open_sqlite_store(options());
        auto tx = store->begin_write();
        for (std::int64_t id = 0; id < kItemCount; ++id)
            tx->execute({"insert", "INSERT INTO item VALUES ($id, $content)"},
                        {{"id", id}, {"content", content_of(id)}});
        tx->commit();
        tx.reset();
        EXPECT_TRUE(store->check().empty());
    }
    read_built_in();
    try {
        open_sqlite_store(options(Bytes(32, 0x5b)));
        ADD_FAILURE() << "opened with a wrong key";
    } catch (const StoreError& error) {
        EXPECT_EQ(error.kind, StoreError::Kind::damaged);
    }
}

/// Every nonce ends with the largest counter, so that it begins anew within each page.
TEST_F(PageCipherTest, ACounterThatEndsWithinAPageGoesOnAtZero) {
    randombytes_implementation all_ones{};
    all_ones.implementation_name = [] { return "all ones"; };
    all_ones.random = [] { return ~std::uint32_t(0); };
    all_ones.buf = [](void* bytes, std::size_t size) { std::memset(bytes, 0xff, size); };
    randombytes_set_implementation(&all_ones);
    write_ours();
    randombytes_set_implementation(&randombytes_sysrandom_implementation);
    read_built_in();
    EXPECT_TRUE(open_sqlite_store(options())->check().empty());
}

}  // namespace
}  // namespace wa
