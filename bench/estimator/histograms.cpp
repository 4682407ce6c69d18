// Accepts buckets of 1 % from 1 ns on, and no others: an index and a count each, both within
// bounds.
#include "bench/estimator/histograms.h"

#include <charconv>
#include <string>

namespace gilbench::estimator {
namespace {

using nlohmann::json;

constexpr std::int64_t kMostQuestions = 1'000'000'000'000;
constexpr int kLastBucket = 10'000;  // a time longer than the world is old

// -1 where it is no index.
int index_of(const std::string& text) {
  int index = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), index);
  return error == std::errc() && end == text.data() + text.size() && index <= kLastBucket ? index
                                                                                          : -1;
}

}  // namespace

Buckets latency_of(const Fields& entry) {
  const char* const key = "histograms";
  const json* all = entry.find(key);
  if (all == nullptr) return {};
  if (!all->is_object()) entry.refuse(key, *all, "an object");
  const auto latency = all->find("latency");
  if (latency == all->end()) return {};
  const auto value_of = [&](const char* name) {
    return latency->is_object() && latency->contains(name) ? (*latency)[name] : json();
  };
  const json buckets = value_of("buckets");
  if (value_of("unit") != "ns" || value_of("growth") != kBucketGrowth || !buckets.is_object()) {
    entry.refuse(key, *latency, "buckets of 1 % from 1 ns on");
  }
  Buckets counts;
  for (const auto& [text, count] : buckets.items()) {
    const int index = index_of(text);
    const bool fits = index >= 0 && count.is_number_unsigned() &&
                      count.get<std::uint64_t>() <= std::uint64_t{kMostQuestions};
    if (!fits) entry.refuse(key, count, "a count of bucket " + text.substr(0, 20));
    counts[index] = count.get<std::int64_t>();
  }
  return counts;
}

}  // namespace gilbench::estimator
