#include "adapters/http/http_session.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include <algorithm>

#include "adapters/http/http_text.hpp"
#include "adapters/http/tls_context.hpp"
#include "adapters/http/web_socket.hpp"
#include "base/bytes.hpp"

namespace wa::http {

namespace bhttp = beast::http;

namespace {

std::string_view view(boost::core::string_view text) {
    return {text.data(), text.size()};
}

/// Of a file, at a time.
constexpr std::size_t file_part = 256 * 1024;

bool changes_state(std::string_view method) {
    return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

/// Gives the answer at most once, and for sure: a handler that forgets it must not block the connection.
class Answer {
  public:
    Answer(std::weak_ptr<HttpSession> session, std::uint64_t number)
        : session_(std::move(session)), number_(number) {}
    ~Answer() { give({500, {}, {}}); }
    Answer(const Answer&) = delete;
    Answer& operator=(const Answer&) = delete;

    void give(Response response) {
        if (given_.exchange(true)) return;
        if (const auto session = session_.lock()) session->respond(number_, std::move(response));
    }

  private:
    const std::weak_ptr<HttpSession> session_;
    const std::uint64_t number_;
    std::atomic<bool> given_{false};
};

}  // namespace

HttpSession::HttpSession(std::shared_ptr<ServerShared> shared, Wire wire, const Listener& listener,
                         std::string remote)
    : shared_(std::move(shared)),
      strand_(wire.get_executor()),
      wire_(std::move(wire)),
      deadline_(strand_),
      listener_(listener.name),
      remote_(std::move(remote)),
      needs_certificate_(listener.tls && !listener.tls->client_ca_pem.empty()) {}

void HttpSession::start() {
    net::post(strand_, [self = shared_from_this()] {
        if (self->closed_) return;
        if (self->wire_.ssl())
            self->shake_hands();
        else
            self->read_head();
    });
}

void HttpSession::limit_time(std::size_t bytes) {
    constexpr std::size_t bytes_per_second = 8 * 1024;
    close_after(std::chrono::milliseconds(shared_->options.read_timeout_ms) +
                std::chrono::seconds(bytes / bytes_per_second));
}

void HttpSession::close_after(std::chrono::milliseconds limit) {
    deadline_.expires_after(limit);
    deadline_.async_wait([weak = weak_from_this()](const ErrorCode& error) {
        const auto self = weak.lock();
        // While this was on its way to us, a later limit may have been set.
        if (self && !error && self->deadline_.expiry() <= std::chrono::steady_clock::now()) self->close();
    });
}

void HttpSession::keep_open() {
    deadline_.expires_at(std::chrono::steady_clock::time_point::max());
}

void HttpSession::shake_hands() {
    limit_time(0);
    wire_.async_shake_hands([self = shared_from_this()](const ErrorCode& error, std::size_t) {
        if (self->closed_) return;
        // The alert that tells the client why has been sent; it must be able to read it.
        if (error) return self->linger();
        auto* ssl = self->wire_.ssl();
        ++self->shared_->tls_handshakes;
        if (SSL_session_reused(ssl)) ++self->shared_->tls_resumed;
        if (self->needs_certificate_) {
            self->fingerprint_ = checked_peer_fingerprint(ssl);
            if (self->fingerprint_.empty()) return self->linger();
        }
        self->read_head();
    });
}

void HttpSession::read_head() {
    if (stopping_ && buffer_.size() == 0) return linger();
    state_ = State::waiting;
    parser_.emplace();
    parser_->header_limit(std::uint32_t(shared_->options.header_limit));
    parser_->body_limit(std::max(shared_->options.body_limit, shared_->options.document_limit));
    limit_time(0);
    bhttp::async_read_header(
        wire_, buffer_, *parser_,
        [self = shared_from_this()](const ErrorCode& error, std::size_t) { self->on_head(error); });
}

void HttpSession::on_head(const ErrorCode& error) {
    if (closed_) return;
    state_ = State::reading;
    if (error == bhttp::error::header_limit || error == bhttp::error::buffer_overflow) return refuse(431);
    if (error == bhttp::error::body_limit) return refuse(413);
    if (error == bhttp::error::end_of_stream || error == bhttp::error::partial_message) return linger();
    if (error.category() == bhttp::make_error_code(bhttp::error::bad_method).category()) return refuse(400);
    if (error) return close();
    ++shared_->requests;
    if (const int status = check_head()) return refuse(status);
    if (beast::websocket::is_upgrade(parser_->get())) return upgrade();
    if (parser_->is_done()) return handle();
    read_body();
}

int HttpSession::check_head() {
    const auto& head = parser_->get();
    request_ = {};
    request_.method = view(head.method_string());
    request_.remote = remote_;
    request_.listener = listener_;
    request_.peer_fingerprint = fingerprint_;
    for (const auto& field : head) {
        const auto [entry, added] =
            request_.headers.try_emplace(std::string(view(field.name_string())), view(field.value()));
        if (added) continue;
        if (field.name() == bhttp::field::host) return 400;
        entry->second += field.name() == bhttp::field::cookie ? "; " : ", ";
        entry->second += view(field.value());
    }
    auto target = parse_target(view(head.target()));
    if (!target) return 400;
    request_.path = std::move(target->path);
    request_.query = std::move(target->query);
    request_.cookies = parse_cookies(request_.header("Cookie"));
    if (const int status = check_sender()) return status;
    return parser_->is_done() ? 0 : check_body();
}

int HttpSession::check_sender() {
    const auto& options = shared_->options;
    const auto host = request_.header("Host");
    if (host.empty()) return 400;
    const auto foreign = [&](int status) {
        if (options.on_foreign) options.on_foreign(status, request_.remote);
        return status;
    };
    if (!is_allowed_host(host, options.allowed_hosts)) return foreign(421);
    if (request_.method == "CONNECT" || request_.method == "TRACE") return 405;
    // A foreign page in the same browser must neither change anything nor listen.
    const auto origin = request_.header("Origin");
    const bool matters = changes_state(request_.method) || beast::websocket::is_upgrade(parser_->get());
    if (matters && !origin.empty() && !is_allowed_origin(origin, host, options.allowed_origins))
        return foreign(403);
    return 0;
}

int HttpSession::check_body() {
    const auto& options = shared_->options;
    if (beast::websocket::is_upgrade(parser_->get())) return 400;
    const bool document = has_prefix(request_.path, options.document_prefixes);
    const auto limit = document ? options.document_limit : options.body_limit;
    if (parser_->content_length().value_or(0) > limit) return 413;
    if (!document && !is_json_type(request_.header("Content-Type"))) return 415;
    if (document && options.before_document)
        if (const int status = options.before_document(request_)) return status;
    // For a body in chunks; that of a known length has just been checked.
    if (parser_->chunked()) parser_->body_limit(limit);
    return 0;
}

void HttpSession::upgrade() {
    const auto& options = shared_->options;
    const auto found = options.sockets.find(request_.path);
    if (found == options.sockets.end()) return refuse(404);
    // Nothing may follow before our answer: it could be a request smuggled through a proxy. Where there is
    // none, because only a device's own certificate gets here, messages may.
    const bool follow = request_.header(early_messages_field) == value_follow;
    if (buffer_.size() > 0 && !(needs_certificate_ && follow)) return refuse(400);
    const auto first = from_base64url(request_.header(first_message_field));
    if (!first) return refuse(400);
    const auto socket = std::make_shared<WebSocket>(
        shared_->core, strand_,
        SocketLimits{options.socket_message_limit, options.socket_queue_limit, options.socket_idle_ms});
    std::optional<SocketCallbacks> callbacks;
    int status = 403;
    try {
        callbacks = found->second(request_, socket);
    } catch (...) {
        // As for a request. The other side comes again.
        status = 503;
    }
    if (!callbacks) {
        socket->discard();
        return refuse(status);
    }
    socket->set_callbacks(std::move(*callbacks));
    if (!shared_->core->add(socket)) {
        socket->drop();
        return refuse(503);
    }
    closed_ = true;
    keep_open();
    const auto early = buffer_.cdata();
    wire_.give_back({static_cast<const std::uint8_t*>(early.data()), early.size()});
    socket->accept(std::move(wire_), parser_->release(), *first, needs_certificate_);
    shared_->core->remove(this);
}

void HttpSession::read_body() {
    const auto length = parser_->content_length().value_or(shared_->options.body_limit);
    limit_time(length);
    // Beast reads as much as the buffer has room for.
    if (length > 16 * 1024) buffer_.reserve(64 * 1024);
    if (request_.header("Expect") != "100-continue")
        return bhttp::async_read(
            wire_, buffer_, *parser_,
            [self = shared_from_this()](const ErrorCode& error, std::size_t) { self->on_body(error); });
    static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    request_.headers.erase("Expect");
    net::async_write(wire_, net::buffer(go_on),
                     [self = shared_from_this()](const ErrorCode& error, std::size_t) {
                         if (self->closed_) return;
                         if (error) return self->close();
                         self->read_body();
                     });
}

void HttpSession::on_body(const ErrorCode& error) {
    if (closed_) return;
    if (error == bhttp::error::body_limit) return refuse(413);
    if (error.category() == bhttp::make_error_code(bhttp::error::bad_method).category()) return refuse(400);
    if (error) return close();
    handle();
}

void HttpSession::handle() {
    state_ = State::handling;
    keep_open();
    ++number_;
    keep_alive_ = parser_->get().keep_alive();
    request_.body = std::move(parser_->get().body());
    if (buffer_.capacity() > 32 * 1024) buffer_.shrink_to_fit();
    const auto& options = shared_->options;
    if (shared_->files && !has_prefix(request_.path, options.handler_prefixes)) {
        const bool reads = request_.method == "GET" || request_.method == "HEAD";
        return write(reads ? shared_->files->answer(request_) : Response{405, {}, {}});
    }
    if (!options.handler) return write({404, {}, {}});
    const auto answer = std::make_shared<Answer>(weak_from_this(), number_);
    const bool is_head = request_.method == "HEAD";
    auto request = std::move(request_);
    request_ = {};
    request_.method = is_head ? "HEAD" : "";
    try {
        options.handler(std::move(request),
                        [answer](Response response) { answer->give(std::move(response)); });
    } catch (...) {
        // Its words could hold personal data; the answer is 500, and the program goes on.
        answer->give({500, {}, {}});
    }
}

void HttpSession::respond(std::uint64_t number, Response response) {
    net::dispatch(strand_, [weak = weak_from_this(), number, response = std::move(response)]() mutable {
        const auto self = weak.lock();
        if (!self || self->closed_ || self->number_ != number || self->state_ != State::handling) return;
        self->write(std::move(response));
    });
}

void HttpSession::refuse(int status) {
    keep_alive_ = false;
    unread_ = true;
    auto response = Response{status, {{"Content-Type", "application/json"}}, {}};
    response.body = "{\"status\":" + std::to_string(status) + "}";
    write(std::move(response));
}

void HttpSession::write(Response response) {
    state_ = State::writing;
    if (stopping_) keep_alive_ = false;
    if (!response.file.empty()) return write_file(std::move(response));
    head_ = response_head(response, keep_alive_, wire_.ssl() != nullptr);
    body_ = std::move(response.body);
    const bool bodiless = request_.method == "HEAD" || response.status == 204 || response.status == 304;
    if (bodiless) body_.clear();
    limit_time(body_.size());
    const std::array<net::const_buffer, 2> buffers = {net::buffer(head_), net::buffer(body_)};
    net::async_write(wire_, buffers, [self = shared_from_this()](const ErrorCode& error, std::size_t) {
        self->on_written(error);
    });
}

HttpSession::OpenFile::~OpenFile() {
    if (fd >= 0) ::close(fd);
}

void HttpSession::write_file(Response response) {
    auto file = std::make_unique<OpenFile>();
    file->fd = ::open(response.file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    struct stat found {};
    if (file->fd < 0 || ::fstat(file->fd, &found) != 0 || !S_ISREG(found.st_mode))
        return write({404, {}, {}});
    file->left = std::uint64_t(found.st_size);
    head_ = response_head(response, file->left, keep_alive_, wire_.ssl() != nullptr);
    if (request_.method != "HEAD") file_ = std::move(file);
    limit_time(head_.size());
    net::async_write(
        wire_, net::buffer(head_),
        [self = shared_from_this()](const ErrorCode& error, std::size_t) { self->write_rest(error); });
}

/// Part by part. One that got shorter meanwhile is broken off: its reader sees that it is not whole.
void HttpSession::write_rest(const ErrorCode& error) {
    if (closed_) return;
    if (error) return file_.reset(), close();
    if (!file_ || file_->left == 0) return file_.reset(), on_written({});
    body_.resize(std::size_t(std::min<std::uint64_t>(file_->left, file_part)));
    const auto got = ::read(file_->fd, body_.data(), body_.size());
    if (got <= 0) return file_.reset(), close();
    body_.resize(std::size_t(got));
    file_->left -= std::uint64_t(got);
    limit_time(body_.size());
    net::async_write(
        wire_, net::buffer(body_),
        [self = shared_from_this()](const ErrorCode& failed, std::size_t) { self->write_rest(failed); });
}

void HttpSession::on_written(const ErrorCode& error) {
    if (closed_) return;
    if (error) return close();
    body_ = {};
    if (!keep_alive_) return linger();
    read_head();
}

void HttpSession::linger() {
    state_ = State::ending;
    ErrorCode ignored;
    wire_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    close_after(std::chrono::milliseconds(stopping_ ? 250 : 2000));
    discard_input();
}

void HttpSession::discard_input() {
    wire_.async_discard([self = shared_from_this()](const ErrorCode& error, std::size_t bytes) {
        if (self->closed_) return;
        if (error || bytes >= self->discard_left_) return self->close();
        self->discard_left_ -= bytes;
        self->discard_input();
    });
}

void HttpSession::wind_down() {
    net::post(strand_, [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self || self->closed_) return;
        self->stopping_ = true;
        const bool idle = self->state_ == State::waiting && self->buffer_.size() == 0;
        if (idle || self->state_ == State::shaking_hands || self->state_ == State::ending) self->close();
    });
}

void HttpSession::close() {
    if (std::exchange(closed_, true)) return;
    deadline_.cancel();
    wire_.close();
    shared_->core->remove(this);
}

}  // namespace wa::http
