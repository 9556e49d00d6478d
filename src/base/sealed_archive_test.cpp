#include "base/sealed_archive.hpp"

#include <gtest/gtest.h>

#include <map>

namespace wa {
namespace {

const std::array<std::uint8_t, 24> stream_random{1, 2, 3};

struct Archive {
    std::string secret =
        archive_secret({7, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 255});
    std::map<std::string, std::string> files;
    std::string now;

    std::string made() const {
        std::string bytes;
        SealedArchiveWriter writer(*archive_key(secret), stream_random,
                                   [&](auto part) { bytes += as_view(part); });
        writer.begin_file("manifest.json");
        writer.write("{}");
        writer.begin_file("tables/person.jsonl");
        for (int i = 0; i < 40'000; ++i) writer.write("Łuczak\n");
        writer.begin_file("documents/ab/empty");
        writer.finish();
        return bytes;
    }
    ArchiveFault open(const std::string& bytes, std::size_t at_once = 1'000'000) {
        return open_with(secret, bytes, at_once);
    }
    ArchiveFault open_with(const std::string& with, const std::string& bytes,
                           std::size_t at_once = 1'000'000) {
        files.clear();
        SealedArchiveReader reader(*archive_key(with),
                                   {[&](const std::string& name) { files[now = name] = ""; },
                                    [&](std::string_view part) { files[now] += part; }});
        for (std::size_t at = 0; at < bytes.size(); at += at_once)
            reader.take(as_span(std::string_view(bytes).substr(at, at_once)));
        return reader.finish();
    }
};

TEST(SealedArchive, GivesBackWhatWasWritten) {
    Archive archive;
    const auto bytes = archive.made();
    for (const std::size_t at_once : {std::size_t(1'000'000), std::size_t(777)}) {
        EXPECT_EQ(archive.open(bytes, at_once), ArchiveFault::none);
        EXPECT_EQ(archive.files.size(), 3u);
        EXPECT_EQ(archive.files["manifest.json"], "{}");
        EXPECT_EQ(archive.files["tables/person.jsonl"].size(), 40'000u * 8);
        EXPECT_EQ(archive.files["documents/ab/empty"], "");
    }
}

TEST(SealedArchive, SaysNothingInTheOpen) {
    const auto bytes = Archive().made();
    EXPECT_EQ(bytes.find("uczak"), bytes.npos);
    EXPECT_EQ(bytes.find("person"), bytes.npos);
}

TEST(SealedArchive, ASecretIsReadAsPeopleTypeIt) {
    const auto secret = Archive().secret;
    EXPECT_EQ(secret.size(), 39u);
    EXPECT_EQ(secret.substr(0, 5), "0W0G-");
    EXPECT_EQ(archive_key(secret)->bytes, archive_key("owog" + secret.substr(5) + "\r\n")->bytes);
    EXPECT_FALSE(archive_key(""));
    EXPECT_FALSE(archive_key(secret.substr(0, 38)));
    EXPECT_FALSE(archive_key(secret + "7"));
    EXPECT_FALSE(archive_key(secret.substr(0, 38) + "U"));
}

TEST(SealedArchive, ASecretHoldsEveryBit) {
    const auto key_of = [](const std::array<std::uint8_t, 20>& random) {
        return archive_key(archive_secret(random))->bytes;
    };
    const auto none = key_of({});
    for (int bit = 0; bit < 160; ++bit) {
        std::array<std::uint8_t, 20> one{};
        one[std::size_t(bit / 8)] = std::uint8_t(1 << bit % 8);
        EXPECT_NE(key_of(one), none) << bit;
    }
}

TEST(SealedArchive, AnotherSecretOpensNothing) {
    Archive archive;
    const auto other = archive_secret({8});
    EXPECT_EQ(archive.open_with(other, archive.made()), ArchiveFault::secret);
    EXPECT_TRUE(archive.files.empty());
}

TEST(SealedArchive, WhereverItIsCutItSaysSo) {
    Archive archive;
    const auto bytes = archive.made();
    for (const auto size : {std::size_t(0), std::size_t(5)})
        EXPECT_EQ(archive.open(bytes.substr(0, size)), ArchiveFault::foreign) << size;
    for (std::size_t size = 44; size < bytes.size(); size += size < 400 ? 1 : 9973)
        EXPECT_EQ(archive.open(bytes.substr(0, size)), ArchiveFault::cut_short) << size;
    EXPECT_EQ(archive.open(bytes.substr(0, bytes.size() - 1)), ArchiveFault::cut_short);
}

TEST(SealedArchive, NothingCanBeChangedSwappedOrAdded) {
    Archive archive;
    const auto bytes = archive.made();
    for (std::size_t at = 0; at < bytes.size(); at += at < 400 ? 1 : 9973) {
        auto other = bytes;
        other[at] ^= 0x10;
        EXPECT_NE(archive.open(other), ArchiveFault::none) << at;
    }
    EXPECT_EQ(archive.open(bytes + "x"), ArchiveFault::damaged);
    EXPECT_EQ(archive.open(bytes + bytes), ArchiveFault::damaged);
    EXPECT_EQ(archive.open("PK\3\4" + bytes), ArchiveFault::foreign);
    // The name of the first file and its content, the other way round.
    const auto piece = [&](std::size_t at) { return 4 + std::size_t(std::uint8_t(bytes[at + 3])); };
    const std::size_t name = 44 + piece(44), content = name + piece(name), end = content + piece(content);
    EXPECT_EQ(archive.open(bytes.substr(0, name) + bytes.substr(content, end - content) +
                           bytes.substr(name, content - name) + bytes.substr(end)),
              ArchiveFault::damaged);
}

TEST(SealedArchive, NamesLeadNowhereElse) {
    for (const auto* good : {"a", "tables/person.jsonl", "documents/ab/abcd", "LIESMICH.txt"})
        EXPECT_TRUE(archive_name_ok(good)) << good;
    for (const auto* bad : {"", "/a", "a/", "../a", "a/../b", "a//b", ".ssh", "a\\b", "a b", "C:a", "ä"})
        EXPECT_FALSE(archive_name_ok(bad)) << bad;
    EXPECT_FALSE(archive_name_ok(std::string(201, 'a')));
}

}  // namespace
}  // namespace wa
