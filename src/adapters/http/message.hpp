// A request and an answer of HTTP, without anything of the library beneath.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/bytes.hpp"
#include "base/json.hpp"

namespace wa::http {

/// Orders names of headers without regard to the case of ASCII letters (RFC 9110 § 5.1).
struct IgnoreCase {
    using is_transparent = void;
    bool operator()(std::string_view a, std::string_view b) const;
};
using HeaderMap = std::map<std::string, std::string, IgnoreCase>;

struct Request {
    std::string method;
    /// Percent-decoded, begins with '/', valid UTF-8, without "." and ".." segments, control characters,
    /// backslashes and encoded slashes (such a request is answered with 400 before it gets here).
    std::string path;
    /// Percent-decoded; of a name that comes twice the first value.
    std::map<std::string, std::string> query;
    /// A header that comes twice: values joined with ", ".
    HeaderMap headers;
    std::map<std::string, std::string> cookies;
    std::string body;
    /// Address of the other side without the port. Behind a reverse proxy: that of the proxy.
    std::string remote;
    /// `name` of the listener it came in by.
    std::string listener;
    /// SHA-256 of the client's certificate (DER) on a listener with client_ca_pem; else empty. The chain
    /// and the validity are checked, whether the device is still allowed is for the handler to decide.
    Bytes peer_fingerprint;

    /// The value of a header or of a query parameter; empty when it is not there.
    std::string_view header(std::string_view name) const;
    std::string_view parameter(std::string_view name) const;
};

struct Response {
    int status = 200;
    /// Content-Length, Connection, Date and the security headers are added by the server; Cache-Control
    /// no-store too, where none is given; a Content-Security-Policy replaces the general one. A header with a
    /// line break or another control character is left out.
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    /// Path of a file that is the body instead: read while it is sent, so that it may be large. It may be
    /// removed meanwhile; where it cannot be opened the answer is 404.
    std::string file{};
};

/// Gives the answer. From any thread, exactly once (later calls do nothing). When every copy of it is gone
/// without a call, the server answers 500.
using Respond = std::function<void(Response)>;
/// Called on an I/O thread: must not block; what takes long is done elsewhere and answered from there.
using Handler = std::function<void(Request, Respond)>;

Response json_response(int status, const json::value& value);

}  // namespace wa::http
