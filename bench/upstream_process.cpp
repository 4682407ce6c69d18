// The service says its two ports as it starts; programs find them in the environment.
#include "bench/upstream_process.h"

#include <sstream>

namespace gilbench {
UpstreamProcess::UpstreamProcess(int delay_ms)
    : process_("upstream", {"--delay-ms=" + std::to_string(delay_ms)}) {
  while (tcp_port_ == 0 || udp_port_ == 0) {
    const std::string line = process_.read_line(HelperProcess::kStartLimit);
    std::istringstream words(line);
    std::string protocol;
    int port = 0;
    words >> protocol >> port;
    if (port == 0) process_.fail("said \"" + line + "\" instead of its ports");
    (protocol == "tcp" ? tcp_port_ : udp_port_) = port;
  }
}

std::vector<std::string> UpstreamProcess::environment() const {
  return {"GILBENCH_UPSTREAM_PORT=" + std::to_string(tcp_port_),
          "GILBENCH_UPSTREAM_UDP_PORT=" + std::to_string(udp_port_)};
}

}  // namespace gilbench
