#include "adapters/http/server.hpp"

#include <algorithm>

#include "adapters/http/listener.hpp"
#include "adapters/http/tls_context.hpp"
#include "base/assert.hpp"

namespace wa::http {

struct Server::Impl {
    std::shared_ptr<ServerShared> shared = std::make_shared<ServerShared>();
    std::vector<std::shared_ptr<Acceptor>> acceptors;
    bool running = false;

    std::optional<std::string> open() {
        std::string error;
        const auto& options = shared->options;
        if (!options.static_root.empty() && !(shared->files = StaticFiles::load(options.static_root, error)))
            return error;
        for (const auto& listener : options.listeners) {
            std::shared_ptr<net::ssl::context> context;
            if (listener.tls && !(context = make_server_context(*listener.tls, listener.bad_line, error)))
                return "listener " + listener.name + ": " + error;
            acceptors.push_back(std::make_shared<Acceptor>(shared, listener, context));
            if (auto failure = acceptors.back()->open()) return failure;
        }
        return std::nullopt;
    }
};

Server::Server(ServerOptions options) : impl_(std::make_unique<Impl>()) {
    impl_->shared->options = std::move(options);
    impl_->shared->core = std::make_shared<Core>(std::max(1, impl_->shared->options.threads));
}

Server::~Server() {
    stop();
}

std::optional<std::string> Server::start() {
    WA_ASSERT(!impl_->running && impl_->acceptors.empty());
    if (auto failure = impl_->open()) {
        impl_->acceptors.clear();
        return failure;
    }
    impl_->running = true;
    impl_->shared->core->start();
    for (const auto& acceptor : impl_->acceptors) acceptor->start();
    return std::nullopt;
}

void Server::stop() {
    if (!impl_->running) return;
    impl_->running = false;
    for (const auto& acceptor : impl_->acceptors) acceptor->close();
    impl_->shared->core->wind_down(impl_->shared->options.stop_grace_ms);
    for (const auto& acceptor : impl_->acceptors) acceptor->close();
    impl_->shared->core->stop();
}

std::uint16_t Server::port(std::size_t listener) const {
    WA_ASSERT(listener < impl_->acceptors.size());
    return impl_->acceptors[listener]->port();
}

ServerStats Server::stats() const {
    const auto& shared = *impl_->shared;
    return {shared.connections, shared.requests, shared.tls_handshakes, shared.tls_resumed,
            shared.core->count()};
}

}  // namespace wa::http
