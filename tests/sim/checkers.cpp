// What must hold: after every commit of the hub, after every recovery, and when everything is quiet.
#include "kernel/documents.hpp"
#include "parts.hpp"

namespace wa::sim {

void World::fail(const std::string& what) {
    if (failure_.empty()) failure_ = "at " + std::to_string(loop_.now) + " ms: " + what;
}

/// After every commit of the hub.
void World::check_step() {
    ++tally_.steps;
    const auto tx = hub_store_->begin_read();
    const auto twice = tx->query(Statement{"sim.twice",
                                           "SELECT command_id FROM journal WHERE kind = 'command' AND "
                                           "outcome IN ('done', 'conflict') AND command_id IN "
                                           "(SELECT command_id FROM journal ORDER BY seq DESC LIMIT 40) "
                                           "GROUP BY command_id HAVING SUM(CASE outcome WHEN "
                                           "'done' THEN 1 ELSE 0 END) > 1"});
    if (!twice.empty()) fail("done twice: " + twice.front().text("command_id"));
    for (const auto& row : tx->query(Statement{"sim.quarantined", "SELECT stream FROM quarantine"}))
        ever_quarantined_.insert(row.text("stream"));
    if (plan_.fault == Fault::change_beside_journal && random_.chance(20)) try {
            const auto bad = hub_store_->begin_write();
            bad->execute(Statement{"sim.beside",
                                   "UPDATE case_file SET title = title || '!' WHERE id = (SELECT id FROM "
                                   "case_file LIMIT 1)"});
            bad->commit();
        } catch (const StoreError&) {
            // The simulated disk is full or dead just now: this time the fault does not come about.
        }
}

/// After a crash of the hub: what it had answered must still be there.
void World::check_hub_recovered() {
    const auto tx = hub_store_->begin_read();
    const auto report = verify_journal(*tx, hub_scope_.digest_key, registry_.journalled_tables());
    if (!report.faults.empty())
        fail("journal after a crash: " + report.faults.front().what + " " + report.faults.front().table);
    for (const auto& node : nodes_) {
        if (!node->store || node->disk->dead()) continue;
        const auto at_node = node->store->begin_read();
        if (chain_head(*tx, node->device, node->tour).device_seq < last_answered(*at_node))
            fail("answered to " + node->device + ", and lost in a crash");
        const auto confirmed = Statement{"sim.at_hub", "SELECT hash FROM document_upload WHERE at_hub = 1"};
        for (const auto& row : at_node->query(confirmed)) {
            const auto state = document_state(*tx, row.text("hash"));
            if (!state || !state->complete) fail("a document was confirmed, and lost in a crash");
        }
    }
}

bool World::is_quiet() {
    if (!hub_store_ || !jobs_.empty() || commit_due_) return false;
    for (const auto& node : nodes_) {
        if (!node->queue->counts().empty() || !node->session->is_live()) return false;
        const auto hub = hub_store_->begin_read();
        const auto here = node->store->begin_read();
        // Everything of the working set has come down, too.
        for (const auto& row :
             hub->query(sql::kernel::rows_changed_after, {{"after", sync::changes_cursor(*here)}}))
            if (const auto table = row.text("table_name"); table == "case_file")
                if (const auto its = read_row(*hub, table, row.text("row_id"));
                    its && its->text("number").starts_with(node->device + "-"))
                    return false;
    }
    return true;
}

void World::check_quiet() {
    const auto hub = hub_store_->begin_read();
    const auto report = verify_journal(*hub, hub_scope_.digest_key, registry_.journalled_tables());
    if (!report.faults.empty())
        fail("journal of the hub: " + report.faults.front().what + " " + report.faults.front().table + " " +
             report.faults.front().id);
    const auto open = hub->query(Statement{"sim.count", "SELECT command_id FROM quarantine"});
    tally_.quarantined += std::int64_t(open.size());
    for (auto& node : nodes_) check_node_quiet(*node, *hub);
}

void World::check_node_quiet(Node& node, Transaction& hub) {
    const auto here = node.store->begin_read();
    const auto chain = verify_journal(*here, node_scope_.digest_key, {});
    if (!chain.faults.empty()) fail("journal of " + node.device + ": " + chain.faults.front().what);
    for (const auto& done : node.confirmed) {
        const bool marked = !hub.query(sql::kernel::command_mark, {{"command_id", done.id}}).empty();
        const bool kept = !hub.query(sql::kernel::quarantine_entry, {{"command_id", done.id}}).empty();
        if (!marked && !kept) fail("lost: " + done.name + " " + done.id);
    }
    std::set<std::string> numbers;
    for (const auto& row : hub.query(Statement{"sim.numbers", "SELECT number FROM case_file"}))
        if (row.text("number").starts_with(node.device + "-")) numbers.insert(row.text("number"));
    std::int64_t expected = 0;
    for (const auto& number : numbers)
        if (std::stoll(number.substr(node.device.size() + 1)) != ++expected)
            return fail("a number is missing before " + number);
    if (numbers.size() != node.cases.size() + node.real_cases.size())
        fail("cases at hub and " + node.device + " differ in number");
    auto all_cases = node.cases;
    all_cases.insert(all_cases.end(), node.real_cases.begin(), node.real_cases.end());
    for (const auto& id : all_cases) {
        const auto a = read_row(*here, "case_file", id), b = read_row(hub, "case_file", id);
        if (!a || !b) return fail("a case is missing: " + id);
        const auto form = b->text("form");
        // Notes of the small commands; a real form holds none.
        for (std::size_t at = 0; form.ends_with(';') && at < form.size();) {
            const auto end = form.find(';', at);
            const auto token = form.substr(at, end + 1 - at);
            if (form.find(";" + token, end) != form.npos) fail("noted twice: " + token);
            at = end + 1;
        }
        if (ever_quarantined_.count(id) > 0) continue;
        if (row_to_json(*a) != row_to_json(*b))
            fail("a case differs between hub and " + node.device + ": " + json::serialize(row_to_json(*a)) +
                 " " + json::serialize(row_to_json(*b)));
    }
    for (const auto& row :
         here->query(Statement{"sim.documents", "SELECT hash, at_hub FROM document_upload"})) {
        const auto mine = read_document(*here, row.text("hash")),
                   theirs = read_document(hub, row.text("hash"));
        if (!mine || !theirs || mine.value() != theirs.value()) fail("a document differs");
    }
}

void Tally::add(const Tally& o) {
    commands += o.commands, refused_by_full_disk += o.refused_by_full_disk, connections += o.connections;
    cuts += o.cuts, node_crashes += o.node_crashes, hub_crashes += o.hub_crashes,
        quarantined += o.quarantined;
    chunks += o.chunks, chunks_again += o.chunks_again, bytes_up += o.bytes_up, bytes_again += o.bytes_again;
    steps += o.steps, simulated_ms += o.simulated_ms;
}

}  // namespace wa::sim
