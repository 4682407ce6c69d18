// The client whose questions one worker of a mixed workload answers: one process for each run.
#pragma once

#include <string>
#include <vector>

#include "bench/helper_process.h"
#include "bench/measurement.h"

namespace gilbench {

// Owns the `udp_client` program as a child process; what it does is told in bench/udp_client/.
class UdpClientProcess {
 public:
  // Starts `udp_client` and waits until it has said its port. Throws std::runtime_error where it
  // does not.
  UdpClientProcess();

  int port() const { return port_; }

  // GILBENCH_UDP_CLIENT_PORT=…
  std::vector<std::string> environment() const;

  // What it measured; asked for after a run that ended well. Throws
  // std::runtime_error where it measured nothing: the program never called it.
  Measured measurements();

  // As HelperProcess tells it. It ends by itself once it has measured.
  std::string death() { return process_.death(); }
  bool was_killed() { return process_.was_killed(); }

  pid_t pid() const { return process_.pid(); }

 private:
  HelperProcess process_;
  int port_ = 0;
};

}  // namespace gilbench
