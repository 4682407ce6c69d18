// In which order a pair of objects is locked: as the world says that the thread is attached to.
#include <utility>
#include <vector>

#include "runtime/values/section.h"
#include "stand_in.h"

GILBENCH_BEGIN

namespace {

using Pair = std::pair<Object*, Object*>;

std::vector<Pair> locked_in_operand_order;

}  // namespace

// In place of that of objects/, which tells of deadlocks.
void lock_in_operand_order(Object* first, Object* second) {
  locked_in_operand_order.emplace_back(first, second);
  Locks::lock(*first);
  Locks::lock(*second);
}

namespace {

static_assert(Locks::kLocks);

// Locks a pair both ways round; what of that was done in the order of the operands. The thread is
// attached.
std::vector<Pair> lock_both_ways(Object* a, Object* b) {
  locked_in_operand_order.clear();
  { PairSection section(a, b); }
  { PairSection section(b, a); }
  return locked_in_operand_order;
}

TEST(PairOrder, IsThatOfTheWorldThatTheThreadIsAttachedTo) {
  StandInWorld usual;
  StandInWorld naive;
  naive.naive_lock_order = true;
  for (int round = 0; round < 2; ++round) {
    {
      StandInThread thread(naive);
      const Ref<Leaf> a = make_leaf();
      const Ref<Leaf> b = make_leaf();
      const std::vector<Pair> both_ways = {{a.get(), b.get()}, {b.get(), a.get()}};
      EXPECT_EQ(lock_both_ways(a.get(), b.get()), both_ways);
    }
    StandInThread thread(usual);
    const Ref<Leaf> a = make_leaf();
    const Ref<Leaf> b = make_leaf();
    EXPECT_TRUE(lock_both_ways(a.get(), b.get()).empty());
  }
}

}  // namespace

GILBENCH_END
