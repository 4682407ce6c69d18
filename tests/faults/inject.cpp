// inject: makes the n-th request for memory, a thread, a process or a descriptor fail, for each n.
//
//     inject                         up to n = 200, under the five strategies of the tests
//     inject --all                   up to n = 2,000, under every strategy
//     inject --strategy=NAME         under that one alone
//     inject --most=N                up to that n
//     inject --only=TEXT             the campaigns in whose names TEXT stands
//     inject --only=TEXT --n=N       one run in this process, for a debugger
//
// Exit status 0: every run ended with the right answer, or with an error that says what there was
// not enough of, and left nothing behind.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include "tests/faults/campaign.h"

namespace gilbench::faults {
namespace {

struct Options {
  bool all = false;
  long most = 0;
  long n = 0;
  std::string strategy;
  std::string only;
};

bool parse(int count, char** words, Options* options) {
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    const std::string value = word.substr(std::min(word.find('=') + 1, word.size()));
    if (word == "--all") {
      options->all = true;
    } else if (word.starts_with("--most=")) {
      options->most = std::atol(value.c_str());
    } else if (word.starts_with("--n=")) {
      options->n = std::atol(value.c_str());
    } else if (word.starts_with("--strategy=")) {
      options->strategy = value;
    } else if (word.starts_with("--only=")) {
      options->only = value;
    } else {
      std::fprintf(stderr,
                   "inject: unknown '%s'; flags: --all, --most=N, --n=N, --strategy=NAME, "
                   "--only=TEXT\n",
                   word.c_str());
      return false;
    }
  }
  return true;
}

std::vector<const StrategyInfo*> chosen(const Options& options) {
  std::vector<const StrategyInfo*> all;
  for (const StrategyInfo& info : strategies()) {
    if (!options.strategy.empty() ? info.name == options.strategy
                                  : options.all || is_of_tests(info)) {
      all.push_back(&info);
    }
  }
  return all;
}

int run(const Options& options) {
  const long most = options.most > 0 ? options.most : options.all ? 2000 : 200;
  long faults = 0;
  for (const StrategyInfo* strategy : chosen(options)) {
    for (const Campaign& campaign : campaigns_of(*strategy)) {
      if (campaign.name().find(options.only) == std::string::npos) continue;
      if (options.n > 0) return run_once(campaign, options.n);
      const CampaignResult result = run_campaign(campaign, most);
      std::printf("%-50s %5ld runs, %5ld failed calls, %5ld right answers, %3zu faults\n",
                  campaign.name().c_str(), result.runs, result.reached, result.survived,
                  result.faults.size());
      std::fflush(stdout);
      for (const std::string& fault : result.faults) std::printf("  %s\n", fault.c_str());
      faults += static_cast<long>(result.faults.size());
    }
  }
  return faults == 0 ? 0 : 1;
}

}  // namespace
}  // namespace gilbench::faults

int main(int count, char** words) {
  using namespace gilbench::faults;
  Options options;
  if (!parse(count, words, &options)) return 2;
  try {
    return run(options);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "inject: %s\n", error.what());
    return 2;
  }
}
