// What the kernel tells of a process's memory.
#pragma once

#include <sys/types.h>

#include <cstdint>

namespace gilbench {

// One line of /proc/PID/smaps_rollup, "Pss" or "Private_Dirty", say, in bytes. 0 where the kernel
// does not tell.
// - Pss, the proportional set size: a page that n processes have counts as 1/n in each. So
//   the sum over a process and its forked workers counts each page once.
// - Private_Dirty: pages that have been written and are no other process's.
std::int64_t memory_bytes(const char* what, pid_t process);
// Of this process.
std::int64_t memory_bytes(const char* what);

}  // namespace gilbench
