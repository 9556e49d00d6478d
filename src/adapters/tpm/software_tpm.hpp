// swtpm (a TPM 2.0 in software, of Debian) for tests: a process and a folder of its own for each.
#pragma once

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <csignal>

#include <cstring>
#include <filesystem>
#include <string>
#include <thread>

#include "adapters/tpm/tpm.hpp"

namespace wa::tpm {

/// Starts swtpm; its state stays in the folder, as that of a chip stays in the chip.
class SoftwareTpm {
  public:
    explicit SoftwareTpm(std::string folder) : folder_(std::move(folder)) {
        std::filesystem::create_directories(folder_);
        power_on();
    }
    ~SoftwareTpm() { power_off(); }
    SoftwareTpm(const SoftwareTpm&) = delete;
    SoftwareTpm& operator=(const SoftwareTpm&) = delete;

    std::string tcti() const { return "swtpm:host=127.0.0.1,port=" + std::to_string(port_); }
    void power_on() {
        // The TCTI expects the control channel at the next port.
        for (int attempt = 0; attempt < 20 && pid_ <= 0; ++attempt) {
            port_ = 20'000 + (int(getpid()) * 7 + attempt * 131) % 20'000;
            if (!is_free(port_) || !is_free(port_ + 1)) continue;
            start();
            for (int wait = 0; wait < 200 && pid_ > 0; ++wait) {
                if (waitpid(pid_, nullptr, WNOHANG) == pid_) pid_ = -1;
                if (pid_ > 0 && Tpm(tcti()).clock_ms()) return;
                std::this_thread::sleep_for(std::chrono::milliseconds(20));
            }
            power_off();
        }
    }
    void power_off() {
        if (pid_ <= 0) return;
        kill(pid_, SIGTERM);
        waitpid(pid_, nullptr, 0);
        pid_ = -1;
    }
    /// False where swtpm is not installed.
    bool runs() const { return pid_ > 0; }

  private:
    static bool is_free(int port) {
        const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(std::uint16_t(port));
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const bool good = bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
        close(fd);
        return good;
    }
    void start() {
        const auto state = "dir=" + folder_,
                   server = "type=tcp,bindaddr=127.0.0.1,port=" + std::to_string(port_),
                   control = "type=tcp,bindaddr=127.0.0.1,port=" + std::to_string(port_ + 1);
        pid_ = fork();
        if (pid_ != 0) return;
        // It ends with its test, and holds nothing of it open.
        prctl(PR_SET_PDEATHSIG, SIGTERM);
        const int nowhere = open("/dev/null", O_RDWR);
        for (const int fd : {0, 1, 2}) dup2(nowhere, fd);
        execlp("swtpm", "swtpm", "socket", "--tpm2", "--tpmstate", state.c_str(), "--server", server.c_str(),
               "--ctrl", control.c_str(), "--flags", "not-need-init,startup-clear", nullptr);
        _exit(127);
    }

    std::string folder_;
    int port_ = 0;
    pid_t pid_ = -1;
};

}  // namespace wa::tpm
