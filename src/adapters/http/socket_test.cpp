// WebSockets: the server against the own client, and against bytes written by hand.
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <thread>

#include "adapters/http/testing_sockets.hpp"

namespace wa::http {
namespace {

using namespace testing_sockets;
namespace net = boost::asio;
namespace beast = boost::beast;

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

TEST_F(Sockets, who_throws_before_and_after_it_is_open_keeps_no_connection) {
    options.sockets["/decides"] = [](const Request&,
                                     const std::shared_ptr<Socket>&) -> std::optional<SocketCallbacks> {
        throw std::runtime_error("the store failed");
    };
    options.sockets["/opens"] = [](const Request&, const std::shared_ptr<Socket>&) {
        SocketCallbacks callbacks;
        callbacks.on_open = [] { throw std::runtime_error("the store failed"); };
        return std::optional(callbacks);
    };
    options.sockets["/ends"] = [](const Request&, const std::shared_ptr<Socket>&) {
        SocketCallbacks callbacks;
        callbacks.on_close = [](const CloseReason&) { throw std::runtime_error("the store failed"); };
        return std::optional(callbacks);
    };
    start();
    EXPECT_EQ(refusal(plain("/decides")).code, 503);
    EXPECT_EQ(refusal(secure("/decides", device)).code, 503);
    for (const auto* path : {"/opens", "/ends"}) {
        Events events;
        LineSocket line(loop);
        line.connect(plain(path), events.callbacks());
        ASSERT_TRUE(events.wait_open());
        line.close();
        ASSERT_TRUE(events.wait_closed());
    }
    for (int i = 0; i < 500 && server->stats().open > 0; ++i) std::this_thread::sleep_for(10ms);
    EXPECT_EQ(server->stats().open, 0u);
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

TEST_F(Sockets, early_messages_follow_the_request_once_the_server_has_said_that_it_takes_them) {
    options.sockets["/hello"] = [this](const Request& request, const std::shared_ptr<Socket>& socket) {
        note(request, socket);
        socket->send_text("welcome");
        return std::optional(at_server.callbacks());
    };
    start();
    LineSocket line(loop);
    const std::vector<std::string> early = {std::string(100, 'a'), std::string(3000, 'b'),
                                            std::string(70'000, 'c')};
    std::size_t heard = 0;
    for (int i = 0; i < 5; ++i) {
        // A server that has begun anew cannot read what was sent with the tickets of the one before.
        if (i >= 3) {
            server.reset();
            start();
        }
        Events events;
        auto callbacks = events.callbacks();
        int asked = 0;
        const bool quick = i == 2 || i == 4;
        callbacks.first_message = [] { return to_bytes("hello"); };
        callbacks.early_messages = [&](bool is_quick) {
            ++asked;
            EXPECT_EQ(is_quick, quick);
            std::vector<Bytes> messages;
            for (const auto& one : early) messages.push_back(to_bytes(one));
            return messages;
        };
        auto to_server = secure("/hello", device);
        to_server.quick = quick;
        line.connect(to_server, callbacks);
        line.send_text("later");
        ASSERT_TRUE(events.wait([&] { return events.messages > 0 || !events.closed.empty(); }));
        ASSERT_EQ(events.opened, 1) << events.closed[0].text;
        EXPECT_EQ(asked, i > 0);
        std::vector<std::string> expected{"hello"};
        if (i > 0) expected.insert(expected.end(), early.begin(), early.end());
        expected.emplace_back("later");
        ASSERT_TRUE(at_server.wait([&] { return at_server.messages == heard + expected.size(); }));
        for (const auto& text : expected) EXPECT_TRUE(at_server.texts[heard++] == text) << i;
        line.abort();
        ASSERT_TRUE(events.wait_closed());
    }
}

TEST_F(Sockets, early_messages_are_not_sent_to_a_server_that_has_refused) {
    start();
    Events events;
    auto callbacks = events.callbacks();
    int asked = 0;
    callbacks.first_message = [] { return to_bytes("hello"); };
    callbacks.early_messages = [&](bool) { return ++asked, std::vector<Bytes>{to_bytes("early")}; };
    LineSocket line(loop);
    for (const auto* path : {"/sink", "/no", "/no", "/sink"}) {
        line.connect(secure(path, device), callbacks);
        ASSERT_TRUE(events.wait([&] { return events.messages + events.closed.size() > 0; }));
        line.abort();
        ASSERT_TRUE(events.wait_closed());
        events.note([&] { events.messages = 0, events.closed.clear(); });
    }
    EXPECT_EQ(asked, 1) << "only of the first refusal";
}

/// Where a proxy may stand, what follows a request is another request.
TEST_F(Sockets, nothing_may_follow_where_no_certificate_is_asked_for) {
    start();
    RawClient peer(server->port());
    peer.send(upgrade("X-Wanderamt-Early-Messages: follow\r\n") + "more");
    EXPECT_EQ(peer.answer().substr(9, 3), "400");
}

TEST_F(Sockets, a_first_message_that_cannot_be_read_is_refused) {
    start();
    RawClient peer(server->port());
    peer.send(upgrade("X-Wanderamt-First-Message: !!\r\n"));
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
    page.send(upgrade("Origin: http://evil.example\r\n"));
    EXPECT_EQ(page.answer().substr(9, 3), "403");
    auto nobody = plain("/echo");
    nobody.port = 1;
    EXPECT_EQ(refusal(nobody).kind, CloseKind::lost);
    auto unknown = plain("/echo");
    unknown.host = "name.invalid";
    EXPECT_NE(refusal(unknown).text, "opened");
}

}  // namespace
}  // namespace wa::http
