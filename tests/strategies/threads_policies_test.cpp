// The contract of strategies/strategy.h, property by property, for ThreadControl and each Threads
// policy alone. What only the lock guards is plain here, so ThreadSanitizer sees every gap in it.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <barrier>
#include <chrono>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "tests/strategies/every_policy.h"
#include "tests/strategies/on_threads.h"

namespace gilbench {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

static_assert(boost::mp11::mp_all_of<Strategies, FillsContract>::value);

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
  explicit Member(typename Threads::World& shared) : world(shared) {
    control.instructions_left = Threads::kInstructionsPerCall;
  }
  void attach() { Threads::attach(world, state, control); }
  void detach() { Threads::detach(world, state, control); }
  void checkpoint() {
    if (control.breaker.load(std::memory_order_relaxed) != 0) {
      Threads::on_break(world, state, control);
    }
  }
  // As the loop counts.
  void instruction() {
    if constexpr (Threads::kInstructionsPerCall > 0) {
      if (--control.instructions_left > 0) return;
      control.instructions_left = Threads::kInstructionsPerCall;
      Threads::on_instructions(world, state, control);
    }
  }
  bool stop_world() { return Threads::stop_world(world, state, control); }
  void start_world() { Threads::start_world(world, state, control); }
  typename Threads::World& world;
  typename Threads::State state{};
  ThreadControl control{};
};

template <class World>
bool is_locked(World& world) {
  const MutexGuard guard(world.mutex);
  return world.locked;
}

template <class T>
class EveryThreads : public testing::Test {};
TYPED_TEST_SUITE(EveryThreads, TestTypes<EveryThreadsPolicy>);

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

// ---- stopping the world ----

TYPED_TEST(EveryThreads, OneThreadStopsItsWorldAtWill) {
  typename TypeParam::World world;
  TypeParam::configure(world, WorldOptions{});
  Member<TypeParam> member(world);
  member.attach();
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(member.stop_world());
    member.start_world();
    member.checkpoint();
  }
  EXPECT_EQ(member.control.breaker, 0u);
  member.detach();
}

// Threads that compute, block, come new, and stop each other.
template <class T>
class SharedWorld : public testing::Test {};
TYPED_TEST_SUITE(SharedWorld, TestTypes<SharingThreadsPolicies>);

TYPED_TEST(SharedWorld, TheStopperAloneTouchesWhatIsEverybodys) {
  constexpr std::size_t kThreads = 4;
  constexpr int kRounds = 4000;
  typename TypeParam::World world;
  TypeParam::configure(world, {.switch_interval = microseconds(100)});
  // Plain: each thread changes its own while attached, and the stopper all of them.
  std::array<int, kThreads> numbers{};
  int stops = 0;
  std::array<int, kThreads> own_rounds{};
  bool ever_moved = false;
  on_threads(kThreads, [&](int i) {
    const auto me = static_cast<std::size_t>(i);
    std::optional<Member<TypeParam>> member(world);
    member->attach();
    for (int round = 0; round < kRounds; ++round) {
      ++numbers[me];
      ++own_rounds[me];
      member->checkpoint();
      if (round % 7 == i) {  // a blocking region
        member->detach();
        member->attach();
      }
      if (round % 97 == i) {  // one thread ends, and another begins
        member->detach();
        member.emplace(world);
        member->attach();
      }
      if (round % 31 == i && member->stop_world()) {
        const int before = std::accumulate(numbers.begin(), numbers.end(), 0);
        if (stops % 8 == 0) std::this_thread::yield();  // the others are to try
        for (int& number : numbers) ++number;
        const int after = std::accumulate(numbers.begin(), numbers.end(), 0);
        ever_moved = ever_moved || after != before + static_cast<int>(kThreads);
        ++stops;
        member->start_world();
      }
    }
    member->detach();
    EXPECT_EQ(member->control.breaker & kBreakPolicy, 0u);
  });
  EXPECT_FALSE(ever_moved);
  EXPECT_GT(stops, 0);
  for (std::size_t i = 0; i < kThreads; ++i) EXPECT_EQ(numbers[i], own_rounds[i] + stops);
}

TYPED_TEST(SharedWorld, NobodyAttachesToAStoppedWorld) {
  typename TypeParam::World world;
  TypeParam::configure(world, WorldOptions{});
  Member<TypeParam> stopper(world), blocked(world);
  stopper.attach();
  stopper.detach();
  blocked.attach();
  blocked.detach();  // known to the world, in a blocking region
  stopper.attach();
  ASSERT_TRUE(stopper.stop_world());
  int attached = 0;  // plain: the stopper's while the world is stopped
  std::atomic<int> trying{0};
  std::atomic<bool> runs{false};  // the world, again
  std::mutex one_at_a_time;       // the two may meet once it does
  const auto come = [&](Member<TypeParam>& member) {
    ++trying;
    member.attach();
    EXPECT_TRUE(runs) << "whenever that was, if it was before the start it was too early";
    {
      const std::scoped_lock guard(one_at_a_time);
      ++attached;
    }
    member.detach();
  };
  std::thread known([&] { come(blocked); });
  std::thread unknown([&] {
    Member<TypeParam> member(world);
    come(member);
  });
  while (trying < 2) std::this_thread::yield();
  for (int i = 0; i < 1000; ++i) std::this_thread::yield();  // they have time to do so
  EXPECT_EQ(attached, 0);
  runs = true;
  stopper.start_world();
  stopper.detach();
  known.join();
  unknown.join();
  EXPECT_EQ(attached, 2);
}

