// Checks the calls of natives that are not plainly right: receivers of subclasses, keywords, and
// what is wrong. The order in which a call is looked at is CPython's, so that of several mistakes
// the same one is told.
#include "runtime/objects/native_call.h"

#include <algorithm>
#include <array>
#include <limits>
#include <span>

#include "runtime/memory/object_vector.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/make.h"
#include "runtime/objects/native_messages.h"
#include "runtime/objects/operations.h"

GILBENCH_BEGIN

namespace {

std::size_t keyword_count(Args args) { return args.keywords == nullptr ? 0 : args.keywords->size; }

std::string_view keyword_name(Args args, std::size_t k) {
  return as<Str>(args.keywords->items[k])->view();
}

constexpr std::size_t kNowhere = ~std::size_t{0};

// Which of the row's parameters has that name.
std::size_t find_parameter(const Takes& takes, std::string_view name) {
  for (std::size_t i = takes.positional_only_count; i < takes.name_count; ++i) {
    if (name == takes.names[i]) return i;
  }
  return kNowhere;
}

bool is_wrong_number(const Takes& takes, std::size_t given) {
  return given < takes.least || (takes.most != kAnyNumber && given > takes.most);
}

// ---- names ----

// Puts the keywords' values at their parameters' places. A place that is taken: given twice.
Outcome place_keywords(const Callee& callee, Args args, Object** places) {
  const std::size_t keywords = keyword_count(args);
  std::size_t unknown = kNowhere;
  for (std::size_t k = 0; k < keywords; ++k) {
    const std::size_t i = find_parameter(callee.takes(), keyword_name(args, k));
    if (i == kNowhere) {
      unknown = std::min(unknown, k);
    } else if (places[i] != nullptr) {
      return fail_given_twice(callee, i);
    } else {
      places[i] = args.values[args.count + k];
    }
  }
  if (unknown != kNowhere) return fail_unknown_keyword(callee, keyword_name(args, unknown));
  return {};
}

bool is_given_by_name(Args args, std::string_view name) {
  for (std::size_t k = 0; k < keyword_count(args); ++k) {
    if (keyword_name(args, k) == name) return true;
  }
  return false;
}

Outcome require_parameters(const Callee& callee, Args args, Object* const* places) {
  const Takes& takes = callee.takes();
  for (std::size_t i = 0; i < takes.required; ++i) {
    if (places[i] != nullptr || is_given_by_name(args, takes.names[i])) continue;
    return fail_missing_parameter(callee, std::span(places, takes.name_count), i);
  }
  return {};
}

// Puts the arguments at the places of their parameters; null stays where one is not given.
Outcome bind_parameters(const Callee& callee, Args args, Object** places) {
  const Takes& takes = callee.takes();
  const std::size_t given = args.count - callee.first;
  Object* const* const values = args.values + callee.first;
  const bool is_python = takes.wording == Wording::kPython;
  if (!is_python) {
    const Outcome checked = check_named_numbers(callee, given, keyword_count(args));
    if (!checked) return checked;
  }
  std::copy(values, values + std::min<std::size_t>(given, takes.most), places);
  if (is_python) {
    if (const Outcome placed = place_keywords(callee, args, places); !placed) return placed;
    if (given > takes.most) return fail_wrong_number(callee, given);
    return require_parameters(callee, args, places);
  }
  if (const Outcome there = require_parameters(callee, args, places); !there) return there;
  return place_keywords(callee, args, places);
}

Result call_with_parameters(const Callee& callee, Args args) {
  std::array<Object*, 1 + kMaxNames> values{};
  if (callee.first == 1) values[0] = args[0];
  const Outcome bound = bind_parameters(callee, args, values.data() + callee.first);
  if (!bound) return bound.failure();
  return callee.row.code({values.data(), callee.first + callee.takes().name_count});
}

// Parameters that are given by name only stand behind all positional arguments.
Result call_with_options(const Callee& callee, Args args) {
  const Takes& takes = callee.takes();
  if (keyword_count(args) > takes.name_count)
    return fail_too_many_keywords(callee, keyword_count(args));
  SmallObjectVector<Object*, 16> values(args.values, args.values + args.count);
  values.resize(args.count + takes.name_count, nullptr);
  const Outcome placed = place_keywords(callee, args, values.data() + args.count);
  if (!placed) return placed.failure();
  return callee.row.code({values.data(), args.count, args.keywords});
}

// ---- the whole call ----

Result call_row(const Callee& callee, Args args) {
  const Takes& takes = callee.takes();
  const std::size_t given = args.count - callee.first;
  const bool has_keywords = keyword_count(args) > 0;
  if (takes.keywords == Keywords::kNamed) {
    if (has_keywords || is_wrong_number(takes, given)) return call_with_parameters(callee, args);
  } else {
    if (has_keywords && takes.keywords == Keywords::kNone) {
      return fail_no_keywords(callee, keyword_name(args, 0));
    }
    if (is_wrong_number(takes, given)) return fail_wrong_number(callee, given);
    if (has_keywords && takes.keywords == Keywords::kAfter) return call_with_options(callee, args);
    if (has_keywords) return callee.row.code(args);
  }
  return callee.row.code({args.values, args.count});
}

// A subclass's object will do; `object` owns what every object can be asked.
bool is_receiver(const NativeFunction* function, const Object* object) {
  if (function->binding == Binding::kClassMethod) return object->kind() == Kind::kClass;
  return object->type == function->receiver || is_subclass(class_of(object), function->owner);
}

}  // namespace

Result call_native_checked(NativeFunction* function, Args args) {
  const bool has_receiver = needs_receiver(function->binding);
  const Callee callee{*function->row, function->binding, function->owner, function->module,
                      has_receiver ? std::size_t{1} : std::size_t{0}};
  if (has_receiver) {
    if (args.count == 0) return fail_no_receiver(callee);
    if (!is_receiver(function, args[0])) return fail_bad_receiver(callee, args[0]);
  }
  return call_row(callee, args);
}

Result call_constructor(const NativeMethod& constructor, Args args) {
  // As for other natives in try_call().
  return attempt([&constructor, args] {
    return call_row({constructor, Binding::kConstructor, nullptr, nullptr, 1}, args);
  });
}

// ---- making them ----

namespace {

Ref<NativeFunction> new_native_function(const NativeMethod& row, Binding binding) {
  const std::uint32_t first = needs_receiver(binding) ? 1 : 0;
  NativeFunction* function = allocate_object<NativeFunction>(types::native_function);
  function->name = row.name;
  function->row = &row;
  function->code = row.code;
  function->owner = nullptr;
  function->module = nullptr;
  function->receiver = nullptr;
  function->least = row.takes.least + first;
  function->spread = row.takes.most == kAnyNumber ? std::numeric_limits<std::uint32_t>::max()
                                                  : row.takes.most - std::uint32_t{row.takes.least};
  function->binding = binding;
  return Ref<NativeFunction>::adopt(function);
}

}  // namespace

Ref<NativeFunction> make_native_function(const NativeMethod& row, Binding binding, Class* owner) {
  Ref<NativeFunction> function = new_native_function(row, binding);
  function->owner = owner;
  if (binding == Binding::kClassMethod) {
    function->receiver = &types::klass;
  } else if (needs_receiver(binding) && owner != this_thread().world.object_class) {
    function->receiver = owner->builtin;
  }
  return function;
}

Ref<NativeFunction> make_native_function(const NativeMethod& row, Str* module) {
  Ref<NativeFunction> function = new_native_function(row, Binding::kFunction);
  function->module = module;
  return function;
}

GILBENCH_END
