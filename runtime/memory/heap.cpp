#include "runtime/memory/heap.h"

#include <cstdlib>
#include <new>

#include "runtime/interpreter/thread.h"
#include "runtime/objects/ref.h"

#ifndef GILBENCH_PLAIN_MALLOC
#include <mimalloc.h>
#endif

GILBENCH_BEGIN

namespace {

// Nested objects are destroyed by recursion down to this depth, then queued: about 100 bytes of C++
// stack for each level, so this is far from any stack's end.
constexpr int kMaxDestroyDepth = 64;

void release_child(Object* child, void*) { release(child); }

void destroy_now(Object* object) noexcept {
  const Type* type = object->type;
  if (type->visit != nullptr) type->visit(object, release_child, nullptr);
  type->free(object);
}

}  // namespace

FreeLists::~FreeLists() {
  for (Block* head : heads_) {
    while (head != nullptr) {
      Block* next = head->next;
      free_slow(head, 0);
      head = next;
    }
  }
}

#ifdef GILBENCH_PLAIN_MALLOC
void* FreeLists::allocate_slow(std::size_t size) { return allocate_buffer(size); }
void FreeLists::free_slow(void* memory, std::size_t) noexcept { std::free(memory); }

void* allocate_buffer(std::size_t size) {
  void* memory = std::malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
void free_buffer(void* memory) noexcept { std::free(memory); }
#else
// The size is rounded up to what every block of its list has.
void* FreeLists::allocate_slow(std::size_t size) {
  return allocate_buffer((size + 7) & ~std::size_t{7});
}
void FreeLists::free_slow(void* memory, std::size_t) noexcept { mi_free(memory); }

void* allocate_buffer(std::size_t size) {
  void* memory = mi_malloc(size);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
void free_buffer(void* memory) noexcept { mi_free(memory); }
#endif

[[gnu::noinline]] void destroy(Object* object) noexcept {
  if (object->type->visit == nullptr) {  // it holds nothing: no recursion to bound
    object->type->free(object);
    return;
  }
  Thread& thread = this_thread();
  if (thread.destroy_depth >= kMaxDestroyDepth) {
    thread.destroy_pending.push_back(object);
    return;
  }
  ++thread.destroy_depth;
  destroy_now(object);
  --thread.destroy_depth;
  if (thread.destroy_depth == 0) [[unlikely]] {
    while (!thread.destroy_pending.empty()) {
      Object* pending = thread.destroy_pending.back();
      thread.destroy_pending.pop_back();
      ++thread.destroy_depth;
      destroy_now(pending);
      --thread.destroy_depth;
    }
  }
}

GILBENCH_END
