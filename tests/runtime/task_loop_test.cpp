// The loop of tasks alone: turns, every way to wait, every way to be woken.
#include "runtime/support/task_loop.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstring>
#include <exception>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace gilbench {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using Wake = TaskLoop::Wake;

constexpr std::size_t kStack = std::size_t{1} << 20;

class Pipe {
 public:
  Pipe() { EXPECT_EQ(pipe(ends_.data()), 0); }
  ~Pipe() {
    for (const int end : ends_) {
      if (end >= 0) close(end);
    }
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  int reader() const { return ends_[0]; }
  int writer() const { return ends_[1]; }
  void put(char byte) const { EXPECT_EQ(write(writer(), &byte, 1), 1); }
  char take() const {
    char byte = 0;
    EXPECT_EQ(read(reader(), &byte, 1), 1);
    return byte;
  }
  void close_reader() { close(std::exchange(ends_[0], -1)); }

 private:
  std::array<int, 2> ends_{};
};

steady_clock::time_point in(steady_clock::duration time) { return steady_clock::now() + time; }

class TaskLoops : public testing::Test {
 protected:
  void spawn(std::function<void()> body) { loop_.spawn(kStack, std::move(body)); }
  TaskLoop loop_;
  std::string log_;
};

TEST_F(TaskLoops, RunEachTaskToItsEndInTheOrderOfTheirComing) {
  for (const char name : {'a', 'b', 'c'}) {
    spawn([this, name] {
      log_ += name;
      log_ += name;
    });
  }
  EXPECT_EQ(log_, "");
  loop_.run();
  EXPECT_EQ(log_, "aabbcc");
  loop_.run();  // there is nothing to do
}

TEST_F(TaskLoops, LetTheOthersGoFirstWhereATaskGivesWay) {
  TaskLoop::Task* parked = nullptr;
  spawn([&] {
    parked = TaskLoop::current();
    loop_.park({});
    log_ += "a";
  });
  spawn([&] {
    loop_.unpark(parked);
    loop_.give_way();
    log_ += "b";
    loop_.give_way();
    log_ += "d";
  });
  spawn([&] {
    loop_.give_way();
    log_ += "c";
  });
  loop_.run();
  EXPECT_EQ(log_, "abcd");
}

TEST_F(TaskLoops, KnowWhoseTurnItIs) {
  EXPECT_EQ(TaskLoop::running(), nullptr);
  EXPECT_EQ(TaskLoop::current(), nullptr);
  std::vector<TaskLoop::Task*> seen;
  for (int i = 0; i < 2; ++i) {
    spawn([&] {
      TaskLoop::Task* const me = TaskLoop::current();
      seen.push_back(me);
      EXPECT_EQ(TaskLoop::running(), &loop_);
      const char local = 0;
      EXPECT_GT(&local, TaskLoop::stack_bottom());
      EXPECT_LT(&local, TaskLoop::stack_bottom() + kStack);
      EXPECT_EQ(loop_.sleep_until(in(milliseconds(1))), Wake::kTimedOut);
      EXPECT_EQ(TaskLoop::current(), me);
    });
  }
  loop_.run();
  ASSERT_EQ(seen.size(), 2u);
  EXPECT_NE(seen[0], seen[1]);
  EXPECT_EQ(TaskLoop::current(), nullptr);
}

TEST_F(TaskLoops, WakeSleepersWhenTheirTimeHasCome) {
  const auto start = steady_clock::now();
  for (const int turn : {3, 1, 2}) {
    spawn([this, turn, start] {
      const auto time = start + milliseconds(20 * turn);
      EXPECT_EQ(loop_.sleep_until(time), Wake::kTimedOut);
      EXPECT_GE(steady_clock::now(), time);
      log_ += static_cast<char>('0' + turn);
    });
  }
  loop_.run();
  EXPECT_EQ(log_, "123");
}

TEST_F(TaskLoops, WakeAReaderWhenThereIsSomethingToRead) {
  Pipe pipe;
  spawn([&] {
    EXPECT_EQ(loop_.wait_ready(pipe.reader(), POLLIN, {}), Wake::kReady);
    log_ += pipe.take();
    EXPECT_EQ(loop_.wait_ready(pipe.reader(), POLLIN, {}), Wake::kReady);
    log_ += pipe.take();
  });
  spawn([&] {
    pipe.put('x');
    loop_.sleep_until(in(milliseconds(5)));
    pipe.put('y');
  });
  loop_.run();
  EXPECT_EQ(log_, "xy");
}

TEST_F(TaskLoops, WakeAWriterWhenThereIsRoom) {
  Pipe pipe;
  fcntl(pipe.writer(), F_SETFL, O_NONBLOCK);
  const std::string block(65536, 'w');
  EXPECT_EQ(write(pipe.writer(), block.data(), block.size()), 65536);
  spawn([&] {
    EXPECT_EQ(loop_.wait_ready(pipe.writer(), POLLOUT, {}), Wake::kReady);
    EXPECT_GT(write(pipe.writer(), block.data(), block.size()), 0);
    log_ += "written ";
  });
  spawn([&] {
    std::string taken(65536, '\0');
    log_ += "taken ";
    EXPECT_EQ(read(pipe.reader(), taken.data(), taken.size()), 65536);
  });
  loop_.run();
  EXPECT_EQ(log_, "taken written ");
}

TEST_F(TaskLoops, WakeAllWhoWaitForTheSameDescriptor) {
  Pipe pipe;
  for (const char* name : {"a", "b"}) {
    spawn([&, name] {
      EXPECT_EQ(loop_.wait_ready(pipe.reader(), POLLIN, {}), Wake::kReady);
      log_ += name;
    });
  }
  spawn([&] { pipe.put('x'); });
  // Comes when it is ready already, and others have just been told.
  spawn([&] {
    loop_.sleep_until(in(milliseconds(2)));
    EXPECT_EQ(loop_.wait_ready(pipe.reader(), POLLIN, {}), Wake::kReady);
    log_ += "c";
  });
  loop_.run();
  EXPECT_EQ(log_.size(), 3u);
  EXPECT_EQ(log_.back(), 'c');
}

TEST_F(TaskLoops, GiveUpWaitingAtTheDeadline) {
  Pipe pipe;
  spawn([&] {
    EXPECT_EQ(loop_.wait_ready(pipe.reader(), POLLIN, in(milliseconds(2))), Wake::kTimedOut);
    pipe.put('x');
    // Of the wait that was given up nothing is left.
    EXPECT_EQ(loop_.wait_ready(pipe.reader(), POLLIN, in(hours(1))), Wake::kReady);
    EXPECT_EQ(pipe.take(), 'x');
    EXPECT_EQ(loop_.park(in(milliseconds(2))), Wake::kTimedOut);
  });
  loop_.run();
}

TEST_F(TaskLoops, LeaveToTheCallWhatCannotBeWaitedFor) {
  const int file = open("/proc/self/exe", O_RDONLY);
  ASSERT_GE(file, 0);
  int closed = -1;
  {
    Pipe pipe;
    closed = pipe.reader();
  }
  spawn([&] {
    EXPECT_EQ(loop_.wait_ready(file, POLLIN, {}), Wake::kReady);
    EXPECT_EQ(loop_.wait_ready(closed, POLLIN, {}), Wake::kReady);
  });
  loop_.run();
  close(file);
}

TEST_F(TaskLoops, WakeNobodyTwiceForOneWait) {
  TaskLoop::Task* parked = nullptr;
  spawn([&] {
    parked = TaskLoop::current();
    EXPECT_EQ(loop_.park(in(milliseconds(10))), Wake::kReady);
    // The first wait's timer and the second unpark() come in this one, and are not for it.
    EXPECT_EQ(loop_.sleep_until(in(milliseconds(30))), Wake::kTimedOut);
    log_ += "slept ";
  });
  spawn([&] {
    loop_.unpark(parked);
    loop_.unpark(parked);
    loop_.sleep_until(in(milliseconds(20)));
    log_ += "other ";
  });
  loop_.run();
  EXPECT_EQ(log_, "other slept ");
}

TEST_F(TaskLoops, WakeAllWhenAnotherThreadInterrupts) {
  Pipe pipe;
  std::atomic<int> waiting{0};
  spawn([&] {
    ++waiting;
    EXPECT_EQ(loop_.park({}), Wake::kInterrupted);
  });
  spawn([&] {
    ++waiting;
    EXPECT_EQ(loop_.sleep_until(in(hours(1))), Wake::kInterrupted);
  });
  spawn([&] {
    ++waiting;
    EXPECT_EQ(loop_.wait_ready(pipe.reader(), POLLIN, {}), Wake::kInterrupted);
    pipe.put('x');  // and again as if nothing had been
    EXPECT_EQ(loop_.wait_ready(pipe.reader(), POLLIN, {}), Wake::kReady);
  });
  std::thread user([&] {
    while (waiting < 3) std::this_thread::yield();
    loop_.interrupt();
  });
  loop_.run();
  user.join();
}

TEST_F(TaskLoops, TellWhoWaitsForADescriptorThatItIsClosed) {
  Pipe pipe;
  const int number = pipe.reader();
  spawn([&] {
    EXPECT_EQ(loop_.wait_ready(number, POLLIN, {}), Wake::kReady);
    log_ += "told ";
  });
  spawn([&] {
    loop_.forget(number);
    pipe.close_reader();
    // The number is another file's, for which one can wait.
    Pipe other;
    ASSERT_EQ(other.reader(), number);
    EXPECT_EQ(loop_.wait_ready(number, POLLIN, in(milliseconds(5))), Wake::kTimedOut);
    other.put('x');
    EXPECT_EQ(loop_.wait_ready(number, POLLIN, {}), Wake::kReady);
    log_ += "other ";
    loop_.forget(number);  // for nobody
  });
  loop_.run();
  EXPECT_EQ(log_, "told other ");
}

// The C++ runtime keeps the exceptions that are being handled in a list of the OS thread.
TEST_F(TaskLoops, MayWaitInACatchBlock) {
  for (const char* name : {"first", "second", "third"}) {
    spawn([this, name] {
      for (int i = 0; i < 3; ++i) {
        try {
          throw std::runtime_error(name);
        } catch (const std::runtime_error&) {
          EXPECT_EQ(loop_.sleep_until(in(milliseconds(1))), Wake::kTimedOut);
          try {
            throw;
          } catch (const std::exception& again) {
            EXPECT_STREQ(again.what(), name);
          }
        }
        EXPECT_EQ(std::current_exception(), nullptr);
      }
    });
  }
  loop_.run();
}

TEST_F(TaskLoops, MayWaitWhileAnExceptionIsOnItsWay) {
  struct Waits {
    TaskLoop& loop;
    ~Waits() {
      EXPECT_EQ(std::uncaught_exceptions(), 1);
      loop.sleep_until(in(milliseconds(1)));
      EXPECT_EQ(std::uncaught_exceptions(), 1);
    }
  };
  for (int i = 0; i < 2; ++i) {
    spawn([this, i] {
      EXPECT_EQ(std::uncaught_exceptions(), 0);
      try {
        const Waits waits{loop_};
        throw i;
      } catch (int caught) {
        EXPECT_EQ(caught, i);
      }
    });
  }
  loop_.run();
}

TEST_F(TaskLoops, CarryThousandsOfTasks) {
#ifdef __SANITIZE_THREAD__
  constexpr int kTasks = 200;  // each costs the race detector 13 ms
#else
  constexpr int kTasks = 3000;
#endif
  int ended = 0;
  for (int i = 0; i < kTasks; ++i) {
    spawn([&, i] {
      loop_.sleep_until(in(milliseconds(i % 10)));
      ++ended;
    });
  }
  loop_.run();
  EXPECT_EQ(ended, kTasks);
}

TEST(TaskLoop, WithoutARunGivesItsStacksBack) {
  TaskLoop loop;
  loop.spawn(kStack, [] { FAIL() << "it was not run"; });
}

// ---- conditions ----

TEST_F(TaskLoops, ConditionsWakeInTheOrderOfTheirComing) {
  std::mutex mutex;
  TaskCondition condition;
  int tickets = 0;
  for (const char name : {'a', 'b', 'c'}) {
    spawn([&, name] {
      std::unique_lock<std::mutex> guard(mutex);
      while (tickets == 0) condition.wait_for(guard, hours(1));
      --tickets;
      log_ += name;
    });
  }
  spawn([&] {
    for (int i = 0; i < 3; ++i) {
      {
        std::unique_lock<std::mutex> guard(mutex);
        ++tickets;
        condition.notify_one();
      }
      loop_.sleep_until(in(milliseconds(1)));
    }
    condition.notify_one();  // nobody waits
  });
  loop_.run();
  EXPECT_EQ(log_, "abc");
}

TEST_F(TaskLoops, ConditionsForgetWhoGaveUp) {
  std::mutex mutex;
  TaskCondition condition;
  bool told = false;
  spawn([&] {
    std::unique_lock<std::mutex> guard(mutex);
    condition.wait_for(guard, milliseconds(1));
    EXPECT_FALSE(told);
    guard.unlock();
    loop_.sleep_until(in(milliseconds(10)));  // not the condition's any more
  });
  spawn([&] {
    std::unique_lock<std::mutex> guard(mutex);
    while (!told) condition.wait_for(guard, hours(1));
  });
  spawn([&] {
    loop_.sleep_until(in(milliseconds(5)));
    std::unique_lock<std::mutex> guard(mutex);
    told = true;
    condition.notify_one();  // for the second, not for the one that has gone
  });
  loop_.run();
}

TEST(TaskCondition, OutsideOfTasksIsASleep) {
  std::mutex mutex;
  TaskCondition condition;
  std::unique_lock<std::mutex> guard(mutex);
  const auto start = steady_clock::now();
  condition.wait_for(guard, milliseconds(2));
  EXPECT_GE(steady_clock::now() - start, milliseconds(2));
  EXPECT_TRUE(guard.owns_lock());
  condition.notify_one();
}

// ---- times ----

void burn(steady_clock::duration time) {
  const auto end = in(time);
  while (steady_clock::now() < end) {
  }
}

TEST_F(TaskLoops, TellHowLongATaskRanAndWaitedForItsTurn) {
  TaskLoop::Task* busy = nullptr;
  spawn([&] {
    loop_.count_anew();
    loop_.give_way();  // the other takes 40 ms meanwhile
    const TaskLoop::Times own = loop_.times(TaskLoop::current());
    EXPECT_LT(own.running, milliseconds(20));
    EXPECT_GE(own.longest_wait, milliseconds(40));
    EXPECT_GE(loop_.times(busy).running, milliseconds(40));
  });
  spawn([&] {
    busy = TaskLoop::current();
    burn(milliseconds(40));
    EXPECT_GE(loop_.times(busy).running, milliseconds(40)) << "in the turn itself";
    loop_.give_way();
  });
  loop_.run();
}

TEST_F(TaskLoops, ATaskThatSleepsWaitsForNoTurn) {
  spawn([&] {
    loop_.count_anew();
    loop_.sleep_until(in(milliseconds(100)));
    const TaskLoop::Times own = loop_.times(TaskLoop::current());
    EXPECT_LT(own.longest_wait, milliseconds(50));  // 0, and what the machine needs
    EXPECT_LT(own.running, milliseconds(50));
  });
  loop_.run();
}

TEST_F(TaskLoops, ASleeperWaitsForItsTurnFromTheTimeItSleptFor) {
  spawn([&] {
    loop_.count_anew();
    loop_.sleep_until(in(milliseconds(20)));
    EXPECT_GE(loop_.times(TaskLoop::current()).longest_wait, milliseconds(60));
  });
  spawn([&] { burn(milliseconds(80)); });
  loop_.run();
}

TEST_F(TaskLoops, AReadyDescriptorWaitsSinceTheLongTurnBegan) {
  Pipe pipe;
  spawn([&] {
    loop_.count_anew();
    EXPECT_EQ(loop_.wait_ready(pipe.reader(), POLLIN, {}), Wake::kReady);
    EXPECT_GE(loop_.times(TaskLoop::current()).longest_wait, milliseconds(40));
  });
  spawn([&] {
    pipe.put('x');
    burn(milliseconds(40));
  });
  loop_.run();
}

TEST_F(TaskLoops, ADescriptorThatBecomesReadyLaterHasNotWaited) {
  Pipe pipe;
  std::thread writer;
  spawn([&] {
    burn(milliseconds(2));  // a long turn, before which nothing was ready
    loop_.count_anew();
    writer = std::thread([&] {
      std::this_thread::sleep_for(milliseconds(100));
      pipe.put('x');
    });
    EXPECT_EQ(loop_.wait_ready(pipe.reader(), POLLIN, {}), Wake::kReady);
    EXPECT_LT(loop_.times(TaskLoop::current()).longest_wait, milliseconds(50));
  });
  loop_.run();
  writer.join();
}

}  // namespace
}  // namespace gilbench
