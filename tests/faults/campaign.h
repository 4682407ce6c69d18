// A campaign of injected failures: a program, a strategy and a kind of call, each n in a process of
// its own, forked when the program has been compiled and has run once.
#pragma once

#include <string>
#include <vector>

#include "runtime/engine.h"
#include "tests/faults/injector.h"

namespace gilbench::faults {

struct Campaign {
  const StrategyInfo* strategy;
  std::string program;  // of tests/faults/programs, without .py
  Kind kind;
  From from;

  std::string name() const;
};

// What a campaign came to. Right ends: the answer; an error that says what there was not enough of.
struct CampaignResult {
  long runs = 0;
  long reached = 0;                 // the n-th call came
  long survived = 0;                // of these: the answer was right all the same
  std::vector<std::string> faults;  // "tracing_gc workload memory n=17: SIGSEGV"
};

// Whether the tests inject under that strategy: five that differ in every policy.
bool is_of_tests(const StrategyInfo& strategy);

// The campaigns that a strategy is for: a workload of two workers, a script; each kind of call that
// they make.
std::vector<Campaign> campaigns_of(const StrategyInfo& strategy);

// n from 1 to `most`, or to where the run makes no so many calls. Two processes at a time.
CampaignResult run_campaign(const Campaign& campaign, long most);
// One run in this process: 0, or what it did wrong has been written to standard error.
int run_once(const Campaign& campaign, long n);

}  // namespace gilbench::faults
