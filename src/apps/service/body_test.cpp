// What is no UTF-8 or no JSON never reaches a handler: the problem has a name.
#include <gtest/gtest.h>

#include "apps/service/desk_api.hpp"
#include "kernel/data.hpp"

namespace wa::service {
namespace {

http::Request request_of(std::string body) {
    http::Request request;
    request.method = "POST";
    request.body = std::move(body);
    return request;
}

/// A body whose only text is these bytes.
std::string named(std::string_view bytes) {
    return "{\"payload\": {\"name\": \"" + std::string(bytes) + "\"}}";
}

TEST(Body, GoodTextArrivesAsItWasSent) {
    for (const auto* text :
         {"M\xc3\xbcller", "\xe1\xba\xa0\xcc\x88rzte", "\xf0\x9f\x8f\xa0", "\\u00fc", "\\ud83c\\udfe0"})
        EXPECT_TRUE(body_of(request_of(named(text)))) << text;
    EXPECT_TRUE(body_of(request_of("")));  // nothing to say
}

TEST(Body, WrongUtf8IsRefusedByName) {
    const std::vector<std::pair<const char*, std::string>> wrong{
        {"lone continuation", "M\x80ller"},     {"sequence cut short", "M\xc3"},
        {"second byte missing", "M\xc3ller"},   {"three bytes cut short", "\xe2\x82"},
        {"overlong slash", "\xc0\xaf"},         {"overlong three bytes", "\xe0\x80\xaf"},
        {"surrogate", "\xed\xa0\x80"},          {"beyond U+10FFFF", "\xf4\x90\x80\x80"},
        {"byte that never occurs", "\xff"},     {"Latin-1", "M\xfcller"},
        {"lone surrogate, escaped", "\\ud83c"}, {"surrogates in the wrong order, escaped", "\\udfe0\\ud83c"}};
    for (const auto& [what, bytes] : wrong) {
        const auto body = body_of(request_of(named(bytes)));
        ASSERT_FALSE(body) << what;
        EXPECT_TRUE(body.error().is(problems::request_malformed)) << what;
    }
    // In a key as well as in a value.
    EXPECT_FALSE(body_of(request_of("{\"n\xff\": 1}")));
}

TEST(Body, WhatIsNoObjectIsRefusedByName) {
    for (const auto* text : {"[]", "3", "\"text\"", "null", "{", "{\"a\": 1} x", "{\"a\": 1,}", "{a: 1}",
                             "\xef\xbb\xbf{}", "{\"a\": NaN}"}) {
        const auto body = body_of(request_of(text));
        ASSERT_FALSE(body) << text;
        EXPECT_TRUE(body.error().is(problems::request_malformed)) << text;
    }
    // Deeper than anything of ours: refused before it costs anything.
    EXPECT_FALSE(
        body_of(request_of("{\"a\": " + std::string(100'000, '[') + std::string(100'000, ']') + "}")));
}

}  // namespace
}  // namespace wa::service
