// A thread's memory for frames and values, the limit of its C++ stack, its slow checkpoint,
// --trace, and what is told of its frames when the process crashes.
#include "runtime/world/thread.h"

#include <sys/mman.h>
#include <unistd.h>

#include <exception>
#include <new>
#include <utility>

#include "runtime/support/crash_stacks.h"
#include "runtime/support/thread_stack.h"
#include "runtime/world/frame.h"
#include "runtime/world/raise.h"
#include "runtime/world/waiting.h"
#include "runtime/world/world.h"

GILBENCH_BEGIN

namespace {

// Room for every depth of ordinary frames: 1000 frames of 1000 slots and operands. Only the pages
// that are touched take memory.
constexpr std::size_t kValues = std::size_t{1} << 20;
// Beyond values_end: a single frame's slots always fit, so that they can be filled before the
// check.
constexpr std::size_t kGuardValues = std::size_t{1} << 16;

// What native code may still need of the C++ stack when it calls a program's function: sorting,
// repr and the like; sanitizers make frames several times larger.
#ifdef GILBENCH_PLAIN_MALLOC
constexpr std::size_t kStackReserve = std::size_t{2} << 20;
#else
constexpr std::size_t kStackReserve = std::size_t{512} << 10;
#endif

// The line of the word before `ip`, the next one.
std::uint32_t line_before(const Code& code, const Word* ip) {
  const Word* const first = code.words.data();
  return ip == first ? code.first_line : code.lines[static_cast<std::size_t>(ip - first) - 1];
}

// What the world has printed and not flushed. Nobody else is asked for the mutex any more.
void tell_output(World& world) {
  world.output_mutex.assume_held();
  if (!world.options.print_to_stdout) return;
  [[maybe_unused]] const ssize_t written =
      write(STDOUT_FILENO, world.output.data(), world.output.size());
}

// Of a thread whose process is about to die (support/crash_stacks.h), in a signal handler: other
// threads may go on meanwhile, and memory may be broken. The innermost frame's `ip` is where it
// last called a function; the loop has the one of the moment, in a register or on the C++ stack
// (of a task only while it runs).
void tell_frames(const void* walked, CrashReport& report) {
  const Thread& thread = *static_cast<const Thread*>(walked);
  const bool here = &thread == current_thread;
  if (thread.frame != nullptr) {
    report.begin_thread(thread.worker, here);
    const std::string& file = thread.world.program->path;
    for (const Frame* frame = thread.frame; frame != nullptr && frame >= thread.frames; --frame) {
      const Code& code = *frame->code;
      const Word* ip = frame->ip;
      if ((here || !thread.world.threads_are_tasks()) && frame == thread.frame) {
        const Word* const first = code.words.data();
        const void* found = report.find_on_stack(first, first + code.words.size());
        if (found != nullptr) ip = static_cast<const Word*>(found);
      }
      if (!report.add_frame(file, line_before(code, ip), code.name)) break;
    }
    report.end_thread();
  }
  if (thread.worker < 0 && report.is_last()) tell_output(thread.world);
}

constexpr std::size_t kFramesSize = kMaxDepth * sizeof(Frame);
constexpr std::size_t kValuesSize = (kValues + kGuardValues) * sizeof(Object*);

}  // namespace

Pages::Pages(std::size_t size, bool small)
    : memory_(mmap(nullptr, size, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)),
      size_(size) {
  if (memory_ == MAP_FAILED) throw std::bad_alloc();
  if (small) madvise(memory_, size, MADV_NOHUGEPAGE);
}

Pages::~Pages() { munmap(memory_, size_); }

Thread::Thread(World& w, const char* stack_bottom)
    : ThreadMemory(w),
      world(w),
      arrival_(w.waits_for, number),
      caches(std::make_unique<InlineCache[]>(w.program->cache_sites.size())),
      frame_pages(kFramesSize, w.threads_are_tasks()),
      value_pages(kValuesSize, w.threads_are_tasks()) {
  instructions_left = world.options.trace ? 1 : world.choices.instructions_per_call;
  frames = static_cast<Frame*>(frame_pages.begin());
  values = static_cast<Object**>(value_pages.begin());
  values_end = values + kValues;
  handled.reserve(kHandled);
  if (stack_bottom == nullptr) {
    if (const auto stack = stack_of_this_thread()) stack_bottom = stack->lowest;
  }
  if (stack_bottom != nullptr) stack_limit = stack_bottom + kStackReserve;
  join();
  add_walked_thread(this, tell_frames);
}

Thread::~Thread() {
  remove_walked_thread(this);
  leave();
  world.waits_for.leave(*this);
}

void Thread::checkpoint_slow() {
  checkpoint_of_memory();
  check_interrupt();
  // Last: it runs program code, which comes to checkpoints of its own. relaxed: what it is about is
  // this thread's, or under a mutex.
  if ((breaker.load(std::memory_order_relaxed) & kBreakClose) != 0) close_abandoned(*this);
}

// "worker N | LINE  INDEX  NAME ARGUMENT", further in by a space for each frame. In one piece, for
// several threads may be traced.
void Thread::trace(const Word* next) noexcept {
  try {
    const Code& code = *frame->code;
    std::string text = worker < 0 ? "main" : "worker " + std::to_string(worker);
    text += " |" + std::string(static_cast<std::size_t>(frame - frames) + 1, ' ');
    text += code.name + "  ";
    text +=
        disassemble_one(*world.program, code, static_cast<std::size_t>(next - code.words.data()));
    text += '\n';
    [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, text.data(), text.size());
  } catch (const std::exception&) {  // no memory to tell of it
  }
}

void Thread::count_instructions_anew(const Word* next) noexcept {
  const std::int32_t per_call = world.choices.instructions_per_call;
  if (world.options.trace) {
    trace(next);
    instructions_left = 1;
    if (per_call == 0 || ++traced_ < per_call) return;
    traced_ = 0;
  } else {
    instructions_left = per_call;
  }
  world.threads->on_instructions(*threads_state, *this);
}

void Thread::check_interrupt() {
  // relaxed: only whether to look; the reason is read with acquire.
  if ((breaker.load(std::memory_order_relaxed) & kBreakInterrupt) == 0) return;
  const char* reason = world.interrupt_reason();
  raise(X::RunInterrupted, reason == nullptr ? "interrupted" : reason);
}

void Thread::raise_too_deep(const char* doing) {
  raise(X::RecursionError, "maximum recursion depth exceeded", doing);
}

GILBENCH_END
