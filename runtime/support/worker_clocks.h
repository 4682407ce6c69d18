// The workers' own clocks: what they use between the barrier's fall and their ends, and how evenly
// they run meanwhile. For workers that are threads or processes; tasks have the loop's (TaskLoop).
//
// The table lies in memory that forked processes share. Each worker writes its own slot:
//
//     arrive()   before the barrier: its clock, and the clock's reading
//     start()    after the barrier's fall: its switches so far. They are not read before, because
//                to wait at the barrier is a switch
//     end()      as its time ends
//     compare()  after that, as soon as it holds up nobody. The first one to come reads all clocks.
//                Until it returns, every worker must be alive: threads wait at a barrier for all
//                ends, processes for their parent's word.
//     leave()    when all have ended: what takes longer to read than a clock
//
// The readings are seen without atomics: arrive() happens before the barrier's fall and so before
// each compare(); usage() is called when all workers have passed the barrier at the end, or have
// reported.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "runtime/engine.h"

namespace gilbench {

class WorkerClocks {
 public:
  enum class Of { kThread, kProcess };

  // Throws std::bad_alloc.
  WorkerClocks(int workers, Of of);
  ~WorkerClocks();
  WorkerClocks(const WorkerClocks&) = delete;
  WorkerClocks& operator=(const WorkerClocks&) = delete;

  void arrive(int worker) noexcept;
  void start(int worker) noexcept;
  // longest_wait_ns: that it has waited for its turn; of processes nothing is known.
  void end(int worker, std::int64_t longest_wait_ns = 0) noexcept;
  void compare() noexcept;
  void leave(int worker) noexcept;

  // Of the workers that have ended.
  WorkersUsage usage() const;

 private:
  struct Slot;
  struct Table;

  const std::size_t workers_;
  const Of of_;
  Table* table_;
};

// The calling thread's.
struct ThreadUsage {
  std::int64_t cpu_ns = 0;
  std::int64_t voluntary_switches = 0;
  std::int64_t involuntary_switches = 0;

  static ThreadUsage now() noexcept;
};

// How long the calling thread has waited for a core in all its life, in ns; 0 where the kernel does
// not tell. It reads a file of /proc.
std::int64_t core_wait_ns() noexcept;

}  // namespace gilbench
