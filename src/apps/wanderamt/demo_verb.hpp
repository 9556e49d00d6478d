// `wanderamt demo`: what ./dev run starts once Testland stands.
#pragma once

#include <CLI/CLI.hpp>

#include "apps/demo/demo.hpp"

namespace wa {

class DemoVerb {
  public:
    DemoVerb(CLI::App& verb, const std::string& program);
    /// Sets up Testland where it is missing, then runs hub, Koffer and the line between them.
    int run();

  private:
    DemoOptions options_;
    std::string data_dir_ = "data/demo", web_dir_ = "build/web/desk";
    int residents_ = 30000;
};

}  // namespace wa
