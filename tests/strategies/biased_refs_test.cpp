// The steps of biased counting, one by one: which word is moved by whom, and what it is then. What
// interleavings make of them is in refs_stress_test.cpp and, exhaustively, in tests/models/.
#include "strategies/policies/refs/biased_refs.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <memory>
#include <new>
#include <thread>
#include <utility>
#include <vector>

#include "tests/strategies/every_policy.h"

namespace gilbench {
namespace {

template <class P>
struct IsBiased : std::false_type {};
template <bool defers, bool reads_dead, class L>
struct IsBiased<Pair<BiasedRefs<defers, reads_dead>, L>> : std::true_type {};
// Here references are gained one by one; credits have tests of their own, below.
using BiasedPairs = boost::mp11::mp_push_back<boost::mp11::mp_copy_if<EveryPair, IsBiased>,
                                              Pair<BiasedRefs<true, true>, ObjectMutex>>;
static_assert(boost::mp11::mp_size<BiasedPairs>::value == 3);

// The flags of Count::shared.
constexpr int kUnshared = 0, kShareable = 1, kQueued = 2, kMerged = 3;
int flags(const auto& thing) { return thing.count.shared & 3; }
int others(const auto& thing) { return thing.count.shared >> 2; }

// The test's own thread makes the objects and owns them; `elsewhere` is any other.
template <class P>
class Biased : public testing::Test {
 public:
  template <class Body>
  static void elsewhere(const Body& body) {
    std::thread([&] {
      RefsThread<P> thread;
      body();
    }).join();
  }

