// Errors that the formatting of text and of numbers share.
#pragma once

#include <string>
#include <string_view>

namespace gilbench {

// The character itself, or \x1234 where it cannot be shown.
std::string shown_format_code(char32_t code);
[[noreturn]] void throw_unknown_format_code(char32_t code, std::string_view type_name);

}  // namespace gilbench
