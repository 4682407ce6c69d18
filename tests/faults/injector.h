// Makes the n-th request for memory, a thread, a process or a descriptor fail.
//
// The functions that the runtime asks are replaced in this binary (interpose.cpp): `operator new`,
// mimalloc's entries and malloc, aligned_alloc and mmap, pthread_create, fork, pipe, pipe2,
// socketpair, open and write. Each counts its calls, in memory that forked processes share, and
// fails where its number is the one that was asked for, with the error that the system gives.
//
// The blocks that the runtime holds are counted, too: a run that leaves more than it found has lost
// some.
#pragma once

#include <cstddef>
#include <cstdint>

namespace gilbench::faults {

// What is counted together.
enum Kind : std::uint32_t {
  kMemory = 1,
  kThread = 2,
  kFork = 4,
  kPipe = 8,
  kSocketpair = 16,
  kOpen = 32,
  kWrite = 64,
};

// From where on calls are counted: at once, or from a program's open("/injector/mark").
enum class From { kStart, kMark };

// The next calls of that kind, in this process and in those that it forks, until the n-th has
// failed. Forgets what was counted before.
void arm(Kind kind, long n, From from);
void disarm();
// Whether the n-th call came.
bool has_failed();

// From here on `operator new` refuses that many bytes and more, as a system without memory for a
// large vector does. 0: it refuses none.
void refuse_from(std::size_t size);

// Blocks that this process holds and has asked the replaced functions for.
long blocks_held();

// fork(), whatever is armed.
int plain_fork();

}  // namespace gilbench::faults
