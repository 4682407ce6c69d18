// Reading without a lock (objects/read.h) beside one that changes what is read: a reader gets an
// object that lives, or is refused. A freed object's value is written where nothing but the rules
// of reading keeps readers away, so ThreadSanitizer sees what they fail to.
#include "runtime/objects/read.h"

#include <atomic>
#include <thread>
#include <vector>

#include "runtime/memory/object_vector.h"
#include "runtime/support/annotated_mutex.h"
#include "stand_in.h"

GILBENCH_BEGIN
namespace {

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr std::size_t kChanges = 5000;
#else
constexpr std::size_t kChanges = 50'000;
#endif

// A slot that everybody reads, and what guards it for who is refused.
struct Shared {
  Mutex mutex;
  Object* slot = nullptr;
};

// The object in the slot, with a reference; how a list reads an item.
Ref<> read(Shared& shared) {
  if (Object* object = read_slot(shared.slot, [] { return true; })) return Ref<>::adopt(object);
  const MutexGuard guard(shared.mutex);
  return share_read(shared.slot);
}

void change(Shared& shared, Object* to) {
  Object* old = nullptr;
  {
    const MutexGuard guard(shared.mutex);
    old = exchange_shared(shared.slot, to);
  }
  if (old != nullptr) release(old);
}

// Three threads call look(i, last) for i = 0, 1, ..., where `last` is the thread's own, and pass
// checkpoints, until the writer has called change(i) for i = 1 to kChanges. It begins when each has
// looked.
template <class Look, class Change>
void look_beside(StandInThread& writer, Look&& look, Change&& change) {
  constexpr int kReaders = 3;
  std::atomic<bool> over{false};
  std::atomic<int> begun{0};
  std::vector<std::thread> readers;
  writer.detach();  // while it waits for them
  for (int r = 0; r < kReaders; ++r) {
    readers.emplace_back([&] {
      StandInThread reader(writer.world());
      std::size_t last = 0;
      for (std::size_t i = 0; i == 0 || !over.load(); ++i) {
        look(i, last);
        if (i == 0) begun.fetch_add(1);
        reader.checkpoint();
        if (i % 256 == 0) {
          reader.detach();
          std::this_thread::yield();
          reader.attach();
        }
      }
    });
  }
  while (begun.load() < kReaders) std::this_thread::yield();
  writer.attach();
  for (std::size_t i = 1; i <= kChanges; ++i) {
    change(i);
    writer.checkpoint();
  }
  over.store(true);
  writer.detach();
  for (std::thread& reader : readers) reader.join();
  writer.attach();
}

TEST(Read, GivesTheObjectAReferenceOrRefuses) {
  if constexpr (kReadsUnlocked) {
    StandInWorld world;
    StandInThread thread(world);
    Shared shared;
    const RootSpan root(&shared.slot, sizeof shared.slot);
    EXPECT_EQ(read_slot(shared.slot, [] { return true; }), nullptr) << "nothing is there";
    change(shared, make_leaf(5).take());
    const Ref<> first = read(shared);
    EXPECT_EQ(static_cast<Leaf*>(first.get())->value, 5U);
    // The table has changed meanwhile: a reference that was gained is given back.
    EXPECT_EQ(read_table_slot(shared.slot, [] { return false; }), nullptr);
    change(shared, nullptr);
    if constexpr (Refs::kCounts) {
      EXPECT_EQ(Refs::references_now(*first), 1) << "the reader's own";
      EXPECT_EQ(static_cast<Leaf*>(first.get())->value, 5U);
    }
  }
}

TEST(Read, ReadersBesideOneThatChanges) {
  if constexpr (kReadsUnlocked) {
    StandInWorld world;
    StandInThread writer(world);
    Shared shared;
    const RootSpan root(&shared.slot, sizeof shared.slot);
    change(shared, make_leaf(0).take());
    std::atomic<std::int64_t> freed{0}, backwards{0}, reads{0};
    look_beside(
        writer,
        [&](std::size_t, std::size_t& last) {
          const Ref<> seen = read(shared);
          const std::size_t value = static_cast<Leaf*>(seen.get())->value;
          if (value == Leaf::kFreed) {
            freed.fetch_add(1);
          } else if (value < last) {
            backwards.fetch_add(1);
          }
          last = value;
          reads.fetch_add(1);
        },
        [&](std::size_t i) { change(shared, make_leaf(i).take()); });
    EXPECT_EQ(freed.load(), 0);
    EXPECT_EQ(backwards.load(), 0);
    EXPECT_GT(reads.load(), 0);
    change(shared, nullptr);
    if constexpr (Refs::kCounts) {
      writer.drain_refs();
      EXPECT_EQ(world.live_objects(), 0);
    }
  }
}

// As above, for arrays that grow and are replaced: their memory is retired, not freed.
TEST(Read, ReadersBesideAnArrayThatIsReplaced) {
  if constexpr (kReadsUnlocked) {
    StandInWorld world;
    StandInThread writer(world);
    constexpr std::size_t kItems = 8;
    std::vector<Ref<Leaf>> leaves;
    for (std::size_t i = 0; i < kItems; ++i) {
      leaves.push_back(make_leaf(i));
      if constexpr (Refs::kReadsDead) Refs::share(*leaves.back());
    }
    const auto new_array = [&leaves] {
      auto** array = static_cast<Object**>(allocate_buffer(kItems * sizeof(Object*) + kBufferLink));
      for (std::size_t i = 0; i < kItems; ++i) array[i] = leaves[i].get();
      return array;
    };
    Object** items = new_array();
    std::size_t size = kItems;
    const RootSpan root(items, kItems * sizeof(Object*));
    std::atomic<std::int64_t> wrong{0};
    look_beside(
        writer,
        [&](std::size_t look, std::size_t&) {
          const std::size_t i = look % kItems;
          if (Object* item = read_item(items, size, i)) {
            if (static_cast<Leaf*>(item)->value != i) wrong.fetch_add(1);
            release(item);
          }
        },
        [&](std::size_t) { retire_buffer(exchange_shared(items, new_array())); });
    EXPECT_EQ(wrong.load(), 0);
    retire_buffer(items);
  }
}

}  // namespace
GILBENCH_END
