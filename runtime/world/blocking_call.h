// A system call that may block: made while detached, and made again when a signal interrupted it,
// unless the run is to be ended (CPython: PEP 475).
#pragma once

#include <cerrno>

#include "runtime/world/raise.h"
#include "runtime/world/thread.h"
#include "runtime/world/waiting.h"

GILBENCH_BEGIN

// `call` returns a negative number and sets errno where it fails; no object may be touched in it.
// On failure errno is as the call left it. For calls that the kernel ends by itself (a file's, a
// folder's): where threads are tasks, the others wait meanwhile.
template <class Call>
auto blocking_call(Call&& call) {
  for (;;) {
    decltype(call()) result;
    int error = 0;
    {
      BlockingRegion region;
      result = call();
      error = errno;  // attaching again may change it
    }
    if (result >= 0 || error != EINTR) {
      errno = error;
      return result;
    }
    this_thread().check_interrupt();
  }
}

// For calls on a descriptor that may have to wait for somebody else (a pipe, a terminal), until it
// is ready for `events` (POLLIN, POLLOUT).
template <class Call>
auto descriptor_call(int descriptor, short events, Call&& call) {
  if (!threads_are_tasks()) return blocking_call(call);
  make_non_blocking(descriptor);
  for (;;) {
    const auto result = blocking_call(call);
    if (result >= 0 || errno != EAGAIN || program_wants_non_blocking(descriptor)) return result;
    wait_until_ready(descriptor, events, {});
  }
}

// The same, raising OSError on failure.
template <class Call>
auto checked_call(Call&& call, const std::string& filename = "") {
  const auto result = blocking_call(call);
  if (result < 0) raise_os_error(errno, filename);
  return result;
}
template <class Call>
auto checked_descriptor_call(int descriptor, short events, Call&& call) {
  const auto result = descriptor_call(descriptor, events, call);
  if (result < 0) raise_os_error(errno);
  return result;
}

GILBENCH_END
