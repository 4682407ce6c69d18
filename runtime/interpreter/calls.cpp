// Calls: binding arguments to parameters, frames, classes called as functions.
#include <algorithm>

#include "runtime/memory/object_vector.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/make.h"
#include "runtime/objects/native_call.h"
#include "runtime/objects/operations.h"
#include "runtime/world/frame.h"

GILBENCH_BEGIN

namespace {

std::string_view slot_name(Thread& thread, const Code& code, std::size_t slot) {
  return as<Str>(thread.world.constants[code.slot_names[slot]])->view();
}

std::string quoted_list(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) text += names.size() == 2 ? " and " : i + 1 == names.size() ? ", and " : ", ";
    text += "'" + names[i] + "'";
  }
  return text;
}

Failure fail_missing(Thread& thread, const Code& code, Object** slots, std::size_t begin,
                     std::size_t end, const char* which) {
  std::vector<std::string> names;
  for (std::size_t i = begin; i < end; ++i) {
    if (slots[i] == nullptr) names.emplace_back(slot_name(thread, code, i));
  }
  return fail(X::TypeError, code.qualified_name, "() missing ", std::to_string(names.size()),
              " required ", which, " argument", names.size() == 1 ? "" : "s", ": ",
              quoted_list(names));
}

Failure fail_too_many(const Code& code, Function* function, Args args, Object** slots) {
  const std::size_t defaults = function->defaults == nullptr ? 0 : function->defaults->size;
  std::size_t keyword_only = 0;
  for (std::size_t i = 0; i < code.keyword_only_count; ++i) {
    if (slots[code.positional_count + i] != nullptr) ++keyword_only;
  }
  std::string takes = std::to_string(code.positional_count);
  bool plural = code.positional_count != 1;
  if (defaults > 0) {
    takes = "from " + std::to_string(code.positional_count - defaults) + " to " + takes;
    plural = true;
  }
  std::string given = std::to_string(args.count);
  if (keyword_only > 0) {
    given += std::string(" positional argument") + (args.count == 1 ? "" : "s") + " (and " +
             std::to_string(keyword_only) + " keyword-only argument" +
             (keyword_only == 1 ? "" : "s") + ")";
  }
  return fail(X::TypeError, code.qualified_name, "() takes ", takes, " positional argument",
              plural ? "s" : "", " but ", given, " ",
              args.count == 1 && keyword_only == 0 ? "was" : "were", " given");
}

// A keyword that no parameter takes: CPython's message tells of those that could only be positional
// first, all of them.
Failure fail_unexpected(Thread& thread, const Code& code, Args args, Str* keyword) {
  std::string positional;
  for (std::size_t slot = 0; slot < code.positional_only_count; ++slot) {
    for (std::size_t k = 0; k < args.keywords->size; ++k) {
      const std::string_view name = as<Str>(args.keywords->items[k])->view();
      if (slot_name(thread, code, slot) != name) continue;
      positional += (positional.empty() ? "" : ", ") + std::string(name);
    }
  }
  if (!positional.empty()) {
    return fail(X::TypeError, code.qualified_name,
                "() got some positional-only arguments passed as "
                "keyword arguments: '",
                positional, "'");
  }
  return fail(X::TypeError, code.qualified_name, "() got an unexpected keyword argument '",
              keyword->view(), "'");
}

Outcome bind_keywords(Thread& thread, const Code& code, Args args, Object** slots, Dict* extra) {
  const std::size_t named = code.positional_count + code.keyword_only_count;
  for (std::size_t k = 0; k < args.keywords->size; ++k) {
    Str* name = as<Str>(args.keywords->items[k]);
    Object* value = args.values[args.count + k];
    std::size_t slot = 0;
    while (slot < named && slot_name(thread, code, slot) != name->view()) ++slot;
    if (slot >= code.positional_only_count && slot < named) {
      if (slots[slot] != nullptr) {
        return fail(X::TypeError, code.qualified_name, "() got multiple values for argument '",
                    name->view(), "'");
      }
      slots[slot] = Ref<>::share(value).take();
    } else if (extra != nullptr) {
      dict_set(extra, static_cast<Object*>(name), value);
    } else {
      return fail_unexpected(thread, code, args, name);
    }
  }
  return {};
}

