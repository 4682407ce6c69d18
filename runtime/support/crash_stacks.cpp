// The registry of threads, and the handler that walks it.
#include "runtime/support/crash_stacks.h"

#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>

#include "runtime/support/annotated_mutex.h"

namespace gilbench {
namespace {

constexpr int kMaxFrames = 24;             // of one thread
constexpr std::size_t kMaxText = 200;      // of one name
constexpr std::size_t kScanned = 1 << 20;  // bytes of the C++ stack
constexpr std::size_t kHandlerStack = 1 << 16;
constexpr int kAsk = SIGURG;  // to a thread that is to hold still; nobody else uses it
constexpr std::array kSignals = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGQUIT};

// A thread that is registered. `walk` is written before `thread` and is valid while that is not
// null.
// (1) release in add_walked_thread(): pairs with acquire (2) in the handler; publishes `walk`.
struct Slot {
  std::atomic<const void*> thread{nullptr};
  std::atomic<ThreadWalk> walk{nullptr};
  std::atomic<pid_t> os_thread{0};  // written before `thread` too
  std::atomic<pid_t> process{0};    // a forked one has one thread, of another number
};

Mutex slots_mutex;  // of those who add and remove; the handler does without
std::array<Slot, 1024> slots;
std::size_t slot_hint = 0;  // under slots_mutex: where a free one may be

// Set once, before the process has a second thread.
std::atomic<int> report_descriptor{-1};

// The stack that the handler runs on. Each OS thread needs its own.
class HandlerStack {
 public:
  HandlerStack() {
    stack_t old{};
    if (sigaltstack(nullptr, &old) != 0 || (old.ss_flags & SS_DISABLE) == 0) return;
    void* memory = mmap(nullptr, kHandlerStack, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) return;  // then it runs on the stack that there is
    stack_t own{};
    own.ss_sp = memory;
    own.ss_size = kHandlerStack;
    if (sigaltstack(&own, nullptr) != 0) {
      munmap(memory, kHandlerStack);
      return;
    }
    memory_ = memory;
  }
  ~HandlerStack() {
    if (memory_ == nullptr) return;
    stack_t none{};
    none.ss_flags = SS_DISABLE;
    sigaltstack(&none, nullptr);
    munmap(memory_, kHandlerStack);
  }
  HandlerStack(const HandlerStack&) = delete;
  HandlerStack& operator=(const HandlerStack&) = delete;

 private:
  void* memory_ = nullptr;
};

void have_handler_stack() { static thread_local const HandlerStack kStack; }

pid_t this_os_thread() { return static_cast<pid_t>(syscall(SYS_gettid)); }

void pause_for(long milliseconds) {
  const timespec time{milliseconds / 1000, milliseconds % 1000 * 1'000'000};
  nanosleep(&time, nullptr);
}

void write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

// ---- the line ----

void CrashReport::put(std::string_view text) {
  text = text.substr(0, kSize - size_);
  std::memcpy(text_.data() + size_, text.data(), text.size());
  size_ += text.size();
}

void CrashReport::put_text(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::size_t length = std::min(text.size(), kMaxText);
  // No character is cut in two (UTF-8).
  while (length < text.size() && length > 0 && (text[length] & 0xC0) == 0x80) --length;
  put("\"");
  for (const char c : text.substr(0, length)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      put("\\");
      put({&c, 1});
    } else if (byte < 0x20) {
      put("\\u00");
      put(kDigits.substr(byte >> 4, 1));
      put(kDigits.substr(byte & 15, 1));
    } else {
      put({&c, 1});
    }
  }
  put("\"");
}

void CrashReport::put_number(std::uint64_t number) {
  std::array<char, 20> digits{};
  std::size_t first = digits.size();
  do {
    digits[--first] = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number != 0);
  put({digits.data() + first, digits.size() - first});
}

void CrashReport::start() {
  size_ = 0;
  // The newline ends what another thread may just be writing.
  put("\n{\"stacks\":[");
  thread_start_ = size_;
}

