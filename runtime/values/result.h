// What an operation hands back that may fail.
//
// An error reaches the program's handler in one of two ways. What the interpreter loop itself runs
// (subscripts, attributes, operators, iteration, calls) hands back a failure, and the error is in
// the thread; natives do likewise. Deeper code throws (objects/errors.h), which takes as long as
// fifty instructions, and twice that with a few frames between. So the first is for the errors that
// programs catch all the time, the second for the rest, where it reads better.
//
// A failure is made by fail() (world/raise.h) and by nothing else. From there on to whoever takes
// the error out of the thread, no program code runs: each function hands the failure on at once.
#pragma once

#include <cassert>
#include <type_traits>
#include <utility>

#include "runtime/values/ref.h"

GILBENCH_BEGIN

struct Exception;

// Throws the thread's error as Raised. In objects/errors.cpp.
[[noreturn]] void raise_failure();

// There is an error in the thread: becomes whatever the function returns.
class [[nodiscard]] Failure {
 private:
  Failure() = default;
  friend class Result;
  friend class Maybe;
  friend class Outcome;
  friend Failure fail(Ref<Exception> exception) noexcept;
};

// An object, or a failure.
class [[nodiscard]] Result {
 public:
  template <class T>
  Result(Ref<T>&& object) noexcept : object_(std::move(object)) {
    assert(object_);
  }
  template <class T>
  Result(const Ref<T>& object) noexcept : Result(Ref<T>(object)) {}
  Result(Failure) noexcept {}

  explicit operator bool() const noexcept { return static_cast<bool>(object_); }
  Object* get() const noexcept { return object_.get(); }
  Object* operator->() const noexcept { return object_.get(); }
  // Hands the object to the caller; null: it is a failure.
  Object* take() noexcept { return object_.take(); }
  // To be handed on as what another function returns.
  Failure failure() const noexcept {
    assert(!object_);
    return {};
  }
  // For code whose own errors are thrown.
  Ref<> or_raise() && {
    if (!object_) [[unlikely]]
      raise_failure();
    return std::move(object_);
  }

 private:
  Ref<> object_;
};

// An object, nothing, or a failure: what is looked for and need not be there; an iterator's next
// item, whose end needs no error object so.
class [[nodiscard]] Maybe {
 public:
  template <class T>
  Maybe(Ref<T>&& object) noexcept : object_(std::move(object)) {}  // null: nothing
  Maybe(Failure) noexcept : failed_(true) {}
  Maybe(Result&& result) noexcept : object_(Ref<>::adopt(result.take())), failed_(!object_) {}

  bool failed() const noexcept { return failed_; }
  explicit operator bool() const noexcept { return static_cast<bool>(object_); }
  Object* get() const noexcept { return object_.get(); }
  Object* take() noexcept { return object_.take(); }  // null: nothing, or a failure
  Failure failure() const noexcept {
    assert(failed_);
    return {};
  }
  // It is an object, or a failure.
  Result result() && {
    if (failed_) return failure();
    return std::move(object_);
  }
  // Null: nothing.
  Ref<> or_raise() && {
    if (failed_) [[unlikely]]
      raise_failure();
    return std::move(object_);
  }

 private:
  Ref<> object_;
  bool failed_ = false;
};

// Of what hands nothing back: that it is done, or a failure.
class [[nodiscard]] Outcome {
 public:
  Outcome() noexcept = default;
  Outcome(Failure) noexcept : failed_(true) {}
  Outcome(const Result& result) noexcept : failed_(!result) {}

  explicit operator bool() const noexcept { return !failed_; }
  Failure failure() const noexcept {
    assert(failed_);
    return {};
  }
  void or_raise() const {
    if (failed_) [[unlikely]]
      raise_failure();
  }

 private:
  bool failed_ = false;
};

GILBENCH_END
