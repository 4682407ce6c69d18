// The service that the I/O workloads talk to: started before the first row, ended with the harness.
#pragma once

#include <string>
#include <vector>

#include "bench/helper_process.h"

namespace gilbench {

// Owns the `upstream` program as a child process.
class UpstreamProcess {
 public:
  // Starts `upstream` and waits until it has said its ports. Throws std::runtime_error where it
  // does not.
  explicit UpstreamProcess(int delay_ms);

  int tcp_port() const { return tcp_port_; }
  int udp_port() const { return udp_port_; }

  // GILBENCH_UPSTREAM_PORT=… and GILBENCH_UPSTREAM_UDP_PORT=…
  std::vector<std::string> environment() const;

  // How it has ended; empty while it runs.
  std::string death() { return process_.death(); }

  pid_t pid() const { return process_.pid(); }

 private:
  HelperProcess process_;
  int tcp_port_ = 0;
  int udp_port_ = 0;
};

}  // namespace gilbench
