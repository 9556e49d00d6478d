#include "apps/node/vault_queue.hpp"

#include "adapters/log/log.hpp"
#include "apps/node/sealer.hpp"

namespace wa::node {

namespace {

/// No number of the hub's journal comes behind this: of an expired tour nothing is to come down any more.
constexpr std::int64_t after_everything = std::int64_t(1) << 62;

/// A broken disk answers with the empty value, and is said in the log.
template <class Out, class Work>
Out guarded(Work work) {
    try {
        return work();
    } catch (const StoreError& error) {
        log::error("spool failed", {{"why", error.what()}});
        return Out{};
    }
}

template <class Work>
bool done(Work work) {
    return guarded<bool>([&] {
        work();
        return true;
    });
}

}  // namespace

VaultQueue::VaultQueue(std::shared_ptr<Store> store, std::shared_ptr<Spool> spool, const Registry& registry,
                       std::string tour_id, Hooks hooks, std::function<void()> contact)
    : StoreNodeQueue(*store, registry, std::move(tour_id), std::move(hooks)),
      store_(std::move(store)),
      spool_(std::move(spool)),
      contact_(std::move(contact)) {}

std::vector<QueuedEnvelope> VaultQueue::envelopes(std::int64_t after, std::size_t max_bytes,
                                                  std::size_t max_count) {
    auto all = StoreNodeQueue::envelopes(after, max_bytes, max_count);
    std::size_t total = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto& one = all[i];
        if (one.bytes.empty())
            one.bytes = guarded<Bytes>([&] { return spool_->envelope(one.device_seq).value_or(Bytes()); });
        total += one.bytes.size();
        // Without this number nothing behind it may go; it is looked for again.
        if (one.bytes.empty() || (i > 0 && total > max_bytes)) {
            all.resize(i);
            break;
        }
    }
    return all;
}

std::optional<Bytes> VaultQueue::chunk(const std::string& hash, std::int64_t position) {
    if (auto open = StoreNodeQueue::chunk(hash, position)) return open;
    return guarded<std::optional<Bytes>>([&] { return spool_->chunk(hash, position); });
}

QueueCounts VaultQueue::counts() {
    auto counts = StoreNodeQueue::counts();
    if (!ending_) return counts;
    std::int64_t drafts = 1;  // as many at least while the disk does not tell
    done([&] { drafts = std::int64_t(spool_->drafts().size()); });
    counts.commands += drafts;
    return counts;
}

// The spool first: what a crash leaves between the two is asked of the hub again, since the store asks. The
// other way round the spool would wait for ever for an answer that the store has, and the drafts behind it
// (found by the simulator).
bool VaultQueue::store_answers(const std::vector<HubAnswer>& answers) {
    return done([&] { spool_->answered(answers); }) && StoreNodeQueue::store_answers(answers);
}

bool VaultQueue::store_document_at_hub(const std::string& hash) {
    return done([&] { spool_->document_at_hub(hash); }) && StoreNodeQueue::store_document_at_hub(hash);
}

bool VaultQueue::store_changes(const sync::Changes& changes) {
    auto readable = changes;
    if (!done([&] { readable = without_sealed(*store_->begin_read(), changes); })) return false;
    return StoreNodeQueue::store_changes(readable);
}

bool VaultQueue::requeue_after(std::int64_t device_seq) {
    return StoreNodeQueue::requeue_after(device_seq) && done([&] { spool_->requeue_after(device_seq); });
}

bool VaultQueue::store_hub_head(const JournalHead& head) {
    if (contact_) contact_();
    return StoreNodeQueue::store_hub_head(head);
}

sync::NodePoint SealedQueue::point() {
    auto point = guarded<sync::NodePoint>([&] {
        const auto head = spool_->head();
        sync::NodePoint out;
        out.last_answered = head.last_answered;
        out.head_seq = head.head_seq;
        out.head_hash = head.head_hash;
        out.unsettled = head.unsettled;
        return out;
    });
    point.tour_id = spool_->owner().tour_id;
    point.changes_seq = after_everything;
    return point;
}

std::optional<Hash> SealedQueue::envelope_hash(std::int64_t device_seq) {
    return guarded<std::optional<Hash>>([&] { return spool_->envelope_hash(device_seq); });
}

std::vector<QueuedEnvelope> SealedQueue::envelopes(std::int64_t after, std::size_t max_bytes,
                                                   std::size_t max_count) {
    return guarded<std::vector<QueuedEnvelope>>(
        [&] { return spool_->envelopes(after, max_bytes, max_count); });
}

std::vector<PendingDocument> SealedQueue::documents(std::size_t limit) {
    return guarded<std::vector<PendingDocument>>([&] { return spool_->documents(limit); });
}

std::optional<Bytes> SealedQueue::chunk(const std::string& hash, std::int64_t position) {
    return guarded<std::optional<Bytes>>([&] { return spool_->chunk(hash, position); });
}

QueueCounts SealedQueue::counts() {
    // A broken disk is not an empty queue: nothing may be wiped because of it.
    QueueCounts unknown;
    unknown.commands = 1;
    auto counts = unknown;
    done([&] {
        auto now = spool_->counts();
        now.commands += std::int64_t(spool_->drafts().size());
        counts = now;
    });
    return counts;
}

bool SealedQueue::store_answers(const std::vector<HubAnswer>& answers) {
    return done([&] { spool_->answered(answers); });
}

bool SealedQueue::store_document_at_hub(const std::string& hash) {
    return done([&] { spool_->document_at_hub(hash); });
}

bool SealedQueue::requeue_after(std::int64_t device_seq) {
    return done([&] { spool_->requeue_after(device_seq); });
}

}  // namespace wa::node
