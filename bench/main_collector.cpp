// bench_collector: how long a collection keeps a program from running, by the number of objects
// that live. A row is a strategy and a size; its time is the mean pause of one collection, its
// counters say what that is for each live object, and the longest pause.
//
//     bench_collector [--strategies=A,B] [--benchmark_*]
#include <benchmark/benchmark.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "bench/options.h"
#include "runtime/engine.h"
#include "runtime/program/program.h"

namespace gilbench {
namespace {

constexpr int kUsage = 2;
constexpr const char* kStrategiesFlag = "--strategies=";

void measure(benchmark::State& state, const StrategyInfo& strategy,
             const std::shared_ptr<const Program>& program, const std::string& size) {
  double pause_max = 0, live = 0, last = 0;
  for (auto _ : state) {
    static_cast<void>(_);
    RunRequest request;
    request.program = program;
    request.size = size;
    const RunResult result = strategy.make_engine()->run(request);
    const auto collections = result.metrics.find("collections");
    if (result.status != RunStatus::kOk || result.leaked_objects != 0) {
      state.SkipWithError(result.status == RunStatus::kOk ? "leaked objects"
                                                          : result.message.c_str());
      return;
    }
    if (collections == result.metrics.end() || collections->second == 0) {
      state.SkipWithError("this strategy does not collect");
      return;
    }
    last = result.metrics.at("collection_pause_total_seconds") / collections->second;
    live = result.metrics.at("collection_live_objects_max");
    pause_max = std::max(pause_max, result.metrics.at("collection_pause_max_seconds"));
    state.SetIterationTime(last);
  }
  state.counters["live_objects"] = live;
  state.counters["pause_max_seconds"] = pause_max;
}

std::vector<const StrategyInfo*> chosen(const std::vector<std::string>& names) {
  std::vector<const StrategyInfo*> found;
  for (const StrategyInfo& info : strategies()) {
    if (names.empty()) found.push_back(&info);
  }
  for (const std::string& name : names) {
    const StrategyInfo* info = find_strategy(name);
    if (info == nullptr) throw UsageError("unknown strategy '" + name + "'");
    found.push_back(info);
  }
  return found;
}

int run(int count, char** arguments) {
  benchmark::Initialize(&count, arguments);
  std::vector<std::string> names;
  for (int i = 1; i < count; ++i) {
    const std::string word = arguments[i];
    if (!word.starts_with(kStrategiesFlag)) {
      throw UsageError("unknown flag " + word + "; flags: --strategies, --benchmark_*");
    }
    names = split(word.substr(std::string(kStrategiesFlag).size()), ',');
  }
  const auto program = compile_file(GILBENCH_SOURCE_DIR "/bench/collector/live_objects.py");
  for (const StrategyInfo* strategy : chosen(names)) {
    for (const std::string& size : {std::string("100000"), std::string("1000000")}) {
      const std::string name = "collector/" + std::string(strategy->name) + "/live:" + size;
      benchmark::RegisterBenchmark(
          name.c_str(), [=](benchmark::State& state) { measure(state, *strategy, program, size); })
          ->UseManualTime()
          ->Iterations(1)
          ->Unit(benchmark::kMillisecond);
    }
  }
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}

}  // namespace
}  // namespace gilbench

int main(int argument_count, char** arguments) {
  try {
    return gilbench::run(argument_count, arguments);
  } catch (const gilbench::UsageError& error) {
    std::cerr << "bench_collector: " << error.what() << '\n';
    return gilbench::kUsage;
  } catch (const std::exception& error) {
    std::cerr << "bench_collector: " << error.what() << '\n';
    return 1;
  }
}
