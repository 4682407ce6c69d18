// The raise statement, the search for a handler in one frame, tracebacks and contexts; and what the
// with statement needs beyond bytecode.
#include "runtime/interpreter/unwind.h"

#include <algorithm>
#include <memory>
#include <span>

#include "runtime/objects/classes.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/lock_objects.h"
#include "runtime/objects/make.h"
#include "runtime/objects/operations.h"

GILBENCH_BEGIN

namespace {

// Notes the frame at that word; the comprehensions that the word is in are frames of their own.
void note_word(Exception* exception, const Program& program, const Code& code, std::uint32_t word) {
  std::uint32_t line = code.lines[word];
  for (auto inner = code.comprehensions.rbegin(); inner != code.comprehensions.rend(); ++inner) {
    if (word < inner->start || word >= inner->end) continue;
    note_frame(exception, std::get<std::string>(program.constants[inner->name].value), line);
    line = inner->line;
  }
  note_frame(exception, code.name, line);
}

Ref<Exception> context_of(Exception* exception) {
  Section section(exception);
  return Ref<Exception>::share(exception->context);
}

void replace_context(Exception* exception, Ref<Exception> context) {
  Ref<Exception> old;
  Section section(exception);
  old = Ref<Exception>::adopt(std::exchange(exception->context, context.take()));
}

// Ends the chain of contexts from `last` on before it comes to `exception`. A program can have bent
// the chain into a ring, which by R. Brent's algorithm ("An Improved Monte Carlo Factorization
// Algorithm", 1980) is gone round a few times at the most: `mark` stays behind for twice as many
// steps each time, until the walk is back at it.
void cut_chain(Exception* last, const Exception* exception) {
  Ref<Exception> at = Ref<Exception>::share(last);
  Ref<Exception> mark = at;
  for (std::size_t steps = 0, limit = 1;; ++steps) {
    Ref<Exception> next = context_of(at.get());
    if (!next || next.get() == mark.get()) return;
    if (next.get() == exception) return replace_context(at.get(), {});
    at = std::move(next);
    if (steps == limit) {
      mark = at;
      limit *= 2;
      steps = 0;
    }
  }
}

// What is raised while another exception is handled has that one as its context, and is not its own
// context through others: as CPython's _PyErr_SetObject.
void set_context(Thread& thread, Exception* exception) {
  if (thread.handled.empty() || exception == thread.world.memory_error) return;
  auto* handled = as<Exception>(thread.handled.back());
  if (handled == exception) return;
  cut_chain(handled, exception);
  replace_context(exception, Ref<Exception>::share(handled));
}

Ref<Exception> exception_from(Object* value) {
  if (value->kind() == Kind::kClass && as<Class>(value)->is_exception) {
    Ref<> made = instantiate(as<Class>(value), {nullptr, 0, nullptr}).or_raise();
    return Ref<Exception>::adopt(as<Exception>(made.take()));
  }
  if (is_instance(value) && value->type->instance_class->is_exception) {
    return Ref<Exception>::share(as<Exception>(value));
  }
  raise(X::TypeError, "exceptions must derive from BaseException");
}

void check_caught(const Object* klass) {
  if (klass->kind() != Kind::kClass || !static_cast<const Class*>(klass)->is_exception) {
    raise(X::TypeError, "catching classes that do not inherit from BaseException is not allowed");
  }
}

}  // namespace

void note_frame(Exception* exception, const std::string& name, std::uint32_t line) noexcept {
  if (exception == this_thread().world.memory_error) return;
  try {
    Section section(exception);
    if (exception->traceback == nullptr) {
      exception->traceback = std::make_unique<std::vector<Exception::TracebackEntry>>().release();
    }
    exception->traceback->push_back({&name, line});
  } catch (const std::bad_alloc&) {  // dropped
  }
}

const Handler* find_handler(Thread& thread, Frame* frame, const Word* ip, Raising& raising) {
  const Code& code = *frame->code;
  const auto word = static_cast<std::uint32_t>(ip - code.words.data() - 1);
  Exception* exception = raising.exception.get();
  if (!std::exchange(raising.again, false)) {
    note_word(exception, *thread.world.program, code, word);
    // One that has a context got it where it was raised, in this frame or further in.
    if (!context_of(exception)) set_context(thread, exception);
  }
  if (is_exception_of(exception, X::RunInterrupted)) return nullptr;  // nothing catches it
  for (const Handler& handler : code.handlers) {
    if (word >= handler.start && word < handler.end) return &handler;
  }
  return nullptr;
}

Raising make_raising(Thread& thread, Object** sp, std::uint32_t count) {
  Raising raising;
  if (count == 0) {
    if (thread.handled.empty()) raise(X::RuntimeError, "No active exception to reraise");
    raising.exception = Ref<Exception>::share(as<Exception>(thread.handled.back()));
    raising.again = true;
    return raising;
  }
  Object* value = sp[-static_cast<std::ptrdiff_t>(count)];
  raising.exception = exception_from(value);
  set_context(thread, raising.exception.get());
  if (count == 2) {
    Object* cause = sp[-1];
    Ref<Exception> made;
    if (!is_none(cause)) {
      const bool is_exception = (cause->kind() == Kind::kClass && as<Class>(cause)->is_exception) ||
                                (is_instance(cause) && cause->type->instance_class->is_exception);
      if (!is_exception) raise(X::TypeError, "exception causes must derive from BaseException");
      made = exception_from(cause);
    }
    Exception* exception = raising.exception.get();
    Ref<Exception> old;
    Section section(exception);
    old = Ref<Exception>::adopt(std::exchange(exception->cause, made.take()));
    exception->suppress_context = true;
  }
  raising.pop = count;
  return raising;
}

Ref<Exception> assertion_error(Thread& thread, Object* message) {
  Class* klass = thread.world.exceptions[static_cast<int>(X::AssertionError)];
  return make_exception(klass, message == nullptr ? make_tuple({}) : make_tuple({message}));
}

bool exception_matches(Object* exception, Object* classes) {
  std::span<Object* const> given(&classes, 1);
  if (classes->kind() == Kind::kTuple)
    given = {as<Tuple>(classes)->items, as<Tuple>(classes)->size};
  // All of them before the first is asked, as CPython, and no tuple of tuples.
  for (const Object* klass : given) check_caught(klass);
  return std::any_of(given.begin(), given.end(), [exception](Object* klass) {
    return is_subclass(class_of(exception), as<Class>(klass));
  });
}

void enter_with(Object* manager, Object** out) {
  const Names& names = this_thread().world.names;
  auto method = [&](Str* name) {
    Class* klass = class_of(manager);
    Ref<> found = class_attribute(klass, name);
    if (!found) {
      raise(X::TypeError, "'", type_name(manager),
            "' object does not support the context manager protocol",
            name == names.exit ? " (missed __exit__ method)" : "");
    }
    return bind_attribute(std::move(found), manager, klass).or_raise();
  };
  Ref<> enter = method(names.enter);
  Ref<> exit = method(names.exit);
  Ref<> entered =
      manager->kind() == Kind::kLock ? enter_lock(as<Lock>(manager)) : call(enter.get(), {});
  out[0] = exit.take();
  out[1] = entered.take();
}

Ref<> exit_with_error(Object* bound_exit, Exception* exception) {
  Ref<> traceback = make_traceback();
  Object* const args[] = {class_of(exception), exception, traceback.get()};
  return call(bound_exit, Args{args, 3});
}

GILBENCH_END
