// Built-in functions that go over an iterable: min, max, sum, sorted, any, all.
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

  Outcome offer(Ref<> item) {
    Ref<> key = item;
    if (key_ != nullptr) {
      Result made = try_call(key_, {item.get()});
      if (!made) return made;
      key = Ref<>::adopt(made.take());
    }
    if (best_ && !better(op_, key.get(), best_key_.get())) return {};
    best_ = std::move(item);
    best_key_ = std::move(key);
    return {};
  }
  Ref<> take() { return std::move(best_); }

 private:
  Comparison op_;
  Object* key_;
  Ref<> best_;
  Ref<> best_key_;
};

Result best_of(Args args, const char* name, Comparison op) {
  Object* key = args.named(0);
  Object* fallback = args.named(1);
  Best best(op, key == nullptr || is_none(key) ? nullptr : key);
  if (args.count > 1) {
    if (fallback != nullptr) {
      return fail(X::TypeError, "Cannot specify a default for ", name,
                  "() with multiple positional arguments");
    }
    for (Object* item : args) {
      if (const Outcome done = best.offer(Ref<>::share(item)); !done) return done.failure();
    }
    return best.take();
  }
  const Outcome done =
      try_for_each(args[0], [&best](Ref<> item) { return best.offer(std::move(item)); });
  if (!done) return done.failure();
  if (Ref<> found = best.take()) return found;
  if (fallback != nullptr) return Ref<>::share(fallback);
  return fail(X::ValueError, name, "() arg is an empty sequence");
}

Result builtin_min(Args args) { return best_of(args, "min", Comparison::kLt); }
Result builtin_max(Args args) { return best_of(args, "max", Comparison::kGt); }

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

  Outcome add(Object* item) {
    switch (mode_) {
      case Mode::kInteger:
        if (const std::optional<std::int64_t> value = small_int(item)) {
          if (!add_overflow(integer_, *value, &overflow_checked_)) {
            integer_ = overflow_checked_;
            return {};
          }
        }
        total_ = make_int(integer_);
        break;
      case Mode::kFloat:
        if (is_float(item)) {
          float_ += float_value(item);
          return {};
        }
        if (const std::optional<std::int64_t> value = small_int(item)) {
          float_ += static_cast<double>(*value);
          return {};
        }
        total_ = make_float(float_);
        break;
      case Mode::kObjects:
        break;
    }
    const bool was_integer = mode_ == Mode::kInteger;
    mode_ = Mode::kObjects;
    Result total = try_binary(Operator::kAdd, total_.get(), item);
    if (!total) return total;
    total_ = Ref<>::adopt(total.take());
    if (was_integer) enter_float_or_objects();
    return {};
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

Result builtin_sum(Args args) {
  Ref<> zero = make_int(0);
  Object* start = args.get(1) == nullptr ? zero.get() : args[1];
  const Result iterator = try_iterate(args[0]);
  if (!iterator) return iterator.failure();
  if (is_str(start)) {
    return fail(X::TypeError, "sum() can't sum strings [use ''.join(seq) instead]");
  }
  if (start->kind() == Kind::kBytes) {
    return fail(X::TypeError, "sum() can't sum bytes [use b''.join(seq) instead]");
  }
  Maybe item = try_next_in_loop(iterator.get());
  if (item.failed()) return item.failure();
  if (!item) return Ref<>::share(start);  // True stays True: nothing is added to it
  Sum sum(start);
  for (; item; item = try_next_in_loop(iterator.get())) {
    if (const Outcome added = sum.add(item.get()); !added) return added.failure();
  }
  if (item.failed()) return item.failure();
  return sum.take();
}

// ---- sorted, any, all ----

Result builtin_sorted(Args args) {
  Object* key = args.named(0);
  Object* reverse = args.named(1);
  Ref<List> list = make_list();
  if (const Outcome done = list_extend(list.get(), args[0]); !done) return done.failure();
  const bool reversed = reverse != nullptr && to_index(reverse) != 0;
  const Outcome sorted =
      list_sort(list.get(), key == nullptr || is_none(key) ? nullptr : key, reversed);
  if (!sorted) return sorted.failure();
  return list;
}

// `if_found` where an item of that truth comes, at which it stops; the opposite else.
Result search_item(Object* iterable, bool truth, bool if_found) {
  bool found = false;
  const Outcome done = try_for_each(iterable, [&found, truth](Ref<> item) {
    found = is_true(item.get()) == truth;
    return !found;
  });
  if (!done) return done.failure();
  return make_bool(found == if_found);
}

Result builtin_any(Args args) { return search_item(args[0], true, true); }

Result builtin_all(Args args) { return search_item(args[0], false, false); }

constexpr Takes kBest = at_least(1).then("key", "default");
constexpr NativeMethod kBuiltinsIterablesFunctions[] = {
    {"min", builtin_min, kBest},
    {"max", builtin_max, kBest},
    {"sum", builtin_sum, named(1, "iterable", "start").positional_only(1)},
    // It hands its keywords on to list.sort(), which complains of them.
    {"sorted", builtin_sorted,
     exactly(1).then("key", "reverse").worded(Wording::kExpected).called("sort")},
    {"any", builtin_any, exactly(1)},
    {"all", builtin_all, exactly(1)},
};

}  // namespace

std::span<const NativeMethod> iterable_functions() { return kBuiltinsIterablesFunctions; }

GILBENCH_END
