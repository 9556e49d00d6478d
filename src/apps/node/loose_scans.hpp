// Scans that were uploaded and that no case ever named: nobody meant to keep them.
#pragma once

#include <set>
#include <string>

#include "kernel/store.hpp"

namespace wa::node {

/// Used on the writer's thread only.
class LooseScans {
  public:
    /// All of them, where nobody is at work: what is uploaded is named a moment later or not at all.
    static void drop_all(Transaction& tx);
    /// Those that were loose at the last look already.
    void look(Transaction& tx);

  private:
    std::set<std::string> before_;
};

}  // namespace wa::node
