#include "apps/hub/sync_connection.hpp"

#include <filesystem>
#include <utility>

#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "apps/hub/koffer_desk.hpp"
#include "apps/hub/line_counters.hpp"
#include "kernel/data.hpp"
#include "kernel/documents.hpp"
#include "kernel/identity.hpp"
#include "kernel/journal.hpp"
#include "modules/tours/data.hpp"
#include "modules/tours/module.hpp"

namespace wa::hub {

namespace {

/// More than this waiting in the socket, and we wait too: what is urgent must not stand behind it.
constexpr std::size_t socket_fill = 16 * 1024;

sync::HubConfig config_of(const std::string& device_id, const std::string& tenant_id,
                          std::shared_ptr<sync::BegunChunks> begun) {
    sync::HubConfig config;
    config.device_id = device_id;
    config.begun = std::move(begun);
    config.owner = tenant_id + '/' + device_id;
    return config;
}

/// Whether a line ended for what no Koffer of ours sends.
bool is_no_koffers_word(const std::string& code) {
    return code == problems::sync_protocol.name || code == problems::document_false_chunk.name;
}

}  // namespace

SyncConnection::SyncConnection(Tenants::DeviceOf device, std::shared_ptr<http::Socket> socket,
                               service::Events& events, std::shared_ptr<Looks> looks, http::Loop& slow,
                               std::string copy_path, std::shared_ptr<sync::BegunChunks> begun)
    : device_(std::move(device)),
      known_(known_device(device_.device)),
      socket_(std::move(socket)),
      events_(events),
      looks_(std::move(looks)),
      slow_(slow),
      copy_path_(std::move(copy_path)),
      session_(config_of(known_.id, tenant_id(), std::move(begun)), *this, system::monotonic_ms()) {}

KnownDevice SyncConnection::device(Transaction& tx) const {
    const auto row = read_row(tx, "device", known_.id);
    return row ? known_device(*row) : known_;
}

bool SyncConnection::is_revoked() const {
    bool revoked = false;
    device_.runner->read([&](Transaction& tx) { revoked = revoked_since(tx); });
    return revoked;
}

bool SyncConnection::revoked_since(Transaction& tx) const {
    // One that was it already when it came brings its work home.
    return !known_.revoked && device(tx).revoked;
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
    journal_failure();
    pump();
}

/// Once, as soon as it is known: what a chunk is worth is found out in the store.
void SyncConnection::journal_failure() {
    const auto& code = session_.failure();
    if (!is_no_koffers_word(code) || std::exchange(failure_journalled_, true)) return;
    device_.runner->write(
        [id = known_.id, code](Transaction& tx) { append_journal(tx, line_alarm(id, code)); }, [](bool) {});
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

void SyncConnection::in_store(Work work, Done done) {
    device_.runner->write([self = shared_from_this(), work = std::move(work)](Transaction& tx) { work(tx); },
                          [self = shared_from_this(), done = std::move(done)](bool good) {
                              std::lock_guard lock(self->mutex_);
                              if (good)
                                  done(self->session_);
                              else
                                  self->session_.failed("store_full");
                              self->journal_failure();
                              self->pump();
                          });
}

JournalEntry line_alarm(const std::string& device_id, const std::string& code) {
    JournalEntry entry;
    entry.at = system::now();
    entry.kind = "access";
    entry.name = "sync.alarm";
    entry.device = device_id;
    entry.place = "system";
    entry.outcome = "refused:" + code;
    return entry;
}

ClerkLookup SyncConnection::clerks() const {
    return clerk_lookup();
}

Result<void> SyncConnection::admitted(Transaction& tx, const sync::Hello& hello) {
    // One that was reported lost destroys its keys first; then its work is kept like that of any revoked one.
    if (is_lost(tx, known_.id) && !is_destroyed(tx, known_.id)) return fail(problems::tours_device_lost);
    // A tour this hub does not know at all may be newer than the copy it was restored from: its work is
    // taken, and nothing is shown. A Koffer that had the tour before another one still brings its work home.
    const auto tour = hello.tour_id.empty() ? std::nullopt : read_row(tx, "tour", hello.tour_id);
    if (!tour || carries(*tour, known_.id)) return {};
    auto entry = line_alarm(known_.id, std::string(problems::tour_not_of_device.name));
    entry.subjects = {{"tour", hello.tour_id}};
    append_journal(tx, entry);
    return fail(problems::tour_not_of_device);
}

sync::InWorkingSet SyncConnection::working_set() const {
    return in_working_set(engine().registry());
}

bool SyncConnection::shows_rows(Transaction& tx, const std::string& tour_id) const {
    const auto tour = read_row(tx, "tour", tour_id);
    return tour && may_hear_of(*tour, known_.id, now());
}

Timestamp SyncConnection::now() const {
    return system::now();
}

void SyncConnection::arrived(const std::vector<Bytes>&, const sync::Executed& executed) {
    if (executed.alarm) log::warn("forged work arrived", {{"device", known_.id}, {"tenant", tenant_id()}});
    tell_pages(executed.streams);
}

void SyncConnection::noticed(Transaction& tx, const sync::Chunk& chunk) {
    ++line_counters().chunks;
    if (read_chunk(tx, chunk.hash, chunk.position)) ++line_counters().chunks_repeated;
}

void SyncConnection::arrived(const Result<sync::ChunkAck>& ack) {
    // Enough of the hash to know one's own scan by; who has the whole one could name it in a case of theirs.
    constexpr std::size_t shown = 8;
    if (ack && ack->complete) events_.changed(tenant_id(), {{"document", ack->hash.substr(0, shown)}});
}

/// Live pages look again at the cases that arrived.
void SyncConnection::tell_pages(const std::vector<std::string>& streams) {
    std::vector<Subject> subjects{{"conflict", ""}, {"quarantine", ""}};
    for (const auto& stream : streams)
        if (!stream.empty()) subjects.push_back({"case", stream});
    events_.changed(tenant_id(), subjects);
}

/// When its turn has come; asked by the session, which holds the mutex.
void SyncConnection::changes(std::int64_t after) {
    if (!looks_) return StoreInbox::changes(after);
    looks_->want(tenant_id(), known_.id, [weak = weak_from_this(), after] {
        const auto self = weak.lock();
        if (!self || self->closed_) return false;
        {
            std::lock_guard lock(self->mutex_);
            self->StoreInbox::changes(after);
        }
        // Behind it in the writer's queue; told whether it went well or not.
        const auto revoked = std::make_shared<bool>(false);
        self->device_.runner->write([self, revoked](Transaction& tx) { *revoked = self->revoked_since(tx); },
                                    [self, revoked](bool) {
                                        // By a tool beside this program, of whose commits nobody here is
                                        // told.
                                        if (*revoked) self->end();
                                        self->looks_->done(self->tenant_id());
                                    });
        return true;
    });
}

void SyncConnection::copy_for_wipe(const std::string& tour_id) {
    // Everything has arrived; it may go from the Koffer only when a second durable copy holds it.
    slow_.post([self = shared_from_this(), tour = tour_id] {
        try {
            std::filesystem::create_directories(std::filesystem::path(self->copy_path_).parent_path());
            self->device_.runner->store().copy_to(self->copy_path_);
        } catch (const std::exception& error) {
            log::error("second copy failed", {{"tenant", self->tenant_id()}, {"why", error.what()}});
            // Said, or the Koffer would wait for an answer as long as this line holds.
            std::lock_guard lock(self->mutex_);
            self->session_.failed(std::string(problems::store_full.name));
            self->pump();
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
