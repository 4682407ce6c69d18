// Reads one line of /proc/PID/smaps_rollup.
#include "runtime/support/process_memory.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace gilbench {

std::int64_t memory_bytes(const char* what, pid_t process) {
  char path[64];
  std::snprintf(path, sizeof path, "/proc/%d/smaps_rollup", static_cast<int>(process));
  std::FILE* file = std::fopen(path, "r");
  if (file == nullptr) return 0;
  const std::size_t length = std::strlen(what);
  char line[256];
  long long kilobytes = 0;
  while (std::fgets(line, sizeof line, file) != nullptr) {
    if (std::strncmp(line, what, length) != 0 || line[length] != ':') continue;
    kilobytes = std::strtoll(line + length + 1, nullptr, 10);
    break;
  }
  std::fclose(file);
  return kilobytes * 1024;
}

std::int64_t memory_bytes(const char* what) { return memory_bytes(what, getpid()); }

}  // namespace gilbench
