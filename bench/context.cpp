// Reads the machine from /proc and from Google Benchmark, and the build from macros that CMake
// defines.
#include "bench/context.h"

#include <benchmark/benchmark.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>

#include <cmath>
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <utility>
#include <vector>

#include "bench/exclusion.h"
#include "bench/json_report.h"
#include "strategies/policies/locks/asymmetric_fence.h"

// What the build knows of itself comes as definitions; a build without them says so.
#ifndef GILBENCH_COMMIT
#define GILBENCH_COMMIT "unknown"
#endif
#ifndef GILBENCH_DIRTY
#define GILBENCH_DIRTY 0
#endif
#ifndef GILBENCH_FLAGS
#define GILBENCH_FLAGS "unknown"
#endif
#ifndef GILBENCH_COMPILER
#define GILBENCH_COMPILER __VERSION__
#endif
#ifdef NDEBUG
#define GILBENCH_LIBRARY_BUILD_TYPE "release"
#else
#define GILBENCH_LIBRARY_BUILD_TYPE "debug"
#endif
#ifndef GILBENCH_BUILD_TYPE
#define GILBENCH_BUILD_TYPE GILBENCH_LIBRARY_BUILD_TYPE
#endif

namespace gilbench {
namespace {

using nlohmann::ordered_json;

std::string cpu_model() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    if (!line.starts_with("model name")) continue;
    const std::size_t colon = line.find(": ");
    if (colon != std::string::npos) return line.substr(colon + 2);
  }
  return "unknown";
}

std::string kernel() {
  utsname name{};
  if (uname(&name) != 0) return "unknown";
  return std::string(name.sysname) + " " + name.release;
}

std::int64_t memory_bytes() {
  struct sysinfo info {};
  if (sysinfo(&info) != 0) return 0;
  return static_cast<std::int64_t>(info.totalram) * info.mem_unit;
}

// Files by their last names alone.
std::vector<std::string> words_without_paths(std::vector<std::string> words) {
  for (std::string& word : words) {
    for (const char* flag : {"--program", "--engine", "--python", "--machine-memory",
                             "--benchmark_out", "--export-markdown", "--export-csv"}) {
      const std::size_t slash = word.rfind('/');
      const std::size_t value = word.rfind('=');  // --engine=NAME=PATH has two
      if (!word.starts_with(std::string(flag) + "=") || slash == std::string::npos) continue;
      word = word.substr(0, value + 1) + word.substr(slash + 1);
    }
  }
  return words;
}

}  // namespace

std::string local_date() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  char text[64];
  const std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S%z", &local);
  // strftime's zone is +hhmm.
  const std::string date(text, length);
  return date.substr(0, length - 2) + ":" + date.substr(length - 2);
}

ordered_json machine_context(const std::string& executable) {
  const benchmark::CPUInfo& cpu = benchmark::CPUInfo::Get();
  ordered_json context;
  context["date"] = local_date();
  context["executable"] = std::filesystem::path(executable).filename().string();
  context["num_cpus"] = cpu.num_cpus;
  context["mhz_per_cpu"] = std::llround(cpu.cycles_per_second / 1e6);
  context["cpu_scaling_enabled"] = cpu.scaling == benchmark::CPUInfo::ENABLED;
  context["caches"] = ordered_json::array();
  for (const auto& cache : cpu.caches) {
    context["caches"].push_back({{"type", cache.type},
                                 {"level", cache.level},
                                 {"size", cache.size},
                                 {"num_sharing", cache.num_sharing}});
  }
  context["load_avg"] = cpu.load_avg;
  context["library_build_type"] = GILBENCH_LIBRARY_BUILD_TYPE;
  context["cpu_model"] = cpu_model();
  context["memory_bytes"] = memory_bytes();
  context["kernel"] = kernel();
  context.update(build_context());
  return context;
}

ordered_json build_context() {
  return {{"compiler", GILBENCH_COMPILER},
          {"flags", GILBENCH_FLAGS},
          {"build_type", GILBENCH_BUILD_TYPE},
          {"commit", GILBENCH_COMMIT},
          {"dirty", GILBENCH_DIRTY != 0}};
}

ordered_json workloads_context(const std::string& executable, const BenchOptions& options,
                               const EngineBuilds& engines) {
  ordered_json context = machine_context(executable);
  context["schema_version"] = kResultsSchema;
  context["command_line"] = words_without_paths(options.words);
  context["exclusion_rule"] = kExclusionRule;
  context["usable_cores"] = usable_cores();
  if (!options.size.empty()) context["size"] = options.size;
  context["repetitions"] = options.repetitions;
  if (options.has_budget()) context["budget_seconds"] = options.budget.count();
  context["timeout_seconds"] = static_cast<double>(options.timeout.count()) / 1000;
  context["switch_interval_us"] = options.switch_intervals.front().count();
  context["gc"] = options.collect_cycles ? "on" : "off";
  context["membarrier"] = enable_heavy_fence();
  if (options.cold) context["cold"] = true;
  if (options.naive_lock_order) context["naive_lock_order"] = true;
  context["upstream_delay_ms"] = options.upstream_delay_ms;
  context["strategies"] = ordered_json::object();
  for (const StrategyInfo* strategy : engines.strategies()) {
    context["strategies"][std::string(strategy->name)] = std::string(strategy->summary);
  }
  for (const EngineBuild& build : engines.builds()) {
    if (!build.name.empty()) context["engines"][build.name] = build.about;
  }
  for (const StrategyInfo* strategy : engines.strategies()) {
    const std::string& version = engines.builds()[engines.place_of(strategy).build].python;
    if (!version.empty()) context["python"][std::string(strategy->name)] = version;
  }
  for (const auto& [key, value] : options.context) {
    if (!context.contains(key)) context[key] = value;
  }
  return context;
}

}  // namespace gilbench
