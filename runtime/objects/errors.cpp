// Makes exceptions, also where memory is short; chooses OSError's class by errno; and writes
// tracebacks as CPython does, with causes and contexts.
#include "runtime/objects/errors.h"

#include <cstring>
#include <exception>
#include <new>
#include <unordered_set>

#include "runtime/memory/reserve.h"
#include "runtime/objects/classes.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/make.h"
#include "runtime/objects/operations.h"
#include "runtime/objects/os_errors.h"
#include "runtime/world/frame.h"

GILBENCH_BEGIN

namespace {

X kind_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kValueError:
      return X::ValueError;
    case ErrorKind::kTypeError:
      return X::TypeError;
    case ErrorKind::kOverflowError:
      return X::OverflowError;
    case ErrorKind::kZeroDivisionError:
      return X::ZeroDivisionError;
    case ErrorKind::kIndexError:
      return X::IndexError;
    case ErrorKind::kKeyError:
      return X::KeyError;
    case ErrorKind::kUnicodeDecodeError:
      return X::UnicodeDecodeError;
    case ErrorKind::kUnicodeEncodeError:
      return X::UnicodeEncodeError;
    case ErrorKind::kMemoryError:
      return X::MemoryError;
  }
  return X::SystemError;
}

// As tracebacks name it: without a module where that is builtins or __main__.
std::string name_in_traceback(Class* klass) {
  if (klass == exception_class(X::ZlibError)) return "zlib.error";
  return std::string(qualified_name(klass));
}

// What stands for an exception's text where it cannot be made.
constexpr const char* kStrFailed = "<exception str() failed>";

bool is_same_place(const Exception::TracebackEntry& a, const Exception::TracebackEntry& b) {
  return a.line == b.line && *a.name == *b.name;
}

std::string format_entries(Exception* exception, bool with_source) {
  std::vector<Exception::TracebackEntry> entries;
  {
    Section section(exception);
    if (exception->traceback != nullptr) entries = *exception->traceback;
  }
  if (entries.empty()) return format_exception_line(exception);
  const Program& program = *this_thread().world.program;
  std::string text = "Traceback (most recent call last):\n";
  // CPython prints three of the same lines, then how many more there were.
  constexpr std::size_t kShown = 3;
  std::size_t repeated = 0;
  for (std::size_t i = entries.size(); i-- > 0;) {
    const auto& entry = entries[i];
    const bool same = i + 1 < entries.size() && is_same_place(entries[i + 1], entry);
    repeated = same ? repeated + 1 : 0;
    if (repeated < kShown) {
      text += "  File \"" + program.path + "\", line " + std::to_string(entry.line) + ", in " +
              *entry.name + "\n";
      if (with_source && entry.line >= 1 && entry.line <= program.source_lines.size()) {
        const std::string& line = program.source_lines[entry.line - 1];
        const std::size_t start = line.find_first_not_of(" \t");
        if (start != std::string::npos) text += "    " + line.substr(start) + "\n";
      }
    }
    const bool last_of_run = i == 0 || !is_same_place(entries[i - 1], entry);
    if (last_of_run && repeated >= kShown) {
      const std::size_t more = repeated - kShown + 1;
      text += "  [Previous line repeated " + std::to_string(more) + " more time" +
              (more > 1 ? "s" : "") + "]\n";
    }
  }
  return text + format_exception_line(exception);
}

// An exception of a chain, and what is printed between it and the one that it led to.
struct Link {
  Ref<Exception> exception;
  const char* between;
};
using Links = ObjectVector<Link>;

// The next link: what led to the exception, if that is to be told.
Link link_before(Exception* exception) {
  Section section(exception);
  if (exception->cause != nullptr) {
    return {Ref<Exception>::share(exception->cause),
            "\n\nThe above exception was the direct cause of the following exception:\n\n"};
  }
  if (exception->suppress_context) return {{}, ""};
  return {Ref<Exception>::share(exception->context),
          "\n\nDuring handling of the above exception, another exception occurred:\n\n"};
}

// The exception and what led to it, backwards. A chain may be long, and may run in a ring: each is
// in it once, as CPython prints it.
Links links_to(Exception* exception) {
  Links links;
  std::unordered_set<const Exception*> seen;
  for (Link link = {Ref<Exception>::share(exception), ""};
       link.exception && seen.insert(link.exception.get()).second;) {
    Link before = link_before(link.exception.get());
    links.push_back(std::move(link));
    link = std::move(before);
  }
  return links;
}

}  // namespace

void raise(Ref<Exception> exception) { throw Raised{std::move(exception)}; }

std::string joined(std::initializer_list<std::string_view> parts) {
  std::size_t size = 0;
  for (const std::string_view part : parts) size += part.size();
  std::string text;
  text.reserve(size);
  for (const std::string_view part : parts) text += part;
  return text;
}

void raise(ExceptionKind kind, const std::string& message) { raise(make_exception(kind, message)); }

void raise_key_error(Object* key) {
  raise(make_exception(exception_class(X::KeyError), make_tuple({key})));
}

void raise_failure() { raise(take_error(this_thread())); }

Failure fail(Ref<Exception> exception) noexcept {
  Thread& thread = this_thread();
  assert(exception && thread.error == nullptr);
  thread.error = exception.take();
  return {};
}

