// Sections: critical sections over one object's contents, or over two objects'.
//
// Inside a section there is no checkpoint, no blocking region, no program code and no other section
// (strategies/strategy.h, I2). What was replaced inside is released after it, so that a long
// destruction does not hold the lock: declare the Ref before the Section.
#pragma once

#include <cstdint>

#include "runtime/objects/object.h"

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

// Both objects' locks, the one at the lower address first: the one order that all threads keep, so
// two threads cannot each hold what the other waits for. The same object twice is locked once.
class [[nodiscard]] PairSection {
 public:
  PairSection(Object* a, Object* b) noexcept
      : first_(address(a) < address(b) ? a : b), second_(address(a) < address(b) ? b : a) {
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
