// std::mutex as clang's thread-safety analysis can follow it (-Wthread-safety; Hutchins, Ballman,
// Sutherland, "C/C++ Thread Safety Analysis", 2014): it warns where a field that is
// GILBENCH_GUARDED_BY a mutex is touched without it. For other compilers the annotations are
// nothing, and so is their cost for all.
//
// The analysis knows mutexes by the expressions that name them, within one function. It takes a
// lambda for a function of its own, and does not look into constructors and destructors. What it
// cannot see, that the world is stopped or that two names are one mutex, assume_held() tells it.
#pragma once

#include <mutex>

#if defined(__clang__)
#define GILBENCH_THREAD_SAFETY(attribute) __attribute__((attribute))
#else
#define GILBENCH_THREAD_SAFETY(attribute)
#endif
// Of a field. Of a function: to be called with the mutex held.
#define GILBENCH_GUARDED_BY(mutex) GILBENCH_THREAD_SAFETY(guarded_by(mutex))
#define GILBENCH_REQUIRES(mutex) GILBENCH_THREAD_SAFETY(requires_capability(mutex))

namespace gilbench {

class GILBENCH_THREAD_SAFETY(capability("mutex")) Mutex {
 public:
  using Native = std::mutex;

  Native& native() noexcept { return native_; }
  // Nothing is checked: say at each use why it holds.
  void assume_held() const noexcept GILBENCH_THREAD_SAFETY(assert_capability(this)) {}

 private:
  std::mutex native_;
};

// Holds the mutex, any that has native() with lock() and unlock(), while it lives.
template <class M = Mutex>
class [[nodiscard]] GILBENCH_THREAD_SAFETY(scoped_lockable) MutexGuard {
 public:
  explicit MutexGuard(M& mutex) GILBENCH_THREAD_SAFETY(acquire_capability(mutex))
      : held_(mutex.native()) {}
  ~MutexGuard() GILBENCH_THREAD_SAFETY(release_capability()) {}
  MutexGuard(const MutexGuard&) = delete;
  MutexGuard& operator=(const MutexGuard&) = delete;

  void unlock() GILBENCH_THREAD_SAFETY(release_capability()) { held_.unlock(); }
  void lock() GILBENCH_THREAD_SAFETY(acquire_capability()) { held_.lock(); }
  // What a condition variable waits with.
  std::unique_lock<typename M::Native>& native() noexcept { return held_; }

 private:
  std::unique_lock<typename M::Native> held_;
};

}  // namespace gilbench
