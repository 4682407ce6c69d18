// A word beside each object, for as long as a collection lasts: what a collector must remember of
// an object and has no room for in its header.
//
// Objects stand close together in chunks, and a collector follows references among neighbours. So
// the words stand as close: one for each 16 bytes of a region of 64 KiB (no two objects begin
// within 16 bytes of each other, for a header alone is that large), the regions in a small hash
// table. A hash table over the objects themselves would take four times the memory and miss the
// cache with every reference.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "runtime/objects/object.h"

GILBENCH_BEGIN

class ObjectTable {
 public:
  ObjectTable() : regions_(64) {}

  // The word of an object, 0 at first.
  std::uint32_t& operator[](const Object* object) {
    const std::uintptr_t number = region_of(object);
    Region* region = &regions_[slot_of(number)];
    if (region->words == nullptr) [[unlikely]]
      region = add(number);
    return region->words[word_of(object)];
  }
  // Null where no object of that region has one. The word may be 0.
  std::uint32_t* find(const Object* object) {
    const Region& region = regions_[slot_of(region_of(object))];
    return region.words == nullptr ? nullptr : &region.words[word_of(object)];
  }

 private:
  static constexpr int kRegionBits = 16, kWordBits = 4;
  static_assert(sizeof(Header) >= std::size_t{1} << kWordBits);

  struct Region {
    std::uintptr_t number = 0;
    std::unique_ptr<std::uint32_t[]> words;  // null: a free slot
  };

  static std::uintptr_t region_of(const Object* object) {
    return reinterpret_cast<std::uintptr_t>(object) >> kRegionBits;
  }
  static std::size_t word_of(const Object* object) {
    constexpr std::uintptr_t kInRegion = (std::uintptr_t{1} << kRegionBits) - 1;
    return (reinterpret_cast<std::uintptr_t>(object) & kInRegion) >> kWordBits;
  }
  // Where the region is, or where it would be.
  std::size_t slot_of(std::uintptr_t number) const {
    const std::size_t mask = regions_.size() - 1;
    // Fibonacci hashing (Knuth, volume 3, 6.4): neighbours spread over the table.
    std::size_t slot = (number * 0x9E3779B97F4A7C15u >> 20) & mask;
    while (regions_[slot].words != nullptr && regions_[slot].number != number) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
  // At most half of the slots are taken, so a search ends soon.
  Region* add(std::uintptr_t number) {
    if (++count_ * 2 > regions_.size()) {
      std::vector<Region> old(regions_.size() * 2);
      old.swap(regions_);
      for (Region& region : old) {
        if (region.words != nullptr) regions_[slot_of(region.number)] = std::move(region);
      }
    }
    Region& region = regions_[slot_of(number)];
    region.number = number;
    region.words = std::make_unique<std::uint32_t[]>(std::size_t{1} << (kRegionBits - kWordBits));
    return &region;
  }

  std::vector<Region> regions_;  // a power of two
  std::size_t count_ = 0;        // regions that are taken
};

GILBENCH_END
