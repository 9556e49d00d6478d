// HTTP over TLS when the other side stops in the middle: nothing cut off is taken for whole, and nobody is
// waited for longer than said.
#include <atomic>
#include <thread>

#include "adapters/http/testing_sockets.hpp"
#include "adapters/http/testing_tls.hpp"
#include "adapters/http/tls_context.hpp"

namespace wa::http {
namespace {

using namespace testing_sockets;
using testing_tls::Peer;

struct HttpTls : Sockets {
    std::atomic<int> handled{0};
    std::thread later;
    std::shared_ptr<ClientTls> tls;

    void SetUp() override {
        Sockets::SetUp();
        options.read_timeout_ms = 400;
        options.handler = [this](const Request& request, const Respond& respond) {
            ++handled;
            if (request.path != "/api/later") return respond({200, {}, request.body});
            later = std::thread([respond] {
                std::this_thread::sleep_for(900ms);
                respond({200, {}, "late"});
            });
        };
        start();
        std::string error;
        tls = ClientTls::make(secure("/", device), error);
    }
    void TearDown() override {
        Sockets::TearDown();
        if (later.joinable()) later.join();
    }
    Peer client(const RawClient& raw) {
        return {tls->context().native_handle(), raw.fd(), [] {}};
    }
};

constexpr std::string_view post =
    "POST /api/x HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n";

TEST_F(HttpTls, a_request_is_answered_and_a_handler_may_take_its_time) {
    const RawClient raw(server->port(1));
    auto peer = client(raw);
    ASSERT_TRUE(peer.shake_hands());
    peer.send(peer.seal(post));
    peer.send(peer.seal("0123456789"));
    EXPECT_NE(peer.receive(100).find("0123456789"), std::string::npos);
    peer.send(peer.seal("GET /api/later HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    EXPECT_NE(peer.receive(100).find("late"), std::string::npos) << "longer than a request may take";
    EXPECT_TRUE(peer.wait_closed(5s)) << "nothing follows";
    EXPECT_EQ(handled, 2);
    EXPECT_EQ(server->stats().tls_handshakes, 1u);
}

TEST_F(HttpTls, who_stops_in_the_middle_is_closed_in_time_and_unheard) {
    const RawClient silent(server->port(1)), hello(server->port(1)), head(server->port(1)),
        body(server->port(1));
    auto at_silent = client(silent), at_hello = client(hello), at_head = client(head), at_body = client(body);
    SSL_do_handshake(at_hello.ssl());
    at_hello.send(std::string_view(at_hello.encrypted()).substr(0, 100));
    ASSERT_TRUE(at_head.shake_hands());
    ASSERT_TRUE(at_body.shake_hands());
    at_head.send(std::string_view(at_head.seal(post)).substr(0, 50));
    at_body.send(at_body.seal(post));
    at_body.send(std::string_view(at_body.seal("0123456789")).substr(0, 20));
    for (auto* peer : {&at_silent, &at_hello, &at_head, &at_body}) EXPECT_TRUE(peer->wait_closed(3s));
    EXPECT_EQ(handled, 0);
}

TEST_F(HttpTls, a_body_that_is_cut_off_is_no_body) {
    for (const std::string_view how : {"record", "connection", "farewell"}) {
        for (const bool chunked : {false, true}) {
            RawClient raw(server->port(1));
            auto peer = client(raw);
            ASSERT_TRUE(peer.shake_hands());
            std::string head(post);
            if (chunked) head.replace(head.find("Content-Length: 10"), 18, "Transfer-Encoding: chunked");
            const auto sealed = peer.seal(head + (chunked ? "5\r\n01234\r\n" : "01234"));
            peer.send(std::string_view(sealed).substr(0, sealed.size() - (how == "record")));
            if (how == "farewell") {
                SSL_shutdown(peer.ssl());
                peer.send(peer.encrypted());
            }
            ::shutdown(raw.fd(), SHUT_WR);
            EXPECT_TRUE(peer.wait_closed(5s)) << how;
        }
    }
    EXPECT_EQ(handled, 0);
}

}  // namespace
}  // namespace wa::http
