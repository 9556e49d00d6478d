#include "adapters/http/http_text.hpp"

#include <gtest/gtest.h>

namespace wa::http {
namespace {

TEST(HttpText, percent_decoding) {
    EXPECT_EQ(percent_decode("a%20b%C3%bc+"), "a b\xC3\xBC+");
    EXPECT_EQ(percent_decode("a+b", true), "a b");
    EXPECT_FALSE(percent_decode("%"));
    EXPECT_FALSE(percent_decode("%4"));
    EXPECT_FALSE(percent_decode("%4g"));
    EXPECT_EQ(percent_decode("%41"), "A");
}

TEST(HttpText, query) {
    const auto query = parse_query("a=1&b=x%26y&a=2&&leer&c=d=e");
    ASSERT_TRUE(query);
    EXPECT_EQ(*query,
              (std::map<std::string, std::string>{{"a", "1"}, {"b", "x&y"}, {"leer", ""}, {"c", "d=e"}}));
    EXPECT_FALSE(parse_query("a=%ff"));
    EXPECT_FALSE(parse_query("a=%zz"));
    std::string many;
    for (int i = 0; i < 65; ++i) many += "p" + std::to_string(i) + "=1&";
    EXPECT_FALSE(parse_query(many));
}

TEST(HttpText, cookies) {
    const auto cookies = parse_cookies("session=abc ; x=1;session=other; broken; =nameless; t=a=b");
    EXPECT_EQ(cookies, (std::map<std::string, std::string>{{"session", "abc"}, {"x", "1"}, {"t", "a=b"}}));
}

TEST(HttpText, targets_that_could_mean_another_path_are_refused) {
    EXPECT_EQ(parse_target("/api/f%C3%A4lle?id=7")->path, "/api/f\xC3\xA4lle");
    EXPECT_EQ(parse_target("/api/f%C3%A4lle?id=7")->query.at("id"), "7");
    EXPECT_EQ(parse_target("/a/..b/...")->path, "/a/..b/...");
    for (const char* text : {"", "api", "http://x/", "*", "/../etc", "/a/..", "/%2e%2e/etc", "/a/%2E./b",
                             "/./a", "/a%2fb", "/a%5Cb", "/a\\b", "/a%00", "/a%0ab", "/%ff", "/a#b", "/a%"})
        EXPECT_FALSE(parse_target(text)) << text;
}

TEST(HttpText, hosts) {
    const std::vector<std::string> allowed = {"localhost", "[::1]", "Amt.example"};
    for (const char* text : {"localhost", "LOCALHOST:8080", "[::1]:80", "amt.example"})
        EXPECT_TRUE(is_allowed_host(text, allowed)) << text;
    for (const char* text :
         {"", "evil.example", "localhost.evil.example", "localhost:80a", "localhost:1234567", "[::1",
          "localhost evil", "localhost:80:90", "::1", "localhost."})
        EXPECT_FALSE(is_allowed_host(text, allowed)) << text;
    EXPECT_TRUE(is_allowed_host("anything", {"*"}));
    EXPECT_FALSE(is_allowed_host("localhost", {}));
}

TEST(HttpText, origins) {
    EXPECT_TRUE(is_allowed_origin("http://localhost:8080", "localhost:8080", {}));
    EXPECT_TRUE(is_allowed_origin("https://amt.example", "amt.example", {}));
    EXPECT_FALSE(is_allowed_origin("http://localhost:9090", "localhost:8080", {}));
    EXPECT_FALSE(is_allowed_origin("null", "localhost", {}));
    EXPECT_TRUE(is_allowed_origin("http://localhost:5173", "localhost:8080", {"http://localhost:5173"}));
}

TEST(HttpText, small_questions) {
    EXPECT_TRUE(is_json_type("Application/JSON; charset=utf-8"));
    EXPECT_FALSE(is_json_type("text/plain"));
    EXPECT_TRUE(accepts_gzip("br, gzip;q=0.5"));
    EXPECT_FALSE(accepts_gzip("gzip;q=0, br"));
    EXPECT_FALSE(accepts_gzip(""));
    EXPECT_TRUE(has_prefix("/api", {"/api/"}));
    EXPECT_TRUE(has_prefix("/api/x", {"/api/"}));
    EXPECT_FALSE(has_prefix("/apix", {"/api/"}));
    EXPECT_EQ(content_type_of("/assets/a.WOFF2"), "font/woff2");
    EXPECT_EQ(content_type_of("/x"), "application/octet-stream");
}

TEST(HttpText, answers_cannot_be_split) {
    const auto head = response_head(
        {200, {{"X-A", "1\r\nSet-Cookie: a=b"}, {"X B", "2"}, {"X-C", "3"}}, "body"}, false, true);
    EXPECT_EQ(head.find("Set-Cookie"), std::string::npos);
    EXPECT_EQ(head.find("X B"), std::string::npos);
    EXPECT_NE(head.find("X-C: 3\r\n"), std::string::npos);
    EXPECT_NE(head.find("Content-Length: 4\r\n"), std::string::npos);
    EXPECT_NE(head.find("Cache-Control: no-store\r\n"), std::string::npos);
    EXPECT_NE(head.find("Connection: close\r\n"), std::string::npos);
    EXPECT_NE(head.find("Strict-Transport-Security"), std::string::npos);
}

TEST(HttpText, every_answer_has_exactly_one_content_policy) {
    const auto count = [](const std::string& head) {
        int found = 0;
        for (auto at = head.find("Content-Security-Policy:"); at != std::string::npos;
             at = head.find("Content-Security-Policy:", at + 1))
            ++found;
        return found;
    };
    const auto general = response_head({200, {}, ""}, true, false);
    EXPECT_EQ(count(general), 1);
    EXPECT_NE(general.find("default-src 'self'"), std::string::npos);
    EXPECT_EQ(general.find("unsafe-"), std::string::npos);
    const auto own = response_head({200, {{"Content-Security-Policy", "sandbox"}}, ""}, true, false);
    EXPECT_EQ(count(own), 1);
    EXPECT_NE(own.find("Content-Security-Policy: sandbox\r\n"), std::string::npos);
    // One that cannot be sent does not take the general one away.
    EXPECT_NE(response_head({200, {{"Content-Security-Policy", "a\r\nb"}}, ""}, true, false).find("'self'"),
              std::string::npos);
}

TEST(HttpText, headers_ignore_case) {
    Request request;
    request.headers["Content-Type"] = "a";
    EXPECT_EQ(request.header("content-TYPE"), "a");
    EXPECT_EQ(request.header("content-typ"), "");
}

}  // namespace
}  // namespace wa::http
