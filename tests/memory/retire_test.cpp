// Retirement alone (Q1 to Q9): linked with buffers of the test's own, which remember that they have
// been freed. A participant is no thread here; one OS thread plays several, step by step.
#include "runtime/memory/retire.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <random>
#include <set>
#include <thread>
#include <vector>

GILBENCH_BEGIN
namespace {

// What the readers read, and a link at its end.
struct Buffer {
  std::size_t size = sizeof(Buffer);
  int value = 0;
  bool freed = false;
  void* link = nullptr;
};

}  // namespace

// The heap's part. A freed buffer stays where it is, so that who still reads it can be found out.
void free_buffer(void* memory) noexcept {
  auto* buffer = static_cast<Buffer*>(memory);
  EXPECT_FALSE(buffer->freed) << "freed twice";
  buffer->freed = true;
  buffer->value = -1;
}
std::size_t buffer_size(void* memory) noexcept { return static_cast<Buffer*>(memory)->size; }

namespace {

// Offline at first; leaves when it ends, and is offline then.
struct Participant {
  explicit Participant(Retirement& world) { retired.join(world, control); }
  ~Participant() {
    retired.go_offline();
    retired.leave();
  }
  void checkpoint() {
    if (control.breaker.load() != 0) retired.quiesce();
  }
  ThreadControl control;
  Retired retired;
};

class RetireTest : public testing::Test {
 protected:
  static constexpr std::size_t kBatch = 64;

  // Retires that many new ones.
  std::vector<Buffer*> retire(Participant& by, std::size_t count) {
    std::vector<Buffer*> some;
    for (std::size_t i = 0; i < count; ++i) {
      buffers_.push_back(std::make_unique<Buffer>());
      some.push_back(buffers_.back().get());
      by.retired.retire(some.back());
    }
    return some;
  }
  static std::size_t freed_of(const std::vector<Buffer*>& some) {
    std::size_t count = 0;
    for (const Buffer* buffer : some) count += buffer->freed;
    return count;
  }
  std::size_t freed() const {
    std::size_t count = 0;
    for (const auto& buffer : buffers_) count += buffer->freed;
    return count;
  }

