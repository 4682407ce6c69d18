// How fast the machine is at the moment. A virtual machine's cores are often halves of cores whose
// other halves do somebody else's work: the same code then takes up to twice as long, for parts of
// a second or for minutes, and nothing that the kernel counts tells.
#pragma once

#include <algorithm>
#include <chrono>
#include <limits>
#include <thread>
#include <utility>
#include <vector>

#include "bench/measurement.h"
#include "runtime/engine.h"

namespace gilbench {

class SpeedProbe {
 public:
  SpeedProbe() = default;
  // `shortest_seconds`: what another probe has found, of the same machine; 0: nothing.
  explicit SpeedProbe(double shortest_seconds) {
    if (shortest_seconds > 0) shortest_seconds_ = shortest_seconds;
  }

  // The shortest that a core has needed; infinite before the first call.
  double shortest_seconds() const { return shortest_seconds_; }

  // Runs the same few milliseconds of arithmetic on every core that this process may use, on all at
  // once. The answer is the slowest core's time over the shortest that any core has needed so far:
  // 1 is as fast as the machine has been seen to be.
  double slowdown();

 private:
  double shortest_seconds_ = std::numeric_limits<double>::infinity();
};

// Up to this slowdown the machine counts as calm.
inline constexpr double kCalmSlowdown = 1.15;

struct MeasuredRun {
  RunResult result;
  Sample sample;
};

// A run by run_once(), with the greater of the slowdowns just before and just after it. With some
// patience: waits for the machine to be calm, runs, and starts over if it was not calm to the end;
// when that many seconds have gone by, what counts is the run of the calmest moment. Which run
// counts thus depends on the machine, not on what was measured. A run that failed counts at once.
template <class Slowdown, class RunOnce>
MeasuredRun run_patiently(std::chrono::duration<double> patience, Slowdown&& slowdown,
                          RunOnce&& run_once) {
  constexpr std::chrono::milliseconds kPause{50};
  const auto end = std::chrono::steady_clock::now() + patience;
  const auto may_wait = [end] {
    return std::chrono::steady_clock::now() < end && !interrupt_requested();
  };
  MeasuredRun calmest;
  calmest.sample.slowdown = std::numeric_limits<double>::infinity();
  for (;;) {
    double before = slowdown();
    while (before > kCalmSlowdown && may_wait()) {
      std::this_thread::sleep_for(kPause);
      before = slowdown();
    }
    MeasuredRun run = run_once();
    run.sample.slowdown = std::max(before, slowdown());
    if (run.result.status != RunStatus::kOk) return run;
    if (run.sample.slowdown < calmest.sample.slowdown) calmest = std::move(run);
    if (calmest.sample.slowdown <= kCalmSlowdown || !may_wait()) return calmest;
  }
}

}  // namespace gilbench
