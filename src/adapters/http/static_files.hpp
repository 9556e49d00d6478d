// Inside the adapter: the built web app, in memory. What is asked for is looked up in a map, so that no path
// of a request ever reaches the file system.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "adapters/http/message.hpp"

namespace wa::http {

class StaticFiles {
  public:
    /// Reads everything below `root`; a reason (English) when that is not possible or there is no index.html.
    static std::unique_ptr<StaticFiles> load(const std::string& root, std::string& error);

    /// For GET and HEAD: the file, or index.html for a path of the app, or 404 below /assets/.
    Response answer(const Request& request);

  private:
    struct File {
        std::string content;
        std::string zipped;  ///< empty: none
    };
    using Files = std::map<std::string, File, std::less<>>;

    explicit StaticFiles(std::filesystem::path root) : root_(std::move(root)) {}
    static std::shared_ptr<const Files> read_all(const std::filesystem::path& root, std::string& error);
    /// Reads again when index.html has changed: a new build replaces it last.
    std::shared_ptr<const Files> present();

    const std::filesystem::path root_;
    std::mutex mutex_;
    std::shared_ptr<const Files> files_;
    std::filesystem::file_time_type changed_{};
};

}  // namespace wa::http
