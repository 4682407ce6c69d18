// Errors of programs: raised as the C++ exception Raised, which owns the program's exception
// object.
//
// MemoryError needs no memory: where there is none for a new exception, the world's own is raised,
// which has been there from the start. That one has no traceback and no context, for several
// threads may be raising it at once.
//
// Native code raises with raise(kind, message) and lets Raised pass; the interpreter loop catches
// it, finds the program's handler, or unwinds the frame. SupportError from runtime/support is
// turned into the exception of its kind there as well. What hands back a Result fails instead, with
// fail(kind, message): values/result.h tells when.
#pragma once

#include <new>
#include <string>
#include <utility>

#include "runtime/memory/object_vector.h"
#include "runtime/support/error.h"
#include "runtime/values/ref.h"
#include "runtime/values/types.h"
#include "runtime/world/raise.h"

GILBENCH_BEGIN

struct Raised {
  explicit Raised(Ref<Exception> e) noexcept : exception(std::move(e)) {}
  Raised(const Raised& other) noexcept : exception(other.exception) {}
  Raised& operator=(const Raised&) = delete;

  Ref<Exception> exception;

 private:
  // C++ keeps what is thrown in memory of its own.
  [[no_unique_address]] RootSpan span_{&exception, sizeof exception};
};

[[noreturn]] void raise(Ref<Exception> exception);
[[noreturn]] void raise_key_error(Object* key);  // KeyError(key)

Failure fail(Ref<Exception> exception) noexcept;
Failure fail_key_error(Object* key);
Failure fail_stop_iteration(Ref<> value = {});  // null: without a value
// Takes the error of a failure, which is dealt with so.
Ref<Exception> take_error(Thread& thread) noexcept;
// Whether that is what a failure failed with; it is dealt with then.
bool take_error_of(ExceptionKind kind) noexcept;

Ref<Exception> make_exception(Class* exception_class, Ref<Tuple> args);
Ref<Exception> make_exception(ExceptionKind kind, const std::string& message);
template <class... Part>
GILBENCH_INLINE Ref<Exception> make_exception(ExceptionKind kind, const Part&... parts) {
  return make_exception(kind, joined({std::string_view(parts)...}));
}
Ref<Exception> memory_error() noexcept;
Class* exception_class(ExceptionKind kind);                         // borrowed
bool is_exception_of(const Object* exception, ExceptionKind kind);  // or of a subclass
Ref<Exception> exception_of(const SupportError& error) noexcept;    // or MemoryError
// Takes a step outside the interpreter loop, which turns the errors of native code into exceptions;
// the exception that the step has raised, null where it went well.
template <class Step>
Ref<Exception> error_of(Step&& step) {
  try {
    step();
  } catch (Raised& raised) {
    return std::move(raised.exception);
  } catch (const SupportError& error) {
    return exception_of(error);
  } catch (const std::bad_alloc&) {
    return memory_error();
  }
  return {};
}
// What the step hands back, or its failure, where it may throw as well.
template <class Step>
Result attempt(Step&& step) {
  try {
    return step();
  } catch (Raised& raised) {
    return fail(std::move(raised.exception));
  } catch (const SupportError& error) {
    return fail(exception_of(error));
  } catch (const std::bad_alloc&) {
    return fail(memory_error());
  }
}

// "Traceback (most recent call last):\n  File ..., line N, in f\n    source\nType: message", and
// the chain of causes before it. `with_source`: the source lines too. No final newline.
std::string format_traceback(Exception* exception, bool with_source);
// The same, with source lines, of this exception alone.
std::string format_without_chain(Exception* exception);
// The same, or as much of it as there is memory for: the name of its class at the least.
std::string tell(Exception* exception) noexcept;
// "MemoryError", as it may be told without memory.
std::string name_of(Exception* exception) noexcept;
// "Type: message", as the traceback's last line.
std::string format_exception_line(Exception* exception);

GILBENCH_END