Failure fail(ExceptionKind kind, const std::string& message) {
  return fail(make_exception(kind, message));
}

Failure fail_key_error(Object* key) {
  return fail(make_exception(exception_class(X::KeyError), make_tuple({key})));
}

Failure fail_stop_iteration(Ref<> value) {
  return fail(make_exception(exception_class(X::StopIteration),
                             value ? make_tuple({value.get()}) : make_tuple({})));
}

Ref<Exception> take_error(Thread& thread) noexcept {
  assert(thread.error != nullptr);
  return Ref<Exception>::adopt(std::exchange(thread.error, nullptr));
}

bool take_error_of(ExceptionKind kind) noexcept {
  Thread& thread = this_thread();
  if (!is_exception_of(thread.error, kind)) return false;
  take_error(thread);
  return true;
}

X kind_of_errno(int error) {
  switch (error) {
    case EAGAIN:
    case EALREADY:
    case EINPROGRESS:
      return X::BlockingIOError;
    case ECHILD:
      return X::ChildProcessError;
    case EPIPE:
    case ESHUTDOWN:
      return X::BrokenPipeError;
    case ECONNABORTED:
      return X::ConnectionAbortedError;
    case ECONNREFUSED:
      return X::ConnectionRefusedError;
    case ECONNRESET:
      return X::ConnectionResetError;
    case EEXIST:
      return X::FileExistsError;
    case ENOENT:
      return X::FileNotFoundError;
    case EINTR:
      return X::InterruptedError;
    case EISDIR:
      return X::IsADirectoryError;
    case ENOTDIR:
      return X::NotADirectoryError;
    case EACCES:
    case EPERM:
      return X::PermissionError;
    case ESRCH:
      return X::ProcessLookupError;
    case ETIMEDOUT:
      return X::TimeoutError;
    default:
      return X::OSError;
  }
}

void raise_os_error(int error, const std::string& filename) {
  Ref<> code = make_int(error);
  Ref<Str> text = make_str(std::strerror(error));
  Ref<Exception> exception =
      make_exception(exception_class(kind_of_errno(error)), make_tuple({code.get(), text.get()}));
  set_instance_value(exception.get(), intern("errno"), code.get());
  set_instance_value(exception.get(), intern("strerror"), text.get());
  Ref<> name = filename.empty() ? make_none() : Ref<>(make_str(filename));
  set_instance_value(exception.get(), intern("filename"), name.get());
  raise(std::move(exception));
}

Class* exception_class(ExceptionKind kind) {
  return this_thread().world.exceptions[static_cast<int>(kind)];
}

bool is_exception_of(const Object* exception, ExceptionKind kind) {
  return is_subclass(class_of(exception), exception_class(kind));
}

Ref<Exception> make_exception(Class* klass, Ref<Tuple> args) {
  Ref<Instance> instance = make_instance(klass);
  auto* exception = as<Exception>(instance.take());
  exception->args = args.take();
  return Ref<Exception>::adopt(exception);
}

Ref<Exception> make_exception(ExceptionKind kind, const std::string& message) {
  if (message.empty()) return make_exception(exception_class(kind), make_tuple({}));
  Ref<Str> text = make_str(message);
  return make_exception(exception_class(kind), make_tuple({text.get()}));
}

Ref<Exception> memory_error() noexcept {
  World& world = this_thread().world;
  // What is garbage is to be found soon.
  if constexpr (!Refs::kCounts) collect_soon(world);
  Ref<Exception> error;
  try {
    error = make_exception(X::MemoryError, "");
  } catch (const std::bad_alloc&) {
    error = Ref<Exception>::share(world.memory_error);
  }
  open_reserve();
  return error;
}

Ref<Exception> exception_of(const SupportError& error) noexcept {
  try {
    return make_exception(kind_of(error.kind()), error.what());
  } catch (const std::bad_alloc&) {
    return memory_error();
  }
}

std::string name_of(Exception* exception) noexcept {
  try {
    return name_in_traceback(class_of(exception));
  } catch (const std::bad_alloc&) {
    return "MemoryError";  // std::string has room for it in itself
  }
}

std::string tell(Exception* exception) noexcept {
  try {
    return format_traceback(exception, true);
  } catch (const std::exception&) {
  } catch (const Raised&) {
  }
  try {
    return format_exception_line(exception);
  } catch (const std::exception&) {
    return name_of(exception);
  }
}

std::string format_exception_line(Exception* exception) {
  std::string text;
  try {
    text = str(exception);
  } catch (const Raised&) {
    text = kStrFailed;
  } catch (const std::exception&) {  // a SupportError, no memory: no loop stands between
    text = kStrFailed;
  }
  const std::string name = name_in_traceback(class_of(exception));
  return text.empty() ? name : name + ": " + text;
}

std::string format_without_chain(Exception* exception) { return format_entries(exception, true); }

std::string format_traceback(Exception* exception, bool with_source) {
  const Links links = links_to(exception);
  std::string text;
  for (std::size_t i = links.size(); i-- > 0;) {
    text += format_entries(links[i].exception.get(), with_source) + links[i].between;
  }
  return text;
}

GILBENCH_END
