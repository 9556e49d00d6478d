#include "apps/hub/sent_ledger.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "adapters/system/system.hpp"

namespace wa::hub {

namespace {

std::vector<std::string> ids_in(const std::string& text) {
    std::vector<std::string> ids;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (const auto space = line.find(' '); space != std::string::npos)
            ids.push_back(line.substr(0, space));
    return ids;
}

/// Stands where ids stand, and is none.
constexpr std::string_view begun_anew = "begun-anew";

/// On a disk of this machine.
class PathFile : public LedgerFile {
  public:
    explicit PathFile(std::string path) : path_(std::move(path)) {}

    std::optional<std::string> read() const override { return system::read_file(path_); }

    void append(const std::string& text) override {
        // By itself an appended line would be durable, and the name of its file perhaps not.
        if (!made_ && !read()) system::write_file(path_, "", true);
        made_ = true;
        const int file = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        if (file < 0) throw std::runtime_error("the list of sent messages cannot be opened");
        const bool good =
            ::write(file, text.data(), text.size()) == ssize_t(text.size()) && ::fdatasync(file) == 0;
        ::close(file);
        if (!good) throw std::runtime_error("the list of sent messages cannot be written");
    }

  private:
    std::string path_;
    bool made_ = false;
};

}  // namespace

SentLedger::SentLedger(const std::string& path) : SentLedger(std::make_unique<PathFile>(path)) {}

SentLedger::SentLedger(std::unique_ptr<LedgerFile> file) : file_(std::move(file)) {
    const auto text = file_->read();
    if (!text) return;
    torn_ = !text->empty() && text->back() != '\n';
    for (const auto& noted : ids_in(*text))
        if (const auto id = parse_id(noted)) ids_.insert(*id);
}

bool SentLedger::has(std::string_view message_id) const {
    const auto id = parse_id(message_id);
    return id && ids_.count(*id) > 0;
}

void SentLedger::note(const std::string& message_id) {
    const auto line = (torn_ ? "\n" : "") + message_id + " " + to_rfc3339(system::now()) + "\n";
    torn_ = true;
    file_->append(line);
    torn_ = false;
    if (const auto id = parse_id(message_id)) ids_.insert(*id);
}

std::optional<std::vector<std::string>> SentLedger::read(const std::string& path) {
    return read(PathFile(path));
}

std::optional<std::vector<std::string>> SentLedger::read(const LedgerFile& file) {
    const auto text = file.read();
    if (!text) return std::nullopt;
    auto ids = ids_in(*text);
    if (std::find(ids.begin(), ids.end(), begun_anew) != ids.end()) return std::nullopt;
    return ids;
}

void SentLedger::begin_anew(const std::string& path) {
    PathFile file(path);
    begin_anew(file);
}

void SentLedger::begin_anew(LedgerFile& file) {
    file.append(fmt::format("{} {}\n", begun_anew, to_rfc3339(system::now())));
}

std::string sent_ledger_path(const std::string& data_dir, const std::string& tenant_id) {
    return data_dir + "/tenants/" + tenant_id + "/sent.log";
}

}  // namespace wa::hub
