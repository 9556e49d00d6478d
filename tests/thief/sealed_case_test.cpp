// A finished case on a Koffer: what it showed is gone from the store, what it holds is sealed in the spool.
#include <gtest/gtest.h>

#include <filesystem>

#include "adapters/sqlite/sqlite_store.hpp"
#include "adapters/system/system.hpp"
#include "apps/node/loose_scans.hpp"
#include "apps/node/sealer.hpp"
#include "apps/service/wiring.hpp"
#include "kernel/documents.hpp"

namespace wa::node {
namespace {

class SealedCase : public ::testing::Test {
  public:
    SealedCase()
        : folder_(std::filesystem::temp_directory_path() / ("wa_sealed_" + system::new_id())),
          store_(open_sqlite_store({":memory:"})),
          device_(SignKeys::from_seed(Key32(sha256("device")))) {
        std::filesystem::create_directories(folder_);
        store_->migrate(service::full_registry().schema());
        SpoolOwner owner{"99001001", "device", "tour",
                         SealKeys::from_seed(Key32(sha256("tenant"))).public_key};
        spool_ = std::make_shared<Spool>(folder_.string(), owner);
    }
    ~SealedCase() override {
        spool_ = nullptr;
        std::filesystem::remove_all(folder_);
    }

    void change(const char* sql, const Params& params) {
        const auto tx = store_->begin_write();
        tx->execute(Statement{"sealed_case", sql}, params);
        tx->commit();
    }
    void open_case(const std::string& id, bool finished) {
        change(
            "INSERT INTO case_file (id, version, number, procedure, procedure_version, status, channel, "
            "title, opened_at_ms, opened_by, form, signed_hash) VALUES ($id, '', $id, "
            "'residence.registration', 2, 'prechecked_offline', 'koffer', 'Wilhelmine Testfrau', 1, 'u', "
            "'{}', 'x')",
            {{"id", id}});
        if (finished)
            change(
                "INSERT INTO case_finding (id, version, case_id, code, state, details) VALUES ($id, '', "
                "$id, 'handed_over.receipt', 'done', '{}')",
                {{"id", id}});
    }
    /// A scan with its preview, queued for the hub; the two hashes.
    std::pair<std::string, std::string> scan(const std::string& case_id, const std::string& text) {
        const auto tx = store_->begin_write();
        const auto hash = put_document(*tx, as_span(text)).value(),
                   preview = put_document(*tx, as_span("small " + text)).value();
        for (const auto& one : {hash, preview}) enqueue_document(*tx, one, {1});
        tx->execute(Statement{"sealed_case.scan",
                              "INSERT INTO case_document (id, version, case_id, kind, hash, preview, title, "
                              "media_type, size, added_at_ms, added_by) VALUES ($id, '', $case_id, 'k', "
                              "$hash, $preview, 't', 'image/jpeg', 1, 1, 'u')"},
                    {{"id", case_id + text}, {"case_id", case_id}, {"hash", hash}, {"preview", preview}});
        tx->commit();
        return {hash, preview};
    }
    void seal() { Sealer(store_, spool_, service::full_registry(), device_).begin(); }
    bool readable(const std::string& hash) { return read_document(*store_->begin_read(), hash).has_value(); }

  protected:
    std::filesystem::path folder_;
    std::shared_ptr<Store> store_;
    std::shared_ptr<Spool> spool_;
    SignKeys device_;
};

TEST_F(SealedCase, NeitherItsScansNorTheirPreviewsAreReadableAndBothAreInTheSpool) {
    open_case("one", true);
    const auto [scan_hash, preview] = scan("one", "a scan");
    ASSERT_TRUE(readable(scan_hash) && readable(preview));
    seal();
    EXPECT_FALSE(readable(scan_hash));
    EXPECT_FALSE(readable(preview));
    EXPECT_TRUE(spool_->chunk(scan_hash, 0));
    EXPECT_TRUE(spool_->chunk(preview, 0));
}

TEST_F(SealedCase, TheSamePaperScannedAgainIsReadable) {
    open_case("one", true);
    const auto first = scan("one", "a scan").first;
    seal();
    ASSERT_FALSE(readable(first));
    open_case("two", false);
    EXPECT_EQ(scan("two", "a scan").first, first);
    EXPECT_TRUE(readable(first));
}

/// Without it the next Hello would say that the hub's journal had been rewritten.
TEST_F(SealedCase, WhatTheHubTellsKeepsItsPlaceInTheJournal) {
    sync::Changes changes;
    changes.up_to = 7;
    changes.hash = sha256("head");
    changes.rows = {{"case_finding", "f", R"({"case_id":"other"})"}};
    const auto kept = without_sealed(*store_->begin_read(), changes);
    EXPECT_EQ(kept.up_to, 7);
    EXPECT_EQ(kept.hash, changes.hash);
    EXPECT_EQ(kept.rows.size(), 1u);
}

TEST_F(SealedCase, WhatAnOpenCaseShowsAsWellStays) {
    open_case("one", true);
    open_case("two", false);
    const auto [shared, shared_preview] = scan("one", "both have it");
    const auto again = scan("two", "both have it");
    EXPECT_EQ(again.first, shared);
    const auto own = scan("one", "only one has it").first;
    seal();
    EXPECT_TRUE(readable(shared) && readable(shared_preview));
    EXPECT_FALSE(readable(own));
}

/// Uploaded, and never attached: gone with the second look.
TEST_F(SealedCase, WhatNoCaseNamesGoes) {
    LooseScans loose;
    open_case("one", false);
    const auto [named, preview] = scan("one", "a scan");
    const auto upload = [&](const char* text) {
        const auto tx = store_->begin_write();
        const auto hash = put_document(*tx, as_span(std::string(text))).value();
        tx->commit();
        return hash;
    };
    const auto look = [&] {
        const auto tx = store_->begin_write();
        loose.look(*tx);
        tx->commit();
    };
    const auto forgotten = upload("forgotten"), late = upload("attached in the meantime");
    look();
    EXPECT_TRUE(readable(forgotten) && readable(late)) << "somebody may be about to attach it";
    scan("one", "attached in the meantime");
    const auto newer = upload("a moment ago");
    look();
    EXPECT_FALSE(readable(forgotten));
    EXPECT_TRUE(readable(named) && readable(preview) && readable(late) && readable(newer));
    look();
    EXPECT_FALSE(readable(newer));
    EXPECT_TRUE(readable(named) && readable(preview) && readable(late));
}

}  // namespace
}  // namespace wa::node
