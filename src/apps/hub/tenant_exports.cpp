#include "apps/hub/tenant_exports.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <future>
#include <optional>
#include <system_error>

#include "adapters/log/log.hpp"
#include "adapters/system/system.hpp"
#include "apps/hub/tenant_export.hpp"
#include "base/sealed_archive.hpp"
#include "kernel/identity.hpp"
#include "modules/exports/module.hpp"

namespace wa::hub {

namespace {

constexpr std::string_view sealed_ending = ".wanderamt", unfinished_ending = ".part";

bool is_there(const std::string& path) {
    struct stat found {};
    return ::stat(path.c_str(), &found) == 0;
}

[[noreturn]] void cannot_write() {
    throw std::system_error(errno, std::generic_category(), "cannot write an export");
}

/// One file for its owner only, sealed as it is written; removed unless it was finished.
class SealedFile : public ExportTarget {
  public:
    SealedFile(const std::string& path, const Key32& key, const std::atomic<bool>& stopping)
        : path_(path + std::string(unfinished_ending)),
          final_path_(path),
          key_(key),
          stopping_(stopping),
          fd_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600)) {
        if (fd_ < 0) cannot_write();
    }
    ~SealedFile() override {
        ::close(fd_);
        if (!done_) ::unlink(path_.c_str());
    }
    void begin_file(const std::string& name) override {
        // Not before there is somebody to tidy up behind it: it writes at once.
        if (!archive_) archive_.emplace(key_, system::random_bytes<24>(), [this](auto bytes) { put(bytes); });
        archive_->begin_file(name);
    }
    void write(std::string_view bytes) override { archive_->write(bytes); }
    void end_file() override {}
    /// Durable, and called as it should be. Its size in bytes.
    std::int64_t finish() {
        archive_->finish();
        if (::fsync(fd_) != 0) cannot_write();
        system::rename_folder(path_, final_path_);
        done_ = true;
        return size_;
    }

  private:
    void put(std::span<const std::uint8_t> bytes) {
        if (stopping_) throw std::runtime_error("the hub stops");
        while (!bytes.empty()) {
            const auto written = ::write(fd_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) continue;
            if (written <= 0) cannot_write();
            size_ += written;
            bytes = bytes.subspan(std::size_t(written));
        }
    }
    std::string path_, final_path_;
    Key32 key_;
    const std::atomic<bool>& stopping_;
    int fd_;
    std::int64_t size_ = 0;
    bool done_ = false;
    std::optional<SealedArchiveWriter> archive_;
};

void note_export(service::TenantRunner& runner, json::object payload) {
    CommandRequest request;
    request.id = system::new_id();
    request.name = "export.note";
    request.payload = std::move(payload);
    request.actor = system_actor();
    request.origin = {"system", "hub", "Zentrale", ""};
    request.at = system::now();
    const auto result = runner.run_and_wait(std::move(request));
    if (result.outcome != Outcome::done)
        log::error("export not noted", {{"tenant", runner.scope().tenant.id}, {"code", result.problem.code}});
}

}  // namespace

TenantExports::TenantExports(const Tenants& tenants, std::string data_dir)
    : tenants_(tenants), data_dir_(std::move(data_dir)) {
    loop_.post(system::let_others_go_first);
}

std::string TenantExports::folder(const std::string& tenant_id) const {
    return data_dir_ + "/exports/" + tenant_id;
}

std::string TenantExports::path(const std::string& tenant_id, const std::string& export_id) const {
    return folder(tenant_id) + "/" + export_id + std::string(sealed_ending);
}

void TenantExports::expect(const std::string& export_id) {
    const std::lock_guard lock(mutex_);
    expected_.insert(export_id);
}

void TenantExports::forget(const std::string& export_id) {
    const std::lock_guard lock(mutex_);
    if (const auto found = expected_.find(export_id); found != expected_.end()) expected_.erase(found);
}

bool TenantExports::is_expected(const std::string& export_id) {
    const std::lock_guard lock(mutex_);
    return expected_.count(export_id) > 0;
}

std::string TenantExports::make(const std::string& tenant_id, const std::string& export_id,
                                const std::string& reason) {
    auto secret = archive_secret(system::random_bytes<20>());
    loop_.post([this, tenant_id, export_id, reason, key = *archive_key(secret)] {
        make_now(tenant_id, export_id, reason, key);
    });
    return secret;
}

void TenantExports::make_now(const std::string& tenant_id, const std::string& export_id,
                             const std::string& reason, const Key32& key) {
    json::object said{{"export_id", export_id}, {"state", "interrupted"}};
    try {
        said["size"] = write(tenant_id, path(tenant_id, export_id), reason, key);
        said["state"] = "ready";
    } catch (const std::exception& error) {
        log::error("export not made", {{"tenant", tenant_id}, {"why", error.what()}});
    }
    if (!stopping_) note_export(*tenants_.runner(tenant_id), std::move(said));
    forget(export_id);
}

std::int64_t TenantExports::write(const std::string& tenant_id, const std::string& path,
                                  const std::string& reason, const Key32& key) {
    system::make_folder(folder(tenant_id));
    // One that is made anew opens with another secret.
    system::remove_file(path);
    SealedFile file(path, key, stopping_);
    const auto& keys = key_columns(store_kind(read_description(data_dir_ + "/tenants/" + tenant_id)));
    export_tenant(*tenants_.runner(tenant_id), keys, reason, file);
    return file.finish();
}

void TenantExports::tidy(const std::string& tenant_id) {
    loop_.post([this, tenant_id] {
        if (!stopping_) tidy_now(tenant_id);
    });
}

void TenantExports::tidy_now(const std::string& tenant_id) {
    const auto runner = tenants_.runner(tenant_id);
    if (!runner) return;
    // Looked at before the rows: what is made in between is not taken for nobody's.
    const auto names = system::list_folder(folder(tenant_id));
    std::vector<OpenExport> open;
    runner->read([&](Transaction& tx) { open = open_exports(tx); });
    std::set<std::string> kept;
    for (const auto& one : open) {
        const bool making = one.state == export_state::making, ready = one.state == export_state::ready;
        const bool there = ready && is_there(path(tenant_id, one.id));
        if (there || is_expected(one.id))
            kept.insert(one.id + std::string(sealed_ending));
        else if (making || ready)
            note_export(*runner, {{"export_id", one.id}, {"state", "interrupted"}});
    }
    for (const auto& name : names)
        if (!kept.count(name)) system::remove_file(folder(tenant_id) + "/" + name);
}

void TenantExports::settle() {
    std::promise<void> done;
    loop_.post([&] { done.set_value(); });
    done.get_future().wait();
}

void TenantExports::stop() {
    stopping_ = true;
    loop_.stop();
}

}  // namespace wa::hub
