// Each getter checks one field; refuse() names row, field and value on one short line without
// control characters, and throws.
#include "bench/estimator/fields.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace gilbench::estimator {
namespace {

using nlohmann::json;

constexpr std::size_t kLongestName = 200;
constexpr std::size_t kLongestText = 2000;
constexpr std::size_t kLongestShown = 60;

// Cuts at the end of a character of UTF-8.
std::string first_bytes(const std::string& text, std::size_t most) {
  if (text.size() <= most) return text;
  std::size_t end = most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

std::string last_bytes(const std::string& text, std::size_t most) {
  if (text.size() <= most) return text;
  std::size_t start = text.size() - most;
  while (start < text.size() && (static_cast<unsigned char>(text[start]) & 0xC0U) == 0x80U) ++start;
  return text.substr(start);
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

std::string on_one_line(const std::string& text) {
  std::string line;
  for (const char c : text) {
    const bool is_space = c == ' ' || is_control(c);
    if (!is_space) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

// A value as an error message shows it. Lists and objects may be deep, and writing them recurses.
std::string shown(const json& value) {
  if (value.is_array()) return "a list";
  if (value.is_object()) return "an object";
  const std::string text = value.dump(-1, ' ', true, json::error_handler_t::replace);
  return text.size() <= kLongestShown ? text : first_bytes(text, kLongestShown - 3) + "...";
}

}  // namespace

Fields::Fields(const json& object, std::string where) : object_(object), where_(std::move(where)) {}

void Fields::refuse(const char* name, const json& value, const std::string& what) const {
  throw DataError(where_ + ": " + name + " is " + shown(value) + ", not " + what);
}

const json* Fields::find(const char* name) const {
  const auto found = object_.find(name);
  return found == object_.end() || found->is_null() ? nullptr : &*found;
}

std::string Fields::text(const char* name) const {
  const json* value = find(name);
  if (value == nullptr) return {};
  if (!value->is_string()) refuse(name, *value, "text");
  const std::string& text = value->get_ref<const std::string&>();
  if (text.size() > kLongestText) {
    refuse(name, *value, "text of at most " + std::to_string(kLongestText) + " characters");
  }
  return on_one_line(text);
}

std::string Fields::message(const char* name) const {
  const json* value = find(name);
  if (value == nullptr) return {};
  if (!value->is_string()) refuse(name, *value, "text");
  return on_one_line(last_bytes(value->get_ref<const std::string&>(), kLongestText));
}

std::string Fields::name(const char* name) const {
  const json* value = find(name);
  if (value == nullptr) throw DataError(where_ + ": has no " + name);
  if (!value->is_string()) refuse(name, *value, "a name");
  const std::string& text = value->get_ref<const std::string&>();
  if (text.empty() || text.size() > kLongestName ||
      std::any_of(text.begin(), text.end(), is_control)) {
    refuse(name, *value, "a name of at most " + std::to_string(kLongestName) + " characters");
  }
  return text;
}

std::optional<std::int64_t> Fields::whole(const char* name, std::int64_t least,
                                          std::int64_t most) const {
  const json* value = find(name);
  if (value == nullptr) return std::nullopt;
  // Numbers beyond std::int64_t are unsigned ones or fractions in nlohmann/json.
  const bool fits = value->is_number_integer() &&
                    !(value->is_number_unsigned() && value->get<std::uint64_t>() > INT64_MAX);
  const std::int64_t number = fits ? value->get<std::int64_t>() : 0;
  if (!fits || number < least || number > most) {
    refuse(name, *value,
           "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  }
  return number;
}

std::optional<double> Fields::number(const char* name, double least, double most) const {
  const json* value = find(name);
  if (value == nullptr) return std::nullopt;
  const double number = value->is_number() ? value->get<double>() : least - 1;
  if (!(number >= least && number <= most)) {
    std::ostringstream range;
    range << "a number from " << least << " to " << most;
    refuse(name, *value, range.str());
  }
  return number;
}

bool Fields::flag(const char* name) const {
  const json* value = find(name);
  if (value == nullptr) return false;
  if (!value->is_boolean()) refuse(name, *value, "true or false");
  return value->get<bool>();
}

std::optional<double> Fields::seconds(const char* name, const json& value,
                                      double per_second) const {
  if (value.is_null()) return std::nullopt;
  if (!value.is_number()) refuse(name, value, "a time");
  const double seconds = value.get<double>() / per_second;
  if (seconds == 0) return std::nullopt;
  if (!(seconds >= kLeastSeconds && seconds <= kMostSeconds)) {
    refuse(name, value, "a time from 1e-9 to 1e9 seconds");
  }
  return seconds;
}

}  // namespace gilbench::estimator
