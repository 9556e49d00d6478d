#include "apps/node/loose_scans.hpp"

#include "kernel/data.hpp"

namespace wa::node {

namespace {

/// Neither a case has it, nor does a command name it that was done here.
constexpr Statement loose{
    "loose_scans.all",
    "SELECT hash FROM document WHERE hash NOT IN (SELECT hash FROM document_upload) AND hash NOT IN "
    "(SELECT hash FROM case_document) AND hash NOT IN (SELECT preview FROM case_document WHERE preview IS "
    "NOT NULL)"};

std::set<std::string> all_loose(Transaction& tx) {
    std::set<std::string> hashes;
    for (const auto& row : tx.query(loose)) hashes.insert(row.text("hash"));
    return hashes;
}

void drop(Transaction& tx, const std::string& hash) {
    tx.execute(sql::kernel::drop_document_chunks, {{"hash", hash}});
    tx.execute(sql::kernel::drop_document, {{"hash", hash}});
}

}  // namespace

void LooseScans::look(Transaction& tx) {
    auto now = all_loose(tx);
    for (const auto& hash : before_)
        if (now.erase(hash) > 0) drop(tx, hash);
    before_ = std::move(now);
}

}  // namespace wa::node
