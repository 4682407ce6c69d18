// Workers in worlds of their own: a thread each, with an interpreter of its own over the same
// Program.
//
// Which state a worker is handed: a copy of what setup() returned in the main world, as bytes
// (transfer.h). Letting each world call setup() itself would need no copy, but would be another
// program: setup() that opens a pipe or writes a file has effects outside, which must happen once;
// and what the arguments cost is a price of this strategy that would go unseen. Instances travel by
// their class's name, since each world has run the module and so has that class: what PEP 734's
// interpreters do by falling back on pickle.
//
// Time: making the worlds, running the module in each and unpacking the state comes before the
// barrier (startup_seconds). Packing and unpacking is added up in transfer_seconds as well; packing
// a worker's result is part of that worker's time, as under processes.
//
// Who may touch what: a world is made, run and emptied by its worker's thread alone. The launching
// thread sees only bytes, and reaches a world through Worlds, to interrupt it.
#include <algorithm>
#include <exception>
#include <new>

#include "runtime/interpreter/unwind.h"
#include "runtime/launch/launch.h"
#include "runtime/launch/open_world.h"
#include "runtime/launch/start_barrier.h"
#include "runtime/launch/transfer.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/make.h"
#include "runtime/support/annotated_mutex.h"
#include "runtime/support/process_memory.h"
#include "runtime/support/worker_clocks.h"

GILBENCH_BEGIN

namespace {

// The workers' worlds, for as long as they run program code.
class Worlds {
 public:
  void enter(World& world) {
    const MutexGuard guard(mutex_);
    worlds_.push_back(&world);
    if (reason_ != nullptr) world.interrupt(reason_);
  }
  void leave(World& world) {
    const MutexGuard guard(mutex_);
    std::erase(worlds_, &world);
  }
  // Ends them all, those that enter later too. The first reason stays.
  void interrupt(const char* why) {
    const MutexGuard guard(mutex_);
    if (reason_ == nullptr) reason_ = why;
    tell_all();
  }
  // Once more, where they are to end: a thread that was about to block when the signal came blocks
  // after it.
  void interrupt_again() {
    const MutexGuard guard(mutex_);
    if (reason_ != nullptr) tell_all();
  }

 private:
  void tell_all() GILBENCH_REQUIRES(mutex_) {
    for (World* world : worlds_) world->interrupt(reason_);
  }

  Mutex mutex_;
  std::vector<World*> worlds_ GILBENCH_GUARDED_BY(mutex_);
  const char* reason_ GILBENCH_GUARDED_BY(mutex_) = nullptr;  // a literal
};

// What a worker leaves to the launching thread. Its own until its thread has ended.
struct WorkerReport {
  std::string part;  // serialised
  std::string error;
  bool interrupted = false;
  Clock::time_point end;
  double transfer_seconds = 0;
  std::int64_t leaked_objects = 0;
  CollectorStats collections;
  std::map<std::string, double> ended;  // as OpenWorld::close() tells it
};

// What all workers share; constant while they run, but for what guards itself.
struct WorldsLaunch {
  World& main;
  const std::string arguments;  // (state, size), serialised
  const int workers;
  Worlds worlds{};
  std::int64_t pss_bytes = 0;
  WorkerClocks clocks{workers, WorkerClocks::Of::kThread};
  StartBarrier start{workers};
  // No world is emptied while another still computes.
  StartBarrier end{workers, [this] { pss_bytes = memory_bytes("Pss"); }};
};

class WorldWorker {
 public:
  WorldWorker(WorldsLaunch& launch, int worker, WorkerReport* report)
      : launch_(launch),
        worker_(worker),
        report_(*report),
        open_world_(launch.main.program, launch.main.options, launch.main.choices) {
    open_world_.world().environment = launch.main.environment;
  }

  void run() {
    attempt([this] {
      launch_.worlds.enter(open_world_.world());
      prepare();
    });
    launch_.clocks.arrive(worker_);
    const bool all_are_here = wait(launch_.start);
    launch_.clocks.start(worker_);
    open_world_.main().longest_wait_ns = 0;
    if (!all_are_here && report_.error.empty()) {
      report_.error = kAnotherFailed;
      report_.interrupted = true;
    }
    if (report_.error.empty()) attempt([this] { work(); });
    report_.end = Clock::now();
    launch_.clocks.end(worker_, open_world_.main().longest_wait_ns);
    launch_.clocks.compare();
    work_ = {};
    arguments_ = {};
    open_world_.close_generators();  // while somebody passes on that the run's time is up
    wait(launch_.end);
    launch_.clocks.leave(worker_);
    launch_.worlds.leave(open_world_.world());
    report_.collections = open_world_.world().collector.stats();
    report_.leaked_objects = open_world_.close(&report_.ended);
  }

