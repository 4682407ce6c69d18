// threading.Lock and threading.RLock as objects.
#pragma once

#include <cstdint>

#include "runtime/values/object.h"
#include "runtime/values/ref.h"
#include "runtime/world/blocking_lock.h"

GILBENCH_BEGIN

struct Lock : Object {
  BlockingLock lock;
};

// A lock that its holder may take again.
struct RLock : Object {
  BlockingLock lock;        // always owned
  std::uint64_t depth = 0;  // touched only by the holder
};

namespace types {
extern const Type lock, rlock;  // NOLINT(readability-identifier-naming): as all types
}  // namespace types

// The classes of both, as threading makes them on its first import.
void define_lock_classes(World& world);
// The start of a `with` block of the running frame over a Lock. Lent where the frame is a
// generator's: whoever resumes that next ends the block.
Ref<> enter_lock(Lock* lock);
Ref<> make_lock();
Ref<> make_rlock();

GILBENCH_END
