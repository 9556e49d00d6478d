// WebSockets and TLS: the server against the own client, and against bytes written by hand.
#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <chrono>
#include <thread>

#include "adapters/http/line_socket.hpp"
#include "adapters/http/server.hpp"
#include "adapters/http/testing_client.hpp"
#include "adapters/pki/pki.hpp"

namespace wa::http {
namespace {

using namespace testing_client;
namespace net = boost::asio;
namespace beast = boost::beast;

Timestamp now() {
    return {std::chrono::duration_cast<std::chrono::milliseconds>(
                std::chrono::system_clock::now().time_since_epoch())
                .count()};
}

struct Device {
    std::string certificate_pem;
    std::string key_pem;
};
Device make_device(const pki::Authority& authority) {
    const auto request = pki::make_device_key_and_request("device");
    return {*pki::issue_device(authority, request->csr_pem, "device", 30, now()), request->key_pem};
}

struct Sockets : testing::Test {
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

TEST_F(Sockets, who_throws_at_a_message_loses_the_line_and_nobody_else_does) {
    options.sockets["/broken"] = [this](const Request&, const std::shared_ptr<Socket>&) {
        auto callbacks = at_server.callbacks();
        callbacks.on_message = [](std::string_view, bool) { throw std::runtime_error("the store failed"); };
        return std::optional(callbacks);
    };
    start();
    for (int round = 0; round < 2; ++round) {
        Events events;
        LineSocket line(loop);
        line.connect(plain("/broken"), events.callbacks());
        line.send_text("work");
        ASSERT_TRUE(events.wait_closed());
    }
    Events events;
    LineSocket line(loop);
    line.connect(plain("/echo"), events.callbacks());
    line.send_text("still there");
    EXPECT_TRUE(events.wait([&] { return events.messages == 1; }, 10s));
    line.close();
}

TEST_F(Sockets, echo_of_ten_thousand_messages) {
    start();
    for (const auto& line_options : {plain("/echo"), secure("/echo", device)}) {
        Events events;
        LineSocket line(loop);
        auto callbacks = events.callbacks();
        std::size_t wrong = 0;
        callbacks.on_message = [&, next = 0](std::string_view text, bool binary) mutable {
            const int at = next++;
            if (text != std::to_string(at) + std::string(std::size_t(at % 300), 'x') ||
                binary != (at % 2 == 0))
                ++wrong;
            events.note([&] { ++events.messages; });
        };
        line.connect(line_options, callbacks);
        for (int i = 0; i < 10'000; ++i) {
            auto text = std::to_string(i) + std::string(std::size_t(i % 300), 'x');
            if (i % 2 == 0)
                line.send_binary(to_bytes(text));
            else
                line.send_text(std::move(text));
        }
        EXPECT_TRUE(events.wait([&] { return events.messages == 10'000; }, 60s)) << events.messages;
        EXPECT_EQ(wrong, 0u);
        EXPECT_EQ(line.queued_bytes(), 0u);
        EXPECT_GT(events.drained, 0);
        line.close();
        ASSERT_TRUE(events.wait_closed());
        EXPECT_EQ(events.closed[0].kind, CloseKind::closed);
        EXPECT_EQ(events.closed.size(), 1u);
    }
}

TEST_F(Sockets, the_first_message_travels_with_the_request_or_before_all_others) {
    options.sockets["/hello"] = [this](const Request& request, const std::shared_ptr<Socket>& socket) {
        note(request, socket);
        return std::optional(at_server.callbacks());
    };
    start();
    std::size_t expected = 0;
    // The second is too long for a request.
    for (const auto& first : {std::string("hello\0there", 11), std::string(20'000, 'h')}) {
        Events events;
        auto callbacks = events.callbacks();
        LineSocket line(loop);
        callbacks.first_message = [&] { return to_bytes(first); };
        line.connect(secure("/hello", device), callbacks);
        line.send_text("second");
        ASSERT_TRUE(events.wait_open());
        expected += 2;
        ASSERT_TRUE(at_server.wait([&] { return at_server.messages == expected; }));
        EXPECT_EQ(at_server.texts[expected - 2], first);
        EXPECT_EQ(at_server.texts[expected - 1], "second");
    }
}

/// A server, or somebody in between, that knows nothing of it.
TEST_F(Sockets, the_first_message_is_sent_again_when_nobody_says_that_it_was_taken) {
    net::io_context io;
    net::ip::tcp::acceptor acceptor(io, {net::ip::address_v4::loopback(), 0});
    std::string heard;
    std::thread server_thread([&] {
        beast::websocket::stream<net::ip::tcp::socket> peer(acceptor.accept());
        beast::flat_buffer buffer;
        beast::error_code error;
        peer.accept(error);
        if (!error) peer.read(buffer, error);
        heard = beast::buffers_to_string(buffer.data());
    });
    Events events;
    auto callbacks = events.callbacks();
    callbacks.first_message = [] { return to_bytes("hello"); };
    LineSocket line(loop);
    line.connect({.host = "127.0.0.1", .port = acceptor.local_endpoint().port(), .path = "/"}, callbacks);
    server_thread.join();
    EXPECT_EQ(heard, "hello");
}

TEST_F(Sockets, a_first_message_that_cannot_be_read_is_refused) {
    start();
    RawClient peer(server->port());
    peer.send(
        "GET /echo HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
        "X-Wanderamt-First-Message: !!\r\n\r\n");
    EXPECT_EQ(peer.answer().substr(9, 3), "400");
}

TEST_F(Sockets, refused_upgrades) {
    start();
    EXPECT_EQ(refusal(plain("/no")).code, 403);
    EXPECT_EQ(refusal(plain("/no")).kind, CloseKind::refused);
    EXPECT_EQ(refusal(plain("/unknown")).code, 404);
    auto renamed = plain("/echo");
    renamed.server_name = "evil.example";
    EXPECT_EQ(refusal(renamed).code, 421);
    RawClient page(server->port());
    page.send(
        "GET /echo HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\nUpgrade: websocket\r\n"
        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
        "AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
    EXPECT_EQ(page.answer().substr(9, 3), "403");
    auto nobody = plain("/echo");
    nobody.port = 1;
    EXPECT_EQ(refusal(nobody).kind, CloseKind::lost);
    auto unknown = plain("/echo");
    unknown.host = "name.invalid";
    EXPECT_NE(refusal(unknown).text, "opened");
}

TEST_F(Sockets, only_known_devices_and_known_servers) {
    start();
    EXPECT_EQ(refusal(secure("/echo", {})).kind, CloseKind::tls) << "no certificate";
    EXPECT_EQ(refusal(secure("/echo", make_device(foreign))).kind, CloseKind::tls) << "foreign device";
    auto other_authority = secure("/echo", device);
    other_authority.ca_pem = foreign.certificate_pem;
    EXPECT_EQ(refusal(other_authority).kind, CloseKind::tls) << "foreign server";
    auto other_name = secure("/echo", device);
    other_name.server_name = "other.example";
    EXPECT_EQ(refusal(other_name).kind, CloseKind::tls) << "wrong name";
    auto broken = secure("/echo", device);
    broken.key_pem = "nonsense";
    EXPECT_EQ(refusal(broken).kind, CloseKind::tls);
    EXPECT_TRUE(server_sockets.empty()) << "none of them reached a handler";
    auto right_name = secure("/sink", device);
    right_name.server_name = "hub.example";
    Events events;
    LineSocket line(loop);
    line.connect(right_name, events.callbacks());
    EXPECT_TRUE(events.wait_open());
    EXPECT_EQ(fingerprints.at(0), pki::fingerprint(device.certificate_pem));
}

/// Whether a handshake up to that version succeeds.
bool handshake_with(std::uint16_t port, int version, const Device& device) {
    RawClient client(port);
    SSL_CTX* context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_max_proto_version(context, version);
    BIO* bio = BIO_new_mem_buf(device.certificate_pem.data(), int(device.certificate_pem.size()));
    X509* certificate = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
    BIO_free(bio);
    bio = BIO_new_mem_buf(device.key_pem.data(), int(device.key_pem.size()));
    EVP_PKEY* key = PEM_read_bio_PrivateKey(bio, nullptr, nullptr, nullptr);
    BIO_free(bio);
    SSL_CTX_use_certificate(context, certificate);
    SSL_CTX_use_PrivateKey(context, key);
    SSL* ssl = SSL_new(context);
    SSL_set_fd(ssl, client.fd());
    const bool done = SSL_connect(ssl) == 1;
    SSL_free(ssl);
    SSL_CTX_free(context);
    X509_free(certificate);
    EVP_PKEY_free(key);
    return done;
}

TEST_F(Sockets, tls_1_2_is_refused) {
    start();
    EXPECT_FALSE(handshake_with(server->port(1), TLS1_2_VERSION, device));
    EXPECT_TRUE(handshake_with(server->port(1), TLS1_3_VERSION, device));
}

TEST_F(Sockets, sessions_are_resumed) {
    start();
    LineSocket line(loop);
    for (int i = 0; i < 4; ++i) {
        Events events;
        line.connect(secure("/sink", device), events.callbacks());
        ASSERT_TRUE(events.wait([&] { return events.messages > 0 || !events.closed.empty(); }));
        ASSERT_EQ(events.opened, 1) << events.closed[0].text;
        EXPECT_EQ(line.resumed(), i > 0);
        // A connection that breaks off must not spoil the ticket.
        if (i % 2)
            line.close();
        else
            line.abort();
        ASSERT_TRUE(events.wait_closed());
    }
    EXPECT_EQ(server->stats().tls_resumed, 3u);
    ASSERT_EQ(fingerprints.size(), 4u);
    for (const auto& fingerprint : fingerprints)
        EXPECT_EQ(fingerprint, pki::fingerprint(device.certificate_pem));
    // Another certificate must not ride on the ticket of the old one.
    Events events;
    line.connect(secure("/sink", make_device(authority)), events.callbacks());
    ASSERT_TRUE(events.wait_open());
    EXPECT_FALSE(line.resumed());
    line.abort();
    ASSERT_TRUE(events.wait_closed());
}

constexpr std::string_view upgrade =
    "GET /sink HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";

TEST_F(Sockets, bytes_are_heard_in_the_middle_of_a_large_frame) {
    start();
    RawClient client(server->port());
    client.send(upgrade);
    EXPECT_NE(client.read_until("\r\n\r\n").find("101"), std::string::npos);
    // A masked binary frame of 65536 bytes, in slow pieces.
    client.send(std::string_view("\x82\xFF\0\0\0\0\0\1\0\0\0\0\0\0", 14));
    const std::string piece(8192, 'x');
    for (int i = 0; i < 8; ++i) {
        EXPECT_EQ(at_server.seen([&] { return at_server.messages; }), 0);
        const int before = at_server.seen([&] { return std::size_t(at_server.bytes); });
        client.send(piece);
        EXPECT_TRUE(at_server.wait([&] { return at_server.bytes > before; })) << i;
    }
    ASSERT_TRUE(at_server.wait([&] { return at_server.messages == 1; }));
    EXPECT_EQ(at_server.texts[0].size(), 65536u);
}

TEST_F(Sockets, slow_consumer_is_dropped_and_a_patient_sender_sees_the_queue) {
    options.socket_queue_limit = 4 * 1024 * 1024;
    start();
    RawClient client(server->port(), 4096);
    client.send(upgrade);
    client.read_until("\r\n\r\n");
    ASSERT_TRUE(at_server.wait_open());
    const auto socket = server_sockets.at(0);
    std::size_t seen = 0;
    for (int i = 0; i < 100 && at_server.seen([&] { return at_server.closed.size(); }) == 0; ++i) {
        socket->send_binary(Bytes(256 * 1024));
        seen = std::max(seen, socket->queued_bytes());
        std::this_thread::sleep_for(2ms);
    }
    ASSERT_TRUE(at_server.wait_closed());
    EXPECT_EQ(at_server.closed[0].kind, CloseKind::overflow);
    EXPECT_GT(seen, 1024u * 1024);
    EXPECT_LT(seen, 6u * 1024 * 1024);
    socket->send_text("after the end");
    EXPECT_EQ(socket->queued_bytes(), 0u);
}

TEST_F(Sockets, abort_while_sending) {
    start();
    Events events;
    LineSocket line(loop);
    line.connect(secure("/sink", device), events.callbacks());
    ASSERT_TRUE(events.wait_open());
    for (int i = 0; i < 50; ++i) line.send_binary(Bytes(1024 * 1024));
    EXPECT_GT(line.queued_bytes(), 1024u * 1024);
    const auto begun = std::chrono::steady_clock::now();
    line.abort();
    ASSERT_TRUE(events.wait_closed());
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 2s);
    EXPECT_EQ(events.closed[0].kind, CloseKind::aborted);
    EXPECT_EQ(line.queued_bytes(), 0u);
    ASSERT_TRUE(at_server.wait_closed());
    EXPECT_EQ(at_server.closed[0].kind, CloseKind::lost);
}

TEST_F(Sockets, destroyed_while_connecting_or_in_a_callback) {
    start();
    for (int i = 0; i < 30; ++i) {
        Events events;
        {
            LineSocket line(loop);
            line.connect(secure("/sink", device), events.callbacks());
            line.send_text("never mind");
            if (i % 3) std::this_thread::sleep_for(std::chrono::milliseconds(i % 7));
        }
        const std::lock_guard lock(events.mutex);  // nothing touches the events after their end
    }
    Events events;
    auto line = std::make_unique<LineSocket>(loop);
    auto callbacks = events.callbacks();
    callbacks.on_message = [&](std::string_view, bool) {
        line.reset();
        events.note([&] { ++events.messages; });
    };
    line->connect(secure("/sink", device), callbacks);
    EXPECT_TRUE(events.wait([&] { return events.messages == 1; }));
    EXPECT_TRUE(events.closed.empty());
}

TEST_F(Sockets, a_server_that_never_answers) {
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    socklen_t length = sizeof address;
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ASSERT_EQ(bind(fd, reinterpret_cast<sockaddr*>(&address), length), 0);
    ASSERT_EQ(listen(fd, 8), 0);
    getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length);
    start();
    auto silent = secure("/sink", device);
    silent.port = ntohs(address.sin_port);
    silent.connect_timeout_ms = 200;
    EXPECT_EQ(refusal(silent).kind, CloseKind::timeout);
    silent.ca_pem.clear();
    EXPECT_EQ(refusal(silent).kind, CloseKind::timeout);
    close(fd);
}

TEST_F(Sockets, idle_sockets_are_pinged_and_dead_ones_closed) {
    options.socket_idle_ms = 400;
    start();
    Events events;
    LineSocket line(loop);
    line.connect(plain("/sink"), events.callbacks());
    ASSERT_TRUE(events.wait_open());
    RawClient dead(server->port());  // opens, then answers no ping
    dead.send(upgrade);
    dead.read_all(3s);
    EXPECT_TRUE(dead.closed());
    EXPECT_EQ(events.seen([&] { return events.closed.size(); }), 0) << "pongs keep it alive";
    const int before = events.seen([&] { return std::size_t(events.bytes); });
    line.ping();
    EXPECT_TRUE(events.wait([&] { return events.bytes > before; }));
}

TEST_F(Sockets, stop_says_farewell) {
    options.stop_grace_ms = 1500;
    start();
    Events events;
    LineSocket line(loop);
    line.connect(secure("/sink", device), events.callbacks());
    RawClient stuck(server->port(), 4096);  // never says farewell
    stuck.send(upgrade);
    ASSERT_TRUE(events.wait_open());
    ASSERT_TRUE(at_server.wait([&] { return at_server.opened == 2; }));
    server_sockets.at(0)->send_text("last words");
    const auto begun = std::chrono::steady_clock::now();
    server->stop();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 4s);
    ASSERT_TRUE(events.wait_closed());
    EXPECT_EQ(events.closed[0].kind, CloseKind::closed);
    EXPECT_EQ(events.closed[0].code, 1001);
    EXPECT_EQ(at_server.closed.size(), 2u) << "on_close has been called when stop returns";
    server.reset();
    for (const auto& socket : server_sockets) socket->send_text("after the server");
}

TEST_F(Sockets, one_line_connects_again_without_waiting) {
    start();
    LineSocket line(loop);
    Events first, second;
    line.connect(plain("/sink"), first.callbacks());
    line.connect(plain("/echo"), second.callbacks());
    line.send_text("hello");
    ASSERT_TRUE(first.wait_closed());
    ASSERT_TRUE(second.wait([&] { return second.messages == 1; }));
    EXPECT_EQ(second.texts[0], "hello");
    line.abort();
    ASSERT_TRUE(second.wait_closed());
}

TEST(Loops, tasks_and_timers) {
    Events events;
    auto loop = std::make_unique<Loop>();
    std::string order;
    loop->post([&] { order += 'a'; });
    loop->call_after(60, [&] { order += 'd'; });
    const auto cancelled = loop->call_after(30, [&] { order += 'x'; });
    loop->call_after(20, [&] {
        order += 'c';
        loop->cancel(cancelled);
        EXPECT_TRUE(loop->is_this_thread());
    });
    loop->post([&] { order += 'b'; });
    loop->call_after(100, [&] { events.note([&] { ++events.opened; }); });
    EXPECT_TRUE(events.wait_open());
    EXPECT_EQ(order, "abcd");
    EXPECT_FALSE(loop->is_this_thread());
    loop->call_after(0, [] { std::this_thread::sleep_for(50ms); });
    loop->call_after(10'000, [&] { order += 'z'; });
    loop.reset();
    EXPECT_EQ(order, "abcd");
}

TEST(Loops, a_task_that_throws_ends_alone_and_is_told_of) {
    static std::string told;
    log_failures([](std::string_view why) { told = why; });
    Events events;
    Loop loop;
    loop.post([] { throw std::runtime_error("disk is full"); });
    loop.call_after(10, [] { throw std::runtime_error("again"); });
    loop.call_after(40, [&] { events.note([&] { ++events.opened; }); });
    EXPECT_TRUE(events.wait_open());
    EXPECT_EQ(told, "again");
    log_failures({});
}

TEST(Loops, end_of_the_loop_ends_its_sockets) {
    auto loop = std::make_unique<Loop>();
    Events events;
    auto line = std::make_unique<LineSocket>(*loop);
    // An address that answers nothing (RFC 5737).
    line->connect({.host = "192.0.2.1", .port = 9}, events.callbacks());
    loop->stop();
    if (events.closed.empty()) ADD_FAILURE() << "no on_close";
    line->send_text("x");
    line.reset();
    loop.reset();
}

}  // namespace
}  // namespace wa::http
