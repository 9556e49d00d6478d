#include "apps/bench/recording_store.hpp"

#include <stdexcept>
#include <utility>

#include "apps/bench/world.hpp"
#include "kernel/passing_transaction.hpp"

namespace wa::bench {

class RecordingTransaction final : public PassingTransaction {
  public:
    RecordingTransaction(RecordingStore& store, std::unique_ptr<Transaction> beneath)
        : PassingTransaction(std::move(beneath)), store_(store) {}

    std::int64_t execute(const Statement& statement, std::span<const Param> params) override {
        remember(statement, params);
        return PassingTransaction::execute(statement, params);
    }
    void savepoint() override {
        saved_ = group_.size();
        PassingTransaction::savepoint();
    }
    void rollback_to_savepoint() override {
        group_.resize(saved_);
        PassingTransaction::rollback_to_savepoint();
    }
    void commit() override {
        PassingTransaction::commit();
        store_.groups_.push_back(std::move(group_));
    }

  private:
    void remember(const Statement& statement, std::span<const Param> params) {
        const auto start = Clock::now();
        Write write{{store_.kept(statement.name), store_.kept(statement.text)},
                    Params(params.begin(), params.end())};
        for (auto& param : write.params) param.name = store_.kept(param.name);
        group_.push_back(std::move(write));
        store_.recording_ms_ += milliseconds_since(start);
    }

    RecordingStore& store_;
    Group group_;
    std::size_t saved_ = 0;
};

std::unique_ptr<Transaction> RecordingStore::begin_write() {
    return std::make_unique<RecordingTransaction>(*this, beneath_->begin_write());
}

std::string_view RecordingStore::kept(std::string_view text) {
    auto it = texts_.find(text);
    if (it == texts_.end()) it = texts_.emplace(text).first;
    return *it;
}

void write_again(Store& store, const Group& group) {
    auto tx = store.begin_write();
    for (const auto& write : group) tx->execute(write.statement, write.params);
    tx->commit();
}

void must_be_equal(Store& one, Store& other) {
    const auto tx = one.begin_read(), other_tx = other.begin_read();
    for (const auto& table : one.tables()) {
        const auto text = "SELECT COUNT(*) AS n FROM \"" + table + "\"";
        if (tx->query({"count", text}).front().integer("n") !=
            other_tx->query({"count", text}).front().integer("n"))
            throw std::runtime_error("the bare store has other rows in " + table);
    }
    if (journal_head(*tx).hash != journal_head(*other_tx).hash)
        throw std::runtime_error("the bare store has another journal");
}

}  // namespace wa::bench
