#include "apps/hub/sealed_work.hpp"

#include <future>

#include "adapters/system/system.hpp"
#include "apps/hub/koffer_desk.hpp"
#include "kernel/cases.hpp"
#include "kernel/data.hpp"
#include "kernel/documents.hpp"
#include "kernel/identity.hpp"
#include "sync/sealed_queue.hpp"

namespace wa::hub {

namespace {

/// In one commit, and waited for. False when the store could not.
bool write_and_wait(service::TenantRunner& runner, std::function<void(Transaction&)> work) {
    std::promise<bool> done;
    runner.write(std::move(work), [&](bool good) { done.set_value(good); });
    return done.get_future().get();
}

SealKeys keys_of(const service::TenantRunner& runner) {
    return sync::tenant_seal_keys(runner.scope().digest_key);
}

/// Whether the clerk's typing is still what is wanted: the case is open, and nobody has typed on, submitted
/// it or opened it again since (a stick may be carried for days).
bool is_wanted(Transaction& tx, const std::optional<Row>& the_case, const sync::Draft& draft) {
    if (the_case && is_over(the_case->text("status"))) return false;
    const auto findings = tx.query(sql::kernel::case_findings, {{"case_id", draft.case_id}});
    if (the_case && typing_outdated_ms(*the_case, findings) >= draft.saved_at_ms) return false;
    const auto here = tx.query(sql::kernel::draft_of, {{"case_id", draft.case_id}});
    return here.empty() || here.front().integer("saved_at_ms") < draft.saved_at_ms;
}

bool tour_waits(Transaction& tx, const sync::Draft& draft) {
    return !tx.query(sql::kernel::tour_waits, {{"device_id", draft.device_id}, {"tour_id", draft.tour_id}})
                .empty();
}

/// Whether the device may have it from whom it says: it signs alone, so only somebody of its tour is
/// believed. Of a tour nobody knows (after a restore) work waits in the quarantine, and what was typed is
/// kept with it.
bool is_of_the_tour(Transaction& tx, const sync::Draft& draft) {
    return clerk_lookup()(tx, draft.device_id, draft.tour_id, draft.saved_by).has_value() ||
           tour_waits(tx, draft);
}

/// Whether somebody has decided that the case a draft is of will never be one: its id is that of the command
/// which opens it. What had waited with it is forgotten then, too.
bool is_set_aside(Transaction& tx, const sync::Draft& draft) {
    const auto entry = tx.query(sql::kernel::quarantine_entry, {{"command_id", draft.case_id}});
    return !entry.empty() && entry.front().text("state") == "set_aside";
}

/// As its clerk's own typing; empty when nobody knows them any more.
std::optional<CommandRequest> typing_of(Transaction& tx, const sync::Draft& draft, const KnownDevice& device,
                                        const json::object& form) {
    const auto account = read_row(tx, "user_account", draft.saved_by);
    if (!account) return std::nullopt;
    CommandRequest command;
    command.id = system::new_id();
    command.name = "draft.save";
    command.payload = {{"case_id", draft.case_id}, {"form", form}};
    command.actor = actor_of(*account);
    command.origin = {"koffer", device.id, device.name, draft.tour_id};
    command.at = {draft.saved_at_ms};
    return command;
}

/// Judges and keeps in one transaction: somebody may type on or submit at any moment, and the same draft may
/// come by a stick, to another program.
DraftTaken take(Transaction& tx, const service::TenantRunner& runner, const KnownDevice& device,
                const sync::Draft& draft, const json::object& form) {
    const auto the_case = read_row(tx, "case_file", draft.case_id);
    // A case that waits in quarantine has no row yet: what was typed for it waits with it, unseen, until
    // somebody decides.
    if (!the_case && is_set_aside(tx, draft)) return {};
    if (!the_case && !tour_waits(tx, draft)) return {Problem(problems::case_not_found), ""};
    if (!is_of_the_tour(tx, draft)) return {Problem(problems::envelope_clerk), ""};
    if (!is_wanted(tx, the_case, draft)) return {};
    const auto typing = the_case ? typing_of(tx, draft, device, form) : std::nullopt;
    // Whoever typed it may have left or lost a role since: the work is the authority's all the same, and is
    // kept as it is. The Koffer lets go of it next.
    if (!typing || runner.engine().run(tx, runner.scope(), *typing).outcome == Outcome::refused)
        tx.execute(sql::kernel::save_draft, {{"case_id", draft.case_id},
                                             {"form", draft.form},
                                             {"saved_at_ms", draft.saved_at_ms},
                                             {"saved_by", draft.saved_by}});
    return {std::nullopt, draft.case_id};
}

/// Envelopes of a file that are of one commit.
constexpr std::size_t envelopes_at_once = 100;

struct Import {
    service::TenantRunner& runner;
    KnownDevice device;
    std::string tour_id;
    Timestamp now;
    Imported out;
    std::vector<Bytes> envelopes;

