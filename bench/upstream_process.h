// The service that the I/O workloads talk to: started before the first row, ended with the harness.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace gilbench {

// Owns the `upstream` program as a child process. It ends when its stdin closes, and the kernel
// ends it should this process die first.
class UpstreamProcess {
 public:
  // Starts `upstream`, found beside this process's own executable, and waits until it has said its
  // ports. Throws std::runtime_error where it does not.
  explicit UpstreamProcess(int delay_ms);
  ~UpstreamProcess();
  UpstreamProcess(const UpstreamProcess&) = delete;
  UpstreamProcess& operator=(const UpstreamProcess&) = delete;

  int tcp_port() const { return tcp_port_; }
  int udp_port() const { return udp_port_; }

  // GILBENCH_UPSTREAM_PORT=… and GILBENCH_UPSTREAM_UDP_PORT=…
  std::vector<std::string> environment() const;

 private:
  void read_ports(int descriptor);
  void stop() noexcept;

  pid_t pid_ = -1;
  int stdin_ = -1;  // our end; closing it ends the service
  int tcp_port_ = 0;
  int udp_port_ = 0;
};

}  // namespace gilbench
