#include "apps/service/problem_page.hpp"

#include "base/bytes.hpp"
#include "base/hash.hpp"
#include "base/json.hpp"

namespace wa::service {

namespace {

constexpr std::string_view style =
    ":root { color-scheme: light dark }"
    "body { max-width: 36rem; margin: 15vh auto 0; padding: 0 1rem; font: 1.125rem/1.5 'Noto Sans', "
    "sans-serif; "
    "overflow-wrap: break-word }"
    "h1 { font-size: 1.5rem; line-height: 1.3 }";

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '<')
            out += "&lt;";
        else if (c == '&')
            out += "&amp;";
        else
            out += c;
    }
    return out;
}

/// Only this style sheet, and no script.
const std::string& policy() {
    static const auto text = "default-src 'none'; style-src 'sha256-" + to_base64url(sha256(style)) +
                             "='; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    return text;
}

http::Response page_of(int status, const json::object& words) {
    const auto what = escaped(text_of(words, "de")), then = escaped(text_of(words, "do"));
    http::Response page;
    page.status = status;
    page.headers = {{"Content-Type", "text/html; charset=utf-8"}, {"Content-Security-Policy", policy()}};
    page.body =
        "<!doctype html>\n<html lang=\"de\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
        what + "</title>\n<style>" + std::string(style) + "</style>\n</head>\n<body>\n<main>\n<h1>" + what +
        "</h1>\n<p>" + then +
        "</p>\n<p>Sie können dieses Fenster schließen. Ihre Arbeit steht in dem anderen, wie Sie sie "
        "verlassen haben.</p>\n</main>\n</body>\n</html>\n";
    return page;
}

}  // namespace

http::Respond readable(const http::Request& request, http::Respond respond) {
    // Our pages ask for JSON; this is what a browser wants that follows a link.
    if (request.method != "GET" || request.header("Accept").find("text/html") == std::string_view::npos)
        return respond;
    return [respond = std::move(respond)](http::Response answer) {
        const auto body = answer.status < 400 ? std::nullopt : parse_json(answer.body);
        const bool problem = body && body->is_object() && body->get_object().contains("words");
        respond(problem ? page_of(answer.status, object_of(body->get_object(), "words")) : std::move(answer));
    };
}

}  // namespace wa::service
