// A task's C++ stack, and switching to and from it. Sanitizers keep books on stacks and are told.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <boost/context/fiber.hpp>
#include <boost/context/stack_context.hpp>
#include <cstddef>
#include <new>

#if defined(__SANITIZE_ADDRESS__)
#define GILBENCH_ASAN_STACKS
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define GILBENCH_ASAN_STACKS
#endif
#endif
#ifdef GILBENCH_ASAN_STACKS
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif
// Set by CMake for the file that switches, which is not instrumented itself: the race detector
// counts calls and returns on each stack, and the first and last steps of a fiber do not balance.
#ifdef GILBENCH_TSAN_STACKS
#include <sanitizer/tsan_interface.h>
#endif

namespace gilbench {

// For Boost.Context: pages from mmap, which take memory when they are touched, above one that
// nobody may touch. No huge pages: a stack of which 8 KiB are used is to cost 8 KiB.
class LazyStack {
 public:
  explicit LazyStack(std::size_t size) : size_(size) {}

  boost::context::stack_context allocate() const {
    void* memory = mmap(nullptr, size_, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    madvise(memory, size_, MADV_NOHUGEPAGE);
    mprotect(memory, static_cast<std::size_t>(sysconf(_SC_PAGESIZE)), PROT_NONE);
    boost::context::stack_context stack;
    stack.size = size_;
    stack.sp = static_cast<char*>(memory) + size_;
    return stack;
  }
  void deallocate(boost::context::stack_context& stack) const noexcept {
    void* lowest = static_cast<char*>(stack.sp) - stack.size;
#ifdef GILBENCH_ASAN_STACKS
    __asan_unpoison_memory_region(lowest, stack.size);
#endif
    munmap(lowest, stack.size);
  }

 private:
  std::size_t size_;
};

// What the sanitizers know of one stack. Around each switch stand from.leave(to) on the stack that
// is left, and to.arrive(from) on the other one.
class StackBooks {
 public:
#ifdef GILBENCH_ASAN_STACKS
  void leave(const StackBooks& to, bool for_good) {
    __sanitizer_start_switch_fiber(for_good ? nullptr : &fake_stack_, to.lowest_, to.size_);
  }
  void arrive(StackBooks& from) {
    __sanitizer_finish_switch_fiber(fake_stack_, &from.lowest_, &from.size_);
  }
  void create(const void* lowest, std::size_t size) {
    lowest_ = lowest;
    size_ = size;
  }
  void take_current() {}  // its bounds are told when it has been left
  void destroy() {}

 private:
  void* fake_stack_ = nullptr;
  const void* lowest_ = nullptr;
  std::size_t size_ = 0;
#elif defined(GILBENCH_TSAN_STACKS)
  void leave(const StackBooks& to, bool) { __tsan_switch_to_fiber(to.fiber_, 0); }
  void arrive(StackBooks&) {}
  void create(const void*, std::size_t) { fiber_ = __tsan_create_fiber(0); }
  void take_current() { fiber_ = __tsan_get_current_fiber(); }
  void destroy() { __tsan_destroy_fiber(fiber_); }

 private:
  void* fiber_ = nullptr;
#else
  void leave(const StackBooks&, bool) {}
  void arrive(StackBooks&) {}
  void create(const void*, std::size_t) {}
  void take_current() {}
  void destroy() {}
#endif
};

}  // namespace gilbench
