// Searching lists: contains (in), find (index), remove and count; and comparing them.
//
// Items that can be compared without program code are compared in one section, so the search sees
// one state of the list. Where program code decides, the search leaves the section for each
// question and goes on at the next index of the list as it is then, as CPython's does. And where
// items are read without the lock, `in` reads one after the other: the lock of a list that all
// threads look into would pass from core to core (CPython's list_contains, since 3.13).
#include <algorithm>
#include <compare>

#include "runtime/objects/containers.h"
#include "runtime/objects/keys.h"
#include "runtime/objects/list_index.h"
#include "runtime/objects/make.h"

GILBENCH_BEGIN

namespace {

// Calls found(index) inside the section for each equal item, until it returns true. After a
// question to program code `index` may hold another item than the one that was equal: `asked` is
// that one. Each round asks about one item and then goes past it: there are no more questions than
// places in the list.
template <class Found>
void search(List* list, Object* item, std::int64_t first, std::int64_t end, Found&& found) {
  const bool simple = is_simple_key(item);
  Ref<> asked;
  bool begun = false;
  bool same = false;
  std::size_t i = 0;
  std::size_t stop = 0;
  for (;;) {
    Ref<> last = std::move(asked);
    {
      Section section(list);
      if (!begun) {
        const auto bound = [list](std::int64_t value) {
          if (value < 0) value += static_cast<std::int64_t>(list->size);
          return static_cast<std::size_t>(std::max<std::int64_t>(0, value));
        };
        i = bound(first);
        stop = bound(end);
        begun = true;
      }
      if (same) {
        if (found(i, last.get())) return;
        ++i;
      }
      Answer answer = Answer::kNo;
      for (; i < stop && i < list->size; ++i) {
        answer = quick_equal(list->items[i], item, simple);
        if (answer == Answer::kAsk) break;
        if (answer == Answer::kYes && found(i, list->items[i])) return;
      }
      if (i >= stop || i >= list->size) return;
      asked = Ref<>::share(list->items[i]);
    }
    same = equal(asked.get(), item);
    if (!same) ++i;
  }
}

}  // namespace

std::size_t list_find(List* list, Object* item, std::int64_t start, std::int64_t stop) {
  std::size_t place = kNowhere;
  search(list, item, start, stop, [&](std::size_t index, const Object*) {
    place = index;
    return true;
  });
  return place;
}

bool list_contains(List* list, Object* item) {
  if constexpr (!kReadsUnlocked) return list_find(list, item) != kNowhere;
  const bool simple = is_simple_key(item);
  for (std::size_t i = 0;; ++i) {
    const Ref<> candidate = list_item(list, i);
    if (!candidate) return false;
    const Answer answer = quick_equal(candidate.get(), item, simple);
    if (answer == Answer::kYes) return true;
    if (answer == Answer::kAsk && equal(candidate.get(), item)) return true;
  }
}

std::size_t list_count(List* list, Object* item) {
  std::size_t count = 0;
  search(list, item, 0, INT64_MAX, [&](std::size_t, const Object*) {
    ++count;
    return false;
  });
  return count;
}

namespace {

// The first pair of items that are not equal, as far as that is told without program code.
struct Difference {
  std::size_t index = 0;
  Answer equal = Answer::kYes;  // kYes: there is none, and `sizes` decides
  std::partial_ordering sizes = std::partial_ordering::equivalent;
  Ref<> a, b;  // kNo: the two
};

// In one section of both.
Difference first_difference(List* a, List* b, bool by_size) {
  Difference found;
  PairSection section(a, b);
  found.sizes = a->size <=> b->size;
  if (by_size && found.sizes != 0) return found;
  const std::size_t common = std::min(a->size, b->size);
  for (; found.index < common; ++found.index) {
    Object* x = a->items[found.index];
    Object* y = b->items[found.index];
    found.equal = quick_equal(x, y, is_int(y) || is_str(y) || is_simple_key(y));
    if (found.equal == Answer::kYes) continue;
    if (found.equal == Answer::kNo) {
      found.a = Ref<>::share(x);
      found.b = Ref<>::share(y);
    }
    break;
  }
  return found;
}

}  // namespace

Ref<> list_compare(Comparison op, List* a, List* b) {
  this_thread().native_checkpoint();  // lists of the same lists of the same lists
  const bool is_equality = op == Comparison::kEq || op == Comparison::kNe;
  const Difference found = first_difference(a, b, is_equality);
  if (found.equal == Answer::kYes) return make_bool(holds(op, found.sizes));
  if (found.equal == Answer::kNo) {
    return is_equality ? make_bool(op == Comparison::kNe)
                       : compare(op, found.a.get(), found.b.get());
  }
  for (std::size_t i = found.index;; ++i) {
    const Ref<> x = list_item(a, i);
    const Ref<> y = list_item(b, i);
    if (!x || !y) return make_bool(holds(op, static_cast<bool>(x) <=> static_cast<bool>(y)));
    if (equal(x.get(), y.get())) continue;
    return is_equality ? make_bool(op == Comparison::kNe) : compare(op, x.get(), y.get());
  }
}

bool list_remove(List* list, Object* item) {
  Object* removed = nullptr;
  search(list, item, 0, INT64_MAX, [&](std::size_t index, const Object* equal_item) {
    // The comparison may have moved it: look where it is now.
    if (index >= list->size || list->items[index] != equal_item) {
      for (index = 0; index < list->size && list->items[index] != equal_item;) ++index;
      if (index == list->size) return false;
    }
    removed = list_take_unguarded(list, index);
    return true;
  });
  release_if(removed);
  return removed != nullptr;
}

GILBENCH_END
