// Waiting for something outside the runtime: a moment, a descriptor. A thread waits in the kernel;
// a task (event_loop) makes room for the others of its loop.
//
// Where threads are tasks, every descriptor is non-blocking underneath, as in every event loop: a
// call that would block says EAGAIN, its task waits, and the call is made again. A program's own
// wish for a non-blocking descriptor, which it can express only through os.open(), is remembered;
// sockets know theirs.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>

#include "runtime/support/task_loop.h"
#include "runtime/world/thread.h"

GILBENCH_BEGIN

// Whether the threads of the world are tasks of one OS thread. Attached.
bool threads_are_tasks() noexcept;

using WaitDeadline = std::optional<std::chrono::steady_clock::time_point>;  // none: for ever
// That many seconds from now, or the clock's last moment where it would be later. They must fit 64
// bits of nanoseconds, as CPython's limits on every timeout have it.
std::chrono::steady_clock::time_point time_after(double duration_s);

// All of these are called on an attached thread, which is detached while it waits. They raise when
// the run is to be ended.
void wait_until(std::chrono::steady_clock::time_point time);
// Until the descriptor is ready for `events` (POLLIN, POLLOUT) or the call will fail. False: the
// deadline has passed.
bool wait_until_ready(int descriptor, short events, const WaitDeadline& deadline);

// Where threads are tasks: makes the descriptor non-blocking underneath, except standard input and
// output, which others may share.
void make_non_blocking(int descriptor);
// Records what the program told os.open(): the descriptor is new, or its number now means another
// file.
void set_program_wants(int descriptor, bool non_blocking);
bool program_wants_non_blocking(int descriptor);
// Before it is closed: a task that waits for it is woken, and finds it closed.
void forget_descriptor(int descriptor);

// What a thread or a task sleeps on beside a mutex. Made attached, used by threads of one world.
class WaitCondition {
 public:
  void wait_for(std::unique_lock<std::mutex>& guard, std::chrono::nanoseconds time) {
    if (of_tasks_) {
      tasks_.wait_for(guard, time);
    } else {
      threads_.wait_for(guard, time);
    }
  }
  // Needs no memory.
  void notify_one() noexcept {
    if (of_tasks_) {
      tasks_.notify_one();
    } else {
      threads_.notify_one();
    }
  }

 private:
  const bool of_tasks_ = threads_are_tasks();
  std::condition_variable threads_;
  TaskCondition tasks_;
};

GILBENCH_END
