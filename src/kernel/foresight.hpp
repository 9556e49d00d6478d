// What is worked out for a command before its turn at the writer comes: by who asks for it, in their own
// thread. It depends on the payload and on what never changes, so the writer need not do it again.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/json.hpp"
#include "base/time.hpp"
#include "kernel/reference.hpp"

namespace wa {

/// What of a case stays as it was opened.
struct CaseKind {
    std::string procedure, channel;
    friend bool operator==(const CaseKind&, const CaseKind&) = default;
};

/// Cases lately opened or loaded for a command. From any thread.
class KnownCases {
  public:
    void note(const std::string& case_id, CaseKind kind) {
        constexpr std::size_t most = 10'000;
        const std::lock_guard lock(mutex_);
        if (kinds_.size() >= most) kinds_.clear();
        kinds_.insert_or_assign(case_id, std::move(kind));
    }
    std::optional<CaseKind> find(const std::string& case_id) const {
        const std::lock_guard lock(mutex_);
        const auto found = kinds_.find(case_id);
        return found == kinds_.end() ? std::nullopt : std::optional(found->second);
    }

  private:
    mutable std::mutex mutex_;
    std::unordered_map<std::string, CaseKind> kinds_;
};

/// What was worked out; each command that has something derives from it. It says for what it holds, and the
/// handler asks that before it takes it.
struct Foresight {
    virtual ~Foresight() = default;
};

struct ForesightContext {
    Date today;
    const Reference& reference;
    const KnownCases& cases;
};

/// Works out what can be; null when nothing can. It sees no store and must not refuse: the handler does.
using Foreseer = std::shared_ptr<const Foresight> (*)(const ForesightContext&, const json::object& payload);

}  // namespace wa
