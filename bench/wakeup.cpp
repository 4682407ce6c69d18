// The self-pipe trick: handlers write a byte, and poll() sees it.
#include "bench/wakeup.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "runtime/support/descriptor.h"
#include "runtime/support/interrupt.h"

namespace gilbench {
namespace {

// Written before the handlers are there.
Pipe wakeups;
int write_end = -1;

void wake() {
  const int error = errno;
  const char byte = 0;
  // A full pipe wakes as well.
  [[maybe_unused]] const ssize_t written = write(write_end, &byte, 1);
  errno = error;
}

}  // namespace

void handle_signals() {
  if (write_end >= 0) return;
  if (!wakeups.open())
    throw std::system_error(errno, std::generic_category(), "cannot make a pipe");
  fcntl(wakeups.read_end.get(), F_SETFL, O_NONBLOCK);
  fcntl(wakeups.write_end.get(), F_SETFL, O_NONBLOCK);
  write_end = wakeups.write_end.get();
  const auto interrupt = [](int) {
    request_interrupt();
    wake();
  };
  handle_signal(SIGINT, interrupt, SA_RESTART);
  handle_signal(SIGTERM, interrupt, SA_RESTART);
  handle_signal(
      SIGCHLD, [](int) { wake(); }, SA_RESTART);
  signal(SIGPIPE, SIG_IGN);
}

int wakeup_descriptor() { return wakeups.read_end.get(); }

void drain_wakeups() {
  char buffer[64];
  while (read(wakeups.read_end.get(), buffer, sizeof buffer) > 0) {
  }
}

}  // namespace gilbench
