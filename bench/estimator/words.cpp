// Decides how many digits a number is told with, and how many names a list shows.
#include "bench/estimator/words.h"

#include <cmath>
#include <cstddef>
#include <cstdio>

namespace gilbench::estimator {
namespace {

constexpr std::size_t kMostNames = 4;

std::string formatted(const char* format, double value) {
  char text[64];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

}  // namespace

std::string count_of(int count, const std::string& thing) {
  return std::to_string(count) + " " + thing + (count == 1 ? "" : "s");
}

std::string ratio_text(double ratio) {
  if (std::abs(ratio - 1) < 0.1) return formatted("%.3f", ratio);
  if (ratio >= 0.01 && ratio < 10) return formatted("%.2f", ratio);
  return formatted("%.3g", ratio);
}

std::string interval_text(const Estimate& estimate) {
  if (!estimate.has_interval()) return "interval not known";
  const double half_width = estimate.half_width();
  return ratio_text(std::exp(estimate.mean - half_width)) + " to " +
         ratio_text(std::exp(estimate.mean + half_width));
}

std::string tenths_text(double number) { return formatted("%.1f", number); }

std::string percent_text(double share) { return formatted("%.3g %%", share * 100); }

std::string list_text(const std::vector<std::string>& names) {
  const bool is_long = names.size() > kMostNames;
  const std::size_t shown = is_long ? kMostNames - 1 : names.size();
  std::string text;
  for (std::size_t index = 0; index < shown; ++index) {
    const bool is_last = !is_long && index + 1 == shown;
    if (index > 0) text += is_last ? " and " : ", ";
    text += names[index];
  }
  if (is_long) text += " and " + std::to_string(names.size() - shown) + " others";
  return text;
}

}  // namespace gilbench::estimator
