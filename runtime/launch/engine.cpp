// Engine: one run of a program under a strategy, from an empty world to an empty world.
#include "runtime/engine.h"

#include <signal.h>

#include <algorithm>
#include <boost/system/system_error.hpp>
#include <new>
#include <optional>

#include "runtime/interpreter/unwind.h"
#include "runtime/launch/launch.h"
#include "runtime/launch/open_world.h"
#include "runtime/memory/cycles.h"
#include "runtime/model.h"
#include "runtime/modules/open_descriptors.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/make.h"
#include "runtime/objects/native.h"
#include "runtime/objects/operations.h"
#include "runtime/values/section.h"
#include "runtime/world/frame.h"

GILBENCH_BEGIN

namespace {

void set_failure(RunResult* result, Exception* exception) {
  if (is_exception_of(exception, X::RunInterrupted)) {
    result->status = interrupt_requested() ? RunStatus::kInterrupted : RunStatus::kTimeout;
    return;
  }
  result->status = RunStatus::kError;
  result->message = tell(exception);
}

// The run is over; what generators have left to do has its time limit, too. Where there is no
// thread to keep it they are not closed, and the run says so. (An error must not leave here: it is
// an object of the open_world's world.)
void close_generators(OpenWorld& open_world, Clock::time_point end, RunResult* result) {
  // relaxed: see Closing.
  if (!open_world.world().closing.may_be_needed.load(std::memory_order_relaxed)) return;
  const Ref<Exception> error = error_of([&open_world, end] {
    Watchdog watchdog(open_world.world(), end);
    open_world.close_generators();
  });
  if (!error || result->status != RunStatus::kOk) return;
  result->status = RunStatus::kError;
  result->message = name_of(error.get());
}

// A workload's run, step by step.
class WorkloadRun {
 public:
  WorkloadRun(OpenWorld& open_world, const RunRequest& request, Clock::time_point end,
              RunResult* result)
      : open_world_(open_world), request_(request), result_(*result), end_(end) {}

  void run() {
    fail_by(error_of([this] { take_steps(); }));
    fail_by(error_of([this] { check_expected_error(); }));
  }

 private:
  void fail_by(const Ref<Exception>& error) {
    if (!error) return;
    // Telling of it runs program code, its __str__(), which may not end by itself either.
    std::optional<Watchdog> watchdog;
    if (error_of([&] { watchdog.emplace(open_world_.world(), end_); })) {
      result_.status = RunStatus::kError;
      result_.message = name_of(error.get());
    } else {
      set_failure(&result_, error.get());
    }
  }

  // A program that names an error is right when that error has ended it, and wrong without one.
  void check_expected_error() {
    Ref<> expected = open_world_.global("EXPECT_ERROR");
    if (!expected || expected->kind() != Kind::kStr) return;
    const std::string_view text = as<Str>(expected.get())->view();
    if (result_.status == RunStatus::kOk) {
      result_.status = RunStatus::kWrongAnswer;
      result_.expected = text;
      result_.message = "expected the error '" + result_.expected + "', got " + result_.answer;
    } else if (result_.status == RunStatus::kError) {
      const std::size_t end = result_.message.rfind('\n');
      const std::string line = result_.message.substr(end == std::string::npos ? 0 : end + 1);
      if (!line.starts_with(text)) return;
      result_.status = RunStatus::kOk;
      result_.expected = text;
      result_.answer = line;
      result_.message.clear();
    }
  }

  void take_steps() {
    // No thread of the runtime's may exist while the process forks.
    const bool forks = open_world_.world().choices.placement == Placement::kProcesses;
    WorkerOutcomes outcomes;
    std::optional<Watchdog> watchdog;
    watchdog.emplace(open_world_.world(), end_);
    prepare();
    if (forks) watchdog.reset();
    outcomes = launch(open_world_.main(), launch_request(), &result_);
    if (forks) watchdog.emplace(open_world_.world(), end_);
    finish(outcomes);
  }

  void prepare() {
    open_world_.run_module();
    work_ = open_world_.global("work");
    if (!work_) throw std::logic_error("the program has no work()");
    Ref<> sizes = required("SIZES");
    Ref<Str> key = make_str(request_.size);
    size_ = get_item(sizes.get(), key.get());
    Ref<> setup = open_world_.global("setup");
    state_ = setup ? call(setup.get(), {size_.get()}) : make_none();
  }

  // A global that workload_info() has seen and that the program may have unbound since.
  Ref<> required(std::string_view name) {
    Ref<> value = open_world_.global(name);
    if (!value) raise(X::NameError, "name '", name, "' is not defined");
    return value;
  }

  LaunchRequest launch_request() {
    return {work_.get(), state_.get(), size_.get(), request_.workers, end_};
  }

  void finish(WorkerOutcomes& outcomes) {
    if (result_.status != RunStatus::kOk) return;  // timeout, killed, interrupted: no parts
    // What failed by itself, before those that were ended for it.
    for (const WorkerOutcome& outcome : outcomes) {
      if (outcome.error.empty() || outcome.interrupted) continue;
      result_.status = RunStatus::kError;
      result_.message = outcome.error;
      result_.seconds = outcome.seconds;
      for (const WorkerOutcome& each : outcomes) result_.worker_seconds.push_back(each.seconds);
      return;
    }
    Ref<List> parts = make_list(outcomes.size());
    for (WorkerOutcome& outcome : outcomes) {
      if (outcome.interrupted) open_world_.main().check_interrupt();
      list_append(parts.get(), std::move(outcome.part));
      result_.worker_seconds.push_back(outcome.seconds);
    }
    result_.seconds =
        *std::max_element(result_.worker_seconds.begin(), result_.worker_seconds.end());
    check(parts.get());
    read_metrics(parts.get());
  }

