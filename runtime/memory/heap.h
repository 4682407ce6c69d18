// Memory for objects: chunks of equal blocks, and a free list per size and thread over them.
//
// A world's ObjectHeap has chunks of 64 KiB from mimalloc, each cut into blocks of one size. A
// thread takes blocks from its own free lists, which no other thread touches; a freed block goes to
// the list of the thread that frees it, whichever thread took it. Lists are exchanged whole with
// the heap's depot: a thread that only frees gives a list away when it is full, one that only
// allocates takes one. Objects larger than kMaxSize have an allocation of their own, linked into a
// list of the thread that made them.
//
// Where threads run together, each cuts chunks of its own: they are its part of the heap. What it
// allocates lies there, except in blocks that it took from the depot, or got by freeing what
// another thread had allocated. So most of what a thread made is in its own core's caches, and a
// collector can look at one part alone (trial.h).
//
// Blocks do not go back before the world ends, and never change their size: so a block always holds
// an object's header, alive or dead, at the same place. Two things rest on that:
//  - collectors find every object by walking chunks, without a link in each object (for_each_object
//    in heap_walk.h): a block is free when Refs::dead() says so of its header;
//  - a reader without a lock may look at the count of an object that has just died
//    (biased_refcount).
// Hence a free block's link stands over the header's type, and its count stays as it was left.
//
// The address sanitizer is to see every use of a freed object. So under it each object has an
// allocation of its own; but where dead headers may be looked at, blocks are poisoned instead,
// beyond the header.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <mutex>
#include <vector>

#include "runtime/support/annotated_mutex.h"
#include "runtime/support/line_pair.h"
#include "runtime/values/object.h"

#if defined(__SANITIZE_ADDRESS__)
#define GILBENCH_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define GILBENCH_ASAN 1
#endif
#endif

GILBENCH_BEGIN

// 256 bytes hold every fixed-size type, short strings, tuples and small instances.
#ifdef GILBENCH_ASAN
inline constexpr bool kPoisons = Refs::kReadsDead;
inline constexpr std::size_t kMaxBlockSize = kPoisons ? 256 : 0;
#else
inline constexpr bool kPoisons = false;
inline constexpr std::size_t kMaxBlockSize = 256;
#endif

// HeapMutex is a mutex where threads run together. Where one at a time is attached, nothing needs a
// lock.
struct GILBENCH_THREAD_SAFETY(capability("mutex")) NoMutex {
  using Native = NoMutex;
  NoMutex& native() noexcept { return *this; }
  void lock() noexcept {}
  void unlock() noexcept {}
  void assume_held() const noexcept GILBENCH_THREAD_SAFETY(assert_capability(this)) {}
};
using HeapMutex = std::conditional_t<Locks::kLocks, Mutex, NoMutex>;

// Whether each thread has a part of the heap.
inline constexpr bool kHasParts = Locks::kLocks;

// A free block. What follows the link is left as it was.
struct FreeBlock {
  FreeBlock* next;
};

struct FreeList {
  FreeBlock* head = nullptr;
  std::size_t length = 0;
};

// Before each object that is larger than kMaxBlockSize.
struct LargeObject {
  LargeObject* previous;
  LargeObject* next;
  struct LargeList* list;
  std::size_t size;    // of the object
  std::uint32_t word;  // a collector's, while it has the world stopped: see object_words.h

  Object* object() { return reinterpret_cast<Object*>(this + 1); }
  static LargeObject* of(Object* object) { return reinterpret_cast<LargeObject*>(object) - 1; }
};

// The large objects that one thread made. Another may free them: hence the mutex.
struct LargeList {
  HeapMutex mutex;
  LargeObject* first GILBENCH_GUARDED_BY(mutex) = nullptr;

  // For collectors, while the world is stopped.
  LargeObject* first_stopped() const {
    mutex.assume_held();
    return first;
  }
};

// A chunk: this header, then blocks.
struct Chunk {
  static constexpr std::size_t kSize = std::size_t{64} << 10;  // and its alignment
  static constexpr std::size_t kFirstBlock = kLinePair;        // after the header

  std::size_t block_size;
  std::size_t carved;  // blocks that have been handed out at least once; the others are zeros
  std::uint32_t part;  // Thread::number of the thread that cuts it, where kHasParts

  char* block(std::size_t i) {
    return reinterpret_cast<char*>(this) + kFirstBlock + i * block_size;
  }
  std::size_t capacity() const { return (kSize - kFirstBlock) / block_size; }
};

