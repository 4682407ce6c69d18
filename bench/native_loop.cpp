// A fixed number of steps in five registers, none of which the compiler can leave out.
#include "bench/native_loop.h"

#include <benchmark/benchmark.h>

#include <cstdint>

namespace gilbench {

// Several chains that do not wait for each other: what shares a core is felt where a core is busy,
// not where it waits for one multiplication after the other.
void native_loop() {
  constexpr std::uint32_t kSteps = 12'000'000;
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
}

}  // namespace gilbench
