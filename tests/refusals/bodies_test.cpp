// Every way in × every kind of malformed body: a problem with words, nothing done. The ways in are those of
// the router itself.
#include <gtest/gtest.h>

#include "adapters/system/system.hpp"
#include "world.hpp"

namespace wa::refusals {
namespace {

using namespace std::string_literals;

/// A body that a route would take, made of its declaration.
std::string body_of(const service::Route& route) {
    auto& w = world();
    const auto& registry = w.runner(w.testhausen).engine().registry();
    const auto& reference = *w.runner(w.testhausen).scope().reference;
    const auto name = route.path.substr(route.path.rfind('/') + 1);
    const auto& id = w.testhausen.objects["case"];
    if (const auto* spec = registry.command(name))
        return json::serialize(
            json::object{{"id", system::new_id()},
                         {"version", spec->version},
                         {"payload", payload_for(spec->payload.declaration(), reference, id)}});
    if (const auto* spec = registry.query(name))
        return json::serialize(json::object{
            {"params", payload_for(spec->params.declaration(), reference, id)}, {"reason", "Test"}});
    return json::serialize(json::object{{"case_id", id}, {"tenant", "99001001"}, {"user", "clerk"}});
}

/// Turns a good body into a malformed one.
struct Fault {
    const char* name;
    std::string (*make)(const std::string&);
    const char* code;
};
const Fault faults[] = {
    {"cut in half", [](const std::string& body) { return body.substr(0, body.size() / 2); },
     "request_malformed"},
    {"without its last byte", [](const std::string& body) { return body.substr(0, body.size() - 1); },
     "request_malformed"},
    {"twice", [](const std::string& body) { return body + body; }, "request_malformed"},
    {"a list of itself", [](const std::string& body) { return "[" + body + "]"; }, "request_malformed"},
    {"a text", [](const std::string&) { return std::string("\"id\""); }, "request_malformed"},
    {"no JSON", [](const std::string&) { return std::string("id=1&payload=2"); }, "request_malformed"},
    {"no UTF-8", [](const std::string& body) { return "{\"x\":\"\xff\xfe\"," + body.substr(1); },
     "request_malformed"},
    {"overlong UTF-8", [](const std::string& body) { return "{\"x\":\"\xc0\xaf\"," + body.substr(1); },
     "request_malformed"},
    {"half a surrogate", [](const std::string& body) { return "{\"x\":\"\\ud800\"," + body.substr(1); },
     "request_malformed"},
    {"a name twice", [](const std::string& body) { return "{\"id\":\"A\",\"id\":\"B\"," + body.substr(1); },
     "request_malformed"},
    {"a name twice, deep inside",
     [](const std::string& body) { return "{\"x\":[{\"a\":{\"b\":1,\"b\":2}}]," + body.substr(1); },
     "request_malformed"},
    {"too deep",
     [](const std::string& body) {
         return "{\"x\":" + std::string(40, '[') + std::string(40, ']') + "," + body.substr(1);
     },
     "request_malformed"},
    {"bottomless", [](const std::string&) { return std::string(900'000, '['); }, "request_malformed"},
    {"with a zero byte behind", [](const std::string& body) { return body + std::string(1, '\0'); },
     "request_malformed"},
};
/// Only where the body has these members.
const Fault command_faults[] = {
    {"of a newer version",
     [](const std::string& body) { return "{\"version\":2147483646" + body.substr(body.find(",\"payload")); },
     "command_version"},
    {"of a version beyond all",
     [](const std::string& body) { return "{\"version\":4294967297" + body.substr(body.find(",\"payload")); },
     "command_version"},
    {"of a version that is none",
     [](const std::string& body) { return "{\"version\":\"1\"" + body.substr(body.find(",\"payload")); },
     "request_malformed"},
    {"with a list for payload",
     [](const std::string& body) { return body.substr(0, body.find(",\"payload")) + ",\"payload\":[]}"; },
     "request_malformed"},
    {"with a number for id",
     [](const std::string& body) { return "{\"id\":5" + body.substr(body.find(",\"version")); },
     "request_malformed"},
    {"without an id",
     [](const std::string& body) { return "{\"x\":0" + body.substr(body.find(",\"version")); },
     "command_bad_id"},
    {"with an id that is none",
     [](const std::string& body) {
         return "{\"id\":\"00000000000000000000000000'\"" + body.substr(body.find(",\"version"));
     },
     "command_bad_id"},
    {"with a field nobody declared",
     [](const std::string& body) {
         return body.substr(0, body.find(",\"payload")) + ",\"payload\":{\"__proto__\":{}}}";
     },
     "payload_invalid"},
};
const Fault query_faults[] = {
    {"with a list for params", [](const std::string&) { return std::string("{\"params\":[]}"); },
     "request_malformed"},
    {"with a number for reason", [](const std::string&) { return std::string("{\"reason\":5}"); },
     "request_malformed"},
    {"with a field nobody declared",
     [](const std::string&) { return std::string("{\"params\":{\"x'--\":1}}"); }, "payload_invalid"},
    {"with an endless reason",
     [](const std::string&) { return "{\"reason\":\"" + std::string(10'000, 'a') + "\"}"; },
     "payload_invalid"},
    {"with a reason that cannot be seen",
     [](const std::string&) { return std::string("{\"reason\":\"a\xe2\x80\xae\"}"); }, "payload_invalid"},
};

/// The person who may most of the route.
std::string token_for(const service::Route& route) {
    auto& w = world();
    const auto& registry = w.runner(w.testhausen).engine().registry();
    const auto name = route.path.substr(route.path.rfind('/') + 1);
    const auto* command = registry.command(name);
    const auto* query = registry.query(name);
    if (command && !command->http) return "";
    const auto permission = command ? command->permission : query ? query->permission : "case.write";
    for (const auto& [role, principal] : w.testhausen.staff)
        if (role != "clerk" && principal.actor.may(permission)) return w.sign_in(w.testhausen, role);
    return "";
}

template <std::size_t N>
void try_faults(const service::Route& route, const Fault (&list)[N]) {
    auto& w = world();
    const auto token = token_for(route);
    if (token.empty()) return;  // the program's own: permissions_test refuses everybody
    const auto before = w.digest(w.testhausen);
    for (const auto& fault : list) {
        const auto entries = w.journal_length(w.testhausen);
        const auto answer = w.call(route.method, route.path, fault.make(body_of(route)), token);
        const auto what = route.path + " " + fault.name + ": " + answer.raw.substr(0, 200);
        EXPECT_EQ(answer.code(), fault.code) << what;
        EXPECT_FALSE(text_of(object_of(answer.body, "words"), "de").empty()) << what;
        EXPECT_FALSE(text_of(object_of(answer.body, "words"), "do").empty()) << what;
        // Of a field that is wrong the clerk is told; what no page of ours sends leaves an entry.
        // Typing itself stands in no journal.
        const bool typing = route.path.ends_with("/draft.save") && fault.code == "command_bad_id"s;
        const bool journalled = fault.code != "payload_invalid"s && !typing;
        EXPECT_EQ(w.journal_length(w.testhausen), entries + (journalled ? 1 : 0)) << what;
        if (!journalled) continue;
        EXPECT_EQ(w.journal_end(w.testhausen).text("outcome"), "refused:" + std::string(fault.code)) << what;
    }
    EXPECT_EQ(w.digest(w.testhausen), before) << route.path;
}

TEST(Bodies, MalformedOnesAreNamedAndDoNothing) {
    int tried = 0;
    for (const auto& route : world().api.routes()) {
        if (route.method != "POST") continue;
        try_faults(route, faults);
        if (route.path.starts_with("/api/commands/")) try_faults(route, command_faults);
        if (route.path.starts_with("/api/queries/")) try_faults(route, query_faults);
        ++tried;
    }
    EXPECT_GT(tried, 60);
}

/// Values of every wrong kind for every field of every command and query: refused by name, or a reason of the
/// register; never a failure of the program, and never half a change.
TEST(Bodies, WrongValuesAreNeverAFailureOfTheProgram) {
    auto& w = world();
    const auto values =
        parse_json(
            R"([null, 0, -1, 9007199254740993, 1e300, true, "", "\u0000", "ß\u202e", "2026-02-30", [], [[]], [null],
                                       {}, {"a": 1}, ["x"], [{"x": 1}]])")
            ->as_array();
    for (const auto& route : w.api.routes()) {
        if (!route.path.starts_with("/api/commands/") && !route.path.starts_with("/api/queries/")) continue;
        const auto token = token_for(route);
        if (token.empty()) continue;
        const auto member = route.path.starts_with("/api/commands/") ? "payload" : "params";
        auto body = parse_json(body_of(route))->as_object();
        for (const auto& field : json::object(body[member].as_object()))
            for (const auto& value : values) {
                auto changed = body;
                if (changed.contains("id")) changed["id"] = json::string(system::new_id());
                changed[member].as_object()[field.key()] = value;
                const auto answer = w.call(route.method, route.path, json::serialize(changed), token);
                EXPECT_LT(answer.status, 500) << route.path << json::serialize(changed) << answer.raw;
            }
    }
}

TEST(Bodies, ACommandSentAgainIsDoneOnce) {
    auto& w = world();
    const auto token = w.sign_in(w.testhausen, "clerk");
    const auto id = system::new_id();
    const json::object payload{
        {"procedure", "residence.registration"}, {"channel", "counter"}, {"title", "Einmal"}};
    const auto first = w.command("case.open", payload, token, id);
    EXPECT_EQ(first.status, 200);
    const auto after = w.digest(w.testhausen);
    auto other = payload;
    other["title"] = "Noch einmal";
    for (const auto& again : {payload, other}) {
        const auto answer = w.command("case.open", again, token, id);
        EXPECT_TRUE(flag_of(answer.body, "repeated"));
        EXPECT_EQ(object_of(answer.body, "answer"), object_of(first.body, "answer"));
    }
    EXPECT_EQ(w.digest(w.testhausen), after);
}

TEST(Bodies, AnotherMethodIsAnotherRoute) {
    auto& w = world();
    const auto token = w.sign_in(w.testhausen, "team_lead");
    const auto before = w.digest(w.testhausen);
    for (const auto& route : w.api.routes())
        for (const std::string method : {"GET", "POST", "PUT", "DELETE", "PATCH"}) {
            bool known = method == route.method;
            for (const auto& other : w.api.routes())
                known = known || (other.method == method && other.path == route.path);
            if (known) continue;
            EXPECT_EQ(w.call(method, route.path, body_of(route), token).code(), "not_found")
                << method << route.path;
        }
    EXPECT_EQ(w.digest(w.testhausen), before);
}

}  // namespace
}  // namespace wa::refusals