    bool take_envelopes() {
        if (envelopes.empty() || out.gap) return true;
        auto batch = std::exchange(envelopes, {});
        return write_and_wait(runner, [&](Transaction& tx) {
            for (auto& envelope : batch) {
                const auto arrival =
                    accept_envelope(tx, runner.engine(), runner.scope(), device, clerk_lookup(),
                                    sync::opened_envelope(runner.scope(), std::move(envelope)), now);
                if (arrival.kind == ArrivalKind::gap) {
                    out.gap = true;
                    return;
                }
                if (arrival.kind == ArrivalKind::repeated)
                    ++out.again;
                else
                    ++(arrival.answer.quarantined ? out.waiting : out.done);
            }
        });
    }

    bool take_chunk(sync::Chunk chunk) {
        return write_and_wait(runner, [&](Transaction& tx) {
            if (device.revoked && !sync::is_named(tx, device.id, tour_id, chunk.hash)) return;
            const auto before = document_state(tx, chunk.hash);
            if (before && before->complete) {
                if (chunk.position == 0) ++out.scans_again;
                return;
            }
            const auto ack = sync::store_chunk(tx, runner.scope(), chunk);
            if (!ack || ack->false_hash) out.malformed = true;
            if (ack && ack->complete) ++out.scans;
        });
    }
};

}  // namespace

DraftTaken take_draft(service::TenantRunner& runner, const Row& device,
                      std::span<const std::uint8_t> sealed) {
    const auto known = known_device(device);
    if (known.revoked) return {Problem(problems::device_revoked), ""};
    const auto bytes = sync::open_work(keys_of(runner), sealed, sync::max_draft_bytes);
    const auto draft = bytes ? sync::read_draft(*bytes, known.sign_key) : std::nullopt;
    const auto form = draft ? parse_json(draft->form) : std::nullopt;
    if (!form || !form->is_object() || draft->device_id != known.id)
        return {Problem(problems::request_malformed), ""};
    DraftTaken taken;
    const bool stored = write_and_wait(
        runner, [&](Transaction& tx) { taken = take(tx, runner, known, *draft, form->get_object()); });
    return stored ? taken : DraftTaken{Problem(problems::store_full), ""};
}

std::string tenant_of_queue(std::span<const std::uint8_t> file) {
    const auto reader = sync::QueueReader::open(file);
    return reader ? reader->head().tenant_id : "";
}

Result<Imported> import_queue(service::TenantRunner& runner, std::span<const std::uint8_t> file,
                              Timestamp now) {
    auto reader = sync::QueueReader::open(file);
    if (!reader) return fail(problems::request_malformed);
    std::optional<Row> row;
    runner.read([&](Transaction& tx) { row = read_row(tx, "device", reader->head().device_id); });
    if (!row || reader->head().tenant_id != runner.scope().tenant.id) return fail(problems::device_not_found);
    Import import{runner, known_device(*row), reader->head().tour_id, now, {}, {}};
    bool good = true;
    while (auto item = good ? reader->next() : std::nullopt) {
        if (item->kind == sync::QueueItem::Kind::envelope) {
            import.envelopes.push_back(std::move(item->sealed));
            if (import.envelopes.size() >= envelopes_at_once) good = import.take_envelopes();
            continue;
        }
        good = import.take_envelopes();
        if (good && item->kind == sync::QueueItem::Kind::chunk) {
            item->chunk.bytes = std::move(item->sealed);
            good = import.take_chunk(std::move(item->chunk));
        } else if (good) {
            const auto refused = take_draft(runner, *row, item->sealed).refused;
            good = !refused || !refused->is(problems::store_full);
            ++(refused ? import.out.drafts_left : import.out.drafts);
        }
    }
    good = good && import.take_envelopes();
    if (!good) return fail(problems::store_full);
    import.out.malformed = import.out.malformed || reader->malformed();
    return import.out;
}

}  // namespace wa::hub
