// Threads meet at a spinning barrier, warm up, meet again and run. The round lasts from the first
// start to the last end.
#include "bench/primitives/round.h"

#include <algorithm>
#include <atomic>
#include <boost/thread/thread.hpp>
#include <chrono>
#include <ctime>
#include <memory>
#include <vector>

namespace gilbench {
namespace {

using std::chrono::steady_clock;

// A barrier that spins before it sleeps: threads that are woken come out tens of microseconds
// apart.
class SpinBarrier {
 public:
  explicit SpinBarrier(int threads) : threads_(threads) {}

  // Counted up for ever: the k-th time that all have come, the count is k * threads.
  void wait() {
    // (1) acq_rel: pairs with (2) and with itself; all that was done before the barrier is seen
    // after it.
    const int mine = arrived_.fetch_add(1, std::memory_order_acq_rel);
    const int everybody = (mine / threads_ + 1) * threads_;
    if (mine + 1 == everybody) {
      arrived_.notify_all();
      return;
    }
    // (2) acquire, here and below: pairs with (1).
    for (int looks = 0; looks < kLooks; ++looks) {
      if (arrived_.load(std::memory_order_acquire) >= everybody) return;
    }
    for (int now; (now = arrived_.load(std::memory_order_acquire)) < everybody;) {
      arrived_.wait(now, std::memory_order_acquire);
    }
  }

 private:
  static constexpr int kLooks = 100'000;  // some 100 us: longer than between two arrivals
  const int threads_;
  std::atomic<int> arrived_{0};
};

struct Times {
  steady_clock::time_point start;
  steady_clock::time_point end;
  double cpu_seconds = 0;
};

double thread_cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

constexpr std::int64_t kWarmUp = 1000;

}  // namespace

RoundTimes run_round(const Primitive& primitive, int seats, bool shared, std::int64_t times) {
  const std::unique_ptr<Subject> subject = primitive.make(seats, shared);
  SpinBarrier barrier(seats);
  std::vector<Times> all(static_cast<std::size_t>(seats));
  std::vector<boost::thread> threads;
  for (int seat = 0; seat < seats; ++seat) {
    threads.emplace_back([&, seat] {
      subject->enter(seat);
      barrier.wait();
      subject->run(seat, std::min(times, kWarmUp));
      barrier.wait();
      Times mine;
      const double cpu_before = thread_cpu_seconds();
      mine.start = steady_clock::now();
      subject->run(seat, times);
      mine.end = steady_clock::now();
      mine.cpu_seconds = thread_cpu_seconds() - cpu_before;
      all[static_cast<std::size_t>(seat)] = mine;
      barrier.wait();
      subject->leave(seat);
    });
  }
  for (boost::thread& thread : threads) thread.join();
  const auto start = std::min_element(all.begin(), all.end(), [](const Times& a, const Times& b) {
                       return a.start < b.start;
                     })->start;
  const auto end = std::max_element(all.begin(), all.end(), [](const Times& a, const Times& b) {
                     return a.end < b.end;
                   })->end;
  RoundTimes round{std::chrono::duration<double>(end - start).count(), 0};
  for (const Times& seat : all) round.cpu_seconds += seat.cpu_seconds;
  return round;
}

}  // namespace gilbench
