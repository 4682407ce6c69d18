// The contract of strategies/strategy.h, property by property, for ThreadControl and each Threads
// policy alone. What only the lock guards is plain here, so ThreadSanitizer sees every gap in it.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <barrier>
#include <chrono>
#include <mutex>
#include <thread>

#include "strategies/policies/alone.h"
#include "strategies/policies/free_threads.h"
#include "strategies/policies/global_lock_threads.h"
#include "strategies/policies/launch.h"
#include "strategies/policies/tick_lock_threads.h"
#include "strategies/strategy.h"
#include "tests/strategies/on_threads.h"

namespace gilbench {
namespace {

using std::chrono::microseconds;

static_assert(ThreadsPolicy<GlobalLockThreads> && ThreadsPolicy<TickLockThreads> &&
              ThreadsPolicy<FreeThreads> && ThreadsPolicy<Alone>);
static_assert(LaunchPolicy<ThreadLaunch> && LaunchPolicy<ProcessLaunch>);

// ---- ThreadControl ----

TEST(ThreadControl, ARequestIsTakenOnce) {
  ThreadControl control;
  EXPECT_FALSE(control.taken(kBreakDropLock));
  control.request(kBreakDropLock);
  control.request(kBreakDropLock);
  EXPECT_TRUE(control.taken(kBreakDropLock));
  EXPECT_FALSE(control.taken(kBreakDropLock));
}

TEST(ThreadControl, ReasonsDoNotTouchEachOther) {
  ThreadControl control;
  control.request(kBreakInterrupt);
  control.request(kBreakPolicy);
  EXPECT_FALSE(control.taken(kBreakDropLock));
  EXPECT_TRUE(control.taken(kBreakInterrupt));
  EXPECT_EQ(control.breaker, kBreakPolicy);
}

TEST(ThreadControl, WhoTakesARequestSeesWhatTheRequesterWrote) {
  for (int round = 0; round < 200; ++round) {
    ThreadControl control;
    int written = 0;
    std::thread requester([&] {
      written = round + 1;
      control.request(kBreakPolicy);
    });
    while (!control.taken(kBreakPolicy)) std::this_thread::yield();
    ASSERT_EQ(written, round + 1);
    requester.join();
  }
}

// ---- Threads ----

// A thread of one world, with the runtime's checkpoint.
template <class Threads>
struct Member {
  explicit Member(typename Threads::World& shared) : world(shared) {}
  void attach() { Threads::attach(world, state, control); }
  void detach() { Threads::detach(world, state, control); }
  void checkpoint() {
    if (control.breaker.load(std::memory_order_relaxed) != 0) {
      Threads::on_break(world, state, control);
    }
  }
  void instruction() { Threads::on_instruction(world, state, control); }
  typename Threads::World& world;
  typename Threads::State state{};
  ThreadControl control{};
};

template <class T>
class EveryThreads : public testing::Test {};
using AllThreads = testing::Types<GlobalLockThreads, TickLockThreads, FreeThreads, Alone>;
TYPED_TEST_SUITE(EveryThreads, AllThreads);

TYPED_TEST(EveryThreads, OneThreadComesAndGoesAtWill) {
  typename TypeParam::World world;
  TypeParam::configure(world, WorldOptions{});
  Member<TypeParam> member(world);
  for (int i = 0; i < 1000; ++i) {
    member.attach();
    member.checkpoint();
    member.detach();
  }
  EXPECT_EQ(member.control.breaker, 0u);
}

TYPED_TEST(EveryThreads, ABreakForOthersIsLeftToThem) {
  typename TypeParam::World world;
  TypeParam::configure(world, WorldOptions{});
  Member<TypeParam> member(world);
  member.attach();
  member.control.request(kBreakInterrupt);
  member.checkpoint();
  EXPECT_TRUE(member.control.taken(kBreakInterrupt));
  member.detach();
}

TYPED_TEST(EveryThreads, OneAfterTheOtherInOneWorld) {
  typename TypeParam::World world;
  TypeParam::configure(world, WorldOptions{});
  int runs = 0;
  for (int i = 0; i < 10; ++i) {
    std::thread([&] {
      Member<TypeParam> member(world);
      member.attach();
      ++runs;
      member.detach();
    }).join();
  }
  EXPECT_EQ(runs, 10);
}

#ifndef NDEBUG
TEST(AloneDeathTest, RefusesASecondThread) {
  Alone::World world;
  Member<Alone> first(world), second(world);
  first.attach();
  EXPECT_DEATH(second.attach(), "only");
}
#endif

TEST(FreeThreads, ManyAreAttachedAtOnce) {
  FreeThreads::World world;
  std::barrier all_inside(4);
  std::atomic<int> met{0};
  on_threads(4, [&](int) {
    Member<FreeThreads> member(world);
    member.attach();
    all_inside.arrive_and_wait();  // would hang if one kept the others out
    ++met;
    member.detach();
  });
  EXPECT_EQ(met, 4);
}

class GlobalLock : public testing::Test {
 protected:
  GlobalLock() { GlobalLockThreads::configure(world_, {.switch_interval = microseconds(200)}); }
  using One = Member<GlobalLockThreads>;

