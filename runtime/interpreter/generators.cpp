// Generators: frames that are moved off the frame stack while they do not run.
#include <cstring>
#include <new>

#include "runtime/interpreter/unwind.h"
#include "runtime/memory/abandoned.h"
#include "runtime/objects/classes.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/make.h"
#include "runtime/objects/operations.h"
#include "runtime/values/section.h"
#include "runtime/world/frame.h"

GILBENCH_BEGIN

Ref<> make_generator(Function* function, Object** slots) {
  const Code& code = *function->code;
  Generator* generator = allocate_object<Generator>(types::generator);
  retain(function);
  generator->function = function;
  generator->ip = code.words.data();
  generator->stack_depth = 0;
  generator->state = Generator::State::kCreated;
  generator->was_abandoned = false;
  generator->handled = nullptr;
  generator->returned = nullptr;
  generator->saved = nullptr;
  Ref<> owned = Ref<>::adopt(generator);
  generator->saved = static_cast<Object**>(
      allocate_buffer((code.slot_count + code.stack_size + 1) * sizeof(Object*)));
  const std::size_t bound = code.slot_count - code.free_count;
  std::copy(slots, slots + bound, generator->saved);
  for (std::size_t i = 0; i < code.free_count; ++i) {
    generator->saved[bound + i] = Ref<>::share(function->closure->items[i]).take();
  }
  if (!code.handlers.empty()) note_closable(generator);
  return owned;
}

namespace {

void set_state(Generator* generator, Generator::State state) {
  Section section(generator);
  generator->state = state;
}

// The exceptions that the generator's frame is handling go along with it; those below
// `handled_base` are its caller's.
void keep_handled(Thread& thread, Frame* frame) {
  const auto first = thread.handled.begin() + frame->handled_base;
  if (first == thread.handled.end()) return;
  frame->generator->handled = make_tuple_adopting({first, thread.handled.end()}).take();
  thread.handled.erase(first, thread.handled.end());
}

// They come back above what its caller is handling now.
void take_handled(Thread& thread, Generator* generator) {
  if (generator->handled == nullptr) return;
  const Ref<Tuple> kept = Ref<Tuple>::adopt(std::exchange(generator->handled, nullptr));
  for (std::size_t i = 0; i < kept->size; ++i) {
    thread.handled.push_back(Ref<>::share(kept->items[i]).take());
  }
}

// Goes on with the generator: `sent` is its yield's value, or `thrown` is raised there. Nothing
// when it ends, or has ended before; then `thrown` is what it fails with.
Maybe resume_with(Generator* generator, Object* sent, Exception* thrown) {
  using State = Generator::State;
  Thread& thread = this_thread();
  thread.checkpoint();
  State before;
  {
    // Whoever moves the state to kRunning has the generator's other fields to himself until he
    // moves it on.
    Section section(generator);
    before = generator->state;
    if (before == State::kCreated || before == State::kSuspended)
      generator->state = State::kRunning;
  }
  if (before == State::kFinished) {
    take_returned(generator);  // nobody asked for it when the generator ended
    if (thrown != nullptr) return fail(Ref<Exception>::share(thrown));
    return Ref<>();
  }
  if (before == State::kRunning) return fail(X::ValueError, "generator already executing");
  const bool created = before == State::kCreated;
  if (created && sent != nullptr && !is_none(sent)) {
    set_state(generator, State::kCreated);
    return fail(X::TypeError, "can't send non-None value to a just-started generator");
  }
  Function* function = generator->function;
  const Code& code = *function->code;
  Object** base = free_values(thread);
  const std::size_t count = code.slot_count + generator->stack_depth;
  Frame* frame;
  try {
    thread.check_stack();
    if (generator->handled != nullptr) {  // for take_handled(), where it is too late for an error
      thread.handled.reserve(thread.handled.size() + generator->handled->size);
    }
    frame = push_frame(thread, function, base, 0, base, FrameKind::kGenerator);
  } catch (...) {
    set_state(generator, before);
    throw;
  }
  retain(function);
  std::copy(generator->saved, generator->saved + count, base);
  // Nothing is saved while it runs: visit() finds nulls, with the operand that `sent` will be.
  std::fill(generator->saved, generator->saved + count + 1, nullptr);
  frame->ip = generator->ip;
  frame->generator = generator;
  if (!created) {
    base[count] = Ref<>::share(sent == nullptr ? thread.world.none : sent).take();
    ++generator->stack_depth;
  }
  take_handled(thread, generator);
  Ref<> keep = Ref<>::share(generator);
  return run(thread, frame, thrown);
}

// Ends a generator that has not begun: nothing of it runs. False when it has.
bool discard_created(Generator* generator) {
  const Code& code = *generator->function->code;
  Object** saved;
  {
    Section section(generator);
    if (generator->state != Generator::State::kCreated) return false;
    generator->state = Generator::State::kFinished;
    saved = std::exchange(generator->saved, nullptr);
  }
  for (std::size_t i = 0; i < code.slot_count; ++i) release_if(saved[i]);
  free_buffer(saved);
  return true;
}

bool is_exception(const Object* object) {
  return is_instance(object) && object->type->instance_class->is_exception;
}

// An exception of that class, as `raise` makes it of a class and a value; or the error that making
// it ends in.
Ref<Exception> made_exception(Class* klass, Object* value) {
  if (value != nullptr && is_exception(value) && is_subclass(class_of(value), klass)) {
    return Ref<Exception>::share(as<Exception>(value));
  }
  Ref<Exception> made;
  Ref<Exception> error = error_of([&] {
    Ref<> object;
    if (value == nullptr || is_none(value)) {
      object = call(klass, {});
    } else if (value->kind() == Kind::kTuple) {
      object = call(klass, Args{as<Tuple>(value)->items, as<Tuple>(value)->size});
    } else {
      object = call(klass, {value});
    }
    if (!is_exception(object.get())) {
      raise(X::TypeError, "calling ", repr(klass),
            " should have returned an instance of BaseException, not ", type_name(object.get()));
    }
    made = Ref<Exception>::adopt(as<Exception>(object.take()));
  });
  return error ? error : made;
}

// throw(exception), throw(class, value), each with a traceback more, which is left aside.
Ref<Exception> exception_arg(Args args) {
  Object* type = args[1];
  Object* value = args.count > 2 ? args[2] : nullptr;
  if (args.count > 3 && !is_none(args[3]) && args[3]->type != &types::traceback) {
    raise(X::TypeError, "throw() third argument must be a traceback object");
  }
  if (type->kind() == Kind::kClass && as<Class>(type)->is_exception) {
    return made_exception(as<Class>(type), value);
  }
  if (!is_exception(type)) {
    raise(X::TypeError, "exceptions must be classes or instances deriving from BaseException, not ",
          type_name(type));
  }
  if (value != nullptr && !is_none(value)) {
    raise(X::TypeError, "instance exception may not have a separate value");
  }
  return Ref<Exception>::share(as<Exception>(type));
}

// What leaves a generator: a StopIteration would look like its ordinary end.
Ref<Exception> leaving_generator(Ref<Exception> error) {
  if (!is_exception_of(error.get(), X::StopIteration)) return error;
  Ref<Exception> failure = make_exception(X::RuntimeError, "generator raised StopIteration");
  failure->cause = Ref<Exception>(error).take();
  failure->context = error.take();
  failure->suppress_context = true;
  return failure;
}

}  // namespace

