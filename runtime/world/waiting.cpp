// Each wait has two ways: a task suspends itself in its loop; a thread detaches and blocks in the
// kernel, and looks for an interrupt after each EINTR.
#include "runtime/world/waiting.h"

#include <fcntl.h>
#include <poll.h>
#include <time.h>

#include <algorithm>
#include <cerrno>
#include <unordered_set>

#include "runtime/support/annotated_mutex.h"
#include "runtime/world/blocking_call.h"
#include "runtime/world/raise.h"

GILBENCH_BEGIN

namespace {

using std::chrono::steady_clock;

// Descriptors are the process's; so is what a program wants of them.
struct ProgramsWishes {
  Mutex mutex;
  std::unordered_set<int> non_blocking GILBENCH_GUARDED_BY(mutex);
};
ProgramsWishes& programs_wishes() {
  static ProgramsWishes wishes;
  return wishes;
}

// Suspends the task by `wait`, which is handed the loop; again after an interruption that was not
// for this run.
template <class Wait>
TaskLoop::Wake suspend_task(Wait&& wait) {
  for (;;) {
    TaskLoop::Wake wake;
    {
      BlockingRegion region;
      wake = wait(*TaskLoop::running());
    }
    if (wake != TaskLoop::Wake::kInterrupted) return wake;
    this_thread().check_interrupt();
  }
}

// The loops of other worlds run on other threads.
bool in_task() { return threads_are_tasks() && TaskLoop::running() != nullptr; }

// poll() in steps, because its limit is an int of milliseconds; rounded up, so that the last one
// does not become a busy wait.
int poll_time_ms(const WaitDeadline& deadline) {
  if (!deadline) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(*deadline - steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 1'000'000));
}

}  // namespace

bool threads_are_tasks() noexcept { return this_thread().world.threads_are_tasks(); }

steady_clock::time_point time_after(double duration_s) {
  const steady_clock::time_point now = steady_clock::now();
  const auto duration =
      std::chrono::duration_cast<steady_clock::duration>(std::chrono::duration<double>(duration_s));
  constexpr auto kLast = steady_clock::time_point::max();
  return duration < kLast - now ? now + duration : kLast;
}

void wait_until(steady_clock::time_point time) {
  if (in_task()) {
    suspend_task([time](TaskLoop& loop) { return loop.sleep_until(time); });
    return;
  }
  // The clock is CLOCK_MONOTONIC, on Linux.
  const std::int64_t deadline_ns =
      std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
  const timespec deadline{deadline_ns / 1'000'000'000, deadline_ns % 1'000'000'000};
  checked_call([&deadline] {
    // Returns its error instead of setting errno.
    errno = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &deadline, nullptr);
    return errno == 0 ? 0 : -1;
  });
}

bool wait_until_ready(int descriptor, short events, const WaitDeadline& deadline) {
  if (in_task()) {
    if (deadline && *deadline <= steady_clock::now()) return false;
    return suspend_task([&](TaskLoop& loop) {
             return loop.wait_ready(descriptor, events, deadline);
           }) == TaskLoop::Wake::kReady;
  }
  for (;;) {
    const int time_ms = poll_time_ms(deadline);
    if (time_ms == 0) return false;
    pollfd entry{descriptor, events, 0};
    int ready = 0;
    int error = 0;
    {
      BlockingRegion region;
      ready = poll(&entry, 1, time_ms);
      error = errno;
    }
    if (ready > 0) return true;
    if (ready < 0 && error != EINTR) raise_os_error(error);
    this_thread().check_interrupt();
  }
}

// ---- descriptors where threads are tasks ----

void make_non_blocking(int descriptor) {
  if (descriptor <= 2) return;
  const int flags = fcntl(descriptor, F_GETFL);
  if (flags >= 0 && (flags & O_NONBLOCK) == 0) fcntl(descriptor, F_SETFL, flags | O_NONBLOCK);
}

void set_program_wants(int descriptor, bool non_blocking) {
  ProgramsWishes& wishes = programs_wishes();
  const MutexGuard guard(wishes.mutex);
  if (non_blocking) {
    wishes.non_blocking.insert(descriptor);
  } else {
    wishes.non_blocking.erase(descriptor);
  }
}

bool program_wants_non_blocking(int descriptor) {
  ProgramsWishes& wishes = programs_wishes();
  const MutexGuard guard(wishes.mutex);
  return wishes.non_blocking.count(descriptor) != 0;
}

void forget_descriptor(int descriptor) {
  // Also without a thread, when a run is over.
  if (current_thread != nullptr && !threads_are_tasks()) return;
  set_program_wants(descriptor, false);
  if (TaskLoop* loop = TaskLoop::running()) loop->forget(descriptor);
}

GILBENCH_END
