// The classes set and frozenset and their methods.
#include "runtime/interpreter/native_class.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/protocol_methods.h"
#include "runtime/objects/set_operations.h"
#include "runtime/objects/table_classes.h"

GILBENCH_BEGIN

namespace {

// Self of a method of both classes.
Set* self_any(Args args, const char* name, std::size_t min, std::size_t max) {
  if (args.count > 0 && args[0]->kind() == Kind::kFrozenSet) {
    check_method(args, name, min, max);
    return as<Set>(args[0]);
  }
  return method_self<Set>(args, types::set, name, min, max);
}

Set* self_set(Args args, const char* name, std::size_t min, std::size_t max) {
  return method_self<Set>(args, types::set, name, min, max);
}

constexpr std::size_t kAnyNumber = ~std::size_t{0} - 1;

// An argument as a set: itself where it is one, else a new set of its items.
Ref<Set> as_set(Object* argument) {
  return is_any_set(argument) ? Ref<Set>::share(as<Set>(argument)) : to_set(argument);
}

// ---- new sets ----

Ref<> copy(Args args) {
  Set* self = self_any(args, "copy", 0, 0);
  if (is_frozen(self)) return Ref<>::share(self);
  return set_copy(self, false);
}

Ref<> union_(Args args) {
  Set* self = self_any(args, "union", 0, kAnyNumber);
  if (args.count == 2 && is_any_set(args[1])) return set_union(self, as<Set>(args[1]));
  if (args.count == 2) return set_union_items(self, args[1]);
  Ref<Set> result = set_copy(self, is_frozen(self));
  for (Object* other : rest(args)) {
    if (other != self) set_update(result.get(), other);
  }
  return result;
}

Ref<Set> intersect_any(Set* set, Object* iterable) {
  return is_any_set(iterable) ? set_intersection(set, as<Set>(iterable))
                              : set_intersection_items(set, iterable);
}

Ref<Set> intersect_all(Set* self, Args others) {
  if (others.count == 0) return set_copy(self, is_frozen(self));
  Ref<Set> result = intersect_any(self, others[0]);
  for (Object* other : rest(others)) result = intersect_any(result.get(), other);
  return result;
}

Ref<> intersection(Args args) {
  return intersect_all(self_any(args, "intersection", 0, kAnyNumber), rest(args));
}

Ref<> difference(Args args) {
  Set* self = self_any(args, "difference", 0, kAnyNumber);
  if (args.count == 1) return set_copy(self, is_frozen(self));
  Ref<Set> result;
  if (is_any_set(args[1]) || args[1]->kind() == Kind::kDict) {
    result = set_difference(self, as_set(args[1]).get());
  } else {
    result = set_difference_items(self, args[1]);
  }
  for (Object* other : rest(args, 2)) set_subtract_items(result.get(), other);
  return result;
}

Ref<> symmetric_difference(Args args) {
  Set* self = self_any(args, "symmetric_difference", 1, 1);
  if (is_any_set(args[1])) return set_symmetric_difference(self, as<Set>(args[1]));
  Ref<Set> result = to_set(args[1], is_frozen(self));
  set_toggle(result.get(), self);
  return result;
}

// ---- questions ----

Ref<> isdisjoint(Args args) {
  Set* self = self_any(args, "isdisjoint", 1, 1);
  if (is_any_set(args[1])) return make_bool(set_is_disjoint(self, as<Set>(args[1])));
  return make_bool(set_is_disjoint_items(self, args[1]));
}

Ref<> issubset(Args args) {
  Set* self = self_any(args, "issubset", 1, 1);
  return make_bool(set_is_subset(self, as_set(args[1]).get()));
}

Ref<> issuperset(Args args) {
  Set* self = self_any(args, "issuperset", 1, 1);
  if (is_any_set(args[1])) return make_bool(set_is_subset(as<Set>(args[1]), self));
  return make_bool(set_has_items(self, args[1]));
}

// ---- changes ----

Ref<> add(Args args) {
  set_add(self_set(args, "add", 1, 1), args[1]);
  return make_none();
}

Ref<> discard(Args args) {
  set_remove(self_set(args, "discard", 1, 1), args[1]);
  return make_none();
}

Ref<> remove(Args args) {
  if (!set_remove(self_set(args, "remove", 1, 1), args[1])) raise_key_error(args[1]);
  return make_none();
}

Ref<> pop(Args args) {
  Ref<> key = set_pop(self_set(args, "pop", 0, 0));
  if (!key) raise_key_error(make_str("pop from an empty set").get());
  return key;
}

Ref<> clear(Args args) {
  set_clear(self_set(args, "clear", 0, 0));
  return make_none();
}

Ref<> update(Args args) {
  Set* self = self_set(args, "update", 0, kAnyNumber);
  for (Object* other : rest(args)) set_update(self, other);
  return make_none();
}

Ref<> intersection_update(Args args) {
  Set* self = self_set(args, "intersection_update", 0, kAnyNumber);
  if (args.count == 2 && is_any_set(args[1])) {
    set_intersect_with(self, as<Set>(args[1]));
  } else if (args.count == 2) {
    set_intersect_with_items(self, args[1]);
  } else if (args.count > 2) {
    // What all others have in common first: what other threads add to `self` meanwhile stays.
    const Args others = rest(args);
    const Ref<Set> common = intersect_all(as_set(others[0]).get(), rest(others));
    set_intersect_with(self, common.get());
  }
  return make_none();
}

Ref<> difference_update(Args args) {
  Set* self = self_set(args, "difference_update", 0, kAnyNumber);
  for (Object* other : rest(args)) set_subtract_items(self, other);
  return make_none();
}

Ref<> symmetric_difference_update(Args args) {
  Set* self = self_set(args, "symmetric_difference_update", 1, 1);
  if (args[1]->kind() == Kind::kDict) {
    set_toggle_keys(self, as<Dict>(args[1]));
  } else {
    set_toggle(self, as_set(args[1]).get());
  }
  return make_none();
}

// ---- classes ----

Ref<> construct_set(Args args) {
  const Args given = rest(args);
  check_args(given, "set", 0, 1);
  return given.count == 0 ? make_set() : to_set(given[0]);
}

Ref<> construct_frozen_set(Args args) {
  const Args given = rest(args);
  check_args(given, "frozenset", 0, 1);
  if (given.count == 0) return make_set(true);
  if (given[0]->kind() == Kind::kFrozenSet) return Ref<>::share(given[0]);
  return to_set(given[0], true);
}

#define GILBENCH_SET_QUESTIONS                                                                   \
  {"copy", copy}, {"union", union_}, {"intersection", intersection}, {"difference", difference}, \
      {"symmetric_difference", symmetric_difference}, {"isdisjoint", isdisjoint},                \
      {"issubset", issubset}, {"issuperset", issuperset}, {"__len__", method_len},               \
      {"__contains__", method_contains}, {                                                       \
    "__iter__", method_iter                                                                      \
  }

constexpr NativeMethod kFrozenSetMethods[] = {GILBENCH_SET_QUESTIONS};

constexpr NativeMethod kSetMethods[] = {
    GILBENCH_SET_QUESTIONS,
    {"add", add},
    {"discard", discard},
    {"remove", remove},
    {"pop", pop},
    {"clear", clear},
    {"update", update},
    {"intersection_update", intersection_update},
    {"difference_update", difference_update},
    {"symmetric_difference_update", symmetric_difference_update},
};

#undef GILBENCH_SET_QUESTIONS

}  // namespace

void define_set_classes(World& world) {
  define_class(world, types::set, kSetMethods, construct_set);
  define_class(world, types::frozen_set, kFrozenSetMethods, construct_frozen_set);
}

GILBENCH_END
