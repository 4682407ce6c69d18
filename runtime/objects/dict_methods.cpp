// The class dict, its views, and their methods.
#include "runtime/interpreter/native_class.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/protocol_methods.h"
#include "runtime/objects/set_operations.h"
#include "runtime/objects/table_classes.h"

GILBENCH_BEGIN

namespace {

Dict* self_dict(Args args, const char* name, std::size_t min, std::size_t max) {
  return method_self<Dict>(args, types::dict, name, min, max);
}

// The optional second argument, shared: None where it is not given.
Ref<> fallback(Args args) { return args.count > 2 ? Ref<>::share(args[2]) : make_none(); }

Ref<> get(Args args) {
  Dict* self = self_dict(args, "get", 1, 2);
  Ref<> value = dict_find(self, args[1]);
  return value ? value : fallback(args);
}

Ref<> setdefault(Args args) {
  Dict* self = self_dict(args, "setdefault", 1, 2);
  return dict_set_default(self, args[1], fallback(args).get());
}

Ref<> pop(Args args) {
  Dict* self = self_dict(args, "pop", 1, 2);
  // An empty dict is not asked: as in CPython, its key may be of any type.
  Ref<> value = dict_size(self) == 0 ? Ref<>() : dict_remove(self, args[1]);
  if (value) return value;
  if (args.count < 3) raise_key_error(args[1]);
  return Ref<>::share(args[2]);
}

Ref<> popitem(Args args) {
  Ref<> key;
  Ref<> value = dict_pop_last(self_dict(args, "popitem", 0, 0), &key);
  if (!value) raise_key_error(make_str("popitem(): dictionary is empty").get());
  return make_pair(std::move(key), std::move(value));
}

void update_from(Dict* dict, Args given) {
  if (given.count > 0) dict_update(dict, given[0]);
  for (std::size_t i = 0; given.keywords != nullptr && i < given.keywords->size; ++i) {
    dict_set(dict, given.keywords->items[i], given.values[given.count + i]);
  }
}

Args without_keywords(Args args) { return {args.values, args.count}; }

Ref<> update(Args args) {
  Dict* self = self_of<Dict>(args, types::dict, "update");
  check_args(without_keywords(rest(args)), "update", 0, 1);
  update_from(self, rest(args));
  return make_none();
}

Ref<> construct_dict(Args args) {
  check_args(without_keywords(rest(args)), "dict", 0, 1);
  Ref<Dict> dict = make_dict();
  update_from(dict.get(), rest(args));
  return dict;
}

Ref<> copy(Args args) { return dict_copy(self_dict(args, "copy", 0, 0)); }

Ref<> clear(Args args) {
  dict_clear(self_dict(args, "clear", 0, 0));
  return make_none();
}

Ref<> fromkeys(Args args) {
  const Args given = rest(args);  // without the class
  check_args(given, "fromkeys", 1, 2);
  const Ref<> value = given.count > 1 ? Ref<>::share(given[1]) : make_none();
  Ref<Dict> dict = make_dict();
  for_each(given[0], [&](const Ref<>& key) { dict_set(dict.get(), key.get(), value.get()); });
  return dict;
}

Ref<> make_view(Dict* dict, const Type& type) {
  auto* view = allocate_object<DictView>(type);
  retain(dict);
  view->dict = dict;
  return Ref<>::adopt(view);
}

Ref<> keys(Args args) { return make_view(self_dict(args, "keys", 0, 0), types::dict_keys); }
Ref<> values(Args args) { return make_view(self_dict(args, "values", 0, 0), types::dict_values); }
Ref<> items(Args args) { return make_view(self_dict(args, "items", 0, 0), types::dict_items); }

constexpr NativeMethod kDictMethods[] = {
    {"get", get},
    {"setdefault", setdefault},
    {"pop", pop},
    {"popitem", popitem},
    {"update", update},
    {"copy", copy},
    {"clear", clear},
    {"keys", keys},
    {"values", values},
    {"items", items},
    {"__len__", method_len},
    {"__getitem__", method_getitem},
    {"__setitem__", method_setitem},
    {"__delitem__", method_delitem},
    {"__contains__", method_contains},
    {"__iter__", method_iter},
    {"__reversed__", method_reversed},
};

// ---- views ----

Ref<> view_isdisjoint(Args args) {
  if (args.count == 0 || !is_set_view(args[0])) raise_bad_self(args, "dict_keys", "isdisjoint");
  check_method(args, "isdisjoint", 1, 1);
  bool disjoint = true;
  for_each(args[1], [&](const Ref<>& item) {
    disjoint = !view_contains(as<DictView>(args[0]), item.get());
    return disjoint;
  });
  return make_bool(disjoint);
}

constexpr NativeMethod kSetViewMethods[] = {
    {"isdisjoint", view_isdisjoint},   {"__len__", method_len},
    {"__contains__", method_contains}, {"__iter__", method_iter},
    {"__reversed__", method_reversed},
};

constexpr NativeMethod kValuesMethods[] = {
    {"__len__", method_len},
    {"__iter__", method_iter},
    {"__reversed__", method_reversed},
};

}  // namespace

void define_table_classes(World& world) {
  Class* dict = define_class(world, types::dict, kDictMethods, construct_dict);
  add_class_method(dict, "fromkeys", fromkeys);
  define_class(world, types::dict_keys, kSetViewMethods);
  define_class(world, types::dict_items, kSetViewMethods);
  define_class(world, types::dict_values, kValuesMethods);
  define_set_classes(world);
}

GILBENCH_END
