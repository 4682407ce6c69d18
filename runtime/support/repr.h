// repr() of text and bytes.
#pragma once

#include <string>
#include <string_view>

namespace gilbench {

// Quoted and escaped exactly as CPython's repr() and ascii().
std::string repr_str(std::string_view text);
std::string ascii_repr(std::string_view text);
std::string repr_bytes(std::string_view bytes);
// ascii(): escapes what is not ASCII in a repr() that is already made.
std::string escape_non_ascii(std::string_view text);

}  // namespace gilbench
