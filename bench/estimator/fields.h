// Checked access to a JSON object of a results file. Files come from anywhere: nothing is used
// before its type and its size are checked.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>

namespace gilbench::estimator {

// A file that cannot be used, or two that cannot be compared; the message is one line for the user.
struct DataError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

inline constexpr double kLeastSeconds = 1e-9;
inline constexpr double kMostSeconds = 1e9;

// Absent and null are the same everywhere. What is of another type or beyond its limits is refused:
// the functions throw DataError that begins with `where`.
class Fields {
 public:
  // `object` must be an object and outlive this.
  Fields(const nlohmann::json& object, std::string where);

  const nlohmann::json* find(const char* name) const;
  // "" where there is none. At most 2,000 characters.
  std::string text(const char* name) const;
  // Text of any length as a single line; of a long one the end, which is where tracebacks say what
  // happened.
  std::string message(const char* name) const;
  // Must be there: at most 200 characters, none of them a control character.
  std::string name(const char* name) const;
  std::optional<std::int64_t> whole(const char* name, std::int64_t least, std::int64_t most) const;
  std::optional<double> number(const char* name, double least, double most) const;
  bool flag(const char* name) const;
  // A time in units of which `per_second` make a second, as seconds; nothing where it is 0.
  std::optional<double> seconds(const char* name, const nlohmann::json& value,
                                double per_second) const;

  [[noreturn]] void refuse(const char* name, const nlohmann::json& value,
                           const std::string& what) const;

 private:
  const nlohmann::json& object_;
  std::string where_;
};

}  // namespace gilbench::estimator
