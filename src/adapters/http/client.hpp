// One HTTP request at a time, for programs that talk to a neighbour on the same machine.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wa::http {

struct Endpoint {
    std::string host;
    std::uint16_t port = 80;
};

/// "http://127.0.0.1:8503" with at most a slash behind. Empty for anything else, also for hosts that are not
/// this machine: what we say is not encrypted.
std::optional<Endpoint> local_endpoint(std::string_view url);

struct ClientRequest {
    std::string method = "GET";
    std::string target;  ///< path and query, percent-encoded
    std::string body;    ///< JSON; empty: none
    int timeout_ms = 10'000;
    std::size_t answer_limit = 16 * 1024 * 1024;
};

struct ClientAnswer {
    int status = 0;  ///< 0: there was no answer
    std::string body;
    std::string failure;  ///< why not, technical (English, for logs); nothing that was transferred
};

/// Connects, asks, waits for the answer in the calling thread, and disconnects.
ClientAnswer ask(const Endpoint& endpoint, const ClientRequest& request);

}  // namespace wa::http
