// A Koffer in this process, with the real programs of a node, beside the hub of world.hpp. It has no network:
// what it asks the hub is asked here.
#pragma once

#include <gtest/gtest.h>
#include <zstd.h>

#include <filesystem>

#include "adapters/system/system.hpp"
#include "apps/hub/check_out_text.hpp"
#include "apps/node/node_backend.hpp"
#include "apps/service/wiring.hpp"
#include "line.hpp"

namespace wa::refusals {

/// The code of a refusal; expects words for people.
inline std::string code_of(const http::Response& response) {
    const auto body = parse_json(response.body);
    EXPECT_TRUE(body && body->is_object()) << response.body;
    const auto& object = body->get_object();
    if (response.status >= 400) {
        EXPECT_FALSE(text_of(object_of(object, "words"), "de").empty()) << response.body;
        EXPECT_FALSE(text_of(object_of(object, "words"), "do").empty()) << response.body;
    }
    return text_of(object, "code");
}

/// Asks the hub as the device does; the answer in JSON, or the package.
inline json::object ask_hub(const Authority& authority, const json::object& question) {
    auto& w = world();
    http::Request request;
    request.peer_fingerprint = Bytes(32);
    const auto print = sha256("device" + authority.id);
    std::copy(print.begin(), print.end(), request.peer_fingerprint.begin());
    const auto socket = std::make_shared<Listening>();
    auto callbacks = w.koffer.device_handler()(request, socket);
    EXPECT_TRUE(callbacks);
    if (!callbacks) return {};
    callbacks->on_message(json::serialize(question), false);
    w.settle(authority);
    for (const auto& text : socket->take_texts()) return parse_json(text)->as_object();
    for (const auto& frame : socket->take_frames()) {
        std::string text(ZSTD_getFrameContentSize(frame.data(), frame.size()), '\0');
        ZSTD_decompress(text.data(), text.size(), frame.data(), frame.size());
        return parse_json(text)->as_object();
    }
    return {};
}

inline json::object check_out(const Authority& authority, std::int64_t at_ms, const SignKeys& keys) {
    const auto& tour = authority.objects.at("tour_out");
    const auto text = hub::check_out_text(tour, authority.objects.at("device"), at_ms);
    return ask_hub(authority, {{"op", "check_out"},
                               {"tour_id", tour},
                               {"user_id", authority.staff.at("koffer_clerk").actor.user_id},
                               {"at_ms", at_ms},
                               {"signature", to_hex(sign(keys, as_span(text)))}});
}

/// A Koffer with the tour of Testhausen, in a folder of its own.
struct Koffer {
    std::string folder;
    node::Device device;
    std::unique_ptr<http::Loop> loop, slow;
    std::unique_ptr<node::NodeBackend> backend;
    std::unique_ptr<LetterRenderer> letters;
    std::unique_ptr<service::DeskApi> api;
    std::vector<Logged> logged;  ///< in the log of the security

    explicit Koffer(const std::string& name, const std::function<void(json::object&)>& change = {},
                    const std::string& tpm = "") {
        auto& w = world();
        const auto& a = w.testhausen;
        folder = w.folder + "/" + name;
        system::make_folder(folder);
        device.id = a.objects.at("device");
        device.name = "Koffer 1";
        device.hub = "127.0.0.1";
        device.sync_port = 1;
        device.identity = std::make_shared<node::CurrentIdentity>();
        device.storage_key = Key32(sha256("storage"));
        device.sign_keys = a.device_keys;
        device.tpm = tpm;
        auto package = check_out(a, system::now().ms, a.clerk_keys);
        if (change) change(package);
        EXPECT_TRUE(package.contains("rows"));
        const auto& clerk = a.staff.at("koffer_clerk").actor.user_id;
        node::TourVault vault(folder, device);
        node::OpenedClerk opened;
        opened.member.user_id = clerk;
        opened.tour_key =
            node::TourVault::tour_key_from(package, clerk, Key32(sha256("clerk " + a.id))).value();
        vault.load(package, opened, service::full_registry());
        start();
    }
    ~Koffer() { stop(); }
    void stop() {
        backend->stop();
        loop->stop();
        slow->stop();
    }
    /// As after switching off and on: nobody is signed in, nothing is open.
    void restart() {
        stop();
        start();
    }
    void start() {
        struct PlainLetters : LetterRenderer {
            Bytes render(const Letter&) override { return {}; }
        };
        letters = std::make_unique<PlainLetters>();
        api.reset();
        backend.reset();
        loop = std::make_unique<http::Loop>();
        slow = std::make_unique<http::Loop>();
        backend = std::make_unique<node::NodeBackend>(device, folder, service::full_registry(), *loop, *slow);
        api = std::make_unique<service::DeskApi>(
            service::DeskApiOptions{
                "wanderamt_koffer", true,
                [this](const std::string& code, const std::string& route, const std::string& remote) {
                    logged.push_back({code, route, remote});
                }},
            *backend, service::full_registry(), *letters, *slow);
        backend->use(*api);
    }
    http::Response call(const std::string& method, const std::string& path, const json::object& body,
                        const std::string& token = "") {
        http::Request request;
        request.method = method;
        request.path = path;
        request.headers = {{"X-Wanderamt", "1"}, {"Host", "localhost"}};
        request.cookies[api->cookie_name()] = token;
        request.body = json::serialize(body);
        return call(std::move(request));
    }
    http::Response call(http::Request request) {
        auto promise = std::make_shared<std::promise<http::Response>>();
        api->handler()(std::move(request),
                       [promise](http::Response response) { promise->set_value(std::move(response)); });
        return promise->get_future().get();
    }
    /// Everything in its folder, one file after the other.
    std::string all_bytes() const {
        std::string all;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
            if (entry.is_regular_file()) all += system::read_file(entry.path()).value_or("");
        return all;
    }
    http::Response sign_in(const std::string& secret) {
        return call("POST", "/api/session/pin",
                    {{"user", world().testhausen.staff.at("koffer_clerk").actor.user_id}, {"pin", secret}});
    }
};

}  // namespace wa::refusals
