// The loop's calls that need more than a frame over their arguments: keywords, defaults, classes,
// and class bodies. All of them go on in the same loop; none recurses on the C++ stack for
// bytecode.
#include "runtime/interpreter/lookups.h"
#include "runtime/interpreter/unwind.h"
#include "runtime/memory/immortal.h"
#include "runtime/memory/object_vector.h"
#include "runtime/objects/classes.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/make.h"
#include "runtime/objects/native_call.h"
#include "runtime/objects/operations.h"
#include "runtime/world/frame.h"

GILBENCH_BEGIN

namespace {

using Slots = SmallObjectVector<Object*, 16>;

// [class, null] becomes [__init__, instance] where the class is a Python class with an __init__ in
// Python that `accepts` agrees to.
template <class Accepts>
bool replace_class_by_init(Object** callable, Accepts&& accepts) {
  Class* klass = as<Class>(callable[0]);
  if (klass->instance_type.free == nullptr || klass->is_exception) return false;
  Ref<> init = find_init(this_thread(), klass);
  if (!init || init->kind() != Kind::kFunction) return false;
  const Code& code = *as<Function>(init.get())->code;
  if (code.is_generator || !accepts(code)) return false;
  callable[1] = make_instance(klass).take();
  callable[0] = init.take();
  release(klass);
  return true;
}

// Takes the topmost operand. Its place is emptied: if an error follows, the loop, whose stack
// pointer is not moved then, releases every place up to it.
Object* take_operand(Object*** sp) { return std::exchange(*--*sp, nullptr); }

// Moves the bound slots to where the arguments were and makes the frame over them.
Frame* enter_bound(Thread& thread, Object** callable, Slots& bound, FrameKind kind, Object*** sp) {
  Function* function = as<Function>(callable[0]);
  Ref<> instance = kind == FrameKind::kInit ? Ref<>::share(callable[1]) : Ref<>();
  while (*sp > callable + 1) release_if(take_operand(sp));
  std::copy(bound.begin(), bound.end(), callable + 1);
  Frame* frame;
  try {
    frame = push_frame(thread, function, callable + 1, bound.size(), callable, kind);
  } catch (...) {
    for (std::size_t i = 0; i < bound.size(); ++i)
      release_if(std::exchange(callable[1 + i], nullptr));
    throw;
  }
  if (instance) callable[0] = instance.take();
  *sp = frame->operands;
  return frame;
}

// Null: it is a failure.
Frame* leave_result(Thread& thread, Object** callable, Result result, Object*** sp) {
  if (!result) return nullptr;
  while (*sp > callable) drop_if(*--*sp);
  *callable = result.take();
  *sp = callable + 1;
  return thread.frame;
}

}  // namespace

bool prepare_init(Object** callable, std::size_t count) {
  return replace_class_by_init(callable,
                               [&](const Code& code) { return binds_directly(code, count + 1); });
}

Frame* call_in_place(Thread& thread, Object** callable, Args args, Object*** sp) {
  FrameKind kind = FrameKind::kCall;
  if (callable[1] == nullptr) {
    if (callable[0]->kind() == Kind::kBoundMethod) {
      Ref<> method = Ref<>::adopt(callable[0]);
      callable[0] = Ref<>::share(as<BoundMethod>(method.get())->function).take();
      callable[1] = Ref<>::share(as<BoundMethod>(method.get())->self).take();
      args = {callable + 1, args.count + 1, args.keywords};
    } else if (callable[0]->kind() == Kind::kClass &&
               replace_class_by_init(callable, [](const Code&) { return true; })) {
      kind = FrameKind::kInit;
      args = {callable + 1, args.count + 1, args.keywords};
    }
  }
  if (callable[0]->kind() != Kind::kFunction) {
    return leave_result(thread, callable, try_call(callable[0], args), sp);
  }
  Function* function = as<Function>(callable[0]);
  Slots bound(function->code->slot_count - function->code->free_count);
  if (!bind_arguments(function, args, bound.data())) return nullptr;
  if (function->code->is_generator) {
    Ref<> generator;
    try {
      generator = make_generator(function, bound.data());
    } catch (...) {
      for (Object* value : bound) release_if(value);
      throw;
    }
    return leave_result(thread, callable, std::move(generator), sp);
  }
  return enter_bound(thread, callable, bound, kind, sp);
}

