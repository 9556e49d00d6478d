// An export in the open: a folder for its owner only, and what a sealed export is opened into.
#pragma once

#include <fstream>
#include <string>

#include "apps/hub/tenant_export.hpp"

namespace wa::admin {

/// A new folder, called "<folder>.part" until it is whole. Throws std::runtime_error when it exists, or
/// cannot be written.
class ExportFolder : public hub::ExportTarget {
  public:
    explicit ExportFolder(std::string path);
    ~ExportFolder() override;
    void begin_file(const std::string& name) override;
    void write(std::string_view bytes) override;
    void end_file() override;
    /// It is whole, and called as it was asked for.
    void finish();

  private:
    std::string part() const { return path_ + ".part"; }
    std::string path_, name_;
    std::ofstream out_;
    bool done_ = false;
};

/// Opens the sealed export in a file (base/sealed_archive.hpp) into a new folder. How many files it held.
/// Throws std::runtime_error with what is wrong: no export, another secret, changed, cut short; then nothing
/// is left.
std::size_t open_export(const std::string& path, const std::string& secret, const std::string& folder);

}  // namespace wa::admin
