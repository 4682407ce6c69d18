#include "bench/measurement.h"

#include <sys/resource.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

namespace gilbench {
namespace {

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

}  // namespace

ProcessUsage ProcessUsage::now() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return {seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime), usage.ru_nvcsw, usage.ru_nivcsw};
}

Sample measure(Engine& engine, const RunRequest& request, RunResult& result) {
  reset_peak_rss();
  const ProcessUsage before = ProcessUsage::now();
  result = engine.run(request);
  const ProcessUsage after = ProcessUsage::now();

  Sample sample;
  sample.seconds = result.seconds;
  sample.startup_seconds = result.startup_seconds;
  sample.transfer_seconds = result.transfer_seconds;
  sample.cpu_seconds = after.cpu_seconds - before.cpu_seconds + result.children_cpu_seconds;
  sample.fairness = fairness_index(result.worker_seconds);
  sample.peak_rss_bytes = peak_rss_bytes() + result.children_peak_rss_bytes;
  sample.memory_written_bytes = result.bytes_written_after_fork;
  sample.voluntary_switches =
      after.voluntary_switches - before.voluntary_switches + result.children_voluntary_switches;
  sample.involuntary_switches = after.involuntary_switches - before.involuntary_switches +
                                result.children_involuntary_switches;
  sample.leaked_objects = result.leaked_objects;
  sample.answer = result.answer;
  sample.metrics = result.metrics;
  return sample;
}

void reset_peak_rss() {
  std::ofstream clear("/proc/self/clear_refs");
  clear << "5";  // proc(5): resets the peak resident set size to the current one
}

std::int64_t peak_rss_bytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (!line.starts_with("VmHWM:")) continue;
    std::istringstream words(line.substr(6));
    std::int64_t kibibytes = 0;
    words >> kibibytes;
    return kibibytes * 1024;
  }
  return 0;
}

double fairness_index(const std::vector<double>& shares) {
  double sum = 0;
  double squares = 0;
  for (const double share : shares) {
    sum += share;
    squares += share * share;
  }
  if (squares <= 0) return 1;  // nobody did anything: alike
  return sum * sum / (static_cast<double>(shares.size()) * squares);
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  if (values.size() % 2 == 1) return values[middle];
  return (values[middle - 1] + values[middle]) / 2;
}

double geometric_mean(const std::vector<double>& values) {
  if (values.empty()) return 0;
  double logarithms = 0;
  for (const double value : values) logarithms += std::log(value);
  return std::exp(logarithms / static_cast<double>(values.size()));
}

}  // namespace gilbench
