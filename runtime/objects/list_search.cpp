// Searching lists: contains (in), find (index), remove and count.
//
// Items that can be compared without program code are compared in one section, so the search sees
// one state of the list. Where program code decides, the search leaves the section for each
// question and goes on at the next index of the list as it is then, as CPython's does. And where
// items are read without the lock, `in` reads one after the other: the lock of a list that all
// threads look into would pass from core to core (CPython's list_contains, since 3.13).
#include "runtime/objects/containers.h"
#include "runtime/objects/keys.h"
#include "runtime/objects/list_index.h"

GILBENCH_BEGIN

namespace {

// Equality without knowing hashes; kAsk when only program code can tell.
inline Answer quick_equal(const Object* a, const Object* b, bool b_is_simple) {
  if (a == b) return Answer::kYes;
  if (is_int(a) && is_int(b)) return to_answer(int_value(a) == int_value(b));
  if (!b_is_simple || !is_simple_key(a)) return Answer::kAsk;
  return to_answer(simple_equal(a, b));
}

// Calls found(index) inside the section for each equal item, until it returns true. After a
// question to program code `index` may hold another item than the one that was equal: `asked` is
// that one.
template <class Found>
void search(List* list, Object* item, std::size_t start, std::size_t stop, Found&& found) {
  const bool simple = is_simple_key(item);
  Ref<> asked;
  bool same = false;
  std::size_t i = start;
  for (;;) {
    Ref<> last = std::move(asked);
    {
      Section section(list);
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

std::size_t list_find(List* list, Object* item, std::size_t start, std::size_t stop) {
  std::size_t place = npos;
  search(list, item, start, stop, [&](std::size_t index, const Object*) {
    place = index;
    return true;
  });
  return place;
}

bool list_contains(List* list, Object* item) {
  if constexpr (!kReadsUnlocked) return list_find(list, item) != npos;
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
  search(list, item, 0, npos, [&](std::size_t, const Object*) {
    ++count;
    return false;
  });
  return count;
}

bool list_remove(List* list, Object* item) {
  Object* removed = nullptr;
  search(list, item, 0, npos, [&](std::size_t index, const Object* equal_item) {
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