// How many objects a world has, as far as its threads have reported, and when a collection is due
// (the rule and its reason: memory/cycles.h). relaxed throughout: the numbers decide only when to
// collect and how much to look at, and a collection that comes a little late or early does no harm.
class HeapGrowth {
 public:
  // Eight times what a world makes for itself: less than that is not worth a look.
  static constexpr std::int64_t kFirstLimit = 10'000;

  // True when a collection is due.
  bool add(std::int64_t objects) noexcept {
    new_.fetch_add(objects, std::memory_order_relaxed);
    return due();
  }
  bool due() const noexcept {
    return new_.load(std::memory_order_relaxed) >= limit() || whole_is_due();
  }
  // Whether it is to look at the whole heap.
  bool whole_is_due() const noexcept {
    return old_.load(std::memory_order_relaxed) + new_.load(std::memory_order_relaxed) -
               least_.load(std::memory_order_relaxed) >=
           2 * limit();
  }

  // A collection begins in a world of so many objects, which is stopped.
  void restart(std::int64_t objects) noexcept {
    new_.store(0, std::memory_order_relaxed);
    old_.store(objects, std::memory_order_relaxed);
  }
  // So many of them were garbage.
  void freed(std::int64_t objects) noexcept {
    const std::int64_t now = old_.fetch_sub(objects, std::memory_order_relaxed) - objects;
    std::int64_t least = least_.load(std::memory_order_relaxed);
    while (now < least && !least_.compare_exchange_weak(least, now, std::memory_order_relaxed)) {
    }
  }
  // It looked at the whole heap, and is over.
  void end_whole() noexcept {
    least_.store(old_.load(std::memory_order_relaxed), std::memory_order_relaxed);
  }

 private:
  std::int64_t limit() const noexcept {
    return std::max(kFirstLimit, least_.load(std::memory_order_relaxed));
  }

  std::atomic<std::int64_t> new_{0};  // since the last collection
  std::atomic<std::int64_t> old_{0};  // that lived after it
  // That lived after the last whole collection, or after a later one of parts, if these were fewer.
  std::atomic<std::int64_t> least_{0};
};

class ObjectHeap {
 public:
  static constexpr std::size_t kClasses = 256 / 8 + 1;  // by size in words
  static constexpr std::size_t kFirstDepot = 8;         // lists

  // The chunks that blocks are being cut from; where kHasParts, each thread has them.
  struct Cutting {
    Chunk* chunks[kClasses] = {};
    std::uint32_t part = 0;
  };

  ObjectHeap() = default;
  ~ObjectHeap();
  ObjectHeap(const ObjectHeap&) = delete;
  ObjectHeap& operator=(const ObjectHeap&) = delete;

  // Free blocks of a class: from the depot, or `wanted` new ones. Throws std::bad_alloc.
  FreeList take(std::size_t size_class, std::size_t wanted, Cutting* own);
  // Needs no memory.
  void give(std::size_t size_class, FreeList list) noexcept;
  // Lets others cut from these chunks.
  void leave(Cutting& own) noexcept;
  LargeList* add_large_list();

  HeapGrowth growth;

  // For collectors, while the world is stopped. hold() also keeps detached threads, which may still
  // come and go, from changing what is walked over.
  [[nodiscard]] std::unique_lock<std::mutex> hold() { return std::unique_lock(mutex_.native()); }
  void forget_depot();
  const std::vector<Chunk*>& chunks() const {
    mutex_.assume_held();
    return chunks_;
  }
  const std::vector<std::unique_ptr<LargeList>>& large_lists() const {
    mutex_.assume_held();
    return large_lists_;
  }

 private:
  Mutex mutex_;
  std::vector<Chunk*> chunks_ GILBENCH_GUARDED_BY(mutex_);
  Cutting left_ GILBENCH_GUARDED_BY(mutex_);  // by threads that ended; or everybody's
  std::vector<FreeList> depot_[kClasses] GILBENCH_GUARDED_BY(mutex_);
  std::vector<std::unique_ptr<LargeList>> large_lists_ GILBENCH_GUARDED_BY(mutex_);
};

class FreeLists {
 public:
  // The most full lists of one size that a thread has beside the one that it takes from.
  static constexpr std::size_t kMaxSpares = 7;

