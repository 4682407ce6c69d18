// Ctrl-C's flag, one for the process: a signal handler sets it, every run looks at it.
#pragma once

namespace gilbench {

// Asks every run in this process to end soon. Async-signal-safe.
void request_interrupt() noexcept;
bool interrupt_requested() noexcept;
void clear_interrupt() noexcept;

}  // namespace gilbench
