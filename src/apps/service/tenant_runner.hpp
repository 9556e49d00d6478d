// One tenant at work: a writer thread with group commit, readers beside it, and word of what changed.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

#include "kernel/engine.hpp"

namespace wa::service {

/// What happened to a command: its result, or the broken environment as a problem.
using CommandDone = std::function<void(CommandResult)>;
using AnswerDone = std::function<void(Result<json::object>)>;
/// Subjects that a commit changed, for live pages and for nodes.
using Changed = std::function<void(const std::vector<Subject>&, const std::vector<RowChange>&)>;

/// Runs inside the writing transaction right after a command was done, in the same transaction: a node puts
/// the signed envelope into its queue here.
using AfterCommand = std::function<void(Transaction&, const CommandRequest&, const CommandResult&)>;

class TenantRunner {
  public:
    TenantRunner(const Engine& engine, TenantScope scope, std::shared_ptr<Store> store);
    /// One that is shared. What waits in the queue holds the runner as well, so the last hold may be let go
    /// on the writer's own thread: it then ends on another.
    static std::shared_ptr<TenantRunner> make(const Engine& engine, TenantScope scope,
                                              std::shared_ptr<Store> store);
    /// Finishes.
    ~TenantRunner();
    /// Does what was asked and tells it, then stops: whom it tells must be there until then. What is asked
    /// later is refused. Not from the writer's own thread.
    void finish();

    /// Queues a command. `done` is called from the writer's thread after the commit it was part of.
    void run(CommandRequest request, CommandDone done);
    /// Queues any other work for the next commit. `done(true)` after the commit, `done(false)` when the
    /// store failed (then nothing of it is left).
    void write(std::function<void(Transaction&)> work, std::function<void(bool)> done);
    /// Answers a query: personal ones through the writer (the read is journalled), others from a reader in
    /// the calling thread.
    void ask(QueryRequest request, AnswerDone done);
    /// Reads in the calling thread.
    void read(const std::function<void(Transaction&)>& work);

    /// Set before the first command.
    void on_changed(Changed changed) { changed_ = std::move(changed); }
    void after_command(AfterCommand after) { after_command_ = std::move(after); }
    /// Runs in every writing transaction, after what was asked and before the commit.
    void before_commit(std::function<void(Transaction&)> before) { before_commit_ = std::move(before); }
    /// Called after every commit: what was queued in it can be seen now.
    void on_committed(std::function<void()> committed) { committed_ = std::move(committed); }

    const TenantScope& scope() const { return scope_; }
    const Engine& engine() const { return engine_; }
    Store& store() { return *store_; }
    /// Waits for an answer; for start-up, tools and tests.
    CommandResult run_and_wait(CommandRequest request);

  private:
    struct Job {
        std::function<void(Transaction&)> work;
        std::function<void()> done;
        std::function<void(const StoreError&)> failed;
    };
    struct Changes {
        std::vector<Subject> subjects;
        std::vector<RowChange> rows;
    };
    void push(Job job);
    void loop();
    void commit_group(std::vector<Job>& group);
    void report_changes();

    const Engine& engine_;
    TenantScope scope_;
    std::shared_ptr<Store> store_;
    Changed changed_;
    AfterCommand after_command_;
    std::function<void(Transaction&)> before_commit_;
    std::function<void()> committed_;
    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Job> queue_;
    bool stopping_ = false;
    Changes pending_;  // of the group in work; writer thread only
    std::thread thread_;
};

/// A broken environment (the store, a file, memory) as people are told it.
Problem problem_of(const std::exception& error);

}  // namespace wa::service
