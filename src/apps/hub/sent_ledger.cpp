#include "apps/hub/sent_ledger.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <sstream>
#include <stdexcept>

#include "adapters/system/system.hpp"

namespace wa::hub {

void SentLedger::note(const std::string& message_id) {
    const auto line = message_id + " " + to_rfc3339(system::now()) + "\n";
    const int file = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0) throw std::runtime_error("the list of sent messages cannot be opened");
    const bool good =
        ::write(file, line.data(), line.size()) == ssize_t(line.size()) && ::fdatasync(file) == 0;
    ::close(file);
    if (!good) throw std::runtime_error("the list of sent messages cannot be written");
}

std::optional<std::vector<std::string>> SentLedger::read(const std::string& path) {
    const auto text = system::read_file(path);
    if (!text) return std::nullopt;
    std::vector<std::string> ids;
    std::istringstream lines(*text);
    for (std::string line; std::getline(lines, line);)
        if (const auto space = line.find(' '); space != std::string::npos)
            ids.push_back(line.substr(0, space));
    return ids;
}

std::string sent_ledger_path(const std::string& data_dir, const std::string& tenant_id) {
    return data_dir + "/tenants/" + tenant_id + "/sent.log";
}

}  // namespace wa::hub
