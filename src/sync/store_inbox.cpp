#include "sync/store_inbox.hpp"

#include <algorithm>
#include <memory>
#include <optional>

#include "base/hash.hpp"
#include "kernel/data.hpp"
#include "sync/sealed.hpp"

namespace wa::sync {

void StoreInbox::note_told(const std::vector<HubAnswer>& answers) {
    for (const auto& answer : answers)
        if (answer.device_seq == told_ + 1) ++told_;
}

void StoreInbox::resume(const Hello& hello) {
    auto found = std::make_shared<std::optional<Result<Resumed>>>();
    in_store(
        [this, hello, found](Transaction& tx) {
            if (auto good = admitted(tx, hello); !good)
                found->emplace(fail(good.error()));
            else
                found->emplace(sync::resume(tx, device(tx), hello, now()));
        },
        [this, found, told_before = hello.last_answered](HubSession& session) {
            auto& resumed = **found;
            if (!resumed) return session.failed(resumed.error().code);
            noticed(*resumed);
            const auto head = resumed->welcome.last_accepted;
            told_ = std::min(head, std::clamp<std::int64_t>(told_before, 0, head) + answers_at_once);
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
            note_told(done->answers);
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
        [this, chunk = std::move(chunk), ack, tour = session_tour()](Transaction& tx) {
            noticed(tx, chunk);
            const auto known = device(tx);
            if (known.revoked && !is_named(tx, known.id, tour, chunk.hash))
                ack->emplace(fail(problems::device_revoked));
            else
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
    auto answers = std::make_shared<std::vector<HubAnswer>>();
    auto found = std::make_shared<Changes>();
    in_store(
        [this, after, answers, found, told = told_, tour = session_tour(), proof = proof_](Transaction& tx) {
            const auto known = device(tx);
            *answers = answers_after(tx, known.id, tour, told);
            *found = Changes{after, {}};
            // A revoked device brings its work home, and so does one that nobody has opened; they learn
            // nothing.
            if (!known.revoked && proof &&
                equal_in_constant_time(*proof, tour_proof(scope().digest_key, known.id, tour)) &&
                shows_rows(tx, tour))
                *found = changes_after(tx, engine().registry(), tour, after, working_set(), changes_bytes());
        },
        [this, answers, found](HubSession& session) {
            std::erase_if(*answers, [&](const auto& answer) { return answer.device_seq <= told_; });
            note_told(*answers);
            session.answered_elsewhere(*answers);
            session.changed(std::move(*found));
        });
}

void StoreInbox::check_in(const CheckIn& asked) {
    auto arrived_seq = std::make_shared<std::int64_t>(0);
    in_store([this, asked, arrived_seq](
                 Transaction& tx) { *arrived_seq = chain_head(tx, device(tx).id, asked.tour_id).device_seq; },
             [this, asked, arrived_seq](HubSession& session) {
                 // Behind the Koffer since a restore: it connects again, hears so and sends again.
                 if (*arrived_seq < asked.last_seq)
                     return session.failed(std::string(problems::sync_behind.name));
                 copy_for_wipe(asked.tour_id);
             });
}

}  // namespace wa::sync
