// print(). A line is built as a whole and then put down in one piece, so that lines of several
// threads never mix.
#include <unistd.h>

#include <cerrno>

#include "runtime/interpreter/builtins.h"
#include "runtime/support/float_text.h"

GILBENCH_BEGIN

namespace {

// As much as CPython's stdout to a file keeps, times eight: a flush is a system call.
constexpr std::size_t kFlushBytes = std::size_t{64} << 10;

std::string_view separator_arg(Object* object, const char* name, std::string_view fallback) {
  if (object == nullptr || is_none(object)) return fallback;
  if (is_str(object)) return as<Str>(object)->view();
  raise(X::TypeError, name, " must be None or a string, not ", type_name(object));
}

void append_text(std::string* line, Object* object) {
  if (is_str(object)) {
    line->append(as<Str>(object)->view());
  } else if (is_int(object)) {
    line->append(repr_int(int_value(object)));
  } else {
    line->append(str(object));
  }
}

void put_down(const std::string& text, bool flush) {
  World& world = this_thread().world;
  bool full = false;
  {
    const MutexGuard guard(world.output_mutex);
    world.output.append(text);
    full = world.output.size() >= kFlushBytes;
  }
  if (world.options.print_to_stdout && (full || flush)) flush_output(world);
}

// print(*objects, sep=' ', end='\n', file=None, flush=False)
Result builtin_print(Args args) {
  const std::string_view separator = separator_arg(args.named(0), "sep", " ");
  const std::string_view end = separator_arg(args.named(1), "end", "\n");
  const bool flush = args.named(3) != nullptr && is_true(args.named(3));
  std::string line;
  try {
    for (std::size_t i = 0; i < args.count; ++i) {
      if (i > 0) line.append(separator);
      append_text(&line, args[i]);
    }
  } catch (...) {  // what comes before the object that has no text is printed all the same
    put_down(line, false);
    throw;
  }
  line.append(end);
  put_down(line, flush);
  return make_none();
}

constexpr NativeMethod kBuiltinsIoFunctions[] = {
    {"print", builtin_print, at_least(0).then("sep", "end", "file", "flush")},
};

}  // namespace

void flush_output(World& world) {
  if (!world.options.print_to_stdout) return;
  BlockingRegion region;
  const MutexGuard flush_guard(world.flush_mutex);
  std::string text;
  {
    const MutexGuard guard(world.output_mutex);
    text.swap(world.output);
  }
  std::string_view left = text;
  while (!left.empty()) {
    const ssize_t written = write(STDOUT_FILENO, left.data(), left.size());
    if (written < 0 && errno != EINTR) break;
    if (written > 0) left.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::span<const NativeMethod> output_functions() { return kBuiltinsIoFunctions; }

GILBENCH_END
