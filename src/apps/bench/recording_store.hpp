// A store that passes everything on and remembers what was written, group by group, so that exactly the same
// rows can be written again without anything above the store.
#pragma once

#include <deque>
#include <set>

#include "kernel/store.hpp"

namespace wa::bench {

struct Write {
    Statement statement;
    Params params;
};
/// What one commit made durable, in order.
using Group = std::vector<Write>;

/// One writer at a time, as the store beneath.
class RecordingStore final : public Store {
  public:
    explicit RecordingStore(std::shared_ptr<Store> beneath) : beneath_(std::move(beneath)) {}

    std::unique_ptr<Transaction> begin_write() override;
    std::unique_ptr<Transaction> begin_read() override { return beneath_->begin_read(); }
    void migrate(const std::vector<SchemaStep>& steps) override { beneath_->migrate(steps); }
    void copy_to(const std::string& path) override { beneath_->copy_to(path); }
    std::vector<StoreDamage> check() override { return beneath_->check(); }
    std::vector<std::string> tables() override { return beneath_->tables(); }

    /// The groups committed since the last call; while nothing writes.
    std::deque<Group> take_groups() { return std::exchange(groups_, {}); }
    /// How long the writer was kept by remembering since the last call: no work of the hub. While nothing
    /// writes.
    double take_recording_ms() { return std::exchange(recording_ms_, 0); }

  private:
    friend class RecordingTransaction;
    std::string_view kept(std::string_view text);

    std::shared_ptr<Store> beneath_;
    std::deque<Group> groups_;
    double recording_ms_ = 0;
    std::set<std::string, std::less<>> texts_;  ///< statements and names outlive who wrote them
};

/// Writes a group as it was, in one commit.
void write_again(Store& store, const Group& group);

/// "The same rows" is checked, not believed: as many in every table, and the same head of the journal's
/// chain. Throws std::runtime_error otherwise.
void must_be_equal(Store& one, Store& other);

}  // namespace wa::bench
