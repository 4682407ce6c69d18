// The wording of wrong calls. CPython has a handful of ways to take arguments apart, each with its
// own messages; a row names the one that CPython uses for that function.
#include "runtime/objects/native_messages.h"

#include <algorithm>
#include <string>
#include <vector>

#include "runtime/objects/errors.h"
#include "runtime/objects/operations.h"

GILBENCH_BEGIN

namespace {

std::string plural(std::size_t count, const char* noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string spoken_name(const Callee& callee) {
  return callee.takes().spoken != nullptr ? callee.takes().spoken : callee.row.name;
}

std::string owner_name(const Callee& callee) { return std::string(callee.owner->name->view()); }

// "list.append", "math.sqrt".
std::string full_name(const Callee& callee) {
  if (callee.takes().spoken != nullptr) return callee.takes().spoken;
  if (callee.owner != nullptr) return owner_name(callee) + "." + callee.row.name;
  // Functions in Python are called by their qualified name, which has no module.
  const bool is_python = callee.takes().wording == Wording::kPython;
  if (callee.module != nullptr && !is_python)
    return std::string(callee.module->view()) + "." + callee.row.name;
  return callee.row.name;
}

std::string given_text(std::size_t given) { return " (" + std::to_string(given) + " given)"; }

// "pop expected at most 1 argument, got 2".
Failure fail_expected(const Callee& callee, std::size_t given) {
  const Takes& takes = callee.takes();
  const bool few = given < takes.least;
  const char* bound = takes.least == takes.most ? "" : few ? "at least " : "at most ";
  // Functions say their own name here, whatever they are called elsewhere; list.__init__ says list.
  const bool is_special = std::string_view(callee.row.name).starts_with("__");
  return fail(X::TypeError, is_special ? spoken_name(callee) : callee.row.name, " expected ", bound,
              plural(few ? takes.least : takes.most, "argument"), ", got ", std::to_string(given));
}

// "find() takes at least 1 argument (0 given)".
Failure fail_parsed(const Callee& callee, std::size_t given) {
  const Takes& takes = callee.takes();
  const bool few = given < takes.least;
  const char* bound = takes.least == takes.most ? "exactly " : few ? "at least " : "at most ";
  return fail(X::TypeError, spoken_name(callee), "() takes ", bound,
              plural(few ? takes.least : takes.most, "argument"), given_text(given));
}

// ---- functions that CPython's library has in Python ----

// Self is a parameter like the others there.
Failure fail_python_too_many(const Callee& callee, std::size_t given) {
  const Takes& takes = callee.takes();
  const std::size_t least = takes.least + callee.first;
  const std::size_t most = takes.most + callee.first;
  given += callee.first;
  const std::string number = least == most
                                 ? std::to_string(most)
                                 : "from " + std::to_string(least) + " to " + std::to_string(most);
  return fail(X::TypeError, full_name(callee), "() takes ", number, " positional argument",
              least == most && most == 1 ? "" : "s", " but ", std::to_string(given),
              given == 1 ? " was" : " were", " given");
}

Failure fail_python_missing(const Callee& callee, const std::vector<std::string>& names) {
  std::string list;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) list += names.size() == 2 ? " and " : i + 1 == names.size() ? ", and " : ", ";
    list += "'" + names[i] + "'";
  }
  return fail(X::TypeError, full_name(callee), "() missing ", std::to_string(names.size()),
              " required positional argument", names.size() == 1 ? "" : "s", ": ", list);
}

Failure fail_python_number(const Callee& callee, std::size_t given) {
  const Takes& takes = callee.takes();
  if (given >= takes.least) return fail_python_too_many(callee, given);
  std::vector<std::string> missing;
  for (std::size_t i = given; i < takes.least; ++i) missing.emplace_back(takes.names[i]);
  return fail_python_missing(callee, missing);
}

}  // namespace

Failure fail_no_receiver(const Callee& callee) {
  if (callee.takes().wording == Wording::kSlot) {
    return fail(X::TypeError, "descriptor '", callee.row.name, "' of '", owner_name(callee),
                "' object needs an argument");
  }
  if (callee.takes().wording == Wording::kPython) return fail_python_missing(callee, {"self"});
  return fail(X::TypeError, "unbound method ", owner_name(callee), ".", callee.row.name,
              "() needs an argument");
}

Failure fail_bad_receiver(const Callee& callee, const Object* object) {
  const std::string name = std::string("descriptor '") + callee.row.name + "' ";
  if (callee.takes().wording == Wording::kSlot) {
    return fail(X::TypeError, name, "requires a '", owner_name(callee), "' object but received a '",
                type_name(object), "'");
  }
  return fail(X::TypeError, name, "for '", owner_name(callee), "' objects doesn't apply to a '",
              type_name(object), "' object");
}

