// The files of the exports that tenants make for themselves (src/modules/exports): made in the background,
// sealed, gone in time. What a row says and what lies in the folder are brought together here, and only here.
#pragma once

#include <atomic>
#include <mutex>
#include <set>
#include <string>

#include "adapters/http/loop.hpp"
#include "apps/hub/tenants.hpp"
#include "base/hash.hpp"

namespace wa::hub {

/// Thread-safe. Files are data_dir/exports/<tenant>/<export>.wanderamt, for the hub's user alone.
class TenantExports {
  public:
    /// @param tenants outlives it
    TenantExports(const Tenants& tenants, std::string data_dir);
    ~TenantExports() { stop(); }

    /// Before export.begin: that this one is being made is true from here on, whatever else is tidied. Either
    /// make() or forget() follows.
    void expect(const std::string& export_id);
    void forget(const std::string& export_id);
    /// Begins to make the file; export.note says how it ended. Returns at once, with the secret that opens
    /// it: it is kept nowhere else, neither here nor on the disk nor in a log.
    std::string make(const std::string& tenant_id, const std::string& export_id, const std::string& reason);
    /// Soon: says of what was being made or is ready and has no file (the hub was stopped, or put back from a
    /// backup) that it was interrupted, and removes every file that is nobody's any more. After a start, and
    /// when a row has changed.
    void tidy(const std::string& tenant_id);
    std::string path(const std::string& tenant_id, const std::string& export_id) const;
    /// Waits until what was asked for is done.
    void settle();
    /// Breaks off what is being made; its file is removed. The next start says that it was interrupted.
    void stop();

  private:
    std::string folder(const std::string& tenant_id) const;
    bool is_expected(const std::string& export_id);
    void tidy_now(const std::string& tenant_id);
    void make_now(const std::string& tenant_id, const std::string& export_id, const std::string& reason,
                  const Key32& key);
    std::int64_t write(const std::string& tenant_id, const std::string& path, const std::string& reason,
                       const Key32& key);

    const Tenants& tenants_;
    const std::string data_dir_;
    std::atomic<bool> stopping_{false};
    std::mutex mutex_;
    std::multiset<std::string> expected_;
    http::Loop loop_;  ///< ends first
};

}  // namespace wa::hub