Outcome bind_defaults(Thread& thread, Function* function, Object** slots) {
  const Code& code = *function->code;
  if (function->defaults != nullptr) {
    const std::size_t first = code.positional_count - function->defaults->size;
    for (std::size_t i = first; i < code.positional_count; ++i) {
      if (slots[i] == nullptr) slots[i] = Ref<>::share(function->defaults->items[i - first]).take();
    }
  }
  for (std::size_t i = 0; i < code.positional_count; ++i) {
    if (slots[i] == nullptr)
      return fail_missing(thread, code, slots, 0, code.positional_count, "positional");
  }
  const std::size_t end = code.positional_count + code.keyword_only_count;
  for (std::size_t i = code.positional_count; i < end; ++i) {
    if (slots[i] != nullptr || function->keyword_defaults == nullptr) continue;
    slots[i] =
        dict_find(function->keyword_defaults, as<Str>(thread.world.constants[code.slot_names[i]]))
            .take();
  }
  for (std::size_t i = code.positional_count; i < end; ++i) {
    if (slots[i] == nullptr)
      return fail_missing(thread, code, slots, code.positional_count, end, "keyword-only");
  }
  return {};
}

}  // namespace

namespace {

// What the slots hold by then is the caller's, whatever comes of it.
Outcome fill_slots(Thread& thread, Function* function, Args args, Object** slots) {
  const Code& code = *function->code;
  const std::size_t direct = std::min<std::size_t>(args.count, code.positional_count);
  for (std::size_t i = 0; i < direct; ++i) slots[i] = Ref<>::share(args[i]).take();
  const std::size_t varargs = code.positional_count + code.keyword_only_count;
  Dict* extra = nullptr;
  if (code.has_varkeywords) {
    Object*& slot = slots[varargs + (code.has_varargs ? 1 : 0)];
    slot = make_dict().take();
    extra = as<Dict>(slot);
  }
  if (args.keywords != nullptr) {
    const Outcome bound = bind_keywords(thread, code, args, slots, extra);
    if (!bound) return bound;
  }
  if (code.has_varargs) {
    slots[varargs] =
        make_tuple(std::span<Object* const>(args.values + direct, args.count - direct)).take();
  } else if (args.count > code.positional_count) {
    return fail_too_many(code, function, args, slots);
  }
  return bind_defaults(thread, function, slots);
}

}  // namespace

Outcome bind_arguments(Function* function, Args args, Object** slots) {
  const Code& code = *function->code;
  const std::size_t filled = code.slot_count - code.free_count;
  std::fill(slots, slots + filled, nullptr);
  const auto empty = [slots, filled] {
    for (std::size_t i = 0; i < filled; ++i) release_if(std::exchange(slots[i], nullptr));
  };
  try {
    const Outcome bound = fill_slots(this_thread(), function, args, slots);
    if (!bound) empty();
    return bound;
  } catch (...) {
    empty();
    throw;
  }
}

Object** free_values(Thread& thread) {
  return thread.frame == nullptr ? thread.values
                                 : thread.frame->operands + thread.frame->code->stack_size;
}

Frame* push_frame(Thread& thread, Function* function, Object** slots, std::size_t bound,
                  Object** result, FrameKind kind) {
  const Code& code = *function->code;
  if (thread.depth >= kMaxDepth || slots + code.slot_count + code.stack_size > thread.values_end)
      [[unlikely]] {
    raise(X::RecursionError, "maximum recursion depth exceeded");
  }
  ++thread.depth;
  Frame* frame = thread.frame == nullptr ? thread.frames : thread.frame + 1;
  frame->code = &code;
  frame->ip = code.words.data();
  frame->slots = slots;
  frame->operands = slots + code.slot_count;
  frame->result = result;
  frame->function = function;
  frame->globals = function->module->attributes;
  frame->kind = kind;
  frame->handled_base = static_cast<std::uint32_t>(thread.handled.size());
  frame->names = nullptr;
  frame->base = nullptr;
  frame->generator = nullptr;
  const std::size_t first_free = code.slot_count - code.free_count;
  if (kind == FrameKind::kGenerator) {  // its slots, cells too, are moved in by resume()
    thread.frame = frame;
    return frame;
  }
  for (std::size_t i = bound; i < first_free; ++i) slots[i] = nullptr;
  for (std::size_t i = 0; i < code.free_count; ++i) {
    Object* cell = function->closure->items[i];
    retain(cell);
    slots[first_free + i] = cell;
  }
  thread.frame = frame;
  return frame;
}

