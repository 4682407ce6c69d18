// Sections: critical sections over one object's contents, or over two objects'.
//
// Inside a section there is no checkpoint, no blocking region, no program code and no other section
// (strategies/strategy.h, I2). What was replaced inside is released after it, so that a long
// destruction does not hold the lock: declare the Ref before the Section.
#pragma once

#include <cstdint>

#include "runtime/values/object.h"

GILBENCH_BEGIN

class [[nodiscard]] Section {
 public:
  explicit Section(Object* object) noexcept : object_(object) { Locks::lock(*object_); }
  ~Section() { Locks::unlock(*object_); }
  Section(const Section&) = delete;
  Section& operator=(const Section&) = delete;

 private:
  Object* object_;
};

// For a demonstration only (EngineOptions::naive_lock_order): pairs are locked in the order of
// their operands.
//
//     while a thread is attached: its pairs_in_operand_order == its world's naive_lock_order
//
// Only ThreadMemory::attach() writes it, for the thread that it runs on, and the world's is
// constant while it has threads. So all threads of a world keep the same order. It is not read
// through current_thread, because this floor does not know ThreadMemory, and because a thread_local
// in the executable is tested by one instruction, as a global is.
inline constinit thread_local bool pairs_in_operand_order = false;
// Raises RuntimeError, with neither locked, where it would wait for ever: naive_lock_order.cpp.
void lock_in_operand_order(Object* first, Object* second);

// Both objects' locks, the one at the lower address first: the one order that all threads keep, so
// two threads cannot each hold what the other waits for. The same object twice is locked once.
class [[nodiscard]] PairSection {
 public:
  PairSection(Object* a, Object* b) noexcept(!Locks::kLocks)
      : first_(address(a) < address(b) ? a : b), second_(address(a) < address(b) ? b : a) {
    if constexpr (Locks::kLocks) {
      if (pairs_in_operand_order) [[unlikely]] {
        lock_in_operand_order(a, b);
        return;  // they are unlocked in address order: that order is of no consequence
      }
    }
    Locks::lock(*first_);
    if (first_ != second_) Locks::lock(*second_);
  }
  ~PairSection() {
    if (first_ != second_) Locks::unlock(*second_);
    Locks::unlock(*first_);
  }
  PairSection(const PairSection&) = delete;
  PairSection& operator=(const PairSection&) = delete;

 private:
  static std::uintptr_t address(Object* object) { return reinterpret_cast<std::uintptr_t>(object); }

  Object* first_;
  Object* second_;
};

GILBENCH_END
