// How the memory of native code is scanned, and made known to be.
#include "runtime/memory/native_roots.h"

#include <algorithm>
#include <new>
#include <optional>

#include "runtime/memory/object_vector.h"
#include "runtime/support/thread_stack.h"

GILBENCH_BEGIN

// ---- C++ stacks ----

const void* native_stack_base() {
  // Asked once for each OS thread, because it is slow.
  static thread_local const void* base = [] {
    const std::optional<ThreadStack> stack = stack_of_this_thread();
    if (!stack) throw std::bad_alloc();
    return stack->base;
  }();
  return base;
}

// Sanitizers must not look at it: it reads over the red zones between variables, and on the stacks
// of threads that run native code.
__attribute__((no_sanitize_address, no_sanitize_thread, noinline)) void NativeStack::for_each_word(
    void (*scan)(std::uintptr_t word, void* context), void* context) const {
  for (const std::uintptr_t word : words_) scan(word, context);
  const auto* top = reinterpret_cast<const volatile std::uintptr_t*>(words_[kWords - 1]);
  if (top == nullptr) return;  // the thread has never been attached
  for (const volatile std::uintptr_t* word = top; word < base_; ++word) scan(*word, context);
}

// ---- other memory of native code ----

// Zeros: what is never filled must not look like references of an earlier use.
void* allocate_traced(std::size_t bytes) {
  auto* memory = static_cast<char*>(::operator new(sizeof(TracedSpan) + bytes));
  char* const begin = memory + sizeof(TracedSpan);
  std::fill(begin, begin + bytes, '\0');
  new (memory) TracedSpan(begin, bytes);
  return begin;
}

void free_traced(void* memory) noexcept {
  auto* span = reinterpret_cast<TracedSpan*>(static_cast<char*>(memory) - sizeof(TracedSpan));
  span->~TracedSpan();
  ::operator delete(static_cast<void*>(span));
}

GILBENCH_END
