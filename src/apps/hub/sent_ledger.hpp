// What has left the house, kept beside the store: a store put back from a backup cannot forget it.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace wa::hub {

/// The ledger of one tenant: a file of lines "<message id> <time>". One writer at a time.
class SentLedger {
  public:
    /// The file is made with the first note.
    explicit SentLedger(std::string path) : path_(std::move(path)) {}

    /// Notes that this message was handed over; durable when it returns. Throws
    /// std::runtime_error.
    void note(const std::string& message_id);

    /// Ids noted in a ledger, oldest first; empty optional when there is no such file.
    static std::optional<std::vector<std::string>> read(const std::string& path);

  private:
    std::string path_;
};

/// The ledger's place beside the store of a tenant.
std::string sent_ledger_path(const std::string& data_dir, const std::string& tenant_id);

}  // namespace wa::hub
