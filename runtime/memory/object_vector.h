// Vectors of references outside the heap, and other memory of native code that holds references:
// plain where they are counted, known to the collector where it traces (native_roots.h).
//
// Needed for any memory with references that lives across a checkpoint and is not an object, a
// frame or the C++ stack. A vector that is filled and emptied with no program code in between does
// not need it.
#pragma once

#include <boost/container/small_vector.hpp>
#include <memory>
#include <vector>

#include "runtime/memory/native_roots.h"
#include "runtime/memory/state.h"

GILBENCH_BEGIN

// A piece of memory that holds references for as long as this lives; on the thread that made it.
class TracedSpan : private RootLink {
 public:
  TracedSpan(const void* begin, std::size_t bytes) noexcept : begin_(begin), bytes_(bytes) {
    insert_before(this_thread_memory().tracing.spans);
  }
  ~TracedSpan() { remove(); }

  static const TracedSpan& of(const RootLink& link) noexcept {
    return static_cast<const TracedSpan&>(link);
  }
  const void* begin() const noexcept { return begin_; }
  std::size_t bytes() const noexcept { return bytes_; }

 private:
  const void* begin_;
  std::size_t bytes_;
};
struct UntracedSpan {
  UntracedSpan(const void*, std::size_t) noexcept {}
};
using RootSpan = std::conditional_t<Refs::kCounts, UntracedSpan, TracedSpan>;

// Memory of zeros with a span before it, and its end.
void* allocate_traced(std::size_t bytes);
void free_traced(void* memory) noexcept;

template <class T>
struct TracedAllocator {
  using value_type = T;
  TracedAllocator() = default;
  template <class U>
  TracedAllocator(const TracedAllocator<U>&) noexcept {}

  T* allocate(std::size_t count) {
    static_assert(alignof(T) <= alignof(TracedSpan) && sizeof(TracedSpan) % alignof(T) == 0);
    return static_cast<T*>(allocate_traced(count * sizeof(T)));
  }
  void deallocate(T* pointer, std::size_t) noexcept { free_traced(pointer); }
  template <class U>
  bool operator==(const TracedAllocator<U>&) const noexcept {
    return true;
  }
};

template <class T>
using ObjectAllocator = std::conditional_t<Refs::kCounts, std::allocator<T>, TracedAllocator<T>>;

template <class T>
using ObjectVector = std::vector<T, ObjectAllocator<T>>;
template <class T, std::size_t kInline>
using SmallObjectVector = boost::container::small_vector<T, kInline, ObjectAllocator<T>>;

GILBENCH_END
