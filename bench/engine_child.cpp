// Runs rows as it is asked to. Here is where programs run and times are taken: Google Benchmark
// calls each row once, with manual time, and its report goes back over the socket.
#include "bench/engine_child.h"

#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <exception>
#include <map>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

#include "bench/context.h"
#include "bench/engine_messages.h"
#include "runtime/program/program.h"
#include "runtime/support/crash_stacks.h"
#include "runtime/support/interrupt.h"

namespace gilbench {
namespace {

using nlohmann::json;

// Keeps what Google Benchmark reports of the one run.
class ReplyReporter : public benchmark::BenchmarkReporter {
 public:
  explicit ReplyReporter(EngineReply* reply) : reply_(*reply) {}

  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.run_type != Run::RT_Iteration || run.error_occurred) continue;
      ShownRun& shown = reply_.sample.shown;
      shown.real_seconds = run.real_accumulated_time;
      shown.cpu_seconds = reply_.sample.cpu_seconds;  // not all that this process has used
      for (const auto& [name, counter] : run.counters) shown.counters[name] = counter.value;
    }
  }

 private:
  EngineReply& reply_;
};

class EngineChild {
 public:
  explicit EngineChild(Descriptor socket) : socket_(std::move(socket)) {}

  void serve() {
    socket_.send(hello());
    while (const auto message = socket_.receive()) {
      if (message->contains("benchmark")) take_flags(message->at("benchmark"));
      if (message->contains("program")) take_program(message->at("program"));
      if (message->contains("row")) run_row(request_from(message->at("row")));
    }
  }

 private:
  static json hello() {
    json known = json::array();
    for (const StrategyInfo& strategy : strategies()) {
      known.push_back({{"name", strategy.name},
                       {"summary", strategy.summary},
                       {"workers_share_objects", strategy.workers_share_objects},
                       {"workers_are_processes", strategy.workers_are_processes},
                       {"locks_objects", strategy.locks_objects},
                       {"has_switch_interval", strategy.has_switch_interval},
                       {"collects_cycles", strategy.collects_cycles},
                       {"workers_take_turns", strategy.workers_take_turns}});
    }
    return {{"hello", kEngineProtocol},
            {"pid", getpid()},
            {"strategies", std::move(known)},
            {"build", build_context()}};
  }

  // Google Benchmark's own flags, of which it keeps the first word.
  void take_flags(const json& flags) {
    flags_ = {"engine"};
    for (const json& flag : flags) flags_.push_back(flag.get<std::string>());
    std::vector<char*> pointers;
    for (std::string& flag : flags_) pointers.push_back(flag.data());
    int count = static_cast<int>(pointers.size());
    pointers.push_back(nullptr);
    benchmark::Initialize(&count, pointers.data());
  }

  void take_program(const json& program) {
    const std::string path = program.at("path").get<std::string>();
    try {
      programs_[path] = compile(program.at("tree").get<std::string>(), path);
      socket_.send({{"ready", path}});
    } catch (const ProgramError& error) {
      socket_.send({{"ready", path}, {"error", error.what()}});
    }
  }

  void run_row(EngineRequest request) {
    EngineReply reply;
    request.run.program = programs_[request.program];
    request.run.options.print_to_stdout = true;
    benchmark::RegisterBenchmark(
        request.name.c_str(), [&](benchmark::State& state) { measure_row(request, state, &reply); })
        // One iteration is one run; the bench asks for each repetition by itself.
        ->Iterations(1)
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
    ReplyReporter reporter(&reply);
    benchmark::RunSpecifiedBenchmarks(&reporter, nullptr, ".");
    benchmark::ClearRegisteredBenchmarks();
    clear_interrupt();
    socket_.send({{"reply", to_json(reply)}});
  }

  void measure_row(const EngineRequest& request, benchmark::State& state, EngineReply* reply) {
    for (auto _ : state) {
      static_cast<void>(_);
      run_once(request, reply);
      if (reply->result.status != RunStatus::kOk || reply->result.leaked_objects != 0) {
        state.SkipWithError("no time");
        break;
      }
      state.SetIterationTime(reply->sample.seconds);
      for (const auto& [name, value] : reply->sample.metrics) {
        // A collector that had nothing to do is not worth five columns of the table.
        if (value != 0 || !name.starts_with("collect")) state.counters[name] = value;
      }
    }
  }

  void run_once(const EngineRequest& request, EngineReply* reply) {
    try {
      RunRequest asked = request.run;
      const json go = ask({{"run", request.name}});
      if (go.contains("environment")) {
        asked.environment = go.at("environment").get<std::vector<std::string>>();
      }
      const StrategyInfo* strategy = find_strategy(request.strategy);
      if (strategy == nullptr) throw std::runtime_error("no strategy " + request.strategy);
      if (asked.program == nullptr) throw std::runtime_error("no program " + request.program);
      // A new engine for each run: no run inherits another's heap.
      const std::unique_ptr<Engine> engine = strategy->make_engine();
      reply->sample = measure(*engine, asked, reply->result);
    } catch (const std::exception& error) {
      reply->result.status = RunStatus::kError;
      reply->result.message = error.what();
    }
    finish_run(reply);
  }

  // The bench tells what its services have measured, or that one of them has died.
  void finish_run(EngineReply* reply) {
    RunResult& result = reply->result;
    try {
      const json measured = ask({{"ran", result.status == RunStatus::kOk}});
      if (measured.contains("metrics"))
        reply->sample.metrics.merge(numbers_from(measured["metrics"]));
      if (measured.contains("histograms")) measured["histograms"].get_to(reply->sample.histograms);
    } catch (const std::exception& error) {
      if (result.status == RunStatus::kInterrupted) {  // the bench has ended it for this
        result.message.clear();
        clear_interrupt();
      }
      result.status = RunStatus::kError;
      if (!result.message.empty() && !result.message.ends_with('\n')) result.message += '\n';
      result.message += error.what();
    }
  }

  // Throws what the answer says to be wrong. Without an answer nobody wants this process any more.
  json ask(const json& question) {
    if (!socket_.send(question)) std::_Exit(1);
    auto answer = socket_.receive();
    if (!answer) std::_Exit(1);
    if (answer->contains("error")) throw std::runtime_error(answer->at("error"));
    return std::move(*answer);
  }

  MessageSocket socket_;
  std::map<std::string, std::shared_ptr<const Program>> programs_;
  std::vector<std::string> flags_;
};

}  // namespace

int engine_child_main(const std::string& descriptor) {
  const int number = std::atoi(descriptor.c_str());
  // Not a program's to inherit, should it start one.
  if (number <= 0 || fcntl(number, F_SETFD, FD_CLOEXEC) != 0) return 2;
  handle_interrupts();
  tell_stacks_on_crash(number);
  EngineChild(Descriptor(number)).serve();
  return 0;
}

}  // namespace gilbench
