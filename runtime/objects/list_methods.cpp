// The class list and its methods.
#include "runtime/objects/containers.h"
#include "runtime/objects/native.h"
#include "runtime/objects/protocol_methods.h"
#include "runtime/objects/sequence_classes.h"

GILBENCH_BEGIN

namespace {

List* self_list(Args args) { return as<List>(args[0]); }

Result extend(Args args) {
  if (const Outcome done = list_extend(self_list(args), args[1]); !done) return done.failure();
  return make_none();
}

Result insert(Args args) {
  List* self = self_list(args);
  list_insert(self, to_index(args[1]), args[2]);
  return make_none();
}

Result pop(Args args) {
  List* self = self_list(args);
  bool was_empty = false;
  Ref<> item = list_take(self, args.count > 1 ? to_index(args[1]) : -1, &was_empty);
  if (!item)
    return fail(X::IndexError, was_empty ? "pop from empty list" : "pop index out of range");
  return item;
}

Result remove(Args args) {
  if (!list_remove(self_list(args), args[1])) {
    return fail(X::ValueError, "list.remove(x): x not in list");
  }
  return make_none();
}

Result index(Args args) {
  List* self = self_list(args);
  const auto bounds = search_bounds(args);
  const std::size_t place = list_find(self, args[1], bounds.start, bounds.stop);
  if (place == kNowhere) return fail(X::ValueError, repr(args[1]), " is not in list");
  return make_int_from_size(place);
}

Result count(Args args) { return make_int_from_size(list_count(self_list(args), args[1])); }

Result reverse(Args args) {
  list_reverse(self_list(args));
  return make_none();
}

Result sort(Args args) {
  const bool reversed = args.get(2) != nullptr && to_index(args[2]) != 0;
  if (const Outcome done = list_sort(self_list(args), args.get(1), reversed); !done) {
    return done.failure();
  }
  return make_none();
}

Result copy(Args args) { return list_copy(self_list(args)); }

Result clear(Args args) {
  list_clear(self_list(args));
  return make_none();
}

// list.__init__() of a list that is there: it begins anew.
Result init(Args args) {
  List* self = self_list(args);
  list_clear(self);
  if (args.count == 1) return make_none();
  if (const Outcome done = list_extend(self, args[1]); !done) return done.failure();
  return make_none();
}

Result construct_list(Args args) {
  Ref<List> list = make_list();
  if (args.count == 1) return list;
  if (const Outcome done = list_extend(list.get(), args[1]); !done) return done.failure();
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

Result list_append_method(Args args) {
  list_append(self_list(args), Ref<>::share(args[1]));
  return make_none();
}

void define_list_class(World& world) { define_class(world, types::list, kMethods, &kConstructor); }

GILBENCH_END
