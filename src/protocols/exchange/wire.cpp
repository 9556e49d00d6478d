#include "protocols/exchange/wire.hpp"

#include <algorithm>

namespace wa::exchange {

namespace {

constexpr std::size_t id_max = 60, text_max = 120;

bool is_id(std::string_view text) {
    return text.size() <= id_max && std::all_of(text.begin(), text.end(), [](char c) {
               return c > ' ' && c < 0x7f && c != '/' && c != '\\' && c != '"';
           });
}

/// A text member of bounded length; false when it is there and something else.
bool read(const json::object& object, std::string_view key, std::string& out) {
    const auto* value = object.if_contains({key.data(), key.size()});
    if (!value || value->is_null()) return true;
    if (!value->is_string() || value->get_string().size() > text_max) return false;
    out = value->get_string();
    return true;
}

}  // namespace

std::string release_on(const Date& day) {
    if (day.month >= 11) return to_iso(Date{day.year, 11, 1});
    if (day.month >= 5) return to_iso(Date{day.year, 5, 1});
    return to_iso(Date{day.year - 1, 11, 1});
}

json::object to_json(const Envelope& e) {
    return {{"id", e.id},           {"type", e.type},
            {"version", e.version}, {"release", e.release},
            {"sender", e.sender},   {"recipient", e.recipient},
            {"answers", e.answers}, {"replaces", e.replaces},
            {"due_on", e.due_on},   {"sent_at", to_rfc3339(e.sent_at)},
            {"payload", e.payload}};
}

std::optional<Envelope> parse_envelope(const json::value& value) {
    const auto* object = value.if_object();
    if (!object) return std::nullopt;
    Envelope e;
    std::string sent_at;
    const std::pair<std::string_view, std::string*> texts[]{{"id", &e.id},
                                                            {"type", &e.type},
                                                            {"release", &e.release},
                                                            {"sender", &e.sender},
                                                            {"recipient", &e.recipient},
                                                            {"answers", &e.answers},
                                                            {"replaces", &e.replaces},
                                                            {"due_on", &e.due_on},
                                                            {"sent_at", &sent_at}};
    for (const auto& [key, out] : texts)
        if (!read(*object, key, *out)) return std::nullopt;
    const auto* version = object->if_contains("version");
    const auto* payload = object->if_contains("payload");
    const auto sent = parse_timestamp(sent_at);
    if (!version || !version->is_int64() || !payload || !payload->is_object() || !sent) return std::nullopt;
    if (version->get_int64() < 0 || version->get_int64() > 100'000) return std::nullopt;
    const bool named = !e.id.empty() && !e.type.empty() && !e.sender.empty() && !e.recipient.empty();
    if (!named || !is_id(e.id) || !is_id(e.answers) || !is_id(e.replaces)) return std::nullopt;
    if (!e.due_on.empty() && !parse_date(e.due_on)) return std::nullopt;
    e.version = int(version->get_int64());
    e.sent_at = *sent;
    e.payload = payload->get_object();
    return e;
}

std::optional<Envelope> parse_envelope(std::string_view text) {
    if (text.size() > envelope_max) return std::nullopt;
    const auto value = parse_json(text);
    return value ? parse_envelope(*value) : std::nullopt;
}

std::string content_of(const Envelope& envelope) {
    auto object = to_json(envelope);
    object.erase("release");
    object.erase("sent_at");
    return canonical_json(object);
}

std::string path_segment(std::string_view address) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const unsigned char c : address) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           c == '-' || c == '.' || c == '_';
        if (plain) {
            out += char(c);
        } else {
            out += '%';
            out += digits[c >> 4];
            out += digits[c & 15];
        }
    }
    return out;
}

}  // namespace wa::exchange
