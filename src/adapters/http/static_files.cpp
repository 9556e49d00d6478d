#include "adapters/http/static_files.hpp"

#include <fstream>
#include <sstream>

#include "adapters/http/http_text.hpp"

namespace wa::http {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view index_path = "/index.html";
constexpr std::uintmax_t size_limit = 256 * 1024 * 1024;

std::optional<std::string> read_file(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    // An empty file sets the fail bit of `out`, which is no failure.
    if (!in) return std::nullopt;
    return std::move(out).str();
}

}  // namespace

std::shared_ptr<const StaticFiles::Files> StaticFiles::read_all(const fs::path& root, std::string& error) {
    auto files = std::make_shared<Files>();
    std::error_code ec;
    std::uintmax_t total = 0;
    fs::recursive_directory_iterator entry(root, ec);
    for (; !ec && entry != fs::recursive_directory_iterator(); entry.increment(ec)) {
        std::error_code ignored;
        // Links are not followed: they could lead out of the folder.
        if (entry->is_symlink(ignored) || !entry->is_regular_file(ignored)) continue;
        total += entry->file_size(ignored);
        if (total > size_limit) return error = "static files: more than 256 MB", nullptr;
        auto content = read_file(entry->path());
        if (!content) return error = "static files: cannot be read", nullptr;
        auto name = "/" + entry->path().lexically_relative(root).generic_string();
        const bool zipped = name.ends_with(".gz");
        if (zipped) name.resize(name.size() - 3);
        auto& file = (*files)[name];
        (zipped ? file.zipped : file.content) = std::move(*content);
    }
    if (ec) return error = "static files: " + ec.message(), nullptr;
    if (!files->contains(index_path)) return error = "static files: no index.html", nullptr;
    return files;
}

std::unique_ptr<StaticFiles> StaticFiles::load(const std::string& root, std::string& error) {
    std::unique_ptr<StaticFiles> made(new StaticFiles(fs::path(root).lexically_normal()));
    std::error_code ignored;
    made->changed_ = fs::last_write_time(made->root_ / "index.html", ignored);
    made->files_ = read_all(made->root_, error);
    return made->files_ ? std::move(made) : nullptr;
}

std::shared_ptr<const StaticFiles::Files> StaticFiles::present() {
    const std::lock_guard lock(mutex_);
    std::error_code ec;
    const auto changed = fs::last_write_time(root_ / "index.html", ec);
    if (!ec && changed != changed_) {
        std::string error;
        // While a build is being written the old files stay.
        if (auto files = read_all(root_, error)) {
            files_ = std::move(files);
            changed_ = changed;
        }
    }
    return files_;
}

Response StaticFiles::answer(const Request& request) {
    const bool asset = request.path.starts_with("/assets/");
    std::shared_ptr<const Files> files;
    if (asset) {
        const std::lock_guard lock(mutex_);
        files = files_;
    } else {
        files = present();
    }
    auto found = files->find(request.path);
    if (found == files->end()) {
        if (asset) return {404, {}, {}};
        found = files->find(index_path);
    }
    Response response;
    response.headers = {{"Content-Type", std::string(content_type_of(found->first))},
                        // Names of assets hold a hash of their content.
                        {"Cache-Control", asset ? "public, max-age=31536000, immutable" : "no-store"}};
    const auto& file = found->second;
    if (!file.zipped.empty()) response.headers.emplace_back("Vary", "Accept-Encoding");
    if (!file.zipped.empty() && (file.content.empty() || accepts_gzip(request.header("Accept-Encoding")))) {
        response.headers.emplace_back("Content-Encoding", "gzip");
        response.body = file.zipped;
    } else {
        response.body = file.content;
    }
    return response;
}

}  // namespace wa::http
