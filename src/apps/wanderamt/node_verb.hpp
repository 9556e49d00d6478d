// `wanderamt node [--enrol FILE --code CODE [--again]] [--enrol-only] [--renew-certificate]`
#pragma once

#include <CLI/CLI.hpp>

#include <string>

#include "apps/service/config.hpp"

namespace wa {

class NodeVerb {
  public:
    explicit NodeVerb(CLI::App& verb);
    /// Enrols first where asked to and not done yet, then runs the node.
    int run(const service::Config& config) const;

  private:
    std::string enrol_path_, code_path_, code_, export_;
    bool enrol_only_ = false, again_ = false, renew_ = false;
};

}  // namespace wa
