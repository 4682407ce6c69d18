// Workers as tasks: all on the OS thread that launches them, in turns (event_loop).
//
// A task has a Thread of its own, so frames, operands and what else belongs to a thread, on a stack
// of its own; the world's main thread stands by meanwhile. The barrier is as under threads: each
// task makes its Thread, then waits until all have. No task is taken apart before the last one has
// done its work: they would do it in each other's time.
#include <algorithm>
#include <functional>
#include <new>
#include <optional>
#include <utility>

#include "runtime/launch/launch.h"
#include "runtime/launch/start_barrier.h"
#include "runtime/objects/make.h"
#include "runtime/support/process_memory.h"
#include "runtime/support/worker_clocks.h"
#include "runtime/world/waiting.h"

GILBENCH_BEGIN

namespace {

// As a thread has it, where only touched pages count. The address sanitizer marks a whole stack in
// its shadow when it is given back, so there it is smaller, and deep recursion ends earlier.
#ifdef GILBENCH_PLAIN_MALLOC
constexpr std::size_t kTaskStackSize = std::size_t{8} << 20;
#else
constexpr std::size_t kTaskStackSize = kStackSize;
#endif

// Falls when all tasks have arrived, which go on in the order of their coming. The last one has no
// head start: it might compute to its end before the first one, which others have to wait for, has
// said a word.
class TaskBarrier {
 public:
  // The last one to arrive calls last() first.
  TaskBarrier(std::size_t count, std::function<void()> last)
      : count_(count), last_(std::move(last)) {
    waiting_.reserve(count);
  }
  // False: it was given up.
  bool wait() {
    TaskLoop& loop = *TaskLoop::running();
    if (given_up_) return false;
    if (waiting_.size() + 1 < count_) {
      waiting_.push_back(TaskLoop::current());
      while (!fallen_) loop.park({});  // again after an interruption
      return !given_up_;
    }
    last_();
    fall(loop);
    loop.give_way();
    return true;
  }
  // One cannot come any more.
  void give_up(TaskLoop& loop) {
    given_up_ = true;
    if (!fallen_) fall(loop);
  }
  bool given_up() const { return given_up_; }
  Clock::time_point fell() const { return fell_; }

 private:
  void fall(TaskLoop& loop) {
    fallen_ = true;
    fell_ = Clock::now();
    for (TaskLoop::Task* task : waiting_) loop.unpark(task);
  }

  const std::size_t count_;
  const std::function<void()> last_;
  std::vector<TaskLoop::Task*> waiting_;  // has room for all
  bool fallen_ = false;
  bool given_up_ = false;
  Clock::time_point fell_;
};

// What the tasks use from the barrier's fall to the last one's end, told by the clocks of the one
// OS thread that they share, and how long each has its turns (TaskLoop::times()).
class TaskClocks {
 public:
  explicit TaskClocks(std::size_t count) : tasks_(count) {
    usage_.running_seconds.reserve(count);  // no task may fail to end for want of memory
  }

  void arrive(std::size_t worker) noexcept { tasks_[worker] = TaskLoop::current(); }
  // The barrier falls.
  void start(TaskLoop& loop) noexcept {
    core_wait_before_ns_ = core_wait_ns();
    before_ = ThreadUsage::now();
    loop.count_anew();
  }
  // Of the current task.
  void end(TaskLoop& loop) {
    const ThreadUsage now = ThreadUsage::now();  // the last one's stays
    usage_.cpu_seconds = static_cast<double>(now.cpu_ns - before_.cpu_ns) * 1e-9;
    usage_.voluntary_switches = now.voluntary_switches - before_.voluntary_switches;
    usage_.involuntary_switches = now.involuntary_switches - before_.involuntary_switches;
    const double wait = seconds(loop.times(TaskLoop::current()).longest_wait);
    usage_.longest_wait_seconds = std::max(usage_.longest_wait_seconds.value_or(0), wait);
    if (!usage_.running_seconds.empty()) return;
    for (const TaskLoop::Task* task : tasks_)
      usage_.running_seconds.push_back(seconds(loop.times(task).running));
  }
  // When all have ended.
  void leave() noexcept {
    usage_.core_wait_seconds = static_cast<double>(core_wait_ns() - core_wait_before_ns_) * 1e-9;
  }
  const WorkersUsage& usage() const { return usage_; }

 private:
  static double seconds(std::chrono::nanoseconds time) {
    return std::chrono::duration<double>(time).count();
  }

  std::vector<const TaskLoop::Task*> tasks_;  // by worker
  ThreadUsage before_;
  std::int64_t core_wait_before_ns_ = 0;
  WorkersUsage usage_;
};

}  // namespace

WorkerOutcomes launch_tasks(Thread& main, TaskLoop& loop, const LaunchRequest& request,
                            RunResult* result) {
  World& world = main.world;
  const auto count = static_cast<std::size_t>(request.workers);
  WorkerOutcomes outcomes(count);
  std::vector<Clock::time_point> ends(count);
  TaskClocks clocks(count);
  TaskBarrier start(count, [&] { clocks.start(loop); });
  TaskBarrier end(count, [&] {
    clocks.leave();
    result->pss_bytes = memory_bytes("Pss");
  });
  main.detach();
  world.waits_for.pause(main);  // as in launch_threads.cpp
  const Clock::time_point launched = Clock::now();
  const auto run_worker = [&](std::size_t i) noexcept {
    std::optional<Thread> thread;
    try {
      thread.emplace(world, TaskLoop::stack_bottom());
    } catch (const std::bad_alloc&) {
      return start.give_up(loop);
    }
    clocks.arrive(i);
    if (!start.wait()) return;
    thread->attach();
    outcomes[i] = call_work(request, static_cast<int>(i));
    ends[i] = Clock::now();
    clocks.end(loop);
    // The others may wait for it in vain, and their results are of no use any more.
    if (!outcomes[i].error.empty()) world.interrupt(kAnotherFailed);
    thread->detach();
    world.waits_for.leave(*thread);  // it takes and gives back no lock any more
    end.wait();
  };
  try {
    for (std::size_t i = 0; i < count; ++i) {
      loop.spawn(kTaskStackSize, [&run_worker, i] { run_worker(i); });
    }
  } catch (const std::bad_alloc&) {
    start.give_up(loop);
  }
  loop.run();
  world.waits_for.resume(main);
  main.attach();
  if (start.given_up()) raise_no_thread();
  result->startup_seconds = seconds_between(launched, start.fell());
  result->usage = clocks.usage();
  for (std::size_t i = 0; i < count; ++i)
    outcomes[i].seconds = seconds_between(start.fell(), ends[i]);
  return outcomes;
}

GILBENCH_END
