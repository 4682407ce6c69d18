// Quarantine: dead objects that are kept to show the leak that they would be.
//
// Under a strategy whose counts are wrong on purpose (strategies/policies/refs/torn_refs.h) some
// objects die by their exact count although their torn count would have kept them for ever.
// Destroying them would hide the leak, so they are held here, with all that they refer to, until
// the world is emptied. The run's peak memory then shows what was lost, and after the run the heap
// is still back to where it was.
#pragma once

#include <cstddef>
#include <vector>

#include "runtime/support/annotated_mutex.h"
#include "runtime/values/ref.h"

GILBENCH_BEGIN

class Quarantine {
 public:
  // Takes over an object whose last reference is gone. False: the quarantine is full or open, or
  // memory is short; the caller destroys the object.
  bool keep(Object* object);
  // Destroys what is in it, and keeps nothing from here on. On the world's last thread.
  void open();

 private:
  // Enough to see a leak grow, and a bound on what it costs: some 10 MiB of small objects.
  static constexpr std::size_t kMaxObjects = std::size_t{1} << 16;

  Mutex mutex_;
  std::vector<Object*> objects_ GILBENCH_GUARDED_BY(mutex_);
  bool open_ GILBENCH_GUARDED_BY(mutex_) = false;
};

GILBENCH_END
