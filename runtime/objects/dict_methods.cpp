// The class dict, its views, and their methods.
#include "runtime/objects/containers.h"
#include "runtime/objects/native.h"
#include "runtime/objects/protocol_methods.h"
#include "runtime/objects/set_operations.h"
#include "runtime/objects/table_classes.h"

GILBENCH_BEGIN

namespace {

Dict* self_dict(Args args) { return as<Dict>(args[0]); }

// The optional second argument, shared: None where it is not given.
Result fallback(Args args) { return args.count > 2 ? Ref<>::share(args[2]) : make_none(); }

Result get(Args args) {
  Dict* self = self_dict(args);
  Ref<> value = dict_find(self, args[1]);
  return value ? value : fallback(args);
}

Result setdefault(Args args) {
  Dict* self = self_dict(args);
  return dict_set_default(self, args[1], fallback(args).get());
}

Result pop(Args args) {
  Dict* self = self_dict(args);
  // An empty dict is not asked: as in CPython, its key may be of any type.
  Ref<> value = dict_size(self) == 0 ? Ref<>() : dict_remove(self, args[1]);
  if (value) return value;
  if (args.count < 3) return fail_key_error(args[1]);
  return Ref<>::share(args[2]);
}

Result popitem(Args args) {
  Ref<> key;
  Ref<> value = dict_pop_last(self_dict(args), &key);
  if (!value) return fail_key_error(make_str("popitem(): dictionary is empty").get());
  return make_pair(std::move(key), std::move(value));
}

void update_from(Dict* dict, Args given) {
  dict_update(dict, given.count > 0 ? given[0] : nullptr, given);
}

Result update(Args args) {
  update_from(self_dict(args), rest(args));
  return make_none();
}

Result construct_dict(Args args) {
  Ref<Dict> dict = make_dict();
  update_from(dict.get(), rest(args));
  return dict;
}

Result copy(Args args) { return dict_copy(self_dict(args)); }

Result clear(Args args) {
  dict_clear(self_dict(args));
  return make_none();
}

Result fromkeys(Args args) {
  const Args given = rest(args);  // without the class
  const Ref<> value = given.count > 1 ? Ref<>::share(given[1]) : make_none();
  return dict_from_keys(given[0], value.get());
}

Ref<> make_view(Dict* dict, const Type& type) {
  auto* view = allocate_object<DictView>(type);
  retain(dict);
  view->dict = dict;
  return Ref<>::adopt(view);
}

Result keys(Args args) { return make_view(self_dict(args), types::dict_keys); }
Result values(Args args) { return make_view(self_dict(args), types::dict_values); }
Result items(Args args) { return make_view(self_dict(args), types::dict_items); }

constexpr NativeMethod kConstructor = {"dict", construct_dict, any_keywords(0, 1)};
constexpr NativeMethod kClassMethods[] = {{"fromkeys", fromkeys, between(1, 2)}};

constexpr NativeMethod kDictMethods[] = {
    {"get", get, between(1, 2)},
    {"setdefault", setdefault, between(1, 2)},
    {"pop", pop, between(1, 2)},
    {"popitem", popitem, exactly(0)},
    {"update", update, any_keywords(0, 1)},
    {"copy", copy, exactly(0)},
    {"clear", clear, exactly(0)},
    {"keys", keys, exactly(0)},
    {"values", values, exactly(0)},
    {"items", items, exactly(0)},
    {"__len__", method_len, slot(0)},
    {"__getitem__", method_getitem, exactly(1)},
    {"__setitem__", method_setitem, slot(2)},
    {"__delitem__", method_delitem, slot(1)},
    {"__contains__", method_contains, exactly(1)},
    {"__iter__", method_iter, slot(0)},
    {"__reversed__", method_reversed, exactly(0)},
};

// ---- views ----

Result view_isdisjoint(Args args) {
  return make_bool(view_is_disjoint(as<DictView>(args[0]), args[1]));
}

constexpr NativeMethod kSetViewMethods[] = {
    {"isdisjoint", view_isdisjoint, exactly(1)},   {"__len__", method_len, slot(0)},
    {"__contains__", method_contains, slot(1)},    {"__iter__", method_iter, slot(0)},
    {"__reversed__", method_reversed, exactly(0)},
};

constexpr NativeMethod kValuesMethods[] = {
    {"__len__", method_len, slot(0)},
    {"__iter__", method_iter, slot(0)},
    {"__reversed__", method_reversed, exactly(0)},
};

}  // namespace

void define_table_classes(World& world) {
  Class* dict = define_class(world, types::dict, kDictMethods, &kConstructor);
  add_natives(dict, kClassMethods, Binding::kClassMethod);
  define_class(world, types::dict_keys, kSetViewMethods);
  define_class(world, types::dict_items, kSetViewMethods);
  define_class(world, types::dict_values, kValuesMethods);
  define_set_classes(world);
}

GILBENCH_END
