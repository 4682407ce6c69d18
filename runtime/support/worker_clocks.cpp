// The shared table, the calls that read the clocks, and the sums over all workers. A worker that
// was killed has not ended and is left out.
#include "runtime/support/worker_clocks.h"

#include <pthread.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <new>

namespace gilbench {
namespace {

std::int64_t read_clock(clockid_t clock) noexcept {
  timespec time{};
  clock_gettime(clock, &time);
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

}  // namespace

struct WorkerClocks::Slot {
  clockid_t clock;  // of its CPU time; others may read it
  bool ended;
  std::int64_t cpu_before_ns, cpu_ns;
  std::int64_t compared_ns;  // its CPU time when the first worker had ended
  std::int64_t voluntary_switches, involuntary_switches;
  std::int64_t longest_wait_ns;
  std::int64_t core_wait_ns;
};

struct WorkerClocks::Table {
  std::atomic<bool> compared;
  Slot slots[1];  // as many as there are workers
};

WorkerClocks::WorkerClocks(int workers, Of of)
    : workers_(static_cast<std::size_t>(workers)), of_(of) {
  static_assert(std::atomic<bool>::is_always_lock_free, "processes share it");
  void* memory = mmap(nullptr, sizeof(Table) + workers_ * sizeof(Slot), PROT_READ | PROT_WRITE,
                      MAP_SHARED | MAP_ANONYMOUS, -1, 0);  // zeros
  if (memory == MAP_FAILED) throw std::bad_alloc();
  table_ = static_cast<Table*>(memory);
}

WorkerClocks::~WorkerClocks() { munmap(table_, sizeof(Table) + workers_ * sizeof(Slot)); }

void WorkerClocks::arrive(int worker) noexcept {
  Slot& slot = table_->slots[worker];
  const int refused = of_ == Of::kThread ? pthread_getcpuclockid(pthread_self(), &slot.clock)
                                         : clock_getcpuclockid(getpid(), &slot.clock);
  if (refused != 0) slot.clock = CLOCK_THREAD_CPUTIME_ID;
  slot.cpu_before_ns = read_clock(slot.clock);
}

void WorkerClocks::start(int worker) noexcept {
  Slot& slot = table_->slots[worker];
  rusage usage{};
  getrusage(of_ == Of::kThread ? RUSAGE_THREAD : RUSAGE_SELF, &usage);
  slot.voluntary_switches = -usage.ru_nvcsw;
  slot.involuntary_switches = -usage.ru_nivcsw;
}

void WorkerClocks::end(int worker, std::int64_t longest_wait_ns) noexcept {
  Slot& slot = table_->slots[worker];
  rusage usage{};
  getrusage(of_ == Of::kThread ? RUSAGE_THREAD : RUSAGE_SELF, &usage);
  slot.cpu_ns = read_clock(slot.clock) - slot.cpu_before_ns;
  slot.voluntary_switches += usage.ru_nvcsw;
  slot.involuntary_switches += usage.ru_nivcsw;
  slot.longest_wait_ns = longest_wait_ns;
  slot.ended = true;
}

void WorkerClocks::compare() noexcept {
  // relaxed: who is first writes what nobody else writes, and it is read after all ends.
  if (table_->compared.exchange(true, std::memory_order_relaxed)) return;
  for (std::size_t i = 0; i < workers_; ++i) {
    Slot& slot = table_->slots[i];
    slot.compared_ns = read_clock(slot.clock) - slot.cpu_before_ns;
  }
}

void WorkerClocks::leave(int worker) noexcept {
  table_->slots[worker].core_wait_ns = core_wait_ns();
}

WorkersUsage WorkerClocks::usage() const {
  WorkersUsage usage;
  std::int64_t longest_wait_ns = 0;
  for (std::size_t i = 0; i < workers_; ++i) {
    const Slot& slot = table_->slots[i];
    if (!slot.ended) continue;  // killed
    usage.cpu_seconds += static_cast<double>(slot.cpu_ns) * 1e-9;
    usage.core_wait_seconds += static_cast<double>(slot.core_wait_ns) * 1e-9;
    usage.voluntary_switches += slot.voluntary_switches;
    usage.involuntary_switches += slot.involuntary_switches;
    // A clock that could not be read says less than nothing.
    usage.running_seconds.push_back(
        static_cast<double>(std::max<std::int64_t>(slot.compared_ns, 0)) * 1e-9);
    longest_wait_ns = std::max(longest_wait_ns, slot.longest_wait_ns);
  }
  if (of_ == Of::kThread) usage.longest_wait_seconds = static_cast<double>(longest_wait_ns) * 1e-9;
  return usage;
}

std::int64_t core_wait_ns() noexcept {
  std::FILE* file = std::fopen("/proc/thread-self/schedstat", "r");
  if (file == nullptr) return 0;
  long long ran = 0;
  long long waited = 0;
  if (std::fscanf(file, "%lld %lld", &ran, &waited) != 2) waited = 0;
  std::fclose(file);
  return waited;
}

ThreadUsage ThreadUsage::now() noexcept {
  rusage usage{};
  getrusage(RUSAGE_THREAD, &usage);
  return {read_clock(CLOCK_THREAD_CPUTIME_ID), usage.ru_nvcsw, usage.ru_nivcsw};
}

}  // namespace gilbench
