// Owning references. retain and release are a fixed pair; Ref does the pairing by scope.
//
// A raw `T*` in this runtime is borrowed: somebody else keeps it alive for as long as it is used. A
// `Ref<T>` owns one reference. Slots of frames, containers and objects own theirs, as raw pointers.
#pragma once

#include <utility>

#include "runtime/support/force_inline.h"
#include "runtime/values/object.h"

GILBENCH_BEGIN

// Destroys an object whose last reference is gone: releases what it holds and frees it. Deep
// structures are taken apart in a loop, not by recursion. In memory/destroy.cpp.
void destroy(Object* object) noexcept;

// Always inline: they are most of what a program does, and calling them would be half of that.
GILBENCH_INLINE void retain(Object* object) noexcept { Refs::retain(*object); }

GILBENCH_INLINE void release(Object* object) noexcept {
  if (Refs::release(*object)) [[unlikely]]
    destroy(object);
}

inline void release_if(Object* object) noexcept {
  if (object != nullptr) release(object);
}

// As release(), but where program code may run, as between two operations of the interpreter's
// loop: a generator that dies of it before its end is closed at once (memory/abandoned.h), not at
// the next checkpoint. In memory/destroy.cpp.
void destroy_and_close(Object* object) noexcept;

GILBENCH_INLINE void drop(Object* object) noexcept {
  if (Refs::release(*object)) [[unlikely]]
    destroy_and_close(object);
}

inline void drop_if(Object* object) noexcept {
  if (object != nullptr) drop(object);
}

template <class T = Object>
class Ref {
 public:
  Ref() noexcept = default;
  Ref(std::nullptr_t) noexcept {}
  // Takes over a reference that the caller owned.
  static Ref adopt(T* pointer) noexcept {
    Ref ref;
    ref.pointer_ = pointer;
    return ref;
  }
  // Adds a reference to one that somebody else keeps.
  static Ref share(T* pointer) noexcept {
    if (pointer != nullptr) retain(pointer);
    return adopt(pointer);
  }
  Ref(Ref&& other) noexcept : pointer_(std::exchange(other.pointer_, nullptr)) {}
  template <class U>
  requires std::is_convertible_v<U*, T*> Ref(Ref<U>&& other)
  noexcept : pointer_(other.take()) {}
  Ref(const Ref& other) noexcept : pointer_(other.pointer_) {
    if (pointer_ != nullptr) retain(pointer_);
  }
  Ref& operator=(Ref other) noexcept {
    std::swap(pointer_, other.pointer_);
    return *this;
  }
  ~Ref() {
    if (pointer_ != nullptr) release(pointer_);
  }

  T* get() const noexcept { return pointer_; }
  T* operator->() const noexcept { return pointer_; }
  T& operator*() const noexcept { return *pointer_; }
  explicit operator bool() const noexcept { return pointer_ != nullptr; }
  // Hands the reference to the caller.
  T* take() noexcept { return std::exchange(pointer_, nullptr); }

 private:
  T* pointer_ = nullptr;
};

GILBENCH_END
