// Errors that the formatting of text and of numbers share.
#pragma once

#include <string>
#include <string_view>

#include "runtime/support/error.h"

namespace gilbench {

// ValueError.
[[noreturn]] inline void throw_format_error(const std::string& message) {
  throw_error(ErrorKind::kValueError, message);
}

// The character itself, or \x1234 where it cannot be shown.
std::string shown_format_code(char32_t code);
[[noreturn]] void throw_unknown_format_code(char32_t code, std::string_view type_name);

}  // namespace gilbench
