// References that a thread holds in advance, to objects that other threads own.
//
// The trouble: biased counts make the owner's counting cheap, and leave all other threads one
// atomic count. Threads that only read the same few objects, such as a configuration, pass that
// count's cache line from core to core with every read, and together are no faster than one of them
// alone. The naive fix, a count for each thread in each object, has no room.
//
// The scheme: a thread that needs a reference takes kBatch of them at once, hands out one, and
// keeps the others in a small table of its own, under the object's address. The next references to
// the same object come from the table, and go back to it, without touching the shared count.
// Credits are references like any other, and counted as such: an object lives while any thread has
// a credit for it, and the counting itself need not know of them. (Weighted reference counting
// moves references about in bulk for the same reason: D. Bevan and, independently, P. Watson and I.
// Watson, both PARLE 1987. A table of counts beside each core, settled from time to time, is A.
// Clements, F. Kaashoek, N. Zeldovich's Refcache, EuroSys 2013, whose tables hold differences
// instead; an object that is counted in differences is known to be dead only two epochs later.)
//
// What it costs: an object may outlive its last real reference until its credits are given back. A
// thread gives them back when other objects take their place in the table, when it passes a
// checkpoint that something has asked for, when it detaches, and when it ends. So while the world
// is stopped no thread has credits, and counts are exact. In each thread at most 1,024 objects, and
// what they hold, wait like this. They wait for 100 ms at most: every 50 ms the world's watchdog
// (remind(), Watchdog) asks each thread that has credits for a checkpoint. A thread that only
// computes passes one at its next call or turn of a loop, unless a single native operation takes
// longer than that.
//
// Invariants:
//  (C1) a table is touched by its thread alone, while that is attached;
//  (C2) 0 <= entry.credits < 2 * kBatch, and each is a reference to entry.object: counted in
//       shared, or counted by the owner and passed to this thread to give up. An entry without
//       credits does not keep its object alive, and nobody looks at that object.
//  (C3) an object has one entry at most.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

namespace gilbench {

template <class Count>
class RefCredits {
 public:
  // References taken at once. A thread rarely holds more of one object at one time.
  static constexpr std::int32_t kBatch = 64;

  struct Entry {
    void* object = nullptr;  // null: free
    Count* count = nullptr;  // the object's
    std::int32_t credits = 0;
  };

  // That object's entry; null: it has none.
  Entry* find(const void* object) noexcept {
    Pair& pair = pair_of(object);
    if (pair.newer.object == object) [[likely]]
      return &pair.newer;
    return pair.older.object == object ? &pair.older : nullptr;
  }
  // Makes an entry for an object that has none. Returns the entry that it evicts, whose credits are
  // then the caller's, or a free one.
  [[nodiscard]] Entry put(void* object, Count& count, std::int32_t credits) noexcept {
    Pair& pair = pair_of(object);
    const Entry oldest = take(pair.older);
    pair.older = std::exchange(pair.newer, Entry{object, &count, credits});
    ++used_;
    return oldest;
  }
  bool empty() const noexcept { return used_ == 0; }

  // Calls give_back(Entry) for each; give_back may itself put entries in.
  template <class GiveBack>
  void take_all(GiveBack&& give_back) {
    while (used_ != 0) {
      for (Pair& pair : pairs_) {
        if (pair.newer.object != nullptr) give_back(take(pair.newer));
        if (pair.older.object != nullptr) give_back(take(pair.older));
      }
    }
  }

 private:
  // Two places for the objects whose addresses hash to them. With one place, every sixth of 200
  // objects in use shares it with another, and the two evict each other at every use.
  struct Pair {
    Entry newer, older;
  };
  static constexpr int kBits = 9, kShift = 64 - kBits;

  Pair& pair_of(const void* object) noexcept {
    // Fibonacci hashing (Knuth, volume 3, 6.4): spreads blocks of one size over all places.
    return pairs_[(reinterpret_cast<std::uintptr_t>(object) * 0x9E3779B97F4A7C15u) >> kShift];
  }
  // Frees the place; its credits are then the caller's.
  Entry take(Entry& entry) noexcept {
    if (entry.object != nullptr) --used_;
    return std::exchange(entry, Entry{});
  }

  Pair pairs_[std::size_t{1} << kBits];  // 24 KiB, where they are used
  std::size_t used_ = 0;
};

}  // namespace gilbench
