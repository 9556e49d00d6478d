// The list of what has left (sent.log) on a simulated disk: it fills up and loses its power like any other.
#pragma once

#include <memory>

#include "adapters/sqlite/sim_vfs.hpp"
#include "apps/hub/sent_ledger.hpp"

namespace wa::sim {

class DiskLedger : public hub::LedgerFile {
  public:
    /// @param synced false: a deliberate fault, what is appended is not durable
    explicit DiskLedger(std::shared_ptr<SimDisk> disk, bool synced = true)
        : disk_(std::move(disk)), synced_(synced) {}
    std::optional<std::string> read() const override;
    void append(const std::string& text) override;
    /// As if it had never been: another place, to which nobody has brought it.
    void lose();

  private:
    std::shared_ptr<SimDisk> disk_;
    bool synced_;
};

}  // namespace wa::sim
