// std::atomic_ref whose loads and stores are always inlined.
//
// g++ 12 calls its load() and store() in places that it takes for rare, of which a loop as large as
// the interpreter's has some that are not; and a store() whose order is an argument, not a
// constant, is a locked instruction: 4 % of what cpu/binary_trees took (Intel Xeon, Sapphire
// Rapids).
#pragma once

#include <atomic>

#include "runtime/support/force_inline.h"

namespace gilbench {

template <class T>
class AtomicRef : public std::atomic_ref<T> {
 public:
  GILBENCH_INLINE explicit AtomicRef(T& value) noexcept
      : std::atomic_ref<T>(value), value_(&value) {}

  GILBENCH_INLINE T load(std::memory_order order) const noexcept {
    return __atomic_load_n(value_, static_cast<int>(order));
  }
  GILBENCH_INLINE void store(T value, std::memory_order order) const noexcept {
    __atomic_store_n(value_, value, static_cast<int>(order));
  }

 private:
  T* value_;
};

}  // namespace gilbench
