// Threads make objects, put them where others find them, read, drop and end at random, under every
// policy that shares, with no runtime around it: afterwards each object has been ended once, by a
// thread that saw all that others did to it. What ends leaves its block to be used again, as the
// heap does it, so that who reads without a lock may find the next object there or the dead one.
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <deque>
#include <mutex>
#include <random>
#include <thread>
#include <utility>
#include <vector>

#include "tests/strategies/every_policy.h"
#include "tests/strategies/on_threads.h"

namespace gilbench {
namespace {

template <class P>
struct Block : HeaderParts<typename P::Refs, typename P::Locks> {
  // Plain on purpose, all three: the race detector checks who may look.
  int number = 0;
  int check = 0;
  bool alive = false;

  // Who holds a reference may call it.
  void look_at() const {
    EXPECT_TRUE(alive);
    EXPECT_EQ(check, number * 7 + 3);
  }
  void end() {
    look_at();
    alive = false;
    // relaxed: a statistic.
    ended.fetch_add(1, std::memory_order_relaxed);
    free_list.push_back(this);
  }

  static inline std::atomic<int> ended;
  static inline thread_local std::vector<Block*> free_list;
};

// Where threads find each other's objects: as a list of one item.
template <class P>
struct Slot : HeaderParts<typename P::Refs, typename P::Locks> {
  std::atomic<Block<P>*> block{nullptr};  // one reference; changed under the lock
};

template <class P>
class World {
 public:
  using Refs = typename P::Refs;
  using Locks = typename P::Locks;
  static constexpr std::size_t kSlots = 8;

  World() {
    for (Slot<P>& slot : slots_) Locks::init(slot);
    Block<P>::ended = 0;
  }

  Block<P>* make(int number) {
    Block<P>* block = next_block();
    block->number = number;
    block->check = number * 7 + 3;
    block->alive = true;
    Refs::init(*block);
    // relaxed: a statistic.
    made_.fetch_add(1, std::memory_order_relaxed);
    return block;
  }
  // The slot takes over the caller's reference.
  void put(std::size_t place, Block<P>* block) {
    Slot<P>& slot = slots_[place];
    Locks::lock(slot);
    // release: pairs with the acquires in read_unlocked().
    Block<P>* const old = slot.block.exchange(block, std::memory_order_release);
    Locks::unlock(slot);
    if (old != nullptr) drop<P>(*old);
  }
  // A new reference, or null.
  Block<P>* get(std::size_t place) {
    Slot<P>& slot = slots_[place];
    if (Block<P>* const block = read_unlocked(slot)) return block;
    Locks::lock(slot);
    // relaxed: under the lock.
    Block<P>* const block = slot.block.load(std::memory_order_relaxed);
    if (block != nullptr) {
      Refs::retain(*block);
      Refs::share(*block);
    }
    Locks::unlock(slot);
    return block;
  }
  void clear() {
    for (std::size_t place = 0; place < kSlots; ++place) put(place, nullptr);
  }
  int made() const { return made_; }

 private:
  // The three steps of runtime/objects/read.h.
  static Block<P>* read_unlocked(Slot<P>& slot) {
    if constexpr (!Refs::kReadsDead) return nullptr;
    Block<P>* const block = slot.block.load(std::memory_order_acquire);
    if (block == nullptr || !Refs::try_retain(*block)) return nullptr;
    if (slot.block.load(std::memory_order_acquire) == block) return block;
    drop<P>(*block);
    return nullptr;
  }
  Block<P>* next_block() {
    auto& free_list = Block<P>::free_list;
    if (!free_list.empty()) {
      Block<P>* const block = free_list.back();
      free_list.pop_back();
      return block;
    }
    const std::scoped_lock guard(mutex_);
    return &blocks_.emplace_back();
  }

  std::array<Slot<P>, kSlots> slots_;
  std::atomic<int> made_{0};
  std::mutex mutex_;
  std::deque<Block<P>> blocks_;  // under mutex_; their addresses stay
};

// One thread's life; half of them leave what they hold to the others.
template <class P>
void live(World<P>& world, unsigned seed) {
  RefsThread<P, Block<P>> thread;
  std::minstd_rand random(seed);
  const auto below = [&](std::size_t limit) { return random() / 64 % limit; };
  const auto place = [&] { return below(World<P>::kSlots); };
  std::vector<Block<P>*> mine;
  const auto take = [&] {
    std::swap(mine[below(mine.size())], mine.back());
    Block<P>* const block = mine.back();
    mine.pop_back();
    return block;
  };

  for (std::size_t steps = 50 + below(400); steps > 0; --steps) {
    const std::size_t what = below(10);
    if (what < 2 || mine.empty()) {
      mine.push_back(world.make(static_cast<int>(random() % 1'000'000)));
    } else if (what < 4) {
      world.put(place(), take());
    } else if (what < 6) {
      if (Block<P>* const block = world.get(place())) {
        block->look_at();
        mine.push_back(block);
      }
    } else if (what == 6) {
      drop<P>(*take());
    } else if (what == 7) {
      Block<P>* const block = mine[below(mine.size())];
      P::Refs::retain(*block);
      mine.push_back(block);
    } else if (what == 8) {
      thread.checkpoint();
    } else {  // in a blocking region: others act for it
      thread.detach();
      if (below(4) == 0) std::this_thread::yield();
      thread.attach();
    }
  }
  const bool leaves_all = below(2) == 0;
  while (!mine.empty()) {
    if (leaves_all) {
      world.put(place(), take());
    } else {
      drop<P>(*take());
    }
  }
}

template <class P>
class RefsStress : public testing::Test {};
TYPED_TEST_SUITE(RefsStress, TestTypes<SharedPairs>);

TYPED_TEST(RefsStress, EachObjectEndsOnce) {
  constexpr int kLanes = 4, kLives = 8, kRounds = 20;
  for (int round = 0; round < kRounds && !this->HasFailure(); ++round) {
    World<TypeParam> world;
    // In each lane one thread after the other, so that they begin while others end.
    on_threads(kLanes, [&](int lane) {
      for (int i = 0; i < kLives; ++i) {
        const auto seed = static_cast<unsigned>((round * kLanes + lane) * kLives + i + 1);
        std::thread([&] { live(world, seed); }).join();
      }
    });
    {
      RefsThread<TypeParam, Block<TypeParam>> thread;
      world.clear();
    }
    Block<TypeParam>::free_list.clear();
    EXPECT_EQ(Block<TypeParam>::ended, world.made()) << "round " << round;
  }
}

}  // namespace
}  // namespace gilbench
