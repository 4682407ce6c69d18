// The class list and its methods.
#include "runtime/interpreter/native_class.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/protocol_methods.h"
#include "runtime/objects/sequence_classes.h"

GILBENCH_BEGIN

namespace {

List* self_list(Args args, const char* name, std::size_t min, std::size_t max) {
  return method_self<List>(args, types::list, name, min, max);
}

Ref<> extend(Args args) {
  list_extend(self_list(args, "extend", 1, 1), args[1]);
  return make_none();
}

Ref<> insert(Args args) {
  List* self = self_list(args, "insert", 2, 2);
  list_insert(self, to_index(args[1]), args[2]);
  return make_none();
}

Ref<> pop(Args args) {
  List* self = self_list(args, "pop", 0, 1);
  Ref<> item = list_take(self, args.count > 1 ? to_index(args[1]) : -1);
  if (!item) {
    raise(X::IndexError, list_size(self) == 0 ? "pop from empty list" : "pop index out of range");
  }
  return item;
}

Ref<> remove(Args args) {
  if (!list_remove(self_list(args, "remove", 1, 1), args[1])) {
    raise(X::ValueError, "list.remove(x): x not in list");
  }
  return make_none();
}

Ref<> index(Args args) {
  List* self = self_list(args, "index", 1, 3);
  const auto bounds = search_bounds(args, list_size(self));
  const std::size_t place = list_find(self, args[1], bounds.start, bounds.stop);
  if (place == npos) raise(X::ValueError, repr(args[1]) + " is not in list");
  return make_int_from_size(place);
}

Ref<> count(Args args) {
  return make_int_from_size(list_count(self_list(args, "count", 1, 1), args[1]));
}

Ref<> reverse(Args args) {
  list_reverse(self_list(args, "reverse", 0, 0));
  return make_none();
}

Ref<> sort(Args args) {
  static constexpr const char* kNames[] = {"key", "reverse"};
  List* self = self_of<List>(args, types::list, "sort");
  Object* given[2] = {};
  bind_args(rest(args), "sort", kNames, given, 0, 0, 0);
  const bool reversed = given[1] != nullptr && to_index(given[1]) != 0;
  list_sort(self, given[0], reversed);
  return make_none();
}

Ref<> copy(Args args) { return list_copy(self_list(args, "copy", 0, 0)); }

Ref<> clear(Args args) {
  list_clear(self_list(args, "clear", 0, 0));
  return make_none();
}

// list.__init__() of a list that is there: it begins anew.
Ref<> init(Args args) {
  List* self = self_of<List>(args, types::list, "__init__");
  check_args(rest(args), "list", 0, 1);
  list_clear(self);
  if (args.count > 1) list_extend(self, args[1]);
  return make_none();
}

Ref<> construct_list(Args args) {
  const Args given = rest(args);
  check_args(given, "list", 0, 1);
  Ref<List> list = make_list();
  if (given.count > 0) list_extend(list.get(), given[0]);
  return list;
}

constexpr NativeMethod kMethods[] = {
    {"append", list_append_method},
    {"extend", extend},
    {"insert", insert},
    {"pop", pop},
    {"remove", remove},
    {"index", index},
    {"count", count},
    {"reverse", reverse},
    {"sort", sort},
    {"copy", copy},
    {"clear", clear},
    {"__init__", init},
    {"__len__", method_len},
    {"__getitem__", method_getitem},
    {"__setitem__", method_setitem},
    {"__delitem__", method_delitem},
    {"__contains__", method_contains},
    {"__iter__", method_iter},
    {"__reversed__", method_reversed},
};

}  // namespace

Ref<> list_append_method(Args args) {
  list_append(self_list(args, "append", 1, 1), Ref<>::share(args[1]));
  return make_none();
}

void define_list_class(World& world) { define_class(world, types::list, kMethods, construct_list); }

GILBENCH_END
