// Which iterables give their items without program code, and collecting these.
#include "runtime/objects/one_step.h"

#include <algorithm>

#include "runtime/objects/errors.h"
#include "runtime/objects/iterators.h"
#include "runtime/objects/operations.h"

GILBENCH_BEGIN

namespace {

bool iterator_is_native(const Object* iterator, const Object* changed, int nesting);

bool all_native(const Tuple* iterators, const Object* changed, int nesting) {
  return std::all_of(iterators->items, iterators->items + iterators->size, [&](const Object* one) {
    return iterator_is_native(one, changed, nesting + 1);
  });
}

bool iterator_is_native(const Object* iterator, const Object* changed, int nesting) {
  constexpr int kMaxNesting = 10;  // an enumerate of an enumerate of ...
  if (!is_iterator(iterator) || nesting > kMaxNesting) return false;
  switch (static_cast<IteratorId>(iterator->type->id - kFirstIteratorId)) {
    case IteratorId::list_iterator:
      return static_cast<const ListIterator*>(iterator)->list != changed;
    case IteratorId::tuple_iterator:
    case IteratorId::range_iterator:
    case IteratorId::str_ascii_iterator:
    case IteratorId::str_iterator:
    case IteratorId::bytes_iterator:
      return true;
    case IteratorId::list_reverse_iterator:
    case IteratorId::reversed: {
      const Object* sequence = static_cast<const ReverseIterator*>(iterator)->sequence;
      return sequence != changed && !is_instance(sequence);
    }
    case IteratorId::dict_key_iterator:
    case IteratorId::dict_value_iterator:
    case IteratorId::dict_item_iterator:
    case IteratorId::dict_reverse_key_iterator:
    case IteratorId::dict_reverse_value_iterator:
    case IteratorId::dict_reverse_item_iterator:
      return static_cast<const DictIterator*>(iterator)->dict != changed;
    case IteratorId::set_iterator:
      return static_cast<const SetIterator*>(iterator)->set != changed;
    case IteratorId::enumerate:
      return iterator_is_native(static_cast<const Enumerate*>(iterator)->iterator, changed,
                                nesting + 1);
    case IteratorId::zip:
      return all_native(static_cast<const Zip*>(iterator)->iterators, changed, nesting);
    case IteratorId::sequence_iterator:
    case IteratorId::callable_iterator:
    case IteratorId::map:
    case IteratorId::filter:
      return false;
  }
  return false;
}

// How many items there are at least, so that a range too large for any memory fails at once.
std::size_t least_length(const Object* iterable) {
  switch (iterable->kind()) {
    case Kind::kRange:
      return static_cast<std::size_t>(static_cast<const Range*>(iterable)->length);
    case Kind::kStr:
      return static_cast<const Str*>(iterable)->length;
    case Kind::kBytes:
      return static_cast<const Bytes*>(iterable)->size;
    default:
      return 0;
  }
}

}  // namespace

bool iterates_natively(const Object* iterable, const Object* changed) {
  switch (iterable->kind()) {
    case Kind::kRange:
    case Kind::kStr:
    case Kind::kBytes:
      return true;
    default:
      return iterator_is_native(iterable, changed, 0);
  }
}

Collected::Collected(Object* iterable) : items_(make_list()) {
  list_reserve(items_.get(), least_length(iterable));
  const Ref<> iterator = iterate(iterable);
  while (Maybe item = try_next_in_loop(iterator.get())) {
    list_push(items_.get(), item.take());
  }
  Thread& thread = this_thread();
  if (thread.error != nullptr) failure_ = take_error(thread);
}

Outcome Collected::outcome() const {
  if (!failure_) return {};
  return fail(failure_);
}

GILBENCH_END
