#include "sync/store_inbox.hpp"

#include <algorithm>
#include <memory>
#include <optional>

#include "base/hash.hpp"
#include "kernel/data.hpp"
#include "sync/sealed.hpp"

namespace wa::sync {

namespace {
/// A frame with more of it is read by the writer, one envelope after the other: read ahead it would need many
/// times its memory while it waits, and keep its line's lock for long.
constexpr std::size_t read_ahead_max = 256 * 1024;  // what a Koffer sends at once at most
}  // namespace

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

/// Notes with which key a clerk's work is proved.
ClerkLookup StoreInbox::noted(ClerkLookup clerks, Signers& signers) const {
    return [clerks = std::move(clerks), &signers](Transaction& tx, const std::string& device_id,
                                                  const std::string& tour_id, const std::string& user_id) {
        auto clerk = clerks(tx, device_id, tour_id, user_id);
        if (clerk) signers.clerks[user_id] = clerk->sign_key;
        return clerk;
    };
}

/// Reading and proving takes longer than all the rest of it, and needs no store: it is done here, by the
/// line's thread, and not while everybody waits for the writer. With the keys of a moment ago; the
/// transaction asks for those of now, and proves again what was proved with others.
std::vector<std::optional<SignedEnvelope>> StoreInbox::read_ahead(const std::vector<Bytes>& envelopes) const {
    std::vector<std::optional<SignedEnvelope>> read;
    std::size_t size = 0;
    for (const auto& envelope : envelopes) size += envelope.size();
    if (size > read_ahead_max) return read;
    for (const auto& envelope : envelopes) {
        auto& one = read.emplace_back(parse_signed_envelope(envelope));
        if (!one) continue;
        const auto clerk = signers_.clerks.find(one->envelope.user_id);
        const bool known = clerk != signers_.clerks.end();
        prove(*one, signers_.device, known ? std::optional(clerk->second) : std::nullopt);
    }
    return read;
}

void StoreInbox::execute(std::vector<Bytes> envelopes) {
    for (auto& envelope : envelopes) envelope = opened_envelope(scope(), std::move(envelope));
    auto read = std::make_shared<const std::vector<std::optional<SignedEnvelope>>>(read_ahead(envelopes));
    auto all = std::make_shared<const std::vector<Bytes>>(std::move(envelopes));
    auto done = std::make_shared<Executed>();
    auto signers = std::make_shared<Signers>();
    in_store(
        [this, all, read, done, signers](Transaction& tx) {
            const auto known = device(tx);
            signers->device = known.sign_key;
            *done =
                sync::execute(tx, engine(), scope(), known, noted(clerks(), *signers), *all, now(), *read);
            noticed(tx, *all, *done);
        },
        [this, all, done, signers](HubSession& session) {
            signers_ = *signers;
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
