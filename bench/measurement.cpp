// The peak of memory is reset by /proc/self/clear_refs and read as VmHWM. Fairness is Jain's index
// of the workers' running times.
#include "bench/measurement.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

namespace gilbench {

Sample measure(Engine& engine, const RunRequest& request, RunResult& result) {
  reset_peak_rss();
  result = engine.run(request);

  Sample sample;
  sample.seconds = result.seconds;
  sample.startup_seconds = result.startup_seconds;
  sample.transfer_seconds = result.transfer_seconds;
  sample.cpu_seconds = result.usage.cpu_seconds;
  sample.fairness = fairness_index(result.usage.running_seconds);
  sample.longest_wait_seconds = result.usage.longest_wait_seconds;
  const double elapsed = result.startup_seconds + result.seconds;
  if (elapsed > 0) sample.waiting_cores = result.usage.core_wait_seconds / elapsed;
  sample.peak_rss_bytes = peak_rss_bytes() + result.children_peak_rss_bytes;
  sample.pss_bytes = result.pss_bytes;
  sample.memory_written_bytes = result.bytes_written_after_fork;
  sample.voluntary_switches = result.usage.voluntary_switches;
  sample.involuntary_switches = result.usage.involuntary_switches;
  sample.leaked_objects = result.leaked_objects;
  sample.answer = result.answer;
  sample.metrics = result.metrics;
  return sample;
}

void count_startup(Sample* sample) {
  sample->seconds += sample->startup_seconds;
  sample->shown.real_seconds += sample->startup_seconds;
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
