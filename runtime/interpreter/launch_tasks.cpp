// Workers as tasks: all on the OS thread that launches them, in turns (event_loop).
//
// A task has a Thread of its own, so frames, operands and what else belongs to a thread, on a stack
// of its own; the world's main thread stands by meanwhile. The barrier is as under threads: each
// task makes its Thread, then waits until all have. No task is taken apart before the last one has
// done its work: they would do it in each other's time.
#include <new>
#include <optional>

#include "runtime/interpreter/launch.h"
#include "runtime/interpreter/start_barrier.h"
#include "runtime/interpreter/waiting.h"
#include "runtime/objects/make.h"

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
  explicit TaskBarrier(std::size_t count) : count_(count) { waiting_.reserve(count); }
  // False: it was given up.
  bool wait() {
    TaskLoop& loop = *TaskLoop::running();
    if (given_up_) return false;
    if (waiting_.size() + 1 < count_) {
      waiting_.push_back(TaskLoop::current());
      while (!fallen_) loop.park({});  // again after an interruption
      return !given_up_;
    }
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
  std::vector<TaskLoop::Task*> waiting_;  // has room for all
  bool fallen_ = false;
  bool given_up_ = false;
  Clock::time_point fell_;
};

}  // namespace

WorkerOutcomes launch_tasks(Thread& main, TaskLoop& loop, const LaunchRequest& request,
                            RunResult* result) {
  World& world = main.world;
  const auto count = static_cast<std::size_t>(request.workers);
  WorkerOutcomes outcomes(count);
  std::vector<Clock::time_point> ends(count);
  TaskBarrier start(count), end(count);
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
    if (!start.wait()) return;
    thread->attach();
    outcomes[i] = call_work(request, static_cast<int>(i));
    ends[i] = Clock::now();
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
  for (std::size_t i = 0; i < count; ++i)
    outcomes[i].seconds = seconds_between(start.fell(), ends[i]);
  return outcomes;
}

GILBENCH_END
