// Mark and sweep over a world that runs no program.
#include <algorithm>
#include <cstdint>
#include <random>
#include <set>
#include <vector>

#include "runtime/memory/cycles.h"
#include "runtime/memory/heap_walk.h"
#include "runtime/memory/object_vector.h"
#include "runtime/memory/tracing.h"
#include "runtime/memory/tracing/sweep.h"
#include "stand_in.h"

GILBENCH_BEGIN
namespace {

static_assert(!Refs::kCounts);

TEST(Tracing, RandomGraphsAsByReachability) {
  StandInWorld world;
  StandInThread thread(world);
  std::mt19937 random(20261130);
  for (int round = 0; round < 200; ++round) {
    const std::size_t size = 1 + random() % 80;
    std::vector<Node*> nodes;
    for (std::size_t i = 0; i < size; ++i) {
      nodes.push_back(random() % 20 == 0 ? make_large_node().take() : make_node().take());
    }
    for (std::size_t i = random() % (2 * size); i > 0; --i) {
      Node* from = nodes[random() % size];
      if (std::end(from->children)[-1] != nullptr) continue;
      from->refer_to(random() % 8 == 0 ? static_cast<Object*>(make_leaf().take())
                                       : nodes[random() % size]);
    }
    world.roots.clear();
    for (Node* node : nodes) {
      if (random() % 6 == 0) world.roots.push_back(node);
    }
    const std::set<Object*> reached = reachable(world.roots);
    const std::size_t before = living(world.heap).size();
    ASSERT_EQ(collect_cycles(thread), static_cast<std::int64_t>(before - reached.size()))
        << "round " << round;
    finish_sweep(thread);
    ASSERT_EQ(living(world.heap), reached) << "round " << round;
    ASSERT_EQ(world.live_objects(), static_cast<std::int64_t>(reached.size()));
  }
  world.roots.clear();
  collect_cycles(thread);
  free_all_objects(thread);
  EXPECT_EQ(world.live_objects(), 0);
}

TEST(Tracing, ASpanOfMemoryHoldsWhatItsWordsPointInto) {
  StandInWorld world;
  StandInThread thread(world);
  std::vector<std::uintptr_t> words(4);
  {
    const RootSpan span(words.data(), words.size() * sizeof words[0]);
    Object* first = make_leaf(1).take();
    Object* second = make_leaf(2).take();
    make_leaf(3).take();
    words[0] = reinterpret_cast<std::uintptr_t>(first);
    words[2] = reinterpret_cast<std::uintptr_t>(second) + sizeof(Leaf) - 1;  // inside
    words[3] = 17;                                                           // no address
    EXPECT_EQ(collect_cycles(thread), 1);
    finish_sweep(thread);
    EXPECT_EQ(living(world.heap), (std::set<Object*>{first, second}));
  }
  EXPECT_EQ(collect_cycles(thread), 2) << "the span is no more";
  finish_sweep(thread);
  EXPECT_EQ(world.live_objects(), 0);
}

TEST(Tracing, AVectorOfReferencesIsOne) {
  StandInWorld world;
  StandInThread thread(world);
  {
    ObjectVector<Object*> held;
    for (std::size_t i = 0; i < 100; ++i) held.push_back(make_leaf(i).take());
    EXPECT_EQ(collect_cycles(thread), 0);
    finish_sweep(thread);
    for (std::size_t i = 0; i < 100; ++i) EXPECT_EQ(static_cast<Leaf*>(held[i])->value, i);
  }
  EXPECT_EQ(collect_cycles(thread), 100);
  finish_sweep(thread);
  EXPECT_EQ(world.live_objects(), 0);
}

// What the caller has in a local variable lies on the C++ stack or in a register that was noted.
[[gnu::noinline]] bool finds_local(StandInThread& thread, Object* object) {
  struct Search {
    std::uintptr_t address;
    bool found;
  } search{reinterpret_cast<std::uintptr_t>(object), false};
  thread.tracing.stack.for_each_word(
      [](std::uintptr_t word, void* context) {
        auto* looking = static_cast<Search*>(context);
        looking->found |= word == looking->address;
      },
      &search);
  return search.found;
}

TEST(Tracing, TheStackOfADetachedThreadShowsItsLocals) {
  StandInWorld world;
  StandInThread thread(world);
  Object* object = make_leaf(9).take();
  thread.detach();
  // Through a complement, so that the search itself is not what is found.
  const auto hidden = ~reinterpret_cast<std::uintptr_t>(object);
  asm volatile("" : "+r"(object));  // it is used again below
  EXPECT_TRUE(finds_local(thread, reinterpret_cast<Object*>(~hidden)));
  thread.attach();
  EXPECT_EQ(static_cast<Leaf*>(object)->value, 9U);
}

}  // namespace
GILBENCH_END
