// TLS on the socket: what arrives, in which records, how it ends, and what it keeps.
#include "adapters/http/wire.hpp"

#include <malloc.h>

#include <boost/asio/read.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/write.hpp>

#include "adapters/http/testing_sockets.hpp"
#include "adapters/http/testing_tls.hpp"
#include "adapters/http/tls_context.hpp"

namespace wa::http {
namespace {

using namespace testing_sockets;
using testing_tls::Peer;

/// A result that may not be there yet.
struct Outcome {
    bool done = false;
    ErrorCode error;
    std::size_t bytes = 0;

    auto handler() {
        return [this](const ErrorCode& how, std::size_t count) {
            done = true;
            error = how;
            bytes = count;
        };
    }
};

struct Wires : ::testing::Test {
    net::io_context io;
    pki::Authority authority = *pki::make_authority("Test", 30, now());
    pki::Identity identity = *pki::issue_server(authority, {"127.0.0.1"}, 30, now());
    Device device = make_device(authority);
    std::string problem;
    std::shared_ptr<net::ssl::context> at_server = server_context(true);
    std::shared_ptr<ClientTls> at_client = ClientTls::make({.host = "127.0.0.1",
                                                            .ca_pem = authority.certificate_pem,
                                                            .certificate_pem = device.certificate_pem,
                                                            .key_pem = device.key_pem},
                                                           problem);

    std::shared_ptr<net::ssl::context> server_context(bool bad_line) {
        return make_server_context({identity.certificate_pem, identity.key_pem, authority.certificate_pem},
                                   bad_line, problem);
    }
    /// Both ends of a connection whose buffers are small.
    std::pair<TcpSocket, TcpSocket> connect() {
        tcp::acceptor acceptor(io, {net::ip::address_v4::loopback(), 0});
        const net::socket_base::send_buffer_size little(16 * 1024);
        TcpSocket near(net::make_strand(io)), far(net::make_strand(io));
        near.connect(acceptor.local_endpoint());
        acceptor.accept(far);
        near.set_option(little);
        far.set_option(little);
        return {std::move(near), std::move(far)};
    }
    template <class Condition>
    bool run_until(Condition met, std::chrono::milliseconds limit = 30s) {
        const auto until = std::chrono::steady_clock::now() + limit;
        while (!met() && std::chrono::steady_clock::now() < until) {
            io.restart();
            io.run_one_for(10ms);
        }
        return met();
    }
    std::pair<Wire, Wire> secured(net::ssl::context& context) {
        auto [near, far] = connect();
        Wire client(std::move(near), &at_client->context()), server(std::move(far), &context);
        EXPECT_TRUE(at_client->prepare(client.ssl(), "127.0.0.1"));
        Outcome first, second;
        client.async_shake_hands(first.handler());
        server.async_shake_hands(second.handler());
        EXPECT_TRUE(run_until([&] { return first.done && second.done; }));
        EXPECT_FALSE(first.error || second.error) << first.error.message() << second.error.message();
        return {std::move(client), std::move(server)};
    }
    /// A wire at the server, and the hand at the client.
    struct ByHand {
        TcpSocket socket;
        Wire wire;
        Peer peer;
    };
    std::unique_ptr<ByHand> by_hand() {
        auto [near, far] = connect();
        const int fd = near.native_handle();
        std::unique_ptr<ByHand> made(new ByHand{std::move(near),
                                                Wire(std::move(far), at_server.get()),
                                                {at_client->context().native_handle(), fd, [this] {
                                                     io.restart();
                                                     io.poll();
                                                 }}});
        Outcome outcome;
        made->wire.async_shake_hands(outcome.handler());
        EXPECT_TRUE(made->peer.shake_hands());
        EXPECT_TRUE(run_until([&] { return outcome.done; }));
        EXPECT_FALSE(outcome.error) << outcome.error.message();
        return made;
    }
};

std::string numbers(std::size_t size, unsigned seed) {
    std::string text(size, '\0');
    for (auto& c : text) c = char((seed = seed * 1664525 + 1013904223) >> 24);
    return text;
}

/// Reads all that comes in pieces of changing size, until it ends.
struct Reader {
    Wire& wire;
    std::string text;
    std::string part;
    ErrorCode error;

