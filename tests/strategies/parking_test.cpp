// The lock of one byte and the lot that its waiting threads sleep in. A wake-up that is lost shows
// as a test that hangs. (What every Locks policy promises is in policies_test.cpp.)
#include <gtest/gtest.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <random>
#include <thread>
#include <vector>

#include "strategies/policies/locks/object_mutex.h"
#include "strategies/policies/locks/parking_lot.h"
#include "tests/strategies/on_threads.h"

namespace gilbench {
namespace {

using std::chrono::milliseconds;

static_assert(sizeof(ParkingMutex) == 1);

// A thread that sleeps at an address until it is unparked.
class Sleeper {
 public:
  explicit Sleeper(const void* address)
      : thread_([this, address] {
          ParkingLot::park(address, [this] { return parked_ = true; });
          awake_ = true;
        }) {
    while (!parked_) std::this_thread::yield();
  }
  ~Sleeper() { thread_.join(); }
  Sleeper(const Sleeper&) = delete;
  Sleeper& operator=(const Sleeper&) = delete;

  void wait_until_awake() const {
    while (!awake_) std::this_thread::yield();
  }
  // Long enough for one that was woken to say so.
  bool still_sleeps() const {
    std::this_thread::sleep_for(milliseconds(20));
    return !awake_;
  }
  pthread_t handle() { return thread_.native_handle(); }

