// The module time: clocks, and sleep().
#include <time.h>

#include <chrono>
#include <cmath>

#include "runtime/objects/native.h"
#include "runtime/world/waiting.h"

GILBENCH_BEGIN

namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;

std::int64_t nanoseconds_of(clockid_t clock) {
  timespec now{};
  clock_gettime(clock, &now);
  return now.tv_sec * kNanosecondsPerSecond + now.tv_nsec;
}

Ref<> seconds(clockid_t clock) {
  return make_float(static_cast<double>(nanoseconds_of(clock)) * 1e-9);
}

Ref<> nanoseconds(clockid_t clock) { return make_int(nanoseconds_of(clock)); }

// A sleep lasts until a moment on the monotonic clock, so an interruption makes it no longer.
Result sleep(Args args) {
  std::int64_t duration_ns = 0;
  if (is_float(args[0]) || !is_integer(args[0])) {
    if (!is_float(args[0])) to_index(args[0]);  // raises, but for __index__
    const double duration_s = to_double(args[0]);
    if (std::isnan(duration_s)) return fail(X::ValueError, "Invalid value NaN (not a number)");
    if (duration_s < 0) return fail(X::ValueError, "sleep length must be non-negative");
    if (duration_s > 9.2e9) {
      return fail(X::OverflowError, "timestamp too large to convert to C _PyTime_t");
    }
    duration_ns = static_cast<std::int64_t>(std::ceil(duration_s * 1e9));
  } else {
    const std::optional<std::int64_t> whole = small_int(args[0]);
    if (whole && *whole < 0) return fail(X::ValueError, "sleep length must be non-negative");
    if (!whole || *whole > 9'200'000'000) {
      return fail(X::OverflowError, "timestamp too large to convert to C _PyTime_t");
    }
    duration_ns = *whole * kNanosecondsPerSecond;
  }
  std::int64_t deadline_ns = 0;
  if (__builtin_add_overflow(nanoseconds_of(CLOCK_MONOTONIC), duration_ns, &deadline_ns)) {
    return fail(X::OverflowError, "timestamp too large to convert to C _PyTime_t");
  }
  wait_until(std::chrono::steady_clock::time_point(std::chrono::nanoseconds(deadline_ns)));
  return make_none();
}

#define METHOD(name, takes, ...)                            \
  {                                                         \
    name, [](Args) -> Result { return __VA_ARGS__; }, takes \
  }
#define CLOCK(name, clock) \
  METHOD(#name, exactly(0), seconds(clock)), METHOD(#name "_ns", exactly(0), nanoseconds(clock))

constexpr NativeMethod kTimeFunctions[] = {
    {"sleep", sleep, exactly(1)},
    CLOCK(perf_counter, CLOCK_MONOTONIC),
    CLOCK(monotonic, CLOCK_MONOTONIC),
    CLOCK(time, CLOCK_REALTIME),
    CLOCK(process_time, CLOCK_PROCESS_CPUTIME_ID),
    CLOCK(thread_time, CLOCK_THREAD_CPUTIME_ID),
};

#undef CLOCK
#undef METHOD

}  // namespace

Ref<Module> make_time_module() {
  Ref<Module> module = make_module("time");
  module_add(module.get(), kTimeFunctions);
  return module;
}

GILBENCH_END
