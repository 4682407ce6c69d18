// A row of the table of natives: a function written in C++, and what it asks of its caller.
//
// Each class and module has a table of such rows; a method's receiver is an object of the class
// whose table it stands in (see Binding). call_native() holds every call against the row before the
// function is called. So a native may take args[0] for what its row says, read as many arguments as
// its row promises, and raise nothing about their number or names.
#pragma once

#include <cstddef>
#include <cstdint>

#include "runtime/values/types.h"

GILBENCH_BEGIN

// How CPython words its complaint about a wrong number of arguments.
enum class Wording : std::uint8_t {
  kUsual,     // "list.append() takes exactly one argument (0 given)", "pop expected at most 1 ..."
  kExpected,  // "sorted expected 1 argument, got 0": also where it is one, as in constructors
  kParsed,    // "find() takes at least 1 argument (0 given)"
  kSlot,      // "expected 1 argument, got 0": __len__ and its like
  kPython,    // "join() missing 1 required positional argument: 'a'": Python code in CPython
};

enum class Keywords : std::uint8_t {
  kNone,   // nothing is given by name
  kNamed,  // names[] are parameters: the native finds each at its place, null where not given
  kAfter,  // names[] are given by name only, and follow the positional ones: Args::named()
  kAny,    // whatever is given, as in dict(a=1): the native takes it from Args::keywords
};

constexpr std::size_t kMaxNames = 4;
constexpr std::uint8_t kAnyNumber = 255;

// What a native asks for. `least` and `most` count positional arguments, neither self nor the class
// among them. Made by the functions below.
struct Takes {
  constexpr Takes(std::size_t l, std::size_t m, Keywords k = Keywords::kNone)
      : least(static_cast<std::uint8_t>(l)), most(static_cast<std::uint8_t>(m)), keywords(k) {}

  std::uint8_t least;
  std::uint8_t most;
  Keywords keywords;
  Wording wording = Wording::kUsual;
  std::uint8_t name_count = 0;
  std::uint8_t required = 0;               // kNamed: so many of the first parameters must be given
  std::uint8_t positional_only_count = 0;  // kNamed: so many of the first have no name
  const char* names[kMaxNames] = {};
  const char* spoken = nullptr;        // what messages call the function; null: its name
  const char* wrong_number = nullptr;  // the whole complaint, where CPython has one of its own

  constexpr Takes worded(Wording w) const {
    Takes changed = *this;
    changed.wording = w;
    return changed;
  }
  constexpr Takes called(const char* name) const {
    Takes changed = *this;
    changed.spoken = name;
    return changed;
  }
  constexpr Takes or_says(const char* text) const {
    Takes changed = *this;
    changed.wrong_number = text;
    return changed;
  }
  constexpr Takes positional_only(std::size_t count) const {
    Takes changed = *this;
    changed.positional_only_count = static_cast<std::uint8_t>(count);
    return changed;
  }
  // The parameters from that index on are given by name only.
  constexpr Takes by_name_from(std::size_t index) const {
    Takes changed = *this;
    changed.most = static_cast<std::uint8_t>(index);
    if (changed.least > changed.most) changed.least = changed.most;
    return changed;
  }
  // Parameters after the positional ones, given by name only.
  template <class... Name>
  constexpr Takes then(Name... name) const {
    Takes changed = with_names(name...);
    changed.keywords = Keywords::kAfter;
    return changed;
  }
  template <class... Name>
  constexpr Takes with_names(Name... name) const {
    static_assert(sizeof...(Name) <= kMaxNames);
    Takes changed = *this;
    ((changed.names[changed.name_count++] = name), ...);
    return changed;
  }
};

constexpr Takes exactly(std::size_t count) { return {count, count}; }
constexpr Takes between(std::size_t least, std::size_t most) { return {least, most}; }
constexpr Takes at_least(std::size_t least) { return {least, kAnyNumber}; }
// Parameters that may be given by position or by name; the first `required` of them must be.
template <class... Name>
constexpr Takes named(std::size_t required, Name... name) {
  Takes takes = Takes(required, sizeof...(Name), Keywords::kNamed).with_names(name...);
  takes.required = static_cast<std::uint8_t>(required);
  return takes;
}
// The same of a function that is written in Python in CPython's library.
template <class... Name>
constexpr Takes python(std::size_t required, Name... name) {
  return named(required, name...).worded(Wording::kPython);
}
// Any keywords: a rule of the native's own.
constexpr Takes any_keywords(std::size_t least, std::size_t most) {
  return {least, most, Keywords::kAny};
}
// __len__ and its like.
constexpr Takes slot(std::size_t count) { return exactly(count).worded(Wording::kSlot); }

struct NativeMethod {
  const char* name;
  NativeCode code;  // a method's args[0] is self
  Takes takes;
};

GILBENCH_END
