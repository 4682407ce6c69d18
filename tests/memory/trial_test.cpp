// Trial deletion alone, and the words that it keeps beside the objects.
#include "runtime/memory/trial.h"

#include <algorithm>
#include <random>
#include <set>
#include <thread>
#include <vector>

#include "runtime/memory/cycles.h"
#include "runtime/memory/heap_walk.h"
#include "runtime/memory/object_words.h"
#include "stand_in.h"

GILBENCH_BEGIN
namespace {

std::set<Object*> garbage_of(WorldMemory& world, std::uint32_t part = Trial::kWhole,
                             bool ended = false) {
  Trial trial(world.heap, part, ended);
  const std::vector<Object*> garbage = trial.take_garbage();
  std::set<Object*> found(garbage.begin(), garbage.end());
  EXPECT_EQ(found.size(), garbage.size()) << "listed twice";
  return found;
}

class TrialTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!kCollectsCycles) GTEST_SKIP() << "counts that nobody keeps, or that are wrong";
  }
  // What a test has left is garbage.
  void TearDown() override {
    collect_cycles(thread);
    EXPECT_EQ(world.live_objects(), 0);
  }

  StandInWorld world;
  StandInThread thread{world};
};

TEST_F(TrialTest, WordsAreOneForEachObjectAndZeroAtFirst) {
  std::vector<Ref<>> objects;
  for (std::size_t i = 0; i < 2000; ++i) {
    objects.push_back(i % 50 == 0 ? Ref<>(make_large_node()) : Ref<>(make_node()));
  }
  ObjectWords words(world.heap);
  for (Ref<>& object : objects) EXPECT_EQ(words[object.get()], 0U);
  std::uint32_t next = 0;
  for (Ref<>& object : objects) words[object.get()] = ++next;
  next = 0;
  for (Ref<>& object : objects) EXPECT_EQ(words[object.get()], ++next);
  // Large objects' words lie in themselves.
  for (Ref<>& object : objects) words[object.get()] = 0;
}

TEST_F(TrialTest, ACycleThatNobodyHoldsIsGarbage) {
  const std::set<Object*> lonely = make_cycle(3);
  EXPECT_EQ(garbage_of(world), lonely);
}

TEST_F(TrialTest, WhatIsHeldLivesWithAllThatItReaches) {
  const Ref<Node> held = make_node();
  {
    const Ref<Node> child = make_node(), grandchild = make_node();
    held->refer_to(child.get());
    child->refer_to(grandchild.get());
    grandchild->refer_to(child.get());
    grandchild->refer_to(make_leaf().get());
  }
  EXPECT_TRUE(garbage_of(world).empty());
}

TEST_F(TrialTest, WhatGarbageReachesIsGarbageUnlessItIsHeld) {
  std::set<Object*> expected = make_cycle(2);
  const Ref<Node> held = make_node();
  {
    auto* one = static_cast<Node*>(*expected.begin());
    const Ref<Node> tail = make_node();
    const Ref<Node> end = make_node();
    one->refer_to(tail.get());
    tail->refer_to(end.get());
    end->refer_to(make_leaf().get());  // a leaf dies by its count
    one->refer_to(held.get());
    expected.insert(tail.get());
    expected.insert(end.get());
  }
  EXPECT_EQ(garbage_of(world), expected);
}

TEST_F(TrialTest, ItLeavesNothingBehind) {
  const std::set<Object*> lonely = make_cycle(3);
  const Ref<LargeNode> large = make_large_node();
  large->refer_to(large.get());
  for (int i = 0; i < 3; ++i) EXPECT_EQ(garbage_of(world), lonely);
  std::fill(std::begin(large->children), std::end(large->children), nullptr);
  release(large.get());  // the reference that it had to itself
}

TEST_F(TrialTest, LargeObjectsAreFoundByATrialOfTheWhole) {
  Ref<LargeNode> large = make_large_node();
  large->refer_to(large.get());
  Object* const lost = large.get();
  large = nullptr;
  EXPECT_EQ(garbage_of(world), std::set<Object*>{lost});
}

