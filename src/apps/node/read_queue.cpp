#include "apps/node/read_queue.hpp"

#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "kernel/data.hpp"
#include "kernel/identity.hpp"

namespace wa::node {

namespace {

std::int64_t last_queued(Transaction& tx) {
    const auto rows = tx.query(sql::kernel::reads_sent);
    return rows.empty() ? 0 : std::stoll(rows.front().text("value"));
}

json::object entry_of(Transaction& tx, const Row& read) {
    const auto seq = read.integer("seq");
    json::array subjects;
    for (const auto& subject : tx.query(sql::kernel::journal_subjects_page, {{"from", seq}, {"until", seq}}))
        subjects.push_back(
            json::object{{"type", subject.text("subject_type")}, {"id", subject.text("subject_id")}});
    return {{"at", to_rfc3339({read.integer("at_ms")})},
            {"name", read.text("name")},
            {"actor", read.text("actor")},
            {"reason", read.text("reason")},
            {"subjects", std::move(subjects)}};
}

}  // namespace

void ReadQueue::take(Transaction& tx) const {
    for (;;) {
        const auto reads = tx.query(sql::kernel::reads_after, {{"seq", last_queued(tx)}});
        if (reads.empty()) return;
        const auto reader = reads.front().text("actor");
        const auto signer = clerks->of(reader) ? reader : clerks->any();
        const auto account = read_row(tx, "user_account", signer);
        const auto keys = clerks->of(signer);
        if (!account || !keys) return;
        json::array entries;
        std::int64_t last = 0;
        for (const auto& read : reads) {
            if (read.text("actor") != reader) break;
            entries.push_back(entry_of(tx, read));
            last = read.integer("seq");
        }
        CommandRequest command;
        command.id = system::new_id();
        command.name = "journal.reads";
        command.payload = {{"entries", std::move(entries)}};
        command.actor = actor_of(*account);
        command.origin = origin;
        command.at = system::now();
        const auto result = engine.run(tx, scope, command);
        // Kept in the journal, and tried again with the next commit.
        if (result.outcome != Outcome::done)
            return log::error("reads are not queued", {{"code", result.problem.code}});
        const auto queued = enqueue(tx, engine.registry(), command, result, device, *keys);
        if (!queued) throw StoreError(StoreError::Kind::other, "a list of reads is too large to travel");
        sealer->done(tx, command, true);
        tx.execute(sql::kernel::set_reads_sent, {{"value", std::to_string(last)}});
    }
}

}  // namespace wa::node
