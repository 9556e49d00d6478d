// Two network namespaces with a TUN device in each, made without iproute2 and, where the kernel lets
// unprivileged users have namespaces, without root.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

#include "adapters/line_emulator/owned_fd.hpp"

namespace wa {

/// The environment lacks something the emulated line needs. what() is a sentence for people (German).
class LineError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// The two ends of the line. They live as long as these descriptors and the processes inside; all are
/// close-on-exec. The TUN descriptors are non-blocking and carry bare IP packets.
struct LineNamespaces {
    OwnedFd user;      ///< the user namespace that owns the others; none when made as root
    OwnedFd hub_net;   ///< the network of the hub, 10.77.0.1/24
    OwnedFd node_net;  ///< the network of the Koffer, 10.77.0.2/24
    OwnedFd hub_tun;
    OwnedFd node_tun;
    OwnedFd node_control;  ///< a socket of the Koffer's network, for changes of its address
};

inline constexpr const char* line_device = "line0";
inline constexpr int line_mtu = 1400;

/// Makes both; throws LineError.
LineNamespaces make_line_namespaces();

/// Gives the device of the network to which `control` belongs the address 10.77.0.<host>/24 in place of the
/// one it has. Answers 0 or errno. Calls nothing but the kernel.
int set_line_address(int control, std::uint8_t host) noexcept;

/// 10.77.0.<host> as the kernel writes it (network order).
std::uint32_t line_address(std::uint8_t host) noexcept;

}  // namespace wa
