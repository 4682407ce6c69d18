// What launchers have in common: the barrier that workers start behind, and the size of their
// stacks.
#pragma once

#include <boost/thread/thread.hpp>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <new>
#include <utility>
#include <vector>

#include "runtime/launch/launch.h"
#include "runtime/support/annotated_mutex.h"

GILBENCH_BEGIN

// Sanitizers make frames of C++ many times larger. But of more than 64 MiB the address sanitizer
// does not clear its marks when an error unwinds the stack, and later takes them for overflows; and
// the race detector has room for 65,536 calls in one another, of some 100 bytes at the least.
#if defined(__SANITIZE_THREAD__)
inline constexpr std::size_t kStackSize = std::size_t{8} << 20;
#elif defined(GILBENCH_PLAIN_MALLOC)
inline constexpr std::size_t kStackSize = std::size_t{60} << 20;
#else
inline constexpr std::size_t kStackSize = std::size_t{16} << 20;
#endif

inline boost::thread::attributes worker_thread_attributes() {
  boost::thread::attributes attributes;
  attributes.set_stack_size(kStackSize);
  return attributes;
}

// Starts a thread for each worker, to run(worker). False: the system has no more threads, or no
// memory for them; those that were started are in `threads` all the same.
template <class Run>
bool start_workers(std::vector<boost::thread>* threads, int workers, Run run) noexcept {
  try {
    const boost::thread::attributes attributes = worker_thread_attributes();
    threads->reserve(static_cast<std::size_t>(workers));
    for (int worker = 0; worker < workers; ++worker) {
      threads->emplace_back(attributes, [run, worker] { run(worker); });
    }
  } catch (const boost::thread_resource_error&) {
    return false;
  } catch (const std::bad_alloc&) {
    return false;
  }
  return true;
}

inline double seconds_between(Clock::time_point from, Clock::time_point to) {
  return std::chrono::duration<double>(to - from).count();
}

// Falls when all have arrived; the last one to arrive notes the time. Or is given up, when one
// cannot come any more. Where workers end there is one as well: none is taken apart while another
// works.
class StartBarrier {
 public:
  // The last one to arrive calls last() first, while all others wait.
  explicit StartBarrier(int count, std::function<void()> last = {})
      : last_(std::move(last)), missing_(count) {}
  // False: it was given up.
  bool wait() {
    MutexGuard guard(mutex_);
    if (missing_ > 0 && --missing_ == 0) {
      if (last_) last_();
      fell_ = Clock::now();
      all_.notify_all();
    }
    while (missing_ > 0) all_.wait(guard.native());
    return !given_up_;
  }
  void give_up() {
    const MutexGuard guard(mutex_);
    given_up_ = true;
    missing_ = 0;
    all_.notify_all();
  }
  bool given_up() {
    const MutexGuard guard(mutex_);
    return given_up_;
  }
  // Whether it fell, or was given up, within that time.
  bool wait_until_fallen(std::chrono::milliseconds time) {
    MutexGuard guard(mutex_);
    if (missing_ > 0) all_.wait_for(guard.native(), time);
    return missing_ == 0;
  }
  Clock::time_point fell() {
    const MutexGuard guard(mutex_);
    return fell_;
  }

 private:
  Mutex mutex_;
  std::condition_variable all_;
  const std::function<void()> last_;
  int missing_ GILBENCH_GUARDED_BY(mutex_);
  bool given_up_ GILBENCH_GUARDED_BY(mutex_) = false;
  Clock::time_point fell_ GILBENCH_GUARDED_BY(mutex_);
};

GILBENCH_END
