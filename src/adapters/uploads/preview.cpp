#include "adapters/uploads/preview.hpp"

#include <csetjmp>
#include <cstddef>
#include <cstdio>
#include <cstdlib>

// Needs the two above.
#include <jpeglib.h>

#include <algorithm>
#include <array>

namespace wa::uploads {

namespace {

constexpr std::uint64_t pixels_max = 20'000'000;
/// Tried one after the other until the file is small enough. A page of A4 is readable at 75 dpi.
struct Attempt {
    unsigned width;
    int quality;
};
constexpr std::array<Attempt, 4> attempts{{{640, 30}, {520, 26}, {440, 22}, {360, 20}}};

struct Grey {
    Bytes pixels;
    unsigned width = 0, height = 0;
};

/// libjpeg leaves by longjmp; nothing that would have to be destroyed may live between.
struct Errors {
    jpeg_error_mgr manager;
    std::jmp_buf way_out;
};

void leave(j_common_ptr info) {
    std::longjmp(reinterpret_cast<Errors*>(info->err)->way_out, 1);
}
void say_nothing(j_common_ptr) {}

jpeg_error_mgr* prepare(Errors& errors) {
    auto* manager = jpeg_std_error(&errors.manager);
    manager->error_exit = leave;
    manager->output_message = say_nothing;
    return manager;
}

/// Reads it as grey, by the decoder's own eighths, to about the width.
bool decode(std::span<const std::uint8_t> picture, unsigned wanted_width, Grey& out) {
    jpeg_decompress_struct info{};
    Errors errors{};
    info.err = prepare(errors);
    if (setjmp(errors.way_out) != 0) {
        jpeg_destroy_decompress(&info);
        return false;
    }
    jpeg_create_decompress(&info);
    jpeg_mem_src(&info, picture.data(), static_cast<unsigned long>(picture.size()));
    jpeg_read_header(&info, TRUE);
    // In many scans a small file can hold hours of work; no scanner writes them.
    if (std::uint64_t(info.image_width) * info.image_height > pixels_max || jpeg_has_multiple_scans(&info))
        leave(reinterpret_cast<j_common_ptr>(&info));
    info.out_color_space = JCS_GRAYSCALE;
    info.dct_method = JDCT_IFAST;
    info.scale_denom = 8;
    info.scale_num = std::clamp((wanted_width * 8 + info.image_width / 2) / info.image_width, 1u, 8u);
    jpeg_start_decompress(&info);
    out.width = info.output_width;
    out.height = info.output_height;
    out.pixels.resize(std::size_t(out.width) * out.height);
    while (info.output_scanline < info.output_height) {
        JSAMPROW row = out.pixels.data() + std::size_t(info.output_scanline) * out.width;
        jpeg_read_scanlines(&info, &row, 1);
    }
    jpeg_finish_decompress(&info);
    // Warnings are data that had to be guessed: a preview must not show what is not on the paper.
    const bool whole = info.err->num_warnings == 0;
    jpeg_destroy_decompress(&info);
    return whole;
}

struct Written {
    unsigned char* bytes = nullptr;
    unsigned long size = 0;
};

bool encode(Grey& grey, int quality, Written& out) {
    jpeg_compress_struct info{};
    Errors errors{};
    info.err = prepare(errors);
    if (setjmp(errors.way_out) != 0) {
        jpeg_destroy_compress(&info);
        return false;
    }
    jpeg_create_compress(&info);
    jpeg_mem_dest(&info, &out.bytes, &out.size);
    info.image_width = grey.width;
    info.image_height = grey.height;
    info.input_components = 1;
    info.in_color_space = JCS_GRAYSCALE;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, quality, TRUE);
    info.optimize_coding = TRUE;
    jpeg_start_compress(&info, TRUE);
    while (info.next_scanline < info.image_height) {
        JSAMPROW row = grey.pixels.data() + std::size_t(info.next_scanline) * grey.width;
        jpeg_write_scanlines(&info, &row, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    return true;
}

}  // namespace

std::optional<Bytes> make_preview(std::span<const std::uint8_t> picture) {
    if (picture.size() < preview_worth_bytes || picture[0] != 0xff || picture[1] != 0xd8) return std::nullopt;
    Grey grey;
    for (const auto& [width, quality] : attempts) {
        if (!decode(picture, width, grey)) return std::nullopt;
        Written written;
        const bool good = encode(grey, quality, written);
        Bytes out;
        if (good) out.assign(written.bytes, written.bytes + written.size);
        std::free(written.bytes);
        if (!good) return std::nullopt;
        if (out.size() <= preview_max_bytes) return out;
    }
    return std::nullopt;
}

}  // namespace wa::uploads
