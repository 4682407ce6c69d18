// Expands each primitive into its modes and numbers of threads, with all subjects of one primitive
// side by side.
#include "bench/primitives/rows.h"

#include <algorithm>

#include "bench/options.h"
#include "bench/primitives/baselines.h"

namespace gilbench {
namespace {

// 2, 4 … and all cores; 2 also where there is one core, since two threads can share that.
std::vector<int> thread_counts() {
  std::vector<int> counts = default_workers("cpu", std::max(2, usable_cores()));
  std::erase(counts, 1);
  return counts;
}

void add_rows(const Primitive& primitive, std::vector<PrimitiveRow>& rows) {
  const std::string name = std::string(primitive.name) + '/' + std::string(primitive.subject);
  const auto add = [&](const std::string& mode, int threads) {
    const std::string suffix = threads > 1 ? "/threads:" + std::to_string(threads) : "";
    rows.push_back({name + '/' + mode + suffix, &primitive, mode, threads});
  };
  if ((primitive.modes & kAlone) != 0) add("alone", 1);
  if ((primitive.modes & kInPairs) != 0) add("contended", 2);
  for (const int threads : thread_counts()) {
    if ((primitive.modes & kApart) != 0) add("apart", threads);
    if ((primitive.modes & kContended) != 0) add("contended", threads);
  }
}

std::vector<std::span<const Primitive>> choose(const std::vector<std::string>& strategies) {
  std::vector<std::span<const Primitive>> chosen{baselines()};
  std::vector<std::string> valid;
  for (const auto& primitives : strategy_primitives()) {
    valid.emplace_back(primitives.front().subject);
    if (strategies.empty() ||
        std::find(strategies.begin(), strategies.end(), valid.back()) != strategies.end()) {
      chosen.push_back(primitives);
    }
  }
  for (const std::string& name : strategies) {
    if (std::find(valid.begin(), valid.end(), name) == valid.end()) {
      throw UsageError("unknown strategy '" + name + "'; strategies: " + join(valid, ", "));
    }
  }
  return chosen;
}

}  // namespace

double PrimitiveRow::median() const {
  if (nanoseconds.empty()) return 0;
  std::vector<double> sorted = nanoseconds;
  std::sort(sorted.begin(), sorted.end());
  const std::size_t middle = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

std::vector<PrimitiveRow> make_primitive_rows(const std::vector<std::string>& strategies,
                                              const std::string& filter) {
  std::vector<PrimitiveRow> rows;
  const auto sets = choose(strategies);
  // All strategies have the same primitives, in the order that the table shall have.
  for (const Primitive& wanted : strategy_primitives().front()) {
    for (const auto& set : sets) {
      for (const Primitive& primitive : set) {
        if (primitive.name == wanted.name) add_rows(primitive, rows);
      }
    }
  }
  std::vector<std::string> names;
  for (const PrimitiveRow& row : rows) names.push_back(row.name);
  const std::vector<bool> matches = matches_filter(names, filter);
  std::vector<PrimitiveRow> chosen;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (matches[i]) chosen.push_back(std::move(rows[i]));
  }
  return chosen;
}

}  // namespace gilbench
