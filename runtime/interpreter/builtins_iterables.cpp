// Built-in functions that go over an iterable: min, max, sum, sorted, any, all.
#include <array>

#include "runtime/interpreter/builtins.h"
#include "runtime/objects/containers.h"
#include "runtime/support/int_math.h"

GILBENCH_BEGIN

namespace {

// ---- min and max ----

// Whether `a` is to be preferred to `b`, which came first.
bool better(Comparison op, Object* a, Object* b) {
  if (is_int(a) && is_int(b)) {
    return op == Comparison::kLt ? int_value(a) < int_value(b) : int_value(a) > int_value(b);
  }
  if (is_float(a) && is_float(b)) {
    return op == Comparison::kLt ? float_value(a) < float_value(b)
                                 : float_value(a) > float_value(b);
  }
  return compare_true(op, a, b);
}

class Best {
 public:
  Best(Comparison op, Object* key) : op_(op), key_(key) {}

  void offer(Ref<> item) {
    Ref<> key = key_ == nullptr ? item : call(key_, {item.get()});
    if (best_ && !better(op_, key.get(), best_key_.get())) return;
    best_ = std::move(item);
    best_key_ = std::move(key);
  }
  Ref<> take() { return std::move(best_); }

 private:
  Comparison op_;
  Object* key_;
  Ref<> best_;
  Ref<> best_key_;
};

Ref<> best_of(Args args, const char* name, Comparison op) {
  if (args.count == 0) {
    raise(X::TypeError, std::string(name) + " expected at least 1 argument, got 0");
  }
  static constexpr std::array names = {"key", "default"};
  std::array<Object*, 2> values = {};
  if (args.keywords != nullptr) bind_args(rest(args, args.count), name, names, values, 0);
  // rest() leaves no positional arguments: only the keywords are bound.
  const auto [key, fallback] = values;
  Best best(op, key == nullptr || is_none(key) ? nullptr : key);
  if (args.count > 1) {
    if (fallback != nullptr) {
      raise(X::TypeError, std::string("Cannot specify a default for ") + name +
                              "() with multiple positional arguments");
    }
    for (Object* item : args) best.offer(Ref<>::share(item));
    return best.take();
  }
  for_each(args[0], [&best](Ref<> item) { best.offer(std::move(item)); });
  if (Ref<> found = best.take()) return found;
  if (fallback != nullptr) return Ref<>::share(fallback);
  raise(X::ValueError, std::string(name) + "() arg is an empty sequence");
}

Ref<> builtin_min(Args args) { return best_of(args, "min", Comparison::kLt); }
Ref<> builtin_max(Args args) { return best_of(args, "max", Comparison::kGt); }

// ---- sum ----

// Adds up as long as the numbers are machine integers, then as long as they are floats, then
// whatever they are: CPython's order, so the rounding is the same too.
class Sum {
 public:
  explicit Sum(Object* start) : total_(Ref<>::share(start)) {
    if (const std::optional<std::int64_t> value = small_int(start)) {
      integer_ = *value;
      mode_ = Mode::kInteger;
    } else {
      enter_float_or_objects();
    }
  }

  void add(Object* item) {
    switch (mode_) {
      case Mode::kInteger:
        if (const std::optional<std::int64_t> value = small_int(item)) {
          if (!add_overflow(integer_, *value, &overflow_checked_)) {
            integer_ = overflow_checked_;
            return;
          }
        }
        total_ = make_int(integer_);
        break;
      case Mode::kFloat:
        if (is_float(item)) {
          float_ += float_value(item);
          return;
        }
        if (const std::optional<std::int64_t> value = small_int(item)) {
          float_ += static_cast<double>(*value);
          return;
        }
        total_ = make_float(float_);
        break;
      case Mode::kObjects:
        break;
    }
    const bool was_integer = mode_ == Mode::kInteger;
    mode_ = Mode::kObjects;
    total_ = binary(Operator::kAdd, total_.get(), item);
    if (was_integer) enter_float_or_objects();
  }

  Ref<> take() {
    switch (mode_) {
      case Mode::kInteger:
        return make_int(integer_);
      case Mode::kFloat:
        return make_float(float_);
      case Mode::kObjects:
        break;
    }
    return std::move(total_);
  }

 private:
  enum class Mode { kInteger, kFloat, kObjects };

  void enter_float_or_objects() {
    mode_ = is_float(total_.get()) ? Mode::kFloat : Mode::kObjects;
    if (mode_ == Mode::kFloat) float_ = float_value(total_.get());
  }

  Mode mode_ = Mode::kObjects;
  std::int64_t integer_ = 0;
  std::int64_t overflow_checked_ = 0;
  double float_ = 0;
  Ref<> total_;
};

Ref<> builtin_sum(Args args) {
  if (args.count == 0) raise(X::TypeError, "sum() takes at least 1 positional argument (0 given)");
  static constexpr std::array names = {"iterable", "start"};
  std::array<Object*, 2> values = {};
  bind_args(args, "sum", names, values, 1, 1);
  Ref<> zero = make_int(0);
  Object* start = values[1] == nullptr ? zero.get() : values[1];
  Ref<> iterator = iterate(values[0]);
  if (is_str(start)) {
    raise(X::TypeError, "sum() can't sum strings [use ''.join(seq) instead]");
  }
  if (start->kind() == Kind::kBytes) {
    raise(X::TypeError, "sum() can't sum bytes [use b''.join(seq) instead]");
  }
  Ref<> first = next_in_loop(iterator.get());
  if (!first) return Ref<>::share(start);  // True stays True: nothing is added to it
  Sum sum(start);
  sum.add(first.get());
  while (Ref<> item = next_in_loop(iterator.get())) sum.add(item.get());
  return sum.take();
}

// ---- sorted, any, all ----

Ref<> builtin_sorted(Args args) {
  if (args.count != 1) {
    raise(X::TypeError, "sorted expected 1 argument, got " + std::to_string(args.count));
  }
  static constexpr std::array names = {"key", "reverse"};
  std::array<Object*, 2> values = {};
  if (args.keywords != nullptr) bind_args(rest(args, 1), "sort", names, values, 0);
  const auto [key, reverse] = values;
  Ref<List> list = to_list(args[0]);
  list_sort(list.get(), key == nullptr || is_none(key) ? nullptr : key,
            reverse != nullptr && to_index(reverse) != 0);
  return list;
}

// Whether an item of that truth comes; stops at it.
bool has_item(Object* iterable, bool truth) {
  bool found = false;
  for_each(iterable, [&found, truth](Ref<> item) {
    found = is_true(item.get()) == truth;
    return !found;
  });
  return found;
}

Ref<> builtin_any(Args args) {
  check_args(args, "any", 1, 1);
  return make_bool(has_item(args[0], true));
}

Ref<> builtin_all(Args args) {
  check_args(args, "all", 1, 1);
  return make_bool(!has_item(args[0], false));
}

constexpr NativeMethod kBuiltinsIterablesFunctions[] = {
    {"min", builtin_min},       {"max", builtin_max}, {"sum", builtin_sum},
    {"sorted", builtin_sorted}, {"any", builtin_any}, {"all", builtin_all},
};

}  // namespace

std::span<const NativeMethod> iterable_functions() { return kBuiltinsIterablesFunctions; }

GILBENCH_END
