// Whoever opens a letter that is refused reads why; what our pages ask for stays JSON.
#include "apps/service/problem_page.hpp"

#include <gtest/gtest.h>

namespace wa::service {
namespace {

http::Response answered(const char* method, std::string accept, http::Response answer) {
    http::Request request;
    request.method = method;
    request.headers["Accept"] = std::move(accept);
    http::Response seen;
    readable(request, [&](http::Response shown) { seen = std::move(shown); })(std::move(answer));
    return seen;
}

http::Response refusal() {
    return http::json_response(
        403, {{"code", "x"},
              {"words", {{"de", "Das <darf> nur die Leitung."}, {"do", "Bitten Sie & warten Sie."}}}});
}

constexpr auto browser = "text/html,application/xhtml+xml,*/*;q=0.8";

TEST(ProblemPage, IsReadByWhoeverOpenedAWindow) {
    const auto page = answered("GET", browser, refusal());
    EXPECT_EQ(page.status, 403);
    for (const auto* words : {"<h1>Das &lt;darf> nur die Leitung.</h1>", "Bitten Sie &amp; warten Sie.",
                              "lang=\"de\"", "<title>Das "})
        EXPECT_NE(page.body.find(words), std::string::npos) << words;
    EXPECT_EQ(page.headers.at(0).second, "text/html; charset=utf-8");
    EXPECT_NE(page.headers.at(1).second.find("default-src 'none'"), std::string::npos);
}

TEST(ProblemPage, NothingElseChanges) {
    const auto plain = refusal();
    EXPECT_EQ(answered("GET", "application/json", plain).body, plain.body);
    EXPECT_EQ(answered("GET", "*/*", plain).body, plain.body);
    EXPECT_EQ(answered("POST", browser, plain).body, plain.body);
    EXPECT_EQ(answered("GET", browser, {200, {}, plain.body}).body, plain.body);
    EXPECT_EQ(answered("GET", browser, {404, {}, "no JSON"}).body, "no JSON");
}

}  // namespace
}  // namespace wa::service
