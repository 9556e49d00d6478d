// `wanderamt admin …`: set up, verify, enrol. Works on the hub's data folder.
#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace wa::admin {

class AdminVerbs {
  public:
    explicit AdminVerbs(CLI::App& verb);
    int run();

  private:
    std::string data_dir_ = "data/hub", tenant_, name_ = "Koffer", out_ = ".", host_ = "127.0.0.1";
    int residents_ = 30000, sync_port_ = 8443, enrol_port_ = 8444;
    CLI::App *verify_, *testland_, *koffer_;
};

/// Proves every tenant's store page by page, its journal's chain and its rows; prints what is wrong by name.
/// 0 when all is well, 1 otherwise.
int verify(const std::string& data_dir, const std::string& only_tenant);

}  // namespace wa::admin
