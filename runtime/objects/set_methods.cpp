// The classes set and frozenset and their methods.
#include "runtime/objects/containers.h"
#include "runtime/objects/native.h"
#include "runtime/objects/protocol_methods.h"
#include "runtime/objects/set_operations.h"
#include "runtime/objects/table_classes.h"

GILBENCH_BEGIN

namespace {

Set* self_set(Args args) { return as<Set>(args[0]); }

// An argument as a set: itself where it is one, else a new set of its items.
Ref<Set> as_set(Object* argument) {
  return is_any_set(argument) ? Ref<Set>::share(as<Set>(argument)) : to_set(argument);
}

// ---- new sets ----

Result copy(Args args) {
  Set* self = self_set(args);
  if (is_frozen(self)) return Ref<>::share(self);
  return set_copy(self, false);
}

Result union_of(Args args) {
  Set* self = self_set(args);
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

Result intersection(Args args) { return intersect_all(self_set(args), rest(args)); }

Result difference(Args args) {
  Set* self = self_set(args);
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

Result symmetric_difference(Args args) {
  Set* self = self_set(args);
  if (is_any_set(args[1])) return set_symmetric_difference(self, as<Set>(args[1]));
  Ref<Set> result = to_set(args[1], is_frozen(self));
  set_toggle(result.get(), self);
  return result;
}

// ---- questions ----

Result isdisjoint(Args args) {
  Set* self = self_set(args);
  if (is_any_set(args[1])) return make_bool(set_is_disjoint(self, as<Set>(args[1])));
  return make_bool(set_is_disjoint_items(self, args[1]));
}

Result issubset(Args args) {
  Set* self = self_set(args);
  return make_bool(set_is_subset(self, as_set(args[1]).get()));
}

Result issuperset(Args args) {
  Set* self = self_set(args);
  if (is_any_set(args[1])) return make_bool(set_is_subset(as<Set>(args[1]), self));
  return make_bool(set_has_items(self, args[1]));
}

// ---- changes ----

Result add(Args args) {
  set_add(self_set(args), args[1]);
  return make_none();
}

Result discard(Args args) {
  set_remove(self_set(args), args[1]);
  return make_none();
}

Result remove(Args args) {
  if (!set_remove(self_set(args), args[1])) return fail_key_error(args[1]);
  return make_none();
}

Result pop(Args args) {
  Ref<> key = set_pop(self_set(args));
  if (!key) return fail_key_error(make_str("pop from an empty set").get());
  return key;
}

Result clear(Args args) {
  set_clear(self_set(args));
  return make_none();
}

Result update(Args args) {
  Set* self = self_set(args);
  for (Object* other : rest(args)) set_update(self, other);
  return make_none();
}

Result intersection_update(Args args) {
  Set* self = self_set(args);
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

Result difference_update(Args args) {
  Set* self = self_set(args);
  for (Object* other : rest(args)) set_subtract_items(self, other);
  return make_none();
}

Result symmetric_difference_update(Args args) {
  Set* self = self_set(args);
  if (args[1]->kind() == Kind::kDict) {
    set_toggle_keys(self, as<Dict>(args[1]));
  } else {
    set_toggle(self, as_set(args[1]).get());
  }
  return make_none();
}

// ---- classes ----

Result construct_set(Args args) {
  const Args given = rest(args);
  return given.count == 0 ? make_set() : to_set(given[0]);
}

Result construct_frozen_set(Args args) {
  const Args given = rest(args);
  if (given.count == 0) return make_set(true);
  if (given[0]->kind() == Kind::kFrozenSet) return Ref<>::share(given[0]);
  return to_set(given[0], true);
}

#define GILBENCH_SET_QUESTIONS                                                              \
  {"copy", copy, exactly(0)}, {"union", union_of, at_least(0)},                             \
      {"intersection", intersection, at_least(0)}, {"difference", difference, at_least(0)}, \
      {"symmetric_difference", symmetric_difference, exactly(1)},                           \
      {"isdisjoint", isdisjoint, exactly(1)}, {"issubset", issubset, exactly(1)},           \
      {"issuperset", issuperset, exactly(1)}, {"__len__", method_len, slot(0)},             \
      {"__contains__", method_contains, exactly(1)}, {                                      \
    "__iter__", method_iter, slot(0)                                                        \
  }

constexpr NativeMethod kSetConstructor = {"set", construct_set, between(0, 1)};
constexpr NativeMethod kFrozenSetConstructor = {"frozenset", construct_frozen_set, between(0, 1)};

constexpr NativeMethod kFrozenSetMethods[] = {GILBENCH_SET_QUESTIONS};

constexpr NativeMethod kSetMethods[] = {
    GILBENCH_SET_QUESTIONS,
    {"add", add, exactly(1)},
    {"discard", discard, exactly(1)},
    {"remove", remove, exactly(1)},
    {"pop", pop, exactly(0)},
    {"clear", clear, exactly(0)},
    {"update", update, at_least(0)},
    {"intersection_update", intersection_update, at_least(0)},
    {"difference_update", difference_update, at_least(0)},
    {"symmetric_difference_update", symmetric_difference_update, exactly(1)},
};

#undef GILBENCH_SET_QUESTIONS

}  // namespace

void define_set_classes(World& world) {
  define_class(world, types::set, kSetMethods, &kSetConstructor);
  define_class(world, types::frozen_set, kFrozenSetMethods, &kFrozenSetConstructor);
}

GILBENCH_END