TYPED_TEST(SharedWorld, TellsHowLongAThreadWaitedForItsTurn) {
  typename TypeParam::World world;
  TypeParam::configure(world, WorldOptions{});
  Member<TypeParam> stopper(world), late(world);
  stopper.attach();
  ASSERT_TRUE(stopper.stop_world());
  std::atomic<bool> tries{false};
  std::thread other([&] {
    tries = true;
    late.attach();
    late.detach();
  });
  while (!tries) std::this_thread::yield();
  std::this_thread::sleep_for(milliseconds(200));
  stopper.start_world();
  stopper.detach();
  other.join();
  constexpr std::int64_t kMs = 1'000'000;
  EXPECT_GE(late.control.longest_wait_ns, 100 * kMs);
  EXPECT_LT(stopper.control.longest_wait_ns, 100 * kMs);
  // Where nobody is in the way there is no wait to measure.
  late.control.longest_wait_ns = 0;
  late.attach();
  late.detach();
  EXPECT_EQ(late.control.longest_wait_ns, 0);
}

class FreeWorld : public testing::Test {
 protected:
  using One = Member<FreeThreads>;
  static void wait_until_asked(const One& member) {
    while (member.control.breaker == 0) std::this_thread::yield();
  }
  FreeThreads::World world_;
};

TEST_F(FreeWorld, WhoIsLateToStopItLearnsThatAnotherHad) {
  One first(world_), second(world_);
  second.attach();
  int written = 0;  // plain: the first thread's while the world is stopped
  std::thread winner([&] {
    first.attach();
    EXPECT_TRUE(first.stop_world());
    written = 1;
    first.start_world();
    first.detach();
  });
  wait_until_asked(second);
  EXPECT_FALSE(second.stop_world());
  EXPECT_EQ(written, 1);
  EXPECT_EQ(second.control.breaker, 0u);
  winner.join();
  EXPECT_TRUE(second.stop_world());  // now nobody else is at it
  second.start_world();
  second.detach();
}

TEST_F(FreeWorld, ABlockingRegionAnswersTheRequestToStop) {
  One stopper(world_), member(world_);
  member.attach();
  int guarded = 0;  // plain: the member's while it is attached, the stopper's while it has stopped
  std::thread thread([&] {
    stopper.attach();
    EXPECT_TRUE(stopper.stop_world());
    guarded *= 2;
    stopper.start_world();
    stopper.detach();
  });
  guarded = 21;
  wait_until_asked(member);
  member.detach();  // instead of a checkpoint
  member.attach();
  EXPECT_EQ(guarded, 42);
  EXPECT_EQ(member.control.breaker, 0u);
  member.detach();
  thread.join();
}

TEST_F(FreeWorld, AThreadMayEndWhileItsWorldIsStopped) {
  One stopper(world_);
  std::optional<One> member(world_);
  member->attach();
  member->detach();
  stopper.attach();
  ASSERT_TRUE(stopper.stop_world());
  member.reset();
  stopper.start_world();
  ASSERT_TRUE(stopper.stop_world());
  stopper.start_world();
  stopper.detach();
}

TEST_F(FreeWorld, AThreadThatIsNotAskedIsNotStopped) {
  One member(world_);
  member.attach();
  member.control.request(kBreakPolicy);  // nobody stops the world
  member.checkpoint();                   // would hang
  member.detach();
}

// How often each thread has been asked to work. Sometimes it takes so long that the stopper sleeps.
std::mutex worked_mutex;
std::map<const ThreadControl*, int> worked;
int works = 0;
void work(ThreadControl& control) noexcept {
  bool slow;
  {
    const std::scoped_lock guard(worked_mutex);
    ++worked[&control];
    slow = ++works % 16 == 0;
  }
  if (slow) std::this_thread::sleep_for(milliseconds(2));
}

