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
#include <optional>
#include <vector>

namespace gilbench {

// What the workers used, each from the barrier's fall to its own end: threads by their own clocks,
// processes by theirs, tasks by that of the thread that they share. What launches the workers and
// watches over them is left out.
struct WorkersUsage {
  double cpu_seconds = 0;
  std::int64_t voluntary_switches = 0;  // without the one at the barrier
  std::int64_t involuntary_switches = 0;
  // How long they waited for a core, from their launch on, for threads of their own are as old;
  // tasks' thread from the barrier's fall. 0 where the kernel does not tell.
  double core_wait_seconds = 0;
  // How long each worker ran from the barrier's fall to the first one's end, while all had
  // something to do: its CPU time; of a task, the time of its turns.
  std::vector<double> running_seconds;
  // The longest that one waited for its turn: for the global lock; for a stopped world to go on, or
  // to stop; a task from when it could go on to its turn. Not: for an object's lock, for a lock of
  // the program's, for a core. Nothing of processes, which wait for cores only.
  std::optional<double> longest_wait_seconds;
};

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
