// How threads come to a world's memory and leave it.
#include "runtime/memory/state.h"

#include <algorithm>
#include <new>
#include <type_traits>

#include "runtime/memory/cycles.h"
#include "runtime/values/ref.h"
#include "runtime/values/section.h"

GILBENCH_BEGIN

namespace {

// Room in destroy_pending from the start.
constexpr std::size_t kPending = 256;

void destroy_object(Object& object) { destroy(&object); }

}  // namespace

// ---- a world ----

WorldMemory::WorldMemory(const Choices& c, const WorldOptions& options)
    : choices(c), threads(c.make_threads(options)) {}

WorldMemory::~WorldMemory() = default;

void WorldMemory::add_thread(ThreadMemory& thread) {
  const MutexGuard guard(threads_mutex_);
  threads_.push_back(&thread);
  if (interrupt_reason() != nullptr) thread.request(kBreakInterrupt);
}

void WorldMemory::remove_thread(ThreadMemory& thread) noexcept {
  const MutexGuard guard(threads_mutex_);
  finished_live_objects_ += thread.heap.live_objects;
  thread.heap.leave();
  if constexpr (!Refs::kCounts) {
    const MutexGuard tracing_guard(tracing.mutex);
    auto& closable = thread.tracing.closable;
    try {
      tracing.closable.insert(tracing.closable.end(), closable.begin(), closable.end());
    } catch (const std::bad_alloc&) {
      // These die without being closed.
    }
  }
  threads_.erase(std::find(threads_.begin(), threads_.end(), &thread));
}

std::int64_t WorldMemory::live_objects() {
  const MutexGuard guard(threads_mutex_);
  std::int64_t total = finished_live_objects_;
  for (const ThreadMemory* thread : threads_) total += thread->heap.live_objects;
  return total;
}

std::int64_t WorldMemory::restart_growth() {
  const MutexGuard guard(threads_mutex_);
  std::int64_t total = finished_live_objects_;
  for (ThreadMemory* thread : threads_) {
    total += thread->heap.live_objects;
    thread->heap.restart_growth();
  }
  heap.growth.restart(total);
  return total;
}

// ---- a thread ----

ThreadMemory::ThreadMemory(WorldMemory& w)
    : memory(w),
      // relaxed: a source of unique numbers.
      number(w.next_number_.fetch_add(1, std::memory_order_relaxed)),
      threads_state(w.threads->make_state()),
      heap(w.heap, number, w.threads_are_tasks() ? 0 : FreeLists::kMaxSpares) {
  destroy_pending.reserve(kPending);
  if (w.tracing.every_checkpoints > 0) request(kBreakCollect);
  if constexpr (!Refs::kCounts) native_stack_base();  // attach() will ask, and cannot fail
}

void ThreadMemory::join() {
  memory.add_thread(*this);
  try {
    if constexpr (kReadsUnlocked) retired.join(memory.retirement, *this);
  } catch (const std::bad_alloc&) {
    memory.remove_thread(*this);
    throw;
  }
  Refs::start(refs_state, *this);
}

void ThreadMemory::leave() noexcept {
  if constexpr (!std::is_empty_v<Refs::Thread>) {  // what it owned becomes nobody's
    attach();
    Refs::end<Object>(refs_state, *this, destroy_object);
    leave_abandoned(*this);
    detach();
  }
  if constexpr (kReadsUnlocked) retired.leave();
  memory.remove_thread(*this);
}

void ThreadMemory::attach() {
  if constexpr (!Refs::kCounts) tracing.stack.set_base(native_stack_base());
  memory.threads->attach(*threads_state, *this);
  current_thread = this;
  if constexpr (Locks::kLocks) pairs_in_operand_order = memory.naive_lock_order;
  Refs::attached(refs_state);
  if constexpr (kReadsUnlocked) retired.go_online();
  // relaxed: see Closing.
  if (memory.closing.any_left.load(std::memory_order_relaxed)) [[unlikely]]
    request(kBreakClose);
}

void ThreadMemory::detach_noted() {
  Refs::leave<Object>(refs_state, *this, destroy_object);
  leave_abandoned(*this);  // nobody knows for how long it is away; this moves references only
  if constexpr (kReadsUnlocked) retired.go_offline();
  current_thread = nullptr;
  memory.threads->detach(*threads_state, *this);
}

void ThreadMemory::checkpoint_noted() {
  drain_refs();  // first: a thread that is stopped holds no references in advance
  memory.threads->on_break(*threads_state, *this);
  // Before all that may ask for the world to stop. To take garbage apart gains a reference only to
  // an abandoned generator, which stands on this thread's list and so is reached anyway: those held
  // in advance to it hide nothing from a collection.
  finish_part(*this);
  if constexpr (kReadsUnlocked) retired.quiesce();
  if (taken(kBreakCollect)) collect_if_due(*this);
}

void ThreadMemory::drain_refs() { Refs::drain<Object>(refs_state, *this, destroy_object); }

GILBENCH_END
