// Probes the cores, a random one alone, and keeps the best time ever seen in a file between
// sessions.
#include "bench/machine_watch.h"

#include <algorithm>
#include <fstream>
#include <utility>

namespace gilbench {

MachineWatch::MachineWatch(std::vector<int> cores, std::string memory)
    : cores_(std::move(cores)), memory_(std::move(memory)) {
  double seconds = 0;
  if (!memory_.empty() && std::ifstream(memory_) >> seconds && seconds > 0 && seconds < 10) {
    best_seconds_ = seconds;
  }
}

void MachineWatch::probe(std::mt19937& random) {
  std::shuffle(cores_.begin(), cores_.end(), random);  // another one is alone each time
  last_ = probe_cores(cores_);
  if (best_seconds_ <= 0 || last_.alone_seconds < best_seconds_) {
    best_seconds_ = last_.alone_seconds;
  }
}

void MachineWatch::describe(Sample& sample) const {
  sample.slowdown = last_.alone_seconds / best_seconds_;
  sample.cores_gave = last_.cores_gave();
}

void MachineWatch::remember() const {
  if (memory_.empty() || best_seconds_ <= 0) return;
  std::ofstream(memory_) << best_seconds_ << '\n';
}

}  // namespace gilbench
