// Two fences of which one is free: where one thread writes A and reads B, another writes B and
// reads A, and at least one of them must see what the other wrote. (Dekker's pattern; with a plain
// store before a load neither need, for processors let loads overtake stores.) Between the two a
// full fence is wanted on both sides, as dear as a locked instruction. If one side is run a million
// times as often as the other, it takes light_fence(), which binds the compiler alone, and the
// other takes heavy_fence(), which has the kernel run a full fence on every processor that runs a
// thread of this process: membarrier(2), PRIVATE_EXPEDITED. (A thread that does not run passed one
// as it was switched out.) It lies somewhere in each thread's order of instructions: before that
// thread's store, so its load finds what was written before the heavy_fence(), or after it, so the
// store is seen after the heavy_fence().
//
// D. Goldblatt, "Asymmetric Fences" (P1202, for C++). liburcu and folly have the same. Race
// detectors know neither fence: what these order is atomic, and no other data passes by them.
#pragma once

#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>

namespace gilbench {

inline void light_fence() noexcept { std::atomic_signal_fence(std::memory_order_seq_cst); }

// Once for the process, before the first heavy_fence(). False: this kernel has none.
inline bool enable_heavy_fence() noexcept {
  return syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0) == 0;
}
// Enabled, here or in the process that this one is a fork() of. Where a sandbox forbids it later,
// the process ends: to go on would lose wake-ups.
inline void heavy_fence() noexcept {
  if (syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0) != 0) std::abort();
}

}  // namespace gilbench
