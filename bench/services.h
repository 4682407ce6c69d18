// The programs that a workload talks to, beside the engine: the parent's, so that no engine's end
// is theirs and no program has their descriptors.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/udp_client_process.h"
#include "bench/upstream_process.h"
#include "bench/workload_set.h"

namespace gilbench {

// One upstream for as long as it lives; a UDP client for each run. A service that has died is
// started again for the next run. Everything here may throw std::runtime_error.
class Services {
 public:
  explicit Services(int upstream_delay_ms) : upstream_delay_ms_(upstream_delay_ms) {}

  // Before the first run, so that a service that cannot be started is told of at once.
  void start_upstream() { upstream_.emplace(upstream_delay_ms_); }

  // Starts what a run of the workload needs; NAME=VALUE pairs for its environment.
  std::vector<std::string> prepare(const Workload& workload);

  // Which of the services that were prepared has died, and of what; empty: none.
  std::string death();

  // After the run. What they measured, where it ended well.
  Measured finish(bool ended_well);

  // Processor time so far of those that are alive.
  double processor_seconds() const;

  void stop();

 private:
  int upstream_delay_ms_;
  std::optional<UpstreamProcess> upstream_;
  std::optional<UdpClientProcess> udp_client_;
  bool uses_upstream_ = false;  // the run that was prepared last
};

}  // namespace gilbench
