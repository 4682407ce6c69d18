// Conclusions from made-up sessions: who wins, when nobody does, and over which workloads.

#include "bench/estimator/conclusion.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "bench/estimator/sentence.h"
#include "tests/bench/estimator/made_up.h"

namespace gilbench::estimator {
namespace {

using made_up::normal;
using made_up::Random;
using made_up::row;
using made_up::session;

const std::vector<std::string> kThreeWorkloads{"cpu/a", "cpu/b", "cpu/c"};

// Of the kind with two workers, unless it says otherwise.
Conclusion conclusion_of(const Session& session, const std::string& subject = "cpu",
                         int workers = 2) {
  for (const Conclusion& each : conclude(session)) {
    if (each.subject() == subject && each.workers == workers) return each;
  }
  ADD_FAILURE() << "no conclusion about " << subject;
  return {};
}

std::vector<double> ten_times(double seconds, double spread = 0.001) {
  std::vector<double> times;
  for (int block = 0; block < 10; ++block) times.push_back(seconds * (1 + spread * (block % 3)));
  return times;
}

std::string left_out_of(const Conclusion& conclusion) {
  std::string text;
  for (const LeftOut& each : conclusion.left_out) text += each.name + " " + each.reason + "\n";
  return text;
}

// ---- how often the verdict is right ----

int winners_in(int sessions, const std::vector<std::string>& workloads,
               const made_up::Truth& strategies, const made_up::Noise& noise,
               const std::string& winner = "") {
  Random random(7);
  int named = 0;
  for (int count = 0; count < sessions; ++count) {
    const Conclusion found = conclusion_of(session(random, workloads, strategies, noise));
    if (found.verdict != Verdict::kWinner) continue;
    if (winner.empty() || found.standings.front().strategy == winner) ++named;
  }
  return named;
}

TEST(Winner, IsNamedInAtMostFivePerCentOfAASessions) {
  const made_up::Truth equal{{"global_lock", 1}, {"global_lock#2", 1}};
  const int named = winners_in(1000, kThreeWorkloads, equal, normal(0.04));
  RecordProperty("named", named);
  EXPECT_LE(named, 50);
}

TEST(Winner, IsNamedInAtMostFivePerCentOfSessionsOfEquals) {
  const made_up::Truth equal{{"a", 1}, {"b", 1}, {"c", 1}, {"d", 1}, {"e", 1}};
  const int named = winners_in(1000, {"cpu/a"}, equal, made_up::with_outliers());
  RecordProperty("named", named);
  EXPECT_LE(named, 50);
}

// The worst case for choosing the first by its times: two equals far ahead of all others.
TEST(Winner, IsSeldomNamedOfTwoEqualsFarAheadOfTheRest) {
  const made_up::Truth two_ahead{{"a", 1}, {"b", 1}, {"c", 2}, {"d", 2}};
  const int named = winners_in(1000, {"cpu/a"}, two_ahead, normal(0.04));
  RecordProperty("named", named);
  EXPECT_LE(named, 50);
}

TEST(Winner, IsFoundWhereItIsFifteenPerCentFaster) {
  const made_up::Truth strategies{{"global_lock", 1.15}, {"biased_refcount", 1}};
  const int named = winners_in(200, kThreeWorkloads, strategies, normal(0.08), "biased_refcount");
  RecordProperty("named", named);
  EXPECT_GE(named, 190);
}

TEST(Winner, IsFoundWhereItIsFivePerCentFaster) {
  const made_up::Truth strategies{{"global_lock", 1.05}, {"biased_refcount", 1}};
  const int named = winners_in(200, kThreeWorkloads, strategies, normal(0.02), "biased_refcount");
  RecordProperty("named", named);
  EXPECT_GE(named, 190);
}

// ---- what a conclusion says ----

TEST(Conclusion, HasRatiosOverTheSameWorkloads) {
  Session made;
  for (const auto& [strategy, one, two] :
       {std::tuple{"global_lock", 1.0, 1.0}, std::tuple{"fast", 1.2, 0.6}}) {
    made.rows.push_back(row("cpu/a", strategy, 1, ten_times(one)));
    made.rows.push_back(row("cpu/a", strategy, 2, ten_times(two)));
    made.rows.push_back(row("cpu/b", strategy, 1, ten_times(4 * one)));
    made.rows.push_back(row("cpu/b", strategy, 2, ten_times(4 * two)));
  }
  const Conclusion found = conclusion_of(made);
  EXPECT_EQ(found.verdict, Verdict::kWinner);
  EXPECT_EQ(found.baseline, "global_lock");
  const Standing& fast = found.standings.front();
  EXPECT_EQ(fast.strategy, "fast");
  EXPECT_NEAR(std::exp(fast.speed->mean), 1 / 0.6, 1e-9);
  EXPECT_NEAR(std::exp(fast.speed_over_one->mean), 1 / 0.6, 1e-9);
  EXPECT_NEAR(std::exp(fast.speedup->mean), 2, 1e-9);
  EXPECT_NEAR(std::exp(fast.cost->mean), 1.2, 1e-9);
  EXPECT_NEAR(std::exp(fast.seconds.mean), 1.2, 0.01);
  EXPECT_EQ(sentence(found),
            "cpu with 2 workers: fast is the fastest, 1.67 times as fast as global_lock, the next "
            "(1.67 to 1.67; 2 workloads, 10 blocks).");
  EXPECT_TRUE(found.is_main);
}

TEST(Conclusion, NamesWhatItLeavesOut) {
  Random random(1);
  Session made = session(random, kThreeWorkloads, {{"x", 1}, {"y", 1}, {"z", 1}}, normal(0.01));
  for (Row& each : made.rows) {
    if (each.strategy != "y" || each.workload != "cpu/b") continue;
    each.samples.clear();
    each.no_time = "skipped: needs shared objects";
  }
  const Conclusion found = conclusion_of(made);
  EXPECT_EQ(found.workloads, (std::vector<std::string>{"cpu/a", "cpu/c"}));
  EXPECT_EQ(left_out_of(found), "cpu/b has no time under y (skipped: needs shared objects)\n");
  EXPECT_NE(sentence(found).find("Left out: cpu/b has no time under y"), std::string::npos);
}

TEST(Conclusion, LeavesOutAStrategyThatRanFewWorkloads) {
  Session made;
  for (const char* workload : {"cpu/a", "cpu/b", "cpu/c", "cpu/d"}) {
    made.rows.push_back(row(workload, "x", 2, ten_times(1)));
    made.rows.push_back(row(workload, "y", 2, ten_times(2)));
  }
  made.rows.push_back(row("cpu/a", "narrow", 2, ten_times(0.1)));
  const Conclusion found = conclusion_of(made);
  EXPECT_EQ(found.workloads.size(), 4U);
  EXPECT_EQ(found.standings.front().strategy, "x");
  EXPECT_EQ(left_out_of(found), "narrow has times for only 1 of 4 workloads\n");
}

TEST(Conclusion, OverOneWorkloadSaysOne) {
  Session made;
  made.rows = {row("cpu/a", "x", 2, ten_times(1)), row("cpu/a", "y", 2, ten_times(2)),
               row("cpu/b", "x", 2, ten_times(1))};
  const std::string text = sentence(conclusion_of(made));
  EXPECT_NE(text.find("x is the fastest, 2.00 times as fast as y"), std::string::npos) << text;
  EXPECT_NE(text.find("1 workload, 10 blocks"), std::string::npos) << text;
}

TEST(Conclusion, StrategiesWithoutACommonWorkloadAreNeverCompared) {
  Session made;
  made.rows = {row("cpu/a", "x", 2, ten_times(1)), row("cpu/b", "y", 2, ten_times(1))};
  const Conclusion found = conclusion_of(made);
  EXPECT_EQ(found.verdict, Verdict::kNone);
  EXPECT_EQ(found.reason, "no workload has a time under two strategies");
  EXPECT_EQ(sentence(found).find("level"), std::string::npos);
}

TEST(Conclusion, LevelIsWhatTheIntervalHoldsWithinTheThreshold) {
  Session made;
  made.rows = {row("cpu/a", "x", 2, ten_times(1, 0.001)),
               row("cpu/a", "y", 2, ten_times(1.002, 0.0012))};
  const Conclusion found = conclusion_of(made);
  EXPECT_EQ(found.verdict, Verdict::kLevel);
  EXPECT_EQ(sentence(found),
            "cpu with 2 workers: x and y are level, within 1 % of x (1 workload, 10 blocks).");
}

TEST(Conclusion, UndecidedNamesTheRivalsAndHowManyBlocksWouldTell) {
  Session made;
  std::vector<double> wide = ten_times(1.03);
  for (std::size_t block = 0; block < wide.size(); ++block) wide[block] *= block % 2 ? 1.05 : 0.95;
  made.rows = {row("cpu/a", "x", 2, ten_times(1)), row("cpu/a", "y", 2, wide),
               row("cpu/a", "far", 2, ten_times(3))};
  const Conclusion found = conclusion_of(made);
  EXPECT_EQ(found.verdict, Verdict::kUndecided);
  ASSERT_EQ(found.rivals().size(), 1U);
  EXPECT_EQ(found.rivals().front()->strategy, "y");
  EXPECT_GT(found.rivals().front()->more_blocks.value(), 10);
  const std::string text = sentence(found);
  EXPECT_NE(text.find("x cannot be told apart from y (1.0"), std::string::npos) << text;
  EXPECT_NE(text.find("more blocks would tell."), std::string::npos) << text;
}

// Five alike that are 3 % behind: each looks sure by itself, and is not among five.
TEST(Conclusion, WhatLooksSureMayNotBeAmongSeveral) {
  Session made;
  made.rows.push_back(row("cpu/a", "x", 2, ten_times(1, 0)));
  for (const char* name : {"a", "b", "c", "d", "e"}) {
    std::vector<double> times = ten_times(1.03, 0);
    for (std::size_t block = 0; block < 10; ++block) times[block] *= block % 2 ? 1.022 : 0.978;
    made.rows.push_back(row("cpu/a", name, 2, times));
  }
  const Conclusion found = conclusion_of(made);
  EXPECT_EQ(found.verdict, Verdict::kUndecided);
  EXPECT_EQ(found.rivals().size(), 5U);
  EXPECT_LT(level_probability(*found.rivals().front()->behind, std::log1p(0.01)), 0.05);
  EXPECT_NE(sentence(found).find("not enough among 5 comparisons"), std::string::npos)
      << sentence(found);
}

// What others do lasts over blocks: then a lead must be surer.
TEST(Conclusion, TakesMoreWhereOthersUseMuch) {
  Session made;
  made.machine.num_cpus = 2;
  std::vector<double> times = ten_times(1.04, 0);
  for (std::size_t block = 0; block < 10; ++block) times[block] *= block % 2 ? 1.03 : 0.97;
  made.rows = {row("cpu/a", "x", 2, ten_times(1, 0)), row("cpu/a", "y", 2, times)};
  const Conclusion calm = conclusion_of(made);
  EXPECT_EQ(calm.verdict, Verdict::kWinner);
  const double probability = calm.standings[1].slower.probability;
  EXPECT_GT(probability, 0.01);
  EXPECT_LT(probability, 0.05);
  for (Row& each : made.rows) {
    for (Sample& sample : each.samples) sample.others_cores = 0.5;
  }
  const Conclusion disturbed = conclusion_of(made);
  EXPECT_EQ(disturbed.verdict, Verdict::kUndecided);
  EXPECT_TRUE(disturbed.standings[1].more_blocks);
  EXPECT_NE(sentence(disturbed).find("not enough while others use so much"), std::string::npos)
      << sentence(disturbed);
  EXPECT_NE(sentence(disturbed).find("others used 0.5 of 2 cores"), std::string::npos);
}

TEST(Conclusion, NeedsSixUsableBlocks) {
  Session made;
  made.rows = {row("cpu/a", "x", 2, ten_times(1)), row("cpu/a", "y", 2, ten_times(2))};
  for (std::size_t block = 0; block < 5; ++block) {
    made.rows[1].samples[block].excluded = "others used 0.9 of 2 cores";
  }
  const Conclusion found = conclusion_of(made);
  EXPECT_EQ(found.verdict, Verdict::kNone);
  EXPECT_EQ(found.reason,
            "cpu/a under y with 2 workers has 5 usable blocks of the 6 that are needed (excluded: "
            "others used 0.9 of 2 cores)");
  made.rows[1].samples[0].excluded.clear();
  EXPECT_EQ(conclusion_of(made).verdict, Verdict::kWinner);
}

TEST(Conclusion, NeedsSixBlocksInCommon) {
  Session made;
  made.rows = {row("cpu/a", "x", 2, ten_times(1)), row("cpu/a", "y", 2, ten_times(2))};
  for (std::size_t block = 0; block < 4; ++block) {
    made.rows[0].samples[block].excluded = "others";
    made.rows[1].samples[9 - block].excluded = "others";
  }
  EXPECT_EQ(conclusion_of(made).reason,
            "x and y have 2 usable blocks in common of the 6 that are needed");
}

TEST(Conclusion, OfOneStrategyOrNone) {
  Session made;
  made.rows = {row("cpu/a", "x", 2, ten_times(1)), row("cpu/a", "y", 2, {})};
  EXPECT_EQ(conclusion_of(made).reason, "only x has times");
  EXPECT_EQ(left_out_of(conclusion_of(made)), "y has no time (error: it failed)\n");
  made.rows = {row("cpu/a", "y", 2, {})};
  EXPECT_EQ(conclusion_of(made).reason, "no strategy has a time");
}

TEST(Conclusion, OwnProgramsAreNeverAveraged) {
  Random random(1);
  const Session made =
      session(random, {"program/one", "program/two"}, {{"x", 1}, {"y", 2}}, normal(0.01));
  EXPECT_EQ(conclude(made).size(), 4U);
  EXPECT_EQ(conclusion_of(made, "program/one").workloads, std::vector<std::string>{"program/one"});
  EXPECT_EQ(conclusion_of(made, "program/two").workloads, std::vector<std::string>{"program/two"});
}

TEST(Conclusion, TimesThatWereSetSayNothing) {
  Session made;
  made.rows = {row("mixed/a", "x", 2, ten_times(1)), row("mixed/a", "y", 2, ten_times(2))};
  for (Row& each : made.rows) each.fixed_duration = true;
  EXPECT_TRUE(conclude(made).empty());
}

TEST(Conclusion, TheMainWorkerCountIsOnePerCoreOrTheMost) {
  Machine machine;
  machine.num_cpus = 8;
  EXPECT_EQ(main_worker_count("cpu", {1, 2, 8, 16}, machine), 8);
  EXPECT_EQ(main_worker_count("io", {1, 2, 8, 16}, machine), 16);
  machine.usable_cores = 2;
  EXPECT_EQ(main_worker_count("cpu", {1, 2, 8, 16}, machine), 2);
  EXPECT_EQ(main_worker_count("cpu", {1, 4}, machine), 4);
}

// ---- which stand beside each other ----

TEST(SameWorkloads, CompareAsMuchAsThereIs) {
  const std::string no = "no";
  const Grid grid{{"a", "b", "c"}, {"v", "w", "x"}, {{"", "", ""}, {"", "", no}, {"", "", ""}}};
  // Three strategies over two workloads, or two over three: the more strategies.
  const Selection found = same_workloads(grid);
  EXPECT_EQ(found.strategies.size(), 3U);
  EXPECT_EQ(found.workloads, (std::vector<std::string>{"v", "w"}));
  ASSERT_EQ(found.left_out.size(), 1U);
  EXPECT_EQ(found.left_out.front().reason, "has no time under b (no)");
}

TEST(SameWorkloads, OfNothingAreNone) {
  EXPECT_TRUE(same_workloads({}).strategies.empty());
  EXPECT_TRUE(same_workloads({{"a"}, {"w"}, {{"no"}}}).strategies.empty());
}

// ---- noise ----

TEST(NoiseFloor, HoldsMostAARatios) {
  Random random(3);
  const std::vector<std::string> workloads{"cpu/a", "cpu/b", "cpu/c", "io/a", "io/b", "io/c"};
  int below = 0;
  for (int count = 0; count < 300; ++count) {
    const Session made = session(random, workloads, {{"x", 1}, {"x#2", 1}, {"y", 1}}, normal(0.03));
    const RowIndex index(made);
    const NoiseFloor noise = noise_floor(made, index);
    ASSERT_EQ(noise.pairs, 12);
    ASSERT_TRUE(noise.aa_log_ratio_95);
    const Session next = session(random, {"cpu/a"}, {{"x", 1}, {"y", 1}}, normal(0.03));
    if (std::abs(RowIndex(next).ratio("cpu/a", {"x", 1}, {"y", 1})->mean) <
        *noise.aa_log_ratio_95) {
      ++below;
    }
  }
  EXPECT_GE(below, 276);  // 92 % of 300
  EXPECT_LE(below, 294);
}

TEST(NoiseFloor, SecondNamesDoNotCompete) {
  Random random(3);
  const Session made = session(random, {"cpu/a"}, {{"x", 1}, {"x#2", 1}, {"y", 1.2}}, normal(0.01));
  const Conclusion found = conclusion_of(made);
  EXPECT_EQ(found.standings.size(), 2U);
  EXPECT_EQ(found.verdict, Verdict::kWinner);
  EXPECT_EQ(found.standings.front().strategy, "x");
}

TEST(NoiseFloor, IntervalsThatMissTheTruthTooOftenCarryNoVerdict) {
  Random random(3);
  // The second name comes out 10 % slower each time: something that lasts over blocks.
  const Session made =
      session(random, {"cpu/a", "cpu/b"}, {{"x", 1}, {"x#2", 1.1}, {"y", 2}}, normal(0.01));
  const RowIndex index(made);
  EXPECT_FALSE(noise_floor(made, index).intervals_hold());
  const Conclusion found = conclusion_of(made);
  EXPECT_EQ(found.verdict, Verdict::kNone);
  EXPECT_NE(found.reason.find("told apart from themselves in 4 of 4 pairs"), std::string::npos);
}

TEST(NoiseFloor, NeedsPairs) {
  Random random(3);
  const Session made = session(random, {"cpu/a"}, {{"x", 1}, {"x#2", 1}}, normal(0.01));
  const RowIndex index(made);
  EXPECT_FALSE(noise_floor(made, index).aa_log_ratio_95);
  EXPECT_EQ(original_name("x#2"), "x");
  EXPECT_EQ(original_name("x#"), "x#");
  EXPECT_EQ(original_name("#2"), "#2");
  EXPECT_EQ(original_name("x#b"), "x#b");
}

}  // namespace
}  // namespace gilbench::estimator
