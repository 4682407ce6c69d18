// Adds counts and keeps maxima, under a mutex, and names the metrics.
#include "runtime/memory/collector.h"

#include <algorithm>

#include "runtime/memory/cycles.h"

GILBENCH_BEGIN

void CollectorStats::add(const CollectorStats& other) {
  collections += other.collections;
  collections_by_parts += other.collections_by_parts;
  collected_objects += other.collected_objects;
  live_objects_max = std::max(live_objects_max, other.live_objects_max);
  pause_max_seconds = std::max(pause_max_seconds, other.pause_max_seconds);
  pause_total_seconds += other.pause_total_seconds;
}

void CollectorStats::add_to(std::map<std::string, double>* metrics) const {
  (*metrics)["collections"] = static_cast<double>(collections);
  if constexpr (kCollectsParts) {
    (*metrics)["collections_by_parts"] = static_cast<double>(collections_by_parts);
  }
  (*metrics)["collected_objects"] = static_cast<double>(collected_objects);
  (*metrics)["collection_live_objects_max"] = static_cast<double>(live_objects_max);
  (*metrics)["collection_pause_max_seconds"] = pause_max_seconds;
  (*metrics)["collection_pause_total_seconds"] = pause_total_seconds;
}

CollectorStats CollectorState::stats() {
  const MutexGuard guard(mutex_);
  return stats_;
}

void CollectorState::record(const CollectorStats& more) {
  const MutexGuard guard(mutex_);
  stats_.add(more);
}

void CollectorState::forget() {
  const MutexGuard guard(mutex_);
  stats_ = {};
}

GILBENCH_END
