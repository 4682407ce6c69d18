// Closing generators that were abandoned (memory/abandoned.h): the part that runs program code.
#include <unistd.h>

#include <cerrno>
#include <exception>
#include <string>

#include "runtime/interpreter/unwind.h"
#include "runtime/memory/abandoned.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/operations.h"
#include "runtime/world/frame.h"

GILBENCH_BEGIN

namespace {

// In one piece, so that what several threads say does not mix. What cannot be written is dropped.
void write_error_text(const std::string& text) {
  BlockingRegion region;
  std::string_view left = text;
  while (!left.empty()) {
    const ssize_t written = write(STDERR_FILENO, left.data(), left.size());
    if (written < 0 && errno != EINTR) return;
    if (written > 0) left.remove_prefix(static_cast<std::size_t>(written));
  }
}

// Nobody is there to catch it. The end of the run is told by the checkpoint that comes to it.
void tell_ignored(Generator* generator, Exception* exception) {
  if (is_exception_of(exception, X::RunInterrupted)) return;
  write_error_text("Exception ignored in: " + repr(generator) + "\n" +
                   format_without_chain(exception) + "\n");
}

void close_one(ThreadMemory&, Generator* generator) {
  try {
    Object* self = generator;
    const Ref<Exception> error = error_of([self] {
      Outcome(generator_close({&self, 1})).or_raise();
    });
    if (error) tell_ignored(generator, error.get());
  } catch (const std::exception&) {
    // No memory to tell of it.
  } catch (const Raised&) {
  }
}

}  // namespace

void close_abandoned(ThreadMemory& thread) noexcept {
  thread.taken(kBreakClose);
  Closing& closing = thread.memory.closing;
  // relaxed: see Closing.
  if (closing.any_left.load(std::memory_order_relaxed)) [[unlikely]] {
    const MutexGuard guard(closing.mutex);
    while (!closing.left.empty() && thread.abandoned.add(as<Generator>(closing.left.back()))) {
      closing.left.pop_back();
    }
    closing.any_left.store(!closing.left.empty(), std::memory_order_relaxed);
  }
  thread.abandoned.close_each(close_one, thread);
}

void close_all_generators(ThreadMemory& thread) noexcept {
  const auto& world = static_cast<const World&>(thread.memory);
  thread.drain_refs();
  close_abandoned(thread);
  // relaxed: see Closing.
  if (!world.closing.may_be_needed.load(std::memory_order_relaxed)) return;
  abandon_living(thread, world.main->attributes);
  close_abandoned(thread);
}

GILBENCH_END
