// A system call that may block: made while detached, and made again when a signal interrupted it,
// unless the run is to be ended (CPython: PEP 475).
#pragma once

#include <cerrno>

#include "runtime/interpreter/errors.h"
#include "runtime/interpreter/thread.h"

GILBENCH_BEGIN

// `call` returns a negative number and sets errno where it fails; no object may be touched in it.
// On failure errno is as the call left it.
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

// The same, raising OSError on failure.
template <class Call>
auto checked_call(Call&& call, const std::string& filename = "") {
  const auto result = blocking_call(call);
  if (result < 0) raise_os_error(errno, filename);
  return result;
}

GILBENCH_END
