// Parts of instructions that are not worth the loop's space: unpacking, displays, f-strings, def
// and import.
#include <cstring>

#include "runtime/interpreter/unwind.h"
#include "runtime/memory/immortal.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/iterators.h"
#include "runtime/objects/make.h"
#include "runtime/objects/operations.h"
#include "runtime/support/repr.h"

GILBENCH_BEGIN

namespace {

Result iterate_to_unpack(Object* object) {
  Result iterator = try_iterate(object);
  if (iterator) return iterator;
  // What an __iter__ of the program's own has raised stays.
  if (special_method(object, this_thread().world.names.iter) || !take_error_of(X::TypeError)) {
    return iterator;
  }
  return fail(X::TypeError, "cannot unpack non-iterable ", type_name(object), " object");
}

// Whether `raised` came of iterating over what cannot be, and not of an iteration.
bool is_not_iterable(const Raised& raised, Object* object) {
  if (!is_exception_of(raised.exception.get(), X::TypeError)) return false;
  if (object->kind() == Kind::kGenerator || iterate_builtin(object)) return false;
  const Names& names = this_thread().world.names;
  return !special_method(object, names.iter) && !special_method(object, names.getitem);
}

bool is_mapping(Object* object) {
  return object->kind() == Kind::kDict ||
         (is_instance(object) && find_attribute(object, intern(std::string_view("keys"))));
}

// What is called, as messages have it: "__main__.f()", "len()"; what has no name by its str().
std::string call_name(Object* callable) {
  const Names& names = this_thread().world.names;
  Ref<> name = find_attribute(callable, names.qualname);
  if (!name || !is_str(name.get())) return str(callable);
  Ref<> module = find_attribute(callable, names.module);
  const bool named = module && is_str(module.get()) && str(module.get()) != "builtins";
  return (named ? str(module.get()) + "." : "") + str(name.get()) + "()";
}

}  // namespace

namespace {

// Containers that others may change meanwhile as they are at one moment.
Ref<> as_at_one_moment(Object* iterable) {
  switch (iterable->kind()) {
    case Kind::kList:
    case Kind::kDict:
    case Kind::kDictKeys:
    case Kind::kDictValues:
    case Kind::kDictItems:
    case Kind::kSet:
      return to_list(iterable);
    default:
      return Ref<>::share(iterable);
  }
}

}  // namespace

Result unpack(Object* iterable, std::size_t count) {
  if (iterable->kind() == Kind::kList) {
    List* list = as<List>(iterable);
    Section section(list);
    if (list->size == count) return make_tuple(std::span<Object* const>(list->items, count));
  }
  const Result iterator = iterate_to_unpack(as_at_one_moment(iterable).get());
  if (!iterator) return iterator.failure();
  Ref<List> items = make_list(count);
  for (std::size_t i = 0; i < count; ++i) {
    Maybe item = try_next(iterator.get());
    if (item.failed()) return item.failure();
    if (!item) {
      return fail(X::ValueError, "not enough values to unpack (expected ", std::to_string(count),
                  ", got ", std::to_string(i), ")");
    }
    list_push(items.get(), item.take());
  }
  const Maybe more = try_next(iterator.get());
  if (more.failed()) return more.failure();
  if (more) {
    return fail(X::ValueError, "too many values to unpack (expected ", std::to_string(count), ")");
  }
  return make_tuple(std::span<Object* const>(items->items, count));
}

Result unpack_star(Object* iterable, std::size_t before, std::size_t after) {
  const Result iterator = iterate_to_unpack(as_at_one_moment(iterable).get());
  if (!iterator) return iterator.failure();
  Ref<List> items = make_list();
  while (Ref<> item = next_in_loop(iterator.get())) list_push(items.get(), item.take());
  if (items->size < before + after) {
    return fail(X::ValueError, "not enough values to unpack (expected at least ",
                std::to_string(before + after), ", got ", std::to_string(items->size), ")");
  }
  const std::size_t middle = items->size - before - after;
  Ref<Tuple> result = make_tuple_uninitialized(before + after + 1);
  for (std::size_t i = 0; i < before; ++i) result->items[i] = Ref<>::share(items->items[i]).take();
  result->items[before] =
      make_list_sharing(std::span<Object* const>(items->items + before, middle)).take();
  for (std::size_t i = 0; i < after; ++i) {
    result->items[before + 1 + i] = Ref<>::share(items->items[before + middle + i]).take();
  }
  return result;
}

Ref<> build_set(std::span<Object* const> items) {
  Ref<Set> set = make_set();
  for (Object* item : items) set_add(set.get(), item);
  return set;
}

Ref<> build_dict(std::span<Object* const> keys_and_values) {
  Ref<Dict> dict = make_dict();
  for (std::size_t i = 0; i < keys_and_values.size(); i += 2) {
    dict_set(dict.get(), keys_and_values[i], keys_and_values[i + 1]);
  }
  return dict;
}

