// An engine process from the inside: this binary, started by the bench as a child.
#pragma once

#include <string>

namespace gilbench {

// Serves the bench at the other end of the socket `descriptor` (its number in decimal digits) until
// that closes; the exit status.
int engine_child_main(const std::string& descriptor);

}  // namespace gilbench
