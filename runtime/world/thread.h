// A thread's state in a world, and how the rest of the runtime finds it.
#pragma once

#include <pthread.h>

#include <memory>
#include <string>
#include <vector>

#include "runtime/memory/state.h"
#include "runtime/program/program.h"
#include "runtime/values/object.h"
#include "runtime/values/ref.h"
#include "runtime/world/deadlock.h"

GILBENCH_BEGIN

struct World;
struct Frame;
struct Generator;
struct Exception;

// What one instruction remembers of its last lookup. Each thread has its own array of them, indexed
// by cache site, so none is ever shared. It holds no references: `value` is used only for methods
// of built-in types, which live as long as the world.
struct InlineCache {
  // No type's id and no dict's version, so that an empty cache never matches. (A version of 0
  // would: it is that of a dict whose table is hidden while another thread changes it.)
  static constexpr std::uint64_t kNoKey = ~std::uint64_t{0};

  std::uint64_t key = kNoKey;      // attributes: Type::id; globals: the dict's keys_version
  std::uint64_t epoch = 0;         // class attributes: World::class_epoch when it was filled
  std::uint64_t keys_version = 0;  // class attributes: of the class's dict
  Object* value = nullptr;         // built-in methods; class attributes: the class that has it
  std::uint32_t index = 0;         // slot or entry
  std::uint32_t what = 0;          // a CacheKind (lookups.h); 0: empty
};

// Pages from mmap, which take memory when they are touched.
class Pages {
 public:
  // small: costs only the pages that are touched, where the kernel would give it 2 MiB. Throws
  // std::bad_alloc.
  Pages(std::size_t size, bool small);
  ~Pages();
  Pages(const Pages&) = delete;
  Pages& operator=(const Pages&) = delete;

  void* begin() const noexcept { return memory_; }

 private:
  void* memory_;
  std::size_t size_;
};

struct Thread : ThreadMemory {
  // Throws std::bad_alloc; then the world does not know it.
  // stack_bottom: the lowest address of the C++ stack that it will run on; null: the one that this
  // OS thread has.
  explicit Thread(World& world, const char* stack_bottom = nullptr);
  ~Thread();  // must be the current thread, detached from no other world
  Thread(const Thread&) = delete;
  Thread& operator=(const Thread&) = delete;

  // The place where a thread may be asked to give way. The fast path is one relaxed load.
  void checkpoint() {
    // relaxed: a request that is seen one checkpoint later is as good; taken() acquires.
    if (breaker.load(std::memory_order_relaxed) != 0) [[unlikely]]
      checkpoint_slow();
  }
  void checkpoint_slow();
  // Called between the steps of a native operation that may go on for as long as a program likes:
  // the items of an iterable, the multiplications of a power. It stands only where program code
  // might run as well, so the rules for a call of a program's function hold: no section is open,
  // and references are where the collector finds them.
  //
  // Where threads run together this is a full checkpoint: others may wait for the world to stop,
  // and items are garbage that only a collection frees. Where something else keeps them apart (the
  // global lock, or being alone), it only looks whether the run must end. There a native operation
  // is one step to the other threads, as in CPython, whose sum(range(n)) keeps the lock until it is
  // done; programs rely on it (list(iterator), max(d.values())).
  void native_checkpoint() {
    if constexpr (Locks::kLocks) {
      checkpoint();
    } else {
      // relaxed: as in checkpoint().
      if ((breaker.load(std::memory_order_relaxed) & kBreakInterrupt) != 0) [[unlikely]]
        check_interrupt();
    }
  }
  // Between two instructions, each time that instructions_left has reached 0. `next`: the word that
  // runs next, of the running frame.
  void count_instructions_anew(const Word* next) noexcept;
  // For native code that waits in small steps: raises if the run must end. Attached.
  void check_interrupt();
  // For native code that recurses as deep as a program nests its objects: RecursionError where the
  // C++ stack ends. `doing`: how the message ends.
  void check_stack(const char* doing = "") {
    if (at_stack_end()) [[unlikely]]
      raise_too_deep(doing);
  }
  // RecursionError.
  [[noreturn]] void raise_too_deep(const char* doing);

  World& world;

 private:
  const WaitsForGraph::Arrival arrival_;

 public:
  int worker = -1;  // the worker that it runs; -1: none, it is the main thread
  const pthread_t handle =
      pthread_self();  // of the OS thread that made it: it is the one to run on it

  std::unique_ptr<InlineCache[]> caches;  // one per cache site of the world's program
  // Caches of the __init__ of called classes, by Type::id of their instances.
  static constexpr std::size_t kInitCaches = 64;
  InlineCache init_caches[kInitCaches];

  // The frame stack: frames and values apart, each contiguous, mapped lazily.
  Pages frame_pages, value_pages;
  Frame* frames = nullptr;    // kMaxDepth of them
  Object** values = nullptr;  // locals and operands
  Object** values_end = nullptr;
  int depth = 0;  // frames and native calls that count for the recursion limit
  // Exceptions being handled, innermost last; owned. Room for the first kHandled is there from the
  // start, so that a handler of MemoryError finds some.
  static constexpr std::size_t kHandled = 64;
  std::vector<Object*> handled;

  // That of a failure on its way to who takes it (values/result.h); owned, null where there is
  // none.
  Exception* error = nullptr;

  std::vector<Object*> repr_active;  // containers whose repr is being made: prints [...] again

  // Numbers for dict tables that this thread has drawn and not used: see Dict::keys_version.
  std::uint64_t next_table = 0;
  std::uint64_t tables_end = 0;

 private:
  void trace(const Word* next) noexcept;
  std::int32_t traced_ = 0;  // instructions since Threads were last called for them
};

// The attached thread that this code runs on.
inline Thread& this_thread() { return static_cast<Thread&>(*current_thread); }

// For operations that know no threads, and call a function between their steps.
inline void native_pause() { this_thread().native_checkpoint(); }

// A stretch of native code in which the thread is detached: a read, a sleep, a hash of a long
// buffer. No object may be touched inside, except bytes that an argument keeps alive and nobody
// changes.
class [[nodiscard]] BlockingRegion {
 public:
  [[gnu::always_inline]] inline BlockingRegion() : thread_(this_thread()) { thread_.detach(); }
  ~BlockingRegion() { thread_.attach(); }
  BlockingRegion(const BlockingRegion&) = delete;
  BlockingRegion& operator=(const BlockingRegion&) = delete;

 private:
  Thread& thread_;
};

GILBENCH_END
