// The constructor is both walks: count() for each object in the first, spread() in the second. A
// part's trial leaves large objects out; only one of the whole heap looks at them.
#include "runtime/memory/trial.h"

#include <cassert>
#include <utility>

#include "runtime/values/visit.h"

GILBENCH_BEGIN

namespace {

template <class Action>
void for_each_large(const ObjectHeap& heap, Action&& action) {
  for (const auto& list : heap.large_lists()) {
    for (LargeObject* large = list->first_stopped(); large != nullptr; large = large->next) {
      action(large->object(), large->word);
    }
  }
}

}  // namespace

Trial::Trial(const ObjectHeap& heap, std::uint32_t part, bool ended) : words_(heap, part) {
  const auto count_it = [this, ended](Object* object, std::uint32_t& word) {
    count(object, word, ended);
  };
  const auto spread_it = [this](Object* object, std::uint32_t& word) { spread(object, word); };
  words_.for_each_block(count_it);
  if (part == kWhole) for_each_large(heap, count_it);
  words_.for_each_block(spread_it);
  if (part != kWhole) return;
  for_each_large(heap, spread_it);

  for_each_large(heap, [this](Object* object, std::uint32_t word) {
    if ((word & (kHolds | kLives)) == kHolds) garbage_.push_back(object);
  });
}

std::vector<Object*> Trial::take_garbage() {
  garbage_.reserve(holders_);
  words_.for_each_block([this](Object* object, std::uint32_t word) {
    if ((word & (kHolds | kLives)) == kHolds) garbage_.push_back(object);
  });
  return std::move(garbage_);
}

inline void Trial::count(Object* object, std::uint32_t& word, bool ended) {
  const std::int64_t references = Refs::references(*object);
  if (references == 0 || object->type->visit == nullptr) return;
  if (references > kMost || Refs::immortal(*object)) {
    if (ended && Refs::immortal(*object)) return;
    word += kHolds | kOutside;
  } else {
    word += kHolds + static_cast<std::uint32_t>(references) * kOne;
  }
  ++holders_;
  bool ends = true;
  for_each_reference(object, [this, &ends](Object* child) {
    if (ends && child->type->visit == nullptr) return;
    ends = false;
    words_[child] -= kOne;
  });
  if (ends) word |= kEnds;
}

inline void Trial::spread(Object* object, std::uint32_t word) {
  if (!(((word & (kHolds | kLives)) == kHolds) & ((word & ~kEnds) != kHolds))) [[likely]]
    return;
  assert(((word & kOutside) != 0 || word >> 31 == 0) && "more references than were counted");
  reach(object);
  while (!reached_.empty()) {
    Object* parent = reached_.back();
    reached_.pop_back();
    for_each_reference(parent, [this](Object* child) { reach(child); });
  }
}

inline void Trial::reach(Object* child) {
  std::uint32_t& word = words_[child];
  if ((word & (kHolds | kLives)) != kHolds) return;
  word |= kLives;
  --holders_;
  if ((word & kEnds) != 0) return;
  __builtin_prefetch(child);  // a tenth of the time where a million objects live
  reached_.push_back(child);
}

GILBENCH_END
