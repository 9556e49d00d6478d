#include "adapters/postgres/temporary_server.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <random>
#include <stdexcept>
#include <thread>
#include <vector>

#include "adapters/postgres/connection.hpp"

namespace wa {

namespace fs = std::filesystem;

namespace {

constexpr const char* kSuperuser = "wa_admin";

std::string find_binaries() {
    fs::path newest;
    std::error_code none;
    for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", none))
        if (fs::exists(version.path() / "bin/initdb") &&
            (newest.empty() || std::stoi(version.path().filename()) > std::stoi(newest.filename())))
            newest = version.path();
    if (newest.empty()) throw std::runtime_error("PostgreSQL is not installed (Debian: postgresql)");
    return newest / "bin";
}

/// Starts a program as this user, its output into `log`. It is killed when we are.
pid_t spawn(const std::vector<std::string>& words, uid_t user, gid_t group, const std::string& log) {
    std::vector<char*> arguments;
    for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const auto parent = ::getpid();
    const auto child = ::fork();
    if (child != 0) {
        ::close(out);
        if (child < 0) throw std::runtime_error("no process can be made");
        return child;
    }
    ::dup2(out, 1);
    ::dup2(out, 2);
    const bool changed =
        ::geteuid() != 0 || (::setgroups(0, nullptr) == 0 && ::setgid(group) == 0 && ::setuid(user) == 0);
    // After the change of the user, which clears it. SIGQUIT: the server goes at once, with its children.
    ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
    if (changed && ::getppid() == parent && ::chdir("/") == 0) ::execv(arguments[0], arguments.data());
    ::_exit(127);
}

int wait_for(pid_t process) {
    int status = 0;
    while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
}

std::string random_word() {
    std::random_device random;
    return fmt::format("{:08x}{:08x}{:08x}{:08x}", random(), random(), random(), random());
}

std::string end_of(const std::string& path) {
    std::ifstream file(path);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    return text.substr(text.size() > 600 ? text.size() - 600 : 0);
}

}  // namespace

TemporaryServer::TemporaryServer(Durability durability, const std::string& above)
    : durable_(durability == Durability::full),
      binaries_(find_binaries()),
      password_(random_word()),
      user_(::geteuid()),
      group_(::getegid()) {
    if (user_ == 0) {
        const auto* account = ::getpwnam("postgres");
        if (!account) account = ::getpwnam("nobody");
        if (!account) throw std::runtime_error("there is no user to run PostgreSQL as");
        user_ = account->pw_uid;
        group_ = account->pw_gid;
    }
    auto pattern = above + "/wa-pg-XXXXXX";
    if (!::mkdtemp(pattern.data())) throw std::runtime_error("no folder can be made in " + above);
    folder_ = pattern;
    own(folder_);
    const auto secret = folder_ + "/password";
    std::ofstream(secret) << password_ << "\n";
    own(secret);
    const auto log = folder_ + "/log";
    const auto made = spawn(
        {binaries_ + "/initdb", "-D", data(), "-U", kSuperuser, "--pwfile", secret, "-A", "scram-sha-256",
         "-E", "UTF8", "--locale=C", "--data-checksums", "--no-sync", "--no-instructions"},
        user_, group_, log);
    if (wait_for(made) != 0) {
        const auto why = end_of(log);
        fs::remove_all(folder_);
        throw std::runtime_error("initdb failed: " + why);
    }
    start();
}

TemporaryServer::~TemporaryServer() {
    stop();
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
}

void TemporaryServer::own(const std::string& path) const {
    if (::chmod(path.c_str(), fs::is_directory(path) ? 0700 : 0600) != 0 ||
        (::geteuid() == 0 && ::chown(path.c_str(), user_, group_) != 0))
        throw std::runtime_error("the folder of PostgreSQL cannot be given away");
}

std::string TemporaryServer::administrator() const {
    return fmt::format("{} user={} password={} dbname=postgres", server(), kSuperuser, password_);
}

void TemporaryServer::run(const std::string& statements, const std::string& database) {
    postgres::Connection(administrator(), database).run_script("administer", statements);
}

void TemporaryServer::start() {
    std::vector<std::string> words{binaries_ + "/postgres", "-D", data(), "-k", folder_};
    std::vector<std::string> settings{"listen_addresses=",      "max_connections=60",
                                      "shared_buffers=64MB",    "log_error_verbosity=terse",
                                      "autovacuum_naptime=10s", "log_checkpoints=off"};
    if (!durable_)
        for (const auto* fast : {"fsync=off", "full_page_writes=off", "synchronous_commit=off"})
            settings.push_back(fast);
    for (auto& setting : settings) words.insert(words.end(), {"-c", std::move(setting)});
    process_ = spawn(words, user_, group_, folder_ + "/log");
    wait_until_ready();
}

void TemporaryServer::wait_until_ready() {
    for (int tries = 0; tries < 1500; ++tries) {
        if (PQping(administrator().c_str()) == PQPING_OK) return;
        if (::waitpid(process_, nullptr, WNOHANG) == process_) {
            process_ = 0;
            break;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    throw std::runtime_error("PostgreSQL did not start: " + end_of(folder_ + "/log"));
}

void TemporaryServer::stop() {
    if (process_ == 0) return;
    ::kill(process_, SIGINT);
    wait_for(std::exchange(process_, 0));
}

void TemporaryServer::crash() {
    // The children notice that their server is gone and end; the next start waits for the last of them.
    ::kill(process_, SIGKILL);
    wait_for(std::exchange(process_, 0));
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
}

}  // namespace wa