 private:
  std::atomic<bool> parked_{false};
  std::atomic<bool> awake_{false};
  std::thread thread_;
};

TEST(ParkingLot, NobodySleepsWhereThereIsNothingToWaitFor) {
  const char address = 0;
  ParkingLot::park(&address, [] { return false; });
  ParkingLot::let_go(&address);
}

// In its bucket's mutex: who lets go between the two would find nobody to wake.
TEST(ParkingLot, NobodyLetsGoBetweenTheLookAndTheSleep) {
  const char address = 0;
  std::thread other;
  std::atomic<bool> has_let_go{false};
  bool early = false;
  ParkingLot::park(&address, [&] {
    other = std::thread([&] {
      ParkingLot::let_go(&address);
      has_let_go = true;
    });
    std::this_thread::sleep_for(milliseconds(20));
    early = has_let_go;
    return !early;
  });
  EXPECT_FALSE(early);
  other.join();
}

TEST(ParkingLot, NobodyIsCountedWhoDoesNotSleep) {
  const bool always = ParkingLot::somebody();  // without a fence
  const char address = 0;
  {
    Sleeper sleeper(&address);
    EXPECT_TRUE(ParkingLot::somebody());
    ParkingLot::let_go(&address);
  }
  EXPECT_EQ(ParkingLot::somebody(), always);
}

TEST(ParkingLot, WhoCameFirstIsWokenFirst) {
  const char address = 0;
  Sleeper first(&address), second(&address), third(&address);
  ParkingLot::let_go(&address);
  first.wait_until_awake();
  EXPECT_TRUE(second.still_sleeps());
  ParkingLot::let_go(&address);
  second.wait_until_awake();
  EXPECT_TRUE(third.still_sleeps());
  ParkingLot::let_go(&address);
}

TEST(ParkingLot, AddressesThatShareABucketHaveQueuesOfTheirOwn) {
  const std::array<char, 2 * 257 + 1> bytes{};
  const char *one = &bytes[0], *other = &bytes[257], *unused = &bytes[2 * 257];
  Sleeper at_one(one), at_other(other), also_at_one(one);
  ParkingLot::let_go(unused);
  ParkingLot::let_go(other);
  at_other.wait_until_awake();
  EXPECT_TRUE(at_one.still_sleeps() && also_at_one.still_sleeps());
  ParkingLot::let_go(one);
  at_one.wait_until_awake();
  ParkingLot::let_go(one);
}

TEST(ParkingLot, ASignalEndsNoSleep) {
  struct sigaction action {};
  action.sa_handler = [](int) {};
  struct sigaction before {};
  sigaction(SIGUSR1, &action, &before);
  {
    const char address = 0;
    Sleeper sleeper(&address);
    for (int i = 0; i < 3; ++i) {
      pthread_kill(sleeper.handle(), SIGUSR1);
      EXPECT_TRUE(sleeper.still_sleeps());
    }
    ParkingLot::let_go(&address);
  }
  sigaction(SIGUSR1, &before, nullptr);
}

// The kernel refuses membarrier(2) to this process from here on.
bool forbid_heavy_fence() {
  sock_filter program[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_membarrier, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  const sock_fprog filter{4, program};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

// Where the fence cannot be had any more the process ends, before it looks whether to sleep. So the
// fence stands there.
TEST(ParkingLot, NobodySleepsWithoutTheHeavyFence) {
  if (ParkingLot::somebody()) GTEST_SKIP() << "no membarrier(2) here";
  const pid_t child = fork();
  if (child == 0) {
    if (!forbid_heavy_fence()) _exit(2);
    const char address = 0;
    ParkingLot::park(&address, [] {
      _exit(1);
      return false;
    });
    _exit(3);
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 2) GTEST_SKIP() << "no seccomp(2) here";
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT)
      << "it looked whether to sleep, status " << status;
}

TEST(ParkingMutex, SaysWhetherItIsHeld) {
  ParkingMutex mutex;
  EXPECT_FALSE(mutex.held());
  mutex.lock();
  EXPECT_TRUE(mutex.held());
  mutex.unlock();
  EXPECT_FALSE(mutex.held());
}

TEST(ParkingMutex, IsAsNewWhenAllHaveBeenServed) {
  const bool always = ParkingLot::somebody();  // without a fence
  ParkingMutex mutex;
  mutex.lock();
  std::vector<std::thread> waiters;
  for (int i = 0; i < 4; ++i) {
    waiters.emplace_back([&] {
      mutex.lock();
      EXPECT_TRUE(mutex.held());
      mutex.unlock();
    });
  }
  std::this_thread::sleep_for(milliseconds(20));  // they park
  mutex.unlock();
  for (std::thread& waiter : waiters) waiter.join();
  EXPECT_FALSE(mutex.held());
  EXPECT_EQ(ParkingLot::somebody(), always) << "somebody sleeps on";
}

// Locks of one bucket and locks of others, by threads that give their time slice up inside and so
// send the others to sleep.
TEST(ParkingMutex, ManyLocksExcludeAndNoWakeUpIsLost) {
  constexpr int kThreads = 6, kTimes = 4000;
  constexpr std::size_t kLocks = 5, kApart = 257;
  std::array<ParkingMutex, 2 * kApart + 3> bytes;
  constexpr std::array<std::size_t, kLocks> kPlaces = {0, 1, 2, kApart, 2 * kApart};
  std::array<int, kLocks> counts{};  // plain: each guarded by its lock
  std::array<std::array<int, kLocks>, kThreads> added{};
  on_threads(kThreads, [&](int thread) {
    std::minstd_rand random(static_cast<unsigned>(thread + 1));
    for (int i = 0; i < kTimes; ++i) {
      const std::size_t which = random() / 64 % kLocks;
      ParkingMutex& mutex = bytes[kPlaces[which]];
      mutex.lock();
      const int before = counts[which];
      if (random() / 64 % 4 == 0) std::this_thread::yield();
      counts[which] = before + 1;
      mutex.unlock();
      ++added[static_cast<std::size_t>(thread)][which];
    }
  });
  for (std::size_t which = 0; which < kLocks; ++which) {
    int sum = 0;
    for (const auto& by_thread : added) sum += by_thread[which];
    EXPECT_EQ(counts[which], sum);
    EXPECT_FALSE(bytes[kPlaces[which]].held());
  }
}

// Who is about to sleep waits for the bucket, which this test keeps busy, and so does who lets go:
// if that one comes first, there is nothing to sleep for any more, and nobody would come to wake.
TEST(ParkingMutex, NoWakeUpIsLostBetweenTheLastLookAndTheSleep) {
  std::array<ParkingMutex, 257 + 1> bytes;
  ParkingMutex& mutex = bytes[0];
  std::minstd_rand random(1);
  const auto some_time = [&random] { return std::chrono::microseconds(random() / 64 % 300); };
  for (int round = 0; round < 300; ++round) {
    mutex.lock();
    std::thread waiter, holder;
    ParkingLot::park(&bytes[257], [&] {  // keeps the bucket while this runs, and sleeps not
      waiter = std::thread([&mutex] {
        mutex.lock();
        mutex.unlock();
      });
      std::this_thread::sleep_for(some_time());
      holder = std::thread([&mutex] { mutex.unlock(); });
      std::this_thread::sleep_for(some_time());
      return false;
    });
    waiter.join();  // would hang
    holder.join();
    ASSERT_FALSE(mutex.held());
  }
}

// Nobody else sleeps: so who lets go finds somebody to wake, or who is about to sleep finds that it
// need not, by the pair of fences alone.
TEST(ParkingMutex, NoWakeUpIsLostBetweenLettingGoAndTheLookForSleepers) {
  ParkingMutex mutex;
  std::atomic<int> turn{0};  // counts the rounds; each thread waits for the other
  constexpr int kRounds = 20'000;
  on_threads(2, [&](int thread) {
    std::minstd_rand random(static_cast<unsigned>(thread + 1));
    for (int round = 0; round < kRounds; ++round) {
      if (thread == 0) {
        mutex.lock();
        turn = 2 * round + 1;
        // About as long as the other one spins before it parks.
        for (std::size_t pause = random() / 64 % 6000; pause > 0; --pause) (void)mutex.held();
        mutex.unlock();
        while (turn != 2 * round + 2) std::this_thread::yield();
      } else {
        while (turn != 2 * round + 1) std::this_thread::yield();
        mutex.lock();  // would hang
        mutex.unlock();
        turn = 2 * round + 2;
      }
    }
  });
}

// A lock's memory is used again as soon as its last holder has let go: nothing may touch it later.
TEST(ParkingMutex, IsNotTouchedAfterTheLastUnlock) {
  for (int round = 0; round < 200; ++round) {
    auto* const mutex = new ParkingMutex;
    mutex->lock();
    std::thread other([&] {
      mutex->lock();
      mutex->unlock();
      delete mutex;  // the first holder is inside unlock(), perhaps
    });
    if (round % 2 == 0) std::this_thread::sleep_for(std::chrono::microseconds(100));
    mutex->unlock();
    other.join();
  }
}

}  // namespace
}  // namespace gilbench