  // Waits until somebody has asked for the lock that `holder` holds.
  static void wait_for_request(const One& holder) {
    while (holder.control.breaker == 0) std::this_thread::yield();
  }

  GlobalLockThreads::World world_;
};

TEST_F(GlobalLock, TakesItsIntervalFromTheOptions) {
  EXPECT_EQ(world_.switch_interval, microseconds(200));
  EXPECT_EQ(GlobalLockThreads::World{}.switch_interval, microseconds(5000));
}

TEST_F(GlobalLock, NeverTwoAttachedAndNoWakeUpLost) {
  constexpr int kThreads = 8, kTimes = 5000;
  // An interval that never ends: a waiter that is not woken by whoever lets go waits for ever.
  GlobalLockThreads::configure(world_, {.switch_interval = std::chrono::hours(1)});
  int inside = 0, total = 0;  // plain: the lock is all that guards them
  bool ever_two = false;
  on_threads(kThreads, [&](int) {
    One member(world_);
    for (int i = 0; i < kTimes; ++i) {
      member.attach();
      ever_two = ever_two || inside != 0;
      ++inside;
      ++total;
      if (i % 16 == 0) std::this_thread::yield();  // let the others queue up
      --inside;
      member.detach();
    }
  });
  EXPECT_FALSE(ever_two);
  EXPECT_EQ(total, kThreads * kTimes);
}

TEST_F(GlobalLock, NeverTwoAttachedAcrossForcedSwitches) {
  constexpr int kThreads = 4, kTurns = 20;
  std::array<int, kThreads> turns{};  // plain, as above
  int running = -1;
  const auto all_had = [&] {
    for (const int count : turns) {
      if (count < kTurns) return false;
    }
    return true;
  };
  // Nobody ever detaches by itself before all have had their turns: only forced switches help.
  on_threads(kThreads, [&](int i) {
    One member(world_);
    member.attach();
    while (!all_had()) {
      if (running != i) {
        running = i;
        ++turns[static_cast<std::size_t>(i)];
      }
      member.checkpoint();
    }
    member.detach();
  });
  EXPECT_TRUE(all_had());
  EXPECT_FALSE(world_.locked);
  EXPECT_EQ(world_.waiting, 0);
}

TEST_F(GlobalLock, AHolderThatIsAskedGivesWayBeforeItGoesOn) {
  One holder(world_);
  holder.attach();
  bool other_ran = false;  // plain: written attached, read attached
  std::thread waiter([&] {
    One member(world_);
    member.attach();
    other_ran = true;
    member.detach();
  });
  wait_for_request(holder);
  EXPECT_FALSE(other_ran);
  holder.checkpoint();
  EXPECT_TRUE(other_ran);
  holder.detach();
  waiter.join();
}

TEST_F(GlobalLock, DetachLetsOthersRun) {
  One member(world_);
  member.attach();
  member.detach();  // a blocking region
  std::thread([&] {
    One other(world_);
    other.attach();
    other.detach();
  }).join();  // would hang if the lock were still held
  member.attach();
  EXPECT_EQ(world_.holder, &member.control);
  member.detach();
  EXPECT_EQ(world_.holder, nullptr);
}

TEST_F(GlobalLock, ARequestIsWithdrawnWhenTheHolderLetsGo) {
  One holder(world_);
  holder.attach();
  std::thread waiter([&] {
    One member(world_);
    member.attach();
    member.detach();
  });
  wait_for_request(holder);
  holder.detach();
  EXPECT_EQ(holder.control.breaker, 0u);
  waiter.join();
  holder.attach();
  EXPECT_EQ(holder.control.breaker, 0u) << "it would give the lock up for nobody";
  holder.detach();
}

TEST_F(GlobalLock, ABreakWithoutAnyoneWaitingDoesNotHang) {
  One member(world_);
  member.attach();
  member.control.request(kBreakDropLock);
  member.checkpoint();
  EXPECT_EQ(world_.holder, &member.control);
  EXPECT_EQ(member.control.breaker, 0u);
  member.detach();
}

TEST_F(GlobalLock, ThreadsThatBlockOftenAndOnesThatNeverDoAllGetOn) {
  constexpr int kCalls = 50;
  int calls = 0;  // plain: guarded by the lock
  on_threads(4, [&](int i) {
    One member(world_);
    member.attach();
    if (i == 0) {
      while (calls < 3 * kCalls) member.checkpoint();  // computes until the others are through
    } else {
      for (int call = 0; call < kCalls; ++call) {
        member.detach();
        std::this_thread::yield();
        member.attach();
        ++calls;
      }
    }
    member.detach();
  });
  EXPECT_EQ(calls, 3 * kCalls);
}

TEST_F(GlobalLock, WorldsDoNotWaitForEachOther) {
  GlobalLockThreads::World other_world;
  One here(world_), there(other_world);
  here.attach();
  there.attach();  // would hang if there were one lock for both
  EXPECT_TRUE(world_.locked && other_world.locked);
  there.detach();
  here.detach();
}

// ---- the lock that is let go every 100 bytecodes ----

TEST(TickLock, LetsGoAfterAHundredInstructionsAndNotBefore) {
  TickLockThreads::World world;
  Member<TickLockThreads> member(world);
  member.attach();
  // While the mutex is held from outside, the thread that wants to let go has to wait: that shows
  // when it does. (`locked` alone does not: it is taken again at once.)
  std::atomic<int> executed{0};
  std::unique_lock<std::mutex> guard(world.mutex);
  std::thread counter([&] {
    for (int i = 0; i < 250; ++i) {
      member.instruction();
      ++executed;
    }
  });
  while (executed < 99) std::this_thread::yield();
  guard.unlock();
  counter.join();
  EXPECT_EQ(executed, 250);
  EXPECT_EQ(member.state.ticks_left, 50);
  EXPECT_TRUE(world.locked);
  member.detach();
  EXPECT_FALSE(world.locked);
}

TEST(TickLock, AWaitingThreadGetsItFromOneThatNeverBlocks) {
  TickLockThreads::World world;
  Member<TickLockThreads> holder(world);
  holder.attach();
  bool other_ran = false;  // plain: written attached, read attached
  std::thread waiter([&] {
    Member<TickLockThreads> member(world);
    member.attach();
    other_ran = true;
    member.detach();
  });
  while (!other_ran) holder.instruction();
  holder.detach();
  waiter.join();
}

TEST(TickLock, NeverTwoAttachedAndNoWakeUpLost) {
  constexpr int kThreads = 8, kInstructions = 50'000;
  TickLockThreads::World world;
  int inside = 0, total = 0;  // plain: the lock is all that guards them
  bool ever_two = false;
  on_threads(kThreads, [&](int i) {
    Member<TickLockThreads> member(world);
    member.attach();
    for (int k = 0; k < kInstructions; ++k) {
      ever_two = ever_two || inside != 0;
      ++inside;
      ++total;
      --inside;
      member.instruction();
      if (k % 1000 == i) {  // a blocking region
        member.detach();
        std::this_thread::yield();
        member.attach();
      }
    }
    member.detach();
  });
  EXPECT_FALSE(ever_two);
  EXPECT_EQ(total, kThreads * kInstructions);
  EXPECT_FALSE(world.locked);
}

}  // namespace
}  // namespace gilbench
