#include "apps/service/tenant_runner.hpp"

#include <future>
#include <system_error>

#include "adapters/log/log.hpp"
#include "kernel/data.hpp"

namespace wa::service {

namespace {
/// Commands that share one commit. Larger groups gain little (parts.md) and make the first wait longer.
constexpr std::size_t group_max = 128;
}  // namespace

Problem problem_of(const std::exception& error) {
    if (const auto* file = dynamic_cast<const std::system_error*>(&error))
        return Problem(file->code() == std::errc::no_space_on_device ? problems::store_full
                                                                     : problems::internal);
    const auto* store = dynamic_cast<const StoreError*>(&error);
    if (store && store->kind == StoreError::Kind::full) return Problem(problems::store_full);
    if (store && store->kind == StoreError::Kind::damaged) return Problem(problems::store_damaged);
    return Problem(problems::internal);
}

TenantRunner::TenantRunner(const Engine& engine, TenantScope scope, std::shared_ptr<Store> store)
    : engine_(engine), scope_(std::move(scope)), store_(std::move(store)), thread_([this] { loop(); }) {}

std::shared_ptr<TenantRunner> TenantRunner::make(const Engine& engine, TenantScope scope,
                                                 std::shared_ptr<Store> store) {
    const auto end = [](TenantRunner* runner) {
        // A thread cannot wait for itself.
        if (runner->thread_.get_id() == std::this_thread::get_id())
            std::thread([runner] { delete runner; }).detach();
        else
            delete runner;
    };
    return {new TenantRunner(engine, std::move(scope), std::move(store)), end};
}

TenantRunner::~TenantRunner() {
    finish();
}

void TenantRunner::finish() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

void TenantRunner::push(Job job) {
    {
        std::lock_guard lock(mutex_);
        if (!stopping_) {
            queue_.push_back(std::move(job));
            wake_.notify_one();
            return;
        }
    }
    job.failed(StoreError(StoreError::Kind::busy, "the tenant is closed"));
}

void TenantRunner::loop() {
    for (;;) {
        std::vector<Job> group;
        {
            std::unique_lock lock(mutex_);
            wake_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
            if (queue_.empty()) return;
            while (!queue_.empty() && group.size() < group_max) {
                group.push_back(std::move(queue_.front()));
                queue_.pop_front();
            }
        }
        commit_group(group);
    }
}

void TenantRunner::commit_group(std::vector<Job>& group) {
    try {
        pending_ = {};
        auto tx = store_->begin_write();
        for (auto& job : group) job.work(*tx);
        if (before_commit_) before_commit_(*tx);
        tx->commit();
    } catch (const std::exception& broken) {
        const auto* store_error = dynamic_cast<const StoreError*>(&broken);
        const auto error = store_error ? *store_error : StoreError(StoreError::Kind::other, broken.what());
        log::error("commit failed", {{"tenant", scope_.tenant.id}, {"why", error.what()}});
        if (group.size() == 1) return group.front().failed(error);
        // One of them may be what does not fit: each alone.
        for (auto& job : group) {
            std::vector<Job> single;
            single.push_back(std::move(job));
            commit_group(single);
        }
        return;
    }
    // What is told after the commit may read, and a store that fails then takes nothing back.
    const auto tell = [&](const std::function<void()>& word) {
        try {
            word();
        } catch (const std::exception& error) {
            log::error("after a commit", {{"tenant", scope_.tenant.id}, {"why", error.what()}});
        }
    };
    if (committed_) tell(committed_);
    // Before the answers: whoever reads "done" can rely on it (a leaver's sessions have ended).
    tell([&] { report_changes(); });
    for (auto& job : group) tell(job.done);
}

void TenantRunner::report_changes() {
    if (changed_ && (!pending_.subjects.empty() || !pending_.rows.empty()))
        changed_(pending_.subjects, pending_.rows);
    pending_ = {};
}

void TenantRunner::run(CommandRequest request, CommandDone done) {
    auto result = std::make_shared<CommandResult>();
    auto shared_done = std::make_shared<CommandDone>(std::move(done));
    auto checked = engine_.check(scope_, request);
    push({[this, request = std::move(request), checked = std::move(checked), result](Transaction& tx) {
              *result = engine_.run(tx, scope_, request, checked);
              if (after_command_) after_command_(tx, request, *result);
              if (result->repeated) return;
              pending_.subjects.insert(pending_.subjects.end(), result->subjects.begin(),
                                       result->subjects.end());
              pending_.rows.insert(pending_.rows.end(), result->changes.begin(), result->changes.end());
          },
          [result, shared_done] { (*shared_done)(std::move(*result)); },
          [shared_done](const StoreError& error) {
              CommandResult broken;
              broken.problem = problem_of(error);
              (*shared_done)(std::move(broken));
          }});
}

void TenantRunner::write(std::function<void(Transaction&)> work, std::function<void(bool)> done) {
    auto shared_done = std::make_shared<std::function<void(bool)>>(std::move(done));
    push({std::move(work), [shared_done] { (*shared_done)(true); },
          [shared_done](const StoreError&) { (*shared_done)(false); }});
}

void TenantRunner::ask(QueryRequest request, AnswerDone done) {
    if (!engine_.needs_journal(scope_, request)) {
        try {
            auto tx = store_->begin_read();
            return done(engine_.ask(*tx, scope_, request));
        } catch (const StoreError& error) {
            log::error("store failed", {{"tenant", scope_.tenant.id}, {"why", error.what()}});
            return done(fail(problem_of(error)));
        }
    }
    auto answer = std::make_shared<Result<json::object>>(json::object{});
    auto shared_done = std::make_shared<AnswerDone>(std::move(done));
    push({[this, request = std::move(request), answer](Transaction& tx) {
              *answer = engine_.ask(tx, scope_, request);
          },
          [answer, shared_done] { (*shared_done)(std::move(*answer)); },
          [shared_done](const StoreError& error) { (*shared_done)(fail(problem_of(error))); }});
}

void TenantRunner::read(const std::function<void(Transaction&)>& work) {
    auto tx = store_->begin_read();
    work(*tx);
}

CommandResult TenantRunner::run_and_wait(CommandRequest request) {
    std::promise<CommandResult> promise;
    run(std::move(request), [&](CommandResult result) { promise.set_value(std::move(result)); });
    return promise.get_future().get();
}

}  // namespace wa::service
