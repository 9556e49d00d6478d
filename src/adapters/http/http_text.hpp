// The texts inside HTTP that are ours to read and write: targets, queries, cookies, host names, heads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/http/message.hpp"

namespace wa::http {

/// "%41" -> "A"; with `plus_is_space` also "+" -> " ". Empty for a percent sign without two hex digits.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space = false);

/// "a=1&b=x%20y" -> names and values; of the same name the first. Empty for wrong percent signs, what is not
/// UTF-8 then, or more than 64 parameters.
std::optional<std::map<std::string, std::string>> parse_query(std::string_view text);

/// The Cookie header: "a=1; b=2", values as they are. Of the same name the first; parts without "=" are
/// left out.
std::map<std::string, std::string> parse_cookies(std::string_view text);

struct Target {
    std::string path;
    std::map<std::string, std::string> query;
};
/// The request target in origin form; see Request::path for what is refused.
std::optional<Target> parse_target(std::string_view text);

/// "name:8080" -> "name", "[::1]:8080" -> "[::1]", in lower case. Empty for what is no host.
std::optional<std::string> host_of(std::string_view host_header);

bool is_allowed_host(std::string_view host_header, const std::vector<std::string>& allowed);
/// Whether an Origin header is our own ("https://" or "http://" and exactly the Host header) or in the list.
bool is_allowed_origin(std::string_view origin, std::string_view host_header,
                       const std::vector<std::string>& allowed);
/// application/json, parameters aside.
bool is_json_type(std::string_view content_type);
/// Whether Accept-Encoding names gzip and does not give it the weight 0.
bool accepts_gzip(std::string_view accept_encoding);
/// Begins with one of the prefixes, or equals one without its final slash.
bool has_prefix(std::string_view path, const std::vector<std::string>& prefixes);
/// By the name's ending; application/octet-stream for an unknown one.
std::string_view content_type_of(std::string_view file_name);

/// Status line and headers up to the empty line, with the security headers of every answer.
std::string response_head(const Response& response, bool keep_alive, bool over_tls);
/// The same with a body of so many bytes that comes from elsewhere.
std::string response_head(const Response& response, std::uint64_t body_size, bool keep_alive, bool over_tls);

}  // namespace wa::http
