// Closing keeps errno. Pipes get numbers above stderr, also where a standard stream is closed.
#include "runtime/support/descriptor.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace gilbench {

void Descriptor::reset(int number) {
  if (number_ >= 0) {
    const int error = errno;
    close(number_);
    errno = error;
  }
  number_ = number;
}

Descriptor moved_up(Descriptor descriptor, int least) {
  if (descriptor.get() >= least || !descriptor.is_open()) return descriptor;
  return Descriptor(fcntl(descriptor.get(), F_DUPFD_CLOEXEC, least));
}

bool Pipe::open() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return false;
  read_end = moved_up(Descriptor(ends[0]), STDERR_FILENO + 1);
  write_end = moved_up(Descriptor(ends[1]), STDERR_FILENO + 1);
  return read_end.is_open() && write_end.is_open();
}

}  // namespace gilbench
