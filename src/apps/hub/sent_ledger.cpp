#include "apps/hub/sent_ledger.hpp"

#include <fcntl.h>
#include <unistd.h>

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

}  // namespace

SentLedger::SentLedger(std::string path) : path_(std::move(path)) {
    const auto text = system::read_file(path_);
    if (!text) return;
    made_ = true;
    torn_ = !text->empty() && text->back() != '\n';
    for (const auto& noted : ids_in(*text))
        if (const auto id = parse_id(noted)) ids_.insert(*id);
}

bool SentLedger::has(std::string_view message_id) const {
    const auto id = parse_id(message_id);
    return id && ids_.count(*id) > 0;
}

void SentLedger::note(const std::string& message_id) {
    // By itself an appended line would be durable, and the name of its file perhaps not.
    if (!made_) system::write_file(path_, "", true);
    made_ = true;
    const auto line = (torn_ ? "\n" : "") + message_id + " " + to_rfc3339(system::now()) + "\n";
    const int file = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0) throw std::runtime_error("the list of sent messages cannot be opened");
    const bool good =
        ::write(file, line.data(), line.size()) == ssize_t(line.size()) && ::fdatasync(file) == 0;
    ::close(file);
    torn_ = !good;
    if (!good) throw std::runtime_error("the list of sent messages cannot be written");
    if (const auto id = parse_id(message_id)) ids_.insert(*id);
}

std::optional<std::vector<std::string>> SentLedger::read(const std::string& path) {
    const auto text = system::read_file(path);
    if (!text) return std::nullopt;
    return ids_in(*text);
}

std::string sent_ledger_path(const std::string& data_dir, const std::string& tenant_id) {
    return data_dir + "/tenants/" + tenant_id + "/sent.log";
}

}  // namespace wa::hub
