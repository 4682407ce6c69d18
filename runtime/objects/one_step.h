// What is one step for other threads, under every strategy whose workers share objects; and
// operations that take the items of an iterable in one step.
//
// An operation on a container (list, dict, set, a view of a dict) that runs no program code is one
// step: no other thread sees it half done, and it sees no other's half done. Where it runs program
// code (__eq__, __hash__, __lt__, a key function, a generator), that is not inside the step; it is
// asked once for each question, never again because another thread has changed the container.
// Not one step:
//  - Iterating, and what iterates: `for`, iter(), reversed(), sum(), min(), any(), zip(), map(),
//    bytes(list) and the like take one item after the other. An iterator that several threads share
//    gives each item once; but enumerate() takes its number apart from the item, and zip() the
//    items of a tuple one by one.
//  - `in` and the comparisons of an operation that looks into nested containers: each of these in a
//    step of its own. `in` over a list where readers take no lock (kReadsUnlocked) asks item by
//    item.
//  - list.__init__() and the like of a container that is there: it is emptied, then filled.
//  - list.sort() with a key, or of items without a native order, shows the list empty meanwhile.
//  - Methods with several arguments (s.update(a, b)): one step each. dict.update(pairs, name=value)
//    and | - ^ of views: the one operand, then the other. symmetric_difference() of what is no set:
//    that is read first.
//  - A source inside a source: the pairs of d.update([[k, v], ...]) are read before the step.
// The test tests/strategies/one_step_test.cpp observes every operation.
//
// CPython's lock stays with a thread until it runs bytecode. So `a.extend(b)`, `a.update(b)` and
// the like are one step there where neither taking b's items, nor hashing, nor comparing them runs
// program code, and here too:
//
//  - `b` is a list, a tuple, a dict, a view of a dict, a set or a frozenset: its items are taken
//  and
//    used inside the sections of both (PairSection), so at one moment of both.
//  - `b` is a range, a str, bytes, or an iterator whose items come without program code: they are
//    collected first, where nobody sees them, and used inside the section of `a`.
//  - Anything else (a generator, an object with __iter__, map(), filter()) may run program code for
//    each item. Each item is then a step of its own, as in CPython. Program code never runs inside
//    a section, and what it sees of `a` is what CPython shows it.
#pragma once

#include <span>

#include "runtime/objects/containers.h"
#include "runtime/objects/make.h"

GILBENCH_BEGIN

// Whether the items of an iterator, a range, a str or bytes come without program code, and without
// a look at `changed`, whose change an iterator over it would notice.
bool iterates_natively(const Object* iterable, const Object* changed);

// The items of such an iterable. An iterator over a dict or a set may fail half-way, because
// another thread has changed that: then these are the items until there, and outcome() fails.
class Collected {
 public:
  explicit Collected(Object* iterable);
  List* list() const { return items_.get(); }
  std::span<Object* const> items() const { return {items_->items, items_->size}; }
  Outcome outcome() const;

 private:
  Ref<List> items_;
  Ref<Exception> failure_;
};

// Calls at_once(items) inside the section of `target` and of the iterable, where the above allows
// it. As everything in a section, at_once runs no program code and releases nothing. It answers
// false where it needs program code; what it has done by then must bear to be done again. Then, and
// where items cannot be taken at once, one_by_one(item) is called for each, outside sections, as by
// for_each(). (P)
template <class AtOnce, class OneByOne>
void take_items(Object* target, Object* iterable, AtOnce&& at_once, OneByOne&& one_by_one) {
  Ref<List> items;  // outlives the sections, as what it holds must not be released in them
  switch (iterable->kind()) {
    case Kind::kList: {
      List* list = as<List>(iterable);
      PairSection section(target, list);
      if (at_once(std::span<Object* const>(list->items, list->size))) return;
      break;
    }
    case Kind::kTuple: {
      const Tuple* tuple = as<Tuple>(iterable);
      Section section(target);
      if (at_once(std::span<Object* const>(tuple->items, tuple->size))) return;
      break;
    }
    case Kind::kSet:
    case Kind::kFrozenSet: {
      items = make_list();
      PairSection section(target, iterable);
      set_list_unguarded(as<Set>(iterable), items.get());
      if (at_once(std::span<Object* const>(items->items, items->size))) return;
      break;
    }
    case Kind::kDict:
    case Kind::kDictKeys:
    case Kind::kDictValues:
    case Kind::kDictItems: {
      const bool is_dict = iterable->kind() == Kind::kDict;
      Dict* dict = is_dict ? as<Dict>(iterable) : as<DictView>(iterable)->dict;
      items = make_list();
      PairSection section(target, dict);
      dict_list_unguarded(dict, is_dict ? Kind::kDictKeys : iterable->kind(), items.get());
      if (at_once(std::span<Object* const>(items->items, items->size))) return;
      break;
    }
    default: {
      if (!iterates_natively(iterable, target)) break;
      const Collected collected(iterable);
      bool done = false;
      {
        Section section(target);
        done = at_once(collected.items());
      }
      if (!done) for_each(collected.list(), one_by_one);
      return collected.outcome().or_raise();
    }
  }
  for_each(iterable, one_by_one);
}

GILBENCH_END
