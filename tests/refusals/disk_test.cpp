// Disks that are full, and letters that cannot be drawn or kept: refused whole, nothing half done, and it
// goes on.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "adapters/sqlite/sim_vfs.hpp"
#include "small_hub.hpp"
#include "world.hpp"

namespace wa::refusals {
namespace {

json::object open_case() {
    return {{"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "Muster"}};
}

json::object lease() {
    return {{"kind", "case"}, {"holder", "hub"}, {"series", "Z"}, {"count", 1000}};
}

std::int64_t rows_of(SmallHub& hub, const std::string& table) {
    std::int64_t rows = 0;
    hub.runner("99001001")->read([&](Transaction& tx) {
        const auto sql = "SELECT count(*) AS n FROM " + table;
        rows = tx.query(Statement{"test", sql}).front().integer("n");
    });
    return rows;
}

/// Not more than so many bytes besides what is there.
void leave_room(SimDisk& disk, std::uint64_t bytes) {
    for (const auto& file : disk.files()) bytes += disk.read(file)->size();
    disk.set_capacity(bytes);
}

/// Types until nothing fits any more; then makes room and goes on where it stopped.
void type_on_a_full_disk(SmallHub& hub, const std::function<void()>& fill,
                         const std::function<void()>& make_room) {
    ASSERT_EQ(hub.command("numbers.lease", lease()).status, 200);
    const auto opened = hub.command("case.open", open_case());
    ASSERT_EQ(opened.status, 200) << opened.body;
    const auto the_case = text_of(object_of(parse_json(opened.body)->as_object(), "answer"), "case_id");
    const json::object typed{
        {"case_id", the_case},
        {"form", json::object{{"moved_in", "2026-11-01"}, {"note", std::string(50'000, 'x')}}}};
    ASSERT_EQ(hub.command("draft.save", typed).status, 200);
    fill();
    const auto id = system::new_id();
    http::Response refused;
    for (int tries = 0; tries < 500; ++tries) {
        refused = hub.command("case.open", open_case(), id + "");
        if (refused.status != 200) break;
        // There was room still: a larger thing, and another try.
        auto more = typed;
        more["form"].as_object()["note"] = std::string(500'000, char('a' + tries % 26));
        refused = hub.command("draft.save", more);
        if (refused.status != 200) break;
    }
    EXPECT_EQ(refused.status, 507);
    EXPECT_EQ(code_of(refused), "store_full");
    const auto cases = rows_of(hub, "case_file"), entries = rows_of(hub, "journal");
    const auto next = system::new_id();
    auto larger = open_case();
    for (int tries = 0; tries < 50 && hub.command("case.open", larger, system::new_id()).status == 200;
         ++tries) {
    }
    const auto full_cases = rows_of(hub, "case_file"), full_entries = rows_of(hub, "journal");
    EXPECT_GE(full_cases, cases);
    EXPECT_GE(full_entries, entries);
    EXPECT_EQ(code_of(hub.command("case.open", open_case(), next)), "store_full");
    EXPECT_EQ(rows_of(hub, "case_file"), full_cases) << "nothing half done";
    EXPECT_EQ(rows_of(hub, "journal"), full_entries);
    EXPECT_EQ(rows_of(hub, "draft"), 1) << "what was typed is there";
    make_room();
    const auto again = hub.command("case.open", open_case(), next);
    EXPECT_EQ(again.status, 200) << again.body;
    EXPECT_EQ(rows_of(hub, "case_file"), full_cases + 1);
    EXPECT_EQ(hub.command("draft.save", typed).status, 200);
    EXPECT_TRUE(hub.store->check().empty());
}

/// Opens a case and asks for its letter; the answer to that.
http::Response letter_of_a_new_case(SmallHub& hub) {
    EXPECT_EQ(hub.command("numbers.lease", lease()).status, 200);
    const auto opened = hub.command("case.open", open_case());
    EXPECT_EQ(opened.status, 200) << opened.body;
    const auto id = text_of(object_of(parse_json(opened.body)->as_object(), "answer"), "case_id");
    return hub.call("POST", "/api/letters/privacy_notice", json::serialize(json::object{{"case_id", id}}));
}

TEST(Letters, WhileALetterIsDrawnOthersWrite) {
    SmallHub hub(open_sqlite_store({":memory:"}));
    auto written = std::make_shared<std::promise<int>>();
    auto done = written->get_future();
    hub.while_drawing = [&] {
        std::thread([&hub, written] {
            written->set_value(hub.command("case.open", open_case()).status);
        }).detach();
        EXPECT_EQ(done.wait_for(std::chrono::seconds(20)), std::future_status::ready);
    };
    const auto answer = letter_of_a_new_case(hub);
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(done.get(), 200);
    EXPECT_EQ(rows_of(hub, "case_document"), 1);
}

TEST(Letters, ALetterThatCannotBeDrawnLeavesNothing) {
    SmallHub hub(open_sqlite_store({":memory:"}));
    hub.while_drawing = [] { throw std::runtime_error("no font"); };
    const auto answer = letter_of_a_new_case(hub);
    EXPECT_EQ(code_of(answer), "internal");
    EXPECT_EQ(rows_of(hub, "document"), 0);
    EXPECT_EQ(rows_of(hub, "case_document"), 0);
}

TEST(Letters, ALetterForWhichThereIsNoRoomIsRefusedAsThat) {
    const auto disk = std::make_shared<SimDisk>();
    SqliteOptions options;
    options.path = "hub.db";
    options.disk = disk;
    SmallHub hub(open_sqlite_store(std::move(options)));
    hub.while_drawing = [&] { leave_room(*disk, 0); };
    EXPECT_EQ(code_of(letter_of_a_new_case(hub)), "store_full");
    disk->set_capacity(std::nullopt);
    EXPECT_EQ(rows_of(hub, "document"), 0);
    EXPECT_EQ(rows_of(hub, "case_document"), 0);
}

TEST(FullDisk, AFullDiskRefusesWholeAndGoesOn) {
    const auto disk = std::make_shared<SimDisk>();
    SqliteOptions options;
    options.path = "hub.db";
    options.disk = disk;
    SmallHub hub(open_sqlite_store(std::move(options)));
    type_on_a_full_disk(
        hub, [&] { leave_room(*disk, 4096); }, [&] { disk->set_capacity(std::nullopt); });
}

/// The same on a file system of the machine, where the kernel says no.
TEST(FullDisk, AFullFileSystemRefusesWholeAndGoesOn) {
    const auto folder = world().folder + "/small";
    std::filesystem::create_directories(folder);
    if (mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=8m") != 0)
        GTEST_SKIP() << "not allowed to mount here";
    {
        SqliteOptions options;
        options.path = folder + "/hub.db";
        SmallHub hub(open_sqlite_store(std::move(options)));
        type_on_a_full_disk(
            hub,
            [&] {
                std::ofstream ballast(folder + "/ballast");
                const std::string block(4096, 'x');
                while (ballast.write(block.data(), std::streamsize(block.size())).flush()) {
                }
            },
            [&] { std::filesystem::remove(folder + "/ballast"); });
        EXPECT_THROW(
            {
                std::ofstream ballast(folder + "/ballast");
                while (ballast.write("xxxxxxxxxxxxxxxx", 16).flush()) {
                }
                system::write_file(folder + "/tries.json", std::string(100'000, 'x'));
            },
            std::system_error);
    }
    umount2(folder.c_str(), MNT_DETACH);
}

}  // namespace
}  // namespace wa::refusals
