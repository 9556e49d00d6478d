// The one-time code of a new Koffer: five tries within half an hour, each code by itself.
#include <gtest/gtest.h>

#include "adapters/system/system.hpp"
#include "line.hpp"

namespace wa::refusals {
namespace {

constexpr std::int64_t minute_ms = 60'000;

struct Enrolling : ::testing::Test {
    World& w = world();
    std::string device;
    const pki::DeviceRequest request = pki::make_device_key_and_request("Koffer").value();

    void prepare(const std::string& code, std::int64_t good_for_ms = hub::code_minutes * minute_ms) {
        json::object payload{{"name", "Koffer"},
                             {"code_hash", to_hex(hub::Enrolment::hash_code(code))},
                             {"code_expires", to_rfc3339({system::now().ms + good_for_ms})}};
        if (!device.empty()) payload["device_id"] = device;
        device = text_of(w.must(w.testhausen, "device.prepare", std::move(payload)), "device_id");
    }
    /// The problem; empty when a certificate came.
    std::string enrol(const std::string& code, const std::string& of_device) {
        std::promise<std::string> said;
        w.enrolment.enrol({{"tenant", w.testhausen.id},
                           {"device_id", of_device},
                           {"code", code},
                           {"csr", request.csr_pem},
                           {"sign_key", to_hex(w.testhausen.device_keys.public_key)}},
                          [&](Result<json::object> answer) {
                              said.set_value(answer ? "" : std::string(answer.error().code));
                          });
        return said.get_future().get();
    }
    std::string enrol(const std::string& code) { return enrol(code, device); }
    void try_wrong(int times) {
        for (int i = 0; i < times; ++i) EXPECT_EQ(enrol("wrong"), "device_code_wrong");
    }
};

TEST_F(Enrolling, TheFifthTryMayStillBeRight) {
    prepare("AAAA");
    try_wrong(4);
    EXPECT_EQ(enrol("AAAA"), "");
    EXPECT_EQ(enrol("AAAA"), "device_code_wrong") << "a code is good once";
}

TEST_F(Enrolling, TheSixthTryIsRefusedEvenWhenItIsRight) {
    prepare("AAAA");
    try_wrong(5);
    EXPECT_EQ(enrol("AAAA"), "device_code_wrong");
}

TEST_F(Enrolling, ANewCodeBeginsANewCount) {
    prepare("AAAA");
    try_wrong(5);
    prepare("BBBB");
    EXPECT_EQ(enrol("AAAA"), "device_code_wrong") << "the old code is gone";
    try_wrong(3);
    EXPECT_EQ(enrol("BBBB"), "");
}

TEST_F(Enrolling, ACodeIsGoodForHalfAnHour) {
    EXPECT_EQ(hub::code_minutes, 30);
    auto answer =
        w.call("POST", "/api/devices/prepare", R"({"name": "Koffer"})", w.sign_in(w.testhausen, "admin"));
    device = text_of(object_of(answer.body, "file"), "device_id");
    const auto expires =
        w.ask(w.testhausen, "SELECT code_expires_ms FROM device WHERE id = $id", {{"id", device}})
            .front()
            .integer("code_expires_ms");
    EXPECT_NEAR(double(expires), double(system::now().ms + 30 * minute_ms), double(minute_ms));
    prepare("AAAA", -1);
    EXPECT_EQ(enrol("AAAA"), "device_code_wrong");
    prepare("AAAA", minute_ms);
    EXPECT_EQ(enrol("AAAA"), "");
}

TEST_F(Enrolling, IdsThatNobodyKnowsAreNotRemembered) {
    prepare("AAAA");
    try_wrong(1);
    const auto before = w.enrolment.tried_devices();
    for (int i = 0; i < 50; ++i) EXPECT_EQ(enrol("AAAA", system::new_id()), "device_code_wrong");
    // One that is enrolled waits for no code.
    EXPECT_EQ(enrol("AAAA", w.testhausen.objects["device"]), "device_code_wrong");
    EXPECT_EQ(w.enrolment.tried_devices(), before);
}

TEST_F(Enrolling, WhatIsNoQuestionIsNamedAndTheLineEnds) {
    for (const std::string question : {"", "{", "[]", "\"tenant\"", "{\"tenant\":1,\"tenant\":2}"}) {
        const auto socket = std::make_shared<Listening>();
        w.enrolment.handler()(http::Request{}, socket)->on_message(question, false);
        const auto said = socket->take_texts();
        ASSERT_EQ(said.size(), 1u) << question;
        EXPECT_NE(said[0].find("request_malformed"), std::string::npos) << said[0];
        EXPECT_TRUE(socket->closed()) << question;
    }
}

}  // namespace
}  // namespace wa::refusals
