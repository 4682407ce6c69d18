// The TypeErrors of wrong calls of natives, in CPython's words.
#pragma once

#include <span>
#include <string_view>

#include "runtime/objects/native_row.h"

GILBENCH_BEGIN

// What is being called, as far as messages and checks go.
struct Callee {
  const NativeMethod& row;
  Binding binding;
  Class* owner;       // null: none
  Str* module;        // null: none that messages name
  std::size_t first;  // where the program's own arguments begin: 1 after self or the class, else 0

  const Takes& takes() const { return row.takes; }
};

Failure fail_no_receiver(const Callee& callee);
Failure fail_bad_receiver(const Callee& callee, const Object* object);
Failure fail_wrong_number(const Callee& callee, std::size_t given);
Failure fail_no_keywords(const Callee& callee, std::string_view keyword);
Failure fail_too_many_keywords(const Callee& callee, std::size_t given);
Failure fail_unknown_keyword(const Callee& callee, std::string_view keyword);
Failure fail_given_twice(const Callee& callee, std::size_t parameter);
// `places` holds what was given, null where nothing was; `parameter` is the first that is missing.
Failure fail_missing_parameter(const Callee& callee, std::span<Object* const> places,
                               std::size_t parameter);
// Fails where there are more arguments than parameters, or too many or too few positional ones.
Outcome check_named_numbers(const Callee& callee, std::size_t given, std::size_t keywords);

GILBENCH_END
