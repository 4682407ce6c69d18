// A world and threads that run no program, and objects to fill them with: so that memory can be
// tested without types, interpreter and modules. What those would supply is in stand_in.cpp.
#pragma once

#include <gtest/gtest.h>

#include <cstddef>
#include <set>
#include <vector>

#include "runtime/memory/state.h"
#include "runtime/values/ref.h"

GILBENCH_BEGIN

class StandInWorld : public WorldMemory {
 public:
  StandInWorld();
  ~StandInWorld();  // whatever objects are left are freed with the heap, without their `free`

  // What a tracing collector finds the world to refer to.
  std::vector<Object*> roots;
};

// Attached for as long as it lives, but where it says otherwise.
class StandInThread : public ThreadMemory {
 public:
  explicit StandInThread(StandInWorld& world);
  ~StandInThread();

  StandInWorld& world() { return static_cast<StandInWorld&>(memory); }
  void checkpoint() {
    if (breaker.load(std::memory_order_relaxed) != 0) checkpoint_of_memory();
  }
};

// An object that refers to up to kMost others.
struct Node : Object {
  static constexpr std::size_t kMost = 4;
  Object* children[kMost];

  // Adds a reference to it. There is room.
  void refer_to(Object* child);
};
// One that holds nothing, of a type whose objects never do.
struct Leaf : Object {
  static constexpr std::size_t kFreed = ~std::size_t{0};  // its value from its end on
  std::size_t value;
};
// More than fits a block: it has an allocation of its own.
struct LargeNode : Node {
  char rest[2 * kMaxBlockSize + 1024];
};

// With one reference, the caller's; on the attached thread.
Ref<Node> make_node();
Ref<Leaf> make_leaf(std::size_t value = 0);
Ref<LargeNode> make_large_node();

// That many nodes, each of which refers to the next, the last to the first; nobody else does.
std::set<Object*> make_cycle(std::size_t size);
// All objects of that heap that are not dead.
std::set<Object*> living(const ObjectHeap& heap);
// These, and all that can be reached from them.
std::set<Object*> reachable(std::vector<Object*> from);

GILBENCH_END
