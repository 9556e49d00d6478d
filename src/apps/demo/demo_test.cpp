// The supervisor with real children: this program itself, started again as a stand-in of hub and node.
#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <thread>

#include "adapters/line_emulator/owned_fd.hpp"
#include "apps/demo/child_process.hpp"
#include "apps/demo/demo.hpp"
#include "apps/demo/health_probe.hpp"
#include "base/json.hpp"

namespace wa {
namespace {

/// An address of ours answers whether `host` belongs to the network this process is in.
bool is_here(const char* host) {
    const OwnedFd fd(::socket(AF_INET, SOCK_STREAM, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    ::inet_pton(AF_INET, host, &address.sin_addr);
    return ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

/// The stand-in: serves its health on the inherited socket, and refuses to start when that was handed over
/// wrongly or when it is not at its end of the line.
int stand_in(const std::string& own_address) {
    const char* pid = std::getenv("LISTEN_PID");
    const char* names = std::getenv("LISTEN_FDNAMES");
    const char* count = std::getenv("LISTEN_FDS");
    if (!pid || std::atoi(pid) != ::getpid()) return 11;
    if (!names || std::string(names) != "desk" || !count || std::string(count) != "1") return 12;
    if (!is_here(own_address.c_str())) return 13;
    if (own_address != "127.0.0.1" && is_here(own_address == "10.77.0.1" ? "10.77.0.2" : "10.77.0.1"))
        return 14;
    if (::fcntl(4, F_GETFD) >= 0) return 15;  // nothing else of the supervisor's
    for (;;) {
        const OwnedFd fd(::accept(3, nullptr, nullptr));
        if (!fd) return 16;
        char buffer[2048];
        (void)!::recv(fd.get(), buffer, sizeof buffer, 0);
        constexpr std::string_view answer =
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
        (void)!::send(fd.get(), answer.data(), answer.size(), MSG_NOSIGNAL);
    }
}

struct Answer {
    int status = 0;
    json::object body;
};

Answer ask(std::uint16_t port, const std::string& head, const std::string& body = "") {
    const OwnedFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return {};
    const auto request =
        fmt::format("{}Content-Length: {}\r\nConnection: close\r\n\r\n{}", head, body.size(), body);
    (void)!::send(fd.get(), request.data(), request.size(), MSG_NOSIGNAL);
    std::string text;
    char buffer[4096];
    for (ssize_t got; (got = ::recv(fd.get(), buffer, sizeof buffer, 0)) > 0;)
        text.append(buffer, std::size_t(got));
    Answer answer;
    if (text.size() > 12) answer.status = std::atoi(text.c_str() + 9);
    if (const auto at = text.find("\r\n\r\n"); at != std::string::npos) {
        const auto value = parse_json(std::string_view(text).substr(at + 4));
        if (value && value->is_object()) answer.body = value->get_object();
    }
    return answer;
}

class Demo : public testing::Test {
  protected:
    void SetUp() override {
        dir_ = std::filesystem::temp_directory_path() / fmt::format("wa_demo_test_{}", ::getpid());
        options_.data_dir = dir_;
        options_.program_path = std::filesystem::read_symlink("/proc/self/exe");
        options_.control_port = free_port();
        options_.hub_desk_port = free_port();
        options_.node_desk_port = free_port();
        options_.hub_args = {"stand-in", "10.77.0.1"};
        options_.node_args = {"stand-in", "10.77.0.2"};
        options_.logins = {{"Koffer", "Meldewesen", "erfunden", "geheim"}};
        options_.stop_within = std::chrono::seconds(2);
    }
    void TearDown() override {
        if (demo_ > 0) end(SIGKILL);
        std::filesystem::remove_all(dir_);
    }

    void begin() {
        demo_ = ::fork();
        if (demo_ == 0) ::_exit(run_demo(options_));
    }
    int end(int signal) {
        if (signal) ::kill(demo_, signal);
        int status = 0;
        ::waitpid(demo_, &status, 0);
        demo_ = 0;
        return status;
    }
    Answer state() { return ask(options_.control_port, "GET /api/state HTTP/1.1\r\nHost: localhost\r\n"); }
    Answer post(const std::string& path, const std::string& body) {
        return ask(options_.control_port,
                   fmt::format("POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Demo: 1\r\n", path), body);
    }
    json::object process(std::size_t index) {
        const auto body = state().body;
        const auto& all = array_of(body, "processes");
        return index < all.size() ? all[index].as_object() : json::object{};
    }
    template <class Condition>
    bool soon(Condition condition) {
        for (int i = 0; i < 200; ++i) {
            if (condition()) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
        }
        return false;
    }
    bool both_are_well() {
        return soon([this] { return flag_of(process(0), "well") && flag_of(process(1), "well"); });
    }

    DemoOptions options_;
    std::filesystem::path dir_;
    pid_t demo_ = 0;
};

TEST_F(Demo, StartsBothAtTheirEndsAndDoesWhatThePageAsks) {
    begin();
    ASSERT_TRUE(both_are_well()) << "the stand-ins did not start; without root this needs user namespaces";
    const auto port = options_.control_port;
    EXPECT_EQ(ask(port, "GET / HTTP/1.1\r\nHost: localhost\r\n").status, 200);
    EXPECT_EQ(ask(port, "GET /demo.js HTTP/1.1\r\nHost: localhost\r\n").status, 200);
    EXPECT_EQ(ask(port, "GET /etc/passwd HTTP/1.1\r\nHost: localhost\r\n").status, 404);
    EXPECT_EQ(ask(port, "GET / HTTP/1.1\r\nHost: example.org\r\n").status, 403);
    EXPECT_EQ(ask(port, "POST /api/line HTTP/1.1\r\nHost: localhost\r\n", "{}").status, 403);
    EXPECT_EQ(ask(port, "DELETE / HTTP/1.1\r\nHost: localhost\r\n").status, 405);

    auto answer = post("/api/line", R"({"connected":false,"profile":"schlecht","new_address":true})");
    EXPECT_EQ(answer.status, 200);
    const auto line = object_of(answer.body, "line");
    EXPECT_FALSE(flag_of(line, "connected", true));
    EXPECT_EQ(text_of(line, "profile"), "schlecht");
    EXPECT_EQ(text_of(line, "address"), "10.77.0.3");
    EXPECT_EQ(post("/api/line", R"({"profile":"nirgends"})").status, 422);
    EXPECT_EQ(post("/api/line", "[").status, 400);
    EXPECT_EQ(post("/api/line", std::string(5000, ' ')).status, 0);  // too long: closed

    const auto pid = integer_of(process(1), "pid");
    EXPECT_EQ(post("/api/process", R"({"name":"node","action":"kill"})").status, 200);
    ASSERT_TRUE(soon([this] { return !flag_of(process(1), "running", true); }));
    EXPECT_EQ(text_of(process(1), "last_end"), "Signal 9 (Killed)");
    EXPECT_FALSE(desk_is_well(options_.node_desk_port));
    EXPECT_EQ(post("/api/process", R"({"name":"node","action":"kill"})").status, 409);
    // The stand-in starts only where 10.77.0.2 is; the Koffer has moved.
    EXPECT_EQ(post("/api/process", R"({"name":"node","action":"start"})").status, 200);
    ASSERT_TRUE(soon([this] { return text_of(process(1), "last_end") == "Code 13"; }));
    EXPECT_EQ(integer_of(process(1), "restarts"), 1);
    EXPECT_NE(integer_of(process(1), "pid"), pid);

    const auto hub = pid_t(integer_of(process(0), "pid"));
    const int status = end(SIGTERM);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
    EXPECT_EQ(::kill(hub, 0), -1);
}

TEST_F(Demo, LeavesNothingBehindWhenItIsKilled) {
    begin();
    ASSERT_TRUE(both_are_well());
    const auto hub = pid_t(integer_of(process(0), "pid"));
    const auto node = pid_t(integer_of(process(1), "pid"));
    end(SIGKILL);
    const auto ended = [](pid_t pid) { return ::kill(pid, 0) != 0; };
    EXPECT_TRUE(soon([&] { return ended(hub) && ended(node); }));
}

TEST_F(Demo, RunsWithoutALine) {
    options_.no_line = true;
    options_.hub_args = options_.node_args = {"stand-in", "127.0.0.1"};
    begin();
    ASSERT_TRUE(both_are_well());
    EXPECT_FALSE(flag_of(object_of(state().body, "line"), "emulated", true));
    EXPECT_EQ(post("/api/line", R"({"connected":false})").status, 409);
    EXPECT_EQ(WEXITSTATUS(end(SIGINT)), 0);
}

TEST_F(Demo, SaysWhyItCannotStart) {
    options_.node_args = {"stand-in", "192.0.2.1"};
    begin();
    EXPECT_EQ(WEXITSTATUS(end(0)), 1);
    options_.profile = "nirgends";
    begin();
    EXPECT_EQ(WEXITSTATUS(end(0)), 1);
    options_.profile = "gut";
    options_.program_path = "/nirgends/wanderamt";
    begin();
    EXPECT_EQ(WEXITSTATUS(end(0)), 1);
}

}  // namespace
}  // namespace wa

int main(int argc, char** argv) {
    if (argc == 3 && std::strcmp(argv[1], "stand-in") == 0) return wa::stand_in(argv[2]);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}
