#include "apps/hub/sync_connection.hpp"

#include <filesystem>

#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "apps/hub/koffer_desk.hpp"
#include "apps/hub/line_counters.hpp"
#include "kernel/data.hpp"
#include "kernel/documents.hpp"
#include "kernel/identity.hpp"
#include "modules/tours/module.hpp"

namespace wa::hub {

namespace {

/// More than this waiting in the socket, and we wait too: what is urgent must not stand behind it.
constexpr std::size_t socket_fill = 16 * 1024;

/// The rows of a tour's working set, found once per question.
sync::InWorkingSet in_working_set(const Registry& registry) {
    auto known = std::make_shared<std::set<std::pair<std::string, std::string>>>();
    auto loaded = std::make_shared<bool>(false);
    return [&registry, known, loaded](Transaction& tx, const std::string& tour, const std::string& table,
                                      const std::string& id) {
        if (!*loaded) {
            for (const auto& [row_table, row] : working_set(tx, registry, tour))
                known->emplace(row_table, row.text("id"));
            *loaded = true;
        }
        return known->count({table, id}) > 0;
    };
}

}  // namespace

SyncConnection::SyncConnection(Tenants::DeviceOf device, std::shared_ptr<http::Socket> socket,
                               service::Events& events, http::Loop& slow, std::string copy_path)
    : device_(std::move(device)),
      known_(known_device(device_.device)),
      socket_(std::move(socket)),
      events_(events),
      slow_(slow),
      copy_path_(std::move(copy_path)),
      session_({known_.id}, *this, system::monotonic_ms()) {}

/// The device as it is now: it may have been revoked since the line was opened.
KnownDevice SyncConnection::device_today(Transaction& tx) const {
    const auto row = read_row(tx, "device", known_.id);
    return row ? known_device(*row) : known_;
}

std::string SyncConnection::tour_id() {
    std::lock_guard lock(mutex_);
    return session_.tour_id();
}

void SyncConnection::pump() {
    const auto now = system::monotonic_ms();
    while (socket_->queued_bytes() < socket_fill) {
        auto frame = session_.next_frame(now);
        if (!frame) break;
        socket_->send_binary(std::move(*frame));
    }
    if (session_.wants_close(now)) socket_->close();
}

void SyncConnection::received(std::string_view frame) {
    std::lock_guard lock(mutex_);
    session_.frame_received(system::monotonic_ms(), as_span(frame));
    pump();
}

void SyncConnection::bytes_seen() {
    std::lock_guard lock(mutex_);
    session_.bytes_seen(system::monotonic_ms());
}

void SyncConnection::tick() {
    std::lock_guard lock(mutex_);
    pump();
}

void SyncConnection::look_for_changes() {
    std::lock_guard lock(mutex_);
    session_.look_for_changes();
    pump();
}

void SyncConnection::answer_changed(const HubAnswer& answer) {
    std::lock_guard lock(mutex_);
    session_.answer_changed(answer);
    pump();
}

template <class Result>
void SyncConnection::in_store(std::function<Result(Transaction&)> work, std::function<void(Result)> done) {
    auto result = std::make_shared<std::optional<Result>>();
    device_.runner->write([work, result](Transaction& tx) { result->emplace(work(tx)); },
                          [self = shared_from_this(), result, done](bool good) {
                              std::lock_guard lock(self->mutex_);
                              if (good)
                                  done(std::move(**result));
                              else
                                  self->session_.failed("store_full");
                              self->pump();
                          });
}

void SyncConnection::resume(const sync::Hello& hello) {
    in_store<Result<sync::Resumed>>(
        [this, hello](Transaction& tx) { return sync::resume(tx, device_today(tx), hello, system::now()); },
        [this](Result<sync::Resumed> resumed) {
            if (!resumed) return session_.failed(resumed.error().code);
            session_.resumed(std::move(*resumed));
        });
}

void SyncConnection::execute(std::vector<Bytes> envelopes) {
    in_store<sync::Executed>(
        [this, envelopes](Transaction& tx) {
            return sync::execute(tx, device_.runner->engine(), device_.runner->scope(), device_today(tx),
                                 clerk_lookup(), envelopes, system::now());
        },
        [this, envelopes](sync::Executed executed) {
            if (executed.alarm)
                log::warn("forged work arrived", {{"device", known_.id}, {"tenant", tenant_id()}});
            session_.executed(std::move(executed.answers), executed.need_from);
            tell_pages(envelopes);
        });
}

/// Live pages look again at the cases that arrived.
void SyncConnection::tell_pages(const std::vector<Bytes>& envelopes) {
    std::vector<Subject> subjects{{"conflict", ""}, {"quarantine", ""}};
    for (const auto& bytes : envelopes)
        if (const auto parsed = parse_signed_envelope(bytes))
            subjects.push_back({"case", parsed->envelope.stream});
    events_.changed(tenant_id(), subjects);
}

void SyncConnection::offered(std::vector<sync::DocumentOffer> documents) {
    in_store<std::vector<sync::DocumentHeld>>(
        [documents](Transaction& tx) { return sync::documents_held(tx, documents); },
        [this](std::vector<sync::DocumentHeld> held) { session_.held(std::move(held)); });
}

void SyncConnection::store_chunk(sync::Chunk chunk) {
    in_store<Result<sync::ChunkAck>>(
        [chunk](Transaction& tx) {
            ++line_counters().chunks;
            if (read_chunk(tx, chunk.hash, chunk.position)) ++line_counters().chunks_repeated;
            return sync::store_chunk(tx, chunk);
        },
        [this](Result<sync::ChunkAck> ack) {
            if (!ack) return session_.failed(ack.error().code);
            if (ack->complete) events_.changed(tenant_id(), {{"document", ack->hash}});
            session_.chunk_stored(std::move(*ack));
        });
}

void SyncConnection::changes(std::int64_t after) {
    const auto tour = session_.tour_id();
    in_store<sync::Changes>(
        [this, tour, after](Transaction& tx) {
            const auto& registry = device_.runner->engine().registry();
            return sync::changes_after(tx, registry, tour, after, in_working_set(registry));
        },
        [this](sync::Changes found) { session_.changed(std::move(found)); });
}

void SyncConnection::check_in(const sync::CheckIn& asked) {
    // Everything has arrived; it may go from the Koffer only when a second durable copy holds it.
    slow_.post([self = shared_from_this(), tour = asked.tour_id] {
        try {
            std::filesystem::create_directories(std::filesystem::path(self->copy_path_).parent_path());
            self->device_.runner->store().copy_to(self->copy_path_);
        } catch (const std::exception& error) {
            log::error("second copy failed", {{"tenant", self->tenant_id()}, {"what", error.what()}});
            return;
        }
        log::info("second copy made", {{"tenant", self->tenant_id()}});
        std::lock_guard lock(self->mutex_);
        self->session_.wipe_allowed(tour);
        self->pump();
    });
}

void SyncConnection::wiped(const std::string& tour_id) {
    note_wiped(*device_.runner, tour_id, known_.id);
}

void note_wiped(service::TenantRunner& runner, const std::string& tour_id, const std::string& device_id) {
    CommandRequest command;
    command.id = system::new_id();
    command.name = "tour.note_wiped";
    command.payload = {{"tour_id", tour_id}, {"device_id", device_id}};
    command.actor = system_actor();
    command.origin = {"system", device_id, "", tour_id};
    command.at = system::now();
    runner.run(std::move(command), [](CommandResult) {});
}

}  // namespace wa::hub
