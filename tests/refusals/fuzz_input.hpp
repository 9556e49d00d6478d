// Inputs for the whole hub of world.hpp: seeds are files, but ids are new with every start.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <thread>

#include "apps/service/wiring.hpp"
#include "base/assert.hpp"
#include "line.hpp"

namespace wa::refusals {

/// "$case" in an input stands for the id that `objects` has under "case"; other words stay.
inline std::string filled(std::string_view text, const Objects& objects) {
    std::string out;
    while (!text.empty()) {
        const auto mark = std::min(text.find('$'), text.size());
        out += text.substr(0, mark);
        text.remove_prefix(mark);
        const auto end = std::min(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", 1), text.size());
        const auto known = text.empty() ? objects.end() : objects.find(std::string(text.substr(1, end - 1)));
        out += known == objects.end() ? text.substr(0, end) : std::string_view(known->second);
        text.remove_prefix(end);
    }
    return out;
}

/// The first line, taken from the input.
inline std::string take_line(std::string_view& input) {
    const auto line = std::string(input.substr(0, input.find('\n')));
    input.remove_prefix(std::min(input.size(), line.size() + 1));
    return line;
}

/// One message to one of the hub's open sockets; what it said when it had said something or closed.
struct Said {
    json::object text;
    Bytes binary;
};
inline Said ask_socket(const http::SocketHandler& handler, const http::Request& request,
                       const std::string& message) {
    const auto socket = std::make_shared<Listening>();
    const auto callbacks = handler(request, socket);
    WA_ASSERT(callbacks);
    callbacks->on_message(message, false);
    for (;;) {
        const bool closed = socket->closed();  // before looking: the last word may come just before it
        for (const auto& text : socket->take_texts()) {
            auto value = parse_json(text);
            WA_ASSERT(value && value->is_object());
            const auto problem = text_of(value->get_object(), "problem");
            WA_ASSERT(problem.empty() || service::full_registry().problems().contains(problem));
            return {value->get_object(), {}};
        }
        for (auto& frame : socket->take_frames()) return {{}, std::move(frame)};
        if (closed) return {};
        std::this_thread::sleep_for(std::chrono::microseconds(100));
    }
}

}  // namespace wa::refusals
