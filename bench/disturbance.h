// What others did to a run while it ran, as far as the kernel counts it.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace gilbench {

// Processor time of all that the system runs on some of its cores, in seconds, in clock ticks of
// usually 10 ms: since it was started, or between two moments.
struct CoreTimes {
  double busy = 0;   // of whoever it was
  double steal = 0;  // that a hypervisor gave to others while something here could have run

  // Out of the text of /proc/stat, for the cores of those numbers.
  static CoreTimes of(const std::string& stat, const std::vector<int>& cores);
};

struct Disturbance {
  double seconds = 0;       // that the run was watched
  double others_cores = 0;  // processor time of others on our cores, over those seconds
  double steal_cores = 0;   // time that the hypervisor took from them, likewise
  // What clock ticks may add to that or take from it by chance.
  double uncertainty_cores = 0;
};

// Watches a run from the bench, which is no part of it: what the cores were busy with, less what we
// and our children did ourselves.
class DisturbanceWatch {
 public:
  // `cores`: the system's numbers of those that our processes may use.
  explicit DisturbanceWatch(std::vector<int> cores) : cores_(std::move(cores)) {}

  // `children_seconds`: processor time so far of children who are alive, and of theirs.
  void begin(double children_seconds);
  Disturbance end(double children_seconds) const;

 private:
  struct Moment {
    std::chrono::steady_clock::time_point time;
    CoreTimes cores;
    double own_seconds = 0;
  };

  Moment now(double children_seconds) const;

  std::vector<int> cores_;
  Moment begin_;
};

// The processor time of a process that is alive and of its children that have ended; 0 where the
// system does not tell.
double processor_seconds(int pid);

}  // namespace gilbench