TEST_F(FreeWorld, ThoseThatWaitAtACheckpointShareInTheWork) {
  worked.clear();
  constexpr int kStops = 40;
  One stopper(world_), blocked(world_);
  blocked.attach();
  blocked.detach();  // known to the world, in a blocking region
  std::atomic<bool> over{false};
  std::array<std::atomic<int>, 3> passed{};  // checkpoints
  std::map<const ThreadControl*, int> expected;
  std::vector<std::thread> threads;
  std::vector<std::unique_ptr<One>> members;
  for (std::atomic<int>& times : passed) {
    members.push_back(std::make_unique<One>(world_));
    expected[&members.back()->control] = 2 * kStops;
    threads.emplace_back([&, member = members.back().get()] {
      member->attach();
      while (!over) {
        member->checkpoint();
        ++times;
      }
      member->detach();
    });
  }
  const auto wait_until_all_run = [&passed] {
    for (std::atomic<int>& times : passed) {
      const int before = times;
      while (times < before + 2) std::this_thread::yield();
    }
  };
  stopper.attach();
  expected[&stopper.control] = 2 * kStops;
  for (int stop = 0; stop < kStops; ++stop) {
    wait_until_all_run();
    ASSERT_TRUE(stopper.stop_world());
    std::thread late;
    if (stop % 8 == 1) {  // waits for the start, and is none of those who share
      late = std::thread([&] {
        blocked.attach();
        blocked.detach();
      });
    }
    for (int round = 0; round < 2; ++round) {
      if (stop % 8 < 2) std::this_thread::sleep_for(milliseconds(2));  // they fall asleep
      EXPECT_TRUE(FreeThreads::work_on_stopped(world_, stopper.state, stopper.control, work));
    }
    stopper.start_world();
    if (late.joinable()) late.join();
  }
  over = true;
  stopper.detach();
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(worked, expected);
}

TEST_F(FreeWorld, WhereNobodyWaitsAtACheckpointNobodyWorks) {
  worked.clear();
  One stopper(world_), blocked(world_);
  blocked.attach();
  blocked.detach();
  stopper.attach();
  ASSERT_TRUE(stopper.stop_world());
  EXPECT_FALSE(FreeThreads::work_on_stopped(world_, stopper.state, stopper.control, work));
  stopper.start_world();
  stopper.detach();
  EXPECT_TRUE(worked.empty());
}

// Asked to stop, a thread detaches and is blocked for as long as it likes: it shares in no work,
// and nobody waits for it.
TEST_F(FreeWorld, WhoIsBlockedWhenItStopsSharesInNoWork) {
  worked.clear();
  One stopper(world_), member(world_);
  std::mutex mutex;
  std::condition_variable changed;
  bool attached = false, worked_without_it = false, was_in_time = false;
  std::thread thread([&] {
    member.attach();
    {
      const std::scoped_lock guard(mutex);
      attached = true;
    }
    changed.notify_one();
    wait_until_asked(member);
    member.detach();
    {
      std::unique_lock guard(mutex);
      was_in_time =
          changed.wait_for(guard, std::chrono::seconds(10), [&] { return worked_without_it; });
    }
    member.attach();
    member.detach();
  });
  {
    std::unique_lock guard(mutex);
    changed.wait(guard, [&] { return attached; });
  }
  stopper.attach();
  ASSERT_TRUE(stopper.stop_world());
  EXPECT_FALSE(FreeThreads::work_on_stopped(world_, stopper.state, stopper.control, work));
  {
    const std::scoped_lock guard(mutex);
    worked_without_it = true;
  }
  changed.notify_one();
  stopper.start_world();
  stopper.detach();
  thread.join();
  EXPECT_TRUE(was_in_time);
  EXPECT_TRUE(worked.empty());
}

#ifndef NDEBUG
TEST(AloneDeathTest, RefusesASecondThread) {
  Alone::World world;
  Member<Alone> first(world), second(world);
  first.attach();
  EXPECT_DEATH(second.attach(), "only");
}

TEST(EventLoopDeathTest, RefusesATurnWhileAnotherHasIt) {
  EventLoopThreads::World world;
  Member<EventLoopThreads> first(world), second(world);
  first.attach();
  EXPECT_DEATH(second.attach(), "attached");
}
#endif

TEST(EventLoop, TasksTakeTurnsWhereTheyWait) {
  EventLoopThreads::World world;
  TaskLoop& loop = EventLoopThreads::loop(world);
  std::string turns;
  for (const char name : {'a', 'b'}) {
    loop.spawn(std::size_t{1} << 20, [&, name] {
      Member<EventLoopThreads> member(world);
      member.attach();
      for (int i = 0; i < 3; ++i) {
        turns += name;
        member.checkpoint();  // takes no turn away
        turns += name;
        member.detach();
        loop.sleep_until(std::chrono::steady_clock::now() + std::chrono::milliseconds(5));
        member.attach();
      }
      member.detach();
    });
  }
  loop.run();
  EXPECT_EQ(turns, "aabbaabbaabb");
  EXPECT_EQ(world.attached, nullptr);
}

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

  ThreadControl* holder() {
    const MutexGuard guard(world_.mutex);
    return world_.holder;
  }
  int waiting() {
    const MutexGuard guard(world_.mutex);
    return world_.waiting;
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
  EXPECT_FALSE(is_locked(world_));
  EXPECT_EQ(waiting(), 0);
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
  EXPECT_EQ(holder(), &member.control);
  member.detach();
  EXPECT_EQ(holder(), nullptr);
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
  EXPECT_EQ(holder(), &member.control);
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
  EXPECT_TRUE(is_locked(world_) && is_locked(other_world));
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
  MutexGuard guard(world.mutex);
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
  EXPECT_EQ(member.control.instructions_left, 50);
  EXPECT_TRUE(is_locked(world));
  member.detach();
  EXPECT_FALSE(is_locked(world));
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
  EXPECT_FALSE(is_locked(world));
}

}  // namespace
}  // namespace gilbench
