// Two fences, one of them free, for Dekker's pattern: one thread writes A and reads B, another
// writes B and reads A, and at least one of them must see what the other wrote. A plain store
// before a load does not ensure that, because processors let loads overtake stores. The usual
// remedy is a full fence on both sides, each as dear as a locked instruction. If one side runs a
// million times as often as the other, this pair is cheaper:
//  - the frequent side calls light_fence(), which binds the compiler alone;
//  - the rare side calls heavy_fence(): the kernel runs a full fence on every processor that runs a
//    thread of this process (membarrier(2), PRIVATE_EXPEDITED). A thread that does not run passed a
//    fence when it was switched out.
//
// That fence falls somewhere in each thread's order of instructions. If it falls before the
// thread's store, the thread's load finds what was written before the heavy_fence(). If it falls
// after the store, the store is seen after the heavy_fence().
//
// D. Goldblatt, "Asymmetric Fences" (P1202, for C++). liburcu and folly have the same. Race
// detectors know neither fence, so what they order must be atomic, and no other data may rely on
// them.
#pragma once

#include <linux/membarrier.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>

namespace gilbench {

inline void light_fence() noexcept { std::atomic_signal_fence(std::memory_order_seq_cst); }

// Called once per process, before the first heavy_fence(). False: this kernel has no such fence.
inline bool enable_heavy_fence() noexcept {
  return syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0) == 0;
}
// Must be enabled, in this process or in the one that it was forked from. If a sandbox forbids the
// call later, the process aborts: going on would lose wake-ups.
inline void heavy_fence() noexcept {
  if (syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0) != 0) std::abort();
}

}  // namespace gilbench
