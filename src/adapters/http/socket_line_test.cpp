// The line between Koffer and hub: who is let in by TLS, and what becomes of sockets that stall, end or are
// let go.
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>

#include <future>
#include <thread>

#include "adapters/http/testing_sockets.hpp"

namespace wa::http {
namespace {

using namespace testing_sockets;
namespace net = boost::asio;

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

/// Listens, and tells of what comes by which mark its first packet asked for a route.
struct Marks {
    net::io_context io;
    net::ip::tcp::acceptor acceptor{io, {net::ip::address_v4::loopback(), 0}};
    Marks() {
        const int on = 1;
        setsockopt(acceptor.native_handle(), IPPROTO_TCP, TCP_SAVE_SYN, &on, sizeof on);
    }
    int next() {
        last = std::make_unique<net::ip::tcp::socket>(acceptor.accept());
        std::array<std::uint8_t, 200> packet{};
        socklen_t size = sizeof packet;
        EXPECT_EQ(getsockopt(last->native_handle(), IPPROTO_TCP, TCP_SAVED_SYN, packet.data(), &size), 0);
        return packet[1];  // type of service
    }
    std::unique_ptr<net::ip::tcp::socket> last;
};

TEST_F(Sockets, only_on_a_line_that_was_quick_the_first_packet_asks_for_a_wide_window) {
    Marks marks;
    LineOptions to{.host = "127.0.0.1", .port = marks.acceptor.local_endpoint().port(), .path = "/"};
    for (const bool quick : {false, true}) {
        to.quick = quick;
        Events events;
        LineSocket line(loop);
        line.connect(to, events.callbacks());
        EXPECT_EQ(marks.next(), quick ? 0x10 : 0);
        char begin = 0;
        EXPECT_EQ(net::read(*marks.last, net::buffer(&begin, 1)), 1u);
    }
}

TEST_F(Sockets, a_line_that_answers_late_is_dialled_anew_without_asking) {
    Marks marks;
    LineOptions to{.host = "127.0.0.1", .port = marks.acceptor.local_endpoint().port(), .path = "/"};
    to.quick = true;
    to.quick_trip_ms = 0;
    Events events;
    LineSocket line(loop);
    line.connect(to, events.callbacks());
    EXPECT_EQ(marks.next(), 0x10);
    char begin = 0;
    boost::system::error_code error;
    EXPECT_EQ(net::read(*marks.last, net::buffer(&begin, 1), error), 0u) << "nothing was sent on it";
    EXPECT_EQ(marks.next(), 0);
    EXPECT_EQ(net::read(*marks.last, net::buffer(&begin, 1)), 1u);
}

constexpr std::string_view upgrade_request =
    "GET /sink HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";

TEST_F(Sockets, bytes_are_heard_in_the_middle_of_a_large_frame) {
    start();
    RawClient client(server->port());
    client.send(upgrade_request);
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
    client.send(upgrade_request);
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

/// Of what the kernel may hold unsent it tells only who asks before each write.
TEST_F(Sockets, little_waits_in_the_kernel_of_a_slow_line) {
    std::promise<void> read_on;
    options.sockets["/stalled"] = [&, wait = read_on.get_future().share()](
                                      const Request& request, const std::shared_ptr<Socket>& socket) {
        note(request, socket);
        auto callbacks = at_server.callbacks();
        callbacks.on_message = [wait](std::string_view, bool) { wait.wait(); };
        return std::optional(callbacks);
    };
    start();
    Events events;
    LineSocket line(loop);
    line.connect(plain("/stalled"), events.callbacks());
    ASSERT_TRUE(events.wait_open());
    constexpr int limit = 4096, message = 8192;
    std::promise<void> limited;
    loop.post([&] { line.set_unsent_bytes(limit), limited.set_value(); });
    limited.get_future().wait();
    for (int i = 0; i < 2000; ++i) line.send_binary(Bytes(message));
    std::int64_t unsent = 0;
    // Until nothing moves any more: what the other side takes in is up to the kernel.
    for (std::size_t before = 0; before != line.queued_bytes(); std::this_thread::sleep_for(300ms)) {
        before = line.queued_bytes();
        std::promise<std::int64_t> asked;
        loop.post([&] { asked.set_value(line.measured()->unsent_bytes); });
        unsent = std::max(unsent, asked.get_future().get());
    }
    read_on.set_value();
    EXPECT_GT(line.queued_bytes(), 0u);
    EXPECT_LT(unsent, limit + message + 100);
    line.abort();
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
    dead.send(upgrade_request);
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
    stuck.send(upgrade_request);
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

}  // namespace
}  // namespace wa::http
