#include "apps/service/events.hpp"

namespace wa::service {

http::SocketCallbacks Events::join(const std::string& tenant_id, const std::string& token,
                                   std::shared_ptr<http::Socket> socket) {
    auto* key = socket.get();
    {
        std::lock_guard lock(mutex_);
        pages_[key] = {tenant_id, token, std::move(socket), 0};
    }
    http::SocketCallbacks callbacks;
    callbacks.on_close = [this, key](const http::CloseReason&) {
        std::lock_guard lock(mutex_);
        pages_.erase(key);
    };
    return callbacks;
}

void Events::send(const std::string* tenant_id, json::object message) {
    std::lock_guard lock(mutex_);
    for (auto& [key, page] : pages_) {
        if (tenant_id && page.tenant_id != *tenant_id) continue;
        if (!alive_(page.token)) {
            page.socket->close();
            continue;
        }
        message["seq"] = ++page.seq;
        page.socket->send_text(json::serialize(message));
    }
}

void Events::changed(const std::string& tenant_id, const std::vector<Subject>& subjects) {
    json::array list;
    for (const auto& subject : subjects)
        list.push_back(json::object{{"type", subject.type}, {"id", subject.id}});
    send(&tenant_id, {{"changed", std::move(list)}});
}

void Events::line(const json::object& state) {
    send(nullptr, {{"line", state}});
}

}  // namespace wa::service
