// What every binary that a user starts does first and last with its standard streams.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace gilbench {

// Runs `body` and returns its exit status, under three promises:
//
// - Descriptors 0 to 2 are open: those that were closed lead to /dev/null. Otherwise the next file
//   that is opened would get such a number, and messages would be written into it.
// - A write beyond the limit on the size of files is an error (EFBIG) and ends no process.
// - If standard output could not be written, one line on standard error says so, and a status 0
//   becomes 1.
int with_standard_streams(const std::string& binary, const std::function<int()>& body);

// Writes to standard output at once, and keeps the reason where that fails. From one thread only.
void write_output(std::string_view text);

}  // namespace gilbench
