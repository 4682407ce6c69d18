// Types of nodes and leaves, and what memory/ expects from higher floors: types that it knows by
// address, and close_abandoned(), which has nothing to close.
#include "stand_in.h"

#include <algorithm>

#include "every_threads.h"
#include "runtime/memory/cycles.h"
#include "runtime/memory/heap_walk.h"
#include "runtime/values/types.h"
#include "strategies/threads_adapter.h"

GILBENCH_BEGIN

namespace {

constexpr Choices kChoices = choices_of<GILBENCH_MODEL_OF::Strategy>();

void visit_node(Object* object, Visitor visit, void* context) {
  for (Object* child : static_cast<Node*>(object)->children) visit_if(child, visit, context);
}

const Type kNode = {"node", Kind::kNative, 1, visit_node,
                    [](Object* object) { free_object(object, sizeof(Node)); }};
const Type kLeaf = {"leaf", Kind::kNative, 2, nullptr, [](Object* object) {
                      static_cast<Leaf*>(object)->value = Leaf::kFreed;
                      free_object(object, sizeof(Leaf));
                    }};
const Type kLargeNode = {"large_node", Kind::kNative, 3, visit_node,
                         [](Object* object) { free_object(object, sizeof(LargeNode)); }};

template <class T>
Ref<T> make(const Type& type) {
  T* node = allocate_object<T>(type);
  std::fill(std::begin(node->children), std::end(node->children), nullptr);
  return Ref<T>::adopt(node);
}

}  // namespace

StandInWorld::StandInWorld() : WorldMemory(kChoices, WorldOptions{}) {}
StandInWorld::~StandInWorld() = default;

StandInThread::StandInThread(StandInWorld& world) : ThreadMemory(world) {
  join();
  attach();
}

StandInThread::~StandInThread() {
  detach();
  leave();
}

void Node::refer_to(Object* child) {
  Object** const free = std::find(std::begin(children), std::end(children), nullptr);
  ASSERT_NE(free, std::end(children));
  retain(child);
  *free = child;
}

Ref<Node> make_node() { return make<Node>(kNode); }
Ref<LargeNode> make_large_node() { return make<LargeNode>(kLargeNode); }
Ref<Leaf> make_leaf(std::size_t value) {
  Leaf* leaf = allocate_object<Leaf>(kLeaf);
  leaf->value = value;
  return Ref<Leaf>::adopt(leaf);
}

std::set<Object*> make_cycle(std::size_t size) {
  std::vector<Ref<Node>> nodes;
  for (std::size_t i = 0; i < size; ++i) nodes.push_back(make_node());
  for (std::size_t i = 0; i < size; ++i) nodes[i]->refer_to(nodes[(i + 1) % size].get());
  std::set<Object*> cycle;
  for (const Ref<Node>& node : nodes) cycle.insert(node.get());
  return cycle;
}

std::set<Object*> living(const ObjectHeap& heap) {
  std::set<Object*> found;
  for_each_object(
      heap, [&found](Object* object) { EXPECT_TRUE(found.insert(object).second) << "met twice"; });
  return found;
}

std::set<Object*> reachable(std::vector<Object*> from) {
  std::set<Object*> reached(from.begin(), from.end());
  while (!from.empty()) {
    Object* parent = from.back();
    from.pop_back();
    if (parent->type->visit == nullptr) continue;
    for (Object* child : static_cast<Node*>(parent)->children) {
      if (child != nullptr && reached.insert(child).second) from.push_back(child);
    }
  }
  return reached;
}

// ---- what higher floors supply ----

// Types that memory knows by address; no object here is of one of them.
namespace types {
const Type tuple = {"tuple", Kind::kTuple, 4, nullptr, nullptr};
const Type list = {"list", Kind::kList, 5, nullptr, nullptr};
const Type generator = {"generator", Kind::kGenerator, 6, nullptr, nullptr};
const Type klass = {"type", Kind::kClass, 7, nullptr, nullptr};
}  // namespace types

// There are no generators.
void close_abandoned(ThreadMemory& thread) noexcept { thread.taken(kBreakClose); }

GILBENCH_END
