// Sorting. Items that are all int, all float, all str, or tuples of these are compared natively,
// and other items without program code by simple_less(): then list.sort() is one step for other
// threads, inside one section. Any other items may run program code in their __lt__ (or raise), and
// so may a `key`: the list is emptied meanwhile, as CPython does, and a list that the program
// changed in that time is refused.
#include <algorithm>
#include <optional>
#include <vector>

#include "runtime/memory/object_vector.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/make.h"
#include "runtime/objects/merge_sort.h"
#include "runtime/objects/operations.h"

GILBENCH_BEGIN

namespace {

// The order of strings by code points is that of their UTF-8 bytes.
inline bool str_less(const Object* a, const Object* b) {
  return static_cast<const Str*>(a)->view() < static_cast<const Str*>(b)->view();
}

template <class Key>
struct Pair {
  Key key;
  Object* item;
};

// Sorts items by keys that `get` makes of the key objects.
template <class Get, class Less>
void sort_pairs(std::span<Object*> items, std::span<Object* const> keys, Get get, Less less) {
  using Key = decltype(get(keys[0]));
  std::vector<Pair<Key>> pairs(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) pairs[i] = {get(keys[i]), items[i]};
  merge_sort(pairs.data(), pairs.size(),
             [&](const Pair<Key>& a, const Pair<Key>& b) { return less(a.key, b.key); });
  for (std::size_t i = 0; i < items.size(); ++i) items[i] = pairs[i].item;
}

bool is_native_scalar(const Object* object) {
  return is_int(object) || is_float(object) || is_str(object);
}

// All of one length or not, but of the same scalar types wherever they have a place.
bool are_native_tuples(std::span<Object* const> keys) {
  std::vector<const Type*> columns;
  for (const Object* key : keys) {
    if (key->type != &types::tuple) return false;
    const auto* tuple = static_cast<const Tuple*>(key);
    for (std::size_t i = 0; i < tuple->size; ++i) {
      const Object* item = tuple->items[i];
      if (i == columns.size()) {
        if (!is_native_scalar(item)) return false;
        columns.push_back(item->type);
      } else if (item->type != columns[i]) {
        return false;
      }
    }
  }
  return true;
}

// Native order of tuples as are_native_tuples() has accepted them: the first items that are not
// equal decide.
bool tuple_less(const Object* left, const Object* right) {
  const auto* a = static_cast<const Tuple*>(left);
  const auto* b = static_cast<const Tuple*>(right);
  const std::size_t common = std::min(a->size, b->size);
  for (std::size_t i = 0; i < common; ++i) {
    const Object* x = a->items[i];
    const Object* y = b->items[i];
    if (x == y) continue;
    if (is_int(x)) {
      if (int_value(x) != int_value(y)) return int_value(x) < int_value(y);
    } else if (is_float(x)) {
      if (!(float_value(x) == float_value(y))) return float_value(x) < float_value(y);
    } else {
      const int order =
          static_cast<const Str*>(x)->view().compare(static_cast<const Str*>(y)->view());
      if (order != 0) return order < 0;
    }
  }
  return a->size < b->size;
}

// Sorts without program code and without raising; false, with nothing moved, where it cannot.
bool sort_natively(std::span<Object*> items, std::span<Object* const> keys) {
  const Type* type = keys[0]->type;
  if (type == &types::tuple) {
    if (!are_native_tuples(keys)) return false;
    sort_pairs(
        items, keys, [](Object* key) { return key; }, tuple_less);
    return true;
  }
  if (!is_native_scalar(keys[0])) return false;
  for (const Object* key : keys) {
    if (key->type != type) return false;
  }
  if (type == &types::integer) {
    sort_pairs(items, keys, int_value, std::less<std::int64_t>());
  } else if (type == &types::floating) {
    sort_pairs(items, keys, float_value, std::less<double>());
  } else {
    sort_pairs(
        items, keys, [](Object* key) { return key; }, str_less);
  }
  return true;
}

// With reverse the order of equal items still stays: reversed before and after.
template <class Sort>
bool sort_both_ways(std::span<Object*> items, std::span<Object*> keys, bool reverse, Sort sort) {
  if (reverse) {
    std::reverse(items.begin(), items.end());
    if (!keys.empty()) std::reverse(keys.begin(), keys.end());
  }
  const bool sorted = sort(items, keys.empty() ? std::span<Object* const>(items) : keys);
  if (reverse) {
    std::reverse(items.begin(), items.end());
    if (!keys.empty()) std::reverse(keys.begin(), keys.end());
  }
  return sorted;
}

bool sort_by_program(std::span<Object*> items, std::span<Object* const> keys) {
  sort_pairs(
      items, keys, [](Object* key) { return key; },
      [](Object* a, Object* b) {
        this_thread().native_checkpoint();
        return compare_true(Comparison::kLt, a, b);
      });
  return true;
}

// A buffer of their own for items that are about to be sorted: readers without a lock may be
// looking at the old one, which is retired.
Object** take_array(List* list, std::size_t size) {
  if (!kReadsUnlocked || list->items == nullptr) return exchange_shared(list->items, nullptr);
  auto** copy = static_cast<Object**>(allocate_buffer(list->capacity * sizeof(Object*)));
  Object** old = exchange_shared(list->items, nullptr);
  std::copy(old, old + size, copy);
  retire_buffer(old);
  return copy;
}

// The items of a list while it is sorted, put back whatever happens.
class Emptied {
 public:
  explicit Emptied(List* list) : list_(list) {
    Section section(list);
    size_ = list->size;
    items_ = take_array(list, size_);
    store_shared(list->size, 0);
    capacity_ = std::exchange(list->capacity, 0);
    roots_.emplace(items_, size_ * sizeof(Object*));
  }
  ~Emptied() {
    Object** others = nullptr;
    std::size_t count = 0;
    {
      Section section(list_);
      // No reader may see this array with the other one's size: 0 stands between the two.
      count = exchange_shared(list_->size, 0);
      others = exchange_shared(list_->items, items_);
      *modified_ = others != nullptr;
      list_->capacity = capacity_;
      store_shared(list_->size, size_);
    }
    for (std::size_t i = 0; i < count; ++i) release(others[i]);
    retire_buffer(others);
  }
  Emptied(const Emptied&) = delete;
  Emptied& operator=(const Emptied&) = delete;

