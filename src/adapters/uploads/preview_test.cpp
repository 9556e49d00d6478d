#include "adapters/uploads/preview.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>

#include <jpeglib.h>

#include <algorithm>

#include "adapters/uploads/content.hpp"

namespace wa::uploads {
namespace {

/// A colour page with lines of "text": dark blocks of letter size on paper with some noise.
Bytes page(unsigned width, unsigned height, int quality) {
    jpeg_compress_struct info{};
    jpeg_error_mgr errors{};
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&info, &bytes, &size);
    info.image_width = width;
    info.image_height = height;
    info.input_components = 3;
    info.in_color_space = JCS_RGB;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, quality, TRUE);
    jpeg_start_compress(&info, TRUE);
    Bytes row(std::size_t(width) * 3);
    std::uint32_t noise = 1;
    for (unsigned y = 0; y < height; ++y) {
        for (unsigned x = 0; x < width; ++x) {
            noise = noise * 1664525 + 1013904223;
            const bool ink = y % 40 < 18 && x % 22 < 12 && (x / 22 * 7 + y / 40 * 3) % 5 != 0 && x > 100 &&
                             x < width - 100;
            for (unsigned c = 0; c < 3; ++c) row[x * 3 + c] = std::uint8_t((ink ? 30 : 228) + (noise >> 29));
        }
        JSAMPROW line = row.data();
        jpeg_write_scanlines(&info, &line, 1);
    }
    jpeg_finish_compress(&info);
    Bytes out(bytes, bytes + size);
    jpeg_destroy_compress(&info);
    std::free(bytes);
    return out;
}

TEST(Preview, OfAPageIsSmallAndAPicture) {
    const auto scan = page(1240, 1754, 90);
    ASSERT_GT(scan.size(), preview_worth_bytes);
    const auto preview = make_preview(scan);
    ASSERT_TRUE(preview);
    EXPECT_LE(preview->size(), preview_max_bytes);
    EXPECT_LT(preview->size(), scan.size() / 10);
    const auto type = check_upload(*preview);
    ASSERT_TRUE(type);
    EXPECT_EQ(*type, "image/jpeg");
    EXPECT_EQ(make_preview(scan), preview);  // the same scan, the same preview: sent once
}

TEST(Preview, OfWhatIsSmallAlreadyIsNone) {
    EXPECT_FALSE(make_preview(page(200, 200, 60)));
    EXPECT_FALSE(make_preview({}));
}

TEST(Preview, OfNoPictureIsNone) {
    EXPECT_FALSE(make_preview(Bytes(200'000, 0x41)));
    auto noise = Bytes(200'000, 0);
    std::uint32_t state = 7;
    std::generate(noise.begin(), noise.end(),
                  [&] { return std::uint8_t((state = state * 1664525 + 1013904223) >> 24); });
    noise[0] = 0xff, noise[1] = 0xd8;
    EXPECT_FALSE(make_preview(noise));
}

TEST(Preview, OfABrokenPictureIsNone) {
    auto scan = page(1240, 1754, 90);
    for (const std::size_t keep : {std::size_t(110'000), scan.size() - 1000}) {
        Bytes cut(scan.begin(), scan.begin() + std::ptrdiff_t(keep));
        EXPECT_FALSE(make_preview(cut)) << keep;
    }
}

}  // namespace
}  // namespace wa::uploads
