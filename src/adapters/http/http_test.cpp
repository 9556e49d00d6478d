// The HTTP side of the server, with bytes written by hand.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <thread>

#include "adapters/http/server.hpp"
#include "adapters/http/testing_client.hpp"

namespace wa::http {
namespace {

using namespace testing_client;

struct Http : testing::Test {
    ServerOptions options;
    std::unique_ptr<Server> server;
    std::filesystem::path root;
    std::mutex mutex;
    std::vector<Respond> held;
    std::thread later;

    void SetUp() override {
        options.listeners = {{.name = "desk"}};
        options.document_prefixes = {"/api/documents"};
        options.handler = [this](Request request, Respond respond) {
            handle(std::move(request), std::move(respond));
        };
    }
    void TearDown() override {
        server.reset();
        if (later.joinable()) later.join();
        if (!root.empty()) std::filesystem::remove_all(root);
    }
    void handle(Request request, Respond respond) {
        if (request.path == "/api/hold") {
            const std::lock_guard lock(mutex);
            held.push_back(std::move(respond));
        } else if (request.path == "/api/later") {
            later = std::thread([respond] {
                std::this_thread::sleep_for(300ms);
                respond({200, {}, "late"});
            });
        } else if (request.path == "/api/forget") {
            return;
        } else if (request.path == "/api/file") {
            respond({200, {{"Content-Type", "application/octet-stream"}}, {}, (root / "large").string()});
        } else if (request.path == "/api/throw") {
            throw std::runtime_error("Erika Mustermann");
        } else {
            respond(json_response(200, {{"path", request.path},
                                        {"body", request.body.size()},
                                        {"q", std::string(request.parameter("q"))},
                                        {"session", request.cookies["session"]},
                                        {"listener", request.listener},
                                        {"remote", request.remote}}));
        }
    }
    void start() {
        server = std::make_unique<Server>(options);
        ASSERT_EQ(server->start(), std::nullopt);
    }
    void make_root() {
        char name[] = "/tmp/wa_http_XXXXXX";
        root = std::filesystem::path(mkdtemp(name)) / "dist";
        std::filesystem::create_directories(root / "assets");
        write("index.html", "<html>start</html>");
        write("assets/app.js", "let a;");
        write("assets/app.js.gz", "zipped");
        std::ofstream(root / ".." / "secret.txt") << "secret";
        std::filesystem::create_symlink(root / ".." / "secret.txt", root / "link.txt");
        options.static_root = root.string();
    }
    void write(const char* name, const char* text) const { std::ofstream(root / name) << text; }
    /// One exchange on its own connection.
    std::string ask(const std::string& bytes) {
        RawClient client(server->port());
        client.send(bytes);
        return client.answer();
    }
    std::string get(const std::string& target, const std::string& headers = "") {
        return ask("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
    }
};

int status_of(const std::string& answer) {
    return answer.size() > 12 ? std::stoi(answer.substr(9, 3)) : 0;
}
bool has(const std::string& answer, std::string_view text) {
    return answer.find(text) != std::string::npos;
}

TEST_F(Http, request_arrives_whole_and_the_answer_carries_the_security_headers) {
    start();
    const auto answer = get("/api/f%C3%A4lle?q=a+b", "Cookie: session=abc\r\n");
    EXPECT_EQ(status_of(answer), 200);
    EXPECT_TRUE(has(answer,
                    R"({"path":"/api/f)"
                    "\xC3\xA4"
                    R"(lle","body":0,"q":"a b","session":"abc","listener":"desk","remote":"127.0.0.1"})"))
        << answer;
    for (const char* header :
         {"Content-Security-Policy: default-src 'self';", "X-Content-Type-Options: nosniff",
          "Referrer-Policy: no-referrer", "Cross-Origin-Opener-Policy: same-origin",
          "Permissions-Policy: camera=(self)", "Cache-Control: no-store"})
        EXPECT_TRUE(has(answer, header)) << header;
    EXPECT_FALSE(has(answer, "Strict-Transport-Security"));
    EXPECT_TRUE(has(get("/%2e%2e/x"), "Content-Security-Policy")) << "also on what is refused";
}

TEST_F(Http, pipelined_requests_are_answered_in_order) {
    start();
    RawClient client(server->port());
    std::string all;
    for (int i = 0; i < 20; ++i)
        all += "GET /api/" + std::to_string(i) + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    client.send(all);
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(has(client.answer(), "\"/api/" + std::to_string(i) + "\"")) << i;
    EXPECT_EQ(server->stats().connections, 1u);
    EXPECT_EQ(server->stats().requests, 20u);
}

TEST_F(Http, slow_request_in_single_bytes_is_understood_and_a_stalled_one_is_cut) {
    options.read_timeout_ms = 700;
    start();
    RawClient client(server->port());
    for (const char c :
         std::string("POST /api/x HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                     "Content-Length: 2\r\n\r\n{}")) {
        client.send({&c, 1});
        std::this_thread::sleep_for(1ms);
    }
    EXPECT_TRUE(has(client.answer(), R"("body":2)"));
    RawClient stalled(server->port());
    stalled.send("GET /api/x HTTP/1.1\r\nHost: local");
    RawClient silent(server->port());
    stalled.read_all(3s);
    silent.read_all(3s);
    EXPECT_TRUE(stalled.closed());
    EXPECT_TRUE(silent.closed());
}

TEST_F(Http, limits_of_body_and_header) {
    options.document_limit = 3 * 1024 * 1024;
    start();
    const std::string json = " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    const std::string big(2 * 1024 * 1024, 'x');
    EXPECT_EQ(status_of(ask("POST /api/x" + json + "Content-Length: 2097152\r\n\r\n" + big)), 413);
    const auto stored =
        ask("POST /api/documents/1 HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/jpeg\r\n"
            "Content-Length: 2097152\r\n\r\n" +
            big);
    EXPECT_TRUE(has(stored, R"("body":2097152)")) << stored;
    EXPECT_EQ(status_of(ask("POST /api/documents/1" + json + "Content-Length: 9000000\r\n\r\n" + big)), 413);
    EXPECT_EQ(status_of(ask("POST /api/x" + json + "Transfer-Encoding: chunked\r\n\r\n200000\r\n" + big +
                            "\r\n0\r\n\r\n")),
              413);
    EXPECT_TRUE(
        has(ask("POST /api/x" + json + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"),
            R"("body":5)"));
    EXPECT_EQ(status_of(get("/api/x", "X-Long: " + std::string(17 * 1024, 'x') + "\r\n")), 431);
    EXPECT_EQ(status_of(get("/api/" + std::string(20 * 1024, 'x'))), 431);
    EXPECT_EQ(status_of(get("/api/x", "X-Long: " + std::string(14 * 1024, 'x') + "\r\n")), 200);
}

TEST_F(Http, waits_for_leave_to_send_the_body) {
    options.before_document = [](const Request& head) { return head.path == "/api/documents/no" ? 401 : 0; };
    start();
    RawClient client(server->port());
    client.send(
        "PUT /api/documents/1 HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: "
        "3\r\n\r\n");
    EXPECT_TRUE(has(client.read_until("\r\n\r\n"), "100 Continue"));
    client.send("abc");
    EXPECT_TRUE(has(client.answer(), R"("body":3)"));
    client.send(
        "PUT /api/documents/no HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: "
        "3\r\n\r\n");
    EXPECT_EQ(status_of(client.answer()), 401);
}

TEST_F(Http, foreign_hosts_origins_and_types_are_refused) {
    start();
    const std::string post = "POST /api/x HTTP/1.1\r\nContent-Length: 2\r\n";
    EXPECT_EQ(status_of(ask("GET /api/x HTTP/1.1\r\nHost: evil.example\r\n\r\n")), 421);
    EXPECT_EQ(status_of(ask("GET /api/x HTTP/1.1\r\n\r\n")), 400);
    EXPECT_EQ(status_of(ask("GET /api/x HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n")), 400);
    EXPECT_EQ(status_of(ask(post + "Host: localhost\r\nContent-Type: text/plain\r\n\r\n{}")), 415);
    EXPECT_EQ(
        status_of(ask(
            post +
            "Host: localhost\r\nContent-Type: application/json\r\nOrigin: http://evil.example\r\n\r\n{}")),
        403);
    EXPECT_EQ(status_of(ask(
                  post +
                  "Host: localhost\r\nContent-Type: application/json\r\nOrigin: http://localhost\r\n\r\n{}")),
              200);
    EXPECT_EQ(status_of(ask("TRACE /api/x HTTP/1.1\r\nHost: localhost\r\n\r\n")), 405);
    EXPECT_EQ(status_of(ask("nonsense\r\n\r\n")), 400);
    EXPECT_EQ(status_of(ask("POST /api/x HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                            "2\r\nTransfer-Encoding: chunked\r\n\r\n")),
              400)
        << "two lengths: smuggling";
}

TEST_F(Http, static_files_and_no_way_out_of_their_folder) {
    make_root();
    start();
    EXPECT_TRUE(has(get("/"), "<html>start</html>"));
    const auto route = get("/cases/17");
    EXPECT_TRUE(has(route, "<html>start</html>"));
    EXPECT_TRUE(has(route, "Content-Type: text/html; charset=utf-8"));
    EXPECT_TRUE(has(route, "Cache-Control: no-store"));
    const auto script = get("/assets/app.js");
    EXPECT_TRUE(has(script, "let a;"));
    EXPECT_TRUE(has(script, "immutable"));
    EXPECT_TRUE(has(script, "text/javascript"));
    const auto zipped = get("/assets/app.js", "Accept-Encoding: gzip, br\r\n");
    EXPECT_TRUE(has(zipped, "Content-Encoding: gzip"));
    EXPECT_TRUE(has(zipped, "\r\n\r\nzipped"));
    EXPECT_EQ(status_of(get("/assets/other.js")), 404);
    EXPECT_TRUE(has(get("/api/x"), R"("path":"/api/x")"));
    for (const char* path :
         {"/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt",
          "/assets/%2e%2e/%2e%2e/secret.txt", "/..\\secret.txt", "/link.txt", "//secret.txt"}) {
        const auto answer = get(path);
        EXPECT_FALSE(has(answer, "\r\n\r\nsecret")) << path;
    }
    EXPECT_EQ(status_of(get("/../secret.txt")), 400);
    const auto head = ask("HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    EXPECT_TRUE(has(head, "Content-Length: 18") && !has(head, "<html>")) << head;
    EXPECT_EQ(status_of(ask("POST / HTTP/1.1\r\nHost: localhost\r\n\r\n")), 405);
    write("index.html", "<html>new build</html>");
    std::filesystem::last_write_time(root / "index.html", std::filesystem::file_time_type::clock::now() + 1h);
    EXPECT_TRUE(has(get("/"), "new build"));
}

TEST_F(Http, answers_from_elsewhere_forgotten_and_thrown) {
    start();
    EXPECT_TRUE(has(get("/api/later"), "late"));
    EXPECT_EQ(status_of(get("/api/forget")), 500);
    const auto thrown = get("/api/throw");
    EXPECT_EQ(status_of(thrown), 500);
    EXPECT_FALSE(has(thrown, "Mustermann"));
}

TEST_F(Http, a_file_is_sent_whole_in_parts_and_the_connection_goes_on) {
    char name[] = "/tmp/wa_http_XXXXXX";
    root = mkdtemp(name);
    const std::string get = "GET /api/file HTTP/1.1\r\nHost: localhost\r\n\r\n";
    std::string large;
    for (int i = 0; large.size() < 3'000'000; ++i) large += std::to_string(i) + ' ';
    start();
    RawClient client(server->port());
    client.send(get);
    EXPECT_EQ(client.answer().substr(0, 12), "HTTP/1.1 404");
    std::ofstream(root / "large") << large;
    client.send(get);
    const auto answer = client.answer();
    EXPECT_EQ(answer.substr(0, 15), "HTTP/1.1 200 OK");
    EXPECT_NE(answer.find("Content-Length: " + std::to_string(large.size()) + "\r\n"), answer.npos);
    const auto body = answer.find("\r\n\r\n");
    EXPECT_TRUE(body != answer.npos && answer.substr(body + 4) == large);
    client.send("GET /api/next HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_TRUE(has(client.answer(), "/api/next"));
}

TEST_F(Http, connections_are_capped) {
    options.connection_limit = 3;
    start();
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 3; ++i) {
        clients.push_back(std::make_unique<RawClient>(server->port()));
        clients.back()->send("GET /api/x HTTP/1.1\r\nHost: localhost\r\n\r\n");
        EXPECT_EQ(status_of(clients.back()->answer()), 200);
    }
    RawClient further(server->port());
    further.read_all(3s);
    EXPECT_TRUE(further.closed());
}

TEST_F(Http, stop_finishes_what_is_open_and_closes_what_is_idle) {
    start();
    RawClient idle(server->port());
    idle.send("GET /api/x HTTP/1.1\r\nHost: localhost\r\n\r\n");
    idle.answer();
    RawClient busy(server->port());
    busy.send("GET /api/later HTTP/1.1\r\nHost: localhost\r\n\r\n");
    while (server->stats().requests < 2) std::this_thread::sleep_for(5ms);
    const auto port = server->port();
    const auto begun = std::chrono::steady_clock::now();
    auto answer = std::async(std::launch::async, [&] { return busy.read_all(); });
    server->stop();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 4s);
    const auto text = answer.get();
    EXPECT_TRUE(has(text, "late") && has(text, "Connection: close")) << text;
    idle.read_all();
    EXPECT_TRUE(idle.closed());
    EXPECT_FALSE(RawClient(port).connected());
}

TEST_F(Http, stop_does_not_wait_for_an_answer_that_never_comes) {
    options.stop_grace_ms = 500;
    start();
    RawClient client(server->port());
    client.send("GET /api/hold HTTP/1.1\r\nHost: localhost\r\n\r\n");
    while (server->stats().requests < 1) std::this_thread::sleep_for(5ms);
    const auto begun = std::chrono::steady_clock::now();
    server->stop();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 3s);
    server.reset();
    for (const auto& respond : held) respond({200, {}, "too late"});
}

TEST_F(Http, start_says_why_not) {
    start();
    options.listeners[0].port = server->port();
    EXPECT_TRUE(Server(options).start()->find("in use") != std::string::npos);
    options.listeners = {{.tls = Tls{"no certificate", "no key", ""}}};
    EXPECT_TRUE(Server(options).start());
    options.listeners.clear();
    options.static_root = "/nonexistent";
    EXPECT_TRUE(Server(options).start());
}

TEST_F(Http, inherited_listener_is_found_by_its_name) {
    // The number of an inherited descriptor begins at 3, which is taken here: only the search is tested,
    // with the name of a descriptor that is open, and the server with one we opened.
    setenv("LISTEN_FDS", "1", 1);
    setenv("LISTEN_FDNAMES", "other:https", 1);
    EXPECT_FALSE(inherited_listener("https")) << "beyond the count";
    setenv("LISTEN_PID", "1", 1);
    EXPECT_FALSE(inherited_listener("other"));
    unsetenv("LISTEN_PID");
    unsetenv("LISTEN_FDS");
    EXPECT_FALSE(inherited_listener("other"));
    const int fd = socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ASSERT_EQ(bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    ASSERT_EQ(listen(fd, 8), 0);
    options.listeners = {{.name = "inherited", .fd = fd}};
    start();
    EXPECT_TRUE(has(get("/api/x"), R"("listener":"inherited")"));
}

}  // namespace
}  // namespace wa::http
