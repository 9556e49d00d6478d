#include "apps/demo/control_server.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <chrono>
#include <optional>
#include <thread>

#include "apps/demo/page_files.hpp"

namespace wa {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Request = http::request<http::string_body>;
using Response = http::response<http::string_body>;

constexpr int most_connections = 64;
constexpr std::uint64_t most_body_bytes = 4096;
constexpr std::uint32_t most_header_bytes = 8192;
constexpr std::chrono::seconds patience{15};

std::string_view view(beast::string_view text) {
    return {text.data(), text.size()};
}

const char* type_of(std::string_view path) {
    if (path.ends_with(".html")) return "text/html; charset=utf-8";
    if (path.ends_with(".css")) return "text/css; charset=utf-8";
    if (path.ends_with(".js")) return "text/javascript; charset=utf-8";
    if (path.ends_with(".svg")) return "image/svg+xml";
    return "application/octet-stream";
}

/// What all connections share; used by the server's one thread.
struct Shared {
    ControlApi& api;
    std::string port;
    int connections = 0;

    bool is_this_machine(std::string_view host) const {
        for (const std::string name : {"127.0.0.1", "localhost"}) {
            if (host == name || host == name + ":" + port) return true;
        }
        return false;
    }
};

Response reply(const Request& request, unsigned status, const char* type, std::string body) {
    Response response{http::status(status), request.version()};
    response.set(http::field::content_type, type);
    response.set(http::field::cache_control, "no-store");
    response.set(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    response.set("X-Content-Type-Options", "nosniff");
    response.set("Referrer-Policy", "no-referrer");
    response.set("Cross-Origin-Resource-Policy", "same-origin");
    response.keep_alive(request.keep_alive());
    response.body() = std::move(body);
    response.prepare_payload();
    return response;
}

Response reply_json(const Request& request, unsigned status, const json::object& body) {
    return reply(request, status, "application/json; charset=utf-8", json::serialize(body));
}

Response refuse(const Request& request, unsigned status, const char* message) {
    return reply_json(request, status, {{"message", message}});
}

Response answer(const Request& request, Shared& shared) {
    if (!shared.is_this_machine(view(request[http::field::host]))) {
        return refuse(request, 403, "Diese Seite gibt es nur unter 127.0.0.1 und localhost.");
    }
    const auto method = request.method();
    const bool reads = method == http::verb::get || method == http::verb::head;
    if (!reads && method != http::verb::post) return refuse(request, 405, "Es gibt nur GET und POST.");
    if (!reads && request["X-Demo"] != "1") {
        return refuse(request, 403, "Zu einer Änderung gehört die Kopfzeile X-Demo: 1.");
    }
    const auto target = view(request.target());
    const auto path = target.substr(0, target.find('?'));
    if (reads) {
        for (const auto& file : page_files()) {
            if (file.path != (path == "/" ? "/index.html" : path)) continue;
            return reply(request, 200, type_of(file.path), std::string(file.bytes));
        }
    }
    const auto result = shared.api.answer(reads ? "GET" : "POST", path, request.body());
    return reply_json(request, result.status, result.body);
}

/// One connection: a request, its answer, and again.
class Session : public std::enable_shared_from_this<Session> {
  public:
    Session(tcp::socket socket, Shared& shared) : stream_(std::move(socket)), shared_(shared) {
        ++shared_.connections;
    }
    ~Session() { --shared_.connections; }

    void read() {
        parser_.emplace();
        parser_->body_limit(most_body_bytes);
        parser_->header_limit(most_header_bytes);
        stream_.expires_after(patience);
        http::async_read(stream_, buffer_, *parser_,
                         [self = shared_from_this()](beast::error_code error, std::size_t) {
                             if (!error) self->write();
                         });
    }

  private:
    void write() {
        const auto request = parser_->release();
        response_ = answer(request, shared_);
        if (request.method() == http::verb::head) response_.body().clear();
        stream_.expires_after(patience);
        http::async_write(stream_, response_,
                          [self = shared_from_this()](beast::error_code error, std::size_t) {
                              if (!error && self->response_.keep_alive()) self->read();
                          });
    }

    beast::tcp_stream stream_;
    Shared& shared_;
    beast::flat_buffer buffer_{most_header_bytes + most_body_bytes};
    std::optional<http::request_parser<http::string_body>> parser_;
    Response response_;
};

}  // namespace

class ControlServer::Impl {
  public:
    Impl(OwnedFd listener, std::uint16_t port, ControlApi& api)
        : shared_{api, std::to_string(port)}, acceptor_(context_, tcp::v4(), listener.release()) {
        accept();
        thread_ = std::thread([this] { context_.run(); });
    }
    ~Impl() {
        context_.stop();
        thread_.join();
    }

  private:
    void accept() {
        acceptor_.async_accept([this](beast::error_code error, tcp::socket socket) {
            if (error == asio::error::operation_aborted) return;
            // One too many is closed at once.
            if (!error && shared_.connections < most_connections) {
                std::make_shared<Session>(std::move(socket), shared_)->read();
            }
            accept();
        });
    }

    Shared shared_;  // outlives the sessions, which end with the context
    asio::io_context context_{1};
    tcp::acceptor acceptor_;
    std::thread thread_;
};

ControlServer::ControlServer(OwnedFd listener, std::uint16_t port, ControlApi& api)
    : impl_(std::make_unique<Impl>(std::move(listener), port, api)) {}
ControlServer::~ControlServer() = default;

}  // namespace wa
