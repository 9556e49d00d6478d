// Word from the kernel that links or addresses of this machine have changed: a modem that is back, a new
// address.
#pragma once

#include <string>

namespace wa::system {

class NetworkChanges {
  public:
    /// Where the kernel refuses to tell, nothing is ever heard.
    NetworkChanges();
    ~NetworkChanges();
    NetworkChanges(const NetworkChanges&) = delete;
    NetworkChanges& operator=(const NetworkChanges&) = delete;

    /// Whether anything has changed since it was last asked. Does not wait.
    bool any();

  private:
    int socket_ = -1;
};

/// Whether this machine has the address (IPv4 or IPv6) now; also true for a text that is no address.
bool has_address(const std::string& address);

}  // namespace wa::system
