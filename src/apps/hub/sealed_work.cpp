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
bool is_wanted(Transaction& tx, const Row& the_case, const sync::Draft& draft) {
    if (is_over(the_case.text("status"))) return false;
    const auto findings = tx.query(sql::kernel::case_findings, {{"case_id", draft.case_id}});
    if (typing_outdated_ms(the_case, findings) >= draft.saved_at_ms) return false;
    const auto here = tx.query(sql::kernel::draft_of, {{"case_id", draft.case_id}});
    return here.empty() || here.front().integer("saved_at_ms") < draft.saved_at_ms;
}

bool tour_waits(service::TenantRunner& runner, const sync::Draft& draft) {
    bool waits = false;
    runner.read([&](Transaction& tx) {
        waits =
            !tx.query(sql::kernel::tour_waits, {{"device_id", draft.device_id}, {"tour_id", draft.tour_id}})
                 .empty();
    });
    return waits;
}

/// Whether somebody has decided that the case a draft is of will never be one: its id is that of the command
/// which opens it. What had waited with it is forgotten then, too.
bool is_set_aside(service::TenantRunner& runner, const sync::Draft& draft) {
    bool aside = false;
    runner.read([&](Transaction& tx) {
        const auto entry = tx.query(sql::kernel::quarantine_entry, {{"command_id", draft.case_id}});
        aside = !entry.empty() && entry.front().text("state") == "set_aside";
    });
    return aside;
}

/// As it is, without asking who may: the Koffer lets go of it next. False when the store could not.
bool keep(service::TenantRunner& runner, const sync::Draft& draft) {
    return write_and_wait(runner, [&](Transaction& tx) {
        const auto before = tx.query(sql::kernel::draft_of, {{"case_id", draft.case_id}});
        if (!before.empty() && before.front().integer("saved_at_ms") >= draft.saved_at_ms) return;
        tx.execute(sql::kernel::save_draft, {{"case_id", draft.case_id},
                                             {"form", draft.form},
                                             {"saved_at_ms", draft.saved_at_ms},
                                             {"saved_by", draft.saved_by}});
    });
}

/// Envelopes of a file that are of one commit.
constexpr std::size_t envelopes_at_once = 100;

struct Import {
    service::TenantRunner& runner;
    KnownDevice device;
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

std::optional<Problem> take_draft(service::TenantRunner& runner, const Row& device,
                                  std::span<const std::uint8_t> sealed) {
    const auto known = known_device(device);
    if (known.revoked) return Problem(problems::device_revoked);
    const auto bytes = sync::open_work(keys_of(runner), sealed, sync::max_draft_bytes);
    const auto draft = bytes ? sync::read_draft(*bytes, known.sign_key) : std::nullopt;
    const auto form = draft ? parse_json(draft->form) : std::nullopt;
    if (!form || !form->is_object() || draft->device_id != known.id)
        return Problem(problems::request_malformed);
    CommandRequest command;
    bool known_case = false, wanted = false;
    runner.read([&](Transaction& tx) {
        const auto account = read_row(tx, "user_account", draft->saved_by);
        const auto the_case = read_row(tx, "case_file", draft->case_id);
        known_case = the_case.has_value();
        wanted = the_case && is_wanted(tx, *the_case, *draft);
        if (account) command.actor = actor_of(*account);
    });
    const auto kept = [&] {
        return keep(runner, *draft) ? std::nullopt : std::optional(Problem(problems::store_full));
    };
    // A case that waits in quarantine has no row yet: what was typed for it waits with it, unseen, until
    // somebody decides.
    if (!known_case && is_set_aside(runner, *draft)) return std::nullopt;
    if (!known_case) return tour_waits(runner, *draft) ? kept() : Problem(problems::case_not_found);
    if (!wanted) return std::nullopt;
    command.id = system::new_id();
    command.name = "draft.save";
    command.payload = {{"case_id", draft->case_id}, {"form", form->get_object()}};
    command.origin = {"koffer", known.id, known.name, draft->tour_id};
    command.at = {draft->saved_at_ms};
    const auto result = runner.run_and_wait(std::move(command));
    // Whoever typed it may have left or lost a role since: the work is the authority's all the same.
    return result.outcome == Outcome::refused ? kept() : std::nullopt;
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
    Import import{runner, known_device(*row), now, {}, {}};
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
            const auto refused = take_draft(runner, *row, item->sealed);
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