Failure fail_wrong_number(const Callee& callee, std::size_t given) {
  const Takes& takes = callee.takes();
  if (takes.wrong_number != nullptr) return fail(X::TypeError, takes.wrong_number);
  switch (takes.wording) {
    case Wording::kSlot:
      // Those with two arguments are unpacked by another function of CPython's, without a name.
      return fail(X::TypeError, takes.least == 2 ? " expected " : "expected ",
                  plural(takes.least, "argument"), ", got ", std::to_string(given));
    case Wording::kParsed:
      return fail_parsed(callee, given);
    case Wording::kPython:
      return fail_python_number(callee, given);
    case Wording::kUsual:
      if (callee.binding == Binding::kConstructor || takes.least != takes.most) break;
      if (takes.most == 0) {
        return fail(X::TypeError, full_name(callee), "() takes no arguments", given_text(given));
      }
      if (takes.most == 1) {
        return fail(X::TypeError, full_name(callee), "() takes exactly one argument",
                    given_text(given));
      }
      break;
    case Wording::kExpected:
      break;
  }
  return fail_expected(callee, given);
}

Failure fail_no_keywords(const Callee& callee, std::string_view keyword) {
  const std::string rest = "() takes no keyword arguments";
  switch (callee.takes().wording) {
    case Wording::kPython:
      return fail_unknown_keyword(callee, keyword);
    case Wording::kSlot:
      return fail(X::TypeError, "wrapper ", callee.row.name, rest);
    default:
      return fail(X::TypeError, full_name(callee), rest);
  }
}

Failure fail_too_many_keywords(const Callee& callee, std::size_t given) {
  return fail(X::TypeError, spoken_name(callee), "() takes at most ",
              plural(callee.takes().name_count, "keyword argument"), given_text(given));
}

Failure fail_unknown_keyword(const Callee& callee, std::string_view keyword) {
  const std::string quoted = "'" + std::string(keyword) + "'";
  if (callee.takes().wording == Wording::kPython) {
    return fail(X::TypeError, full_name(callee), "() got an unexpected keyword argument ", quoted);
  }
  return fail(X::TypeError, quoted, " is an invalid keyword argument for ", spoken_name(callee),
              "()");
}

Failure fail_given_twice(const Callee& callee, std::size_t parameter) {
  const std::string quoted = std::string("'") + callee.takes().names[parameter] + "'";
  if (callee.takes().wording == Wording::kPython) {
    return fail(X::TypeError, full_name(callee), "() got multiple values for argument ", quoted);
  }
  return fail(X::TypeError, "argument for ", spoken_name(callee), "() given by name (", quoted,
              ") and position (", std::to_string(parameter + 1), ")");
}

Failure fail_missing_parameter(const Callee& callee, std::span<Object* const> places,
                               std::size_t parameter) {
  const Takes& takes = callee.takes();
  if (takes.wrong_number != nullptr) return fail(X::TypeError, takes.wrong_number);
  if (takes.wording == Wording::kPython) {
    std::vector<std::string> missing;
    for (std::size_t i = 0; i < takes.required; ++i) {
      if (places[i] == nullptr) missing.emplace_back(takes.names[i]);
    }
    return fail_python_missing(callee, missing);
  }
  return fail(X::TypeError, spoken_name(callee), "() missing required argument '",
              takes.names[parameter], "' (pos ", std::to_string(parameter + 1), ")");
}

Outcome check_named_numbers(const Callee& callee, std::size_t given, std::size_t keywords) {
  const Takes& takes = callee.takes();
  const std::string takes_text = spoken_name(callee) + "() takes ";
  if (given + keywords > takes.name_count) {
    return fail(X::TypeError, takes_text, "at most ",
                plural(takes.name_count, given == 0 ? "keyword argument" : "argument"),
                given_text(given + keywords));
  }
  if (given > takes.most) {
    if (takes.most == 0) return fail(X::TypeError, takes_text, "no positional arguments");
    return fail(X::TypeError, takes_text, takes.required < takes.most ? "at most " : "exactly ",
                plural(takes.most, "positional argument"), given_text(given));
  }
  const std::size_t least = std::min(takes.required, takes.positional_only_count);
  if (given < least) {
    return fail(X::TypeError, takes_text, least < takes.most ? "at least " : "exactly ",
                plural(least, "positional argument"), given_text(given));
  }
  return {};
}

GILBENCH_END
