// How fast this machine is during a session, block by block, beside the best it has been seen to
// be.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "bench/measurement.h"
#include "bench/speed_probe.h"

namespace gilbench {

class MachineWatch {
 public:
  // `memory`: a file that remembers the best from one session to the next; empty: none. What cannot
  // be read there is not known.
  MachineWatch(std::vector<int> cores, std::string memory);

  // Before a block, while nothing of ours runs.
  void probe(std::mt19937& random);
  // Files what the last probe has found.
  void describe(Sample& sample) const;

  // The shortest that the probe's loop has taken on one core, in all sessions; 0: never probed.
  double best_seconds() const { return best_seconds_; }
  // Puts that into the file. What cannot be written is not remembered.
  void remember() const;

 private:
  std::vector<int> cores_;
  std::string memory_;
  double best_seconds_ = 0;
  CoreSpeed last_;
};

}  // namespace gilbench
