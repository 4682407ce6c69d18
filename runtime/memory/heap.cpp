// The slow paths of allocation. An empty list is filled from the thread's spares, by sweeping
// (tracing), from the depot, or with new blocks of a chunk; where memory runs out there is a
// reserve of chunks.
#include "runtime/memory/heap.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>

#include "runtime/memory/reserve.h"
#include "runtime/memory/retire.h"
#include "runtime/memory/state.h"
#include "runtime/memory/tracing.h"
#include "runtime/support/error.h"

#ifdef GILBENCH_PLAIN_MALLOC
#include <malloc.h>
#else
#include <mimalloc.h>
#endif
#ifdef GILBENCH_ASAN
#include <sanitizer/asan_interface.h>
#endif

GILBENCH_BEGIN

// ---- where memory comes from: mimalloc, or malloc, which sanitizers watch ----

namespace {
// For whatever an object holds, as for texts: see kMaxTextSize.
void check_buffer_size(std::size_t size) {
  if (size > static_cast<std::size_t>(kMaxTextSize)) throw std::bad_alloc();
}
}  // namespace

#ifdef GILBENCH_PLAIN_MALLOC
void* allocate_buffer(std::size_t size) {
  check_buffer_size(size);
  if constexpr (!Refs::kCounts) note_allocated(size);
  void* memory = std::malloc(size + kBufferLink);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
void free_buffer(void* memory) noexcept { std::free(memory); }
std::size_t buffer_size(void* memory) noexcept { return malloc_usable_size(memory); }

namespace {
void* try_allocate_chunk() noexcept {
  void* memory = std::aligned_alloc(Chunk::kSize, Chunk::kSize);
  return memory == nullptr ? nullptr : std::memset(memory, 0, Chunk::kSize);
}
}  // namespace
#else
void* allocate_buffer(std::size_t size) {
  check_buffer_size(size);
  if constexpr (!Refs::kCounts) note_allocated(size);
  void* memory = mi_malloc(size + kBufferLink);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
void free_buffer(void* memory) noexcept { mi_free(memory); }
std::size_t buffer_size(void* memory) noexcept { return mi_usable_size(memory); }

namespace {
void* try_allocate_chunk() noexcept { return mi_zalloc_aligned(Chunk::kSize, Chunk::kSize); }
}  // namespace
#endif

// ---- the world's heap, and a reserve ----

namespace {
// The reserve (memory/reserve.h): one for all worlds of the process. Its pages are not touched
// before they are needed.
class ChunkReserve {
 public:
  ~ChunkReserve() {
    while (count_ > 0) free_buffer(chunks_[--count_]);
  }
  void open() noexcept {
    const MutexGuard guard(mutex_);
    is_open_ = true;
  }
  // Null where there is none, or it is not open.
  void* take() noexcept {
    const MutexGuard guard(mutex_);
    return is_open_ && count_ > 0 ? chunks_[--count_] : nullptr;
  }
  // There is memory: closes it, and puts a chunk by.
  void fill() noexcept {
    const MutexGuard guard(mutex_);
    is_open_ = false;
    if (count_ == kChunks) return;
    if (void* memory = try_allocate_chunk()) chunks_[count_++] = memory;
  }

 private:
  static constexpr std::size_t kChunks = 8;  // as many sizes of objects

  Mutex mutex_;
  bool is_open_ GILBENCH_GUARDED_BY(mutex_) = false;
  std::size_t count_ GILBENCH_GUARDED_BY(mutex_) = 0;
  void* chunks_[kChunks] GILBENCH_GUARDED_BY(mutex_) = {};
};
ChunkReserve chunk_reserve;

void* allocate_chunk() {
  if (void* memory = try_allocate_chunk()) {
    chunk_reserve.fill();
    return memory;
  }
  if (void* memory = chunk_reserve.take()) return memory;
  throw std::bad_alloc();
}

// For one list more. Not where memory is short; then there is a last list (ObjectHeap::take).
bool has_room(std::vector<FreeList>& depot) noexcept {
  if (depot.size() < depot.capacity()) return true;
  try {
    depot.reserve(2 * depot.size());
    return true;
  } catch (const std::bad_alloc&) {
    return false;
  }
}
}  // namespace

void open_reserve() noexcept { chunk_reserve.open(); }

ObjectHeap::~ObjectHeap() {
  for (Chunk* chunk : chunks_) free_buffer(chunk);
  for (const auto& list : large_lists_) {
    while (list->first != nullptr) {  // objects that leaked
      LargeObject* next = list->first->next;
      free_buffer(std::exchange(list->first, next));
    }
  }
}

FreeList ObjectHeap::take(std::size_t size_class, std::size_t wanted, Cutting* own) {
  const MutexGuard guard(mutex_);
  std::vector<FreeList>& depot = depot_[size_class];
  if (!depot.empty()) {
    const FreeList list = depot.back();
    depot.pop_back();
    return list;
  }
  const auto used_up = [](const Chunk* chunk) {
    return chunk == nullptr || chunk->carved == chunk->capacity();
  };
  Chunk*& chunk = (own != nullptr ? *own : left_).chunks[size_class];
  if (own != nullptr && used_up(chunk)) chunk = std::exchange(left_.chunks[size_class], nullptr);
  if (used_up(chunk)) {
    if (chunks_.size() == chunks_.capacity()) chunks_.reserve(2 * chunks_.size() + 16);
    if (depot.capacity() == 0) depot.reserve(kFirstDepot);  // before any of its blocks can be given
    chunk = static_cast<Chunk*>(allocate_chunk());
    chunk->block_size = size_class * 8;
    chunks_.push_back(chunk);
  }
  if (own != nullptr) chunk->part = own->part;
  FreeList list;
  list.length = std::min(wanted, chunk->capacity() - chunk->carved);
  for (std::size_t i = list.length; i-- > 0;) {  // the first block comes first
    auto* block = reinterpret_cast<FreeBlock*>(chunk->block(chunk->carved + i));
    block->next = list.head;
    list.head = block;
  }
  chunk->carved += list.length;
  return list;
}

void ObjectHeap::give(std::size_t size_class, FreeList list) noexcept {
  if (list.head == nullptr) return;
  const MutexGuard guard(mutex_);
  std::vector<FreeList>& depot = depot_[size_class];
  if (has_room(depot)) return depot.push_back(list);
  // No memory for one list more: it goes before the last one.
  FreeBlock* end = list.head;
  while (end->next != nullptr) end = end->next;
  end->next = std::exchange(depot.back().head, list.head);
  depot.back().length += list.length;
}

void ObjectHeap::leave(Cutting& own) noexcept {
  const MutexGuard guard(mutex_);
  for (std::size_t i = 0; i < kClasses; ++i) {
    // One of a size is enough: of another the rest stays unused.
    if (Chunk* chunk = std::exchange(own.chunks[i], nullptr)) left_.chunks[i] = chunk;
  }
}

void ObjectHeap::forget_depot() {
  const MutexGuard guard(mutex_);
  for (std::vector<FreeList>& lists : depot_) lists.clear();
}

LargeList* ObjectHeap::add_large_list() {
  const MutexGuard guard(mutex_);
  large_lists_.push_back(std::make_unique<LargeList>());
  return large_lists_.back().get();
}

// ---- a thread's lists ----

FreeLists::~FreeLists() { leave(); }

void FreeLists::leave() noexcept {
  for (std::size_t i = 0; i < ObjectHeap::kClasses; ++i) {
    heap_.give(i, std::exchange(lists_[i], FreeList{}));
    while (spares_[i].count > 0) heap_.give(i, spares_[i].lists[--spares_[i].count]);
  }
  if (cutting_ != nullptr) heap_.leave(*cutting_);
}

void FreeLists::refill(std::size_t index) {
  Spares& spares = spares_[index];
  if (spares.count > 0) {
    lists_[index] = spares.lists[--spares.count];
    return;
  }
  if constexpr (!Refs::kCounts) {
    if (sweep_for(this_thread_memory(), index)) return;
  }
  std::uint16_t& carving = carving_[index];
  carving = carving == 0
                ? kFirstCarving
                : std::min<std::uint16_t>(static_cast<std::uint16_t>(carving * 2), kLastCarving);
  lists_[index] = heap_.take(index, carving, cutting_.get());
}

void* FreeLists::allocate_slow(std::size_t size) {
  const std::size_t index = size_class(size);
  FreeList& list = lists_[index];
  if constexpr (Refs::kCounts) report_growth();
  refill(index);
  if constexpr (!Refs::kCounts) note_allocated(list.length * index * 8);
  FreeBlock* block = list.head;
  list.head = block->next;
  --list.length;
  if constexpr (kPoisons) unpoison(block, size);
  return block;
}

// Only here, where memory is asked for: see memory/cycles.h.
void FreeLists::report_growth() noexcept {
  const std::int64_t growth = live_objects - reported_;
  if (growth < kReport) return;
  reported_ = live_objects;
  if (heap_.growth.add(growth)) this_thread_memory().request(kBreakCollect);
}

void FreeLists::put_aside(std::size_t size) noexcept {
  const FreeList list = std::exchange(lists_[size_class(size)], FreeList{});
  Spares& spares = spares_[size_class(size)];
  if (spares.count < max_spares_) {
    spares.lists[spares.count++] = list;
    return;
  }
  heap_.give(size_class(size), list);
}

void* FreeLists::allocate_large(std::size_t size) {
  if constexpr (Refs::kCounts) report_growth();
  auto* large = static_cast<LargeObject*>(allocate_buffer(sizeof(LargeObject) + size));
  std::memset(static_cast<void*>(large->object()), 0, sizeof(Header));  // dead until it is made
  const MutexGuard guard(large_->mutex);
  *large = {nullptr, large_->first, large_, size, 0};
  if (large_->first != nullptr) large_->first->previous = large;
  large_->first = large;
  return large->object();
}

void FreeLists::free_large(Object* object) noexcept {
  LargeObject* large = LargeObject::of(object);
  {
    const MutexGuard guard(large->list->mutex);
    if (large->next != nullptr) large->next->previous = large->previous;
    if (large->previous != nullptr) {
      large->previous->next = large->next;
    } else {
      large->list->first = large->next;
    }
  }
  if constexpr (Refs::kReadsDead) {
    retire_buffer(large);
  } else {
    free_buffer(large);
  }
}

#ifdef GILBENCH_ASAN
void FreeLists::poison(void* block, std::size_t size) noexcept {
  if (size <= sizeof(Header)) return;
  __asan_poison_memory_region(static_cast<char*>(block) + sizeof(Header), size - sizeof(Header));
}
void FreeLists::unpoison(void* block, std::size_t size) noexcept {
  __asan_unpoison_memory_region(block, size);
}
#else
void FreeLists::poison(void*, std::size_t) noexcept {}
void FreeLists::unpoison(void*, std::size_t) noexcept {}
#endif

GILBENCH_END
