// What changed between two made-up sessions.

#include "bench/estimator/comparison.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "bench/estimator/fields.h"
#include "bench/estimator/sentence.h"
#include "tests/bench/estimator/made_up.h"

namespace gilbench::estimator {
namespace {

using made_up::normal;
using made_up::Random;
using made_up::row;

std::vector<double> ten_times(double seconds, double spread = 0.001) {
  std::vector<double> times;
  for (int block = 0; block < 10; ++block) times.push_back(seconds * (1 + spread * (block % 3)));
  return times;
}

Session of(std::vector<Row> rows) {
  Session made;
  made.rows = std::move(rows);
  return made;
}

Comparison comparison_of(const Session& before, const Session& after) {
  return compare(before, after, 0.01);
}

const Change& kind_of(const Comparison& comparison, const std::string& strategy, int workers) {
  return *std::find_if(comparison.kinds.begin(), comparison.kinds.end(), [&](const Change& each) {
    return each.strategy == strategy && each.workers == workers;
  });
}

TEST(Compare, MarksWhatTheDataTell) {
  std::vector<double> wide = ten_times(1);
  for (std::size_t block = 0; block < wide.size(); ++block) wide[block] *= block % 2 ? 1.1 : 0.9;
  const Comparison found =
      comparison_of(of({row("cpu/a", "x", 2, ten_times(1)), row("cpu/b", "x", 2, ten_times(1)),
                        row("cpu/c", "x", 2, ten_times(1)), row("cpu/d", "x", 2, ten_times(1))}),
                    of({row("cpu/a", "x", 2, ten_times(1.2)), row("cpu/b", "x", 2, ten_times(0.8)),
                        row("cpu/c", "x", 2, ten_times(1)), row("cpu/d", "x", 2, wide)}));
  ASSERT_EQ(found.rows.size(), 4U);
  EXPECT_EQ(found.rows[0].mark, Mark::kWorse);
  EXPECT_NEAR(std::exp(found.rows[0].ratio->mean), 1.2, 1e-9);
  EXPECT_EQ(found.rows[1].mark, Mark::kBetter);
  EXPECT_EQ(found.rows[2].mark, Mark::kSame);
  EXPECT_EQ(found.rows[3].mark, Mark::kUnknown);
  EXPECT_EQ(
      sentence(found.rows[0], 0.01),
      "cpu/a under x with 2 workers is slower: it takes 1.20 times as long as before (1.20 to "
      "1.20).");
  EXPECT_EQ(
      sentence(found),
      "Of 4 rows, 1 became slower, 1 became faster, 1 stayed the same within 1 %, and of 1 it "
      "is not known.");
}

TEST(Compare, MeasuresKindsUnderEachStrategyAndOverAll) {
  const Comparison found =
      comparison_of(of({row("cpu/a", "x", 2, ten_times(1)), row("cpu/b", "x", 2, ten_times(3)),
                        row("cpu/a", "y", 2, ten_times(1)), row("cpu/b", "y", 2, ten_times(3))}),
                    of({row("cpu/a", "x", 2, ten_times(1.21)), row("cpu/b", "x", 2, ten_times(3)),
                        row("cpu/a", "y", 2, ten_times(1)), row("cpu/b", "y", 2, ten_times(3))}));
  EXPECT_NEAR(std::exp(kind_of(found, "x", 2).ratio->mean), 1.1, 1e-9);
  EXPECT_EQ(kind_of(found, "x", 2).mark, Mark::kWorse);
  EXPECT_NEAR(std::exp(kind_of(found, "y", 2).ratio->mean), 1, 1e-9);
  EXPECT_EQ(kind_of(found, "y", 2).mark, Mark::kSame);
  EXPECT_NEAR(kind_of(found, "", 0).ratio->mean, std::log(1.1) / 2, 1e-9);
}

TEST(Compare, NamesRowsOfOneFileOnlyAndThoseTooShort) {
  const Comparison found =
      comparison_of(of({row("cpu/a", "x", 2, ten_times(1)), row("cpu/b", "x", 2, ten_times(1)),
                        row("cpu/c", "x", 2, {1, 1, 1})}),
                    of({row("cpu/a", "x", 2, ten_times(1)), row("cpu/d", "x", 2, ten_times(1)),
                        row("cpu/c", "x", 2, ten_times(9))}));
  EXPECT_EQ(found.only_old, std::vector<std::string>{"cpu/b under x with 2 workers"});
  EXPECT_EQ(found.only_new, std::vector<std::string>{"cpu/d under x with 2 workers"});
  EXPECT_EQ(found.rows[1].mark, Mark::kUnknown);
  EXPECT_EQ(found.rows[1].reason, "fewer than 6 usable blocks in one file");
  const Change& kind = kind_of(found, "x", 2);
  EXPECT_EQ(kind.workloads, std::vector<std::string>{"cpu/a"});
  ASSERT_EQ(kind.left_out.size(), 1U);
  EXPECT_EQ(kind.left_out.front().name, "cpu/c under x with 2 workers");
}

TEST(Compare, OwnProgramsHaveNoKind) {
  const Session made = of({row("program/a", "x", 2, ten_times(1))});
  EXPECT_TRUE(comparison_of(made, made).kinds.empty());
}

TEST(Compare, NeedsACommonRow) {
  EXPECT_THROW(comparison_of(of({row("cpu/a", "x", 2, ten_times(1))}),
                             of({row("cpu/a", "x", 1, ten_times(1))})),
               DataError);
}

// Two sessions of 60 rows in which nothing changed: most of the time not one row is marked.
TEST(Compare, SeldomMarksWhatHasNotChanged) {
  Random random(11);
  const std::vector<std::string> workloads{"cpu/a", "cpu/b", "cpu/c", "cpu/d", "cpu/e",
                                           "io/a",  "io/b",  "io/c",  "io/d",  "io/e"};
  const made_up::Truth equal{{"x", 1}, {"y", 1}, {"z", 1}};
  int marked = 0;
  for (int count = 0; count < 100; ++count) {
    const Session before = made_up::session(random, workloads, equal, normal(0.03));
    const Comparison found =
        comparison_of(before, made_up::session(random, workloads, equal, normal(0.03)));
    ASSERT_EQ(found.rows.size(), 60U);
    if (std::any_of(found.rows.begin(), found.rows.end(), [](const Change& each) {
          return each.mark == Mark::kWorse || each.mark == Mark::kBetter;
        })) {
      ++marked;
    }
  }
  RecordProperty("marked", marked);
  EXPECT_LE(marked, 9);  // 5 of 100, within what chance allows
}

TEST(Refusal, IsOfOtherMachinesSizesAndSchemas) {
  Session before;
  before.machine = {"cpu", 2, 2, 8'000'000'000};
  before.size = "full";
  Session after = before;
  after.machine.memory_bytes = 8'100'000'000;
  EXPECT_EQ(refusal(before, after), "");
  after.machine.memory_bytes = 16'000'000'000;
  EXPECT_NE(refusal(before, after).find("memory"), std::string::npos);
  after = before;
  after.machine.num_cpus = 4;
  EXPECT_EQ(refusal(before, after), "of different machines (cores): 2 and 4");
  after = before;
  after.machine.cpu_model = "other";
  EXPECT_EQ(refusal(before, after), "of different machines: cpu and other");
  after = before;
  after.size = "quick";
  EXPECT_EQ(refusal(before, after), "of different sizes: full and quick");
  after = before;
  after.cold = true;
  EXPECT_EQ(refusal(before, after), "of different times: without start-up and with start-up");
  after = before;
  after.schema = 2;
  EXPECT_EQ(refusal(before, after), "of different schemas: 1 and 2");
}

}  // namespace
}  // namespace gilbench::estimator
