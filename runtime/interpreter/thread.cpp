#include "runtime/interpreter/thread.h"

#include <sys/mman.h>
#include <unistd.h>

#include <new>

#include "runtime/interpreter/errors.h"
#include "runtime/interpreter/frame.h"
#include "runtime/interpreter/waiting.h"
#include "runtime/interpreter/world.h"
#include "runtime/memory/cycles.h"
#include "runtime/support/crash_stacks.h"

GILBENCH_BEGIN

namespace {

// Room for every depth of ordinary frames: 1000 frames of 1000 slots and operands. Only the pages
// that are touched take memory.
constexpr std::size_t kValues = std::size_t{1} << 20;
// Beyond values_end: a single frame's slots always fit, so that they can be filled before the
// check.
constexpr std::size_t kGuardValues = std::size_t{1} << 16;

void* map_pages(std::size_t size) {
  void* memory = mmap(nullptr, size, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  // A task is to cost the pages that it touches, where the kernel would give it 2 MiB.
  if constexpr (kThreadsAreTasks) madvise(memory, size, MADV_NOHUGEPAGE);
  return memory;
}

// What native code may still need of the C++ stack when it calls a program's function: sorting,
// repr and the like; sanitizers make frames several times larger.
#ifdef GILBENCH_PLAIN_MALLOC
constexpr std::size_t kStackReserve = std::size_t{2} << 20;
#else
constexpr std::size_t kStackReserve = std::size_t{512} << 10;
#endif

// The stack grows down towards its lowest address.
const char* stack_bottom_of_this_thread() {
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return nullptr;
  void* lowest = nullptr;
  std::size_t size = 0;
  pthread_attr_getstack(&attributes, &lowest, &size);
  pthread_attr_destroy(&attributes);
  return static_cast<const char*>(lowest);
}

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
      if ((here || !kThreadsAreTasks) && frame == thread.frame) {
        const Word* const first = code.words.data();
        const void* found = report.find_on_stack(first, first + code.words.size());
        if (found != nullptr) ip = static_cast<const Word*>(found);
      }
      if (!report.add_frame(file, line_before(code, ip), code.name)) break;
    }
    report.end_thread();
  }
  if (thread.worker < 0) tell_output(thread.world);
}

constexpr std::size_t kFramesSize = kMaxDepth * sizeof(Frame);
constexpr std::size_t kValuesSize = (kValues + kGuardValues) * sizeof(Object*);

}  // namespace

Thread::Thread(World& w, const char* stack_bottom)
    : world(w),
      number(w.waits_for.arrive()),
      heap(w.heap, number),
      caches(std::make_unique<InlineCache[]>(w.program->cache_sites.size())) {
  frames = static_cast<Frame*>(map_pages(kFramesSize));
  values = static_cast<Object**>(map_pages(kValuesSize));
  values_end = values + kValues;
  if (world.tracing.every_checkpoints > 0) request(kBreakCollect);
  if (stack_bottom == nullptr) stack_bottom = stack_bottom_of_this_thread();
  if (stack_bottom != nullptr) stack_limit = stack_bottom + kStackReserve;
  Refs::start(refs_state, *this);
  if constexpr (kReadsUnlocked) retired.join(world.retirement, *this);
  world.add_thread(*this);
  add_walked_thread(this, tell_frames);
}

Thread::~Thread() {
  remove_walked_thread(this);
  if constexpr (!std::is_empty_v<Refs::Thread>) {  // what it owned becomes nobody's
    attach();
    Refs::end<Object>(refs_state, *this, [](Object& object) { destroy(&object); });
    detach();
  }
  if constexpr (kReadsUnlocked) retired.leave();
  world.remove_thread(*this);
  world.waits_for.leave(*this);
  munmap(frames, kFramesSize);
  munmap(values, kValuesSize);
}

void Thread::attach() {
  if constexpr (!Refs::kCounts) tracing.stack.set_base(native_stack_base());
  Threads::attach(world.policy_state, policy_state, *this);
  current_thread = this;
  Refs::attached(refs_state);
  if constexpr (kReadsUnlocked) retired.go_online();
}

void Thread::detach_noted() {
  drain_refs();
  if constexpr (kReadsUnlocked) retired.go_offline();
  current_thread = nullptr;
  Threads::detach(world.policy_state, policy_state, *this);
}

void Thread::checkpoint_slow() {
  if constexpr (!Refs::kCounts) tracing.stack.note();
  drain_refs();  // first: a thread that is stopped holds no references in advance
  Threads::on_break(world.policy_state, policy_state, *this);
  // Before all that may ask for the world to stop. To take garbage apart gains no reference, so
  // still none is held in advance.
  finish_part(*this);
  if constexpr (kReadsUnlocked) retired.quiesce();
  if (taken(kBreakCollect)) collect_if_due(*this);
  check_interrupt();
}

void Thread::drain_refs() {
  Refs::drain<Object>(refs_state, *this, [](Object& object) { destroy(&object); });
}

void Thread::check_interrupt() {
  // relaxed: only whether to look; the reason is read with acquire.
  if ((breaker.load(std::memory_order_relaxed) & kBreakInterrupt) == 0) return;
  const char* reason = world.interrupt_reason();
  raise(X::RunInterrupted, reason == nullptr ? "interrupted" : reason);
}

void Thread::raise_too_deep(const char* doing) {
  raise(X::RecursionError, std::string("maximum recursion depth exceeded") + doing);
}

GILBENCH_END