 protected:
  // An object that has no owner any more.
  static std::unique_ptr<Thing<P>> made_by_a_dead_thread() {
    std::unique_ptr<Thing<P>> thing;
    elsewhere([&] { thing = std::make_unique<Thing<P>>(); });
    return thing;
  }
  RefsThread<P> owner_;
  Thing<P> thing_;
};
TYPED_TEST_SUITE(Biased, TestTypes<BiasedPairs>);

// ---- who counts where ----

TYPED_TEST(Biased, TheOwnerCountsInItsHalfAndTheOthersInTheShared) {
  using Refs = typename TypeParam::Refs;
  auto& thing = this->thing_;
  Refs::retain(thing);
  EXPECT_EQ(others(thing), 0);
  this->elsewhere([&] {
    Refs::retain(thing);
    Refs::retain(thing);
  });
  EXPECT_EQ(others(thing), 2);
  EXPECT_EQ(Refs::references(thing), 4);
  EXPECT_EQ(flags(thing), kUnshared);
  EXPECT_FALSE(Refs::release(thing));
  EXPECT_FALSE(Refs::unique(thing)) << "others have two";
  EXPECT_EQ(others(thing), 2);
  EXPECT_EQ(Refs::references(thing), 3);
}

TYPED_TEST(Biased, TheAttachedThreadIsTheOwnerOfWhatItMakes) {
  using Refs = typename TypeParam::Refs;
  RefsThread<TypeParam> second;  // on the same OS thread, and attached as it starts
  Thing<TypeParam> seconds;
  Refs::retain(this->thing_);
  EXPECT_EQ(others(this->thing_), 1);
  this->owner_.attach();
  Refs::retain(seconds);
  EXPECT_EQ(others(seconds), 1);
  Refs::retain(this->thing_);
  EXPECT_EQ(others(this->thing_), 1);
}

TYPED_TEST(Biased, TheOwnersLastReleaseMergesWhereOthersStillCount) {
  using Refs = typename TypeParam::Refs;
  auto& thing = this->thing_;
  this->elsewhere([&] { Refs::retain(thing); });
  EXPECT_FALSE(Refs::release(thing));
  EXPECT_EQ(flags(thing), kMerged);
  EXPECT_TRUE(Refs::unique(thing));
  this->elsewhere([&] {
    Refs::retain(thing);
    EXPECT_FALSE(Refs::unique(thing));
    EXPECT_FALSE(Refs::release(thing));
    EXPECT_TRUE(Refs::unique(thing));
    EXPECT_TRUE(Refs::release(thing));
  });
  EXPECT_TRUE(Refs::dead(thing));
}

// ---- the queue ----

TYPED_TEST(Biased, AReferenceThatIsDroppedElsewhereIsMergedOnceByTheOwner) {
  using Refs = typename TypeParam::Refs;
  auto& thing = this->thing_;
  this->elsewhere([&] { EXPECT_FALSE(Refs::release(thing)); });  // the only one, handed over
  EXPECT_EQ(flags(thing), kQueued);
  EXPECT_EQ(Refs::references(thing), 1) << "the queue's";
  EXPECT_FALSE(Refs::dead(thing));
  EXPECT_TRUE(this->owner_.asked());
  this->owner_.checkpoint();
  EXPECT_EQ(thing.ends, 1);
  EXPECT_TRUE(Refs::dead(thing));
  EXPECT_FALSE(this->owner_.asked());
  this->owner_.checkpoint();
  EXPECT_EQ(thing.ends, 1);
}

TYPED_TEST(Biased, WhatIsMergedFromTheQueueIsCountedDownByAnybody) {
  using Refs = typename TypeParam::Refs;
  auto& thing = this->thing_;
  Refs::retain(thing);
  Refs::retain(thing);
  this->elsewhere([&] { EXPECT_FALSE(Refs::release(thing)); });
  EXPECT_FALSE(Refs::unique(thing));
  this->owner_.checkpoint();
  EXPECT_EQ(flags(thing), kMerged);
  EXPECT_EQ(Refs::references(thing), 2);
  EXPECT_EQ(thing.ends, 0);
  EXPECT_FALSE(Refs::release(thing));
  EXPECT_TRUE(Refs::unique(thing));
  this->elsewhere([&] { EXPECT_TRUE(Refs::release(thing)); });
}

TYPED_TEST(Biased, AnObjectIsQueuedOnceAndThenCountedByTheOthers) {
  using Refs = typename TypeParam::Refs;
  auto& thing = this->thing_;
  Refs::retain(thing);
  Refs::retain(thing);
  this->elsewhere([&] {
    for (int i = 0; i < 3; ++i) EXPECT_FALSE(Refs::release(thing)) << i;
  });
  EXPECT_EQ(flags(thing), kQueued);
  EXPECT_EQ(Refs::references(thing), 1);
  this->owner_.checkpoint();
  EXPECT_EQ(thing.ends, 1);
}

TYPED_TEST(Biased, TheOwnerMayMergeBeforeItsQueueIsDrained) {
  using Refs = typename TypeParam::Refs;
  auto& thing = this->thing_;
  Refs::retain(thing);
  this->elsewhere([&] {
    EXPECT_FALSE(Refs::release(thing));  // queued
    Refs::retain(thing);                 // a second for the owner, from its first
  });
  EXPECT_FALSE(Refs::release(thing));
  EXPECT_FALSE(Refs::release(thing)) << "the queue has a reference (B4)";
  EXPECT_EQ(flags(thing), kMerged);
  EXPECT_EQ(Refs::references(thing), 1);
  this->owner_.checkpoint();
  EXPECT_EQ(thing.ends, 1);
}

TYPED_TEST(Biased, ACheckpointDrainsAllThatWasQueued) {
  using Refs = typename TypeParam::Refs;
  std::array<Thing<TypeParam>, 10> things;
  this->elsewhere([&] {
    for (auto& thing : things) EXPECT_FALSE(Refs::release(thing));
  });
  this->owner_.checkpoint();
  for (auto& thing : things) EXPECT_EQ(thing.ends, 1);
}

// ---- the owner's death ----

TYPED_TEST(Biased, WhoEndsDrainsItsQueue) {
  using Refs = typename TypeParam::Refs;
  std::unique_ptr<Thing<TypeParam>> thing;
  this->elsewhere([&] {
    thing = std::make_unique<Thing<TypeParam>>();
    this->elsewhere([&] { EXPECT_FALSE(Refs::release(*thing)); });
    EXPECT_EQ(thing->ends, 0);
  });
  EXPECT_EQ(thing->ends, 1);
}

TYPED_TEST(Biased, WhoDropsADeadThreadsObjectMergesIt) {
  using Refs = typename TypeParam::Refs;
  const auto thing = this->made_by_a_dead_thread();
  EXPECT_FALSE(Refs::dead(*thing));
  Refs::retain(*thing);
  Refs::retain(*thing);
  Refs::release(*thing);
  EXPECT_EQ(flags(*thing), kUnshared) << "still 1 counted here: nothing to merge";
  EXPECT_FALSE(Refs::release(*thing));
  EXPECT_EQ(flags(*thing), kUnshared);
  EXPECT_TRUE(Refs::release(*thing)) << "the dead thread's reference";
  EXPECT_TRUE(Refs::dead(*thing));
}

TYPED_TEST(Biased, ADeadThreadsReferencesAreAddedToTheOthers) {
  using Refs = typename TypeParam::Refs;
  std::unique_ptr<Thing<TypeParam>> thing;
  this->elsewhere([&] {
    thing = std::make_unique<Thing<TypeParam>>();
    Refs::retain(*thing);
    Refs::retain(*thing);
  });
  EXPECT_FALSE(Refs::release(*thing));
  EXPECT_EQ(flags(*thing), kMerged);
  EXPECT_EQ(others(*thing), 2);
  this->elsewhere([&] { EXPECT_FALSE(Refs::release(*thing)); });
  EXPECT_TRUE(Refs::release(*thing));
}

// ---- an owner that is away ----

TYPED_TEST(Biased, WhoDropsTheLastReferenceOfAnOwnerThatIsAwayEndsTheObject) {
  using Refs = typename TypeParam::Refs;
  auto& thing = this->thing_;
  Refs::share(thing);
  thing.contents[0] = 7;
  this->owner_.detach();
  this->elsewhere([&] {
    EXPECT_TRUE(Refs::release(thing)) << "there and then";
    thing.end();
  });
  EXPECT_TRUE(Refs::dead(thing));
  EXPECT_EQ(thing.sum_at_end, 7);
  this->owner_.attach();
  EXPECT_FALSE(this->owner_.asked());
  EXPECT_FALSE(Refs::try_retain(thing));
}

TYPED_TEST(Biased, WhatIsMergedForAnOwnerThatIsAwayIsCountedDownByAnybody) {
  using Refs = typename TypeParam::Refs;
  auto& thing = this->thing_;
  Refs::retain(thing);
  Refs::retain(thing);
  this->owner_.detach();
  this->elsewhere([&] {
    EXPECT_FALSE(Refs::release(thing));
    EXPECT_EQ(flags(thing), kMerged);
    EXPECT_EQ(Refs::references(thing), 2);
  });
  this->owner_.attach();
  EXPECT_FALSE(Refs::release(thing));
  EXPECT_TRUE(Refs::unique(thing));
  EXPECT_TRUE(Refs::release(thing));
}

TYPED_TEST(Biased, WhoGoesAwayMergesWhatWasQueued) {
  using Refs = typename TypeParam::Refs;
  auto& thing = this->thing_;
  this->elsewhere([&] { EXPECT_FALSE(Refs::release(thing)); });
  EXPECT_EQ(thing.ends, 0);
  this->owner_.detach();
  EXPECT_EQ(thing.ends, 1);
  this->owner_.attach();
}

TYPED_TEST(Biased, WhoIsBackIsAskedAgain) {
  using Refs = typename TypeParam::Refs;
  this->owner_.detach();
  this->owner_.attach();
  this->elsewhere([&] { EXPECT_FALSE(Refs::release(this->thing_)); });
  EXPECT_TRUE(this->owner_.asked());
  this->owner_.checkpoint();
  EXPECT_EQ(this->thing_.ends, 1);
}

TYPED_TEST(Biased, WhoHasMergedByItselfAndIsAwayLeavesTheRestToOthers) {
  using Refs = typename TypeParam::Refs;
  auto& thing = this->thing_;
  this->elsewhere([&] { Refs::retain(thing); });
  EXPECT_FALSE(Refs::release(thing));
  ASSERT_EQ(flags(thing), kMerged);
  this->owner_.detach();
  this->elsewhere([&] { EXPECT_TRUE(Refs::release(thing)); });
  this->owner_.attach();
}

// What is destroyed in its queue may leave it more to do, as the death of a list does.
TYPED_TEST(Biased, WhoGoesAwayLeavesNothingInItsQueue) {
  struct Nested : Thing<TypeParam> {
    void end() {
      ++this->ends;
      // By another thread, while this one is about to go.
      if (inner != nullptr) std::thread([this] { drop_elsewhere(); }).join();
    }
    void drop_elsewhere() {
      RefsThread<TypeParam, Nested> thread;
      EXPECT_FALSE(TypeParam::Refs::release(*inner));
    }
    Nested* inner = nullptr;
  };
  RefsThread<TypeParam, Nested> owner;
  Nested outer, inner;
  outer.inner = &inner;
  std::thread([&] {
    RefsThread<TypeParam, Nested> thread;
    EXPECT_FALSE(TypeParam::Refs::release(outer));
  }).join();
  owner.detach();
  EXPECT_EQ(outer.ends, 1);
  EXPECT_EQ(inner.ends, 1);
}

TEST(BiasedOwners, WhoComesBackWaitsForWhoMergesInItsPlace) {
  ThreadControl control;
  BiasedOwners::Owner owner;
  BiasedOwners::open(owner, control);
  std::atomic<bool> is_back{false};
  bool early = false, merged = false;
  std::thread thread;
  EXPECT_TRUE(BiasedOwners::merge_by_owner(owner.id, &control, [&] {
    thread = std::thread([&] {
      BiasedOwners::come_back(owner);
      is_back = true;
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    early = is_back;
    return merged = true;
  }));
  thread.join();
  EXPECT_FALSE(early);
  EXPECT_TRUE(merged);
  const auto never = [] { return ADD_FAILURE(), true; };
  EXPECT_FALSE(BiasedOwners::merge_by_owner(owner.id, &control, never)) << "it is here";
  EXPECT_FALSE(BiasedOwners::go_away(owner)) << "there is something in its queue";
  EXPECT_FALSE(BiasedOwners::close_if_empty(owner));
  std::vector<void*> queued;
  BiasedOwners::take_queue(owner).take_all([&](void* object) { queued.push_back(object); });
  EXPECT_EQ(queued, std::vector<void*>{&control});
  EXPECT_TRUE(BiasedOwners::go_away(owner));
  EXPECT_TRUE(BiasedOwners::close_if_empty(owner));
}

TEST(ObjectQueue, KeepsWhatCameInItsOrder) {
  ObjectQueue queue;
  std::vector<int> numbers(1000), taken;
  for (int& number : numbers) {
    number = static_cast<int>(&number - numbers.data());
    EXPECT_TRUE(queue.push(&number));
  }
  ObjectQueue moved = std::move(queue);
  EXPECT_FALSE(moved.empty());
  moved.take_all([&](void* number) { taken.push_back(*static_cast<int*>(number)); });
  EXPECT_EQ(taken, numbers);
  EXPECT_TRUE(moved.empty());
}

#if !defined(__SANITIZE_THREAD__) && !defined(__SANITIZE_ADDRESS__)  // which need memory themselves
// In a process that gets no memory any more. What it exits with: what has gone wrong.
int exit_status_of_a_queue_without_memory() {
  const rlimit none{0, 0};
  if (setrlimit(RLIMIT_AS, &none) != 0) return 1;
  for (std::size_t size = std::size_t{1} << 20; size >= 512; size /= 2) {
    while (std::malloc(size) != nullptr) {
    }
  }
  ObjectQueue queue;
  for (int times = 0; times < 3; ++times) {  // what was taken from the reserve goes back there
    std::size_t pushed = 0, taken = 0, pushed_sum = 0, taken_sum = 0;
    for (char* object = nullptr; queue.push(object); ++object) {
      ++pushed;
      pushed_sum += reinterpret_cast<std::uintptr_t>(object);
      if (pushed > 1'000'000) return 2;
    }
    queue.take_all([&](void* object) {
      ++taken;
      taken_sum += reinterpret_cast<std::uintptr_t>(object);
    });
    if (pushed < 16'000) return 3;
    if (taken != pushed || taken_sum != pushed_sum || !queue.empty()) return 4;
  }
  return 0;
}

// In a process that is started anew: earlier tests' threads leave memory behind that the C library
// finds now and then.
TEST(ObjectQueueDeathTest, HasAReserveForWhenThereIsNoMemory) {
  testing::FLAGS_gtest_death_test_style = "threadsafe";
  EXPECT_EXIT(_exit(exit_status_of_a_queue_without_memory()), testing::ExitedWithCode(0), "");
}
#endif

// ---- counts that come near their ends; set by hand, for references take 8 bytes each ----

void set_local(auto& thing, std::uint32_t local) { thing.count.owned = biased_thread_tag | local; }
void set_others(auto& thing, std::int32_t count) {
  thing.count.shared = count * 4 + (thing.count.shared & 3);
}

// It is immortal for whoever counts it, and goes on being so.
template <class Test, class P>
void expect_immortal(Thing<P>& thing) {
  using Refs = typename P::Refs;
  const auto use = [&thing] {
    for (int i = 0; i < 1000; ++i) EXPECT_FALSE(Refs::release(thing));
    for (int i = 0; i < 2000; ++i) Refs::retain(thing);
    for (int i = 0; i < 3000; ++i) EXPECT_FALSE(Refs::release(thing));
    EXPECT_TRUE(Refs::try_retain(thing));
    EXPECT_FALSE(Refs::unique(thing));
    EXPECT_FALSE(Refs::dead(thing));
    EXPECT_EQ(Refs::references_now(thing), kImmortalReferences);
    EXPECT_GE(Refs::references(thing), std::int64_t{1} << 28);
  };
  use();
  Test::elsewhere(use);
  EXPECT_EQ(thing.ends, 0);
}

TYPED_TEST(Biased, AMergeWhoseSumIsTooLargeMakesImmortal) {
  using Refs = typename TypeParam::Refs;
  for (const std::uint32_t local : {std::uint32_t{Refs::kMost} + 1, std::uint32_t{1} << 29,
                                    std::uint32_t{1} << 30, (std::uint32_t{1} << 31) - 3}) {
    Thing<TypeParam> thing;
    set_local(thing, local);
    this->elsewhere([&] { EXPECT_FALSE(Refs::release(thing)); });
    EXPECT_FALSE(Refs::immortal(thing));
    this->owner_.checkpoint();
    EXPECT_TRUE(Refs::immortal(thing)) << local;
    EXPECT_FALSE(Refs::eternal(thing)) << local;
    expect_immortal<Biased<TypeParam>>(thing);
  }
}

TYPED_TEST(Biased, AMergeInTheOwnersPlaceMakesImmortalAsWell) {
  using Refs = typename TypeParam::Refs;
  auto& thing = this->thing_;
  set_local(thing, std::uint32_t{1} << 29);
  this->owner_.detach();
  this->elsewhere([&] { EXPECT_FALSE(Refs::release(thing)); });
  this->owner_.attach();
  EXPECT_TRUE(Refs::immortal(thing));
  expect_immortal<Biased<TypeParam>>(thing);
}

TYPED_TEST(Biased, AMergeWhoseSumCanBeCountedIsCounted) {
  using Refs = typename TypeParam::Refs;
  auto& thing = this->thing_;
  set_local(thing, std::uint32_t{Refs::kMost});
  this->elsewhere([&] { EXPECT_FALSE(Refs::release(thing)); });
  this->owner_.checkpoint();
  EXPECT_FALSE(Refs::immortal(thing));
  EXPECT_EQ(flags(thing), kMerged);
  EXPECT_EQ(Refs::references(thing), Refs::kMost - 1);
  EXPECT_EQ(Refs::references_now(thing), Refs::kMost - 1);
  EXPECT_FALSE(Refs::release(thing));
  EXPECT_EQ(Refs::references(thing), Refs::kMost - 2);
}

TYPED_TEST(Biased, OthersAloneCountNoFurther) {
  using Refs = typename TypeParam::Refs;
  auto& thing = this->thing_;
  set_others(thing, Refs::kMost - 5);
  this->elsewhere([&] {
    for (int i = 0; i < 100; ++i) Refs::retain(thing);
    EXPECT_EQ(others(thing), Refs::kMost);
    for (int i = 0; i < 10; ++i) EXPECT_TRUE(Refs::try_retain(thing));
    for (int i = 0; i < 1000; ++i) EXPECT_FALSE(Refs::release(thing));
    EXPECT_EQ(others(thing), Refs::kMost) << "nobody knows any more how many there are";
  });
  EXPECT_FALSE(Refs::immortal(thing)) << "its owner counts on";
  EXPECT_EQ(Refs::references_now(thing), kImmortalReferences);
  EXPECT_FALSE(Refs::release(thing));
  EXPECT_TRUE(Refs::immortal(thing));
  expect_immortal<Biased<TypeParam>>(thing);
}

TYPED_TEST(Biased, WhatIsMergedCountsNoFurther) {
  using Refs = typename TypeParam::Refs;
  auto& thing = this->thing_;
  this->elsewhere([&] { Refs::retain(thing); });
  EXPECT_FALSE(Refs::release(thing));
  ASSERT_EQ(flags(thing), kMerged);
  set_others(thing, Refs::kMost - 1);
  Refs::retain(thing);
  Refs::retain(thing);
  expect_immortal<Biased<TypeParam>>(thing);
  EXPECT_EQ(others(thing), Refs::kMost);
}

TYPED_TEST(Biased, OthersCountDownNoFurther) {
  using Refs = typename TypeParam::Refs;
  auto& thing = this->thing_;
  set_local(thing, std::uint32_t{1} << 30);
  thing.count.shared = -(Refs::kMost - 3) * 4 + kQueued;  // queued long ago
  this->elsewhere([&] {
    for (int i = 0; i < 10; ++i) EXPECT_FALSE(Refs::release(thing));
  });
  EXPECT_LT(others(thing), -Refs::kMost + 1);
  EXPECT_GT(others(thing), -Refs::kMost - 3);
  EXPECT_EQ(flags(thing), kQueued);
}

TYPED_TEST(Biased, WhatBecomesImmortalByItsOwnerWhileItIsQueuedStaysSo) {
  using Refs = typename TypeParam::Refs;
  auto& thing = this->thing_;
  set_local(thing, static_cast<std::uint32_t>(std::numeric_limits<std::int32_t>::max()) - 1);
  this->elsewhere([&] { EXPECT_FALSE(Refs::release(thing)); });
  EXPECT_EQ(flags(thing), kQueued);
  Refs::retain(thing);
  EXPECT_TRUE(Refs::immortal(thing));
  this->owner_.checkpoint();
  expect_immortal<Biased<TypeParam>>(thing);
}

// ---- the second look of unique() ----

#if !defined(__SANITIZE_THREAD__)  // which holds a lock of its own where the handler comes
// A reader may have found the object in a slot that the owner has emptied since, and gain a
// reference after the owner has looked at the count. So unique() looks again, by an instruction
// that writes (R10): of the two threads, the one that comes second sees what the first has done.
// Here the object's page cannot be written to, so the second look stops in a signal handler, and
// there the reader gains its reference.
class SecondLook : public testing::Test {
 protected:
  using Refs = BiasedRefs<true, true>;
  using P = Pair<Refs, ObjectMutex>;

  SecondLook()
      : page_(static_cast<char*>(
            mmap(nullptr, kSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))) {
    thing_ = new (page_) Thing<P>;
    Refs::share(*thing_);
    test_ = this;
    struct sigaction action {};
    action.sa_handler = [](int) { test_->gain_reference(); };
    sigaction(SIGSEGV, &action, &before_);
  }
  ~SecondLook() override {
    sigaction(SIGSEGV, &before_, nullptr);
    munmap(page_, kSize);
  }
  // What unique() says if the reader comes between its two looks.
  bool is_unique() {
    owner_.attach();
    mprotect(page_, kSize, PROT_READ);
    const bool answer = Refs::unique(*thing_);
    mprotect(page_, kSize, PROT_READ | PROT_WRITE);
    return answer;
  }
  void gain_reference() {
    mprotect(page_, kSize, PROT_READ | PROT_WRITE);
    reader_.attach();
    has_gained_ = Refs::try_retain(*thing_);
    owner_.attach();
  }

  static constexpr std::size_t kSize = 4096;
  static inline SecondLook* test_ = nullptr;
  struct sigaction before_ {};
  char* const page_;
  RefsThread<P> reader_, owner_;  // the last is attached
  Thing<P>* thing_ = nullptr;
  bool has_gained_ = false;
};

TEST_F(SecondLook, SeesAReaderThatCameAfterTheFirst) {
  EXPECT_FALSE(is_unique()) << "nobody looked a second time, by an instruction that writes";
  EXPECT_TRUE(has_gained_);
  EXPECT_EQ(Refs::references(*thing_), 2);
}

TEST_F(SecondLook, SeesTheReaderOfWhatIsMerged) {
  reader_.attach();
  Refs::retain(*thing_);
  owner_.attach();
  EXPECT_FALSE(Refs::release(*thing_));
  ASSERT_EQ(flags(*thing_), kMerged);
  EXPECT_FALSE(is_unique());
  EXPECT_TRUE(has_gained_);
  EXPECT_EQ(Refs::references(*thing_), 2);
}
#endif

// ---- reading without a lock ----

TYPED_TEST(Biased, TryRetainGivesTheOwnerWhatIsAlive) {
  using Refs = typename TypeParam::Refs;
  EXPECT_TRUE(Refs::try_retain(this->thing_));
  EXPECT_EQ(Refs::references(this->thing_), 2);
  EXPECT_EQ(others(this->thing_), 0);
}

TYPED_TEST(Biased, TryRetainRefusesTheDead) {
  using Refs = typename TypeParam::Refs;
  auto& thing = this->thing_;
  const auto refused_by_all = [&](auto& dead) {
    EXPECT_FALSE(Refs::try_retain(dead));
    this->elsewhere([&] { EXPECT_FALSE(Refs::try_retain(dead)); });
    EXPECT_TRUE(Refs::dead(dead));
  };
  EXPECT_TRUE(Refs::release(thing));
  EXPECT_EQ(flags(thing), kUnshared);
  refused_by_all(thing);  // freed by its owner, unmerged

  Refs::init(thing);
  this->elsewhere([&] { Refs::retain(thing); });
  EXPECT_FALSE(Refs::release(thing));
  EXPECT_TRUE(Refs::release(thing));
  EXPECT_EQ(flags(thing), kMerged);
  refused_by_all(thing);

  const std::unique_ptr<void, decltype(&std::free)> zeros(std::calloc(1, sizeof(thing)),
                                                          &std::free);
  refused_by_all(*static_cast<Thing<TypeParam>*>(zeros.get()));  // never an object
}

TYPED_TEST(Biased, TryRetainRefusesOthersUntilTheObjectIsShared) {
  using Refs = typename TypeParam::Refs;
  auto& thing = this->thing_;
  this->elsewhere([&] {
    EXPECT_FALSE(Refs::try_retain(thing)) << "the owner could free it at once (B3)";
    EXPECT_EQ(Refs::references(thing), 1);
    Refs::retain(thing);  // under the container's lock, say
    Refs::share(thing);
    EXPECT_EQ(flags(thing), kShareable);
    EXPECT_FALSE(Refs::release(thing));
    EXPECT_TRUE(Refs::try_retain(thing));
    EXPECT_EQ(Refs::references(thing), 2);
    EXPECT_FALSE(Refs::release(thing));
  });
  EXPECT_EQ(flags(thing), kShareable);
  EXPECT_TRUE(Refs::unique(thing));
}

TYPED_TEST(Biased, TryRetainGivesWhatIsMergedToAnybody) {
  using Refs = typename TypeParam::Refs;
  auto& thing = this->thing_;
  this->elsewhere([&] { Refs::retain(thing); });
  EXPECT_FALSE(Refs::release(thing));
  ASSERT_EQ(flags(thing), kMerged);
  EXPECT_TRUE(Refs::try_retain(thing));
  this->elsewhere([&] { EXPECT_TRUE(Refs::try_retain(thing)); });
  EXPECT_EQ(Refs::references(thing), 3);
}

TYPED_TEST(Biased, TryRetainGivesWhatWaitsInAQueue) {
  using Refs = typename TypeParam::Refs;
  auto& thing = this->thing_;
  Refs::retain(thing);
  this->elsewhere([&] {
    EXPECT_FALSE(Refs::release(thing));
    EXPECT_TRUE(Refs::try_retain(thing));
  });
  EXPECT_EQ(Refs::references(thing), 3);
}

TYPED_TEST(Biased, OnlyTheOwnerKnowsThatItsObjectIsAlive) {
  using Refs = typename TypeParam::Refs;
  auto& thing = this->thing_;
  EXPECT_TRUE(Refs::alive_own(thing));
  this->elsewhere([&] { EXPECT_FALSE(Refs::alive_own(thing)); });
  EXPECT_EQ(Refs::references(thing), 1);
  EXPECT_TRUE(Refs::release(thing));
  EXPECT_FALSE(Refs::alive_own(thing));
}

TYPED_TEST(Biased, TryRetainDoesNotCountTheImmortal) {
  using Refs = typename TypeParam::Refs;
  auto& thing = this->thing_;
  Refs::make_immortal(thing);
  EXPECT_TRUE(Refs::try_retain(thing));
  this->elsewhere([&] { EXPECT_TRUE(Refs::try_retain(thing)); });
  EXPECT_EQ(others(thing), 0);
}

TYPED_TEST(Biased, WhatIsShareableIsFreedByACompareAndSwap) {
  using Refs = typename TypeParam::Refs;
  auto& thing = this->thing_;
  Refs::share(thing);
  EXPECT_TRUE(Refs::release(thing));
  EXPECT_EQ(flags(thing), kMerged) << "unmerged, others could retain it still";
  EXPECT_TRUE(Refs::dead(thing));
}

TYPED_TEST(Biased, WhatIsShareableIsQueuedAsWell) {
  using Refs = typename TypeParam::Refs;
  auto& thing = this->thing_;
  Refs::share(thing);
  this->elsewhere([&] { EXPECT_FALSE(Refs::release(thing)); });
  EXPECT_EQ(flags(thing), kQueued);
  this->owner_.checkpoint();
  EXPECT_EQ(thing.ends, 1);
}

TYPED_TEST(Biased, ShareLeavesOtherFlagsAndTheCountAlone) {
  using Refs = typename TypeParam::Refs;
  auto& thing = this->thing_;
  Refs::retain(thing);
  this->elsewhere([&] {
    Refs::retain(thing);
    Refs::share(thing);
    Refs::share(thing);
    EXPECT_EQ(others(thing), 1);
    EXPECT_EQ(flags(thing), kShareable);
    EXPECT_FALSE(Refs::release(thing));
    EXPECT_FALSE(Refs::release(thing));  // queued
    Refs::share(thing);
  });
  EXPECT_EQ(flags(thing), kQueued);
  this->owner_.checkpoint();
  Refs::share(thing);
  EXPECT_EQ(flags(thing), kMerged);
  EXPECT_EQ(Refs::references(thing), 1);
}

// ---- garbage ----

// Takes the object over elsewhere, and gives up its three references there.
template <class Refs, class P>
void expect_adopted(Thing<P>& thing) {
  Refs::adopt(thing);
  EXPECT_EQ(Refs::references(thing), 3);
  EXPECT_EQ(flags(thing), kUnshared);
  EXPECT_EQ(others(thing), 0);
  Refs::retain(thing);
  EXPECT_EQ(others(thing), 0) << "counted by the thread that adopted it";
  EXPECT_FALSE(Refs::release(thing));
  EXPECT_FALSE(Refs::release(thing));
  EXPECT_FALSE(Refs::release(thing));
  EXPECT_TRUE(Refs::release(thing));
  EXPECT_TRUE(Refs::dead(thing));
}

TYPED_TEST(Biased, WhatIsAdoptedIsCountedByItsNewOwner) {
  using Refs = typename TypeParam::Refs;
  auto& thing = this->thing_;
  Refs::retain(thing);
  this->elsewhere([&] {
    Refs::retain(thing);
    Refs::share(thing);
    expect_adopted<Refs>(thing);
  });
  EXPECT_FALSE(this->owner_.asked());
}

TYPED_TEST(Biased, WhatIsMergedOrOfADeadThreadCanBeAdopted) {
  using Refs = typename TypeParam::Refs;
  auto& thing = this->thing_;
  this->elsewhere([&] {
    for (int i = 0; i < 3; ++i) Refs::retain(thing);
  });
  EXPECT_FALSE(Refs::release(thing));
  ASSERT_EQ(flags(thing), kMerged);
  expect_adopted<Refs>(thing);

  const auto orphan = this->made_by_a_dead_thread();
  for (int i = 0; i < 2; ++i) Refs::retain(*orphan);
  expect_adopted<Refs>(*orphan);
}

// ---- credits: references that a thread holds in advance ----

using CreditedPair = Pair<BiasedRefcountRefs, ObjectMutex>;
constexpr std::int32_t kBatch = RefCredits<BiasedRefcountRefs::Count>::kBatch;

class Credits : public testing::Test {
 protected:
  using Refs = BiasedRefcountRefs;
  using Object = Thing<CreditedPair>;

  RefsThread<CreditedPair> owner_;
  Object thing_;
};

TEST_F(Credits, AreCountedLikeOtherReferences) {
  std::thread([&] {
    RefsThread<CreditedPair> thread;
    Refs::retain(thing_);
    EXPECT_EQ(others(thing_), kBatch);
    Refs::retain(thing_);
    EXPECT_FALSE(Refs::release(thing_));
    EXPECT_FALSE(Refs::release(thing_));
    EXPECT_EQ(others(thing_), kBatch) << "the shared count is left alone";
    thread.checkpoint();
    EXPECT_EQ(others(thing_), 0);
    for (int i = 0; i < kBatch + 1; ++i) Refs::retain(thing_);
    EXPECT_EQ(others(thing_), 2 * kBatch);
    thread.checkpoint();
    EXPECT_EQ(others(thing_), kBatch + 1) << "those handed out";
    for (int i = 0; i < kBatch + 1; ++i) Refs::release(thing_);
    EXPECT_EQ(others(thing_), 0);
  }).join();
  EXPECT_TRUE(Refs::unique(thing_));
}

TEST_F(Credits, KeepTheObjectAliveUntilTheyAreGivenBack) {
  std::thread([&] {
    RefsThread<CreditedPair> thread;
    Refs::retain(thing_);
    EXPECT_FALSE(Refs::release(thing_));
    owner_.attach();
    EXPECT_FALSE(Refs::release(thing_));  // the owner's last: it is merged
    thread.attach();
    EXPECT_EQ(flags(thing_), kMerged);
    EXPECT_FALSE(Refs::dead(thing_));
    EXPECT_EQ(thing_.ends, 0);
    thread.checkpoint();
    EXPECT_EQ(thing_.ends, 1);
  }).join();
  EXPECT_TRUE(Refs::dead(thing_));
}

TEST_F(Credits, WhatTheOwnerCountsIsQueuedWhenTheyAreGivenBack) {
  std::thread([&] {
    RefsThread<CreditedPair> thread;
    Refs::retain(thing_);
    EXPECT_FALSE(Refs::release(thing_));
    EXPECT_FALSE(Refs::release(thing_)) << "the only one, handed over";
    EXPECT_EQ(flags(thing_), kUnshared);
    EXPECT_FALSE(owner_.asked());
    thread.checkpoint();
    EXPECT_EQ(flags(thing_), kQueued);
    EXPECT_EQ(Refs::references(thing_), 1) << "the queue's";
  }).join();
  EXPECT_TRUE(owner_.asked());
  owner_.checkpoint();
  EXPECT_EQ(thing_.ends, 1);
}

TEST_F(Credits, SeveralReferencesAreHandedOverAtOnce) {
  Refs::retain(thing_);
  Refs::retain(thing_);
  std::thread([&] {
    RefsThread<CreditedPair> thread;
    Refs::retain(thing_);
    for (int i = 0; i < 4; ++i) EXPECT_FALSE(Refs::release(thing_));  // its own and the owner's 3
    thread.checkpoint();
    EXPECT_EQ(others(thing_), -2) << "one is the queue's";
    EXPECT_EQ(Refs::references(thing_), 1);
  }).join();
  owner_.checkpoint();
  EXPECT_EQ(thing_.ends, 1);
}

TEST_F(Credits, OfADeadThreadsObjectAreMergedByTheLast) {
  std::unique_ptr<Object> thing;
  std::thread([&] {
    RefsThread<CreditedPair> thread;
    thing = std::make_unique<Object>();
  }).join();
  std::thread([&] {
    RefsThread<CreditedPair> thread;
    Refs::retain(*thing);
    EXPECT_FALSE(Refs::release(*thing));
    EXPECT_FALSE(Refs::release(*thing));
    EXPECT_EQ(thing->ends, 0);
  }).join();
  EXPECT_EQ(thing->ends, 1) << "as the thread ended";
}

TEST_F(Credits, DoNotPileUpWhereOthersGiveReferences) {
  std::thread([&] {
    RefsThread<CreditedPair> thread;
    Refs::retain(thing_);
    for (int i = 0; i < 10 * kBatch; ++i) {
      owner_.attach();
      Refs::retain(thing_);
      thread.attach();
      EXPECT_FALSE(Refs::release(thing_));
    }
    EXPECT_EQ(others(thing_), 1 - 8 * kBatch) << "nine batches are back, one reference is queued";
    EXPECT_FALSE(Refs::release(thing_));
    thread.checkpoint();
    EXPECT_EQ(Refs::references(thing_), 2) << "the test's and the queue's";
  }).join();
  owner_.checkpoint();
  EXPECT_EQ(Refs::references(thing_), 1);
  EXPECT_EQ(thing_.ends, 0);
}

TEST_F(Credits, TryRetainTakesThemFirst) {
  Refs::share(thing_);
  std::thread([&] {
    RefsThread<CreditedPair> thread;
    Refs::retain(thing_);
    EXPECT_TRUE(Refs::try_retain(thing_));
    EXPECT_EQ(others(thing_), kBatch);
    EXPECT_FALSE(Refs::release(thing_));
    EXPECT_FALSE(Refs::release(thing_));
    thread.checkpoint();
    EXPECT_EQ(others(thing_), 0);
    EXPECT_TRUE(Refs::try_retain(thing_)) << "shareable";
    EXPECT_EQ(others(thing_), kBatch) << "takes a batch as well";
    EXPECT_FALSE(Refs::release(thing_));
  }).join();
  EXPECT_EQ(others(thing_), 0);
  EXPECT_EQ(flags(thing_), kShareable);
}

TEST_F(Credits, AreTakenOfWhatIsMergedAsWell) {
  std::thread([&] {
    RefsThread<CreditedPair> thread;
    Refs::retain(thing_);
    owner_.attach();
    EXPECT_FALSE(Refs::release(thing_));
    thread.attach();
    ASSERT_EQ(flags(thing_), kMerged);
    thread.checkpoint();
    EXPECT_EQ(others(thing_), 1);
    EXPECT_TRUE(Refs::try_retain(thing_));
    EXPECT_EQ(others(thing_), 1 + kBatch);
    EXPECT_FALSE(Refs::release(thing_));
    EXPECT_FALSE(Refs::release(thing_)) << "the last is a credit";
    thread.checkpoint();
    EXPECT_EQ(thing_.ends, 1);
  }).join();
}

TEST_F(Credits, AreNoneOfWhatIsAdopted) {
  std::thread([&] {
    RefsThread<CreditedPair> thread;
    Refs::adopt(thing_);
    Refs::retain(thing_);
    EXPECT_FALSE(Refs::release(thing_));
    EXPECT_TRUE(Refs::release(thing_)) << "exactly the last";
  }).join();
}

// More objects than the table has places: some lose theirs, in retain(), where nothing may be
// destroyed yet.
TEST_F(Credits, WhatLosesItsPlaceDiesAtTheNextCheckpoint) {
  constexpr int kMany = 2000;
  std::vector<std::unique_ptr<Object>> things;
  for (int i = 0; i < kMany; ++i) things.push_back(std::make_unique<Object>());
  std::thread([&] {
    RefsThread<CreditedPair> thread;
    for (auto& thing : things) {
      Refs::retain(*thing);
      EXPECT_FALSE(Refs::release(*thing));
      owner_.attach();
      drop<CreditedPair>(*thing);  // the owner's: what has a place in the table lives on
      thread.attach();
    }
    EXPECT_TRUE(thread.asked());
    // Those that have died wait, but for those that found the table closed: when too many wait.
    const auto ended = [&things] {
      return std::count_if(things.begin(), things.end(),
                           [](const auto& thing) { return thing->ends == 1; });
    };
    EXPECT_GT(ended(), 0);
    EXPECT_LE(ended(), kMany - 64 - 1);
    thread.checkpoint();
    EXPECT_EQ(ended(), kMany);
    EXPECT_FALSE(thread.asked());
  }).join();
}

TEST_F(Credits, AreGivenBackByWhoIsReminded) {
  std::thread([&] {
    RefsThread<CreditedPair> thread;
    thread.remind();
    EXPECT_FALSE(thread.asked()) << "it has none";
    Refs::retain(thing_);
    EXPECT_FALSE(thread.asked());
    thread.remind();
    EXPECT_TRUE(thread.asked());
    thread.checkpoint();
    EXPECT_FALSE(thread.asked());
    EXPECT_EQ(others(thing_), 1);
    thread.remind();
    EXPECT_FALSE(thread.asked());
    EXPECT_FALSE(Refs::release(thing_));
  }).join();
}

TEST_F(Credits, AreGivenBackByWhoGoesAway) {
  std::thread([&] {
    RefsThread<CreditedPair> thread;
    Refs::retain(thing_);
    EXPECT_FALSE(Refs::release(thing_));
    thread.detach();
    EXPECT_EQ(others(thing_), 0);
    thread.attach();
  }).join();
}

// A thread that has looked at the object computes; its owner waits for the object's end.
TEST_F(Credits, TheLastOfAnOwnerThatIsAwayEndTheObject) {
  std::thread([&] {
    RefsThread<CreditedPair> looks;
    Refs::retain(thing_);
    EXPECT_FALSE(Refs::release(thing_));
    std::thread([&] {
      RefsThread<CreditedPair> drops;
      owner_.detach();
      EXPECT_FALSE(Refs::release(thing_));
    }).join();
    looks.remind();
    EXPECT_EQ(thing_.ends, 0);
    looks.checkpoint();
    EXPECT_EQ(thing_.ends, 1);
  }).join();
  owner_.attach();
}

TEST_F(Credits, OfWhatHasTooManyReferencesAreNotTaken) {
  thing_.count.shared = (Refs::kMost - 5) * 4;
  std::thread([&] {
    RefsThread<CreditedPair> thread;
    Refs::retain(thing_);  // the last batch
    const int count = others(thing_);
    EXPECT_GE(count, Refs::kMost);
    thread.checkpoint();
    EXPECT_EQ(others(thing_), count);
    for (int i = 0; i < 3 * kBatch; ++i) Refs::retain(thing_);
    EXPECT_TRUE(Refs::try_retain(thing_));
    for (int i = 0; i < 9 * kBatch; ++i) EXPECT_FALSE(Refs::release(thing_));
    thread.checkpoint();
    EXPECT_EQ(others(thing_), count);
  }).join();
  EXPECT_FALSE(Refs::release(thing_));
  EXPECT_TRUE(Refs::immortal(thing_));
  EXPECT_FALSE(owner_.asked());
}

}  // namespace
}  // namespace gilbench
