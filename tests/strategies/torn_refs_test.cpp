// TornRefs: what it finds out. Lost updates are made here by hand, one by one, at the places where
// an interleaving would make them.
#include "strategies/policies/refs/torn_refs.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "strategies/policies/locks/object_mutex.h"
#include "strategies/strategy.h"
#include "tests/strategies/on_threads.h"

namespace gilbench {
namespace {

static_assert(FindsLeaks<TornRefs>);

struct Thing : HeaderParts<TornRefs, ObjectMutex> {
  Thing() { TornRefs::init(*this); }
  // What two interleaved additions of the same sign, or of different ones, leave behind.
  void lose(int updates) { count.torn.fetch_add(updates); }
};

class TornCounts : public testing::Test {
 protected:
  TornCounts() { TornRefs::take_metrics(); }
  void expect_found(double lost, double leaked, double freed) {
    const std::map<std::string, double> expected = {{"lost_count_updates", lost},
                                                    {"leaked_by_lost_updates", leaked},
                                                    {"freed_while_in_use", freed}};
    EXPECT_EQ(TornRefs::take_metrics(), expected);
  }
  Thing thing_;
};

TEST_F(TornCounts, AreWhatAProgramIsToldOf) {
  TornRefs::retain(thing_);
  EXPECT_EQ(TornRefs::references_now(thing_), 2);
  thing_.lose(-3);
  EXPECT_EQ(TornRefs::references_now(thing_), -1);
  EXPECT_EQ(TornRefs::references(thing_), 2);
  thing_.lose(3);
}

TEST_F(TornCounts, FindNothingWhereNothingIsLost) {
  for (int i = 0; i < 100; ++i) TornRefs::retain(thing_);
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(TornRefs::release(thing_));
  EXPECT_TRUE(TornRefs::release(thing_));
  EXPECT_FALSE(TornRefs::leaked(thing_));
  EXPECT_TRUE(TornRefs::dead(thing_));
  expect_found(0, 0, 0);
}

TEST_F(TornCounts, ThatAreTooHighLeak) {
  TornRefs::retain(thing_);
  EXPECT_FALSE(TornRefs::release(thing_));
  thing_.lose(+2);
  EXPECT_TRUE(TornRefs::release(thing_));
  EXPECT_TRUE(TornRefs::leaked(thing_));
  expect_found(2, 1, 0);
}

TEST_F(TornCounts, ThatAreTooLowFreeWhatIsInUse) {
  TornRefs::retain(thing_);
  TornRefs::retain(thing_);
  thing_.lose(-2);
  EXPECT_FALSE(TornRefs::release(thing_));  // "the last one", with two references left
  expect_found(0, 0, 1);
  TornRefs::retain(thing_);
  EXPECT_FALSE(TornRefs::release(thing_));  // once more: an object is told once
  EXPECT_FALSE(TornRefs::release(thing_));
  EXPECT_TRUE(TornRefs::release(thing_));
  EXPECT_FALSE(TornRefs::leaked(thing_));
  expect_found(2, 0, 0);
}

// Both say that they were the last: freed twice.
TEST_F(TornCounts, ThatReachZeroTwiceFreeWhatIsInUse) {
  TornRefs::retain(thing_);
  thing_.lose(-1);
  EXPECT_FALSE(TornRefs::release(thing_));
  thing_.lose(+1);
  EXPECT_TRUE(TornRefs::release(thing_));
  expect_found(0, 0, 1);
}

TEST_F(TornCounts, ThatReachZeroEarlyAndEndTooHighAreNoLeak) {
  TornRefs::retain(thing_);
  thing_.lose(-1);
  EXPECT_FALSE(TornRefs::release(thing_));
  thing_.lose(+3);
  EXPECT_TRUE(TornRefs::release(thing_));
  EXPECT_FALSE(TornRefs::leaked(thing_));
  expect_found(2, 0, 1);
}

TEST_F(TornCounts, StartAgainInMemoryThatIsUsedAgain) {
  thing_.lose(+1);
  EXPECT_TRUE(TornRefs::release(thing_));
  TornRefs::init(thing_);
  EXPECT_TRUE(TornRefs::unique(thing_));
  EXPECT_TRUE(TornRefs::release(thing_));
  expect_found(1, 1, 0);
}

// Whatever the torn count says, the object lives as long as somebody holds it, and dies once.
TEST_F(TornCounts, DoNotDecideOverAnObject) {
  constexpr int kThreads = 4;
  for (int i = 1; i < kThreads; ++i) TornRefs::retain(thing_);
  std::atomic<int> last{0};
  on_threads(kThreads, [&](int) {
    for (int i = 0; i < 20'000; ++i) {
      TornRefs::retain(thing_);
      if (TornRefs::release(thing_)) last += kThreads;
    }
    if (TornRefs::release(thing_)) ++last;
  });
  EXPECT_EQ(last, 1);
  EXPECT_EQ(TornRefs::references(thing_), 0);
}

// Threads that share nothing tear nothing.
TEST_F(TornCounts, FindNothingWhereNothingIsShared) {
  on_threads(4, [](int) {
    for (int i = 0; i < 5'000; ++i) {
      Thing own;
      TornRefs::retain(own);
      EXPECT_FALSE(TornRefs::release(own));
      EXPECT_TRUE(TornRefs::release(own));
    }
  });
  expect_found(0, 0, 0);
}

}  // namespace
}  // namespace gilbench
