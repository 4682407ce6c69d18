// The contract of strategies/strategy.h, property by property, for each policy alone: no runtime,
// no objects. Run under ThreadSanitizer this is also the proof that the memory orders suffice.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <thread>
#include <type_traits>
#include <vector>

#include "tests/strategies/every_policy.h"
#include "tests/strategies/on_threads.h"

namespace gilbench {
namespace {

using std::chrono::milliseconds;

template <class P>
class PolicyTest : public testing::Test {
 protected:
  RefsThread<P> thread_;
};

// ---- Refs ----

template <class P>
class EveryRefs : public PolicyTest<P> {};
TYPED_TEST_SUITE(EveryRefs, TestTypes<EveryPair>);

TYPED_TEST(EveryRefs, AHeaderOfZerosIsNoObject) {
  const std::unique_ptr<void, decltype(&std::free)> zeros(std::calloc(1, sizeof(Thing<TypeParam>)),
                                                          &std::free);
  EXPECT_TRUE(TypeParam::Refs::dead(*static_cast<Thing<TypeParam>*>(zeros.get())));
}

TYPED_TEST(EveryRefs, ANewObjectIsAlive) {
  using Refs = typename TypeParam::Refs;
  Thing<TypeParam> thing;
  EXPECT_FALSE(Refs::dead(thing));
  EXPECT_FALSE(Refs::immortal(thing));
  EXPECT_EQ(Refs::references(thing), 1);
  Refs::adopt(thing);
  EXPECT_FALSE(Refs::dead(thing));
  EXPECT_EQ(Refs::references(thing), 1);
}

TYPED_TEST(EveryRefs, TellItsReferencesWhereTheyAreCounted) {
  using Refs = typename TypeParam::Refs;
  Thing<TypeParam> thing;
  for (int i = 0; i < 4; ++i) Refs::retain(thing);
  EXPECT_FALSE(Refs::release(thing));
  EXPECT_EQ(Refs::references_now(thing), Refs::kCounts ? 4 : 0);
}

template <class P>
class CountingRefs : public PolicyTest<P> {};
TYPED_TEST_SUITE(CountingRefs, TestTypes<CountingPairs>);

TYPED_TEST(CountingRefs, ANewObjectHasOneReference) {
  using Refs = typename TypeParam::Refs;
  Thing<TypeParam> thing;
  EXPECT_TRUE(Refs::unique(thing));
  EXPECT_TRUE(Refs::release(thing));
}

TYPED_TEST(CountingRefs, OnlyTheLastReleaseIsTrue) {
  using Refs = typename TypeParam::Refs;
  Thing<TypeParam> thing;
  for (int i = 0; i < 1000; ++i) Refs::retain(thing);
  EXPECT_EQ(Refs::references(thing), 1001);
  for (int i = 0; i < 1000; ++i) ASSERT_FALSE(Refs::release(thing)) << i;
  EXPECT_FALSE(Refs::dead(thing));
  EXPECT_TRUE(Refs::release(thing));
  EXPECT_TRUE(Refs::dead(thing));
}

TYPED_TEST(CountingRefs, UniqueMeansThatThereIsNoOtherReference) {
  using Refs = typename TypeParam::Refs;
  Thing<TypeParam> thing;
  Refs::retain(thing);
  EXPECT_FALSE(Refs::unique(thing));
  Refs::retain(thing);
  EXPECT_FALSE(Refs::unique(thing));
  Refs::release(thing);
  EXPECT_FALSE(Refs::unique(thing));
  Refs::release(thing);
  EXPECT_TRUE(Refs::unique(thing));
}

TYPED_TEST(CountingRefs, InitCountsAfreshInMemoryThatIsUsedAgain) {
  using Refs = typename TypeParam::Refs;
  Thing<TypeParam> thing;
  ASSERT_TRUE(Refs::release(thing));
  Refs::init(thing);
  EXPECT_TRUE(Refs::unique(thing));
  EXPECT_TRUE(Refs::release(thing));
}

template <class P>
class ImmortalRefs : public PolicyTest<P> {};
TYPED_TEST_SUITE(ImmortalRefs, TestTypes<ImmortalPairs>);

TYPED_TEST(ImmortalRefs, WhatIsImmortalIsNotCounted) {
  using Refs = typename TypeParam::Refs;
  Thing<TypeParam> thing;
  Refs::make_immortal(thing);
  const auto use = [&] {
    for (int i = 0; i < 10; ++i) Refs::retain(thing);
    for (int i = 0; i < 20; ++i) ASSERT_FALSE(Refs::release(thing));
    EXPECT_TRUE(Refs::immortal(thing));
    EXPECT_EQ(Refs::references_now(thing), kImmortalReferences);
    EXPECT_FALSE(Refs::dead(thing));
  };
  use();
  on_threads(4, [&](int) {
    RefsThread<TypeParam> thread;
    use();
  });
}

TYPED_TEST(ImmortalRefs, WhatIsDeferredIsImmortalButNotEternal) {
  using Refs = typename TypeParam::Refs;
  if (!Refs::kDefers) GTEST_SKIP() << "nothing is deferred";
  Thing<TypeParam> thing;
  Refs::defer(thing);
  for (int i = 0; i < 20; ++i) EXPECT_FALSE(Refs::release(thing));
  on_threads(1, [&](int) {
    RefsThread<TypeParam> thread;
    Refs::retain(thing);
    for (int i = 0; i < 20; ++i) EXPECT_FALSE(Refs::release(thing));
  });
  EXPECT_TRUE(Refs::immortal(thing));
  EXPECT_FALSE(Refs::eternal(thing));
  EXPECT_FALSE(Refs::dead(thing));
  Thing<TypeParam> other;
  Refs::make_immortal(other);
  EXPECT_TRUE(Refs::eternal(other));
}

TYPED_TEST(ImmortalRefs, WhatIsUnmadeIsDeadAndItsMemoryIsUsedAgain) {
  using Refs = typename TypeParam::Refs;
  Thing<TypeParam> thing;
  Refs::make_immortal(thing);
  Refs::unmake(thing);
  EXPECT_TRUE(Refs::dead(thing));
  EXPECT_FALSE(Refs::immortal(thing));
  Refs::init(thing);
  Refs::retain(thing);
  EXPECT_FALSE(Refs::release(thing));
  EXPECT_TRUE(Refs::release(thing));
}

// What threads share: made by the test's own thread, which counts until it ends.
template <class P>
class SharedRefs : public PolicyTest<P> {};
TYPED_TEST_SUITE(SharedRefs, TestTypes<SharedPairs>);

TYPED_TEST(SharedRefs, TellTheirReferencesWhileOthersCount) {
  using Refs = typename TypeParam::Refs;
  constexpr bool kIsTorn = std::is_base_of_v<TornRefs, Refs>;
  Thing<TypeParam> thing;
  on_threads(4, [&](int) {
    RefsThread<TypeParam> thread;
    for (int i = 0; i < 1000; ++i) {
      Refs::retain(thing);
      const std::int64_t told = Refs::references_now(thing);
      if (!kIsTorn) {
        EXPECT_GE(told, 2);
      }
      EXPECT_FALSE(Refs::release(thing));
    }
  });
  if (!kIsTorn) {
    EXPECT_EQ(Refs::references_now(thing), 1);
  }
}

TYPED_TEST(SharedRefs, ConcurrentTrafficEndsWithOneEnd) {
  using Refs = typename TypeParam::Refs;
  constexpr int kThreads = 4;
  for (int round = 0; round < 50; ++round) {
    Thing<TypeParam> thing;
    for (int i = 1; i < kThreads; ++i) Refs::retain(thing);  // one for each thread
    std::atomic<int> early{0};
    on_threads(kThreads, [&](int) {
      RefsThread<TypeParam> thread;
      for (int i = 0; i < 1000; ++i) {
        Refs::retain(thing);
        if (Refs::release(thing)) ++early;  // it holds another: this is none's last
      }
      drop<TypeParam>(thing);
    });
    this->thread_.checkpoint();
    ASSERT_EQ(early, 0) << "round " << round;
    ASSERT_EQ(thing.ends, 1) << "round " << round;
    ASSERT_TRUE(Refs::dead(thing)) << "round " << round;
  }
}

TYPED_TEST(SharedRefs, WhoEndsItSeesWhatAllDidToIt) {
  using Refs = typename TypeParam::Refs;
  constexpr int kThreads = 4;
  for (int round = 0; round < 500; ++round) {
    Thing<TypeParam> thing;
    for (int i = 1; i < kThreads; ++i) Refs::retain(thing);
    on_threads(kThreads, [&](int i) {
      RefsThread<TypeParam> thread;
      thing.contents[static_cast<std::size_t>(i)] = round + i;  // no lock: its own place
      drop<TypeParam>(thing);
    });
    this->thread_.checkpoint();
    ASSERT_EQ(thing.ends, 1);
    ASSERT_EQ(thing.sum_at_end, 4 * round + 6);
  }
}

TYPED_TEST(SharedRefs, WhoIsUniqueSeesWhatTheOthersDid) {
  using Refs = typename TypeParam::Refs;
  for (int round = 0; round < 200; ++round) {
    Thing<TypeParam> thing;
    Refs::retain(thing);
    std::thread other([&] {
      RefsThread<TypeParam> thread;
      thing.contents[0] = round + 1;
      drop<TypeParam>(thing);
    });
    while (!Refs::unique(thing)) {
      this->thread_.checkpoint();
      std::this_thread::yield();
    }
    ASSERT_EQ(thing.contents[0], round + 1);
    thing.contents[0] = 0;  // changed in place, as `a += b` does with an unshared a
    other.join();
    ASSERT_EQ(thing.ends, 0);
  }
}

// The same where the other has taken its reference itself, from one that lives: no queue is
// between.
TYPED_TEST(SharedRefs, WhoIsUniqueSeesWhatABorrowerDid) {
  using Refs = typename TypeParam::Refs;
  for (int round = 0; round < 200; ++round) {
    Thing<TypeParam> thing;
    std::atomic<bool> retained{false};
    std::thread other([&] {
      RefsThread<TypeParam> thread;
      Refs::retain(thing);
      // relaxed, both: only the count may order what follows.
      retained.store(true, std::memory_order_relaxed);
      thing.contents[0] = round + 1;
      drop<TypeParam>(thing);
    });
    while (!retained.load(std::memory_order_relaxed)) std::this_thread::yield();
    while (!Refs::unique(thing)) std::this_thread::yield();
    ASSERT_EQ(thing.contents[0], round + 1);
    other.join();
  }
}

// retain under a section (I3): items are counted while the container's lock is held, crosswise.
TYPED_TEST(SharedRefs, CountingInsideASectionCannotDeadlock) {
  using Refs = typename TypeParam::Refs;
  using Locks = typename TypeParam::Locks;
  Thing<TypeParam> a, b;  // each holds the other, say
  on_threads(4, [&](int i) {
    RefsThread<TypeParam> thread;
    auto& container = i % 2 == 0 ? a : b;
    auto& item = i % 2 == 0 ? b : a;
    for (int times = 0; times < 20'000; ++times) {
      Locks::lock(container);
      Refs::retain(item);
      Locks::unlock(container);
      Refs::release(item);
    }
  });
  EXPECT_TRUE(Refs::unique(a));
  EXPECT_TRUE(Refs::unique(b));
}

// ---- Locks ----

template <class P>
class ObjectLocks : public testing::Test {};
TYPED_TEST_SUITE(ObjectLocks, TestTypes<EveryLockPair>);

TYPED_TEST(ObjectLocks, OneThreadAtATime) {
  using Locks = typename TypeParam::Locks;
  constexpr int kThreads = 4, kTimes = 100'000;
  Thing<TypeParam> thing;
  on_threads(kThreads, [&](int) {
    for (int i = 0; i < kTimes; ++i) {
      Locks::lock(thing);
      ++thing.contents[0];
      Locks::unlock(thing);
    }
  });
  EXPECT_EQ(thing.contents[0], kThreads * kTimes);
}

// The holder stays long enough for the others to stop spinning and park.
TYPED_TEST(ObjectLocks, WaitingThreadsParkAndAreAllWoken) {
  using Locks = typename TypeParam::Locks;
  constexpr int kWaiters = 4, kRounds = 10;
  Thing<TypeParam> thing;
  for (int round = 0; round < kRounds; ++round) {
    std::atomic<int> arrived{0};
    Locks::lock(thing);
    std::vector<std::thread> waiters;
    for (int i = 0; i < kWaiters; ++i) {
      waiters.emplace_back([&] {
        ++arrived;
        Locks::lock(thing);
        ++thing.contents[0];
        std::this_thread::sleep_for(milliseconds(1));  // the next one parks again
        Locks::unlock(thing);
      });
    }
    while (arrived < kWaiters) std::this_thread::yield();
    std::this_thread::sleep_for(milliseconds(5));
    EXPECT_EQ(thing.contents[0], round * kWaiters) << "someone came in while the lock was held";
    Locks::unlock(thing);
    for (std::thread& waiter : waiters) waiter.join();
    ASSERT_EQ(thing.contents[0], (round + 1) * kWaiters);
  }
}

TYPED_TEST(ObjectLocks, ObjectsAreLockedEachForItself) {
  using Locks = typename TypeParam::Locks;
  Thing<TypeParam> one, other;
  Locks::lock(one);
  std::thread([&] {
    Locks::lock(other);  // would hang if there were one lock for both
    other.contents[0] = 1;
    Locks::unlock(other);
  }).join();
  EXPECT_EQ(other.contents[0], 1);
  Locks::unlock(one);
}

}  // namespace
}  // namespace gilbench