  void check(List* parts) {
    Ref<> combine = open_world_.global("combine");
    Ref<> answer = combine ? call(combine.get(), {parts}) : Ref<>::share(parts);
    result_.answer = repr(answer.get());
    Ref<> expect = open_world_.global("EXPECT");
    // A program that names an error needs no answer, and is wrong where it gives one.
    const Ref<> error = open_world_.global("EXPECT_ERROR");
    if (!expect && error && error->kind() == Kind::kStr) return;
    if (!expect) expect = required("EXPECT");
    Ref<Str> key = make_str(request_.size);
    Ref<> expected = get_item(expect.get(), key.get());
    result_.expected = repr(expected.get());
    if (!equal(answer.get(), expected.get())) {
      result_.status = RunStatus::kWrongAnswer;
      result_.message = "expected " + result_.expected + ", got " + result_.answer;
    }
  }

  // What the program itself measured: metrics(parts), optional, is a dict of numbers by name.
  void read_metrics(List* parts) {
    Ref<> function = open_world_.global("metrics");
    if (!function) return;
    Ref<> found = call(function.get(), {parts});
    if (found->kind() != Kind::kDict) raise(X::TypeError, "metrics(parts) must return a dict");
    std::size_t position = 0;
    Ref<> name, value;
    while (dict_next(as<Dict>(found.get()), &position, &name, &value)) {
      result_.metrics[std::string(str_arg(name.get(), "metrics")->view())] = to_double(value.get());
    }
  }

  OpenWorld& open_world_;
  const RunRequest& request_;
  RunResult& result_;
  const Clock::time_point end_;
  Ref<> work_;
  Ref<> size_;
  Ref<> state_;
};

// What the counts have found out, all objects being dead (a template: see destroy.cpp).
template <class R>
void take_count_metrics(RunResult* result) {
  if constexpr (FindsLeaks<R>) result->metrics.merge(R::take_metrics());
}

// What there was no memory, no thread or no descriptor for; the class of the error that a program
// would get. Short enough that std::string needs no memory, where there may be none.
template <class Run>
const char* shortage_in(Run&& run) {
  try {
    run();
    return nullptr;
  } catch (const std::bad_alloc&) {
    return "MemoryError";
  } catch (const Raised&) {
    return "MemoryError";
  } catch (const boost::system::system_error&) {  // threads, the event loop's descriptors
    return "OSError";
  }
}

class StrategyEngine : public Engine {
 public:
  explicit StrategyEngine(const Choices& choices) : choices_(choices) {}

  RunResult run(const RunRequest& request) override {
    RunResult result;
    if (const char* error = shortage_in([&] { run_whole(request, &result); })) {
      result = {};
      result.status = RunStatus::kError;
      result.message = error;
    }
    return result;
  }

  ScriptResult run_script(std::shared_ptr<const Program> program,
                          const EngineOptions& options) override {
    ScriptResult result;
    if (const char* error = shortage_in([&] { run_whole_script(program, options, &result); })) {
      result.error = error;
    }
    return result;
  }

 private:
  void run_whole(const RunRequest& request, RunResult* result) {
    RunResult before;
    take_count_metrics<Refs>(&before);  // what a script before this run has left
    const OpenDescriptors opened;
    const Clock::time_point end = Clock::now() + std::chrono::milliseconds(request.timeout);
    OpenWorld open_world(request.program, request.options, choices_);
    open_world.world().environment = request.environment;
    WorkloadRun(open_world, request, end, result).run();
    close_generators(open_world, end, result);
    if (result->status == RunStatus::kTimeout) {
      result->message = "ended after " + std::to_string(request.timeout.count()) + " ms";
    } else if (result->status == RunStatus::kInterrupted) {
      result->message = "interrupted";
    }
    result->leaked_objects += open_world.close(&result->metrics);
    take_count_metrics<Refs>(result);
  }

  void run_whole_script(const std::shared_ptr<const Program>& program, const EngineOptions& options,
                        ScriptResult* result) {
    const OpenDescriptors opened;
    OpenWorld open_world(program, options, choices_);
    {
      std::optional<Watchdog> watchdog;  // for interrupts alone
      {
        const Ref<Exception> error = error_of([&] {
          watchdog.emplace(open_world.world(), Clock::time_point::max());
          open_world.run_module();
        });
        if (error) result->error = watchdog ? tell(error.get()) : name_of(error.get());
      }
      open_world.close_generators();
    }
    {
      World& world = open_world.world();
      const MutexGuard guard(world.output_mutex);
      result->output.swap(world.output);
    }
    result->leaked_objects = open_world.close();
  }

  const Choices& choices_;
};

}  // namespace

std::unique_ptr<Engine> make_engine(const Choices& choices) {
  return std::make_unique<StrategyEngine>(choices);
}

StrategyInfo describe(const Choices& choices) {
  return {
      .name = choices.name,
      .summary = choices.summary,
      .workers_share_objects = choices.workers_share_objects,
      .make_engine = nullptr,  // the caller's
      .workers_are_processes = choices.placement == Placement::kProcesses,
      .locks_objects = Locks::kLocks,
      .has_switch_interval = choices.has_switch_interval,
      .collects_cycles = kCollectsCycles,
      .workers_take_turns = choices.placement == Placement::kTasks,
      .list_natives = nullptr,  // likewise
  };
}

GILBENCH_END
