#include "apps/demo/child_process.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <linux/close_range.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <random>
#include <string_view>

#include "base/assert.hpp"

namespace wa {
namespace {

constexpr int listen_fd = 3;  // SD_LISTEN_FDS_START

/// All the child needs, made before the fork: afterwards it calls nothing but the kernel.
struct Launch {
    const char* program = nullptr;
    std::vector<char*> argv;
    std::vector<char*> envp;
    char* pid_digits = nullptr;  // the value of LISTEN_PID, to be filled in by the child
    int listener = -1;
    int log = -1;
    int null = -1;
    int failure = -1;
    pid_t parent = 0;
    const LineEmulator* line = nullptr;
    LineEnd end = LineEnd::hub;
};

void write_decimal(char* at, unsigned value) {
    std::array<char, 12> digits;
    std::size_t count = 0;
    do {
        digits[count++] = char('0' + value % 10);
        value /= 10;
    } while (value);
    while (count) *at++ = digits[--count];
    *at = '\0';
}

void reset_signals() {
    for (int signal = 1; signal < NSIG; ++signal) ::signal(signal, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

bool prepare(const Launch& launch) {
    reset_signals();
    if (::setpgid(0, 0) != 0) return false;
    if (launch.line && !launch.line->enter(launch.end)) return false;
    // After enter(): a change of the user namespace clears it.
    if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return false;
    if (::getppid() != launch.parent) ::_exit(127);
    if (::dup2(launch.null, 0) < 0 || ::dup2(launch.log, 1) < 0 || ::dup2(launch.log, 2) < 0) return false;
    if (launch.listener == listen_fd) {
        if (::fcntl(listen_fd, F_SETFD, 0) != 0) return false;
    } else if (::dup2(launch.listener, listen_fd) < 0) {
        return false;
    }
    // Ours are close-on-exec already; Asio's accepted sockets are not.
    ::syscall(SYS_close_range, listen_fd + 1, ~0U, CLOSE_RANGE_CLOEXEC);
    write_decimal(launch.pid_digits, unsigned(::getpid()));
    return true;
}

[[noreturn]] void become(const Launch& launch) {
    if (prepare(launch)) ::execve(launch.program, launch.argv.data(), launch.envp.data());
    const int error = errno;
    (void)!::write(launch.failure, &error, sizeof error);
    ::_exit(127);
}

std::vector<std::string> child_environment() {
    std::vector<std::string> result;
    for (char** entry = environ; *entry; ++entry) {
        if (!std::string_view(*entry).starts_with("LISTEN_")) result.emplace_back(*entry);
    }
    result.emplace_back("LISTEN_FDS=1");
    result.emplace_back("LISTEN_FDNAMES=desk");
    result.emplace_back("LISTEN_PID=0123456789");  // the last, see Launch::pid_digits
    return result;
}

std::vector<char*> pointers(std::vector<std::string>& strings) {
    std::vector<char*> result;
    for (auto& string : strings) result.push_back(string.data());
    result.push_back(nullptr);
    return result;
}

OwnedFd open_or_throw(const std::filesystem::path& path, int flags) {
    OwnedFd fd(::open(path.c_str(), flags | O_CLOEXEC, 0600));
    if (!fd) {
        throw DemoError(
            fmt::format("Die Datei {} lässt sich nicht öffnen: {}.", path.string(), std::strerror(errno)));
    }
    return fd;
}

std::string end_of(const siginfo_t& info) {
    if (info.si_code == CLD_EXITED) return fmt::format("Code {}", info.si_status);
    return fmt::format("Signal {} ({})", info.si_status, ::strsignal(info.si_status));
}

}  // namespace

OwnedFd listen_on_loopback(std::uint16_t port) {
    OwnedFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int one = 1;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (!fd || ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(fd.get(), 128) != 0) {
        throw DemoError(
            fmt::format("An 127.0.0.1:{} lässt sich nicht lauschen: {}. Beenden Sie das andere Programm an "
                        "diesem Port, oder "
                        "wählen Sie einen anderen.",
                        port, std::strerror(errno)));
    }
    return fd;
}

std::uint16_t free_port() {
    static std::mt19937 random{std::random_device{}()};
    std::uniform_int_distribution<int> below(10'000, 32'767);
    for (;;) {
        const auto port = std::uint16_t(below(random));
        try {
            listen_on_loopback(port);
            return port;
        } catch (const DemoError&) {  // taken: the next one
        }
    }
}

ChildProcess::~ChildProcess() {
    if (!running()) return;
    kill();
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
}

void ChildProcess::start(const LineEmulator* line) {
    WA_ASSERT(!running());
    // Made anew each time: while the child is down its port refuses, as that of a crashed program does.
    const auto listener = listen_on_loopback(spec_.desk_port);
    const auto log = open_or_throw(spec_.log_path, O_WRONLY | O_CREAT | O_APPEND);
    const auto null = open_or_throw("/dev/null", O_RDONLY);
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) throw DemoError(fmt::format("Keine Pipe: {}.", std::strerror(errno)));
    OwnedFd failure_in(ends[0]);
    OwnedFd low(ends[1]);
    OwnedFd failure_out(::fcntl(low.get(), F_DUPFD_CLOEXEC, 10));  // out of the way of listen_fd
    low.reset();

    auto environment = child_environment();
    Launch launch;
    launch.program = spec_.argv.at(0).c_str();
    launch.argv = pointers(spec_.argv);
    launch.envp = pointers(environment);
    launch.pid_digits = environment.back().data() + std::string_view("LISTEN_PID=").size();
    launch.listener = listener.get();
    launch.log = log.get();
    launch.null = null.get();
    launch.failure = failure_out.get();
    launch.parent = ::getpid();
    launch.line = line;
    launch.end = spec_.end;
    const pid_t pid = ::fork();
    if (pid == 0) become(launch);
    if (pid < 0) {
        throw DemoError(fmt::format("{} lässt sich nicht starten: {}.", spec_.label, std::strerror(errno)));
    }
    ::setpgid(pid, pid);  // here too, so that kill() never comes before the group exists
    failure_out.reset();
    int error = 0;
    ssize_t got;
    do {
        got = ::read(failure_in.get(), &error, sizeof error);
    } while (got < 0 && errno == EINTR);
    if (got == ssize_t(sizeof error)) {
        while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
        }
        throw DemoError(fmt::format("{} lässt sich nicht starten ({}): {}.", spec_.label, spec_.argv[0],
                                    std::strerror(error)));
    }
    pid_ = pid;
    ++starts_;
    kill_at_.reset();
}

void ChildProcess::stop(std::chrono::milliseconds patience) {
    if (!running() || kill_at_) return;
    kill_at_ = Clock::now() + patience;
    ::kill(-pid_, SIGTERM);
}

void ChildProcess::kill() {
    if (running()) ::kill(-pid_, SIGKILL);
}

void ChildProcess::tick(Clock::time_point now) {
    if (kill_at_ && now >= *kill_at_) kill();
}

bool ChildProcess::reap() {
    if (!running()) return false;
    siginfo_t info{};
    if (::waitid(P_PID, id_t(pid_), &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid != pid_)
        return false;
    // Before its number is free for others: whatever it started goes with it.
    ::kill(-pid_, SIGKILL);
    ::waitid(P_PID, id_t(pid_), &info, WEXITED);
    last_end_ = end_of(info);
    pid_ = 0;
    kill_at_.reset();
    return true;
}

}  // namespace wa
