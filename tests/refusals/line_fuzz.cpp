// Frames from anyone to both ends of the line: the hub's session on a real store with real work waiting, and
// the node's on its own. Frames are separated by the bytes ff 00 ff; the first byte of all says to whom they
// go.
#include "adapters/sqlite/sqlite_store.hpp"
#include "apps/service/wiring.hpp"
#include "base/assert.hpp"
#include "kernel/arrivals.hpp"
#include "kernel/documents.hpp"
#include "sync/hub_store.hpp"
#include "sync/node_session.hpp"
#include "sync/node_store.hpp"

namespace {

using namespace wa;

const Timestamp now{1'790'000'000'000};

std::unique_ptr<Store> new_store() {
    SqliteOptions options;
    options.path = ":memory:";
    auto store = open_sqlite_store(std::move(options));
    store->migrate(service::full_registry().schema());
    return store;
}

/// The hub's store answering a session at once; nothing is committed.
struct Hub : sync::HubInbox {
    Engine engine{service::full_registry()};
    TenantScope scope;
    KnownDevice device{"K1", "Koffer", {}, false};
    std::unique_ptr<Store> store = new_store();
    std::unique_ptr<Transaction> tx;
    sync::HubSession* session = nullptr;

    Hub() {
        scope.tenant.id = "99001001";
        scope.tenant.functions = {"registration"};
        scope.reference = Reference::load("NI", {});
    }
    static std::optional<KnownClerk> nobody(Transaction&, const std::string&, const std::string&,
                                            const std::string&) {
        return std::nullopt;
    }
    /// Whether Hello is answered when somebody says so: what comes meanwhile is early.
    bool late = false;
    std::optional<sync::Hello> waiting;
    void resume(const sync::Hello& hello) override {
        waiting = hello;
        if (!late) answer_hello();
    }
    void answer_hello() {
        if (!waiting) return;
        auto resumed = sync::resume(*tx, device, *waiting, now);
        WA_ASSERT(resumed);
        waiting.reset();
        session->resumed(std::move(*resumed));
    }
    void rows_wanted(const Hash&) override {}
    void execute(std::vector<Bytes> envelopes) override {
        for (auto& envelope : envelopes) envelope = sync::opened_envelope(scope, std::move(envelope));
        auto executed = sync::execute(*tx, engine, scope, device, nobody, envelopes, now);
        for (const auto& answer : executed.answers) WA_ASSERT(answer.outcome != Outcome::done);
        session->executed(std::move(executed.answers), executed.need_from);
    }
    void offered(std::vector<sync::DocumentOffer> documents) override {
        session->held(sync::documents_held(*tx, documents));
    }
    void store_chunk(sync::Chunk chunk) override {
        auto ack = sync::store_chunk(*tx, scope, chunk);
        if (!ack) return session->failed(ack.error().code);
        session->chunk_stored(std::move(*ack));
    }
    void changes(std::int64_t after) override {
        session->changed(sync::changes_after(*tx, service::full_registry(), session->tour_id(), after,
                                             [](auto&&...) { return true; }));
    }
    void check_in(const sync::CheckIn& asked) override { session->wipe_allowed(asked.tour_id); }
    void wiped(const std::string& tour) override { session->wipe_noted(tour); }
};

std::vector<Bytes> frames_of(std::span<const std::uint8_t> bytes) {
    std::vector<Bytes> frames(1);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        if (at + 2 < bytes.size() && bytes[at] == 0xff && bytes[at + 1] == 0 && bytes[at + 2] == 0xff) {
            frames.emplace_back();
            at += 2;
        } else {
            frames.back().push_back(bytes[at]);
        }
    }
    return frames;
}

void to_hub(const std::vector<Bytes>& frames, bool greeted, bool late) {
    static Hub hub;
    hub.tx = hub.store->begin_write();
    hub.late = late;
    hub.waiting.reset();
    sync::HubConfig config;
    config.device_id = config.owner = "K1";
    // A connection before this one was cut in the middle of a chunk.
    config.begun = std::make_shared<sync::BegunChunks>();
    const std::string hash(64, 'd');
    config.begun->keep("K1", {hash, 100, 0, Bytes(50, 7), false});
    sync::HubSession session(config, hub, 0);
    hub.session = &session;
    if (greeted) {
        sync::Hello hello;
        hello.device_id = "K1";
        hello.tour_id = "T1";
        hello.documents = {{hash, 100}};
        session.frame_received(0, sync::write_message(hello, 0));
    }
    sync::Ticks ticks = 0;
    for (const auto& frame : frames) {
        session.frame_received(++ticks, frame);
        if (late && std::size_t(ticks) > frames.size() / 2) hub.answer_hello();
        while (const auto out = session.next_frame(ticks)) WA_ASSERT(sync::read_message(*out, 0));
        if (session.wants_close(ticks)) break;
    }
    hub.tx.reset();
}

void to_node(const std::vector<Bytes>& frames, bool greeted) {
    static const auto store = new_store();
    static int used = 0;
    sync::StoreNodeQueue queue(*store, service::full_registry(), "T1", {[](auto&) {}, [](auto&) {}, [] {}});
    sync::NodeConfig config;
    config.device_id = "K1";
    sync::NodeSession session(config, queue, [](std::uint32_t) { return 0u; });
    sync::Ticks ticks = 100'000 + ++used;
    while (session.next_line_step(ticks) != sync::LineStep::open) ticks += 100;
    session.connected(ticks);
    (void)session.next_frame(ticks);
    if (greeted) session.frame_received(ticks, sync::write_message(sync::Welcome{}, 0), now);
    for (const auto& frame : frames) {
        session.frame_received(++ticks, frame, now);
        while (session.next_frame(ticks)) {
        }
        if (session.next_line_step(ticks) == sync::LineStep::close) break;
    }
    (void)session.line_state();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const auto frames = frames_of({data + 1, size - 1});
    const bool greeted = (data[0] & 2) != 0;
    if (data[0] & 1)
        to_node(frames, greeted);
    else
        to_hub(frames, greeted, (data[0] & 4) != 0);
    return 0;
}
