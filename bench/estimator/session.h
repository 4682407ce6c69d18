// What one results file says, as far as conclusions need it: the data model of the estimator.
//
//   Session     one invocation of the bench: a machine, a size, rows
//     Row       one workload under one strategy with one number of workers
//       Sample  one repetition: which block it ran in, how long it took, whether it counts
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bench/estimator/estimate.h"
#include "bench/log_buckets.h"

namespace gilbench::estimator {

// The kind of the user's own files: each is a subject of its own and never averaged with others.
inline constexpr const char* kProgramKind = "program";

struct Sample {
  int block = 0;
  double seconds = 0;
  std::string excluded = {};   // why it does not count; empty: it does
  double cores_gave = 0;       // what all cores gave at once in the block; 0: not recorded
  double others_cores = 0;     // what others used meanwhile
  std::int64_t pss_bytes = 0;  // memory at the end of work; 0: not known
  Buckets latency = {};        // of the questions that it was asked
};

struct Row {
  std::string kind;
  std::string workload;  // kind/name; with its size where that is not the session's
  std::string strategy;
  int workers = 1;
  std::int64_t switch_interval_us = 0;  // where several were asked for; 0: the session's only one
  bool is_extra_interval = false;       // of several intervals not the first
  bool fixed_duration = false;          // the time was set beforehand and says nothing
  bool expects_error = false;           // the time ends with an error, and is no speed either
  std::vector<Sample> samples;
  std::string no_time;  // one line: why there are no samples

  // Of the samples that count; several of one block are averaged.
  BlockLogs usable_blocks() const;
  int usable_block_count() const { return static_cast<int>(usable_blocks().size()); }
  // Of blocks in which no sample counts.
  int excluded_block_count() const;
  // The first reason of an excluded sample; empty: there is none.
  std::string exclusion() const;
  // Whether strategies are compared by it.
  bool is_compared() const { return !fixed_duration && !expects_error && !is_extra_interval; }
};

// What must be the same for times to be comparable.
struct Machine {
  std::string cpu_model;          // empty: not recorded
  std::int64_t num_cpus = 0;      // 0: not recorded, as below
  std::int64_t usable_cores = 0;  // affinity and limits taken off
  std::int64_t memory_bytes = 0;
};

struct Session {
  std::string path;
  std::int64_t schema = 1;  // context's schema_version; files from before there was one: 1
  std::string size;
  bool cold = false;  // times count the workers' start-up
  std::string date;
  std::string commit;
  std::string exclusion_rule;
  Machine machine;
  std::vector<Row> rows;  // in the order of the file
};

}  // namespace gilbench::estimator
