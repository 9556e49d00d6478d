// An emulated mobile line between two network namespaces, at the level of IP packets: what runs inside
// (any protocol, any program) meets rate, delay, loss, outages and changes of address as on a real one.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

#include "adapters/line_emulator/line_profile.hpp"
#include "adapters/line_emulator/link.hpp"
#include "adapters/line_emulator/namespaces.hpp"

namespace wa {

enum class LineEnd { hub, node };

inline constexpr const char* hub_line_address = "10.77.0.1";
inline constexpr const char* first_node_line_address = "10.77.0.2";

/// What one direction has carried so far.
struct LineDirectionState {
    LinkCounters counters;
    double utilisation = 0;          ///< share of the last second in which it was sending, 0 to 1
    std::uint64_t queued_bytes = 0;  ///< waiting before the sender
};

/// A snapshot of the line.
struct LineState {
    bool connected = true;  ///< false when it was cut, and in an interruption of its profile
    LineProfile profile;
    std::string node_address;
    LineDirectionState up;    ///< Koffer to hub
    LineDirectionState down;  ///< hub to Koffer
};

/// Holds both namespaces and moves the packets on a thread of its own. All operations may be called from any
/// thread and answer at once. On destruction, devices and namespaces vanish (once no process is inside).
class LineEmulator {
  public:
    /// `seed` decides which packets get lost. Throws LineError.
    explicit LineEmulator(LineProfile profile, std::uint64_t seed = 1);
    ~LineEmulator();
    LineEmulator(const LineEmulator&) = delete;
    LineEmulator& operator=(const LineEmulator&) = delete;

    void set_profile(const LineProfile& profile);
    /// From now on nothing arrives, not even what is under way. Nobody is told. A profile with interruptions
    /// begins anew, with the line there, when it is set and when the line is restored.
    void cut();
    void restore();
    /// Gives the Koffer the next address, as a mobile network does after an outage. Open flows die silently:
    /// no end, no reset. Answers the new address; throws LineError.
    std::string new_address();
    LineState state() const;
    /// From now on everything that arrives is also written to a new file as somebody who listens sees it
    /// (pcap, packets begin with IP). Throws LineError.
    void listen_in(const std::string& path);

    /// Moves the calling process, which must have one thread only (a freshly forked child), to that end of
    /// the line. Calls nothing but the kernel; false with errno when the kernel refuses.
    bool enter(LineEnd end) const noexcept;

  private:
    void run();
    void read_packets(int tun, Link& link, bool from_node);
    void deliver(Link& link, int tun);
    void arm_timer();
    void begin_interruptions();
    void interrupt();
    int change_address();
    void wake();

    LineNamespaces namespaces_;
    OwnedFd epoll_;
    OwnedFd timer_;
    OwnedFd wake_;
    mutable std::mutex mutex_;  // guards all below
    LineProfile profile_;
    Link up_;
    Link down_;
    std::uint8_t node_host_ = 2;
    bool cut_ = false;  // by hand; an interruption of the profile is not
    bool interrupted_ = false;
    std::uint64_t interrupt_at_us_ = 0;  // the next beginning or end of one; 0: none
    bool stop_ = false;
    OwnedFd listener_;  // the file of listen_in
    std::thread thread_;
};

}  // namespace wa
