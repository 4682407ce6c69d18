// Objects that one thread leaves to another, in the order in which they came, in chunks.
//
// push() is called where an object is released, so it must not throw, nor fail at the first lack of
// memory: nothing else could be done with the object there. When the heap has no memory for a
// chunk, one is taken from a reserve in the process's own data, which has room for 16,000 objects.
// When that is used up as well, push() returns false.
#pragma once

#include <array>
#include <cstddef>
#include <new>
#include <utility>

#include "runtime/support/annotated_mutex.h"

namespace gilbench {

class ObjectQueue {
 public:
  ObjectQueue() = default;
  ObjectQueue(ObjectQueue&& other) noexcept
      : first_(std::exchange(other.first_, nullptr)), last_(std::exchange(other.last_, nullptr)) {}
  ObjectQueue& operator=(ObjectQueue&&) = delete;
  ~ObjectQueue() {
    take_all([](void*) {});
  }

  bool empty() const noexcept { return first_ == nullptr; }

  // False: there is no memory, and the object is not in the queue.
  [[nodiscard]] bool push(void* object) noexcept {
    if (last_ == nullptr || last_->count == kRoom) {
      Chunk* const chunk = make_chunk();
      if (chunk == nullptr) return false;
      (last_ == nullptr ? first_ : last_->next) = chunk;
      last_ = chunk;
    }
    last_->objects[last_->count++] = object;
    return true;
  }

  // Calls take(object) for each, and keeps none. take() must not use this queue.
  template <class Take>
  void take_all(Take&& take) {
    last_ = nullptr;
    for (Chunk* chunk = std::exchange(first_, nullptr); chunk != nullptr;) {
      for (std::size_t i = 0; i < chunk->count; ++i) take(chunk->objects[i]);
      free_chunk(std::exchange(chunk, chunk->next));
    }
  }

 private:
  static constexpr std::size_t kRoom = 126;  // a chunk is 1 KiB

  struct Chunk {
    Chunk* next = nullptr;
    std::size_t count = 0;
    std::array<void*, kRoom> objects{};
  };

  // One for the process. Its pages are touched only when they are needed.
  struct Reserve {
    Mutex mutex;
    std::array<Chunk, 128> chunks;
    std::size_t carved GILBENCH_GUARDED_BY(mutex) = 0;  // that have been handed out at least once
    Chunk* returned GILBENCH_GUARDED_BY(mutex) = nullptr;  // and are free again

    bool has(const Chunk* chunk) const noexcept {
      return chunk >= chunks.data() && chunk < chunks.data() + chunks.size();
    }
    Chunk* take() noexcept {
      const MutexGuard guard(mutex);
      if (returned != nullptr) return std::exchange(returned, returned->next);
      return carved < chunks.size() ? &chunks[carved++] : nullptr;
    }
    void give(Chunk* chunk) noexcept {
      const MutexGuard guard(mutex);
      chunk->next = std::exchange(returned, chunk);
    }
  };
  static Reserve& reserve() noexcept {
    static constinit Reserve all;
    return all;
  }

  static Chunk* make_chunk() noexcept {
    if (Chunk* const chunk = new (std::nothrow) Chunk) return chunk;
    Chunk* const chunk = reserve().take();
    if (chunk == nullptr) return nullptr;
    chunk->next = nullptr;
    chunk->count = 0;
    return chunk;
  }
  static void free_chunk(Chunk* chunk) noexcept {
    if (reserve().has(chunk)) {
      reserve().give(chunk);
    } else {
      delete chunk;
    }
  }

  Chunk* first_ = nullptr;
  Chunk* last_ = nullptr;
};

}  // namespace gilbench
