// A server with a desk and a sync listener, devices it knows and one it does not: for the tests of sockets.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "adapters/http/line_socket.hpp"
#include "adapters/http/server.hpp"
#include "adapters/http/testing_client.hpp"
#include "adapters/pki/pki.hpp"

namespace wa::http::testing_sockets {

using namespace testing_client;

inline Timestamp now() {
    return {std::chrono::duration_cast<std::chrono::milliseconds>(
                std::chrono::system_clock::now().time_since_epoch())
                .count()};
}

struct Device {
    std::string certificate_pem;
    std::string key_pem;
};
inline Device make_device(const pki::Authority& authority) {
    const auto request = pki::make_device_key_and_request("device");
    return {*pki::issue_device(authority, request->csr_pem, "device", 30, now()), request->key_pem};
}

struct Sockets : ::testing::Test {
    pki::Authority authority = *pki::make_authority("Test", 30, now());
    pki::Authority foreign = *pki::make_authority("Foreign", 30, now());
    Device device = make_device(authority);
    ServerOptions options;
    std::unique_ptr<Server> server;
    Loop loop;

    Events at_server;
    std::mutex mutex;
    std::vector<std::shared_ptr<Socket>> server_sockets;
    std::vector<Bytes> fingerprints;

    void SetUp() override {
        const auto identity = *pki::issue_server(authority, {"127.0.0.1", "hub.example"}, 30, now());
        options.listeners = {
            {.name = "desk"},
            {.name = "sync",
             .tls = Tls{identity.certificate_pem, identity.key_pem, authority.certificate_pem},
             .bad_line = true}};
        options.allowed_hosts.push_back("hub.example");
        options.handler = [](Request, Respond respond) { respond({200, {}, "ok"}); };
        options.sockets["/echo"] = [this](const Request& request, const std::shared_ptr<Socket>& socket) {
            note(request, socket);
            auto callbacks = at_server.callbacks();
            callbacks.on_message = [weak = std::weak_ptr(socket)](std::string_view text, bool binary) {
                const auto held = weak.lock();
                if (binary)
                    held->send_binary(to_bytes(text));
                else
                    held->send_text(std::string(text));
            };
            return std::optional(callbacks);
        };
        options.sockets["/sink"] = [this](const Request& request, const std::shared_ptr<Socket>& socket) {
            note(request, socket);
            socket->send_text("welcome");
            return std::optional(at_server.callbacks());
        };
        options.sockets["/no"] = [](const Request&, const std::shared_ptr<Socket>&) {
            return std::optional<SocketCallbacks>();
        };
    }
    void TearDown() override { server.reset(); }
    void note(const Request& request, const std::shared_ptr<Socket>& socket) {
        const std::lock_guard lock(mutex);
        server_sockets.push_back(socket);
        fingerprints.push_back(request.peer_fingerprint);
    }
    void start() {
        server = std::make_unique<Server>(options);
        ASSERT_EQ(server->start(), std::nullopt);
    }
    LineOptions plain(const std::string& path) const {
        return {.host = "127.0.0.1", .port = server->port(0), .path = path};
    }
    LineOptions secure(const std::string& path, const Device& who) const {
        return {.host = "127.0.0.1",
                .port = server->port(1),
                .path = path,
                .ca_pem = authority.certificate_pem,
                .certificate_pem = who.certificate_pem,
                .key_pem = who.key_pem};
    }
    /// Connects and says how it ended without opening.
    CloseReason refusal(const LineOptions& line_options) {
        Events events;
        LineSocket line(loop);
        line.connect(line_options, events.callbacks());
        if (!events.wait_closed() || events.opened) return {CloseKind::closed, "opened", 0};
        return events.closed[0];
    }
};

/// A question to open /echo by hand, with these further header lines.
inline std::string upgrade(const std::string& lines) {
    return "GET /echo HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n" +
           lines + "\r\n";
}

}  // namespace wa::http::testing_sockets
