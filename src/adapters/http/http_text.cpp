#include "adapters/http/http_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>

#include "base/text.hpp"

namespace wa::http {
namespace {

constexpr std::size_t parameter_limit = 64;

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (auto& c : out)
        if (c >= 'A' && c <= 'Z') c = char(c + ('a' - 'A'));
    return out;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

/// Cuts the part before the separator off and returns it; the whole text when there is none.
std::string_view take_part(std::string_view& rest, char separator) {
    const auto end = rest.find(separator);
    const auto part = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    return part;
}

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

/// The path is compared with prefixes and used as a key: what could mean another path is refused.
bool is_plain_path(std::string_view path) {
    if (path.empty() || path.front() != '/') return false;
    if (std::any_of(path.begin(), path.end(), [](char c) { return is_control(c) || c == '\\'; }))
        return false;
    for (auto rest = path.substr(1); !rest.empty();) {
        const auto segment = take_part(rest, '/');
        if (segment == "." || segment == "..") return false;
    }
    return is_valid_utf8(path);
}

std::string_view reason_phrase(int status) {
    switch (status) {
        case 101:
            return "Switching Protocols";
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 206:
            return "Partial Content";
        case 303:
            return "See Other";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 408:
            return "Request Timeout";
        case 409:
            return "Conflict";
        case 410:
            return "Gone";
        case 413:
            return "Content Too Large";
        case 415:
            return "Unsupported Media Type";
        case 421:
            return "Misdirected Request";
        case 422:
            return "Unprocessable Content";
        case 423:
            return "Locked";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 503:
            return "Service Unavailable";
        default:
            return "Other";
    }
}

/// "Sat, 21 Nov 2026 20:44:12 GMT" (RFC 9110 § 5.6.7), independent of any locale.
std::string http_date() {
    static constexpr std::array days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t now = std::time(nullptr);
    std::tm t{};
    gmtime_r(&now, &t);
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", days[std::size_t(t.tm_wday)], t.tm_mday,
                       months[std::size_t(t.tm_mon)], t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
}

constexpr std::string_view content_policy =
    "Content-Security-Policy: default-src 'self'; style-src 'self'; script-src 'self'; "
    "img-src 'self' blob: data:; connect-src 'self'; worker-src 'self' blob:; frame-ancestors 'none'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'\r\n";
constexpr std::string_view security_headers =
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Permissions-Policy: camera=(self), microphone=(), geolocation=(), payment=(), usb=(), "
    "display-capture=(), browsing-topics=()\r\n";

bool is_safe_header(std::string_view name, std::string_view value) {
    const auto is_token = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_';
    };
    return !name.empty() && std::all_of(name.begin(), name.end(), is_token) &&
           std::none_of(value.begin(), value.end(), is_control);
}

bool is_named(std::string_view name, std::string_view other) {
    return lower(name) == other;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (i + 2 >= text.size()) return std::nullopt;
            const int high = hex_digit(text[i + 1]);
            const int low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0) return std::nullopt;
            out += char(high * 16 + low);
            i += 2;
        } else {
            out += plus_is_space && text[i] == '+' ? ' ' : text[i];
        }
    }
    return out;
}

std::optional<std::map<std::string, std::string>> parse_query(std::string_view text) {
    std::map<std::string, std::string> query;
    while (!text.empty()) {
        auto value = take_part(text, '&');
        if (value.empty()) continue;
        const auto name = take_part(value, '=');
        auto decoded_name = percent_decode(name, true);
        auto decoded_value = percent_decode(value, true);
        if (!decoded_name || !decoded_value || !is_valid_utf8(*decoded_name) ||
            !is_valid_utf8(*decoded_value))
            return std::nullopt;
        query.emplace(std::move(*decoded_name), std::move(*decoded_value));
        if (query.size() > parameter_limit) return std::nullopt;
    }
    return query;
}

std::map<std::string, std::string> parse_cookies(std::string_view text) {
    std::map<std::string, std::string> cookies;
    while (!text.empty() && cookies.size() < parameter_limit) {
        const auto part = take_part(text, ';');
        const auto equals = part.find('=');
        if (equals == std::string_view::npos) continue;
        const auto name = trimmed(part.substr(0, equals));
        if (!name.empty()) cookies.emplace(name, trimmed(part.substr(equals + 1)));
    }
    return cookies;
}

std::optional<Target> parse_target(std::string_view text) {
    auto query_text = text;
    const auto raw_path = take_part(query_text, '?');
    if (text.find('#') != std::string_view::npos) return std::nullopt;
    const auto folded = lower(raw_path);
    if (folded.find("%2f") != std::string::npos || folded.find("%5c") != std::string::npos)
        return std::nullopt;
    auto path = percent_decode(raw_path);
    auto query = parse_query(query_text);
    if (!path || !query || !is_plain_path(*path)) return std::nullopt;
    return Target{std::move(*path), std::move(*query)};
}