void CrashReport::begin_thread(int worker, bool current) {
  thread_start_ = size_;
  frames_ = 0;
  if (text_[size_ - 1] == '}') put(",");
  put("{\"thread\":\"");
  if (worker < 0) {
    put("main");
  } else {
    put("worker ");
    put_number(static_cast<std::uint64_t>(worker));
  }
  put(current ? "\",\"current\":true,\"frames\":[" : "\",\"frames\":[");
}

bool CrashReport::add_frame(std::string_view file, std::uint32_t line, std::string_view function) {
  // Each byte of a name may need six.
  if (frames_ >= kMaxFrames || !has_room(12 * kMaxText + 80)) return false;
  if (frames_++ > 0) put(",");
  put("{\"file\":");
  put_text(file);
  put(",\"line\":");
  put_number(line);
  put(",\"function\":");
  put_text(function);
  put("}");
  return true;
}

void CrashReport::end_thread() {
  put("]}");
  thread_start_ = size_;
}

void CrashReport::finish(const char* signal_name) {
  put("],\"pid\":");
  put_number(static_cast<std::uint64_t>(getpid()));
  put(",\"signal\":\"");
  put(signal_name);
  put("\"}\n");
}

// ---- the handler ----

class CrashHandler {
 public:
  static void install(int descriptor) {
    report_descriptor = descriptor;
    have_handler_stack();
    struct sigaction action {};
    action.sa_sigaction = on_signal;
    // SA_NODEFER: a second fault, while a thread is walked, comes here too.
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    sigemptyset(&action.sa_mask);
    for (std::size_t i = 0; i < kSignals.size(); ++i) {
      sigaction(kSignals[i], &action, &previous[i]);
    }
    action.sa_sigaction = on_ask;
    action.sa_flags |= SA_RESTART;
    sigaction(kAsk, &action, nullptr);
  }