    void go_on() {
        part.resize(1 + text.size() % 7000);
        wire.async_read_some(net::buffer(part), [this](const ErrorCode& how, std::size_t bytes) {
            text.append(part, 0, bytes);
            if (error = how; !error) go_on();
        });
    }
};

TEST_F(Wires, megabytes_both_ways_at_once_arrive_whole_though_nobody_reads_at_first) {
    const auto there = numbers(5'000'000, 1), back = numbers(4'000'000, 2);
    const auto usual = server_context(false);
    for (int round = 0; round < 3; ++round) {
        auto [client, server] = [&, this, at = round]() -> std::pair<Wire, Wire> {
            if (at > 0) return secured(at == 1 ? *at_server : *usual);
            auto [near, far] = connect();
            return {Wire(std::move(near)), Wire(std::move(far))};
        }();
        Outcome sent, answered;
        // In three pieces, of which one is empty and one ends in the middle of a record.
        const std::array<net::const_buffer, 3> pieces = {net::buffer(there.data(), 14), net::const_buffer(),
                                                         net::buffer(there) + 14};
        net::async_write(client, pieces, sent.handler());
        net::async_write(server, net::buffer(back), answered.handler());
        EXPECT_FALSE(run_until([&] { return sent.done || answered.done; }, 100ms)) << "both must wait";
        Reader at_far{server, {}, {}, {}}, at_near{client, {}, {}, {}};
        at_far.go_on();
        at_near.go_on();
        ASSERT_TRUE(run_until([&] {
            return at_far.text.size() == there.size() && at_near.text.size() == back.size();
        })) << round;
        ASSERT_TRUE(run_until([&] { return sent.done && answered.done; }));
        EXPECT_FALSE(sent.error || answered.error);
        EXPECT_TRUE(at_far.text == there && at_near.text == back) << round;
        client.close();
        ASSERT_TRUE(run_until([&] { return at_far.error && at_near.error; }));
        EXPECT_EQ(at_near.error, net::error::operation_aborted);
        EXPECT_EQ(at_far.error, round ? ErrorCode(net::ssl::error::stream_truncated) : net::error::eof);
    }
}

TEST_F(Wires, head_and_body_share_a_record) {
    const auto made = by_hand();
    constexpr std::size_t tag = 17;  // and the kind of what is inside
    const auto sizes = [&](const std::vector<std::size_t>& pieces) {
        std::string all;
        std::vector<std::string> texts;
        std::vector<net::const_buffer> buffers;
        for (const auto size : pieces) texts.push_back(numbers(size, unsigned(size)));
        for (const auto& text : texts) {
            all += text;
            buffers.push_back(net::buffer(text));
        }
        Outcome outcome;
        net::async_write(made->wire, buffers, outcome.handler());
        EXPECT_TRUE(made->peer.receive(all.size()) == all);
        EXPECT_TRUE(run_until([&] { return outcome.done; }));
        EXPECT_EQ(outcome.bytes, all.size());
        auto found = made->peer.records();
        for (auto& size : found) size -= tag;
        return found;
    };
    using Sizes = std::vector<std::size_t>;
    sizes({5});  // and the ticket
    EXPECT_EQ(sizes({10, 100}), Sizes{110});
    EXPECT_EQ(sizes({14, 4096}), Sizes{4110});
    EXPECT_EQ(sizes({2, 0, 3, 0, 5, 0, 7, 0, 0, 0}), Sizes{17});
    EXPECT_EQ(sizes({10, 2 * small_record}), (Sizes{small_record, small_record, 10}));
    EXPECT_EQ(sizes(Sizes(20, 3)), (Sizes{24, 24, 12})) << "more pieces than are taken at once";
}

TEST_F(Wires, half_a_record_is_heard_and_never_taken_for_an_end) {
    for (const std::string_view how : {"goes on", "is cut off", "breaks", "says farewell"}) {
        const auto made = by_hand();
        int heard = 0;
        made->wire.on_bytes([&] { ++heard; });
        std::string text(100, '\0');
        Outcome outcome;
        made->wire.async_read_some(net::buffer(text), outcome.handler());
        const auto record = made->peer.seal("whole or not at all");
        made->peer.send(std::string_view(record).substr(0, 20));
        ASSERT_TRUE(run_until([&] { return heard == 1; }));
        EXPECT_FALSE(run_until([&] { return outcome.done; }, 50ms));
        if (how == "goes on" || how == "says farewell") {
            made->peer.send(std::string_view(record).substr(20));
            ASSERT_TRUE(run_until([&] { return outcome.done; }));
            EXPECT_EQ(heard, 2);
            EXPECT_EQ(text.substr(0, outcome.bytes), "whole or not at all");
        }
        if (how == "goes on") continue;
        outcome = {};
        if (how == "says farewell") {
            made->wire.async_read_some(net::buffer(text), outcome.handler());
            SSL_shutdown(made->peer.ssl());
            made->peer.send(made->peer.encrypted());
        }
        if (how == "breaks") {
            reset_on_close(made->socket.native_handle());
            made->socket.close();
        } else {
            // To close it would be a reset: there is a ticket that nobody has read.
            made->socket.shutdown(tcp::socket::shutdown_send);
        }
        ASSERT_TRUE(run_until([&] { return outcome.done; }));
        EXPECT_EQ(outcome.error, how == "is cut off" ? ErrorCode(net::ssl::error::stream_truncated)
                                 : how == "breaks"   ? ErrorCode(net::error::connection_reset)
                                                     : ErrorCode(net::error::eof))
            << how;
    }
}

TEST_F(Wires, new_keys_in_the_middle) {
    const auto made = by_hand();
    Reader reader{made->wire, {}, {}, {}};
    reader.go_on();
    std::string all;
    for (int i = 0; i < 5; ++i) {
        const auto text = numbers(20'000, unsigned(i));
        all += text;
        made->peer.send(made->peer.seal(text));
        ASSERT_EQ(SSL_key_update(made->peer.ssl(), SSL_KEY_UPDATE_REQUESTED), 1);
        made->peer.send(made->peer.seal("."));
        all += '.';
        ASSERT_TRUE(run_until([&] { return reader.text.size() == all.size(); }));
        Outcome outcome;
        net::async_write(made->wire, net::buffer(text), outcome.handler());
        EXPECT_TRUE(made->peer.receive(text.size()) == text) << i;
        ASSERT_TRUE(run_until([&] { return outcome.done; }));
    }
    EXPECT_TRUE(reader.text == all);
}

TEST_F(Wires, what_a_ticket_allows_travels_beside_the_handshake_and_the_rest_behind_it) {
    const auto restarted = server_context(true);
    const std::string head = "GET / HTTP/1.1\r\nHost: h\r\n\r\n", behind = numbers(40'000, 7);
    for (const int expected : {SSL_EARLY_DATA_NOT_SENT, SSL_EARLY_DATA_ACCEPTED, SSL_EARLY_DATA_REJECTED}) {
        auto [near, far] = connect();
        auto& context = expected == SSL_EARLY_DATA_REJECTED ? *restarted : *at_server;
        Wire client(std::move(near), &at_client->context()), server(std::move(far), &context);
        ASSERT_TRUE(at_client->prepare(client.ssl(), "127.0.0.1"));
        client.begin_with_first_write(early_data_max);
        client.send_behind(to_bytes(behind));
        Outcome secured, written, answered, read;
        server.async_shake_hands(secured.handler());
        // In more pieces than are taken at once.
        std::vector<net::const_buffer> pieces;
        for (const auto& one : head) pieces.emplace_back(&one, 1);
        net::async_write(client, pieces, written.handler());
        ASSERT_TRUE(run_until([&] { return secured.done; }));
        ASSERT_FALSE(secured.error) << secured.error.message();
        Reader reader{server, {}, {}, {}};
        reader.go_on();
        ASSERT_TRUE(run_until([&] { return reader.text.size() >= head.size() + behind.size(); }));
        EXPECT_TRUE(reader.text == head + behind) << expected;
        ASSERT_TRUE(run_until([&] { return written.done; }));
        EXPECT_EQ(written.bytes, head.size());
        EXPECT_EQ(SSL_get_early_data_status(client.ssl()), expected);
        // With the answer comes the next ticket.
        std::string text(2, '\0');
        net::async_write(server, net::buffer("ok", 2), answered.handler());
        net::async_read(client, net::buffer(text), read.handler());
        ASSERT_TRUE(run_until([&] { return answered.done && read.done; }));
        EXPECT_EQ(text, "ok");
        client.close();
        ASSERT_TRUE(run_until([&] { return bool(reader.error); }));
    }
}

TEST_F(Wires, beside_the_handshake_goes_no_more_than_who_opens_wants) {
    auto [before, at_it] = secured(*at_server);
    char with_ticket = 0;
    Outcome sent, received;
    net::async_write(at_it, net::buffer("x", 1), sent.handler());
    net::async_read(before, net::buffer(&with_ticket, 1), received.handler());
    ASSERT_TRUE(run_until([&] { return sent.done && received.done; }));
    const std::string head = "GET / HTTP/1.1\r\nHost: h\r\n\r\n", behind = numbers(60'000, 7);
    for (const std::size_t beside : {early_data_usual, early_data_max}) {
        tcp::acceptor acceptor(io, {net::ip::address_v4::loopback(), 0});
        TcpSocket near(net::make_strand(io)), far(net::make_strand(io));
        near.connect(acceptor.local_endpoint());
        acceptor.accept(far);
        Wire client(std::move(near), &at_client->context());
        ASSERT_TRUE(at_client->prepare(client.ssl(), "127.0.0.1"));
        client.begin_with_first_write(beside);
        client.send_behind(to_bytes(behind));
        Outcome written;
        net::async_write(client, net::buffer(head), written.handler());
        std::size_t first = 0;
        // The other end says nothing.
        far.non_blocking(true);
        std::vector<char> room(100'000);
        ErrorCode error;
        EXPECT_FALSE(run_until(
            [&] {
                first += far.read_some(net::buffer(room), error);
                return first > beside + 5000;
            },
            100ms));
        EXPECT_GT(first, beside);
        client.close();
        ASSERT_TRUE(run_until([&] { return written.done; }));
    }
}

/// Somebody has recorded the beginning of a connection and sends it again.
TEST_F(Wires, what_comes_beside_a_handshake_is_not_read_before_its_end) {
    secured(*at_server).first.close();
    const auto made = by_hand();
    Outcome sent;
    made->wire.async_write_some(net::buffer("x", 1), sent.handler());
    EXPECT_EQ(made->peer.receive(1), "x");
    const auto meanwhile = [this] {
        io.restart();
        io.poll();
    };
    auto [near, far] = connect();
    Wire server(std::move(far), at_server.get());
    Peer peer(at_client->context().native_handle(), near.native_handle(), meanwhile);
    ASSERT_TRUE(at_client->prepare(peer.ssl(), "127.0.0.1"));
    std::size_t taken = 0;
    ASSERT_EQ(SSL_write_early_data(peer.ssl(), "work", 4, &taken), 1);
    const auto recorded = peer.encrypted();
    Outcome first, again;
    server.async_shake_hands(first.handler());
    peer.send(recorded);
    EXPECT_FALSE(run_until([&] { return first.done; }, 50ms));
    EXPECT_TRUE(peer.shake_hands());
    ASSERT_TRUE(run_until([&] { return first.done; }));
    std::string text(10, '\0');
    Outcome read;
    server.async_read_some(net::buffer(text), read.handler());
    ASSERT_TRUE(run_until([&] { return read.done; }));
    EXPECT_EQ(text.substr(0, read.bytes), "work");

    auto [other_near, other_far] = connect();
    Wire other(std::move(other_far), at_server.get());
    Peer thief(at_client->context().native_handle(), other_near.native_handle(), meanwhile);
    other.async_shake_hands(again.handler());
    thief.send(recorded);
    EXPECT_FALSE(run_until([&] { return again.done; }, 100ms));
    other.close();
    ASSERT_TRUE(run_until([&] { return again.done; }));
}

TEST_F(Wires, nobody_is_called_from_within_the_beginning) {
    auto [client, server] = secured(*at_server);
    Outcome sent;
    server.async_write_some(net::buffer("at once"), sent.handler());
    EXPECT_FALSE(sent.done);
    ASSERT_TRUE(run_until([&] { return sent.done; }));
    Outcome nothing;
    std::array<char, 8> text;
    client.async_read_some(net::mutable_buffer(), nothing.handler());
    EXPECT_FALSE(nothing.done);
    ASSERT_TRUE(run_until([&] { return nothing.done; }));
    EXPECT_TRUE(!nothing.error && nothing.bytes == 0);
    nothing = {};
    client.async_write_some(net::const_buffer(), nothing.handler());
    EXPECT_FALSE(nothing.done);
    ASSERT_TRUE(run_until([&] { return nothing.done; }));
    EXPECT_TRUE(!nothing.error && nothing.bytes == 0);
    Outcome read;
    client.async_read_some(net::buffer(text), read.handler());
    EXPECT_FALSE(read.done);
    ASSERT_TRUE(run_until([&] { return read.done; }));
    EXPECT_EQ(read.bytes, 8u);
    client.close();
    Outcome closed, too_late;
    client.async_read_some(net::buffer(text), closed.handler());
    client.async_write_some(net::buffer(text), too_late.handler());
    EXPECT_FALSE(closed.done || too_late.done);
    ASSERT_TRUE(run_until([&] { return closed.done && too_late.done; }));
    EXPECT_EQ(closed.error, net::error::operation_aborted);
    EXPECT_EQ(too_late.error, net::error::operation_aborted);
}

TEST_F(Wires, destroyed_or_closed_while_operations_wait) {
    const auto much = numbers(8'000'000, 3);
    for (const bool within : {false, true}) {
        auto [client, server] = secured(*at_server);
        auto wire = std::make_unique<Wire>(std::move(server));
        std::string text(10, '\0');
        Outcome read, written;
        wire->async_read_some(net::buffer(text), read.handler());
        net::async_write(*wire, net::buffer(much),
                         [&](const ErrorCode& error, std::size_t) { written.handler()(error, 0); });
        EXPECT_FALSE(run_until([&] { return read.done || written.done; }, 50ms));
        if (within) {
            wire->on_bytes([&] { wire->close(); });
            Outcome ignored;
            client.async_write_some(net::buffer("x"), ignored.handler());
            ASSERT_TRUE(run_until([&] { return ignored.done && read.done; }));
            EXPECT_EQ(read.bytes, 2u) << "what had been there is given";
        } else {
            // async_write goes on with its wire: it must be there still, but closed.
            wire->close();
            ASSERT_TRUE(run_until([&] { return read.done; }));
            EXPECT_EQ(read.error, net::error::operation_aborted);
        }
        ASSERT_TRUE(run_until([&] { return written.done; }));
        EXPECT_EQ(written.error, net::error::operation_aborted);
        wire.reset();
    }
    auto [near, far] = connect();
    auto wire = std::make_unique<Wire>(std::move(near), at_server.get());
    Outcome handshake;
    wire->async_shake_hands(handshake.handler());
    EXPECT_FALSE(run_until([&] { return handshake.done; }, 20ms));
    wire.reset();
    ASSERT_TRUE(run_until([&] { return handshake.done; }));
    EXPECT_EQ(handshake.error, net::error::operation_aborted);
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();
std::size_t allocated() {
    return __sanitizer_get_current_allocated_bytes();
}
#else
std::size_t allocated() {
    const auto info = mallinfo2();
    return info.uordblks + info.hblkhd;
}
#endif

TEST_F(Wires, an_idle_connection_keeps_no_buffers) {
    constexpr std::size_t count = 200;
    std::vector<std::pair<Wire, Wire>> all;
    all.reserve(count);
    std::vector<std::array<char, 4>> texts(2 * count);
    std::size_t before = 0;
    for (std::size_t i = 0; i <= count; ++i) {
        all.push_back(secured(*at_server));
        auto& [client, server] = all.back();
        // There and back again, then both sides wait.
        Outcome sent, answered;
        net::async_write(client, net::buffer("ping", 4), sent.handler());
        net::async_write(server, net::buffer("pong", 4), answered.handler());
        ASSERT_TRUE(run_until([&] { return sent.done && answered.done; }));
        Outcome pong, ping;
        std::array<char, 4> there, back;
        net::async_read(server, net::buffer(there), pong.handler());
        net::async_read(client, net::buffer(back), ping.handler());
        ASSERT_TRUE(run_until([&] { return pong.done && ping.done; }));
        if (i == 0) {
            all.clear();
            io.restart();
            io.poll();
            before = allocated();
            continue;
        }
        client.async_read_some(net::buffer(texts[2 * i - 2]), [](const ErrorCode&, std::size_t) {});
        server.async_read_some(net::buffer(texts[2 * i - 1]), [](const ErrorCode&, std::size_t) {});
        io.restart();
        io.poll();
    }
    const auto each_kb = (allocated() - before) / count / 2 / 1024;
    EXPECT_LT(each_kb, 25u) << "one buffer of OpenSSL has 16 kB, Asio's four had 68";
    RecordProperty("kilobytes", int(each_kb));
    all.clear();
    io.restart();
    io.poll();
}

}  // namespace
}  // namespace wa::http
