#include "apps/node/sealer.hpp"

#include <algorithm>

#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "kernel/cases.hpp"
#include "kernel/data.hpp"

namespace wa::node {

namespace {

constexpr Statement cases_here{"sealer.cases", "SELECT id FROM case_file"};
constexpr Statement handed_over{
    "sealer.handed_over",
    "SELECT id FROM case_finding WHERE case_id = $case_id AND code = 'handed_over.receipt' LIMIT 1"};
/// Of a case's scans and their previews, what no other readable case shows as well.
constexpr Statement drop_chunks{
    "sealer.drop_chunks",
    "DELETE FROM document_chunk WHERE hash IN (SELECT u.hash FROM document_upload u JOIN case_document d ON "
    "u.hash IN (d.hash, d.preview) WHERE d.case_id = $case_id) AND hash NOT IN (SELECT o.hash FROM "
    "document_upload o JOIN case_document d ON o.hash IN (d.hash, d.preview) WHERE d.case_id <> $case_id AND "
    "d.state <> 'detached' AND "
    "'sealed.' || d.case_id NOT IN (SELECT key FROM setting))"};

// In this order: answers are found by the queue, which keeps its numbers and hashes.
constexpr Statement erasures[] = {
    {"sealer.answers",
     "UPDATE command_done SET answer = '{}' WHERE command_id IN (SELECT command_id FROM outgoing WHERE "
     "stream = $case_id)"},
    {"sealer.envelopes", "UPDATE outgoing SET envelope = x'' WHERE stream = $case_id"},
    {"sealer.documents", "UPDATE case_document SET title = '', state_reason = NULL WHERE case_id = $case_id"},
    {"sealer.findings", "UPDATE case_finding SET details = '{}', note = NULL WHERE case_id = $case_id"},
    {"sealer.tasks", "DELETE FROM task WHERE case_id = $case_id"},
    {"sealer.forms", "DELETE FROM received_form WHERE case_id = $case_id"},
    {"sealer.draft", "DELETE FROM draft WHERE case_id = $case_id"},
    {"sealer.case",
     "UPDATE case_file SET form = '{}', title = '', person_id = NULL, decision = NULL WHERE id = $case_id"},
};

std::string mark_of(const std::string& case_id) {
    return "sealed." + case_id;
}

}  // namespace

bool is_finished(Transaction& tx, const Registry& registry, const std::string& case_id) {
    const auto row = read_row(tx, "case_file", case_id);
    if (!row || row->is_null("signed_hash") || tx.query(handed_over, {{"case_id", case_id}}).empty())
        return false;
    const auto status = row->text("status");
    if (status == case_status::prechecked_offline) return true;
    const auto* procedure = registry.procedure(row->text("procedure"));
    return status == case_status::was_signed && procedure && procedure->depth("koffer_offline") < 4;
}

bool is_sealed_here(Transaction& tx, const std::string& case_id) {
    return !case_id.empty() && !tx.query(sql::kernel::setting, {{"key", mark_of(case_id)}}).empty();
}

sync::Changes without_sealed(Transaction& tx, const sync::Changes& changes) {
    sync::Changes out;
    out.up_to = changes.up_to;
    out.hash = changes.hash;
    for (const auto& change : changes.rows) {
        const auto value = change.json.empty() ? std::nullopt : parse_json(change.json);
        const bool is_case = change.table == "case_file";
        const auto row = value && value->is_object() ? value->get_object() : json::object{};
        if (!is_sealed_here(tx, is_case ? change.id : text_of(row, "case_id"))) {
            out.rows.push_back(change);
            continue;
        }
        if (!is_case || row.empty()) continue;
        auto blank = row;
        blank["form"] = "{}";
        blank["title"] = "";
        blank["person_id"] = nullptr;
        blank["decision"] = nullptr;
        out.rows.push_back({change.table, change.id, json::serialize(blank)});
    }
    return out;
}

Sealer::Sealer(std::shared_ptr<Store> store, std::shared_ptr<Spool> spool, const Registry& registry,
               const SignKeys& device)
    : store_(std::move(store)), spool_(std::move(spool)), registry_(registry), device_(device) {}

void Sealer::begin() {
    {
        const auto tx = store_->begin_read();
        drafts_ = Spool::all_drafts(*tx);
        for (const auto& row : tx->query(cases_here))
            if (const auto id = row.text("id"); !is_sealed_here(*tx, id) && is_finished(*tx, registry_, id))
                finished_.insert(id);
    }
    queued_ = true;
    committed();
}

void Sealer::done(Transaction& tx, const CommandRequest& request, bool queued) {
    queued_ = queued_ || queued;
    const auto case_id = text_of(request.payload, "case_id");
    if (case_id.empty()) return;
    drafts_.insert(case_id);
    if (!is_sealed_here(tx, case_id) && is_finished(tx, registry_, case_id)) finished_.insert(case_id);
}

void Sealer::committed() {
    if (!queued_ && drafts_.empty() && finished_.empty()) return;
    try {
        spool_->catch_up(*store_->begin_read(), drafts_, device_);
        queued_ = false;
        drafts_.clear();
        for (const auto& id : finished_) seal_case(id);
        finished_.clear();
        settled_ = true;
    } catch (const StoreError& error) {
        settled_ = false;
        log::error("work is not sealed yet", {{"why", error.what()}});
    }
}

/// The spool holds all of it: here goes what can be read.
void Sealer::seal_case(const std::string& case_id) {
    auto tx = store_->begin_write();
    tx->execute(drop_chunks, {{"case_id", case_id}});
    for (const auto& statement : erasures) tx->execute(statement, {{"case_id", case_id}});
    tx->execute(sql::kernel::set_setting, {{"key", mark_of(case_id)}, {"value", to_rfc3339(system::now())}});
    tx->commit();
}

}  // namespace wa::node
