// The rows of bench_primitives: a primitive, whose it is, and who does it to what.
#pragma once

#include <string>
#include <vector>

#include "runtime/primitives/primitive.h"

namespace gilbench {

struct PrimitiveRow {
  // "retain_release/global_lock/alone", "section/std_mutex/contended/threads:2"
  std::string name;
  const Primitive* primitive;
  std::string mode;  // alone, apart, contended
  int threads;
  // Nanoseconds that one operation took a thread, a repetition each.
  std::vector<double> nanoseconds = {};

  bool shared() const { return mode == "contended"; }
  // 0 where nothing was measured.
  double median() const;
};

// Grouped by primitive; within one, baselines first. `strategies`: names, empty for all. `filter`
// as Google Benchmark's. Throws UsageError for an unknown strategy or a filter that is no pattern.
std::vector<PrimitiveRow> make_primitive_rows(const std::vector<std::string>& strategies,
                                              const std::string& filter);

}  // namespace gilbench
