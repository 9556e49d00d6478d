// `wanderamt admin …`: what an administrator does to a hub's data folder, from set-up to restore.
#pragma once

#include <CLI/CLI.hpp>

#include <functional>
#include <memory>
#include <string>

#include "apps/hub/tenant_store.hpp"
#include "kernel/journal.hpp"

namespace wa::admin {

/// Where the hub's data are, and how Koffer reach it; from its configuration or from options.
struct Place {
    std::string config_path, data_dir, host;
    int sync_port = 0, enrol_port = 0;
    hub::StorePlace store;  ///< for new tenants
    /// Fills what was not given from the configuration (or its defaults). Throws std::runtime_error.
    void complete();
    /// complete(), and an error when there is no hub's data folder yet.
    void must_exist();
};

/// The verbs and the work of the one that was asked for. Each group of verbs has a file of its own.
class AdminVerbs {
  public:
    explicit AdminVerbs(CLI::App& verb);
    /// 0 when all is well, 1 when the verb found something wrong.
    int run() { return work_(); }

  private:
    using Work = std::function<int(Place&)>;
    /// A verb; `work` runs when it was asked for, with the place complete.
    CLI::App& add(CLI::App& above, const char* name, const char* text, Work work, bool needs_hub = true);
    void add_config(CLI::App& verb);
    void add_tenants(CLI::App& verb);
    void add_users(CLI::App& verb);
    void add_koffer(CLI::App& verb);
    void add_store(CLI::App& verb);
    void add_journal(CLI::App& verb);

    Place place_;
    std::function<int()> work_;
};

/// Proves every tenant's store page by page, its journal's chain and its rows; prints what is wrong by name.
/// 0 when all is well, 1 otherwise, also when there is no such tenant.
/// @param known_head "<number>:<hash in hex>" of the journal, seen elsewhere; empty: none
int verify(const std::string& data_dir, const std::string& only_tenant, const std::string& known_head);

/// A head as verify takes it: "<number>:<hash in hex>".
std::string head_text(const JournalHead& head);

}  // namespace wa::admin
