// The throw itself, kept out of its many callers.
#include "runtime/support/error.h"

namespace gilbench {

void throw_error(ErrorKind kind, const std::string& message) { throw SupportError(kind, message); }

}  // namespace gilbench