void display_extend(List* list, Object* iterable) {
  try {
    list_extend(list, iterable).or_raise();
  } catch (Raised& raised) {
    if (!is_not_iterable(raised, iterable)) throw;
    raise(X::TypeError, "Value after * must be an iterable, not ", type_name(iterable));
  }
}

void display_update(Dict* dict, Object* mapping) {
  if (!is_mapping(mapping)) {
    raise(X::TypeError, "'", type_name(mapping), "' object is not a mapping");
  }
  dict_update(dict, mapping);
}

Ref<Tuple> spread_arguments(Object* iterable, Object* callable) {
  try {
    return to_tuple(iterable);
  } catch (Raised& raised) {
    if (!is_not_iterable(raised, iterable)) throw;
    raise(X::TypeError, call_name(callable), " argument after * must be an iterable, not ",
          type_name(iterable));
  }
}

void merge_keywords(Dict* keywords, Object* mapping, Object* callable) {
  if (!is_mapping(mapping)) {
    raise(X::TypeError, call_name(callable), " argument after ** must be a mapping, not ",
          type_name(mapping));
  }
  const auto check_new = [keywords, callable](Object* key) {
    if (!dict_contains(keywords, key)) return;
    raise(X::TypeError, call_name(callable), " got multiple values for keyword argument '",
          str(key), "'");
  };
  // That they are all strings is found out by the call, when the last mapping has been added.
  if (mapping->kind() == Kind::kDict) {
    Ref<Dict> given = make_dict();
    dict_update(given.get(), mapping);
    std::size_t position = 0;
    Ref<> key;
    Ref<> value;
    while (dict_next(given.get(), &position, &key, &value)) {
      check_new(key.get());
      dict_set(keywords, key.get(), value.get());
    }
    return;
  }
  // A key that is there already is told of before its value is asked for.
  Ref<> names = call_method(mapping, intern("keys"), {});
  for_each(names.get(), [&](Ref<> key) {
    check_new(key.get());
    Ref<> value = get_item(mapping, key.get());
    dict_set(keywords, key.get(), value.get());
  });
}

Ref<> format_value(Object* value, std::uint32_t conversion, Str* spec) {
  Ref<> converted = Ref<>::share(value);
  if (conversion == 1) converted = to_str(value);
  if (conversion == 2) converted = make_str(repr(value));
  if (conversion == 3) converted = make_str(escape_non_ascii(repr(value)));
  if (spec == nullptr && is_str(converted.get())) return converted;
  if (spec == nullptr && converted->kind() != Kind::kInstance) return to_str(converted.get());
  return make_str(spec == nullptr ? format(converted.get(), std::string_view())
                                  : format(converted.get(), spec));
}

Ref<> join_strs(std::span<Object* const> parts) {
  std::size_t size = 0;
  for (Object* part : parts) size += as<Str>(part)->size;
  if (size <= 1) {
    std::string text;
    for (Object* part : parts) text += as<Str>(part)->view();
    return make_str(text);
  }
  Ref<Str> joined = make_str_uninitialized(size);
  char* out = joined->data;
  std::size_t length = 0;
  for (Object* part : parts) {
    std::memcpy(out, as<Str>(part)->data, as<Str>(part)->size);
    out += as<Str>(part)->size;
    length += as<Str>(part)->length;
  }
  joined->length = length;
  return joined;
}

bool at_top_level(const Thread& thread, const Frame* frame) {
  while (frame->kind == FrameKind::kClassBody && frame != thread.frames) --frame;
  return frame->code == thread.world.program->codes.data();
}

Object** make_function(Thread& thread, Frame* frame, std::uint32_t code, std::uint32_t parts,
                       Object** sp) {
  World& world = thread.world;
  Function* function = allocate_object<Function>(types::function);
  function->code = &world.program->codes[code];
  function->module = frame->function->module;
  retain(function->module);
  function->name = nullptr;
  if ((parts & 4) != 0) function->closure = as<Tuple>(*--sp);
  if ((parts & 2) != 0) function->keyword_defaults = as<Dict>(*--sp);
  if ((parts & 1) != 0) function->defaults = as<Tuple>(*--sp);
  function->name = Ref<Str>::share(world.code_names[code]).take();
  Object* doc = world.constants[function->code->docstring];
  if (is_str(doc)) function->doc = Ref<Str>::share(as<Str>(doc)).take();
  if (at_top_level(thread, frame)) defer(world, function);
  *sp++ = function;
  return sp;
}

Ref<> import_module(Str* name) {
  Ref<Module> module = this_thread().world.import(name->view());
  if (!module) raise(X::ModuleNotFoundError, "No module named '", name->view(), "'");
  return module;
}

Ref<> import_from(Object* module, Str* name) {
  if (Ref<> value = dict_find(as<Module>(module)->attributes, name)) return value;
  raise(X::ImportError, "cannot import name '", name->view(), "' from '",
        as<Module>(module)->name->view(), "' (unknown location)");
}

GILBENCH_END
