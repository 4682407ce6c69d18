// A word for each object of a heap, while a collection lasts: it holds what the collector must
// remember of the object and has no room for in the header.
//
// All words stand in one array, chunk by chunk, four bytes for a block of up to 256. The array
// stays in the caches where the heap does not, and is walked over instead of the heap where the
// words alone tell enough. A large object carries its own.
//
// So for any object the collector must find out whether it lies in a chunk, and where that chunk's
// words are. The chunk's header could tell, but all headers lie at multiples of 64 KiB, and compete
// for the same few sets of every cache. Hence a directory by address, in two levels like page
// tables. It is asked once for each reference in the heap.
//
// Where each thread has a part of the heap, the words may be those of one part alone. All objects
// outside that part share one word. What is subtracted from it means nothing, but it must never say
// that an object is in the part (trial.h subtracts multiples of kOne, which leaves the flag bits).
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "runtime/memory/heap.h"

GILBENCH_BEGIN

class ObjectWords {
 public:
  // One for each block that the heap has handed out, and each large object, all 0; or, of a part,
  // for each block of its chunks. The world is stopped, and the heap held.
  ObjectWords(const ObjectHeap& heap, std::uint32_t part = kWhole);
  static constexpr std::uint32_t kWhole = 0;

  // Of an object of that heap.
  std::uint32_t& operator[](Object* object) {
    const auto address = reinterpret_cast<std::uintptr_t>(object);
    const std::uintptr_t page = (address >> kPageBits) - first_page_;
    if (page < pages_.size()) [[likely]] {
      const Words& words = (*pages_[page])[(address >> kChunkBits) % kChunksOfPage];
      if (words.first != nullptr) [[likely]]
        return words.first[address % Chunk::kSize * words.inverse >> kInverseBits];
    }
    return part_ == kWhole ? LargeObject::of(object)->word : of_others_;
  }

  // Calls action(Object*, word) for each block, alive or not. It looks at no object itself, so the
  // world may run again if the action looks at none that another thread can reach.
  template <class Action>
  void for_each_block(Action&& action) {
    for (const ChunkBlocks& chunk : chunks_) {
      char* block = chunk.chunk->block(0);
      for (std::uint32_t* word = chunk.first; word != chunk.end;
           ++word, block += chunk.block_size) {
        action(reinterpret_cast<Object*>(block), *word);
      }
    }
  }

 private:
  static constexpr int kChunkBits = 16;
  static_assert(Chunk::kSize == std::size_t{1} << kChunkBits);
  // A page is 64 MiB. A usual heap lies in a few; one as wide as an address space of 47 bits would
  // have two million pointers here, nearly all to the same page.
  static constexpr int kPageBits = 26;
  static constexpr std::size_t kChunksOfPage = std::size_t{1} << (kPageBits - kChunkBits);

  // 2^32 / block size, rounded up. Offset * inverse / 2^32, rounded down, is offset / block size:
  // the error is upwards, and less than 2^-16 for an offset below 2^16 (object_words.cpp tries
  // all).
  static constexpr int kInverseBits = 32;
  static constexpr std::uint64_t inverse_of(std::size_t block_size) {
    return ((std::uint64_t{1} << kInverseBits) - 1) / block_size + 1;
  }
  static constexpr bool all_quotients_are_exact();

  // A chunk's words, by offset in the chunk / block size: so the first ones are its header's.
  struct Words {
    std::uint32_t* first = nullptr;  // null: no chunk is there
    std::uint64_t inverse = 0;       // of the block size: a product instead of a division
  };
  using Page = std::array<Words, kChunksOfPage>;
  static const Page kNoChunks;

  struct ChunkBlocks {
    Chunk* chunk;
    std::size_t block_size;
    std::uint32_t *first, *end;  // words of the blocks that have been handed out
  };

  const std::uint32_t part_;
  std::uint32_t of_others_ = 0;
  std::vector<ChunkBlocks> chunks_;
  std::vector<std::uint32_t> words_;  // of all chunks
  std::vector<const Page*> pages_;    // by address; &kNoChunks where no chunk is
  std::uintptr_t first_page_ = 0;     // the number of pages_[0]
  std::vector<std::unique_ptr<Page>> own_pages_;
};

GILBENCH_END
