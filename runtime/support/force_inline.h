// GILBENCH_INLINE: for the few functions that the speed of the interpreter's loop hangs on. Under a
// sanitizer (GILBENCH_PLAIN_MALLOC) the compiler decides: it would take minutes over the loop.
#pragma once

#ifdef GILBENCH_PLAIN_MALLOC
#define GILBENCH_INLINE inline
#else
#define GILBENCH_INLINE [[gnu::always_inline]] inline
#endif
