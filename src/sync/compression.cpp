#include "sync/compression.hpp"

#include <zstd.h>

#include <memory>

#include "base/assert.hpp"

namespace wa::sync {

extern const std::uint8_t dictionary_data[];
extern const std::size_t dictionary_size;

namespace {

/// Above it the time grows faster than the bytes shrink; a frame of 64 kB takes about 20 ms.
constexpr int level = 17;

struct Free {
    void operator()(ZSTD_CCtx* context) const { ZSTD_freeCCtx(context); }
    void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
    void operator()(ZSTD_CDict* dictionary) const { ZSTD_freeCDict(dictionary); }
    void operator()(ZSTD_DDict* dictionary) const { ZSTD_freeDDict(dictionary); }
};

const ZSTD_CDict* packing_dictionary() {
    static const std::unique_ptr<ZSTD_CDict, Free> made(
        ZSTD_createCDict(dictionary_data, dictionary_size, level));
    return made.get();
}

const ZSTD_DDict* unpacking_dictionary() {
    static const std::unique_ptr<ZSTD_DDict, Free> made(ZSTD_createDDict(dictionary_data, dictionary_size));
    return made.get();
}

using Packer = std::unique_ptr<ZSTD_CCtx, Free>;

Packer new_packer() {
    Packer context(ZSTD_createCCtx());
    WA_ASSERT(context != nullptr);
    return context;
}

/// A thread keeps its own for what is small. One that has packed something large holds on to 9 MB.
constexpr std::size_t large = 64 * 1024;

ZSTD_CCtx* small_packer() {
    static thread_local const Packer context = new_packer();
    return context.get();
}

ZSTD_DCtx* unpacker() {
    static thread_local const std::unique_ptr<ZSTD_DCtx, Free> context(ZSTD_createDCtx());
    WA_ASSERT(context != nullptr);
    return context.get();
}

}  // namespace

std::uint32_t own_dictionary() {
    return ZSTD_getDictID_fromDict(dictionary_data, dictionary_size);
}

Bytes compress(std::span<const std::uint8_t> bytes, std::uint32_t dictionary) {
    WA_ASSERT(dictionary == 0 || dictionary == own_dictionary());
    const auto for_large = bytes.size() > large ? new_packer() : nullptr;
    auto* context = for_large ? for_large.get() : small_packer();
    ZSTD_CCtx_reset(context, ZSTD_reset_session_and_parameters);
    ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, level);
    ZSTD_CCtx_setParameter(context, ZSTD_c_dictIDFlag, 0);  // both sides have agreed on it
    if (dictionary != 0) ZSTD_CCtx_refCDict(context, packing_dictionary());
    Bytes out(ZSTD_compressBound(bytes.size()));
    const auto size = ZSTD_compress2(context, out.data(), out.size(), bytes.data(), bytes.size());
    WA_ASSERT(!ZSTD_isError(size));
    out.resize(size);
    return out;
}

std::optional<Bytes> decompress(std::span<const std::uint8_t> bytes, std::uint32_t dictionary,
                                std::size_t maximum) {
    if (dictionary != 0 && dictionary != own_dictionary()) return std::nullopt;
    const auto size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
    if (size == ZSTD_CONTENTSIZE_UNKNOWN || size == ZSTD_CONTENTSIZE_ERROR || size > maximum)
        return std::nullopt;
    if (ZSTD_findFrameCompressedSize(bytes.data(), bytes.size()) != bytes.size()) return std::nullopt;
    Bytes out(static_cast<std::size_t>(size));
    auto* context = unpacker();
    ZSTD_DCtx_reset(context, ZSTD_reset_session_and_parameters);
    const auto written =
        dictionary != 0 ? ZSTD_decompress_usingDDict(context, out.data(), out.size(), bytes.data(),
                                                     bytes.size(), unpacking_dictionary())
                        : ZSTD_decompressDCtx(context, out.data(), out.size(), bytes.data(), bytes.size());
    if (ZSTD_isError(written) || written != out.size()) return std::nullopt;
    return out;
}

}  // namespace wa::sync