TEST_F(TrialTest, ImmortalObjectsHoldWhatTheyReferTo) {
  if constexpr (Refs::kImmortals) {
    Ref<Node> holder = make_node();
    Object* const immortal = holder.get();
    holder->refer_to(make_node().get());
    Refs::make_immortal(*immortal);
    holder = nullptr;
    EXPECT_TRUE(garbage_of(world).empty());
    // At the world's end they have let go of it.
    auto* const node = static_cast<Node*>(immortal);
    release(std::exchange(node->children[0], nullptr));
    EXPECT_TRUE(garbage_of(world, Trial::kWhole, true).empty()) << "it is freed by another way";
    Refs::unmake(*immortal);
    immortal->type->free(immortal);
  }
}

// Against the definition: garbage is what cannot be reached from an object that is held.
TEST_F(TrialTest, RandomGraphsAsByReachability) {
  std::mt19937 random(20261130);
  for (int round = 0; round < 300; ++round) {
    const std::size_t size = 1 + random() % 60;
    std::vector<Ref<Node>> nodes;
    for (std::size_t i = 0; i < size; ++i) {
      nodes.push_back(random() % 20 == 0 ? Ref<Node>(make_large_node()) : make_node());
    }
    const std::size_t edges = random() % (2 * size);
    for (std::size_t i = 0; i < edges; ++i) {
      Node* from = nodes[random() % size].get();
      if (std::end(from->children)[-1] != nullptr) continue;
      if (random() % 8 == 0) {
        from->refer_to(make_leaf().get());
      } else {
        from->refer_to(nodes[random() % size].get());
      }
    }
    // Who is held; the others' own references go, and some objects with them.
    std::vector<Ref<Node>> held;
    for (const Ref<Node>& node : nodes) {
      if (random() % 6 == 0) held.push_back(node);
    }
    nodes.clear();
    thread.checkpoint();
    std::vector<Object*> roots;
    for (const Ref<Node>& node : held) roots.push_back(node.get());
    const std::set<Object*> reached = reachable(roots);
    std::set<Object*> expected;
    for_each_object(world.heap, [&](Object* object) {
      if (object->type->visit != nullptr && reached.count(object) == 0) expected.insert(object);
    });
    ASSERT_EQ(garbage_of(world), expected) << "round " << round;
    ASSERT_EQ(collect_cycles(thread), static_cast<std::int64_t>(expected.size()));
    std::size_t left = 0;
    for_each_object(world.heap, [&](Object* object) { left += reached.count(object); });
    ASSERT_EQ(left, reached.size());
    ASSERT_EQ(world.live_objects(), static_cast<std::int64_t>(left));
  }
}

// What several parts hold together none of them finds alone; what lies in one, it does, whatever
// the others hold.
TEST_F(TrialTest, APartFindsItsOwnAndTheWholeTheRest) {
  if constexpr (kCollectsParts && kMaxBlockSize != 0) {
    const std::set<Object*> mine = make_cycle(2);
    Ref<Node> across = make_node();
    Object* const first_across = across.get();
    std::set<Object*> theirs;
    Object* second_across = nullptr;
    std::uint32_t other_part = 0;
    thread.detach();
    std::thread([&] {
      StandInThread other(world);
      other_part = other.number;
      theirs = make_cycle(3);
      const Ref<Node> node = make_node();
      node->refer_to(across.get());
      across->refer_to(node.get());
      second_across = node.get();
    }).join();
    thread.attach();
    across = nullptr;
    thread.checkpoint();
    EXPECT_EQ(garbage_of(world, thread.number), mine);
    EXPECT_EQ(garbage_of(world, other_part), theirs);
    std::set<Object*> all = mine;
    all.insert(theirs.begin(), theirs.end());
    all.insert({first_across, second_across});
    EXPECT_EQ(garbage_of(world), all);
  }
}

}  // namespace
GILBENCH_END
