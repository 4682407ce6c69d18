// Puts /dev/null in the place of standard descriptors that are closed at the start, and makes a
// failed write to stdout an exit status.
#include "runtime/support/standard_streams.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>

namespace gilbench {
namespace {

int first_error = 0;  // errno of the first write_output() that failed; 0: none has

void open_standard_descriptors() {
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (fcntl(number, F_GETFD) >= 0 || errno != EBADF) continue;
    // open() gives the lowest number that is free, and those below are taken by now.
    const int mode = number == STDIN_FILENO ? O_RDONLY : O_WRONLY;
    if (open("/dev/null", mode) != number) std::_Exit(1);
  }
}

// Whether all that was written to standard output has arrived, by std::cout or by stdio.
bool all_is_written() {
  write_output("");
  return std::fflush(stdout) == 0 && std::cout.good() && std::ferror(stdout) == 0;
}

}  // namespace

void write_output(std::string_view text) {
  errno = 0;
  std::cout << text << std::flush;
  if (!std::cout.good() && first_error == 0) first_error = errno;
}

int with_standard_streams(const std::string& binary, const std::function<int()>& body) {
  open_standard_descriptors();
  signal(SIGXFSZ, SIG_IGN);
  const int status = body();
  if (all_is_written()) return status;
  // Of a write by other means the reason is not known any more.
  std::cerr << binary << ": cannot write to standard output"
            << (first_error != 0 ? std::string(": ") + std::strerror(first_error) : "") << '\n';
  return status == 0 ? 1 : status;
}

}  // namespace gilbench
