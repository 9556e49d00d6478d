#include "adapters/http/loop.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "adapters/http/line_socket.hpp"
#include "adapters/http/testing_client.hpp"

namespace wa::http {
namespace {

using namespace testing_client;

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