Maybe resume(Generator* generator, Object* sent) { return resume_with(generator, sent, nullptr); }

Result generator_throw(Args args) {
  Ref<Exception> thrown = exception_arg(args);
  auto* generator = as<Generator>(args[0]);
  if (discard_created(generator)) {
    const Code& code = *generator->function->code;
    note_frame(thrown.get(), code.name, code.first_line);
    return fail(leaving_generator(std::move(thrown)));
  }
  Maybe value = resume_with(generator, nullptr, thrown.get());
  if (value || value.failed()) return std::move(value).result();
  return fail_stop_iteration(take_returned(generator));
}

Result generator_close(Args args) {
  auto* generator = as<Generator>(args[0]);
  if (discard_created(generator)) return make_none();
  Ref<Exception> exit = make_exception(X::GeneratorExit, "");
  const Maybe value = resume_with(generator, nullptr, exit.get());
  if (value) return fail(X::RuntimeError, "generator ignored GeneratorExit");
  if (value.failed() && !take_error_of(X::GeneratorExit) && !take_error_of(X::StopIteration)) {
    return value.failure();
  }
  return make_none();
}

void suspend(Thread& thread, Object** sp) {
  Frame* frame = thread.frame;
  Generator* generator = frame->generator;
  keep_handled(thread, frame);  // first: it may raise MemoryError
  generator->ip = frame->ip;
  generator->stack_depth = static_cast<std::uint32_t>(sp - frame->operands);
  std::copy(frame->slots, sp, generator->saved);
  set_state(generator, Generator::State::kSuspended);
  pop_frame(thread, frame->slots);  // its values have moved: nothing to release there
}

void finish_generator(Generator* generator, Ref<> returned) noexcept {
  free_buffer(std::exchange(generator->saved, nullptr));
  if (returned && is_none(returned.get())) returned = {};
  Section section(generator);
  generator->returned = returned.take();
  generator->state = Generator::State::kFinished;
}

Ref<Exception> fail_generator(Generator* generator, Ref<Exception> error) noexcept {
  finish_generator(generator);
  try {
    return leaving_generator(std::move(error));
  } catch (const std::bad_alloc&) {
    return memory_error();
  }
}

Ref<> take_returned(Generator* generator) {
  Section section(generator);
  return Ref<>::adopt(std::exchange(generator->returned, nullptr));
}

GILBENCH_END
