#include "runtime/interpreter/modules/open_descriptors.h"

#include <unistd.h>

#include <mutex>
#include <unordered_set>

#include "runtime/interpreter/waiting.h"

GILBENCH_BEGIN

namespace {

struct Opened {
  std::mutex mutex;
  std::unordered_set<int> descriptors;  // guarded by mutex
};
Opened& opened() {
  static Opened all;
  return all;
}

}  // namespace

void note_opened(int descriptor) {
  Opened& all = opened();
  std::unique_lock<std::mutex> guard(all.mutex);
  all.descriptors.insert(descriptor);
}

void note_closed(int descriptor) {
  Opened& all = opened();
  std::unique_lock<std::mutex> guard(all.mutex);
  all.descriptors.erase(descriptor);
}

OpenDescriptors::~OpenDescriptors() {
  Opened& all = opened();
  std::unique_lock<std::mutex> guard(all.mutex);
  for (const int descriptor : all.descriptors) {
    forget_descriptor(descriptor);
    close(descriptor);
  }
  all.descriptors.clear();
}

GILBENCH_END
