// The contract of strategies/strategy.h, property by property, for each policy alone: no runtime,
// no objects. Run under ThreadSanitizer this is also the proof that the memory orders suffice.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include "strategies/policies/atomic_refs.h"
#include "strategies/policies/latched_refs.h"
#include "strategies/policies/no_object_locks.h"
#include "strategies/policies/object_mutex.h"
#include "strategies/policies/plain_refs.h"
#include "strategies/policies/torn_refs.h"
#include "strategies/strategy.h"
#include "tests/strategies/on_threads.h"

namespace gilbench {
namespace {

using std::chrono::milliseconds;

// Two policies that stand in one header.
template <class R, class L>
struct Pair {
  using Refs = R;
  using Locks = L;
  static_assert(RefsPolicy<R, L> && LocksPolicy<R, L>);
};

static_assert(!NoObjectLocks::kLocks && ObjectMutex::kLocks && LatchedMutex::kLocks);

// An object as the policies see it, with something in it.
template <class P>
struct Thing : HeaderParts<typename P::Refs, typename P::Locks> {
  Thing() {
    P::Refs::init(*this);
    P::Locks::init(*this);
  }
  std::array<int, 8> contents{};
};

// ---- Refs ----

template <class P>
class EveryRefs : public testing::Test {};
using AllPairs = testing::Types<Pair<PlainRefs, NoObjectLocks>, Pair<LatchedRefs, LatchedMutex>,
                                Pair<AtomicRefs, NoObjectLocks>, Pair<AtomicRefs, ObjectMutex>,
                                Pair<TornRefs, ObjectMutex>>;
TYPED_TEST_SUITE(EveryRefs, AllPairs);

TYPED_TEST(EveryRefs, ANewObjectHasOneReference) {
  using Refs = typename TypeParam::Refs;
  Thing<TypeParam> thing;
  EXPECT_TRUE(Refs::unique(thing));
  EXPECT_TRUE(Refs::release(thing));
}

TYPED_TEST(EveryRefs, OnlyTheLastReleaseIsTrue) {
  using Refs = typename TypeParam::Refs;
  Thing<TypeParam> thing;
  for (int i = 0; i < 1000; ++i) Refs::retain(thing);
  for (int i = 0; i < 1000; ++i) ASSERT_FALSE(Refs::release(thing)) << i;
  EXPECT_TRUE(Refs::release(thing));
}

TYPED_TEST(EveryRefs, UniqueMeansThatThereIsNoOtherReference) {
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

TYPED_TEST(EveryRefs, InitCountsAfreshInMemoryThatIsUsedAgain) {
  using Refs = typename TypeParam::Refs;
  Thing<TypeParam> thing;
  ASSERT_TRUE(Refs::release(thing));
  Refs::init(thing);
  EXPECT_TRUE(Refs::unique(thing));
  EXPECT_TRUE(Refs::release(thing));
}

template <class P>
class SharedRefs : public testing::Test {};
using SharedPairs = testing::Types<Pair<LatchedRefs, LatchedMutex>, Pair<AtomicRefs, ObjectMutex>>;
TYPED_TEST_SUITE(SharedRefs, SharedPairs);

TYPED_TEST(SharedRefs, ConcurrentTrafficEndsWithOneLastRelease) {
  using Refs = typename TypeParam::Refs;
  constexpr int kThreads = 4;
  for (int round = 0; round < 50; ++round) {
    Thing<TypeParam> thing;
    for (int i = 1; i < kThreads; ++i) Refs::retain(thing);  // one for each thread
    std::atomic<int> last{0};
    on_threads(kThreads, [&](int) {
      for (int i = 0; i < 1000; ++i) {
        Refs::retain(thing);
        if (Refs::release(thing)) last += 1000;  // it holds another: this is none's last
      }
      if (Refs::release(thing)) ++last;
    });
    ASSERT_EQ(last, 1) << "round " << round;
  }
}

TYPED_TEST(SharedRefs, TheLastReleaseSeesWhatAllDidToTheObject) {
  using Refs = typename TypeParam::Refs;
  constexpr int kThreads = 4;
  for (int round = 0; round < 500; ++round) {
    auto thing = std::make_unique<Thing<TypeParam>>();
    for (int i = 1; i < kThreads; ++i) Refs::retain(*thing);
    int sum = -1;
    on_threads(kThreads, [&](int i) {
      thing->contents[static_cast<std::size_t>(i)] = round + i;  // no lock: its own place
      if (!Refs::release(*thing)) return;
      sum = 0;
      for (const int value : thing->contents) sum += value;
      thing.reset();  // destroyed by the thread whose release was the last (I4)
    });
    ASSERT_EQ(sum, 4 * round + 6);
    ASSERT_EQ(thing, nullptr);
  }
}

TYPED_TEST(SharedRefs, WhoIsUniqueSeesWhatTheOthersDid) {
  using Refs = typename TypeParam::Refs;
  for (int round = 0; round < 200; ++round) {
    Thing<TypeParam> thing;
    Refs::retain(thing);
    std::thread other([&] {
      thing.contents[0] = round + 1;
      Refs::release(thing);
    });
    while (!Refs::unique(thing)) std::this_thread::yield();
    ASSERT_EQ(thing.contents[0], round + 1);
    thing.contents[0] = 0;  // changed in place, as `a += b` does with an unshared a
    other.join();
  }
}

// ---- Locks ----

template <class P>
class ObjectLocks : public testing::Test {};
TYPED_TEST_SUITE(ObjectLocks, SharedPairs);

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

// retain under a section (I3): items are counted while the container's lock is held, crosswise.
TYPED_TEST(ObjectLocks, CountingInsideASectionCannotDeadlock) {
  using Refs = typename TypeParam::Refs;
  using Locks = typename TypeParam::Locks;
  Thing<TypeParam> a, b;  // each holds the other, say
  on_threads(4, [&](int i) {
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

TEST(ParkingMutex, SaysWhetherItIsHeld) {
  ParkingMutex mutex;
  EXPECT_FALSE(mutex.held());
  mutex.lock();
  EXPECT_TRUE(mutex.held());
  mutex.unlock();
  EXPECT_FALSE(mutex.held());
}

}  // namespace
}  // namespace gilbench
