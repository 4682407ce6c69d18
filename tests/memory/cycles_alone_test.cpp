// Collections of a world that runs no program: who collects, what is taken apart, and that nothing
// of it is lost where threads run together.
#include <atomic>
#include <thread>
#include <vector>

#include "runtime/memory/cycles.h"
#include "runtime/memory/immortal.h"
#include "stand_in.h"

GILBENCH_BEGIN
namespace {

TEST(Collection, TakesApartWhatNobodyHolds) {
  StandInWorld world;
  StandInThread thread(world);
  Ref<Node> held = make_node();
  held->refer_to(held.get());
  if (!Refs::kCounts) world.roots.push_back(held.get());
  for (int i = 0; i < 100; ++i) make_cycle(5);
  EXPECT_EQ(collect_cycles(thread), 500);
  EXPECT_EQ(collect_cycles(thread), 0);
  world.roots.clear();
  if constexpr (Refs::kCounts) {
    held = nullptr;
    EXPECT_EQ(collect_cycles(thread), 1);
  } else {
    // No root is left: the next one finds it, and the sweep after it gives it back.
    EXPECT_EQ(collect_cycles(thread), 1);
    held.take();
    free_all_objects(thread);
  }
  EXPECT_EQ(world.live_objects(), 0);
}

TEST(Collection, IsDoneByItselfWhenTheHeapHasGrown) {
  StandInWorld world;
  StandInThread thread(world);
  for (int i = 0; i < 100'000; ++i) {
    make_cycle(2);
    thread.checkpoint();
  }
  EXPECT_GE(world.collector.stats().collections, 1);
  // Twice and once kFirstLimit at most, and what has come since the last look at growth.
  if constexpr (Refs::kCounts) {
    EXPECT_LE(world.live_objects(), 3 * HeapGrowth::kFirstLimit + 128);
  }
  collect_cycles(thread);
  if constexpr (!Refs::kCounts) free_all_objects(thread);
  EXPECT_EQ(world.live_objects(), 0);
}

TEST(Collection, LeftoversGoWhenTheWorldEnds) {
  if constexpr (kCollectsCycles) {
    StandInWorld world;
    StandInThread thread(world);
    for (int i = 0; i < 10; ++i) make_cycle(3);
    collect_leftovers(thread);
    EXPECT_EQ(world.live_objects(), 0);
    EXPECT_EQ(world.collector.stats().collections, 0) << "it is not the program's work";
  }
}

// Four threads make and drop cycles at once, some of them across threads, while collections run in
// parts and over the whole. What is left in the end is nothing.
TEST(Collection, ThreadsThatRunTogetherLoseNothing) {
  StandInWorld world;
  std::atomic<int> ready{0};
  constexpr int kThreads = 4;
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
  constexpr int kRounds = 3000;
#else
  constexpr int kRounds = 20'000;
#endif
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&world, &ready] {
      StandInThread thread(world);
      ++ready;
      while (ready.load() < kThreads) {
        thread.detach();
        std::this_thread::yield();
        thread.attach();
      }
      for (int i = 0; i < kRounds; ++i) {
        make_cycle(1 + static_cast<std::size_t>(i) % 7);
        if (i % 64 == 0) make_cycle(100);
        if (i % 1000 == 999) collect_cycles(thread);
        thread.checkpoint();
        if (i % 100 == 0) {
          thread.detach();
          thread.attach();
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  StandInThread last(world);
  collect_cycles(last);
  if constexpr (!Refs::kCounts) free_all_objects(last);
  EXPECT_EQ(world.live_objects(), 0);
}

}  // namespace
GILBENCH_END
