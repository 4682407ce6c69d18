// What a process tells of itself when a signal is about to end it: the Python stack of each thread.
//
// Threads that run programs register here. The handler of a fatal signal then writes one line of
// JSON to a descriptor, and lets the signal end the process as it would have without:
//
//     {"stacks": [{"thread": "worker 1", "current": true,
//                  "frames": [{"file": "a.py", "line": 7, "function": "work"}, ...]}, ...],
//      "pid": 4711, "signal": "SEGV"}
//
// Frames are listed innermost first; the current thread is the one that the signal came to. SIGQUIT
// only asks: the process goes on. The process may be in any state by then: the handler calls
// nothing but async-signal-safe functions, makes each other thread hold still while it is walked
// (SIGURG), needs no memory, runs on a stack of its own where a
// thread has overrun its stack, and gives up a thread whose memory it cannot read.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gilbench {

// The line that the handler builds, piece by piece. Bounded: what is too much is left out.
class CrashReport {
 public:
  // `worker`: -1 is the main thread. `current`: it runs on this OS thread.
  void begin_thread(int worker, bool current);
  // False: no further frame is wanted.
  bool add_frame(std::string_view file, std::uint32_t line, std::string_view function);
  void end_thread();

  // The first word in a register of the OS thread that is walked, or on its C++ stack, that is an
  // address after `first` and up to `last`; null where there is none.
  const void* find_on_stack(const void* first, const void* last) const;

  // Whether the process ends with it: a SIGQUIT only asks.
  bool is_last() const { return is_last_; }

 private:
  friend class CrashHandler;
  void start();
  void finish(const char* signal_name);
  // Takes back a thread of which only a part could be told.
  void drop_thread() { size_ = thread_start_; }
  bool has_room(std::size_t size) const { return size_ + size < kSize - kTail; }
  void put(std::string_view text);
  void put_text(std::string_view text);  // escaped, cut off where it is long
  void put_number(std::uint64_t number);

  // A line of this size passes through a socket in one piece.
  static constexpr std::size_t kSize = std::size_t{16} * 1024;
  static constexpr std::size_t kTail = 128;  // room for finish()
  std::array<char, kSize> text_{};
  std::size_t size_ = 0;
  std::size_t thread_start_ = 0;
  int frames_ = 0;
  const void* context_ = nullptr;  // ucontext_t
  bool is_last_ = true;
};

// Tells the frames of one thread; called in the handler.
using ThreadWalk = void (*)(const void* thread, CrashReport& report);

// On the OS thread that is going to run it. Beyond some 1,000 threads, those too many are not told.
void add_walked_thread(const void* thread, ThreadWalk walk) noexcept;
void remove_walked_thread(const void* thread) noexcept;

// From now on SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL and SIGQUIT write to `descriptor`, in this
// process and in those that it forks. For the threads registered from now on, and for this one.
void tell_stacks_on_crash(int descriptor);

}  // namespace gilbench