  FreeLists(ObjectHeap& heap, std::uint32_t part, std::size_t max_spares)
      : heap_(heap), max_spares_(max_spares), large_(heap.add_large_list()) {
    if constexpr (kHasParts) {
      cutting_ = std::make_unique<ObjectHeap::Cutting>();
      cutting_->part = part;
    }
  }
  ~FreeLists();
  FreeLists(const FreeLists&) = delete;
  FreeLists& operator=(const FreeLists&) = delete;

  void* allocate(std::size_t size) {
    if (size <= kMaxBlockSize) [[likely]] {
      FreeList& list = lists_[size_class(size)];
      FreeBlock* block = list.head;
      if (block != nullptr) [[likely]] {
        list.head = block->next;
        --list.length;
        if constexpr (kPoisons) unpoison(block, size);
        return block;
      }
      return allocate_slow(size);
    }
    return allocate_large(size);
  }

  // The object's count says that it is dead, and goes on saying so.
  void free(Object* object, std::size_t size) noexcept {
    if (size <= kMaxBlockSize) [[likely]] {
      if constexpr (kPoisons) poison(object, size);
      FreeList& list = lists_[size_class(size)];
      if (list.length >= kMaxBlocks) [[unlikely]]
        put_aside(size);
      auto* block = reinterpret_cast<FreeBlock*>(object);
      block->next = list.head;
      list.head = block;
      ++list.length;
      return;
    }
    free_large(object);
  }

  // For collectors that find the free blocks again.
  bool has_free(std::size_t size_class) const { return lists_[size_class].head != nullptr; }
  void forget() noexcept {
    std::fill(std::begin(lists_), std::end(lists_), FreeList{});
    std::fill(std::begin(spares_), std::end(spares_), Spares{});
  }
  // Gives all lists to the depot; nothing is allocated from here again.
  void leave() noexcept;

  // Objects that this thread allocated less those that it freed: may be negative for one thread;
  // the sum over all threads of a world is the number of objects alive.
  std::int64_t live_objects = 0;

  // Growth is counted anew from here. Called by the thread, or while the world is stopped.
  void restart_growth() noexcept { reported_ = live_objects; }

 private:
  // A thread adds to the world's growth in steps of this many, because all threads share its cache
  // line.
  static constexpr std::int64_t kReport = 64;

  // The most free blocks in one list: 1 MiB of the largest size, with kMaxSpares lists more. Spare
  // lists are kept apart from the one in use because growth is looked at with each change of lists:
  // garbage is to be collected as early as the collector's rule allows, while it is still in the
  // caches.
  static constexpr std::size_t kMaxBlocks = 512;

  // A thread first gets few blocks of a size, because it may need no more; then twice as many each
  // time.
  static constexpr std::uint16_t kFirstCarving = 16, kLastCarving = 512;

  static constexpr std::size_t size_class(std::size_t size) { return (size + 7) / 8; }
  static void poison(void* block, std::size_t size) noexcept;
  static void unpoison(void* block, std::size_t size) noexcept;

  void* allocate_slow(std::size_t size);
  void refill(std::size_t size_class);
  void put_aside(std::size_t size) noexcept;
  void* allocate_large(std::size_t size);
  static void free_large(Object* object) noexcept;
  void report_growth() noexcept;

  ObjectHeap& heap_;
  const std::size_t max_spares_;
  LargeList* large_;
  std::int64_t reported_ = 0;  // of live_objects, to heap_.growth
  FreeList lists_[ObjectHeap::kClasses];
  struct Spares {
    std::array<FreeList, kMaxSpares> lists;
    std::size_t count = 0;
  };
  Spares spares_[ObjectHeap::kClasses];
  std::uint16_t carving_[ObjectHeap::kClasses] = {};  // blocks to ask for next; 0: kFirstCarving
  std::unique_ptr<ObjectHeap::Cutting> cutting_;      // where kHasParts
};

// Where buffers are read without a lock, each ends in a word that no reader looks at. A retired
// buffer is linked there, so retiring needs no memory (retire.h).
inline constexpr std::size_t kBufferLink =
    Refs::kReadsDead || !Refs::kCounts ? sizeof(void*) : std::size_t{0};

// Buffers that grow: a list's items, a dict's table. Throws std::bad_alloc.
void* allocate_buffer(std::size_t size);
void free_buffer(void* memory) noexcept;
std::size_t buffer_size(void* memory) noexcept;  // at least what was asked for

GILBENCH_END
