#include "sync/store_inbox.hpp"

#include <memory>
#include <optional>

namespace wa::sync {

void StoreInbox::resume(const Hello& hello) {
    auto found = std::make_shared<std::optional<Result<Resumed>>>();
    in_store(
        [this, hello, found](Transaction& tx) {
            if (auto good = admitted(tx, hello); !good)
                found->emplace(fail(good.error()));
            else
                found->emplace(sync::resume(tx, device(tx), hello, now()));
        },
        [this, found](HubSession& session) {
            auto& resumed = **found;
            if (!resumed) return session.failed(resumed.error().code);
            noticed(*resumed);
            session.resumed(std::move(*resumed));
        });
}

void StoreInbox::execute(std::vector<Bytes> envelopes) {
    for (auto& envelope : envelopes) envelope = opened_envelope(scope(), std::move(envelope));
    auto all = std::make_shared<const std::vector<Bytes>>(std::move(envelopes));
    auto done = std::make_shared<Executed>();
    in_store(
        [this, all, done](Transaction& tx) {
            *done = sync::execute(tx, engine(), scope(), device(tx), clerks(), *all, now());
            noticed(tx, *all, *done);
        },
        [this, all, done](HubSession& session) {
            arrived(*all, *done);
            session.executed(std::move(done->answers), done->need_from);
        });
}

void StoreInbox::offered(std::vector<DocumentOffer> documents) {
    auto held = std::make_shared<std::vector<DocumentHeld>>();
    in_store(
        [documents = std::move(documents), held](Transaction& tx) { *held = documents_held(tx, documents); },
        [held](HubSession& session) { session.held(std::move(*held)); });
}

void StoreInbox::store_chunk(Chunk chunk) {
    auto ack = std::make_shared<std::optional<Result<ChunkAck>>>();
    in_store(
        [this, chunk = std::move(chunk), ack](Transaction& tx) {
            noticed(tx, chunk);
            ack->emplace(sync::store_chunk(tx, scope(), chunk));
        },
        [this, ack](HubSession& session) {
            auto& stored = **ack;
            arrived(stored);
            if (!stored) return session.failed(stored.error().code);
            session.chunk_stored(std::move(*stored));
        });
}

void StoreInbox::changes(std::int64_t after) {
    auto found = std::make_shared<Changes>();
    in_store(
        [this, after, found, tour = session_tour()](Transaction& tx) {
            *found = Changes{after, {}};
            // A revoked device brings its work home, but learns nothing more.
            if (!device(tx).revoked)
                *found = changes_after(tx, engine().registry(), tour, after, working_set(), changes_bytes());
        },
        [found](HubSession& session) { session.changed(std::move(*found)); });
}

}  // namespace wa::sync
