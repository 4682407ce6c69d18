// Ctrl-C's flag, one for the process: a signal handler sets it, every run looks at it.
#pragma once

namespace gilbench {

// Asks every run in this process to end soon. Async-signal-safe.
void request_interrupt() noexcept;
bool interrupt_requested() noexcept;
void clear_interrupt() noexcept;

// SIGINT and SIGTERM request one from now on, and a closed pipe is an error of whoever writes, as
// in CPython.
void handle_interrupts() noexcept;
// `flags`: sigaction()'s.
void handle_signal(int number, void (*handler)(int), int flags = 0) noexcept;

}  // namespace gilbench