  std::span<Object*> items() const { return {items_, size_}; }
  void report_to(bool* modified) { modified_ = modified; }

 private:
  List* list_;
  Object** items_;
  std::size_t size_;
  std::size_t capacity_;
  std::optional<RootSpan> roots_;  // nothing else leads to the items
  bool ignored_ = false;
  bool* modified_ = &ignored_;
};

// The keys of items: results of program calls, owned.
class Keys {
 public:
  Outcome make(std::span<Object* const> items, Object* function) {
    keys_.reserve(items.size());
    for (Object* item : items) {
      const Ref<> argument = Ref<>::share(item);
      Result key = try_call(function, {item});
      if (!key) return key;
      objects_.push_back(key.get());
      keys_.push_back(Ref<>::adopt(key.take()));
    }
    return {};
  }
  std::span<Object*> objects() { return objects_; }

 private:
  ObjectVector<Ref<>> keys_;
  ObjectVector<Object*> objects_;
};

}  // namespace

void sort_objects(std::span<Object*> items, std::span<Object*> keys, bool reverse) {
  if (items.size() < 2) return;
  if (sort_both_ways(items, keys, reverse, sort_natively)) return;
  try {
    sort_both_ways(items, keys, reverse, sort_by_program);
  } catch (...) {
    if (reverse) std::reverse(items.begin(), items.end());
    throw;
  }
}

namespace {

// A list's array, out of readers' sight while it is sorted, and put back whatever happens: sorting
// asks for memory, and there may be none. In the list's section.
class TakenArray {
 public:
  explicit TakenArray(List* list) : list_(list), items_(take_array(list, list->size)) {}
  ~TakenArray() { store_shared(list_->items, items_); }
  TakenArray(const TakenArray&) = delete;
  TakenArray& operator=(const TakenArray&) = delete;
  std::span<Object*> items() const { return {items_, list_->size}; }

 private:
  List* list_;
  Object** items_;
};

// Numbers of several types, bytes, tuples in tuples: slower, and as little the program's business.
// False, with nothing moved, where an item is the program's or two items have no order.
bool sort_simply(std::span<Object*> items, std::span<Object* const>) {
  const auto may_have_order = [](const Object* item) {
    const bool ordered_type = is_number(item) || is_str(item) || item->kind() == Kind::kBytes ||
                              item->kind() == Kind::kTuple;
    return ordered_type && is_simple_key(item);
  };
  if (!std::all_of(items.begin(), items.end(), may_have_order)) return false;
  std::vector<Object*> sorted(items.begin(), items.end());
  bool ordered = true;
  merge_sort(sorted.data(), sorted.size(), [&ordered](const Object* a, const Object* b) {
    const std::optional<bool> less = simple_less(a, b);
    if (!less) ordered = false;
    return less.value_or(false);
  });
  if (ordered) std::copy(sorted.begin(), sorted.end(), items.begin());
  return ordered;
}

// Without keys, where no comparison is the program's. False, and nothing done, otherwise.
bool sort_in_one_step(List* list, bool reverse) {
  Section section(list);
  if (list->size < 2) return true;
  const TakenArray taken(list);
  return sort_both_ways(taken.items(), {}, reverse, sort_natively) ||
         sort_both_ways(taken.items(), {}, reverse, sort_simply);
}

}  // namespace

Outcome list_sort(List* list, Object* key, bool reverse) {
  const bool by_key = key != nullptr && !is_none(key);
  if (!by_key && sort_in_one_step(list, reverse)) return {};
  bool modified = false;
  {
    Emptied emptied(list);
    if (by_key) {
      Keys keys;
      if (const Outcome made = keys.make(emptied.items(), key); !made) return made;
      sort_objects(emptied.items(), keys.objects(), reverse);
    } else {
      sort_objects(emptied.items(), {}, reverse);
    }
    emptied.report_to(&modified);
  }
  if (modified) return fail(X::ValueError, "list modified during sort");
  return {};
}

GILBENCH_END
