// A Koffer's line to the real hub, without a network: frames go into the hub's connection as its socket would
// hand them over, and what the hub says is collected.
#pragma once

#include "apps/hub/sync_connection.hpp"
#include "world.hpp"

namespace wa::refusals {

/// What the hub says to a Koffer.
class Listening : public http::Socket {
  public:
    void send_text(std::string text) override {
        std::lock_guard lock(mutex_);
        texts_.push_back(std::move(text));
    }
    void send_binary(Bytes bytes) override {
        std::lock_guard lock(mutex_);
        frames_.push_back(std::move(bytes));
    }
    void ping() override {}
    void close() override { closed_ = true; }
    void abort() override { closed_ = true; }
    std::size_t queued_bytes() const override { return 0; }

    bool closed() const { return closed_; }
    std::vector<std::string> take_texts() {
        std::lock_guard lock(mutex_);
        return std::exchange(texts_, {});
    }
    std::vector<Bytes> take_frames() {
        std::lock_guard lock(mutex_);
        return std::exchange(frames_, {});
    }

  private:
    std::mutex mutex_;
    std::vector<std::string> texts_;
    std::vector<Bytes> frames_;
    std::atomic<bool> closed_{false};
};

/// One connection of a device. Everything is answered when send() returns.
class Line {
  public:
    explicit Line(const Authority& authority, const std::string& device = "device",
                  std::shared_ptr<sync::BegunChunks> begun = nullptr)
        : authority_(authority), socket_(std::make_shared<Listening>()) {
        auto& w = world();
        const auto row =
            w.ask(authority, "SELECT * FROM device WHERE id = $id", {{"id", authority.objects.at(device)}});
        connection_ = std::make_shared<hub::SyncConnection>(
            hub::Tenants::DeviceOf{w.tenants.runner(authority.id), row.front()}, socket_, w.api.events(),
            nullptr, w.timers, w.folder + "/copies/" + authority.id + "/store.db", std::move(begun));
    }

    void send(const Bytes& frame) {
        connection_->received(as_view(frame));
        // What a frame asked of the store may itself ask again (changes after a welcome).
        for (int i = 0; i < 3; ++i) world().settle(authority_);
    }
    void send(const sync::Message& message) { send(sync::write_message(message, 0)); }
    void hello(const std::string& tour) {
        sync::Hello hello;
        hello.device_id = authority_.objects.at("device");
        hello.tour_id = tour;
        send(hello);
    }
    /// Messages since the last call, in order.
    std::vector<sync::Message> heard() {
        std::vector<sync::Message> messages;
        for (const auto& frame : socket_->take_frames())
            messages.push_back(sync::read_message(frame, 0).value());
        return messages;
    }
    /// The code of the error that ended the line; empty when it was not ended.
    std::string error() {
        for (const auto& message : heard())
            if (const auto* said = std::get_if<sync::Error>(&message)) return said->code;
        return "";
    }
    bool closed() const { return socket_->closed(); }

  private:
    const Authority& authority_;
    std::shared_ptr<Listening> socket_;
    std::shared_ptr<hub::SyncConnection> connection_;
};

}  // namespace wa::refusals