  std::vector<std::unique_ptr<Buffer>> buffers_;
};

TEST_F(RetireTest, NothingIsFreedWhereItIsRetired) {
  Retirement world;
  Participant one(world);
  one.retired.go_online();
  retire(one, 10 * kBatch);
  EXPECT_EQ(freed(), 0U) << "the read that found it may be this thread's own";
  one.checkpoint();
  EXPECT_EQ(freed(), 10 * kBatch) << "nobody else is there";
}

TEST_F(RetireTest, AFewWaitForMore) {
  Retirement world;
  Participant one(world);
  one.retired.go_online();
  retire(one, kBatch - 1);
  EXPECT_EQ(one.control.breaker.load(), 0U) << "to look takes a mutex";
  retire(one, 1);
  EXPECT_EQ(one.control.breaker.load(), std::uint32_t{kBreakQuiesce});
  one.checkpoint();
  EXPECT_EQ(freed(), kBatch);
}

TEST_F(RetireTest, AFewLargeOnesDoNot) {
  Retirement world;
  Participant one(world);
  one.retired.go_online();
  Buffer large;
  large.size = std::size_t{1} << 20;
  // Its link lies where its size says that it ends: so the memory has to be there.
  std::vector<std::max_align_t> memory(large.size / sizeof(std::max_align_t) + 1);
  auto* buffer = new (memory.data()) Buffer(large);
  one.retired.retire(buffer);
  EXPECT_EQ(one.control.breaker.load(), std::uint32_t{kBreakQuiesce});
  one.checkpoint();
  EXPECT_TRUE(buffer->freed);
}

// (Q2), (Q3)
TEST_F(RetireTest, AReaderHoldsItUpUntilItsCheckpoint) {
  Retirement world;
  Participant writer(world), reader(world);
  writer.retired.go_online();
  reader.retired.go_online();
  const std::vector<Buffer*> first = retire(writer, kBatch);
  writer.checkpoint();
  EXPECT_EQ(freed_of(first), 0U);
  EXPECT_EQ(reader.control.breaker.load(), std::uint32_t{kBreakQuiesce}) << "it is asked to";
  // The writer's own checkpoints do not help.
  const std::vector<Buffer*> second = retire(writer, kBatch);
  writer.checkpoint();
  EXPECT_EQ(freed(), 0U);
  reader.checkpoint();
  EXPECT_EQ(freed(), 0U) << "it is the writer who looks";
  retire(writer, kBatch);
  writer.checkpoint();
  EXPECT_EQ(freed_of(first), kBatch);
  // These were open while the first waited, so the reader has not been past a checkpoint since.
  EXPECT_EQ(freed_of(second), 0U);
  reader.checkpoint();
  retire(writer, kBatch);
  writer.checkpoint();
  EXPECT_EQ(freed_of(second), kBatch);
}

// (Q4), (Q7)
TEST_F(RetireTest, WhoIsOfflineHoldsNothingUp) {
  Retirement world;
  Participant writer(world), sleeper(world);
  writer.retired.go_online();
  sleeper.retired.go_online();
  sleeper.retired.go_offline();
  retire(writer, kBatch);
  writer.checkpoint();
  EXPECT_EQ(freed(), kBatch);
  // Whoever comes back sees what has been unlinked: it holds up what is retired from now on only.
  const std::vector<Buffer*> before = retire(writer, kBatch - 1);
  sleeper.retired.go_online();
  const std::vector<Buffer*> after = retire(writer, 1);
  writer.checkpoint();
  EXPECT_EQ(freed_of(before), 0U) << "retired, and no epoch made: it may be reading them";
  sleeper.checkpoint();
  retire(writer, kBatch);
  writer.checkpoint();
  EXPECT_EQ(freed_of(before), kBatch - 1);
  EXPECT_EQ(freed_of(after), 1U);
}

TEST_F(RetireTest, WhatAThreadLeavesIsFreedByOthersInTime) {
  Retirement world;
  Participant reader(world), other(world);
  reader.retired.go_online();
  other.retired.go_online();
  std::vector<Buffer*> left;
  {
    Participant writer(world);
    writer.retired.go_online();
    left = retire(writer, kBatch);
    writer.checkpoint();
    for (Buffer* buffer : retire(writer, 10)) left.push_back(buffer);
  }
  EXPECT_EQ(freed_of(left), 0U);
  retire(other, kBatch);
  other.checkpoint();
  EXPECT_EQ(freed_of(left), 0U) << "the reader may be looking at them";
  reader.retired.quiesce();
  retire(other, kBatch);
  other.checkpoint();
  EXPECT_EQ(freed_of(left), kBatch + 10);
}

TEST_F(RetireTest, AWorldThatEndsFreesAll) {
  {
    Retirement world;
    Participant one(world), two(world);
    one.retired.go_online();
    two.retired.go_online();
    retire(one, kBatch + 5);
    one.checkpoint();
    retire(two, 7);
  }
  EXPECT_EQ(freed(), buffers_.size());
}

// Steps drawn at random, for a model that knows for each buffer who might be reading it: those that
// have been online without a checkpoint since it was unlinked.
TEST_F(RetireTest, AtRandomNobodyLosesWhatItReads) {
  std::mt19937 random(7);
  Retirement world;
  constexpr std::size_t kParticipants = 4;
  struct Player {
    std::unique_ptr<Participant> participant;
    bool online = false;
    std::set<Buffer*> may_read;
  };
  std::array<Player, kParticipants> players;
  for (Player& player : players) player.participant = std::make_unique<Participant>(world);
  for (int step = 0; step < 40'000; ++step) {
    Player& player = players[random() % kParticipants];
    Participant& self = *player.participant;
    switch (random() % 8) {
      case 0:
        if (player.online) {
          self.retired.go_offline();
          player.may_read.clear();
        } else {
          self.retired.go_online();
        }
        player.online = !player.online;
        break;
      case 1:
        if (player.online) {
          player.may_read.clear();
          self.retired.quiesce();
        }
        break;
      case 2:
        if (player.online) break;
        player.participant = std::make_unique<Participant>(world);
        break;
      default:
        if (!player.online) break;
        for (Buffer* buffer : retire(self, 1 + random() % 40)) {
          for (Player& other : players) {
            if (other.online) other.may_read.insert(buffer);
          }
        }
    }
    for (const Player& other : players) {
      for (const Buffer* buffer : other.may_read) ASSERT_FALSE(buffer->freed) << "step " << step;
    }
    // Not too many to look at.
    if (step % 500 == 499) {
      for (Player& other : players) {
        other.may_read.clear();
        if (other.online) other.participant->retired.quiesce();
      }
    }
  }
  EXPECT_GT(freed(), buffers_.size() / 2) << "and most have been freed";
}

// Threads: one changes what the others read. A reader that sees a freed buffer is told by its
// value, and by ThreadSanitizer, for freeing writes what readers read and nothing but (Q1) to (Q9)
// orders the two.
TEST_F(RetireTest, ThreadsThatReadSeeNothingFreed) {
  std::vector<std::unique_ptr<Buffer>> versions;  // outlive the world, which frees what is left
  Retirement world;
  constexpr int kVersions = 20'000;
  versions.reserve(kVersions);
  versions.push_back(std::make_unique<Buffer>());
  std::atomic<Buffer*> current{versions.back().get()};
  std::atomic<bool> over{false};
  std::atomic<std::int64_t> wrong{0};
  std::atomic<unsigned> begun{0};
  constexpr unsigned kReaders = 3;
  std::vector<std::thread> readers;
  for (unsigned r = 0; r < kReaders; ++r) {
    readers.emplace_back([&, r] {
      Participant self(world);
      std::mt19937 random(r);
      self.retired.go_online();
      begun.fetch_add(1);
      while (!over.load()) {
        const Buffer* const seen = current.load(std::memory_order_acquire);
        for (int i = 0; i < 20; ++i) {
          if (seen->value < 0) wrong.fetch_add(1);
        }
        self.checkpoint();
        if (random() % 64 == 0) {
          self.retired.go_offline();
          std::this_thread::yield();
          self.retired.go_online();
        }
      }
    });
  }
  while (begun.load() < kReaders) std::this_thread::yield();
  Participant writer(world);
  writer.retired.go_online();
  for (int i = 1; i < kVersions; ++i) {
    versions.push_back(std::make_unique<Buffer>());
    Buffer* const old = current.exchange(versions.back().get());  // acq_rel would do
    writer.retired.retire(old);
    writer.checkpoint();
  }
  over.store(true);
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(wrong.load(), 0);
}

}  // namespace
GILBENCH_END
