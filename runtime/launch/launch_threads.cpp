// Workers as threads of one world, and the watchdog over a run.
#include <new>
#include <optional>

#include "runtime/interpreter/unwind.h"
#include "runtime/launch/launch.h"
#include "runtime/launch/start_barrier.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/make.h"
#include "runtime/objects/operations.h"
#include "runtime/support/process_memory.h"
#include "runtime/support/worker_clocks.h"

GILBENCH_BEGIN

WorkerOutcome call_work(const LaunchRequest& request, int worker) noexcept {
  WorkerOutcome outcome;
  this_thread().worker = worker;
  {
    const Ref<Exception> error = error_of([&] {
      Ref<> index = make_int(worker);
      Ref<> workers = make_int(request.workers);
      outcome.part = call(request.work, {request.state, request.size, index.get(), workers.get()});
    });
    if (error) {
      outcome.interrupted = is_exception_of(error.get(), X::RunInterrupted);
      outcome.error = tell(error.get());
    }
  }
  close_abandoned(this_thread());  // what the worker leaves behind is its own to close
  return outcome;
}

void raise_no_thread() { raise(X::RuntimeError, "can't start new thread"); }

WorkerOutcomes launch_threads(Thread& main, const LaunchRequest& request, RunResult* result) {
  World& world = main.world;
  WorkerOutcomes outcomes(static_cast<std::size_t>(request.workers));
  std::vector<Clock::time_point> ends(outcomes.size());
  WorkerClocks clocks(request.workers, WorkerClocks::Of::kThread);
  StartBarrier barrier(request.workers);
  StartBarrier end(request.workers, [result] { result->pss_bytes = memory_bytes("Pss"); });
  main.detach();
  world.waits_for.pause(main);
  const Clock::time_point launched = Clock::now();
  {
    std::vector<boost::thread> threads;
    const bool started_all = start_workers(&threads, request.workers, [&](int worker) noexcept {
      std::optional<Thread> thread;
      try {
        thread.emplace(world);
      } catch (const std::bad_alloc&) {
        return barrier.give_up();
      }
      clocks.arrive(worker);
      if (!barrier.wait()) return;
      clocks.start(worker);
      thread->attach();
      WorkerOutcome& outcome = outcomes[static_cast<std::size_t>(worker)];
      outcome = call_work(request, worker);
      ends[static_cast<std::size_t>(worker)] = Clock::now();
      clocks.end(worker, thread->longest_wait_ns);
      // The others may wait for it in vain, and their results are of no use any more.
      if (!outcome.error.empty()) world.interrupt(kAnotherFailed);
      thread->detach();
      world.waits_for.leave(*thread);  // it takes and gives back no lock any more
      clocks.compare();
      end.wait();
      clocks.leave(worker);
    });
    if (!started_all) barrier.give_up();
    for (boost::thread& thread : threads) thread.join();
  }
  world.waits_for.resume(main);
  main.attach();
  if (barrier.given_up()) raise_no_thread();
  const Clock::time_point started = barrier.fell();
  result->startup_seconds = seconds_between(launched, started);
  result->usage = clocks.usage();
  for (std::size_t i = 0; i < outcomes.size(); ++i)
    outcomes[i].seconds = seconds_between(started, ends[i]);
  return outcomes;
}

// ---- the watchdog ----

Watchdog::Watchdog(World& world, Clock::time_point end) : world_(world), end_(end) {
  try {
    thread_ = boost::thread([this] { watch(); });
  } catch (const boost::thread_resource_error&) {
    raise_no_thread();
  }
}

Watchdog::~Watchdog() {
  {
    const MutexGuard guard(mutex_);
    stop_ = true;
  }
  stopped_.notify_one();
  thread_.join();
}

void Watchdog::watch() {
  MutexGuard guard(mutex_);
  while (!stop_) {
    stopped_.wait_for(guard.native(), kInterval);
    if (stop_) return;
    if constexpr (!std::is_empty_v<Refs::Thread>) {
      world_.for_each_thread([](Thread& thread) { thread.remind_of_refs(); });
    }
    // Again each time: a thread that was about to block when the signal came blocks after it.
    if (interrupt_requested()) {
      world_.interrupt("interrupted");
    } else if (Clock::now() >= end_) {
      world_.interrupt("the run's time is up");
    } else if (const char* reason = world_.interrupt_reason()) {
      world_.interrupt(reason);
    }
  }
}

GILBENCH_END
