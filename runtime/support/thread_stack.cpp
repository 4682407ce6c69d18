// Asks the C library for a stack's bounds.
#include "runtime/support/thread_stack.h"

#include <pthread.h>

#include <cstddef>

namespace gilbench {

std::optional<ThreadStack> stack_of_this_thread() noexcept {
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return std::nullopt;
  void* memory = nullptr;
  std::size_t size = 0;
  pthread_attr_getstack(&attributes, &memory, &size);
  pthread_attr_destroy(&attributes);
  const char* const lowest = static_cast<const char*>(memory);
  return ThreadStack{lowest, lowest + size};
}

}  // namespace gilbench
