// In a file of its own: the kernel's tcp_info tells more than the C library's, and both cannot be included.
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <optional>

#include "adapters/http/line_socket.hpp"

namespace wa::http {

std::optional<LineMeasure> measure_line(int fd) {
    tcp_info info{};
    socklen_t size = sizeof info;
    if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return std::nullopt;
    const bool by_line = info.tcpi_delivery_rate_app_limited == 0;
    return LineMeasure{info.tcpi_rtt / 1000, info.tcpi_segs_out, info.tcpi_total_retrans,
                       by_line ? std::int64_t(info.tcpi_delivery_rate) : 0, info.tcpi_notsent_bytes};
}

}  // namespace wa::http
