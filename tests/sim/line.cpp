// The line: rate, delay, cuts that are noticed and cuts that are not, frames torn in the middle, old
// connections whose frames arrive after a new one has begun.
#include "parts.hpp"

namespace wa::sim {

void World::connect(Node& node) {
    if (node.connection) {
        node.connection->node_open = false;
        node.connection.reset();
    }
    const auto attempt = ++node.attempt;
    const auto life = node.life;
    if (!calm_ && random_.chance(250)) return;  // no answer: the session gives up after its time
    loop_.after(2 * node.delay, [this, &node, attempt, life] {
        if (node.life != life || node.attempt != attempt || !hub_store_) return;
        auto connection = std::make_shared<Connection>();
        connection->node = &node;
        connection->node_life = life;
        connection->inbox = std::make_unique<HubSide>(*this, connection);
        sync::HubConfig config;
        config.device_id = node.device;
        connection->hub = std::make_unique<sync::HubSession>(config, *connection->inbox, loop_.now);
        connections_.push_back(connection);
        node.connection = connection;
        ++tally_.connections;
        node.session->connected(loop_.now);
        if (!calm_) loop_.after(random_.between(50, 20'000), [this, connection] { cut(connection); });
        pump(node);
        wake_hub(connection);
    });
}

void World::cut(std::shared_ptr<Connection> connection) {
    if (calm_ || (!connection->node_open && !connection->hub)) return;
    ++tally_.cuts;
    const bool noticed = random_.chance(400);
    connection->cut_down = true;
    connection->cut_up = !random_.chance(300);  // sometimes what is under way still gets there
    if (!noticed) return;
    auto& node = *connection->node;
    if (connection->node_open && node.connection == connection) {
        connection->node_open = false;
        node.connection.reset();
        ++node.attempt;
        node.session->disconnected(loop_.now);
        pump(node);
    }
    if (connection->cut_up) hub_gone(*connection);
}

void World::hub_gone(Connection& connection) {
    connection.hub.reset();
    connection.cut_up = connection.cut_down = true;
}

void World::transmit_up(std::shared_ptr<Connection> connection) {
    auto& node = *connection->node;
    if (connection->up_busy || !connection->node_open) return;
    auto frame = node.session->next_frame(loop_.now);
    if (!frame) return;
    connection->up_busy = true;
    const auto takes = 1 + std::int64_t(frame->size()) * 1000 / node.upload_rate;
    const auto life = node.life;
    loop_.after(takes, [this, connection, &node, life] {
        connection->up_busy = false;
        if (node.life == life && node.connection == connection) pump(node);
    });
    for (std::int64_t part = 1000; part < takes; part += 1000)
        loop_.after(part + node.delay, [this, connection] {
            if (connection->hub && !connection->cut_up) connection->hub->bytes_seen(loop_.now);
        });
    auto arrives = takes + node.delay + (random_.chance(100) ? random_.between(0, 800) : 0);
    arrives = std::max(arrives, connection->up_last - loop_.now);
    connection->up_last = loop_.now + arrives;
    loop_.after(arrives, [this, connection, bytes = std::move(*frame)] {
        if (connection->cut_up || !connection->hub) return;
        connection->hub->frame_received(loop_.now, bytes);
        wake_hub(connection);
    });
}

void World::transmit_down(std::shared_ptr<Connection> connection) {
    auto& node = *connection->node;
    if (connection->down_busy || !connection->hub) return;
    auto frame = connection->hub->next_frame(loop_.now);
    if (!frame) return;
    connection->down_busy = true;
    const auto takes = 1 + std::int64_t(frame->size()) * 1000 / (3 * node.upload_rate);
    loop_.after(takes, [this, connection] {
        connection->down_busy = false;
        if (connection->hub) wake_hub(connection);
    });
    const auto arrives = std::max(takes + node.delay, connection->down_last - loop_.now);
    connection->down_last = loop_.now + arrives;
    loop_.after(arrives, [this, connection, &node, bytes = std::move(*frame)] {
        if (connection->cut_down || !connection->node_open || node.connection != connection) return;
        node.session->bytes_seen(loop_.now);
        node.session->frame_received(loop_.now, bytes, Timestamp{loop_.now});
        pump(node);
    });
}

}  // namespace wa::sim