void pop_frame(Thread& thread, Object** operands_end) noexcept {
  Frame* frame = thread.frame;
  // In the order of the slots, as CPython: it shows where generators are closed.
  for (Object** value = frame->slots; value < operands_end; ++value) drop_if(*value);
  while (thread.handled.size() > frame->handled_base) {
    release(thread.handled.back());
    thread.handled.pop_back();
  }
  release_if(frame->names);
  release_if(frame->base);
  Function* function = frame->function;
  thread.frame = frame == thread.frames ? nullptr : frame - 1;
  --thread.depth;
  release(function);
}

Result call_function(Function* function, Args args) {
  Thread& thread = this_thread();
  thread.checkpoint();
  Object** base = free_values(thread);
  const Code& code = *function->code;
  if (base + code.slot_count + code.stack_size > thread.values_end) thread.raise_too_deep("");
  thread.check_stack();
  if (const Outcome bound = bind_arguments(function, args, base); !bound) return bound.failure();
  const std::size_t filled = code.slot_count - code.free_count;
  Frame* frame;
  try {
    if (code.is_generator) return make_generator(function, base);
    frame = push_frame(thread, function, base, filled, base, FrameKind::kEntry);
  } catch (...) {
    for (std::size_t i = 0; i < filled; ++i) release_if(base[i]);
    throw;
  }
  retain(function);
  return run(thread, frame).result();
}

namespace {

// Of a callable that stands for another, which may stand for a third, or for itself.
constexpr const char* kWhileCalling = " while calling a Python object";

}  // namespace

Result try_call(Object* callable, Args args) {
  switch (callable->kind()) {
    case Kind::kFunction:
      return call_function(as<Function>(callable), args);
    case Kind::kNativeFunction:
      // What it throws is caught here: callers look at the error of a failure (StopIteration).
      return attempt([callable, args] { return call_native(as<NativeFunction>(callable), args); });
    case Kind::kClass:
      return instantiate(as<Class>(callable), args);
    case Kind::kBoundMethod: {
      this_thread().check_stack(kWhileCalling);
      BoundMethod* method = as<BoundMethod>(callable);
      const std::size_t keywords = args.keywords == nullptr ? 0 : args.keywords->size;
      SmallObjectVector<Object*, 8> values;
      values.push_back(method->self);
      values.insert(values.end(), args.values, args.values + args.count + keywords);
      // The bound method may go away during the call; its parts must not.
      Ref<> keep_self = Ref<>::share(method->self);
      Ref<> function = Ref<>::share(method->function);
      return try_call(function.get(), {values.data(), args.count + 1, args.keywords});
    }
    case Kind::kStaticMethod:
      this_thread().check_stack(kWhileCalling);
      return try_call(as<Wrapper>(callable)->function, args);
    case Kind::kInstance:
      if (Ref<> method = special_method(callable, this_thread().world.names.call)) {
        Ref<> bound = make_bound_method(method.get(), callable);
        return try_call(bound.get(), args);
      }
      [[fallthrough]];
    default:
      return fail(X::TypeError, "'", type_name(callable), "' object is not callable");
  }
}

Ref<> call_method(Object* object, Str* name, std::initializer_list<Object*> args) {
  Ref<> method = get_attribute(object, name);
  return call(method.get(), args);
}

bool is_callable(Object* object) {
  switch (object->kind()) {
    case Kind::kFunction:
    case Kind::kNativeFunction:
    case Kind::kClass:
    case Kind::kBoundMethod:
    case Kind::kStaticMethod:
      return true;
    case Kind::kInstance:
      return static_cast<bool>(special_method(object, this_thread().world.names.call));
    default:
      return false;
  }
}

GILBENCH_END
