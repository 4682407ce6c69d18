// The workers' clocks and the kernel's figures of memory, with threads and processes of the test's.
#include "runtime/support/worker_clocks.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <latch>
#include <thread>
#include <vector>

#include "runtime/support/process_memory.h"

namespace gilbench {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Until this thread has used so much CPU time since then, however long it waits for a core.
void burn(milliseconds time) {
  const std::int64_t until = ThreadUsage::now().cpu_ns + time.count() * 1'000'000;
  while (ThreadUsage::now().cpu_ns < until) {
  }
}

TEST(WorkerClocks, CountTheWorkersOnlyAndOnlyFromTheBarrierOn) {
  WorkerClocks clocks(2, WorkerClocks::Of::kThread);
  std::latch start(2), end(2);
  burn(milliseconds(40));  // no worker's
  std::vector<std::jthread> workers;
  for (int worker = 0; worker < 2; ++worker) {
    workers.emplace_back([&, worker] {
      burn(milliseconds(40));  // before the barrier
      clocks.arrive(worker);
      start.arrive_and_wait();
      clocks.start(worker);
      burn(milliseconds(20));
      clocks.end(worker, 7 * (worker + 1));
      clocks.compare();
      end.arrive_and_wait();
      burn(milliseconds(40));  // after its end
    });
  }
  workers.clear();
  const WorkersUsage usage = clocks.usage();
  EXPECT_GE(usage.cpu_seconds, 0.04);
  EXPECT_LT(usage.cpu_seconds, 0.06);
  ASSERT_TRUE(usage.longest_wait_seconds);
  EXPECT_DOUBLE_EQ(*usage.longest_wait_seconds, 14e-9);
}

TEST(WorkerClocks, CompareWhatEachRanUntilTheFirstEnds) {
  WorkerClocks clocks(3, WorkerClocks::Of::kThread);
  std::latch start(3), end(3), has_burnt(1), has_compared(1);
  const auto worker = [&](int number, auto work) {
    return std::jthread([&, number, work] {
      clocks.arrive(number);
      start.arrive_and_wait();
      clocks.start(number);
      work();
      clocks.end(number);
      clocks.compare();
      end.arrive_and_wait();
    });
  };
  {
    const std::jthread asleep = worker(0, [&] { has_compared.wait(); });
    const std::jthread busy = worker(1, [&] {
      burn(milliseconds(30));
      has_burnt.count_down();
      has_compared.wait();
      burn(milliseconds(30));  // too late to be compared
    });
    clocks.arrive(2);
    start.arrive_and_wait();
    clocks.start(2);
    has_burnt.wait();
    clocks.end(2);
    clocks.compare();
    has_compared.count_down();
    end.arrive_and_wait();
  }
  const WorkersUsage usage = clocks.usage();
  ASSERT_EQ(usage.running_seconds.size(), 3u);
  EXPECT_LT(usage.running_seconds[0], 0.01);
  EXPECT_GE(usage.running_seconds[1], 0.03);
  EXPECT_LT(usage.running_seconds[1], 0.05);
  EXPECT_LT(usage.running_seconds[2], 0.01);
  EXPECT_GE(usage.cpu_seconds, 0.06);
}

TEST(WorkerClocks, SleepsAreVoluntarySwitches) {
  WorkerClocks clocks(1, WorkerClocks::Of::kThread);
  clocks.arrive(0);
  std::this_thread::sleep_for(milliseconds(1));  // as if at the barrier
  clocks.start(0);
  for (int i = 0; i < 5; ++i) std::this_thread::sleep_for(milliseconds(1));
  clocks.end(0);
  clocks.compare();
  EXPECT_EQ(clocks.usage().voluntary_switches, 5);
}

TEST(WorkerClocks, OfProcessesThatWereForked) {
  WorkerClocks clocks(2, WorkerClocks::Of::kProcess);
  int start[2], rest[2];
  ASSERT_EQ(pipe(start), 0);
  ASSERT_EQ(pipe(rest), 0);
  std::vector<pid_t> children;
  for (int worker = 0; worker < 2; ++worker) {
    const pid_t child = fork();
    if (child == 0) {
      close(start[1]);
      close(rest[1]);
      char byte;
      burn(milliseconds(30));
      clocks.arrive(worker);
      if (read(start[0], &byte, 1) != 0) _exit(1);
      clocks.start(worker);
      burn(milliseconds(worker == 0 ? 20 : 60));
      clocks.end(worker);
      clocks.compare();
      _exit(read(rest[0], &byte, 1) == 0 ? 0 : 1);
    }
    children.push_back(child);
  }
  std::this_thread::sleep_for(milliseconds(200));
  close(start[1]);
  std::this_thread::sleep_for(milliseconds(200));
  close(rest[1]);
  for (const pid_t child : children) {
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
  close(start[0]);
  close(rest[0]);
  const WorkersUsage usage = clocks.usage();
  EXPECT_GE(usage.cpu_seconds, 0.08);
  EXPECT_LT(usage.cpu_seconds, 0.12);
  ASSERT_EQ(usage.running_seconds.size(), 2u);
  EXPECT_GT(usage.running_seconds[0], 0);
  EXPECT_GT(usage.running_seconds[1], 0);
  EXPECT_FALSE(usage.longest_wait_seconds);
}

// Two threads that share one core: each waits for it while the other runs.
TEST(WorkerClocks, TellHowLongWorkersWaitedForACore) {
  cpu_set_t allowed;
  ASSERT_EQ(sched_getaffinity(0, sizeof allowed, &allowed), 0);
  int core = 0;
  while (!CPU_ISSET(core, &allowed)) ++core;
  WorkerClocks clocks(2, WorkerClocks::Of::kThread);
  std::latch end(2);
  std::vector<std::jthread> workers;
  for (int worker = 0; worker < 2; ++worker) {
    workers.emplace_back([&, worker] {
      cpu_set_t one;
      CPU_ZERO(&one);
      CPU_SET(core, &one);
      EXPECT_EQ(sched_setaffinity(0, sizeof one, &one), 0);
      clocks.arrive(worker);
      clocks.start(worker);
      burn(milliseconds(60));
      clocks.end(worker);
      end.arrive_and_wait();
      clocks.leave(worker);
    });
  }
  workers.clear();
  EXPECT_GE(clocks.usage().core_wait_seconds, 0.04);
}

TEST(WorkerClocks, LeaveOutAWorkerThatHasNotEnded) {
  WorkerClocks clocks(2, WorkerClocks::Of::kThread);
  clocks.arrive(0);
  clocks.start(0);
  clocks.end(0);
  EXPECT_EQ(clocks.usage().running_seconds.size(), 1u);
}

TEST(ProcessMemory, CountsSharedPagesOnce) {
#ifdef GILBENCH_PLAIN_MALLOC
  GTEST_SKIP() << "a sanitizer writes to memory of its own after a fork";
#endif
  constexpr std::size_t kSize = std::size_t{32} << 20;
  void* memory = mmap(nullptr, kSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(memory, MAP_FAILED);
  const std::int64_t before = memory_bytes("Pss");
  ASSERT_GT(before, 0);
  std::memset(memory, 1, kSize);
  EXPECT_GE(memory_bytes("Pss") - before, static_cast<std::int64_t>(kSize * 9 / 10));
  int rest[2];
  ASSERT_EQ(pipe(rest), 0);
  const pid_t child = fork();
  if (child == 0) {
    close(rest[1]);
    char byte;
    _exit(read(rest[0], &byte, 1) == 0 ? 0 : 1);
  }
  // A child that has written nothing: the two together have each page once.
  const std::int64_t both = memory_bytes("Pss") + memory_bytes("Pss", child);
  EXPECT_LT(both - before, static_cast<std::int64_t>(kSize * 3 / 2));
  EXPECT_GT(memory_bytes("Pss", child), static_cast<std::int64_t>(kSize / 3));
  close(rest[1]);
  EXPECT_EQ(waitpid(child, nullptr, 0), child);
  close(rest[0]);
  munmap(memory, kSize);
  EXPECT_EQ(memory_bytes("NoSuchLine"), 0);
  EXPECT_EQ(memory_bytes("Pss", child), 0) << "it has gone";
}

}  // namespace
}  // namespace gilbench