 private:
  static void on_signal(int number, siginfo_t* info, void* context) {
    const int error = errno;
    const pid_t self = this_os_thread();
    if (teller == self) siglongjmp(escape, 1);  // a fault while a thread is walked
    pid_t nobody = 0;
    if (teller.compare_exchange_strong(nobody, self)) {
      tell(number, context);
      teller = number == SIGQUIT ? 0 : -1;  // -1: from now on a fault ends the process at once
    } else if (nobody > 0) {
      // Another tells. It may ask this thread, and others may wake it: each ends a pause.
      for (int waits = 0; waits < 2'000 && teller == nobody; ++waits) pause_for(1);
    }
    if (number == SIGQUIT) {
      errno = error;
      return;
    }
    for (std::size_t i = 0; i < kSignals.size(); ++i) {
      sigaction(kSignals[i], &previous[i], nullptr);
    }
    // A fault comes again by itself, as it was, when its instruction is run again; what somebody
    // has sent does not.
    if (info->si_code <= 0) raise(number);
  }

  // A thread that is asked holds still, and lends its context, for as long as it is asked.
  static void on_ask(int, siginfo_t*, void* context) {
    const pid_t self = this_os_thread();
    if (asked != self) return;
    const int error = errno;
    lent = context;
    while (asked == self) pause_for(1);
    errno = error;
  }

  // Null where it does not answer.
  static void* ask(pid_t os_thread) {
    lent = nullptr;
    asked = os_thread;
    if (syscall(SYS_tgkill, getpid(), os_thread, kAsk) != 0) return nullptr;
    for (int waits = 0; waits < 50 && lent == nullptr; ++waits) pause_for(1);
    return lent;
  }

  static void tell(int number, void* context) {
    the_report.start();
    the_report.is_last_ = number != SIGQUIT;
    for (const Slot& slot : slots) {
      const void* thread = slot.thread.load(std::memory_order_acquire);  // (2)
      if (thread == nullptr || !the_report.has_room(256)) continue;
      // relaxed, all three: published with `thread`.
      const pid_t os_thread = slot.os_thread.load(std::memory_order_relaxed);
      const bool own =
          os_thread == teller || slot.process.load(std::memory_order_relaxed) != getpid();
      the_report.context_ = own ? context : ask(os_thread);
      if (sigsetjmp(escape, 0) == 0) {
        slot.walk.load(std::memory_order_relaxed)(thread, the_report);
      } else {
        the_report.drop_thread();
      }
      asked = 0;
    }
    const char* name = sigabbrev_np(number);
    the_report.finish(name == nullptr ? "unknown" : name);
    write_all(report_descriptor, {the_report.text_.data(), the_report.size_});
  }

  friend class CrashReport;
  static_assert(std::atomic<pid_t>::is_always_lock_free);
  static inline std::atomic<pid_t> teller{0};  // the thread that tells; -1: it has been told
  static inline std::atomic<pid_t> asked{0};
  static inline std::atomic<void*> lent{nullptr};  // its ucontext_t
  static inline sigjmp_buf escape;
  static inline CrashReport the_report;
  static inline std::array<struct sigaction, kSignals.size()> previous{};
};

// A sanitizer's marks between the variables on a stack are no bounds for it.
__attribute__((no_sanitize("address", "thread"))) const void* CrashReport::find_on_stack(
    const void* first, const void* last) const {
  const auto lowest = reinterpret_cast<std::uintptr_t>(first);
  const auto highest = reinterpret_cast<std::uintptr_t>(last);
  const auto fits = [=](std::uintptr_t word) {
    return word > lowest && word <= highest && word % alignof(std::uint32_t) == 0;
  };
  const void* volatile found = nullptr;
#if defined(__x86_64__)
  const auto* context = static_cast<const ucontext_t*>(context_);
  if (context == nullptr) return nullptr;
  for (const greg_t word : context->uc_mcontext.gregs) {
    if (fits(static_cast<std::uintptr_t>(word))) return reinterpret_cast<const void*>(word);
  }
  const auto top =
      static_cast<std::uintptr_t>(context->uc_mcontext.gregs[REG_RSP]) & ~std::uintptr_t{7};
  // Beyond the stack's base is memory that cannot be read: then nothing was found.
  sigjmp_buf outer;
  std::memcpy(&outer, &CrashHandler::escape, sizeof outer);
  if (sigsetjmp(CrashHandler::escape, 0) == 0) {
    for (std::size_t at = 0; at < kScanned && found == nullptr; at += sizeof(std::uintptr_t)) {
      const auto word = *reinterpret_cast<const std::uintptr_t*>(top + at);
      if (fits(word)) found = reinterpret_cast<const void*>(word);
    }
  }
  std::memcpy(&CrashHandler::escape, &outer, sizeof outer);
#endif
  return found;
}

void add_walked_thread(const void* thread, ThreadWalk walk) noexcept {
  // relaxed: set before any thread that could ask was made.
  if (report_descriptor.load(std::memory_order_relaxed) < 0) return;
  have_handler_stack();
  const MutexGuard guard(slots_mutex);
  for (std::size_t i = 0; i < slots.size(); ++i) {
    Slot& slot = slots[(slot_hint + i) % slots.size()];
    // relaxed: only holders of the mutex write it.
    if (slot.thread.load(std::memory_order_relaxed) != nullptr) continue;
    slot.walk.store(walk, std::memory_order_relaxed);
    slot.os_thread.store(this_os_thread(), std::memory_order_relaxed);
    slot.process.store(getpid(), std::memory_order_relaxed);
    slot.thread.store(thread, std::memory_order_release);  // (1)
    slot_hint = (slot_hint + i + 1) % slots.size();
    return;
  }
}

void remove_walked_thread(const void* thread) noexcept {
  // relaxed: as in add_walked_thread().
  if (report_descriptor.load(std::memory_order_relaxed) < 0) return;
  const MutexGuard guard(slots_mutex);
  for (Slot& slot : slots) {
    // relaxed: as in add_walked_thread().
    if (slot.thread.load(std::memory_order_relaxed) != thread) continue;
    slot.thread.store(nullptr, std::memory_order_relaxed);
    return;
  }
}

void tell_stacks_on_crash(int descriptor) { CrashHandler::install(descriptor); }

}  // namespace gilbench
