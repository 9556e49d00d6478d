// What has left the house, kept beside the store: a store put back from a backup cannot forget it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/ids.hpp"

namespace wa::hub {

/// The file of a ledger. The simulator has one on its simulated disk.
class LedgerFile {
  public:
    virtual ~LedgerFile() = default;
    /// The whole file; empty optional when there is none.
    virtual std::optional<std::string> read() const = 0;
    /// Durable when it returns. Throws std::runtime_error; a part of the text may stand there then.
    virtual void append(const std::string& text) = 0;
};

/// The ledger of one tenant: a file of lines "<message id> <time>", read once. One writer at a time.
class SentLedger {
  public:
    /// The file is made with the first note. Throws std::runtime_error when one is there and cannot be read.
    explicit SentLedger(const std::string& path);
    explicit SentLedger(std::unique_ptr<LedgerFile> file);

    /// Whether this message was handed over before, whatever the store says.
    bool has(std::string_view message_id) const;
    /// Notes that this message was handed over; durable when it returns. Throws std::runtime_error.
    void note(const std::string& message_id);

    /// Ids noted in a ledger, oldest first; empty optional when there is no such file, or when it was begun
    /// anew and so does not know all that has left.
    static std::optional<std::vector<std::string>> read(const std::string& path);
    static std::optional<std::vector<std::string>> read(const LedgerFile& file);
    /// For a store that was put back without its list: what had left before, this one will never know.
    static void begin_anew(const std::string& path);
    static void begin_anew(LedgerFile& file);

  private:
    std::unique_ptr<LedgerFile> file_;
    std::unordered_set<Id> ids_;
    bool torn_ = false;  ///< the last line has no end: a crash or a full disk cut it short
};

/// The ledger's place beside the store of a tenant.
std::string sent_ledger_path(const std::string& data_dir, const std::string& tenant_id);

}  // namespace wa::hub
