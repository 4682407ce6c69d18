// Reading references without the lock of what holds them (PEP 703, "Optimistically Avoiding
// Locking"), where the strategy does that (kReadsUnlocked); elsewhere these are plain accesses
// under the lock, and compile to nothing more.
//
// The trouble: between reading a pointer out of a list and retaining what it points to, another
// thread may take it out, drop it, and make another object of its memory. What is done about it:
//   1. read the pointer; null, or nothing there: fall back to the lock;
//   2. retain the object if it is not dead (Refs::try_retain): its block still holds a header, for
//      blocks keep their place and size (memory/heap.h);
//   3. unless the thread has counted the object as one of its own, which no other can have freed
//      since, or the object has been there for ever:
//      look again whether the pointer is still where it was, in the array that is still the
//      container's: then it was there at a moment when this thread held a reference, and so is the
//      object that the container has. Otherwise give the reference back and fall back to the lock.
// The array itself, should it have been replaced meanwhile, is kept for its readers
// (memory/retire.h), so its address cannot come back as another array's within one read.
//
// Writers hold the container's lock and store each field that readers look at with store_shared().
// A slot that goes out of use is set to null, so that (3) finds the change.
#pragma once

#include <atomic>
#include <cstring>

#include "runtime/memory/retire.h"
#include "runtime/support/atomic_ref.h"
#include "runtime/values/ref.h"
#include "runtime/values/section.h"

GILBENCH_BEGIN

// (V1) acquire: pairs with (V2); what the pointer leads to has been written.
template <class T>
GILBENCH_INLINE T load_shared(const T& field) noexcept {
  if constexpr (kReadsUnlocked) {
    return AtomicRef<T>(const_cast<T&>(field)).load(std::memory_order_acquire);
  } else {
    return field;
  }
}
// (V2) release: pairs with (V1). In the section of what has the field.
template <class T>
GILBENCH_INLINE void store_shared(T& field, std::type_identity_t<T> value) noexcept {
  if constexpr (kReadsUnlocked) {
    AtomicRef<T>(field).store(value, std::memory_order_release);
  } else {
    field = value;
  }
}
// Not an atomic exchange: only the holder of the section writes, so nothing comes between the two.
template <class T>
T exchange_shared(T& field, std::type_identity_t<T> value) noexcept {
  const T old = field;
  store_shared(field, value);
  return old;
}

// The same for a stretch of slots; they may overlap, as for memmove.
inline void move_shared(Object** to, Object* const* from, std::size_t count) noexcept {
  if constexpr (kReadsUnlocked) {
    if (to <= from) {
      for (std::size_t i = 0; i < count; ++i) store_shared(to[i], from[i]);
    } else {
      for (std::size_t i = count; i-- > 0;) store_shared(to[i], from[i]);
    }
  } else if (count != 0) {
    std::memmove(to, from, count * sizeof(Object*));
  }
}
// While slots are moved about readers find no array, so that they see all of it or nothing.
class [[nodiscard]] HiddenItems {
 public:
  explicit HiddenItems(Object**& items) noexcept : items_(items), array_(items) {
    if constexpr (kReadsUnlocked) store_shared(items_, nullptr);
  }
  ~HiddenItems() {
    if constexpr (kReadsUnlocked) store_shared(items_, array_);
  }
  HiddenItems(const HiddenItems&) = delete;
  HiddenItems& operator=(const HiddenItems&) = delete;
  Object** array() const noexcept { return array_; }

 private:
  Object**& items_;
  Object** const array_;
};

// Slots that no longer belong to the container's items.
inline void forget_shared(Object** slots, std::size_t count) noexcept {
  if constexpr (kReadsUnlocked) {
    for (std::size_t i = 0; i < count; ++i) store_shared(slots[i], nullptr);
  }
}

// ---- the steps ----
// Each function answers with an owned reference, or null: only the lock can tell. As a plain
// pointer: a Ref would go through memory wherever one of them is not inlined.

// Steps 2 and 3 for an object of another thread.
template <class Still>
[[gnu::noinline]] Object* read_others(Object*& slot, Object* object, Still still) noexcept {
  if (!Refs::try_retain(*object)) return nullptr;
  Ref<> ref = Ref<>::adopt(object);
  return load_shared(slot) == object && still() ? ref.take() : nullptr;
}

// Steps 1 to 3 for one slot; `still()` says whether the slot is still the container's. With
// `always_ask` it is asked in any case.
template <bool always_ask = false, class Still>
GILBENCH_INLINE Object* read_slot(Object*& slot, Still still) noexcept {
  if constexpr (kReadsUnlocked) {
    Object* object = load_shared(slot);
    if (object == nullptr) [[unlikely]]
      return nullptr;
    if (Refs::immortal(*object)) {  // first: functions, small numbers
      if (Refs::eternal(*object)) return !always_ask || still() ? object : nullptr;
      return load_shared(slot) == object && still() ? object : nullptr;
    }
    if (Refs::try_retain_own(*object)) [[likely]] {
      if (!always_ask || still()) [[likely]]
        return object;
      outlined([object] { release(object); });
      return nullptr;
    }
    return read_others(slot, object, still);
  }
  return nullptr;
}

// The same for a slot of a dict's table, which is given to another key after a popitem(): that the
// object was in the slot is not enough; the table must have the number that it had. Who reads what
// the next key has there sees the new number (V1, V2).
template <class Still>
GILBENCH_INLINE Object* read_table_slot(Object*& slot, Still same_table) noexcept {
  return read_slot<true>(slot, same_table);
}

// items[index] of a container that has `count` items in an array, both replaced together at times.
template <class Count>
GILBENCH_INLINE Object* read_item(Object** const& items, const Count& count,
                                  std::size_t index) noexcept {
  if constexpr (kReadsUnlocked) {
    Object** const array = load_shared(items);
    // The count belongs to this array if the array is the same before and after.
    if (index >= load_shared(count) || load_shared(items) != array || array == nullptr) [[unlikely]]
      return nullptr;
    return read_slot(array[index], [items = &items, array]() GILBENCH_INLINE_LAMBDA {
      return load_shared(*items) == array;
    });
  }
  return nullptr;
}

// The same where the array is only ever replaced by a larger one, and before the count says so.
template <class Count>
GILBENCH_INLINE Object* read_growing(Object** const& items, const Count& count,
                                     std::size_t index) noexcept {
  if constexpr (kReadsUnlocked) {
    if (index >= load_shared(count)) [[unlikely]]
      return nullptr;
    Object** const array = load_shared(items);
    return read_slot(array[index], [items = &items, array]() GILBENCH_INLINE_LAMBDA {
      return load_shared(*items) == array;
    });
  }
  return nullptr;
}

// ---- under the lock ----

// A reference taken under the lock, to what readers without a lock shall be able to retain the next
// time.
inline Ref<> share_read(Object* object) noexcept {
  Ref<> ref = Ref<>::share(object);
  if constexpr (kReadsUnlocked) {
    if (object != nullptr) Refs::share(*object);
  }
  return ref;
}

GILBENCH_END
