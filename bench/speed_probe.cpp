// Runs the native loop on threads that are bound to a core each and start at a barrier; measures
// from the first start to the last end.
#include "bench/speed_probe.h"

#include <sched.h>

#include <algorithm>
#include <barrier>
#include <chrono>
#include <thread>

#include "bench/native_loop.h"

namespace gilbench {
namespace {

using Clock = std::chrono::steady_clock;

void move_to(int core) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(core, &set);
  // This thread only. Where it is refused, the kernel chooses.
  sched_setaffinity(0, sizeof set, &set);
}

// From the fall of the barrier to the end of the last loop.
double seconds_on(const std::vector<int>& numbers) {
  std::vector<Clock::time_point> starts(numbers.size());
  std::vector<Clock::time_point> ends(numbers.size());
  std::barrier barrier(static_cast<std::ptrdiff_t>(numbers.size()));
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      threads.emplace_back([&, core = numbers[i], i] {
        if (core >= 0) move_to(core);
        barrier.arrive_and_wait();
        starts[i] = Clock::now();
        native_loop();
        ends[i] = Clock::now();
      });
    }
  }
  return std::chrono::duration<double>(*std::max_element(ends.begin(), ends.end()) -
                                       *std::min_element(starts.begin(), starts.end()))
      .count();
}

}  // namespace

CoreSpeed probe_cores(const std::vector<int>& numbers) {
  constexpr int kAnywhere = -1;
  CoreSpeed speed;
  speed.cores = std::max(static_cast<int>(numbers.size()), 1);
  speed.alone_seconds = seconds_on({numbers.empty() ? kAnywhere : numbers.front()});
  speed.together_seconds = speed.cores == 1 ? speed.alone_seconds : seconds_on(numbers);
  return speed;
}

}  // namespace gilbench
