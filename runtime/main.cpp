// run_program: one Python file under one strategy, as a script or as a workload.

#include <algorithm>
#include <boost/program_options.hpp>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "runtime/engine.h"
#include "runtime/program/program.h"
#include "runtime/program/tree.h"
#include "runtime/program/workload_info.h"
#include "runtime/support/exit_status.h"
#include "runtime/support/interrupt.h"
#include "runtime/support/standard_streams.h"

namespace gilbench {
namespace {

namespace po = boost::program_options;

struct Options {
  std::string strategy;
  std::string file;
  std::string tree;
  std::string size;
  int workers = 1;
  double timeout_s = 60;
  std::string gc;
  int collect_every = 0;
  bool workload = false;
  bool naive_lock_order = false;
  bool dis = false;
  bool trace = false;
  bool list_natives = false;
  bool help = false;
};

po::options_description visible_options(Options& options) {
  po::options_description visible("usage: run_program [FLAG]... FILE.py");
  auto add = visible.add_options();
  add("strategy",
      po::value(&options.strategy)->default_value(std::string(strategies().front().name)),
      "what to run it under");
  add("workload", po::bool_switch(&options.workload),
      "run it as a workload: setup, work, combine; prints answer, seconds, leaked objects");
  add("size", po::value(&options.size)->default_value("small"),
      "of the workload: a key of its SIZES");
  add("workers", po::value(&options.workers)->default_value(1), "of the workload");
  add("timeout-s", po::value(&options.timeout_s)->default_value(60), "seconds a workload may take");
  add("gc", po::value(&options.gc)->default_value("on"),
      "on, or off: the cycle collector does not come by itself");
  add("naive-lock-order", po::bool_switch(&options.naive_lock_order),
      "object locks: lock two objects in the order of their operands (deadlocks are told)");
  add("collect-every", po::value(&options.collect_every)->default_value(0),
      "tracing_gc: collect at every so many-th checkpoint; 0: as needed");
  add("tree", po::value(&options.tree),
      "a file with what ast_to_json.py prints of FILE.py, which is then not parsed again");
  add("dis", po::bool_switch(&options.dis), "print its instructions and run nothing");
  add("trace", po::bool_switch(&options.trace),
      "tell each instruction on stderr before it runs (strategies without object locks)");
  add("help,h", po::bool_switch(&options.help), "print this");
  return visible;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string flag_names(const po::options_description& visible) {
  std::vector<std::string> names;
  for (const auto& option : visible.options()) names.push_back("--" + option->long_name());
  return joined(names);
}

Options parse(const std::vector<std::string>& words) {
  Options options;
  const po::options_description visible = visible_options(options);
  po::options_description all;
  all.add(visible).add_options()("file", po::value(&options.file))(
      "list-natives", po::bool_switch(&options.list_natives));
  po::positional_options_description positional;
  positional.add("file", 1);
  namespace style = po::command_line_style;
  try {
    po::variables_map values;
    po::store(po::command_line_parser(words)
                  .options(all)
                  .positional(positional)
                  .style(style::default_style & ~style::allow_guessing)
                  .run(),
              values);
    po::notify(values);
  } catch (const po::error& error) {
    throw UsageError(std::string(error.what()) + "; flags: " + flag_names(visible));
  }
  if (options.help) {
    std::cout << visible;
  } else if (options.file.empty() && !options.list_natives) {
    throw UsageError("no FILE.py; flags: " + flag_names(visible));
  }
  if (options.workers < 1) throw UsageError("--workers must be 1 or more");
  if (!(options.timeout_s > 0 && options.timeout_s < 1e9)) {
    throw UsageError("--timeout-s must be above 0");
  }
  if (options.gc != "on" && options.gc != "off") throw UsageError("--gc must be on or off");
  return options;
}

template <class Choose>
std::vector<std::string> names_of(Choose&& choose) {
  std::vector<std::string> names;
  for (const StrategyInfo& info : strategies()) {
    if (choose(info)) names.emplace_back(info.name);
  }
  return names;
}

const StrategyInfo& chosen_strategy(const std::string& name) {
  if (const StrategyInfo* found = find_strategy(name)) return *found;
  throw UsageError("unknown strategy '" + name +
                   "'; strategies: " + joined(names_of([](const StrategyInfo&) { return true; })));
}

EngineOptions engine_options(const Options& options) {
  EngineOptions chosen;
  chosen.collect_cycles = options.gc == "on";
  chosen.naive_lock_order = options.naive_lock_order;
  chosen.collect_every_checkpoints = options.collect_every;
  chosen.trace = options.trace;
  return chosen;
}

int run_script(Engine& engine, std::shared_ptr<const Program> program, const Options& options) {
  const ScriptResult result = engine.run_script(std::move(program), engine_options(options));
  write_output(result.output);
  std::cerr << result.error;
  if (!result.error.empty() && result.error.back() != '\n') std::cerr << '\n';
  if (interrupt_requested()) return kExitInterrupted;
  if (result.leaked_objects != 0) {
    std::cerr << "run_program: leaked objects: " << result.leaked_objects << '\n';
    return kExitFailed;
  }
  return result.error.empty() ? kExitOk : kExitFailed;
}

std::string describe(const RunResult& result) {
  switch (result.status) {
    case RunStatus::kOk:
      return "";
    case RunStatus::kSkipped:
      return "skipped: " + result.message;
    case RunStatus::kWrongAnswer:
      return "wrong answer: expected " + result.expected + ", got " + result.answer;
    case RunStatus::kTimeout:
      return "timeout: " + result.message;
    case RunStatus::kKilled:
      return "killed: " + result.message;
    case RunStatus::kInterrupted:
      return "interrupted";
    case RunStatus::kError:
      break;
  }
  return result.message;
}

int run_workload(Engine& engine, std::shared_ptr<const Program> program, const WorkloadInfo& info,
                 const Options& options) {
  if (std::find(info.sizes.begin(), info.sizes.end(), options.size) == info.sizes.end()) {
    throw UsageError(options.file + " has no size '" + options.size +
                     "'; its sizes: " + joined(info.sizes));
  }
  RunRequest request;
  request.program = std::move(program);
  request.options = engine_options(options);
  request.size = options.size;
  request.workers = options.workers;
  request.timeout = std::chrono::milliseconds(static_cast<std::int64_t>(options.timeout_s * 1000));
  request.options = engine_options(options);
  const RunResult result = engine.run(request);
  if (result.status == RunStatus::kOk) {
    std::printf("answer         %s\nseconds        %.6f\nleaked objects %lld\n",
                result.answer.c_str(), result.seconds,
                static_cast<long long>(result.leaked_objects));
    for (const auto& [name, value] : result.metrics) std::printf("%-22s %g\n", name.c_str(), value);
    return kExitOk;
  }
  const std::string text = describe(result);
  std::cerr << text << (text.ends_with('\n') ? "" : "\n");
  if (result.status == RunStatus::kInterrupted) return kExitInterrupted;
  return result.status == RunStatus::kSkipped ? kExitOk : kExitFailed;
}

// The program's syntax tree, as JSON.
std::string tree_of(const Options& options) {
  if (options.tree.empty()) return print_tree(options.file);
  std::ifstream file(options.tree, std::ios::binary);
  std::string text(std::istreambuf_iterator<char>(file), {});
  if (!file || text.empty()) throw UsageError("--tree=" + options.tree + ": no tree in it");
  return text;
}

int run(const Options& options) {
  const StrategyInfo& strategy = chosen_strategy(options.strategy);
  if (options.list_natives) {
    std::cout << strategy.list_natives();
    return kExitOk;
  }
  if (options.trace && strategy.locks_objects) {
    throw UsageError(
        "--trace: not under " + options.strategy + "; strategies: " +
        joined(names_of([](const StrategyInfo& info) { return !info.locks_objects; })));
  }
  const std::string tree = tree_of(options);
  std::shared_ptr<const Program> program = compile(tree, options.file);
  if (options.dis) {
    write_output(disassemble(*program));
    return kExitOk;
  }
  const std::unique_ptr<Engine> engine = strategy.make_engine();
  if (!options.workload) return run_script(*engine, std::move(program), options);
  const WorkloadInfo info = workload_info_of_tree(tree, options.file);
  return run_workload(*engine, std::move(program), info, options);
}

}  // namespace
}  // namespace gilbench

int main(int argument_count, char** arguments) {
  using namespace gilbench;
  return exit_status_of("run_program", [=] {
    const Options options = parse({arguments + 1, arguments + argument_count});
    if (options.help) return kExitOk;
    handle_interrupts();
    return run(options);
  });
}
