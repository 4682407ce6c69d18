// Lays out the words of all chunks side by side, with a table of pages that finds a chunk's words
// from its address; proves at compile time that the inverse multiplication divides exactly.
#include "runtime/memory/object_words.h"

#include <algorithm>
#include <iterator>

GILBENCH_BEGIN

namespace {

std::uintptr_t address_of(const Chunk* chunk) { return reinterpret_cast<std::uintptr_t>(chunk); }

// Words that stand for a chunk's header.
constexpr std::size_t header_words(std::size_t block_size) {
  return Chunk::kFirstBlock / block_size;
}

}  // namespace

const ObjectWords::Page ObjectWords::kNoChunks{};

constexpr bool ObjectWords::all_quotients_are_exact() {
  for (std::size_t size = sizeof(Header); size <= 256; size += 8) {
    std::size_t word = header_words(size);
    for (std::size_t at = Chunk::kFirstBlock; at + size <= Chunk::kSize; at += size, ++word) {
      if (at * inverse_of(size) >> kInverseBits != word) return false;
    }
  }
  return true;
}

ObjectWords::ObjectWords(const ObjectHeap& heap, std::uint32_t part) : part_(part) {
  static_assert(all_quotients_are_exact());
  if (part == kWhole) {
    for (const auto& list : heap.large_lists()) {
      for (LargeObject* large = list->first_stopped(); large != nullptr; large = large->next) {
        large->word = 0;
      }
    }
  }
  std::vector<Chunk*> chunks;
  std::copy_if(heap.chunks().begin(), heap.chunks().end(), std::back_inserter(chunks),
               [part](const Chunk* chunk) { return part == kWhole || chunk->part == part; });
  if (chunks.empty()) return;

  std::size_t count = 0;
  for (const Chunk* chunk : chunks) count += header_words(chunk->block_size) + chunk->carved;
  words_.resize(count);
  chunks_.reserve(chunks.size());

  const auto [lowest, highest] = std::minmax_element(chunks.begin(), chunks.end());
  first_page_ = address_of(*lowest) >> kPageBits;
  std::vector<Page*> pages((address_of(*highest) >> kPageBits) - first_page_ + 1);
  std::uint32_t* words = words_.data();
  for (Chunk* chunk : chunks) {
    Page*& page = pages[(address_of(chunk) >> kPageBits) - first_page_];
    if (page == nullptr) page = own_pages_.emplace_back(std::make_unique<Page>()).get();
    const std::size_t size = chunk->block_size;
    (*page)[(address_of(chunk) >> kChunkBits) % kChunksOfPage] = {words, inverse_of(size)};
    std::uint32_t* first = words + header_words(size);
    words = first + chunk->carved;
    chunks_.push_back({chunk, size, first, words});
  }
  for (const Page* page : pages) pages_.push_back(page != nullptr ? page : &kNoChunks);
}

GILBENCH_END
