// A PostgreSQL server of one's own: for tests and for `./dev bench`. Debian's own cluster is left alone.
#pragma once

#include <sys/types.h>

#include <string>

namespace wa {

/// Debian's server in a new folder, reached through a socket there and by passwords only, never by TCP. When
/// the program runs as root the server runs as `postgres` or `nobody`. It ends, and the folder goes, with the
/// object; it ends also when this program is killed. Everything throws std::runtime_error.
class TemporaryServer {
  public:
    /// fast: no fsync; nothing of the test is about durability.
    enum class Durability { full, fast };

    /// @param above the folder is made in it; short: a socket's path has at most 107 bytes
    explicit TemporaryServer(Durability durability = Durability::full, const std::string& above = "/tmp");
    ~TemporaryServer();
    TemporaryServer(const TemporaryServer&) = delete;
    TemporaryServer& operator=(const TemporaryServer&) = delete;

    /// Connection string without role and database, as PostgresOptions::server takes it.
    std::string server() const { return "host=" + folder_; }
    /// Connection string of its superuser.
    std::string administrator() const;
    /// Runs statements as the superuser.
    void run(const std::string& statements, const std::string& database = "postgres");
    const std::string& folder() const { return folder_; }
    /// Of the server's files.
    std::string data() const { return folder_ + "/data"; }

    /// Power lost and back: the server and its children are killed, nothing is written any more.
    void crash();
    void start();
    void stop();

  private:
    void own(const std::string& path) const;
    void wait_until_ready();

    bool durable_;
    std::string folder_, binaries_, password_;
    uid_t user_;
    gid_t group_;
    pid_t process_ = 0;
};

}  // namespace wa
