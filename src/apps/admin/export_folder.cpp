#include "apps/admin/export_folder.hpp"

#include <sys/stat.h>

#include <stdexcept>

#include "adapters/system/system.hpp"
#include "base/sealed_archive.hpp"

namespace wa::admin {

ExportFolder::ExportFolder(std::string path) : path_(std::move(path)) {
    while (path_.size() > 1 && path_.back() == '/') path_.pop_back();
    for (const auto& taken : {path_, part()})
        if (struct stat found{}; ::stat(taken.c_str(), &found) == 0)
            throw std::runtime_error(taken + " exists: nothing is overwritten");
    system::make_folder(part());
}

ExportFolder::~ExportFolder() {
    if (!done_) system::remove_folder(part());
}

void ExportFolder::begin_file(const std::string& name) {
    name_ = name;
    const auto path = part() + "/" + name_;
    if (struct stat found{}; ::stat(path.c_str(), &found) == 0)
        throw std::runtime_error(name_ + " comes twice");
    system::make_folder(path.substr(0, path.rfind('/')));
    out_.open(path, std::ios::binary);
}

void ExportFolder::write(std::string_view bytes) {
    out_.write(bytes.data(), std::streamsize(bytes.size()));
}

void ExportFolder::end_file() {
    out_.close();
    if (!out_) throw std::runtime_error("cannot write " + part() + "/" + name_);
}

void ExportFolder::finish() {
    system::rename_folder(part(), path_);
    done_ = true;
}

namespace {

void must_be_whole(ArchiveFault fault, const std::string& path) {
    switch (fault) {
        case ArchiveFault::none:
            return;
        case ArchiveFault::foreign:
            throw std::runtime_error(path + " is no sealed export");
        case ArchiveFault::secret:
            throw std::runtime_error(path + " does not open with this secret, or its beginning is damaged");
        case ArchiveFault::damaged:
            throw std::runtime_error(path + " was changed after it was written: it is refused whole");
        case ArchiveFault::cut_short:
            break;
    }
    throw std::runtime_error(path + " is cut short: fetch it again");
}

}  // namespace

std::size_t open_export(const std::string& path, const std::string& secret, const std::string& folder) {
    const auto key = archive_key(secret);
    if (!key) throw std::runtime_error("a secret has eight groups of four letters and digits");
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + path);
    ExportFolder target(folder);
    std::size_t files = 0;
    SealedArchiveReader reader(*key, {[&](const std::string& name) {
                                          if (files++ > 0) target.end_file();
                                          target.begin_file(name);
                                      },
                                      [&](std::string_view bytes) { target.write(bytes); }});
    std::string part(archive_piece_max, '\0');
    while (in.read(part.data(), std::streamsize(part.size())) || in.gcount() > 0)
        must_be_whole(reader.take(as_span(std::string_view(part).substr(0, std::size_t(in.gcount())))), path);
    must_be_whole(reader.finish(), path);
    if (files > 0) target.end_file();
    target.finish();
    return files;
}

}  // namespace wa::admin
