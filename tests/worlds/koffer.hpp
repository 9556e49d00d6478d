// A Koffer on tour: a working set checked out of an office, work without a line, and the real line home.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "kernel/outgoing.hpp"
#include "office.hpp"
#include "sync/node_session.hpp"
#include "sync/node_store.hpp"

namespace wa::worlds {

/// Somebody the tour goes to see: by id when the register knows them and they agreed.
struct Visit {
    std::string person_id, name;
};

class Koffer {
  public:
    /// Plans a tour of today for this Koffer (1 or 2) and its clerk, and checks it out.
    Koffer(Stores& stores, Office& office, int number, std::string clerk, const std::vector<Visit>& visits,
           Timestamp at);
    ~Koffer();
    Koffer(const Koffer&) = delete;
    Koffer& operator=(const Koffer&) = delete;

    /// Does it here, without a line; done and queued in one commit.
    CommandResult run(const Act& act);
    /// Connects, and stays until both sides have nothing more to say.
    void sync(Timestamp at);
    /// Connects, and the line breaks when the hub has the first work and before it says so. False when there
    /// was nothing to bring.
    bool sync_cut(Timestamp at);

    const std::string& clerk() const { return clerk_; }
    const std::string& tour() const { return tour_; }
    const std::string& device() const { return device_; }
    /// What the hub said to what was done here, by command id.
    struct Answered {
        std::string command_id, name;
        HubAnswer answer;
        bool settled = false;  ///< false: no answer yet
    };
    std::vector<Answered> answers() const;
    Store& store() { return *store_; }

  private:
    /// Passes frames of both sides until they are quiet, or `at_most` of the Koffer's.
    void exchange(Timestamp at, int at_most);
    void check_out(const std::vector<Visit>& visits, Timestamp at);
    Stores& stores_;
    Office& office_;
    int number_;
    std::string clerk_, name_, device_, tour_;
    TenantScope scope_;
    std::unique_ptr<Store> store_;
    std::unique_ptr<sync::StoreNodeQueue> queue_;
    std::unique_ptr<sync::NodeSession> session_;
    std::int64_t ticks_ = 100'000;
};

}  // namespace wa::worlds
