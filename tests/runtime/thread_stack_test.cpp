// The bounds of a thread's stack hold what runs on it.
#include "runtime/support/thread_stack.h"

#include <gtest/gtest.h>

#include <optional>
#include <thread>

namespace gilbench {
namespace {

void expect_to_run_inside() {
  const auto* here = static_cast<const char*>(__builtin_frame_address(0));
  const std::optional<ThreadStack> stack = stack_of_this_thread();
  ASSERT_TRUE(stack.has_value());
  EXPECT_GE(here, stack->lowest);
  EXPECT_LT(here, stack->base);
}

TEST(ThreadStack, HoldsTheFramesOfItsThread) {
  expect_to_run_inside();
  std::thread(expect_to_run_inside).join();
}

TEST(ThreadStack, IsEachThreadsOwn) {
  const std::optional<ThreadStack> mine = stack_of_this_thread();
  ASSERT_TRUE(mine.has_value());
  std::thread([&mine] {
    const std::optional<ThreadStack> other = stack_of_this_thread();
    ASSERT_TRUE(other.has_value());
    EXPECT_NE(other->base, mine->base);
  }).join();
}

}  // namespace
}  // namespace gilbench
