// What both collectors, of cycles (cycles.h) and by tracing (tracing.h), keep for a world: whether
// they are on, and what their collections came to.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <string>

#include "runtime/support/annotated_mutex.h"
#include "runtime/values/object.h"

GILBENCH_BEGIN

// What the collections of a run came to. A pause is all the time for which a collection keeps the
// collecting thread from the program. The other threads run again a little earlier, or have parts
// of their own to take apart.
struct CollectorStats {
  std::int64_t collections = 0;
  std::int64_t collections_by_parts = 0;  // of these
  std::int64_t collected_objects = 0;     // containers, as gc.collect() counts them
  std::int64_t live_objects_max = 0;      // when a collection began
  double pause_max_seconds = 0;
  double pause_total_seconds = 0;

  void add(const CollectorStats& other);
  // As RunResult::metrics has them.
  void add_to(std::map<std::string, double>* metrics) const;
};

// The collector's part of a world.
class CollectorState {
 public:
  // relaxed: it decides only whether to begin; a change may come one collection later.
  bool enabled() const noexcept { return enabled_.load(std::memory_order_relaxed); }
  void enable(bool on) noexcept { enabled_.store(on, std::memory_order_relaxed); }

  CollectorStats stats();
  void record(const CollectorStats& more);
  void forget();  // in a new process: what its parent did is not its own

 private:
  std::atomic<bool> enabled_{true};
  Mutex mutex_;
  CollectorStats stats_ GILBENCH_GUARDED_BY(mutex_);
};

GILBENCH_END