std::optional<std::string> host_of(std::string_view host_header) {
    auto name = host_header;
    std::string_view port;
    if (name.starts_with('[')) {
        const auto end = name.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        port = name.substr(end + 1);
        name = name.substr(0, end + 1);
    } else if (const auto colon = name.find(':'); colon != std::string_view::npos) {
        port = name.substr(colon);
        name = name.substr(0, colon);
    }
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789-._:[]";
    auto folded = lower(name);
    if (folded.empty() || folded.find_first_not_of(allowed) != std::string::npos) return std::nullopt;
    if (!port.empty() && (port.front() != ':' || port.size() > 6 ||
                          port.find_first_not_of("0123456789", 1) != std::string_view::npos))
        return std::nullopt;
    return folded;
}

bool is_allowed_host(std::string_view host_header, const std::vector<std::string>& allowed) {
    const auto host = host_of(host_header);
    if (!host) return false;
    return std::any_of(allowed.begin(), allowed.end(),
                       [&](const std::string& name) { return name == "*" || lower(name) == *host; });
}

bool is_allowed_origin(std::string_view origin, std::string_view host_header,
                       const std::vector<std::string>& allowed) {
    if (std::find(allowed.begin(), allowed.end(), origin) != allowed.end()) return true;
    for (const std::string_view scheme : {"https://", "http://"})
        if (origin.starts_with(scheme)) return lower(origin.substr(scheme.size())) == lower(host_header);
    return false;
}

bool is_json_type(std::string_view content_type) {
    return lower(trimmed(take_part(content_type, ';'))) == "application/json";
}

bool accepts_gzip(std::string_view accept_encoding) {
    while (!accept_encoding.empty()) {
        auto weight = take_part(accept_encoding, ',');
        if (lower(trimmed(take_part(weight, ';'))) != "gzip") continue;
        const auto value = trimmed(weight);
        return !value.starts_with("q=0") || value.find_first_of("123456789") != std::string_view::npos;
    }
    return false;
}

bool has_prefix(std::string_view path, const std::vector<std::string>& prefixes) {
    return std::any_of(prefixes.begin(), prefixes.end(), [&](std::string_view prefix) {
        if (path.starts_with(prefix)) return true;
        return prefix.ends_with('/') && path == prefix.substr(0, prefix.size() - 1);
    });
}

std::string_view content_type_of(std::string_view file_name) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 20> types = {{
        {".html", "text/html; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".mjs", "text/javascript; charset=utf-8"},
        {".css", "text/css; charset=utf-8"},
        {".json", "application/json"},
        {".map", "application/json"},
        {".webmanifest", "application/manifest+json"},
        {".txt", "text/plain; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".jpg", "image/jpeg"},
        {".jpeg", "image/jpeg"},
        {".webp", "image/webp"},
        {".ico", "image/x-icon"},
        {".woff2", "font/woff2"},
        {".ttf", "font/ttf"},
        {".wasm", "application/wasm"},
        {".pdf", "application/pdf"},
        {".wav", "audio/wav"},
        {".mp3", "audio/mpeg"},
    }};
    const auto folded = lower(file_name);
    for (const auto& [ending, type] : types)
        if (folded.ends_with(ending)) return type;
    return "application/octet-stream";
}

std::string response_head(const Response& response, bool keep_alive, bool over_tls) {
    return response_head(response, response.body.size(), keep_alive, over_tls);
}

std::string response_head(const Response& response, std::uint64_t body_size, bool keep_alive, bool over_tls) {
    std::string head;
    head.reserve(1280);
    fmt::format_to(std::back_inserter(head), "HTTP/1.1 {} {}\r\nDate: {}\r\n", response.status,
                   reason_phrase(response.status), http_date());
    bool cache_control = false, own_policy = false;
    for (const auto& [name, value] : response.headers) {
        if (!is_safe_header(name, value)) continue;
        cache_control = cache_control || is_named(name, "cache-control");
        own_policy = own_policy || is_named(name, "content-security-policy");
        fmt::format_to(std::back_inserter(head), "{}: {}\r\n", name, value);
    }
    if (!cache_control) head += "Cache-Control: no-store\r\n";
    if (!own_policy) head += content_policy;
    head += security_headers;
    if (over_tls) head += "Strict-Transport-Security: max-age=31536000\r\n";
    if (response.status != 204 && response.status != 304)
        fmt::format_to(std::back_inserter(head), "Content-Length: {}\r\n", body_size);
    head += keep_alive ? "\r\n" : "Connection: close\r\n\r\n";
    return head;
}

}  // namespace wa::http
