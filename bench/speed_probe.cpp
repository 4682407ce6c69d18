#include "bench/speed_probe.h"

#include <benchmark/benchmark.h>
#include <sched.h>

#include <cstdint>

#include "bench/options.h"

namespace gilbench {
namespace {

// Several chains that do not wait for each other: what shares a core is felt where a core is busy,
// not where it waits for one multiplication after the other.
double work_seconds() {
  constexpr std::uint32_t kSteps = 1'000'000;  // about one to two milliseconds
  const auto start = std::chrono::steady_clock::now();
  std::uint32_t a = 1, b = 2, c = 3, d = 4, e = 5;
  for (std::uint32_t i = 0; i < kSteps; ++i) {
    a = a * 3 + 1;
    b = (b ^ a) + 7;
    c += i ^ 5;
    d = (d << 1) ^ c;
    e = e * 5 + i;
    benchmark::DoNotOptimize(a);
    benchmark::DoNotOptimize(b);
    benchmark::DoNotOptimize(c);
    benchmark::DoNotOptimize(d);
    benchmark::DoNotOptimize(e);
  }
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void move_to(int core) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(core, &set);
  // This thread only. Where it is refused, the kernel chooses.
  sched_setaffinity(0, sizeof set, &set);
}

}  // namespace

double SpeedProbe::slowdown() {
  const std::vector<int> numbers = usable_core_numbers();
  std::vector<double> seconds(numbers.size());
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      threads.emplace_back([core = numbers[i], &result = seconds[i]] {
        move_to(core);
        // The shorter of two: a moment's interruption is not what is asked about.
        const double once = work_seconds();
        result = std::min(once, work_seconds());
      });
    }
  }
  if (seconds.empty()) return 1;
  const auto [least, most] = std::minmax_element(seconds.begin(), seconds.end());
  shortest_seconds_ = std::min(shortest_seconds_, *least);
  return *most / shortest_seconds_;
}

}  // namespace gilbench
