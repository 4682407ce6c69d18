// Signals as something that poll() can wait for: Ctrl-C, and that a child has ended.
#pragma once

namespace gilbench {

// SIGINT and SIGTERM ask every run to end (request_interrupt()); they and SIGCHLD make
// wakeup_descriptor() readable. A closed pipe is an error of whoever writes, not the end of this
// process. A second call does nothing. Throws std::system_error.
void handle_signals();

// For poll(); readable until drain_wakeups(). Negative before handle_signals().
int wakeup_descriptor();
void drain_wakeups();

}  // namespace gilbench
