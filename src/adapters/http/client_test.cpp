#include "adapters/http/client.hpp"

#include <gtest/gtest.h>

#include "adapters/http/server.hpp"

namespace wa::http {
namespace {

TEST(HttpClient, AsksAndHearsTheAnswer) {
    ServerOptions options;
    options.listeners = {{.name = "test"}};
    options.handler = [](Request request, Respond respond) {
        respond(json_response(request.method == "POST" ? 200 : 404,
                              {{"path", request.path}, {"body", request.body}}));
    };
    Server server(options);
    ASSERT_EQ(server.start(), std::nullopt);
    const Endpoint endpoint{"127.0.0.1", server.port()};
    const auto posted = ask(endpoint, {"POST", "/exchange/a%20b", "{\"x\":1}"});
    EXPECT_EQ(posted.status, 200);
    EXPECT_EQ(posted.body, R"({"path":"/exchange/a b","body":"{\"x\":1}"})");
    EXPECT_EQ(ask(endpoint, {"GET", "/nothing"}).status, 404);
    EXPECT_EQ(ask(endpoint, {.target = "/", .answer_limit = 2}).status, 0);
    server.stop();
    const auto gone = ask(endpoint, {"GET", "/"});
    EXPECT_EQ(gone.status, 0);
    EXPECT_FALSE(gone.failure.empty());
}

TEST(HttpClient, ASilentServerIsGivenUp) {
    ServerOptions options;
    options.listeners = {{.name = "test"}};
    std::vector<Respond> held;
    options.handler = [&](Request, Respond respond) { held.push_back(std::move(respond)); };
    options.stop_grace_ms = 100;
    Server server(options);
    ASSERT_EQ(server.start(), std::nullopt);
    const auto answer = ask({"127.0.0.1", server.port()}, {.target = "/", .timeout_ms = 200});
    EXPECT_EQ(answer.status, 0);
    server.stop();
}

TEST(HttpClient, OnlyThisMachineIsAskedWithoutEncryption) {
    EXPECT_EQ(local_endpoint("http://127.0.0.1:8503/")->port, 8503);
    EXPECT_EQ(local_endpoint("http://localhost:1")->host, "localhost");
    for (const auto* url :
         {"", "127.0.0.1:80", "https://127.0.0.1:80", "http://127.0.0.1", "http://127.0.0.1:0",
          "http://127.0.0.1:99999", "http://127.0.0.1:80/x", "http://example.org:80"})
        EXPECT_FALSE(local_endpoint(url)) << url;
}

}  // namespace
}  // namespace wa::http
