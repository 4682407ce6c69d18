// The module math: functions of many numbers.
#include <cmath>
#include <limits>
#include <vector>

#include "runtime/modules/math_parts.h"
#include "runtime/objects/containers.h"

GILBENCH_BEGIN

namespace {

// The exact sum of doubles as a list of parts that do not overlap, smallest first: J. R. Shewchuk,
// "Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric Predicates" (1997).
class ExactSum {
 public:
  void add(double x) {
    if (!std::isfinite(x)) {
      special_ += x;
      has_special_ = true;
      if (std::isinf(x)) infinities_ += x;
      return;
    }
    std::size_t kept = 0;
    for (double part : parts_) {
      if (std::fabs(x) < std::fabs(part)) std::swap(x, part);
      const double high = x + part;
      const double low = part - (high - x);
      if (low != 0) parts_[kept++] = low;
      x = high;
    }
    if (!std::isfinite(x)) raise(X::OverflowError, "intermediate overflow in fsum");
    parts_.resize(kept);
    if (x != 0) parts_.push_back(x);
  }

  double result() const {
    if (has_special_) {
      if (std::isnan(infinities_)) raise(X::ValueError, "-inf + inf in fsum");
      return special_;
    }
    if (parts_.empty()) return 0;
    std::size_t i = parts_.size() - 1;
    double high = parts_[i];
    double low = 0;
    while (i > 0 && low == 0) {
      const double x = high;
      const double part = parts_[--i];
      high = x + part;
      low = part - (high - x);
    }
    // Half way between two doubles, the parts below decide which way the rounding goes.
    if (i > 0 && ((low < 0 && parts_[i - 1] < 0) || (low > 0 && parts_[i - 1] > 0))) {
      const double twice = low * 2;
      const double up = high + twice;
      if (twice == up - high) high = up;
    }
    return high;
  }

 private:
  std::vector<double> parts_;
  double special_ = 0;
  double infinities_ = 0;
  bool has_special_ = false;
};

Result math_fsum(Args args) {
  ExactSum sum;
  for_each(args[0], [&sum](Ref<> item) { sum.add(real_arg(item.get())); });
  return make_float(sum.result());
}

Result math_prod(Args args) {
  Ref<> product = args.get(1) == nullptr ? Ref<>(make_int(1)) : Ref<>::share(args[1]);
  for_each(args[0],
           [&product](Ref<> item) { product = binary(Operator::kMul, product.get(), item.get()); });
  return product;
}

// The length of a vector. Scaled by its largest coordinate, so that no square leaves the range, and
// added up with 64 bits of mantissa, so that the result is rounded once.
double norm(const std::vector<double>& coordinates) {
  double largest = 0;
  bool has_nan = false;
  for (const double x : coordinates) {
    if (std::isinf(x)) return std::numeric_limits<double>::infinity();
    has_nan = has_nan || std::isnan(x);
    largest = std::fmax(largest, std::fabs(x));
  }
  if (has_nan) return std::numeric_limits<double>::quiet_NaN();
  if (largest == 0) return 0;
  int exponent = 0;
  std::frexp(largest, &exponent);
  long double sum = 0;
  for (const double x : coordinates) {
    const long double scaled = std::ldexp(static_cast<long double>(x), -exponent);
    sum += scaled * scaled;
  }
  return static_cast<double>(std::ldexp(std::sqrt(sum), exponent));
}

Result math_hypot(Args args) {
  std::vector<double> coordinates;
  coordinates.reserve(args.count);
  for (Object* arg : args) coordinates.push_back(real_arg(arg));
  return make_float(norm(coordinates));
}

Result math_dist(Args args) {
  Ref<Tuple> p = to_tuple(args[0]);
  Ref<Tuple> q = to_tuple(args[1]);
  if (p->size != q->size) {
    return fail(X::ValueError, "both points must have the same number of dimensions");
  }
  std::vector<double> differences;
  differences.reserve(p->size);
  for (std::size_t i = 0; i < p->size; ++i) {
    differences.push_back(real_arg(p->items[i]) - real_arg(q->items[i]));
  }
  return make_float(norm(differences));
}

Result math_isclose(Args args) {
  const double a = real_arg(args[0]);
  const double b = real_arg(args[1]);
  const double relative = args.get(2) == nullptr ? 1e-9 : real_arg(args[2]);
  const double absolute = args.get(3) == nullptr ? 0.0 : real_arg(args[3]);
  if (relative < 0 || absolute < 0) return fail(X::ValueError, "tolerances must be non-negative");
  if (a == b) return make_bool(true);
  if (std::isinf(a) || std::isinf(b)) return make_bool(false);
  const double difference = std::fabs(b - a);
  return make_bool(difference <= std::fabs(relative * b) || difference <= std::fabs(relative * a) ||
                   difference <= absolute);
}

constexpr NativeMethod kMathSumsFunctions[] = {
    {"fsum", math_fsum, exactly(1)},
    {"prod", math_prod, named(1, "iterable", "start").positional_only(1).by_name_from(1)},
    {"hypot", math_hypot, at_least(0)},
    {"dist", math_dist, exactly(2)},
    {"isclose", math_isclose, named(2, "a", "b", "rel_tol", "abs_tol").by_name_from(2)},
};

}  // namespace

std::span<const NativeMethod> math_sum_functions() { return kMathSumsFunctions; }

GILBENCH_END
