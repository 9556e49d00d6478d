// Inside the adapter: one HTTP connection at the server, from TLS to the last answer.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "adapters/http/server.hpp"
#include "adapters/http/static_files.hpp"
#include "adapters/http/wire.hpp"

namespace wa::http {

/// What all connections of a server share.
struct ServerShared {
    ServerOptions options;
    std::shared_ptr<Core> core;
    std::unique_ptr<StaticFiles> files;
    std::atomic<std::uint64_t> connections{0};
    std::atomic<std::uint64_t> requests{0};
    std::atomic<std::uint64_t> tls_handshakes{0};
    std::atomic<std::uint64_t> tls_resumed{0};
};

/// All members are touched on the strand of the wire only.
class HttpSession final : public Connection, public std::enable_shared_from_this<HttpSession> {
  public:
    HttpSession(std::shared_ptr<ServerShared> shared, Wire wire, const Listener& listener,
                std::string remote);

    void start();
    void wind_down() override;
    void drop() override { close(); }
    /// From any thread; `number` is the request it answers.
    void respond(std::uint64_t number, Response response);

  private:
    using Parser = beast::http::request_parser<beast::http::string_body>;
    enum class State { shaking_hands, waiting, reading, handling, writing, ending };

    void shake_hands();
    void read_head();
    void on_head(const ErrorCode& error);
    /// The status a head is refused with, or 0; fills request_.
    int check_head();
    int check_sender();
    int check_body();
    void upgrade();
    void read_body();
    void on_body(const ErrorCode& error);
    void handle();
    void refuse(int status);
    void write(Response response);
    void write_file(Response response);
    void write_rest(const ErrorCode& error);
    void on_written(const ErrorCode& error);
    /// Ends so that the other side can still read the answer although it may be sending.
    void linger();
    void discard_input();
    void close();
    /// Closes after the time for so many bytes, or that long, unless one of the three is called again.
    void limit_time(std::size_t bytes);
    void close_after(std::chrono::milliseconds limit);
    void keep_open();

    const std::shared_ptr<ServerShared> shared_;
    const Strand strand_;
    Wire wire_;  ///< a WebSocket takes it with it
    net::steady_timer deadline_;
    const std::string listener_;
    const std::string remote_;
    const bool needs_certificate_;
    Bytes fingerprint_;
    beast::flat_buffer buffer_;
    std::optional<Parser> parser_;
    Request request_;
    std::string head_;
    std::string body_;
    /// What of a file that is the answer's body is not read yet.
    struct OpenFile {
        int fd = -1;
        std::uint64_t left = 0;
        ~OpenFile();
    };
    std::unique_ptr<OpenFile> file_;
    std::size_t discard_left_ = 1024 * 1024;
    std::uint64_t number_ = 0;
    State state_ = State::shaking_hands;
    bool keep_alive_ = true;
    bool stopping_ = false;
    bool unread_ = false;
    bool closed_ = false;
};

}  // namespace wa::http
