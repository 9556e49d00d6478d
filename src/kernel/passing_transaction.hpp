// A transaction that passes everything on to one beneath it. Who watches what is asked of a store derives
// from it and says only what it watches: the bench that remembers what was written, tests that count what is
// read.
#pragma once

#include <memory>
#include <utility>

#include "kernel/store.hpp"

namespace wa {

class PassingTransaction : public Transaction {
  public:
    explicit PassingTransaction(std::unique_ptr<Transaction> beneath) : beneath_(std::move(beneath)) {}

    Rows query(const Statement& statement, std::span<const Param> params) override {
        return beneath_->query(statement, params);
    }
    std::int64_t execute(const Statement& statement, std::span<const Param> params) override {
        return beneath_->execute(statement, params);
    }
    const TableColumns& columns_of(std::string_view table) override { return beneath_->columns_of(table); }
    void savepoint() override { beneath_->savepoint(); }
    void release_savepoint() override { beneath_->release_savepoint(); }
    void rollback_to_savepoint() override { beneath_->rollback_to_savepoint(); }
    void commit() override { beneath_->commit(); }

  private:
    std::unique_ptr<Transaction> beneath_;
};

}  // namespace wa
