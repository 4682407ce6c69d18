// What the compiler is told of inlining, for the few functions that the speed of the interpreter's
// loop hangs on.
// GILBENCH_INLINE: inline. Under a sanitizer (GILBENCH_PLAIN_MALLOC) the compiler decides: it would
// take minutes over the loop. GILBENCH_INLINE_LAMBDA: the same, behind a lambda's parameters.
// outlined(f): f(), as a call. What is rare then costs the common case nothing: neither room in the
// loop nor, as long as f captures copies and answers with a number or a plain pointer, a variable
// that has to be in memory instead of a register.
#pragma once

#ifdef GILBENCH_PLAIN_MALLOC
#define GILBENCH_INLINE inline
#define GILBENCH_INLINE_LAMBDA
#else
#define GILBENCH_INLINE [[gnu::always_inline]] inline
#define GILBENCH_INLINE_LAMBDA __attribute__((always_inline))
#endif

namespace gilbench {

template <class Function>
[[gnu::noinline]] auto outlined(Function function) {
  return function();
}

}  // namespace gilbench