Frame* call_spread(Thread& thread, bool has_keywords, Object*** sp) {
  Object** callable = *sp - (has_keywords ? 4 : 3);
  Ref<Dict> keywords = has_keywords ? Ref<Dict>::adopt(as<Dict>(take_operand(sp))) : Ref<Dict>();
  const Ref<> given = Ref<>::adopt(take_operand(sp));
  const Ref<Tuple> positional = given->kind() == Kind::kTuple || given->kind() == Kind::kList
                                    ? to_tuple(given.get())
                                    : spread_arguments(given.get(), callable[0]);
  // Laid out as CALL_KEYWORDS would have it, but kept here: the arguments' number has no bound that
  // the caller's operand stack was made for.
  SmallObjectVector<Object*, 16> values;
  if (callable[1] != nullptr) values.push_back(callable[1]);
  values.insert(values.end(), positional->items, positional->items + positional->size);
  const std::size_t count = values.size();
  Ref<Tuple> names;
  Ref<List> keyword_values;
  if (keywords && keywords->size > 0) {
    Ref<List> keys = dict_list(keywords.get(), Kind::kDictKeys);
    for (Object* const* key = keys->items; key < keys->items + keys->size; ++key) {
      if (!is_str(*key)) raise(X::TypeError, "keywords must be strings");
    }
    names = make_tuple(std::span<Object* const>(keys->items, keys->size));
    keyword_values = dict_list(keywords.get(), Kind::kDictValues);
    values.insert(values.end(), keyword_values->items,
                  keyword_values->items + keyword_values->size);
  }
  const Args args{values.data(), count, names.get()};
  if (callable[0]->kind() == Kind::kFunction && !as<Function>(callable[0])->code->is_generator) {
    Function* function = as<Function>(callable[0]);
    Slots bound(function->code->slot_count - function->code->free_count);
    if (!bind_arguments(function, args, bound.data())) return nullptr;
    return enter_bound(thread, callable, bound, FrameKind::kCall, sp);
  }
  return leave_result(thread, callable, try_call(callable[0], args), sp);
}

Result instantiate(Class* klass, Args args) {
  if (klass->construct != nullptr) {
    const std::size_t keywords = args.keywords == nullptr ? 0 : args.keywords->size;
    SmallObjectVector<Object*, 8> values;
    values.push_back(klass);
    values.insert(values.end(), args.values, args.values + args.count + keywords);
    Result object =
        call_constructor(*klass->construct, {values.data(), args.count + 1, args.keywords});
    if (!object || !klass->is_exception || klass->instance_type.free == nullptr) return object;
    // A Python subclass of an exception may have an __init__ of its own.
    Ref<> init = class_attribute(klass, this_thread().world.names.init);
    if (init && init->kind() == Kind::kFunction) {
      values[0] = object.get();
      const Result result = try_call(init.get(), {values.data(), args.count + 1, args.keywords});
      if (!result) return result.failure();
    }
    return object;
  }
  if (klass->instance_type.free == nullptr) {
    return fail(X::TypeError, "cannot create '", klass->name->view(), "' instances");
  }
  Ref<Instance> instance = make_instance(klass);
  Ref<> init = class_attribute(klass, this_thread().world.names.init);
  if (init && init->kind() != Kind::kNativeFunction) {
    Ref<> bound = make_bound_method(init.get(), instance.get());
    const Result result = try_call(bound.get(), args);
    if (!result) return result.failure();
    if (!is_none(result.get())) {
      return fail(X::TypeError, "__init__() should return None, not '", type_name(result.get()),
                  "'");
    }
  } else if (args.count > 0 || args.keywords != nullptr) {
    return fail(X::TypeError, klass->name->view(), "() takes no arguments");
  }
  return instance;
}

// ---- class bodies ----

Frame* enter_class_body(Thread& thread, Str* name, Object** sp) {
  Object* base = sp[-1];
  if (base != nullptr) {
    if (base->kind() != Kind::kClass) {
      raise(X::TypeError, "a class cannot be derived from a '", type_name(base), "' object");
    }
    Class* klass = as<Class>(base);
    if (klass->instance_type.free == nullptr && klass != thread.world.object_class) {
      raise(X::TypeError, "type '", klass->name->view(), "' is not an acceptable base type");
    }
  }
  Function* body = as<Function>(sp[-2]);
  Ref<Dict> names = make_dict();
  // The base stays below the new frame's slots; the frame takes it over.
  Frame* frame = push_frame(thread, body, sp, 0, sp - 2, FrameKind::kClassBody);
  frame->names = names.take();
  frame->base = as<Class>(base);
  frame->class_name = name;
  sp[-1] = nullptr;
  return frame;
}

Object** return_specially(Thread& thread, Ref<> returned, Object** sp) {
  Frame* frame = thread.frame;
  Object** result = frame->result;
  if (frame->kind == FrameKind::kInit) {
    if (!is_none(returned.get())) {
      raise(X::TypeError, "__init__() should return None, not '", type_name(returned.get()), "'");
    }
    pop_frame(thread, sp);
    return result + 1;
  }
  // As in CPython every class has a docstring of its own, so that it inherits none.
  Str* doc = thread.world.names.doc;
  if (!dict_find(frame->names, doc)) dict_set(frame->names, doc, thread.world.none);
  Ref<Class> klass = make_class(frame->class_name, frame->base, frame->names,
                                frame->base != nullptr && frame->base->is_exception);
  klass->body = frame->code;
  if (at_top_level(thread, frame)) defer(thread.world, klass.get());
  if (returned->kind() == Kind::kCell) {
    Cell* cell = as<Cell>(returned.get());
    Section section(cell);
    store_shared(cell->value, Ref<>::share(klass.get()).take());
  }
  pop_frame(thread, sp);
  *result = klass.take();
  return result + 1;
}

GILBENCH_END
