#include "apps/node/device_line.hpp"

namespace wa::node {

namespace {

struct Question {
    explicit Question(http::Loop& loop) : socket(std::make_unique<http::LineSocket>(loop)) {}
    std::unique_ptr<http::LineSocket> socket;
    LineAnswer done;
    bool answered = false;

    void answer(std::optional<std::string> message, bool binary) {
        if (answered) return;
        answered = true;
        done(std::move(message), binary);
    }
};

}  // namespace

http::LineOptions line_options(const Device& device, const std::string& path) {
    http::LineOptions options;
    options.host = device.hub;
    options.port = std::uint16_t(device.sync_port);
    options.path = path;
    options.ca_pem = device.ca_pem;
    auto identity = device.identity->get();
    options.certificate_pem = std::move(identity.certificate_pem);
    options.key_pem = std::move(identity.key_pem);
    return options;
}

void ask_hub(http::Loop& loop, http::LineOptions options, std::string text, LineAnswer done,
             std::int64_t within_ms) {
    auto question = std::make_shared<Question>(loop);
    question->done = std::move(done);
    http::SocketCallbacks callbacks;
    callbacks.on_open = [question, text] { question->socket->send_text(text); };
    callbacks.on_message = [question](std::string_view message, bool binary) {
        question->answer(std::string(message), binary);
        question->socket->close();
    };
    callbacks.on_close = [question, &loop](const http::CloseReason&) {
        question->answer(std::nullopt, false);
        // Not inside its own callback: the socket ends on the loop's next turn.
        loop.post([question] { question->socket.reset(); });
    };
    question->socket->connect(std::move(options), std::move(callbacks));
    loop.call_after(within_ms, [question] {
        if (question->socket) question->socket->abort();
    });
}

}  // namespace wa::node
