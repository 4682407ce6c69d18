// | & - ^ between sets, frozensets, keys and items views, and | of dicts: which operands go
// together, and what each makes. As CPython 3.11. An intersection is one step where it runs no
// program code; | - and ^ of views copy the left operand, and take the right one in a second step.
#include <optional>
#include <span>

#include "runtime/objects/containers.h"
#include "runtime/objects/dict_table.h"
#include "runtime/objects/make.h"
#include "runtime/objects/one_step.h"
#include "runtime/objects/operations.h"
#include "runtime/objects/set_operations.h"
#include "runtime/objects/set_table.h"

GILBENCH_BEGIN

bool view_contains(DictView* view, Object* item) {
  Dict* dict = view->dict;
  switch (view->kind()) {
    case Kind::kDictKeys:
      return dict_contains(dict, item);
    case Kind::kDictItems: {
      if (item->kind() != Kind::kTuple || as<Tuple>(item)->size != 2) return false;
      Object* const* pair = as<Tuple>(item)->items;
      const Ref<> value = dict_find(dict, pair[0]);
      return value && equal(value.get(), pair[1]);
    }
    default:
      return list_contains(dict_list(dict, Kind::kDictValues).get(), item);
  }
}

Answer has_natively(Object* container, Object* item) {
  if (is_any_set(container)) {
    Set* set = as<Set>(container);
    const std::optional<Hash> hash = simple_hash(item);
    SetCursor cursor(set, hash.value_or(0));
    return hash ? set_probe(set, item, *hash, &cursor) : Answer::kAsk;
  }
  Object* key = item;
  const bool of_items = container->kind() == Kind::kDictItems;
  if (of_items) {
    if (item->kind() != Kind::kTuple || as<Tuple>(item)->size != 2) return Answer::kNo;
    key = as<Tuple>(item)->items[0];
  }
  const std::optional<Hash> hash = simple_hash(key);
  if (!hash) return Answer::kAsk;
  const Dict* dict = as<DictView>(container)->dict;
  DictCursor cursor(dict, *hash);
  const Answer answer = dict_probe(dict, key, *hash, &cursor);
  if (answer != Answer::kYes || !of_items) return answer;
  Object* const* key_and_value = as<Tuple>(item)->items;
  Object* wanted = key_and_value[1];
  return quick_equal(dict->entries[cursor.entry].value, wanted, is_simple_key(wanted));
}

bool view_is_disjoint(DictView* view, Object* iterable) {
  bool disjoint = true;
  take_items(
      view->dict, iterable,
      [&](std::span<Object* const> items) {
        for (Object* item : items) {
          const Answer answer = has_natively(view, item);
          if (answer == Answer::kAsk) return false;
          disjoint = answer == Answer::kNo;
          if (!disjoint) break;
        }
        return true;
      },
      [&](const Ref<>& item) {
        disjoint = !view_contains(view, item.get());
        return disjoint;
      });
  return disjoint;
}

namespace {

Ref<Set> set_of(Object* operand) {
  // A keys view is copied as its dict is, which sizes the table at once.
  if (operand->kind() == Kind::kDictKeys) return to_set(as<DictView>(operand)->dict);
  return to_set(operand);
}

// An intersection takes the smaller side's items, in their order.
Ref<Set> intersect_view(Object* view, Object* other) {
  if (!is_set_view(view)) std::swap(view, other);
  const std::size_t size = dict_size(as<DictView>(view)->dict);
  if (other->kind() == Kind::kSet && size <= set_size(as<Set>(other))) {
    return set_intersection_items(as<Set>(other), view);
  }
  if (is_set_view(other) && dict_size(as<DictView>(other)->dict) > size) std::swap(view, other);
  Ref<Set> result = make_set();
  take_items(
      as<DictView>(view)->dict, other,
      [&](std::span<Object* const> items) {
        for (Object* item : items) {
          const Answer answer = has_natively(view, item);
          const std::optional<Hash> hash = simple_hash(item);
          if (answer == Answer::kAsk || !hash) return false;
          SetCursor cursor(result.get(), *hash);
          if (answer == Answer::kNo) continue;
          const Answer known = set_probe(result.get(), item, *hash, &cursor);
          if (known == Answer::kAsk) return false;
          if (known == Answer::kNo) set_insert(result.get(), item, *hash, cursor);
        }
        return true;
      },
      [&](const Ref<>& item) {
        if (view_contains(as<DictView>(view), item.get())) set_add(result.get(), item.get());
      });
  return result;
}

Ref<> combine_views(Operator op, Object* a, Object* b) {
  if (op == Operator::kAnd) return intersect_view(a, b);
  if (op != Operator::kOr && op != Operator::kSub && op != Operator::kXor) return {};
  Ref<Set> result = set_of(a);
  if (op == Operator::kOr) {
    set_update(result.get(), b);
  } else if (op == Operator::kXor) {
    set_toggle(result.get(), is_any_set(b) ? Ref<Set>::share(as<Set>(b)).get() : to_set(b).get());
  } else {
    set_subtract_items(result.get(), b);
  }
  return result;
}

Ref<> combine_sets(Operator op, Set* a, Set* b) {
  switch (op) {
    case Operator::kOr:
      return set_union(a, b);
    case Operator::kAnd:
      return set_intersection(a, b);
    case Operator::kSub:
      return set_difference(a, b);
    case Operator::kXor:
      return set_symmetric_difference(a, b);
    default:
      return {};
  }
}

Ref<> change_set(Operator op, Set* set, Set* other) {
  switch (op) {
    case Operator::kOr:
      set_update(set, other);
      break;
    case Operator::kAnd:
      set_intersect_with(set, other);
      break;
    case Operator::kSub:
      set_subtract(set, other);
      break;
    case Operator::kXor:
      set_toggle(set, other);
      break;
    default:
      return {};
  }
  return Ref<>::share(set);
}

}  // namespace

Ref<> set_operation(Operator op, Object* a, Object* b, bool in_place) {
  if (is_any_set(a) && is_any_set(b)) {
    if (in_place && a->kind() == Kind::kSet) return change_set(op, as<Set>(a), as<Set>(b));
    return combine_sets(op, as<Set>(a), as<Set>(b));
  }
  if (is_set_view(a) || is_set_view(b)) return combine_views(op, a, b);
  if (a->kind() == Kind::kDict && op == Operator::kOr) {
    if (in_place) {
      dict_update(as<Dict>(a), b);
      return Ref<>::share(a);
    }
    if (b->kind() != Kind::kDict) return {};
    return dict_union(as<Dict>(a), as<Dict>(b));
  }
  return {};
}

GILBENCH_END
