// A set of numbers under a mutex. A descriptor that cannot be noted is closed at once.
#include "runtime/modules/open_descriptors.h"

#include <unistd.h>

#include <unordered_set>

#include "runtime/support/annotated_mutex.h"
#include "runtime/world/waiting.h"

GILBENCH_BEGIN

namespace {

struct Opened {
  Mutex mutex;
  std::unordered_set<int> descriptors GILBENCH_GUARDED_BY(mutex);
};
Opened& opened() {
  static Opened all;
  return all;
}

}  // namespace

void note_opened(std::initializer_list<int> descriptors) {
  Opened& all = opened();
  const MutexGuard guard(all.mutex);
  try {
    for (const int descriptor : descriptors) all.descriptors.insert(descriptor);
  } catch (...) {
    for (const int descriptor : descriptors) {
      all.descriptors.erase(descriptor);
      close(descriptor);
    }
    throw;
  }
}

void note_closed(int descriptor) {
  Opened& all = opened();
  const MutexGuard guard(all.mutex);
  all.descriptors.erase(descriptor);
}

OpenDescriptors::~OpenDescriptors() {
  Opened& all = opened();
  const MutexGuard guard(all.mutex);
  for (const int descriptor : all.descriptors) {
    forget_descriptor(descriptor);
    close(descriptor);
  }
  all.descriptors.clear();
}

GILBENCH_END
