// Requests to the real hub and to a real Koffer: "hub team_lead POST /api/users" or "koffer signed_in GET
// /api/…", then the body. An answer with words, and never a failure of the program.
#include "fuzz_input.hpp"
#include "koffer.hpp"

namespace {

using namespace wa;
using namespace wa::refusals;

struct Asked {
    std::string place, who, method, path, body;
};

std::optional<Asked> read_input(std::string_view input, const Objects& objects) {
    const auto line = filled(take_line(input), objects);
    std::string_view rest = line;
    std::string words[4];
    for (auto& word : words) {
        word = rest.substr(0, rest.find(' '));
        rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    }
    if (words[3].empty() || !rest.empty() || line.size() > 300) return std::nullopt;
    return Asked{words[0], words[1], words[2], words[3], filled(input, objects)};
}

void check(int status, const std::string& body) {
    WA_ASSERT(status != 500);
    if (status < 400) return;
    const auto answer = parse_json(body);
    WA_ASSERT(answer && answer->is_object());
    WA_ASSERT(!text_of(object_of(answer->get_object(), "words"), "de").empty());
}

void ask_hub_as(const Asked& asked) {
    auto& w = world();
    const auto& staff = w.testhausen.staff;
    const auto token = staff.contains(asked.who) ? w.sign_in(w.testhausen, asked.who) : std::string();
    const auto answer = w.call(asked.method, asked.path, asked.body, token);
    check(answer.status, answer.raw);
    w.api.sessions().end(token);
}

void ask_koffer(const Asked& asked) {
    static std::unique_ptr<Koffer> koffer;
    static std::string token;
    static int used = 0;
    auto& w = world();
    if (++used % 500 == 1) {  // it may have checked in
        koffer.reset();
        // With the package of the first: the hub may have other plans for the tour by now.
        static json::object first;
        koffer = std::make_unique<Koffer>("koffer" + std::to_string(used), [&](json::object& package) {
            if (first.empty()) first = package;
            package = first;
        });
        WA_ASSERT(koffer->sign_in(pin).status == 200);
        auto clerk = w.testhausen.staff.at("koffer_clerk");
        clerk.origin = {"koffer", koffer->device.id, "Koffer", w.testhausen.objects.at("tour_out")};
        token = koffer->api->sessions().begin(clerk, system::now().ms);
    }
    http::Request request;
    request.method = asked.method;
    request.path = asked.path;
    request.headers = {{"X-Wanderamt", "1"}, {"Host", "localhost"}};
    if (asked.who == "signed_in") request.cookies[koffer->api->cookie_name()] = token;
    request.body = asked.body;
    const auto response = koffer->call(std::move(request));
    check(response.status, response.body);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    GTEST_FLAG_SET(break_on_failure, true);
    const auto asked = read_input({reinterpret_cast<const char*>(data), size}, world().testhausen.objects);
    if (!asked) return 0;
    if (asked->place == "hub") ask_hub_as(*asked);
    if (asked->place == "koffer") ask_koffer(*asked);
    return 0;
}
