// Memory for objects: a free list per size and thread, over mimalloc.
//
// A freed block goes to the list of the thread that frees it, whichever thread allocated it, so no
// list is ever shared and none needs a lock. A list that has grown to kMaxBlocks hands further
// blocks back to mimalloc: a thread that only frees must not hoard. Built with
// GILBENCH_PLAIN_MALLOC (sanitizers) every block comes from malloc and goes back at once.
#pragma once

#include <cstddef>
#include <cstdint>

#include "runtime/objects/object.h"

GILBENCH_BEGIN

class FreeLists {
 public:
  FreeLists() = default;
  ~FreeLists();
  FreeLists(const FreeLists&) = delete;
  FreeLists& operator=(const FreeLists&) = delete;

  void* allocate(std::size_t size) {
#ifndef GILBENCH_PLAIN_MALLOC
    if (size <= kMaxSize) [[likely]] {
      Block*& head = heads_[(size + 7) / 8];
      if (head != nullptr) [[likely]] {
        Block* block = head;
        head = block->next;
        return block;
      }
    }
#endif
    return allocate_slow(size);
  }

  void free(void* memory, std::size_t size) noexcept {
#ifndef GILBENCH_PLAIN_MALLOC
    if (size <= kMaxSize) [[likely]] {
      Block*& head = heads_[(size + 7) / 8];
      const std::size_t length = head == nullptr ? 1 : head->length + 1;
      if (length <= kMaxBlocks) [[likely]] {
        auto* block = static_cast<Block*>(memory);
        block->next = head;
        block->length = length;
        head = block;
        return;
      }
    }
#endif
    free_slow(memory, size);
  }

  // Objects that this thread allocated less those that it freed: may be negative for one thread;
  // the sum over all threads of a world is the number of objects alive.
  std::int64_t live_objects = 0;

 private:
  // 256 bytes hold every fixed-size type, short strings, tuples and small instances.
  static constexpr std::size_t kMaxSize = 256;
  // At most 4096 x 256 bytes = 1 MiB kept per size.
  static constexpr std::size_t kMaxBlocks = 4096;

  // A free block: `length` is how many blocks the list has from here on.
  struct Block {
    Block* next;
    std::size_t length;
  };

  static void* allocate_slow(std::size_t size);
  static void free_slow(void* memory, std::size_t size) noexcept;

  Block* heads_[kMaxSize / 8 + 1] = {};
};

// Buffers that grow: a list's items, a dict's table. Throws std::bad_alloc.
void* allocate_buffer(std::size_t size);
void free_buffer(void* memory) noexcept;

GILBENCH_END
