// Destroying objects whose last reference is gone.
#include <new>

#include "runtime/memory/abandoned.h"
#include "runtime/memory/state.h"
#include "runtime/values/ref.h"
#include "runtime/values/types.h"

GILBENCH_BEGIN

namespace {

// Nested objects are destroyed by recursion down to this depth, then queued: about 100 bytes of C++
// stack for each level, so this is far from any stack's end.
constexpr int kMaxDestroyDepth = 64;

// False: there is no memory for a longer queue.
bool queue(ThreadMemory& thread, Object* object) noexcept {
  try {
    thread.destroy_pending.push_back(object);
    return true;
  } catch (const std::bad_alloc&) {
    return false;
  }
}

void release_child(Object* child, void*) { release(child); }

void destroy_now(Object* object) noexcept {
  const Type* type = object->type;
  if (type == &types::generator && abandon(as<Generator>(object))) [[unlikely]]
    return;
  if (type == &types::list || type == &types::tuple) {
    // CPython gives up the items of these from their end, which shows where they must be closed.
    Abandoned& abandoned = this_thread_memory().abandoned;
    const std::size_t before = abandoned.size();
    type->visit(object, release_child, nullptr);
    if (abandoned.size() > before + 1) [[unlikely]]
      abandoned.reverse_from(before);
  } else if (type->visit != nullptr) {
    type->visit(object, release_child, nullptr);
  }
  type->free(object);
}

// A count that is wrong on purpose would have kept it (TornRefs): so do we, in quarantine. A
// template, so that it is nothing for a policy that cannot say.
template <class R>
GILBENCH_INLINE bool is_kept(Object* object) {
  if constexpr (FindsLeaks<R>) {
    return R::leaked(*object) && this_thread_memory().memory.quarantine.keep(object);
  }
  return false;
}

GILBENCH_INLINE void destroy_holder(ThreadMemory& thread, Object* object) noexcept {
  // Where it cannot be queued there is more stack than that, as a rule; at the stack's very end the
  // object is left to itself, for there is nothing else to be done with it.
  if (thread.destroy_depth >= kMaxDestroyDepth &&
      (queue(thread, object) || thread.at_stack_end())) {
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

}  // namespace

[[gnu::noinline]] void destroy(Object* object) noexcept {
  if (is_kept<Refs>(object)) return;
  if (object->type->visit == nullptr) {  // it holds nothing: no recursion to bound
    object->type->free(object);
    return;
  }
  destroy_holder(this_thread_memory(), object);
}

[[gnu::noinline]] void destroy_and_close(Object* object) noexcept {
  if (is_kept<Refs>(object)) return;
  const Type* type = object->type;
  if (type->visit == nullptr) {
    type->free(object);
    return;
  }
  ThreadMemory& thread = this_thread_memory();
  destroy_holder(thread, object);
  if (thread.abandoned.any()) [[unlikely]]
    close_abandoned(thread);
}

GILBENCH_END
