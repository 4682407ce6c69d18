// What one run costs beside its time: processor time, memory, context switches, fairness.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bench/disturbance.h"
#include "bench/log_buckets.h"
#include "runtime/engine.h"

namespace gilbench {

// A run as Google Benchmark reports it in the engine process: for its table here.
struct ShownRun {
  double real_seconds = 0;
  double cpu_seconds = 0;
  std::map<std::string, double> counters;
};

// What the services of a run measured, by name.
struct Measured {
  std::map<std::string, double> metrics;  // with the unit in the name
  std::map<std::string, Buckets> histograms;
};

// One repetition of a row that gave the right answer.
struct Sample {
  // ---- where and when: the bench's to say ----
  int block = 0;             // by number, in the whole session
  int process = 0;           // of the engine
  double start_seconds = 0;  // since the session began
  Disturbance disturbance;
  double slowdown = 1;    // of the machine in this block, against the best it has been seen to be
  double cores_gave = 0;  // what all its cores gave at once in this block; 0: not known
  std::string excluded;   // why it does not count; empty: it does

  // ---- what the engine measured ----
  double seconds = 0;
  double startup_seconds = 0;
  double transfer_seconds = 0;
  double cpu_seconds = 0;                      // of the workers, over the same span as the time
  double fairness = 1;                         // of the workers' running times while all ran
  std::optional<double> longest_wait_seconds;  // that a worker waited for its turn
  double waiting_cores = 0;                    // of the workers for a core, over start-up and run
  std::int64_t peak_rss_bytes = 0;             // this process and its worker processes
  std::int64_t pss_bytes = 0;                  // likewise, as the work ended; 0: not known
  std::int64_t memory_written_bytes = 0;
  std::int64_t voluntary_switches = 0;
  std::int64_t involuntary_switches = 0;
  std::int64_t leaked_objects = 0;
  std::string answer;
  std::map<std::string, double> metrics;
  std::map<std::string, Buckets> histograms;
  ShownRun shown;
};

// Runs once and measures. `result` is the engine's own report, whatever its status.
Sample measure(Engine& engine, const RunRequest& request, RunResult& result);

// --cold: from the launch of the workers, not from when all are ready. CPU seconds stay the run's.
void count_startup(Sample* sample);

// Makes the kernel forget this process's peak, so that each run has its own. Without the right to
// (some containers) the peak is the process's so far.
void reset_peak_rss();
std::int64_t peak_rss_bytes();

// Jain's index: (sum x)^2 / (n sum x^2), from 1/n (one worker did all) to 1 (all alike).
// R. Jain, D. Chiu, W. Hawe: A Quantitative Measure of Fairness and Discrimination, DEC TR-301,
// 1984.
double fairness_index(const std::vector<double>& shares);

double median(std::vector<double> values);
double geometric_mean(const std::vector<double>& values);

}  // namespace gilbench
