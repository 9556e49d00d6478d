// Scans that were uploaded and that no case ever named: nobody meant to keep them.
#pragma once

#include <set>
#include <string>

#include "kernel/store.hpp"

namespace wa::node {

/// Used on the writer's thread only.
class LooseScans {
  public:
    /// Drops those that were loose at the last look already. A program that was killed between a scan and its
    /// command begins anew: the page repeats the command, and the scan was told as stored.
    void look(Transaction& tx);

  private:
    std::set<std::string> before_;
};

}  // namespace wa::node
