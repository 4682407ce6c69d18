// The class list and its methods.
#include "runtime/objects/containers.h"
#include "runtime/objects/native.h"
#include "runtime/objects/protocol_methods.h"
#include "runtime/objects/sequence_classes.h"

GILBENCH_BEGIN

namespace {

List* self_list(Args args) { return as<List>(args[0]); }

Ref<> extend(Args args) {
  list_extend(self_list(args), args[1]);
  return make_none();
}

Ref<> insert(Args args) {
  List* self = self_list(args);
  list_insert(self, to_index(args[1]), args[2]);
  return make_none();
}

Ref<> pop(Args args) {
  List* self = self_list(args);
  bool was_empty = false;
  Ref<> item = list_take(self, args.count > 1 ? to_index(args[1]) : -1, &was_empty);
  if (!item) raise(X::IndexError, was_empty ? "pop from empty list" : "pop index out of range");
  return item;
}

Ref<> remove(Args args) {
  if (!list_remove(self_list(args), args[1])) {
    raise(X::ValueError, "list.remove(x): x not in list");
  }
  return make_none();
}

Ref<> index(Args args) {
  List* self = self_list(args);
  const auto bounds = search_bounds(args);
  const std::size_t place = list_find(self, args[1], bounds.start, bounds.stop);
  if (place == kNowhere) raise(X::ValueError, repr(args[1]) + " is not in list");
  return make_int_from_size(place);
}

Ref<> count(Args args) { return make_int_from_size(list_count(self_list(args), args[1])); }

Ref<> reverse(Args args) {
  list_reverse(self_list(args));
  return make_none();
}

Ref<> sort(Args args) {
  const bool reversed = args.get(2) != nullptr && to_index(args[2]) != 0;
  list_sort(self_list(args), args.get(1), reversed);
  return make_none();
}

Ref<> copy(Args args) { return list_copy(self_list(args)); }

Ref<> clear(Args args) {
  list_clear(self_list(args));
  return make_none();
}

// list.__init__() of a list that is there: it begins anew.
Ref<> init(Args args) {
  List* self = self_list(args);
  list_clear(self);
  if (args.count > 1) list_extend(self, args[1]);
  return make_none();
}

Ref<> construct_list(Args args) {
  Ref<List> list = make_list();
  if (args.count > 1) list_extend(list.get(), args[1]);
  return list;
}

constexpr NativeMethod kConstructor = {"list", construct_list, between(0, 1)};

constexpr NativeMethod kMethods[] = {
    {"append", list_append_method, exactly(1)},
    {"extend", extend, exactly(1)},
    {"insert", insert, exactly(2)},
    {"pop", pop, between(0, 1)},
    {"remove", remove, exactly(1)},
    {"index", index, between(1, 3)},
    {"count", count, exactly(1)},
    {"reverse", reverse, exactly(0)},
    {"sort", sort, named(0, "key", "reverse").by_name_from(0)},
    {"copy", copy, exactly(0)},
    {"clear", clear, exactly(0)},
    {"__init__", init, between(0, 1).called("list")},
    {"__len__", method_len, slot(0)},
    {"__getitem__", method_getitem, exactly(1)},
    {"__setitem__", method_setitem, slot(2)},
    {"__delitem__", method_delitem, slot(1)},
    {"__contains__", method_contains, slot(1)},
    {"__iter__", method_iter, slot(0)},
    {"__reversed__", method_reversed, exactly(0)},
};

}  // namespace

Ref<> list_append_method(Args args) {
  list_append(self_list(args), Ref<>::share(args[1]));
  return make_none();
}

void define_list_class(World& world) { define_class(world, types::list, kMethods, &kConstructor); }

GILBENCH_END
