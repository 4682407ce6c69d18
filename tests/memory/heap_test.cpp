// The heap alone: blocks, their way from thread to thread, large objects, and how growth is
// counted.
#include "runtime/memory/heap.h"

#include <algorithm>
#include <set>
#include <thread>
#include <vector>

#include "runtime/memory/heap_walk.h"
#include "stand_in.h"

GILBENCH_BEGIN
namespace {

// As destroy() does, whatever the strategy counts.
template <class R = Refs>
void give_back(Object* object) {
  if constexpr (R::kCounts) {
    release(object);
  } else {
    R::set_free(*object);
    object->type->free(object);
  }
}

template <class Action>
void on_another_thread(StandInWorld& world, Action&& action) {
  std::thread([&] {
    StandInThread thread(world);
    action(thread);
  }).join();
}

TEST(Heap, WalkingFindsWhatLivesAndNothingElse) {
  StandInWorld world;
  StandInThread thread(world);
  std::set<Object*> expected;
  std::vector<Object*> dropped;
  for (std::size_t i = 0; i < 3000; ++i) {
    Object* object = i % 100 == 0 ? static_cast<Object*>(make_large_node().take())
                     : i % 2 == 0 ? static_cast<Object*>(make_node().take())
                                  : static_cast<Object*>(make_leaf(i).take());
    if (i % 3 == 0) {
      dropped.push_back(object);
    } else {
      expected.insert(object);
    }
  }
  for (Object* object : dropped) give_back(object);
  thread.checkpoint();
  EXPECT_EQ(living(world.heap), expected);
  EXPECT_EQ(world.live_objects(), static_cast<std::int64_t>(expected.size()));
  for (Object* object : expected) give_back(object);
  EXPECT_TRUE(living(world.heap).empty());
  EXPECT_EQ(world.live_objects(), 0);
}

TEST(Heap, BlocksDoNotOverlap) {
  StandInWorld world;
  StandInThread thread(world);
  std::vector<Leaf*> leaves;
  for (std::size_t i = 0; i < 5000; ++i) leaves.push_back(make_leaf(i).take());
  for (std::size_t i = 0; i < leaves.size(); ++i) ASSERT_EQ(leaves[i]->value, i);
  for (Leaf* leaf : leaves) give_back(leaf);
}

// One that only frees and one that only allocates, in turns: the depot takes the blocks across, so
// that the heap stays as it is.
TEST(Heap, WhatOneThreadFreesAnotherAllocates) {
  if (kMaxBlockSize == 0) GTEST_SKIP() << "each object has an allocation of its own";
  StandInWorld world;
  constexpr std::size_t kObjects = 20'000;
  std::size_t chunks = 0;
  StandInThread receiver(world);
  for (int round = 0; round < 5; ++round) {
    std::vector<Object*> made;
    receiver.detach();
    on_another_thread(world, [&made](StandInThread&) {
      for (std::size_t i = 0; i < kObjects; ++i) made.push_back(make_leaf(i).take());
    });
    receiver.attach();
    for (Object* object : made) give_back(object);
    receiver.checkpoint();
    const std::size_t now = world.heap.chunks().size();
    // The lists that a thread keeps, and what is left of chunks, once for each of the two.
    if (round == 1) chunks = now;
    if (round > 1) {
      EXPECT_LE(now, chunks) << "round " << round;
    }
  }
  EXPECT_EQ(world.live_objects(), 0);
}

TEST(Heap, ALargeObjectMayBeFreedByAnotherThread) {
  StandInWorld world;
  std::vector<Object*> made;
  on_another_thread(world, [&made](StandInThread&) {
    for (int i = 0; i < 10; ++i) made.push_back(make_large_node().take());
  });
  StandInThread thread(world);
  EXPECT_EQ(living(world.heap).size(), 10U);
  for (std::size_t i = 0; i < made.size(); i += 2) give_back(made[i]);
  EXPECT_EQ(living(world.heap).size(), 5U);
  for (std::size_t i = 1; i < made.size(); i += 2) give_back(made[i]);
  EXPECT_TRUE(living(world.heap).empty());
}

TEST(Heap, AnIndexFindsObjectsByAnyAddressInThem) {
  StandInWorld world;
  StandInThread thread(world);
  Ref<Node> node = make_node();
  Ref<LargeNode> large = make_large_node();
  Object* dead = make_leaf().take();
  give_back(dead);
  const ObjectIndex index(world.heap);
  const auto at = [](const void* place, std::size_t offset) {
    return reinterpret_cast<std::uintptr_t>(place) + offset;
  };
  EXPECT_EQ(index.find(at(node.get(), 0)), node.get());
  EXPECT_EQ(index.find(at(node.get(), sizeof(Node) - 1)), node.get());
  EXPECT_EQ(index.find(at(large.get(), 0)), large.get());
  EXPECT_EQ(index.find(at(large.get(), sizeof(LargeNode) - 1)), large.get());
  if (kMaxBlockSize != 0) {
    EXPECT_EQ(index.find(at(dead, 0)), nullptr) << "its count says that it is dead";
  }
  int on_the_stack = 0;
  EXPECT_EQ(index.find(at(&on_the_stack, 0)), nullptr);
  EXPECT_EQ(index.find(0), nullptr);
  if constexpr (!Refs::kCounts) {
    give_back(node.take());
    give_back(large.take());
  }
}

// L objects alive after the last whole trial, limit = max(L, kFirstLimit): one of parts is due
// after `limit` more, a whole one when the heap has grown by twice that.
TEST(HeapGrowth, IsDueByWhatLived) {
  HeapGrowth growth;
  constexpr std::int64_t kFirst = HeapGrowth::kFirstLimit;
  EXPECT_FALSE(growth.add(kFirst - 1));
  EXPECT_FALSE(growth.due());
  EXPECT_TRUE(growth.add(1));
  EXPECT_TRUE(growth.due());

  // A collection of a world of 3 * kFirst that frees a third of it.
  growth.restart(3 * kFirst);
  growth.end_whole();
  EXPECT_FALSE(growth.due()) << "the world runs again, and garbage is taken apart";
  growth.freed(kFirst);
  growth.end_whole();
  EXPECT_FALSE(growth.add(2 * kFirst - 1));
  EXPECT_TRUE(growth.add(1)) << "as many as lived";
  EXPECT_FALSE(growth.whole_is_due());
  growth.restart(4 * kFirst);
  EXPECT_FALSE(growth.add(2 * kFirst - 1));
  EXPECT_TRUE(growth.add(1));
  EXPECT_TRUE(growth.whole_is_due()) << "twice as many have come and not gone";
}

}  // namespace
GILBENCH_END
