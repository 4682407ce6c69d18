// The command line: defaults, lists, what is taken from Google Benchmark's flags, and what is
// refused.
#include "bench/options.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace gilbench {
namespace {

using std::chrono::microseconds;

bool passes(const BenchOptions& options, const std::string& flag) {
  return std::count(options.benchmark_arguments.begin(), options.benchmark_arguments.end(), flag) >
         0;
}

TEST(ParseOptions, DefaultsAreThoseOfTheHelp) {
  const BenchOptions options = parse_options({});
  EXPECT_EQ(options.size, "full");
  EXPECT_EQ(options.timeout, std::chrono::seconds(60));
  EXPECT_EQ(options.switch_intervals, (std::vector<microseconds>{microseconds(5000)}));
  EXPECT_EQ(options.upstream_delay_ms, 5);
  EXPECT_TRUE(options.collect_cycles);
  EXPECT_FALSE(options.naive_lock_order);
  EXPECT_EQ(options.repetitions, 10);
  EXPECT_EQ(options.budget, std::chrono::seconds(200));
  EXPECT_EQ(options.threshold, 0.01);
  EXPECT_TRUE(options.strategies.empty());
  EXPECT_TRUE(options.workers.empty());
}

TEST(ParseOptions, TurnsTheCollectorOff) {
  EXPECT_FALSE(parse_options({"--gc=off"}).collect_cycles);
  EXPECT_TRUE(parse_options({"--gc=on"}).collect_cycles);
}

TEST(ParseOptions, ABinaryMayHaveFewerFlagsAndOtherDefaults) {
  CommandLine line;
  line.flags = {"strategies", "quiet"};
  line.defaults.repetitions = 9;
  line.defaults.workers = {1};
  const BenchOptions options = parse_options({"--strategies=a", "--quiet"}, line);
  EXPECT_EQ(options.strategies, (std::vector<std::string>{"a"}));
  EXPECT_EQ(options.workers, (std::vector<int>{1}));
  EXPECT_EQ(options.benchmark_arguments.back(), "--benchmark_repetitions=9");
  EXPECT_EQ(parse_options({"--benchmark_repetitions=2"}, line).repetitions, 2);
  EXPECT_THROW(parse_options({"--workers=2"}, line), UsageError);
  EXPECT_EQ(options_help(line).find("--workers"), std::string::npos);
}

TEST(ParseOptions, SplitsLists) {
  const BenchOptions options =
      parse_options({"--strategies=a,b", "--workloads", "cpu/*,io/sleep", "--workers=4,1,4",
                     "--program=x.py", "--program=y.py", "--switch-interval-us=100,5000,100",
                     "--python=pypy3", "--python=/usr/bin/python3"});
  EXPECT_EQ(options.pythons, (std::vector<std::string>{"pypy3", "/usr/bin/python3"}));
  EXPECT_EQ(options.strategies, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(options.workloads, (std::vector<std::string>{"cpu/*", "io/sleep"}));
  EXPECT_EQ(options.workers, (std::vector<int>{4, 1}));
  EXPECT_EQ(options.switch_intervals,
            (std::vector<microseconds>{microseconds(100), microseconds(5000)}));
  EXPECT_EQ(options.programs, (std::vector<std::string>{"x.py", "y.py"}));
}

TEST(ParseOptions, KeepsNamesAndFilesFromGoogleBenchmarkAndPassesTheRest) {
  const BenchOptions options =
      parse_options({"--benchmark_filter=x", "--benchmark_out=f.json", "--benchmark_list_tests",
                     "--benchmark_color=false", "--benchmark_repetitions=7"});
  EXPECT_EQ(options.filter, "x");
  EXPECT_EQ(options.out, "f.json");
  EXPECT_TRUE(options.list_rows);
  EXPECT_EQ(options.repetitions, 7);
  EXPECT_FALSE(passes(options, "--benchmark_filter=x"));
  EXPECT_FALSE(passes(options, "--benchmark_out=f.json"));
  EXPECT_TRUE(passes(options, "--benchmark_color=false"));
  EXPECT_EQ(options.benchmark_arguments.back(), "--benchmark_repetitions=7");
}

TEST(ParseOptions, ANumberOfRepetitionsLeavesNoBudget) {
  EXPECT_EQ(parse_options({"--benchmark_repetitions=10"}).budget.count(), 0);
  EXPECT_EQ(parse_options({"--budget-s=3.5"}).budget.count(), 3.5);
  EXPECT_EQ(parse_options({"--budget-s=0"}).budget.count(), 0);
  EXPECT_EQ(parse_options({"--benchmark_repetitions=4", "--budget-s=9"}).budget.count(), 9);
  EXPECT_THROW(parse_options({"--budget-s=-1"}), UsageError);
}

TEST(GrantedCores, AreTheQuotaOverThePeriod) {
  EXPECT_EQ(granted_cores("150000 100000"), 1.5);
  EXPECT_EQ(granted_cores("max 100000"), std::nullopt);
  EXPECT_EQ(granted_cores(""), std::nullopt);
  EXPECT_EQ(granted_cores("0 100000"), std::nullopt);
  EXPECT_EQ(granted_cores("100000"), std::nullopt);
  EXPECT_GE(usable_cores(), 1);
}

TEST(ParseOptions, TheThresholdIsAShare) {
  EXPECT_EQ(parse_options({"--threshold=0.05"}).threshold, 0.05);
  EXPECT_THROW(parse_options({"--threshold=1.5"}), UsageError);
  EXPECT_THROW(parse_options({"--threshold=nan"}), UsageError);
}

TEST(ParseOptions, InterleavesUnlessToldOtherwise) {
  EXPECT_TRUE(parse_options({}).interleaved);
  const BenchOptions options = parse_options({"--benchmark_enable_random_interleaving=false"});
  EXPECT_FALSE(options.interleaved);
  // An engine process is asked for one run of one row: Google Benchmark takes the last of a flag.
  const std::vector<std::string> flags =
      parse_options({"--benchmark_repetitions=7", "--benchmark_min_warmup_time=1"}).engine_flags();
  EXPECT_EQ(flags[flags.size() - 2], "--benchmark_repetitions=1");
  EXPECT_NE(std::find(flags.begin(), flags.end(), "--benchmark_min_warmup_time=1"), flags.end());
}

TEST(ParseOptions, ReadsOtherEngines) {
  const BenchOptions options =
      parse_options({"--engine=before=/bin/sh", "--engine=old_one=/bin/sh:global_lock"});
  ASSERT_EQ(options.engines.size(), 2);
  EXPECT_EQ(options.engines[0].name, "before");
  EXPECT_EQ(options.engines[0].path, "/bin/sh");
  EXPECT_EQ(options.engines[0].strategy, "");
  EXPECT_EQ(options.engines[1].path, "/bin/sh");
  EXPECT_EQ(options.engines[1].strategy, "global_lock");
  for (const std::string flag : {"--engine=", "--engine=a", "--engine=a=", "--engine==b",
                                 "--engine=A=b", "--engine=1=b", "--engine=a/b=c"}) {
    EXPECT_THROW(parse_options({flag}), UsageError) << flag;
  }
}

TEST(ParseOptions, RefusesWhatItCannotUse) {
  for (const std::string flag :
       {"--nonsense", "--workers=1,x", "--workers=2000", "--timeout-s=0", "--gc=maybe",
        "--strategies=", "--switch-interval-us=", "--switch-interval-us=5,0",
        "--benchmark_out_format=xml", "--list=yes", "-l"}) {
    EXPECT_THROW(parse_options({flag}), UsageError) << flag;
  }
}

TEST(DefaultWorkers, DoubleUpToAllCores) {
  EXPECT_EQ(default_workers("cpu", 1), (std::vector<int>{1}));
  EXPECT_EQ(default_workers("cpu", 2), (std::vector<int>{1, 2}));
  EXPECT_EQ(default_workers("shared", 6), (std::vector<int>{1, 2, 4, 6}));
  EXPECT_EQ(default_workers("io", 2), (std::vector<int>{1, 2, 4, 8, 16}));
  EXPECT_EQ(default_workers("mixed", 2), (std::vector<int>{1, 2, 3, 5}));
}

TEST(MatchesFilter, SearchesAndInverts) {
  const std::vector<std::string> names{"cpu/a/x/workers:1", "cpu/b/x/workers:2"};
  EXPECT_EQ(matches_filter(names, ""), (std::vector<bool>{true, true}));
  EXPECT_EQ(matches_filter(names, "all"), (std::vector<bool>{true, true}));
  EXPECT_EQ(matches_filter(names, "(a|c)/x"), (std::vector<bool>{true, false}));
  EXPECT_EQ(matches_filter(names, "-:2$"), (std::vector<bool>{true, false}));
  EXPECT_THROW(matches_filter(names, "("), UsageError);
}

}  // namespace
}  // namespace gilbench
