// Looks for what a PDF can do besides being looked at. No reader of PDF: a reader can be led astray by a file
// that is broken on purpose. Every name in the file counts, wherever it stands, and what is packed so that
// names cannot be seen is refused.
#include <zlib.h>

#include <algorithm>
#include <array>
#include <optional>

#include "adapters/uploads/content.hpp"
#include "kernel/data.hpp"

namespace wa::uploads {

namespace {

constexpr std::size_t inflated_max = 64 * 1024 * 1024;
constexpr std::size_t name_max = 127;

/// Actions and annotations of ISO 32000-1 (12.6, 12.7, 13) that run, send, fetch or carry something. All are
/// so long that compressed data does not hold them by chance.
constexpr std::array<std::string_view, 10> active_names = {
    "JavaScript",       "Launch",     "EmbeddedFile", "EmbeddedFiles", "RichMedia",
    "RichMediaContent", "SubmitForm", "ImportData",   "Rendition",     "GoToE"};

int hex(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool ends_name(char c) {
    constexpr std::string_view stops("\0\t\n\f\r ()<>[]{}/%", 16);
    return stops.find(c) != std::string_view::npos;
}

/// The name that begins behind the slash at `at`, with #20 and the like resolved (7.3.5).
std::string name_at(std::string_view text, std::size_t at) {
    std::string name;
    for (++at; at < text.size() && !ends_name(text[at]) && name.size() < name_max; ++at) {
        if (text[at] == '#' && at + 2 < text.size() && hex(text[at + 1]) >= 0 && hex(text[at + 2]) >= 0) {
            name += char(hex(text[at + 1]) * 16 + hex(text[at + 2]));
            at += 2;
        } else {
            name += text[at];
        }
    }
    return name;
}

/// What stands between "/Type /ObjStm" and its stream must be one plain Flate filter.
bool is_plainly_packed(std::string_view dictionary) {
    int filters = 0;
    for (auto at = dictionary.find('/'); at != std::string_view::npos; at = dictionary.find('/', at + 1)) {
        const auto name = name_at(dictionary, at);
        if (name == "FlateDecode") ++filters;
        if (name == "DecodeParms" || name == "F" || (name.ends_with("Decode") && name != "FlateDecode"))
            return false;
    }
    return filters == 1;
}

std::optional<std::string> inflated(std::string_view packed, std::size_t limit) {
    z_stream stream{};
    if (inflateInit(&stream) != Z_OK) return std::nullopt;
    std::string out, part(64 * 1024, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = uInt(packed.size());
    int state = Z_OK;
    while (state == Z_OK && out.size() <= limit) {
        stream.next_out = reinterpret_cast<Bytef*>(part.data());
        stream.avail_out = uInt(part.size());
        state = inflate(&stream, Z_NO_FLUSH);
        out.append(part, 0, part.size() - stream.avail_out);
        if (stream.avail_in == 0 && stream.avail_out > 0) break;
    }
    inflateEnd(&stream);
    if (state != Z_STREAM_END || out.size() > limit) return std::nullopt;
    return out;
}

class Scan {
  public:
    explicit Scan(std::string_view file) : file_(file) {}

    Result<void> run() {
        WA_CHECK(look_through(file_, true));
        // The end of a whole file; a part of one is not kept.
        if (file_.rfind("%%EOF") == std::string_view::npos) return fail(problems::document_unreadable);
        return {};
    }

  private:
    Result<void> look_through(std::string_view text, bool whole_file) {
        for (auto at = text.find('/'); at != std::string_view::npos; at = text.find('/', at + 1)) {
            const auto name = name_at(text, at);
            if (std::find(active_names.begin(), active_names.end(), name) != active_names.end())
                return fail(problems::document_active);
            if (!whole_file) continue;
            if (name == "Encrypt") return fail(problems::document_unreadable);
            if (name == "ObjStm") WA_CHECK(look_into(at));
        }
        return {};
    }

    /// Objects packed together (7.5.7): "<< … /Type /ObjStm … >> stream".
    Result<void> look_into(std::size_t at) {
        constexpr std::string_view begin = "stream", object = "obj";
        const auto stream = file_.find(begin, at + 7);
        const auto head = file_.rfind(object, at);
        if (stream == std::string_view::npos || head == std::string_view::npos)
            return fail(problems::document_unreadable);
        const auto dictionary = file_.substr(head, stream - head);
        if (dictionary.size() > 4096 || !is_plainly_packed(dictionary))
            return fail(problems::document_unreadable);
        auto packed = file_.substr(stream + begin.size());
        if (packed.starts_with("\r\n"))
            packed.remove_prefix(2);
        else if (packed.starts_with("\n"))
            packed.remove_prefix(1);
        const auto objects = inflated(packed, inflated_max - inflated_);
        if (!objects) return fail(problems::document_unreadable);
        inflated_ += objects->size();
        return look_through(*objects, false);
    }

    std::string_view file_;
    std::size_t inflated_ = 0;
};

}  // namespace

Result<void> check_pdf(std::string_view bytes) {
    return Scan(bytes).run();
}

}  // namespace wa::uploads
