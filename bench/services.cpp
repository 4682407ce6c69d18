// The upstream service is kept from run to run and restarted if it died; a UDP client is new for
// each run.
#include "bench/services.h"

#include "bench/disturbance.h"

namespace gilbench {

std::vector<std::string> Services::prepare(const Workload& workload) {
  std::vector<std::string> environment;
  uses_upstream_ = false;
  if (workload.info.needs_upstream) {
    if (upstream_ && !upstream_->death().empty()) upstream_.reset();
    if (!upstream_) upstream_.emplace(upstream_delay_ms_);
    uses_upstream_ = true;
    environment = upstream_->environment();
  }
  udp_client_.reset();
  if (workload.info.needs_udp_client) {
    udp_client_.emplace();
    for (std::string& pair : udp_client_->environment()) environment.push_back(pair);
  }
  return environment;
}

std::string Services::death() {
  if (uses_upstream_ && upstream_) {
    if (std::string how = upstream_->death(); !how.empty()) return how;
  }
  // A client ends by itself when it has measured.
  if (udp_client_ && udp_client_->was_killed()) return udp_client_->death();
  return {};
}

Measured Services::finish(bool ended_well) {
  Measured measured;
  if (udp_client_ && ended_well) measured = udp_client_->measurements();
  udp_client_.reset();
  uses_upstream_ = false;
  return measured;
}

double Services::processor_seconds() const {
  return (upstream_ ? gilbench::processor_seconds(upstream_->pid()) : 0) +
         (udp_client_ ? gilbench::processor_seconds(udp_client_->pid()) : 0);
}

void Services::stop() {
  udp_client_.reset();
  upstream_.reset();
}

}  // namespace gilbench
