// The memory part of a thread and of a world: heaps, and what reclamation and collectors keep.
// Thread and World (runtime/world/) derive from these. Code in runtime/memory/ knows only these, so
// it can be tested with threads and a world that run no program.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

#include "runtime/memory/abandoned.h"
#include "runtime/memory/collector.h"
#include "runtime/memory/heap.h"
#include "runtime/memory/native_roots.h"
#include "runtime/memory/quarantine.h"
#include "runtime/memory/retire.h"
#include "runtime/memory/tracing.h"
#include "runtime/memory/trial.h"
#include "runtime/support/annotated_mutex.h"
#include "runtime/values/object.h"
#include "strategies/choices.h"

GILBENCH_BEGIN

struct Frame;
struct ThreadMemory;

struct WorldMemory {
  // `choices`: the strategy's, which outlive it.
  WorldMemory(const Choices& choices, const WorldOptions& options);
  ~WorldMemory();  // no thread is left
  WorldMemory(const WorldMemory&) = delete;
  WorldMemory& operator=(const WorldMemory&) = delete;

  const Choices& choices;
  const std::unique_ptr<WorldThreads> threads;
  bool naive_lock_order = false;  // constant from before its first thread attaches: section.h
  CollectorState collector;
  ObjectHeap heap;
  Retirement retirement;
  Quarantine quarantine;  // used by one strategy only
  Tracing tracing;        // where Refs count nothing
  Closing closing;        // of generators

  Mutex immortals_mutex;
  std::vector<Object*> immortals GILBENCH_GUARDED_BY(immortals_mutex);  // see immortal.h

  // Whether its threads are tasks of one OS thread.
  bool threads_are_tasks() const noexcept { return choices.placement == Placement::kTasks; }
  // Why its run must end; null: it goes on.
  const char* interrupt_reason() const noexcept {
    // relaxed: the text is a literal, so nothing else is read through the pointer. A thread that
    // still finds none makes do without a text, or is told again (Watchdog).
    return interrupt_reason_.load(std::memory_order_relaxed);
  }
  // Calls action(ThreadMemory&) for each, while none comes or goes.
  template <class Action>
  void for_each_thread(Action&& action) {
    const MutexGuard guard(threads_mutex_);
    for (ThreadMemory* thread : threads_) action(*thread);
  }
  // Objects alive: right when no thread is changing its count.
  std::int64_t live_objects();
  // The same while the world is stopped; from here on its growth is counted anew.
  std::int64_t restart_growth();

 protected:
  std::atomic<const char*> interrupt_reason_{nullptr};

 private:
  friend struct ThreadMemory;
  void add_thread(ThreadMemory& thread);  // throws std::bad_alloc
  void remove_thread(ThreadMemory& thread) noexcept;

  std::atomic<std::uint32_t> next_number_{1};  // relaxed: a source of unique numbers
  Mutex threads_mutex_;
  std::vector<ThreadMemory*> threads_ GILBENCH_GUARDED_BY(threads_mutex_);
  // Of threads that have ended.
  std::int64_t finished_live_objects_ GILBENCH_GUARDED_BY(threads_mutex_) = 0;
};

struct ThreadMemory : ThreadControl {
  // Throws std::bad_alloc.
  explicit ThreadMemory(WorldMemory& world_memory);
  ThreadMemory(const ThreadMemory&) = delete;
  ThreadMemory& operator=(const ThreadMemory&) = delete;

  // Makes the thread known to the world, when all of it has been made. Throws std::bad_alloc; then
  // it is not known.
  void join();
  // The last call: as the current thread, detached, and attached nowhere else.
  void leave() noexcept;

  // From attach() to detach() the thread may touch objects. They come in pairs.
  void attach();
  // Inlined, because its caller's frame must stay until the thread is attached again: NativeStack.
  [[gnu::always_inline]] inline void detach() {
    if constexpr (!Refs::kCounts) tracing.stack.note();
    detach_noted();
  }
  // The part of Thread::checkpoint_slow() that runs no program code: gives way if asked to, and
  // does the memory work that waits until no object is being looked at. Inlined for the same
  // reason.
  [[gnu::always_inline]] inline void checkpoint_of_memory() {
    if constexpr (!Refs::kCounts) tracing.stack.note();
    checkpoint_noted();
  }
  // Destroys what other threads have left to this one, and gives back references that it holds in
  // advance. Attached, where a checkpoint may stand.
  void drain_refs();
  // Called by any thread, every 50 ms: asks this one to give back what it holds in advance.
  void remind_of_refs() noexcept { Refs::remind(refs_state, *this); }
  // Whether the C++ stack has only its reserve left, or less.
  bool at_stack_end() const noexcept {
    return static_cast<const char*>(__builtin_frame_address(0)) < stack_limit;
  }

  WorldMemory& memory;  // the world's
  // Numbered from 1 in this world, and never given again.
  const std::uint32_t number;
  const std::unique_ptr<WorldThreads::State> threads_state;
  Refs::Thread refs_state;
  Retired retired;
  FreeLists heap;
  TracedThread tracing;  // where Refs count nothing
  // The trial of this thread's part of the heap, from a stop of the world until finish_part().
  std::unique_ptr<Trial> trial;

  Frame* frame = nullptr;  // the running one (runtime/world/frame.h); null outside bytecode
  // Of the C++ stack: native calls below it end in RecursionError.
  const char* stack_limit = nullptr;
  std::vector<Object*> destroy_pending;  // see destroy()
  int destroy_depth = 0;
  Abandoned abandoned;  // generators that it has to close

 private:
  void checkpoint_noted();
  void detach_noted();
};

// The attached thread that this code runs on. constinit and in the executable: one segment-relative
// load, no guard.
inline constinit thread_local ThreadMemory* current_thread = nullptr;
inline ThreadMemory& this_thread_memory() { return *current_thread; }

// A new object of `size` bytes with one reference. The caller fills in what follows the header.
template <class T>
T* allocate_object(const Type& type, std::size_t size = sizeof(T)) {
  ThreadMemory& thread = this_thread_memory();
  T* object = new (thread.heap.allocate(size)) T;
  object->type = &type;
  Refs::init(*object);
  Locks::init(*object);
  ++thread.heap.live_objects;
  return object;
}

// Gives back the memory of an object made by allocate_object with the same size.
inline void free_object(Object* object, std::size_t size) noexcept {
  ThreadMemory& thread = this_thread_memory();
  --thread.heap.live_objects;
  thread.heap.free(object, size);
}

GILBENCH_END
