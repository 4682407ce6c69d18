// Dekker's pattern: of two threads that each write and then read what the other writes, one sees
// the other's. With light fences alone both see nothing in 4 to 7 % of the rounds (x86-64, two
// processors; on one they cannot).
#include "strategies/policies/locks/asymmetric_fence.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>

#include "runtime/support/line_pair.h"
#include "tests/strategies/on_threads.h"

namespace gilbench {
namespace {

// Rounds in which neither thread saw what the other wrote.
int rounds_unseen(int rounds) {
  alignas(kLinePair) std::atomic<int> light{0};
  alignas(kLinePair) std::atomic<int> heavy{0};
  alignas(kLinePair) std::atomic<int> arrived{0};
  int light_saw = 0, heavy_saw = 0, unseen = 0;
  const auto meet = [&arrived](int how_many) {
    ++arrived;
    for (int looks = 1; arrived < how_many; ++looks) {
      if (looks % 1024 == 0) std::this_thread::yield();  // there may be one processor
    }
  };
  on_threads(2, [&](int thread) {
    for (int round = 1; round <= rounds; ++round) {
      meet(4 * round - 2);
      if (thread == 0) {
        light.store(round, std::memory_order_relaxed);
        light_fence();
        light_saw = heavy.load(std::memory_order_relaxed);
      } else {
        heavy.store(round, std::memory_order_relaxed);
        heavy_fence();
        heavy_saw = light.load(std::memory_order_relaxed);
      }
      meet(4 * round);
      if (thread == 0 && light_saw < round && heavy_saw < round) ++unseen;
    }
  });
  return unseen;
}

TEST(AsymmetricFence, OneOfTwoThreadsSeesTheOther) {
  if (!enable_heavy_fence()) GTEST_SKIP() << "no membarrier(2) here";
  EXPECT_EQ(rounds_unseen(20'000), 0);
}

TEST(AsymmetricFence, AChildProcessHasItEnabled) {
  if (!enable_heavy_fence()) GTEST_SKIP() << "no membarrier(2) here";
  const pid_t child = fork();
  if (child == 0) {
    heavy_fence();  // or ends by a signal
    _exit(0);
  }
  int status = -1;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace gilbench
