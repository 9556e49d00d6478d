// The line: rate, delay, cuts that are noticed and cuts that are not, frames torn in the middle, old
// connections whose frames arrive after a new one has begun, and frames that are lost, repeated, swapped or
// damaged shortly before the line breaks.
#include <fmt/format.h>

#include "kernel/data.hpp"
#include "parts.hpp"

namespace wa::sim {

World::Tenant& World::tenant_of(const Connection& connection) {
    return *connection.tenant;
}

void World::connect(Koffer& koffer) {
    if (koffer.connection) {
        koffer.connection->node_open = false;
        koffer.connection.reset();
    }
    const auto attempt = ++koffer.attempt;
    if (!calm_ && weather_.chance(200)) return;  // no answer: the session gives up after its time
    loop_.after(2 * koffer.delay, [this, &koffer, attempt, life = koffer.life] {
        if (koffer.life != life || koffer.attempt != attempt || !hub_up_) return;
        auto& home = *tenants_[std::size_t(koffer.home->index)];
        // A revoked device gets no connection.
        if (home.revoked.count(koffer.device->id) > 0 && !has(Mutation::ignores_revocation)) return;
        auto connection = std::make_shared<Connection>();
        connection->koffer = &koffer;
        connection->tenant = &home;
        connection->inbox = std::make_unique<HubSide>(*this, connection);
        sync::HubConfig config;
        config.device_id = config.owner = koffer.device->id;
        config.begun = begun_;
        connection->hub = std::make_unique<sync::HubSession>(config, *connection->inbox, loop_.now);
        std::erase_if(connections_, [](const auto& old) { return !old->hub && !old->node_open; });
        // A program that has gone on too far says so; the Koffer keeps everything until it has gone on, too.
        if (hub_newer_ && !koffer.newer) ++tally_[Trouble::hub_before_koffer];
        if (hub_refuses_old_ && !koffer.newer) {
            ++tally_[Trouble::old_refused];
            connection->hub->failed(std::string(problems::sync_protocol.name));
        }
        connections_.push_back(connection);
        koffer.connection = connection;
        ++tally_.connections;
        tell(koffer.name + ": connected");
        // As of a hub that takes early frames; every other time as of one that has not said so. A program
        // that has just started knows of none that has (NodeLine).
        if (attempt % 2 == 0 && koffer.session->metrics().connections > 0) {
            if (auto hello = koffer.session->greet(loop_.now); !hello.empty())
                connection->early.push_back(std::move(hello));
            for (auto& frame : koffer.session->early_frames(loop_.now, attempt % 4 == 2))
                connection->early.push_back(std::move(frame));
        }
        koffer.session->connected(loop_.now);
        pump(koffer);
        wake_hub(connection);
    });
}

void World::cut(std::shared_ptr<Connection> connection, bool noticed, bool rest_arrives) {
    if (!connection->node_open && !connection->hub) return;
    ++tally_[noticed ? Trouble::cut_noticed : Trouble::cut_unnoticed];
    auto& koffer = *connection->koffer;
    tell(fmt::format("{}: the line is cut{}{}", koffer.name, noticed ? "" : ", nobody notices yet",
                     rest_arrives ? ", what is under way upwards still arrives" : ""));
    connection->cut_down = true;
    // What is dead stays dead: what arrives of a connection is its beginning.
    connection->cut_up = connection->cut_up || !rest_arrives;
    if (!noticed) return;
    if (connection->node_open && koffer.connection == connection) {
        connection->node_open = false;
        koffer.connection.reset();
        ++koffer.attempt;
        koffer.session->disconnected(loop_.now);
        pump(koffer);
    }
    if (connection->cut_up) hub_gone(*connection);
}

void World::hub_gone(Connection& connection) {
    connection.hub.reset();
    connection.cut_up = connection.cut_down = true;
}

/// Frames of a connection arrive in order and whole, or the connection ends. So a frame is spoiled only
/// shortly before the end: what has been sent meanwhile must not do harm.
void World::deliver_up(std::shared_ptr<Connection> connection, Bytes frame) {
    const auto deliver = [&](const Bytes& bytes) {
        if (!connection->cut_up && connection->hub) connection->hub->frame_received(loop_.now, bytes);
    };
    const auto what = std::exchange(connection->mangle_next, 0);
    if (what != 0 && !connection->mangled) {
        connection->mangled = true;
        // A part of a scan too much, too little or out of turn makes a false scan as well as a damaged one.
        connection->koffer->doubtful = true;
        loop_.after(weather_.between(1, 1500), [this, connection] { cut(connection, true, false); });
        static constexpr const char* words[]{"", "lost", "repeated", "swapped with the next", "damaged"};
        static constexpr Trouble kinds[]{{},
                                         Trouble::message_lost,
                                         Trouble::message_repeated,
                                         Trouble::message_swapped,
                                         Trouble::message_damaged};
        ++tally_[kinds[what]];
        tell(fmt::format("{}: a frame is {}", connection->koffer->name, words[what]));
    }
    if (what == 1) return;
    if (what == 2) deliver(frame);
    if (what == 3) {
        connection->held_back = std::move(frame);
        return;
    }
    // TLS lets nothing damaged through. Only bytes of scans are damaged here, which have a hash of their own:
    // an answer to damaged text would be taken for one to the text itself.
    static const auto rest_of_a_chunk = sync::write_message(sync::ChunkMore{Bytes(1)}, 0)[0];
    if (what == 4 && frame[0] != rest_of_a_chunk) return;
    if (what == 4 && frame.size() > 2)
        frame[std::size_t(weather_.between(1, std::int64_t(frame.size()) - 1))] ^=
            std::uint8_t(1u << weather_.between(0, 7));
    deliver(frame);
    if (auto before = std::exchange(connection->held_back, std::nullopt)) deliver(*before);
}

void World::transmit_up(std::shared_ptr<Connection> connection) {
    auto& koffer = *connection->koffer;
    if (connection->up_busy || !connection->node_open) return;
    std::optional<Bytes> frame;
    if (connection->early.empty()) {
        frame = koffer.session->next_frame(loop_.now);
    } else {
        frame = std::move(connection->early.front());
        connection->early.pop_front();
    }
    if (!frame) return;
    connection->up_busy = true;
    const auto takes = 1 + std::int64_t(frame->size()) * 1000 / koffer.upload_rate;
    loop_.after(takes, [this, connection, &koffer, life = koffer.life] {
        connection->up_busy = false;
        if (koffer.life == life && koffer.connection == connection) pump(koffer);
    });
    for (std::int64_t part = 1000; part < takes; part += 1000)
        loop_.after(part + koffer.delay, [this, connection] {
            if (connection->hub && !connection->cut_up) connection->hub->bytes_seen(loop_.now);
        });
    const auto late = weather_.chance(100) ? weather_.between(0, 800) : 0;
    tally_[Trouble::message_late] += late > 0;
    auto arrives = takes + koffer.delay + late;
    arrives = std::max(arrives, connection->up_last - loop_.now);
    connection->up_last = loop_.now + arrives;
    loop_.after(arrives, [this, connection, bytes = std::move(*frame)]() mutable {
        if (connection->cut_up || !connection->hub) return;
        deliver_up(connection, std::move(bytes));
        wake_hub(connection);
    });
}

void World::transmit_down(std::shared_ptr<Connection> connection) {
    auto& koffer = *connection->koffer;
    if (connection->down_busy || !connection->hub) return;
    auto frame = connection->hub->next_frame(loop_.now);
    if (!frame) return;
    connection->down_busy = true;
    const auto takes = 1 + std::int64_t(frame->size()) * 1000 / (3 * koffer.upload_rate);
    loop_.after(takes, [this, connection] {
        connection->down_busy = false;
        if (connection->hub) wake_hub(connection);
    });
    const auto arrives = std::max(takes + koffer.delay, connection->down_last - loop_.now);
    connection->down_last = loop_.now + arrives;
    loop_.after(arrives, [this, connection, &koffer, bytes = std::move(*frame)] {
        if (connection->cut_down || !connection->node_open || koffer.connection != connection) return;
        koffer.session->bytes_seen(loop_.now);
        koffer.session->frame_received(loop_.now, bytes, Timestamp{day_zero + koffer.clock + loop_.now});
        pump(koffer);
    });
}

void World::wake_hub(std::shared_ptr<Connection> connection) {
    if (!connection->hub) return;
    transmit_down(connection);
    if (!connection->hub) return;
    if (connection->hub->wants_close(loop_.now)) {
        auto& koffer = *connection->koffer;
        hub_gone(*connection);
        if (connection->node_open && koffer.connection == connection)
            loop_.after(koffer.delay, [this, connection, &koffer] {
                if (!connection->node_open || koffer.connection != connection) return;
                connection->node_open = false;
                koffer.connection.reset();
                ++koffer.attempt;
                koffer.session->disconnected(loop_.now);
                pump(koffer);
            });
        return;
    }
    const auto number = ++connection->wake_number;
    const auto at = connection->hub->next_wake();
    loop_.after(std::max<std::int64_t>(1, at - loop_.now), [this, connection, number] {
        if (connection->wake_number == number) wake_hub(connection);
    });
}

void World::look_for_changes(Tenant& tenant) {
    // wake_hub may end a connection, never add one.
    const auto all = connections_;
    for (const auto& connection : all)
        if (connection->hub && connection->tenant == &tenant) {
            connection->hub->look_for_changes();
            wake_hub(connection);
        }
}

}  // namespace wa::sim
