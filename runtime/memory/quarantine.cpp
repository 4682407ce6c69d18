// Keeps objects until it is opened, is full, or has no memory; then they are destroyed as usual.
#include "runtime/memory/quarantine.h"

#include <new>
#include <utility>

GILBENCH_BEGIN

bool Quarantine::keep(Object* object) {
  const MutexGuard guard(mutex_);
  if (open_ || objects_.size() == kMaxObjects) return false;
  try {
    objects_.push_back(object);
  } catch (const std::bad_alloc&) {
    return false;  // destroyed, so that there is memory again
  }
  return true;
}

void Quarantine::open() {
  std::vector<Object*> kept;
  {
    const MutexGuard guard(mutex_);
    open_ = true;
    kept = std::exchange(objects_, {});
  }
  for (Object* object : kept) destroy(object);
}

GILBENCH_END
