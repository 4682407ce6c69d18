// The one exception that this folder throws: a Python error's kind and CPython 3.11's message. The
// object runtime turns it into an exception object of its own.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace gilbench {

enum class ErrorKind {
  kValueError,
  kTypeError,
  kOverflowError,
  kZeroDivisionError,
  kIndexError,
  kKeyError,
  kUnicodeDecodeError,
  kUnicodeEncodeError,
  kMemoryError,
};

class SupportError : public std::runtime_error {
 public:
  SupportError(ErrorKind kind, const std::string& message)
      : std::runtime_error(message), kind_(kind) {}
  ErrorKind kind() const noexcept { return kind_; }

 private:
  ErrorKind kind_;
};

// Out of line, so that callers' fast paths stay small.
[[noreturn]] void throw_error(ErrorKind kind, const std::string& message);

// MemoryError for a text of more bytes than any program here has a use for: asking the system for
// them would not fail, but end the process once they are written.
inline constexpr std::int64_t kMaxTextSize = std::int64_t{1} << 33;
inline void check_text_size(std::int64_t size) {
  if (size > kMaxTextSize) [[unlikely]]
    throw_error(ErrorKind::kMemoryError, "");
}

}  // namespace gilbench