 private:
  // Errors end the others too: they may wait for it in vain, and their results are of no use.
  template <class Step>
  void attempt(Step&& step) {
    if (const Ref<Exception> error = error_of(step)) {
      report_.interrupted = is_exception_of(error.get(), X::RunInterrupted);
      report_.error = tell(error.get());
    }
    if (!report_.error.empty()) launch_.worlds.interrupt(kAnotherFailed);
  }

  void prepare() {
    open_world_.run_module();
    work_ = open_world_.global("work");
    const Clock::time_point from = Clock::now();
    arguments_ = deserialize(launch_.arguments);
    report_.transfer_seconds += seconds_between(from, Clock::now());
  }

  void work() {
    const Tuple* arguments = as<Tuple>(arguments_.get());
    WorkerOutcome outcome = call_work(
        {work_.get(), arguments->items[0], arguments->items[1], launch_.workers, {}}, worker_);
    report_.error = std::move(outcome.error);
    report_.interrupted = outcome.interrupted;
    if (!report_.error.empty()) return;
    const Clock::time_point from = Clock::now();
    report_.part = serialize(outcome.part.get());
    report_.transfer_seconds += seconds_between(from, Clock::now());
  }

  static bool wait(StartBarrier& barrier) {
    BlockingRegion region;
    return barrier.wait();
  }

  WorldsLaunch& launch_;
  const int worker_;
  WorkerReport& report_;
  OpenWorld open_world_;
  Ref<> work_;       // before open_world_ is closed they are given back
  Ref<> arguments_;  // (state, size)
};

// Hands on to the workers' worlds what the main world is told, and what they have told each other,
// until all have ended.
void pass_on_interrupts(WorldsLaunch& launch) {
  while (!launch.end.wait_until_fallen(std::chrono::milliseconds(50))) {
    if (const char* reason = launch.main.interrupt_reason()) launch.worlds.interrupt(reason);
    launch.worlds.interrupt_again();
  }
}

}  // namespace

namespace {

// Where there is no memory for its world, or for what it has to report, the others end as well.
void run_worker(WorldsLaunch& launch, int worker, WorkerReport* report) noexcept {
  try {
    WorldWorker(launch, worker, report).run();
    return;
  } catch (const std::bad_alloc&) {
    report->error = "MemoryError";   // std::string has room for it in itself
  } catch (const std::exception&) {  // what a world needs beside memory: a loop's descriptor
    report->error = "OSError";
  }
  report->interrupted = false;
  launch.worlds.interrupt(kAnotherFailed);
  launch.start.give_up();
  launch.end.give_up();
}

}  // namespace

WorkerOutcomes launch_worlds(Thread& main, const LaunchRequest& request, RunResult* result) {
  const Clock::time_point launched = Clock::now();
  WorldsLaunch launch{main.world, serialize(make_tuple({request.state, request.size}).get()),
                      request.workers};
  result->transfer_seconds += seconds_between(launched, Clock::now());
  std::vector<WorkerReport> reports(static_cast<std::size_t>(request.workers));
  bool started_all;
  {
    BlockingRegion region;
    std::vector<boost::thread> threads;
    started_all = start_workers(&threads, request.workers, [&launch, &reports](int worker) {
      run_worker(launch, worker, &reports[static_cast<std::size_t>(worker)]);
    });
    if (!started_all) {
      launch.start.give_up();
      launch.end.give_up();
    }
    pass_on_interrupts(launch);
    for (boost::thread& thread : threads) thread.join();
  }
  if (!started_all) raise_no_thread();
  const Clock::time_point started = launch.start.fell();
  result->startup_seconds = seconds_between(launched, started);
  result->usage = launch.clocks.usage();
  result->pss_bytes = launch.pss_bytes;
  const Clock::time_point from = Clock::now();
  WorkerOutcomes outcomes;
  for (const WorkerReport& report : reports) {
    WorkerOutcome& outcome = outcomes.emplace_back();
    if (report.error.empty()) outcome.part = deserialize(report.part);
    outcome.error = report.error;
    outcome.interrupted = report.interrupted;
    outcome.seconds = seconds_between(started, report.end);
    result->transfer_seconds += report.transfer_seconds;
    result->leaked_objects += report.leaked_objects;
    main.world.collector.record(report.collections);
    if (const auto left = report.ended.find(kUncollected); left != report.ended.end()) {
      result->metrics[kUncollected] += left->second;
    }
  }
  result->transfer_seconds += seconds_between(from, Clock::now());
  return outcomes;
}

GILBENCH_END
