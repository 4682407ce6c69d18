// Running a workload's workers: behind a barrier, in threads, processes, worlds or tasks.
#pragma once

#include <boost/thread/thread.hpp>
#include <chrono>
#include <condition_variable>
#include <string>
#include <vector>

#include "runtime/engine.h"
#include "runtime/memory/object_vector.h"
#include "runtime/support/annotated_mutex.h"
#include "runtime/support/task_loop.h"
#include "runtime/world/thread.h"
#include "runtime/world/world.h"

GILBENCH_BEGIN

using Clock = std::chrono::steady_clock;

// A thread of its own that looks after a world's threads every 50 ms. It ends them when the run's
// time is up or somebody called request_interrupt(), and reminds them of the references that they
// hold in advance. It must not exist while the process forks.
class Watchdog {
 public:
  // Raises RuntimeError "can't start new thread". On an attached thread.
  Watchdog(World& world, Clock::time_point end);
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

 private:
  static constexpr std::chrono::milliseconds kInterval{50};
  void watch();

  World& world_;
  const Clock::time_point end_;
  Mutex mutex_;
  std::condition_variable stopped_;
  bool stop_ GILBENCH_GUARDED_BY(mutex_) = false;
  boost::thread thread_;
};

// What one worker came to.
struct WorkerOutcome {
  Ref<> part;                // what work() returned; null when it failed
  std::string error;         // its traceback, empty when it did not fail
  bool interrupted = false;  // ended by the watchdog
  double seconds = 0;        // from the barrier's fall to its end
};

// One launch: work(state, size, worker, workers) for each worker. All borrowed.
struct LaunchRequest {
  Object* work;
  Object* state;
  Object* size;
  int workers;
  Clock::time_point end;  // when the run's time is up
};

// The system has no thread for a worker, or no memory for one. CPython's words.
[[noreturn]] void raise_no_thread();
// What is told of workers that are of no use any more.
inline constexpr const char* kAnotherFailed = "another worker failed";

// Calls the program's work() on the current, attached thread.
WorkerOutcome call_work(const LaunchRequest& request, int worker) noexcept;

// All run on the attached main thread of the world and return with it attached. `result` gets the
// times and what is known of the workers' processes; its status changes for a timeout, a killed
// worker or an interrupt.
using WorkerOutcomes = ObjectVector<WorkerOutcome>;
WorkerOutcomes launch_threads(Thread& main, const LaunchRequest& request, RunResult* result);
WorkerOutcomes launch_worlds(Thread& main, const LaunchRequest& request, RunResult* result);
WorkerOutcomes launch_tasks(Thread& main, TaskLoop& loop, const LaunchRequest& request,
                            RunResult* result);
WorkerOutcomes launch_processes(const LaunchRequest& request, RunResult* result);

// Where the strategy wants them.
inline WorkerOutcomes launch(Thread& main, const LaunchRequest& request, RunResult* result) {
  switch (main.world.choices.placement) {
    case Placement::kThreads:
      return launch_threads(main, request, result);
    case Placement::kProcesses:
      return launch_processes(request, result);
    case Placement::kWorlds:
      return launch_worlds(main, request, result);
    case Placement::kTasks:
      return launch_tasks(main, *main.world.threads->loop(), request, result);
  }
  __builtin_unreachable();
}

GILBENCH_END
