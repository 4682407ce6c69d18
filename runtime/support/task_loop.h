// Tasks that take turns on one OS thread, and the loop that wakes them: a C++ stack per task
// (Boost.Context), and one place where all of them wait (Boost.Asio's io_context: epoll and a
// timer). What asyncio, Node.js, nginx and Go's netpoller are made of, below their language.
//
// clang-format off
// State of a task; only its loop's OS thread looks at it or moves it:
//
//     ready   -> running   the loop, in its turn
//     running -> ready     the task: give_way()
//     running -> waiting   the task: sleep_until(), wait_ready(), park()
//     waiting -> ready     the loop, when the time has come or the descriptor is ready; another task,
//                          by unpark(); interrupt()
//     running -> ended     the task's body returns
// clang-format on
//
// Each wait has a number. A timer, a descriptor and an unpark() may all be about to end the same
// wait; the first one does and the others find that its number is over. So no wake reaches a later
// wait.
//
// No wake-up is lost: between a task's decision to wait and its waiting no other task runs, since
// there is one OS thread and the task does not give way before; and interrupt(), the one call from
// other OS threads, is carried out by the loop in a turn of its own.
//
// A switch saves registers, the stack, and what the C++ runtime keeps of exceptions in a thread
// (caught and not yet left by their handlers): a task may wait inside a catch block.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace gilbench {

class TaskLoop {
 public:
  struct Task;
  using TimePoint = std::chrono::steady_clock::time_point;
  using Deadline = std::optional<TimePoint>;  // none: for ever
  enum class Wake {
    kReady,     // what was waited for, or it failed: the call that follows tells
    kTimedOut,  // the deadline has passed
    kInterrupted,
  };

  TaskLoop();
  ~TaskLoop();  // every task has ended
  TaskLoop(const TaskLoop&) = delete;
  TaskLoop& operator=(const TaskLoop&) = delete;

  // A task that calls body() in its turn, on a stack of that size, of which only the pages that it
  // touches take memory. body throws nothing. Throws std::bad_alloc.
  void spawn(std::size_t stack_size, std::function<void()> body);
  // Runs tasks until all have ended. Not inside a task.
  void run();

  // The loop whose task runs on this OS thread, and the task; null outside of tasks.
  static TaskLoop* running() noexcept;
  static Task* current() noexcept;
  // The lowest address of the current task's stack.
  static const char* stack_bottom() noexcept;

  // The current task waits, or std::bad_alloc is thrown and it does not: until then; until the
  // descriptor is ready for `events` (POLLIN or POLLOUT; it is non-blocking from then on); until
  // somebody calls unpark().
  Wake sleep_until(TimePoint time);
  Wake wait_ready(int descriptor, short events, const Deadline& deadline);
  Wake park(const Deadline& deadline);
  // Ends a park(): its task is ready. Only where it has not been ended yet, and only once.
  void unpark(Task* task) noexcept;
  // The current task takes its next turn behind all that are ready.
  void give_way();

  // How long a task has run, its present turn included, and the longest that it has waited from
  // when it could go on until its turn, since count_anew(). It can go on
  // - from the time for which it sleeps, from an unpark(), from its own give_way();
  // - from when a descriptor is ready. The loop does not look at descriptors while tasks have their
  //   turns: where those took more than a millisecond, what it finds afterwards counts as ready
  //   since they began.
  struct Times {
    std::chrono::nanoseconds running{};
    std::chrono::nanoseconds longest_wait{};
  };
  void count_anew() noexcept;  // all of the loop's tasks; inside one of them
  Times times(const Task* task) const noexcept;

  // The descriptor is about to be closed: who waits for it is woken and will be told by its call.
  void forget(int descriptor);

  // Wakes all tasks that wait when the loop's turn comes. From any OS thread. Does nothing where
  // memory is short: to be called again.
  void interrupt();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// A condition variable for tasks of one loop; the mutex guards it as it does a
// std::condition_variable. Used outside of tasks, a wait is a sleep: nobody can notify it.
class TaskCondition {
 public:
  void wait_for(std::unique_lock<std::mutex>& guard, std::chrono::nanoseconds time);
  // Needs no memory.
  void notify_one() noexcept;

 private:
  std::vector<TaskLoop::Task*> waiters_;  // in the order of their coming; guarded by the mutex
};

}  // namespace gilbench
