// What must hold when everything has come to rest: nothing lost, the same state on all sides, numbers without
// gaps, scans bit by bit, nothing of one authority with the other.
#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "kernel/data.hpp"
#include "kernel/documents.hpp"
#include "modules/tours/module.hpp"
#include "parts.hpp"

namespace wa::sim {

/// Why it is not quiet yet; empty when it is.
std::string World::unrest() {
    if (!hub_up_) return "the hub is not there";
    if (sticks_ > 0) return "a stick is still carried to the hub";
    for (const auto& tenant : tenants_) {
        if (!tenant->jobs.empty() || tenant->commit_due) return "the hub has something to do";
        if (!tenant->store->begin_read()->query(sql::kernel::messages_to_send).empty())
            return "a message is due";
        if (!held_message(*tenant).empty()) return "a message is held that nobody has";
    }
    for (const auto& koffer : koffers_) {
        if (koffer->revoked) continue;
        if (!koffer->wiped_unreported.empty())
            return koffer->name + " has wiped, and the hub has not noted it";
        if (!koffer->session) continue;
        if (koffer->ended) return koffer->name + " waits for leave to wipe";
        if (!koffer->session->is_live() || !koffer->connection || !koffer->connection->hub)
            return koffer->name + " has no connection: " + koffer->session->line_state().error;
        const auto counts = koffer->queue->counts();
        if (!counts.empty())
            return fmt::format("{} has {} commands and {} scans waiting", koffer->name, counts.commands,
                               counts.documents);
        const auto& registry = hub_engine().registry();
        const auto hub = tenants_[std::size_t(koffer->home->index)]->store->begin_read();
        const auto here = koffer->store->begin_read();
        // Everything of the working set has come down, too, where the hub still shows it.
        const auto tour = read_row(*hub, "tour", koffer->tour);
        if (!tour || !may_hear_of(*tour, koffer->device->id, hub_now())) continue;
        if (!sync::changes_after(*hub, registry, koffer->tour, sync::changes_cursor(*here),
                                 in_working_set(registry))
                 .rows.empty())
            return koffer->name + " has not heard of all changes";
    }
    return "";
}

void World::check_quiet() {
    for (auto& tenant : tenants_) {
        const auto hub = tenant->store->begin_read();
        const auto report =
            verify_journal(*hub, tenant->who->hub.digest_key, hub_engine().registry().journalled_tables());
        if (!report.faults.empty())
            fail("journal of the hub: " + report.faults.front().what + " " + report.faults.front().table +
                 " " + report.faults.front().id);
        for (const auto& told : tenant->told)
            if (hub->query(sql::kernel::command_mark, {{"command_id", told.id}}).empty())
                fail("lost at the hub: " + told.name);
        check_numbers(*tenant, *hub);
        check_documents(*tenant, *hub);
        check_strangers(*tenant, *hub);
        check_messages(*tenant, *hub);
        for (auto& koffer : koffers_) {
            if (koffer->home != tenant->who) continue;
            check_told(*koffer, *hub);
            check_sealed(*koffer);
            check_drafts(*koffer, *hub);
            if (koffer->store && !koffer->revoked) check_same_state(*koffer, *hub);
        }
    }
}

/// Everything a clerk was told is at the hub, or, on a revoked Koffer, still there.
void World::check_told(Koffer& koffer, Transaction& hub) {
    std::set<std::string> here;
    if (koffer.store) {
        const auto tx = koffer.store->begin_read();
        const auto chain = verify_journal(*tx, koffer.home->node.digest_key, {});
        if (!chain.faults.empty()) fail("journal of " + koffer.name + ": " + chain.faults.front().what);
        for (const auto& row : tx->query(Statement{"sim.outgoing_all", "SELECT command_id FROM outgoing"}))
            here.insert(row.text("command_id"));
    }
    const auto sealed = [&](const Told& told) {
        return koffer.spool && told.tour == koffer.tour && koffer.spool->envelope_hash(told.device_seq);
    };
    for (const auto& told : koffer.told) {
        if (told.device_seq == 0) continue;
        const bool marked = !hub.query(sql::kernel::command_mark, {{"command_id", told.id}}).empty();
        const bool kept = !hub.query(sql::kernel::quarantine_entry, {{"command_id", told.id}}).empty();
        if (marked || kept || (koffer.revoked && (here.count(told.id) > 0 || sealed(told)))) continue;
        fail(fmt::format("lost: {} of {} (number {} of tour {})", told.name, koffer.name, told.device_seq,
                         told.tour.substr(20)));
    }
}

namespace {

json::object without_new(const json::object& row) {
    auto out = row;
    out.erase("weight");
    return out;
}

/// The columns that differ, the Koffer's value first.
std::string difference(const json::object& mine, const json::object& theirs) {
    std::string out;
    for (const auto& member : mine) {
        const auto* other = theirs.if_contains(member.key());
        if (other && *other == member.value()) continue;
        out += fmt::format("{} {} / {}; ", std::string_view(member.key()), json::serialize(member.value()),
                           other ? json::serialize(*other) : "none");
    }
    return out;
}

}  // namespace

void World::check_same_state(Koffer& koffer, Transaction& hub) {
    const auto& tenant = *tenants_[std::size_t(koffer.home->index)];
    const auto here = koffer.store->begin_read();
    const auto& registry = hub_engine().registry();
    // Of a sealed case it knows how far it has come, and nothing that could be read.
    const auto of_sealed = [&](const std::string& table, const json::object& row) {
        return node::is_sealed_here(*here, text_of(row, table == "case_file" ? "id" : "case_id"));
    };
    const auto without_words = [](json::object row) {
        for (const auto* column : {"form", "title", "person_id", "decision"}) row.erase(column);
        return row;
    };
    // What the hub refused stays with the Koffer as its clerk saw it.
    const auto troubled = [&](const json::object& row) {
        return std::any_of(std::begin(owner_columns), std::end(owner_columns), [&](std::string_view column) {
            return tenant.troubled.count(text_of(row, column)) > 0;
        });
    };
    const auto tour = read_row(hub, "tour", koffer.tour);
    if (!tour) return;  // gone with a restore: its work is in quarantine
    // Whose tour has gone over to another Koffer keeps what it has, and brings home its work. Devices and
    // their numbers are not exchanged with it.
    const auto former = tour->text("former_devices");
    if (former.find(koffer.device->id) != std::string::npos) return;
    // A restore may forget that this Koffer has it: the office ends or calls off what it takes for another's,
    // or for not fetched, and nobody tells this one more.
    if (tenant.restores > 0 && !may_hear_of(*tour, koffer.device->id, hub_now())) return;
    const bool moved = !former.empty();
    const auto of_device = [](const std::string& table) {
        return table == "device" || table == "number_block";
    };
    std::map<std::pair<std::string, std::string>, json::object> expected;
    for (const auto& [table, row] : working_set(hub, registry, koffer.tour))
        expected[{table, row.text("id")}] = row_to_json(row);
    for (const auto& table : registry.working_tables()) {
        // The hub counts on when work arrives: later for what waits in quarantine. Blocks begun anew by a
        // restore count from the next tour on. What was given is proved by check_numbers.
        if (table == "street" || (moved && of_device(table)) ||
            (table == "number_block" && (tenant.restores > 0 || !tenant.troubled.empty())))
            continue;
        for (const auto& row : here->query(Statement{"sim.table", "SELECT * FROM " + table})) {
            const auto mine = row_to_json(row);
            const auto found = expected.find({table, row.text("id")});
            if (found == expected.end()) {
                if (table == "number_block" && row.text("state") != "open") continue;
                // What was done after the backup is gone; the Koffer still shows it.
                if (!troubled(mine) && !of_sealed(table, mine) && tenant.restores == 0)
                    fail(koffer.name + " has a row that the hub has not: " + table + " " +
                         json::serialize(mine));
                continue;
            }
            auto ours = without_new(mine), theirs = without_new(found->second);
            if (of_sealed(table, mine)) ours = without_words(ours), theirs = without_words(theirs);
            if (of_sealed(table, mine) && table != "case_file") ours = theirs;
            if (ours != theirs && !troubled(mine) && !troubled(theirs))
                fail(fmt::format("{} and the hub differ in {}: {}", koffer.name, table,
                                 difference(ours, theirs)));
            expected.erase(found);
        }
    }
    for (const auto& [key, row] : expected)
        if (!troubled(row) && !of_sealed(key.first, row) && !(moved && of_device(key.first)) &&
            (key.first != "number_block" || (tenant.restores == 0 && tenant.troubled.empty())))
            fail(koffer.name + " lacks a row that the hub has: " + key.first + " " + json::serialize(row));
}

/// Numbers of a series follow each other. A restore begins a new block; what was given behind the backup is
/// never given again.
void World::check_numbers(Tenant& tenant, Transaction& hub) {
    std::map<std::pair<std::string, std::string>, std::set<std::int64_t>> given;
    const auto note = [&](const std::string& kind, const std::string& number) {
        const auto dash = number.rfind('-');
        if (dash == number.npos) return;
        // A receipt's number is no case's: it has a letter before its digits.
        const bool of_receipt = number.compare(dash + 1, 1, "Q") == 0;
        if (of_receipt != (kind == "receipt")) return fail("a number of the wrong form: " + number);
        const auto value = std::stoll(number.substr(dash + (of_receipt ? 2 : 1)));
        if (!given[{kind, number.substr(0, dash)}].insert(value).second)
            fail("a number was given twice: " + number);
    };
    for (const auto& row : hub.query(Statement{"sim.numbers", "SELECT number FROM case_file"}))
        note("case", row.text("number"));
    for (const auto& row :
         hub.query(Statement{"sim.receipts", "SELECT details FROM case_finding WHERE code = 'receipt'"}))
        note("receipt", text_of(parse_json(row.text("details"))->as_object(), "number"));
    if (tenant.restores > 0) return;
    // Work that waits in quarantine holds its number.
    for (const auto& row : hub.query(Statement{
             "sim.waiting",
             "SELECT envelope, name FROM quarantine WHERE name IN ('case.open', 'case.issue_receipt') "
             "AND state <> 'settled' AND stream <> ''"}))
        if (const auto parsed = parse_signed_envelope(row.bytes("envelope")))
            note(row.text("name") == "case.open" ? "case" : "receipt",
                 text_of(parse_json(parsed->envelope.payload)->as_object(), "number"));
    for (const auto& [series, numbers] : given) {
        const bool of_revoked = std::any_of(koffers_.begin(), koffers_.end(), [&](const auto& koffer) {
            return koffer->home == tenant.who && koffer->revoked;
        });
        std::int64_t expected = 0;
        for (const auto number : numbers)
            if (number != ++expected && !of_revoked)
                return fail(
                    fmt::format("a {} number is missing before {}-{}", series.first, series.second, number));
    }
}

void World::check_documents(Tenant& tenant, Transaction& hub) {
    std::set<std::string> waiting;
    for (const auto& koffer : koffers_)
        if (koffer->home == tenant.who && koffer->spool && koffer->revoked)
            for (const auto& scan : koffer->spool->documents(SIZE_MAX / 2)) waiting.insert(scan.hash);
    std::set<std::string> seen;
    for (const auto& row : hub.query(Statement{"sim.scans", "SELECT hash FROM case_document"})) {
        const auto hash = row.text("hash");
        if (!seen.insert(hash).second || waiting.count(hash) > 0) continue;
        const auto bytes = read_document(hub, hash);
        if (!bytes) {
            if (tenant.restores == 0) fail("a scan is missing at the hub");
            continue;
        }
        if (to_hex(sha256(*bytes)) != hash) fail("a scan is not what it was, bit by bit");
    }
}

/// No row, no page of one authority's store and of its Koffer holds a word of the other's. What a forger sent
/// is kept apart as evidence, as it came.
void World::check_strangers(Tenant& tenant, Transaction& hub) {
    const auto& foreign = authority(1 - tenant.who->index).marker;
    const auto holds = [&](const std::uint8_t* bytes, std::size_t size) {
        return size > 0 && memmem(bytes, size, foreign.data(), foreign.size()) != nullptr;
    };
    for (const auto& table : tenant.store->tables()) {
        if (table == "quarantine") continue;
        for (const auto& row : hub.query(Statement{"sim.strangers", "SELECT * FROM " + table}))
            for (const auto& value : row.values()) {
                const auto* text = std::get_if<std::string>(&value);
                const auto* bytes = std::get_if<Bytes>(&value);
                if ((text && text->find(foreign) != text->npos) ||
                    (bytes && holds(bytes->data(), bytes->size())))
                    return fail("a row of " + foreign + " is visible to " + tenant.who->marker + ": " +
                                table);
            }
    }
    for (const auto& koffer : koffers_)
        if (koffer->home == tenant.who)
            for (const auto& name : koffer->disk->files())
                if (const auto file = koffer->disk->read(name); file && holds(file->data(), file->size()))
                    return fail(koffer->name + " holds something of " + foreign);
}

}  // namespace wa::sim
