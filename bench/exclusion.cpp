// The two kinds of loss that are looked at, and the comparison of each repetition with its row's
// median.
#include "bench/exclusion.h"

#include <cstdio>

namespace gilbench {
namespace {

// A quarter of a core: what it takes from a row with two workers is an eighth.
constexpr double kMuch = 0.25;

// What others took from a repetition.
struct Loss {
  const char* what;
  bool of_all;  // the cores that there are
  double (*cores)(const Sample& sample);
  // How far it may be off.
  double (*uncertainty)(const Sample& sample);
};

constexpr Loss kLosses[] = {
    {"others used", true,
     [](const Sample& sample) {
       return sample.disturbance.others_cores + sample.disturbance.steal_cores;
     },
     [](const Sample& sample) { return sample.disturbance.uncertainty_cores; }},
    {"our threads waited for", false, [](const Sample& sample) { return sample.waiting_cores; },
     [](const Sample&) { return 0.0; }},
};

std::string words_for(const Loss& loss, double lost, int cores) {
  char text[80];
  std::snprintf(text, sizeof text, "%s %.1f", loss.what, lost);
  return text + (loss.of_all ? " of " + std::to_string(cores) : "") +
         (loss.of_all && cores == 1 ? " core" : " cores");
}

// More workers than cores wait for each other.
bool may_tell(const Loss& loss, const Row& row, int cores) {
  return loss.of_all || row.workers <= cores;
}

double usual_level(const Row& row, const Loss& loss) {
  std::vector<double> levels;
  for (const Sample& sample : row.samples) levels.push_back(loss.cores(sample));
  return median(std::move(levels));
}

}  // namespace

const std::string kExclusionRule =
    "A repetition does not count where others used, or our threads waited for (no more workers "
    "than "
    "cores), a quarter of a core more than is usual for its row (the median), and more than clock "
    "ticks can make of nothing.";

void exclude_disturbed(std::vector<Row>& rows, int cores) {
  for (Row& row : rows) {
    for (Sample& sample : row.samples) sample.excluded.clear();
    for (const Loss& loss : kLosses) {
      if (!may_tell(loss, row, cores)) continue;
      const double usual = usual_level(row, loss);
      for (Sample& sample : row.samples) {
        const double lost = loss.cores(sample);
        if (lost <= usual + kMuch + loss.uncertainty(sample) || !sample.excluded.empty()) continue;
        sample.excluded = words_for(loss, lost, cores);
      }
    }
  }
}

}  // namespace gilbench
