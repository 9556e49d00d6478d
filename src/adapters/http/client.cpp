#include "adapters/http/client.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include <charconv>
#include <chrono>

namespace wa::http {

namespace {

namespace beast = boost::beast;
namespace net = boost::asio;
using Resolver = net::ip::tcp::resolver;

/// One exchange; every step begins the next.
class Exchange {
  public:
    Exchange(const Endpoint& endpoint, const ClientRequest& request)
        : endpoint_(endpoint), resolver_(io_), stream_(io_) {
        request_.method_string(request.method);
        request_.target(request.target);
        request_.version(11);
        request_.set(beast::http::field::host, endpoint.host + ":" + std::to_string(endpoint.port));
        request_.set(beast::http::field::connection, "close");
        if (!request.body.empty()) request_.set(beast::http::field::content_type, "application/json");
        request_.body() = request.body;
        request_.prepare_payload();
        parser_.body_limit(request.answer_limit);
        stream_.expires_after(std::chrono::milliseconds(request.timeout_ms));
    }

    ClientAnswer run() {
        resolver_.async_resolve(endpoint_.host, std::to_string(endpoint_.port),
                                [this](const auto& error, const auto& found) {
                                    if (failed("resolve", error)) return;
                                    connect(found);
                                });
        io_.run();
        return std::move(answer_);
    }

  private:
    void connect(const Resolver::results_type& found) {
        stream_.async_connect(found, [this](const auto& error, const auto&) {
            if (failed("connect", error)) return;
            beast::http::async_write(stream_, request_, [this](const auto& wrong, std::size_t) {
                if (failed("write", wrong)) return;
                read();
            });
        });
    }
    void read() {
        beast::http::async_read(stream_, buffer_, parser_, [this](const auto& error, std::size_t) {
            if (failed("read", error)) return;
            answer_.status = int(parser_.get().result_int());
            answer_.body = std::move(parser_.get().body());
        });
    }
    bool failed(const char* step, const beast::error_code& error) {
        if (error) answer_.failure = std::string(step) + ": " + error.message();
        return bool(error);
    }

    Endpoint endpoint_;
    net::io_context io_{1};
    Resolver resolver_;
    beast::tcp_stream stream_;
    beast::flat_buffer buffer_;
    beast::http::request<beast::http::string_body> request_;
    beast::http::response_parser<beast::http::string_body> parser_;
    ClientAnswer answer_;
};

}  // namespace

std::optional<Endpoint> local_endpoint(std::string_view url) {
    constexpr std::string_view scheme = "http://";
    if (!url.starts_with(scheme)) return std::nullopt;
    url.remove_prefix(scheme.size());
    if (url.ends_with('/')) url.remove_suffix(1);
    const auto colon = url.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    Endpoint endpoint{std::string(url.substr(0, colon)), 0};
    const auto port = url.substr(colon + 1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), endpoint.port);
    if (error != std::errc() || end != port.data() + port.size() || endpoint.port == 0) return std::nullopt;
    if (endpoint.host != "127.0.0.1" && endpoint.host != "localhost") return std::nullopt;
    return endpoint;
}

ClientAnswer ask(const Endpoint& endpoint, const ClientRequest& request) {
    return Exchange(endpoint, request).run();
}

}  // namespace wa::http
