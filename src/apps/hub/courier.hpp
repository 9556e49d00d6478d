// The courier: carries the tenants' due messages to the exchange and brings what came for them. Nothing else
// in the program sends; a node never does.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "adapters/http/client.hpp"
#include "apps/hub/sent_ledger.hpp"
#include "apps/service/tenant_runner.hpp"
#include "protocols/exchange/wire.hpp"

namespace wa::hub {

struct CourierOptions {
    http::Endpoint exchange;
    std::int64_t poll_ms = 5'000;
    std::int64_t retry_ms = 1'000;  ///< after the exchange was not reached; doubled every time
    std::int64_t retry_max_ms = 60'000;
    std::function<Timestamp()> now;  ///< the wall clock; tests turn it
};

/// How long something that has failed is left alone: twice as long every time.
struct Rest {
    std::int64_t ms = 0, until_ms = 0;  ///< until when by the monotonic clock

    bool holds() const;
    void longer(const CourierOptions& options);
};

/// A tenant whose messages are carried. What the exchange has taken is in the ledger before it is in the
/// store, and what is in the ledger does not leave again: a crash between the two, or a store put back from a
/// backup to which a Koffer brings its work once more, cannot send it twice.
struct Sender {
    std::shared_ptr<service::TenantRunner> runner;
    SentLedger sent;
    Rest rest = {};        ///< after its store has failed
    Rest inbox_rest = {};  ///< after what came for it could not be taken, or the exchange failed at its inbox
};

class Courier {
  public:
    Courier(std::vector<Sender> senders, CourierOptions options);
    /// Stops.
    ~Courier();

    void start();
    void stop();
    /// Something is due: sent at once, unless the exchange was just not reached.
    void wake();

    /// One round for all tenants and messages in the calling thread; false when the exchange was not reached,
    /// or somebody or something is stuck. For tests.
    bool round();

  private:
    /// waits: one message could not be handed over, or not be noted, or the inbox not be emptied, and is
    /// tried again later; what else is due goes. stuck: this tenant's store or list cannot be written.
    /// unreached: nobody's messages go.
    enum class Went { well, waits, stuck, unreached };
    /// A message that could not be handed over yet.
    struct Tried {
        std::int64_t attempts = 0;
        Rest rest;
    };
    void loop();
    std::int64_t pause_ms(bool reached);
    /// @param all also those that rest
    Went visit(bool all);
    Went serve(Sender& sender, const std::string& address, bool all);
    Went send_due(Sender& sender, const std::string& address, bool all);
    Went send(Sender& sender, const std::string& address, const Row& row);
    /// What came for it, unless its inbox rests: what cannot be taken holds up nothing that leaves.
    Went look_into_inbox(Sender& sender, const std::string& address, bool all);
    Went fetch(service::TenantRunner& runner, const std::string& address);
    /// What became of it; empty when it cannot be taken now.
    std::optional<json::object> take(service::TenantRunner& runner, const json::object& message);
    Went tell_taken(const json::object& message, const json::object& received);
    bool note(service::TenantRunner& runner, json::object state);
    bool waits_for_answer();
    CommandResult run(service::TenantRunner& runner, const std::string& name, json::object payload,
                      std::string id = "");

    std::vector<Sender> senders_;
    CourierOptions options_;
    std::map<std::string, Tried> tried_;  ///< by message
    std::int64_t retry_ms_ = 0;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool woken_ = false, stopping_ = false;
    std::thread thread_;
};

}  // namespace wa::hub
