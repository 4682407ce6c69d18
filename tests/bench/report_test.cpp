// Rows, their JSON, the closing words, progress and the results file, without running anything.

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "bench/extra_rows.h"
#include "bench/json_report.h"
#include "bench/options.h"
#include "bench/progress.h"
#include "bench/result_file.h"
#include "bench/row.h"
#include "bench/summary.h"

namespace gilbench {
namespace {

using testing::HasSubstr;

const StrategyInfo kFirst{"first", "", true, nullptr};
const StrategyInfo kSecond{"second", "", true, nullptr};

Workload workload(const std::string& name) {
  Workload made;
  made.kind = name.substr(0, name.find('/'));
  made.name = name;
  made.info.sharing = "none";
  return made;
}

Row timed(const Workload& workload, const StrategyInfo& strategy, int workers,
          std::vector<double> seconds) {
  Row row;
  row.workload = &workload;
  row.strategy = &strategy;
  row.workers = workers;
  row.name = workload.name + "/" + std::string(strategy.name);
  for (const double each : seconds) {
    Sample sample;
    sample.seconds = each;
    sample.block = static_cast<int>(row.samples.size());
    row.samples.push_back(sample);
  }
  return row;
}

// What is said in the end, of results without a context.
std::string words(const std::vector<Row>& rows) {
  return summary(rows, to_text(results_json({}, rows)), 0.01);
}

TEST(RecordRun, KeepsNoTimesOfARowThatFailedLater) {
  const Workload a = workload("cpu/a");
  Row row = timed(a, kFirst, 1, {1});
  RunResult result;
  result.status = RunStatus::kTimeout;
  EXPECT_TRUE(record_run(row, result, Sample{}));
  EXPECT_TRUE(row.failed());
  EXPECT_FALSE(row.has_time());
  EXPECT_TRUE(row.samples.empty());
}

TEST(RecordRun, AnInterruptionChangesNothing) {
  const Workload a = workload("cpu/a");
  Row row = timed(a, kFirst, 1, {1});
  RunResult result;
  result.status = RunStatus::kInterrupted;
  EXPECT_FALSE(record_run(row, result, Sample{}));
  EXPECT_EQ(row.samples.size(), 1u);
  EXPECT_FALSE(row.failed());
}

TEST(RecordRun, LeakedOrMissingObjectsAreAnError) {
  const Workload a = workload("cpu/a");
  for (const std::int64_t leaked : {2, -1}) {
    Row row = timed(a, kFirst, 1, {});
    RunResult result;
    result.leaked_objects = leaked;
    record_run(row, result, Sample{});
    EXPECT_EQ(row.error, std::to_string(leaked) + " objects leaked");
    EXPECT_EQ(row.error_kind, "leak");
  }
}

TEST(LastLine, IsWhatATracebackEndsWith) {
  EXPECT_EQ(last_line("Traceback:\n  File\nValueError: x\n"), "ValueError: x");
  EXPECT_EQ(last_line("one"), "one");
  EXPECT_EQ(last_line("one\n\n"), "one");
  EXPECT_EQ(last_line("\n"), "");
  EXPECT_EQ(last_line(""), "");
}

TEST(ResultsJson, LeavesOutRowsThatNeverRan) {
  const Workload a = workload("cpu/a");
  const std::vector<Row> rows{timed(a, kFirst, 1, {}), timed(a, kFirst, 2, {1, 3, 2})};
  const auto json = results_json({}, rows);
  ASSERT_EQ(json["benchmarks"].size(), 3u + 4u);
  for (const auto& entry : json["benchmarks"]) EXPECT_EQ(entry["family_index"], 1);
}

TEST(ResultsJson, HasAnEntryForEachRepetitionAndItsAggregates) {
  const Workload a = workload("cpu/a");
  Row row = timed(a, kFirst, 2, {1, 3, 2});
  row.samples[1].block = 17;
  row.samples[1].process = 123;
  row.samples[1].excluded = "others used 0.9 of 2 cores";
  const auto entries = results_json({}, {row})["benchmarks"];
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(entries[i]["run_type"], "iteration");
    EXPECT_EQ(entries[i]["repetition_index"], i);
    EXPECT_EQ(entries[i]["repetitions"], 3);
    EXPECT_EQ(entries[i]["seconds"], row.samples[i].seconds);
    EXPECT_EQ(entries[i]["real_time"], row.samples[i].seconds * 1e3);
    EXPECT_EQ(entries[i].contains("excluded"), i == 1);
  }
  EXPECT_EQ(entries[1]["block"], 17);
  EXPECT_EQ(entries[1]["process"], 123);
  EXPECT_EQ(entries[3]["name"], row.name + "_mean");
  EXPECT_EQ(entries[4]["name"], row.name + "_median");
  EXPECT_EQ(entries[4]["real_time"], 2000.0);
  EXPECT_EQ(entries[5]["real_time"], 1000.0);  // stddev
  EXPECT_EQ(entries[6]["real_time"], 0.5);     // cv: a share, whatever the unit
  EXPECT_EQ(entries[6]["aggregate_unit"], "percentage");
  for (std::size_t i = 3; i < 7; ++i) {
    EXPECT_EQ(entries[i]["run_type"], "aggregate");
    EXPECT_EQ(entries[i]["run_name"], row.name);
    EXPECT_FALSE(entries[i].contains("workload"));
  }
}

TEST(ResultsJson, IsALineForEachEntry) {
  const Workload a = workload("cpu/a");
  const std::string text = to_text(results_json({{"size", "full"}}, {timed(a, kFirst, 2, {1, 3})}));
  EXPECT_EQ(nlohmann::json::parse(text)["benchmarks"].size(), 6u);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 5 + 6 + 2);
  EXPECT_EQ(nlohmann::json::parse(to_text(results_json({}, {})))["benchmarks"].size(), 0u);
}

TEST(ResultsJson, SurvivesBytesThatAreNoText) {
  const Workload a = workload("cpu/a");
  Row row = timed(a, kFirst, 1, {});
  row.error = "bad \xff byte";
  const std::string text = to_text(results_json({}, {row}));
  EXPECT_NE(text.find("bad \xef\xbf\xbd byte"), std::string::npos);
}

TEST(ResultsJson, HasAMetricForEachRepetition) {
  const Workload a = workload("cpu/a");
  Row row = timed(a, kFirst, 1, {1, 1, 1});
  row.samples[0].metrics = {{"pauses", 2}, {"share", 0.5}};
  row.samples[1].metrics = {{"pauses", 0}, {"share", std::nan("")}};
  row.samples[2].metrics = {{"pauses", 3}};
  const auto json = results_json({}, {row})["benchmarks"];
  EXPECT_EQ(json[0]["metrics"].dump(), R"({"pauses":2.0,"share":0.5})");
  EXPECT_EQ(json[1]["metrics"].dump(), R"({"pauses":0.0,"share":null})");
  EXPECT_EQ(json[2]["metrics"].dump(), R"({"pauses":3.0})");
  EXPECT_FALSE(results_json({}, {timed(a, kFirst, 1, {1})})["benchmarks"][0].contains("metrics"));
}

TEST(ResultsJson, RowsOfFixedDurationAreNoSpeed) {
  Workload a = workload("mixed/a");
  a.info.fixed_duration = true;
  const std::vector<Row> rows{timed(a, kFirst, 1, {2}), timed(a, kFirst, 2, {2})};
  const auto json = results_json({}, rows)["benchmarks"];
  EXPECT_EQ(json[1]["fixed_duration"], true);
  EXPECT_EQ(words(rows), "");
}

TEST(Summary, LeavesOutRowsThatEndInAnExpectedError) {
  Workload a = workload("mixed/a");
  a.info.expects_error = true;
  EXPECT_EQ(words({timed(a, kFirst, 1, {2}), timed(a, kFirst, 2, {2})}), "");
}

TEST(MakeRows, SweepsSwitchIntervalsWhereThereAreAny) {
  using std::chrono::microseconds;
  const Workload a = workload("cpu/a");
  StrategyInfo locked = kFirst;
  locked.has_switch_interval = true;
  const std::vector<microseconds> sweep{microseconds(100), microseconds(5000)};
  const std::vector<Workload> workloads{a};
  const std::vector<Row> rows = make_rows(workloads, {&locked, &kSecond}, {1, 2}, sweep, "");
  std::vector<std::string> names;
  for (const Row& row : rows) names.push_back(row.name);
  EXPECT_EQ(names, (std::vector<std::string>{
                       "cpu/a/first/workers:1", "cpu/a/first/workers:1/switch_us:5000",
                       "cpu/a/first/workers:2", "cpu/a/first/workers:2/switch_us:5000",
                       "cpu/a/second/workers:1", "cpu/a/second/workers:2"}));
  EXPECT_EQ(rows[3].switch_interval, microseconds(5000));
  const auto one = make_rows(workloads, {&locked}, {1}, {microseconds(250)}, "");
  ASSERT_EQ(one.size(), 1u);
  EXPECT_EQ(one[0].name, "cpu/a/first/workers:1");
  EXPECT_EQ(one[0].switch_interval, microseconds(250));
}

TEST(Summary, TakesTheFirstSwitchIntervalForTheStrategy) {
  using std::chrono::microseconds;
  const Workload a = workload("cpu/a");
  StrategyInfo locked = kFirst;
  locked.has_switch_interval = true;
  const std::vector<Workload> workloads{a};
  std::vector<Row> rows =
      make_rows(workloads, {&locked}, {1, 2}, {microseconds(100), microseconds(5000)}, "");
  const double seconds[] = {8, 4, 2, 2};
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows[i].samples = timed(a, locked, 1, {seconds[i]}).samples;
  const auto json = results_json({}, rows)["benchmarks"];
  EXPECT_EQ(json[3]["switch_interval_us"], 5000);
  // The first interval's rows stand for the strategy.
  EXPECT_THAT(summary(rows, to_text(results_json({{"switch_interval_us", 100}}, rows)), 0.01),
              HasSubstr("4.00"));
}

class NoisePairs : public testing::Test {
 protected:
  void add(int count, const std::string& kind = "cpu") {
    for (int i = 0; i < count; ++i) workloads_.push_back(workload(kind + "/" + char('a' + i)));
  }
  std::vector<std::string> pairs(const std::vector<const StrategyInfo*>& strategies) {
    std::vector<Row> rows =
        make_rows(workloads_, strategies, {1, 2}, {std::chrono::microseconds(5000)}, "");
    add_noise_pairs(rows, 2, [this](const StrategyInfo& strategy) {
      EXPECT_EQ(strategy.name, kSecond.name);
      return &again_;
    });
    std::vector<std::string> names;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].strategy != &again_) continue;
      names.push_back(rows[i].name);
      EXPECT_EQ(rows[i].workload, rows[i - 1].workload) << "rows stand by workload";
    }
    return names;
  }

  std::vector<Workload> workloads_;
  const StrategyInfo again_{"second#2", "", true, nullptr};
};

TEST_F(NoisePairs, AreOfFourWorkloadsWithAWorkerForEachCore) {
  add(6);
  EXPECT_THAT(pairs({&kSecond, &kFirst}),
              testing::ElementsAre("cpu/a/second#2/workers:2", "cpu/b/second#2/workers:2",
                                   "cpu/c/second#2/workers:2", "cpu/d/second#2/workers:2"));
}

TEST_F(NoisePairs, AreNoneWhereTheyWouldTellNothing) {
  add(2);
  EXPECT_TRUE(pairs({&kSecond}).empty()) << "two are too few";
  add(4);
  for (Workload& each : workloads_) each.info.fixed_duration = true;
  EXPECT_TRUE(pairs({&kSecond}).empty());
}

TEST_F(NoisePairs, AreTheUsersOwnWhereThereAreSuch) {
  add(6);
  const StrategyInfo twice{"first#2", "", true, nullptr};
  EXPECT_TRUE(pairs({&kSecond, &kFirst, &twice}).empty());
}

// Ten blocks of about this time, the same for all rows but for a little noise.
std::vector<double> ten(double seconds) {
  std::vector<double> times;
  for (int block = 0; block < 10; ++block) {
    times.push_back(seconds * (1 + 0.001 * (block * 7 % 10)) * (block == 3 ? 1.5 : 1));
  }
  return times;
}

TEST(Summary, SpeaksOfTheSameWorkloadsForAll) {
  const Workload a = workload("cpu/a");
  const Workload b = workload("cpu/b");
  // `second` is far ahead in the only one that it has.
  const std::vector<Row> rows{timed(a, kFirst, 2, ten(1)), timed(b, kFirst, 2, ten(1)),
                              timed(a, kSecond, 2, ten(0.2))};
  const std::string text = words(rows);
  EXPECT_THAT(text, HasSubstr("cpu with 2 workers, 1 workload, 10 blocks; speed over first"));
  EXPECT_THAT(text, HasSubstr("second is the fastest, 5.00 times as fast as first, the next"));
  EXPECT_THAT(text, HasSubstr("Left out: cpu/b"));
}

TEST(Summary, NamesTheWinnerAtTheMostWorkers) {
  const Workload a = workload("cpu/a");
  Row slow = timed(a, kFirst, 2, ten(2));
  for (Sample& sample : slow.samples) sample.startup_seconds = 0.0123;
  const std::vector<Row> rows{timed(a, kFirst, 1, ten(2)), timed(a, kSecond, 1, ten(3.2)), slow,
                              timed(a, kSecond, 2, ten(1.6))};
  const std::string text = words(rows);
  EXPECT_THAT(text, HasSubstr("cpu with 2 workers: second is the fastest, 1.25 times as fast as "
                              "first, the next (1.25 to 1.25; 1 workload, 10 blocks)."));
  EXPECT_THAT(text,
              HasSubstr("  strategy    time  speed  95 % interval  speed-up  cost@1  start-up\n"
                        "  second    1.67 s   1.25   1.25 to 1.25      2.00    1.60         -\n"
                        "  first     2.09 s  1.000       baseline     1.000   1.000   12.3 ms\n"));
}

TEST(Summary, SaysThatItCannotTell) {
  const Workload a = workload("cpu/a");
  std::vector<double> wide = ten(1.01);
  for (std::size_t i = 0; i < wide.size(); ++i) wide[i] *= i % 2 == 0 ? 1.3 : 0.8;
  const std::vector<Row> rows{timed(a, kFirst, 1, ten(1)), timed(a, kSecond, 1, wide)};
  EXPECT_THAT(words(rows), HasSubstr("first cannot be told apart from second"));
}

TEST(Summary, HasNoVerdictFromTooFewBlocks) {
  const Workload a = workload("cpu/a");
  const std::vector<Row> rows{timed(a, kFirst, 1, {1, 1, 1}), timed(a, kSecond, 1, {3, 3, 3})};
  EXPECT_THAT(words(rows), HasSubstr("no verdict: cpu/a under first with 1 worker has 3 usable "
                                     "blocks of the 6 that are needed"));
}

TEST(Summary, RepetitionsOfOneProcessAreOneBlock) {
  const Workload a = workload("cpu/a");
  std::vector<Row> rows{timed(a, kFirst, 1, ten(1)), timed(a, kSecond, 1, ten(3))};
  for (Row& row : rows) {
    for (Sample& sample : row.samples) sample.block = 0;
  }
  EXPECT_THAT(words(rows), HasSubstr("has 1 usable block of the 6"));
}

TEST(Summary, MeasuresNoiseBetweenTwoNamesOfOneStrategy) {
  const StrategyInfo again{"first#2", "", true, nullptr};
  std::vector<Workload> workloads;
  for (const char* name : {"cpu/a", "cpu/b", "cpu/c"}) workloads.push_back(workload(name));
  std::vector<Row> rows;
  for (const Workload& each : workloads) {
    rows.push_back(timed(each, kFirst, 1, ten(1)));
    rows.push_back(timed(each, again, 1, ten(1.02)));
    rows.push_back(timed(each, kSecond, 1, ten(0.5)));
  }
  const std::string text = words(rows);
  EXPECT_THAT(text, HasSubstr("A/A: first under two names: 95 % of the ratios are below 1.065"));
  // Intervals that tell a strategy from itself tell nothing.
  EXPECT_THAT(text, HasSubstr("no verdict: strategies were told apart from themselves"));
}

TEST(Summary, SaysWhatTheMachineGaveAndWhatDoesNotCount) {
  const Workload a = workload("cpu/a");
  std::vector<Row> rows{timed(a, kFirst, 1, ten(2)), timed(a, kSecond, 1, ten(2)),
                        timed(a, kFirst, 2, ten(2)), timed(a, kSecond, 2, ten(1.1))};
  for (Row& row : rows) {
    for (Sample& sample : row.samples) {
      sample.cores_gave = sample.block % 2 == 0 ? 1.9 : 1.8;
      sample.disturbance.others_cores = 0.3;
    }
  }
  rows[2].samples[4].excluded = "others used 1.4 of 2 cores";
  const std::string text = summary(rows, to_text(results_json({{"usable_cores", 2}}, rows)), 0.01);
  EXPECT_THAT(text, HasSubstr("9 blocks); its speed-up is 1.82 of the 1.85 that 2 cores gave."));
  EXPECT_THAT(text,
              HasSubstr("The machine: 2 cores at once gave 1.85 times what one gives (1.81 to "
                        "1.89); others used 0.3 of 2 cores. 1 of 40 repetitions do not count "
                        "(others used 1.4 of 2 cores, as the first of them)."));
}

TEST(Summary, TellsWhetherThereIsAVerdict) {
  const Workload a = workload("cpu/a");
  const auto verdicts = [](const std::vector<Row>& rows) {
    return has_verdicts(to_text(results_json({}, rows)), 0.01);
  };
  EXPECT_TRUE(verdicts({timed(a, kFirst, 1, ten(1)), timed(a, kSecond, 1, ten(2))}));
  EXPECT_TRUE(verdicts({timed(a, kFirst, 1, ten(1))})) << "nothing to compare";
  EXPECT_FALSE(verdicts({timed(a, kFirst, 1, {1, 1}), timed(a, kSecond, 1, {2, 2})}));
}

TEST(Progress, EstimatesByRowThenByAll) {
  Progress progress({2, 2, 0}, true);
  EXPECT_LT(progress.seconds_left(), 0);
  progress.start_run(0, "a");
  progress.finish_run(0, 10);
  EXPECT_DOUBLE_EQ(progress.seconds_left(), 30);
  progress.start_run(1, "b");
  progress.finish_run(1, 2);
  EXPECT_DOUBLE_EQ(progress.seconds_left(), 12);
  progress.drop_row(0);
  EXPECT_DOUBLE_EQ(progress.seconds_left(), 2);
}

TEST(Progress, WritesClockTimes) {
  EXPECT_EQ(clock_text(0.4), "0:00");
  EXPECT_EQ(clock_text(83), "1:23");
  EXPECT_EQ(clock_text(3725), "1:02:05");
}

class ResultFileTest : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/gilbench_result_XXXXXX";
    ASSERT_NE(mkdtemp(name), nullptr);
    folder_ = name;
    path_ = folder_ + "/out.json";
  }
  void TearDown() override {
    unlink(path_.c_str());
    EXPECT_EQ(rmdir(folder_.c_str()), 0) << "something was left in " << folder_;
  }
  static std::string read(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }

  std::string folder_;
  std::string path_;
};

TEST_F(ResultFileTest, KeepsTheOldFileUntilTheCommit) {
  std::ofstream(path_) << "old";
  ResultFile file(path_);
  EXPECT_EQ(read(path_), "old");
  file.commit("new");
  EXPECT_EQ(read(path_), "new");
}

TEST_F(ResultFileTest, KeepsTheModeOfTheOldFile) {
  std::ofstream(path_) << "old";
  ASSERT_EQ(chmod(path_.c_str(), 0640), 0);
  ResultFile(path_).commit("new");
  struct stat status {};
  ASSERT_EQ(stat(path_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0640u);
}

TEST_F(ResultFileTest, LeavesNothingWithoutARow) {
  ResultFile file(path_);
  file.start_rows("{\"context\": {}}");
}

TEST_F(ResultFileTest, LeavesItsRowsWithoutACommit) {
  {
    ResultFile file(path_);
    file.start_rows("{\"context\": {}}");
    EXPECT_EQ(file.append_row("{\"name\": \"a\"}"), "");
  }
  EXPECT_EQ(read(path_ + ".rows"), "{\"context\": {}}\n{\"name\": \"a\"}\n");
  EXPECT_EQ(unlink((path_ + ".rows").c_str()), 0);
}

TEST_F(ResultFileTest, KeepsWhatEarlierRunsHaveLeft) {
  std::ofstream(path_ + ".rows") << "first\n";
  std::ofstream(path_ + ".rows.2") << "the user's\n";
  EXPECT_NE(ResultFile(path_).notice().find(".rows.1"), std::string::npos);
  std::ofstream(path_ + ".rows") << "second\n";
  EXPECT_NE(ResultFile(path_).notice().find(".rows.3"), std::string::npos);
  std::ofstream(path_ + ".rows");  // empty: nothing to keep
  EXPECT_EQ(ResultFile(path_).notice(), "");
  EXPECT_EQ(read(path_ + ".rows.1"), "first\n");
  EXPECT_EQ(read(path_ + ".rows.2"), "the user's\n");
  EXPECT_EQ(read(path_ + ".rows.3"), "second\n");
  for (const char* number : {"1", "2", "3"}) unlink((path_ + ".rows." + number).c_str());
}

TEST_F(ResultFileTest, IsOfOneRunOnly) {
  ResultFile file(path_);
  EXPECT_THROW(ResultFile{path_}, UsageError);
  const std::string link = folder_ + "/link";
  ASSERT_EQ(symlink("out.json", link.c_str()), 0);
  EXPECT_THROW(ResultFile{link}, UsageError);
  file.commit("text");
  ResultFile(link).commit("later");
  EXPECT_EQ(read(path_), "later");
  EXPECT_EQ(unlink(link.c_str()), 0);
}

TEST_F(ResultFileTest, WritesWhatALinkLeadsTo) {
  const std::string link = folder_ + "/link";
  const std::string second = folder_ + "/second";
  ASSERT_EQ(symlink("second", link.c_str()), 0);
  ASSERT_EQ(symlink(path_.c_str(), second.c_str()), 0);
  ResultFile(link).commit("text");  // to nothing yet
  EXPECT_EQ(read(path_), "text");
  ResultFile(link).commit("again");
  EXPECT_EQ(read(path_), "again");
  EXPECT_EQ(unlink(link.c_str()), 0);  // both are links still
  EXPECT_EQ(unlink(second.c_str()), 0);
}

TEST_F(ResultFileTest, RefusesLinksThatLeadNowhere) {
  ASSERT_EQ(symlink("out.json", path_.c_str()), 0);
  EXPECT_THROW(ResultFile{path_}, UsageError);
}

TEST_F(ResultFileTest, WritesADescriptorWhereItStands) {
  const int descriptor = open(path_.c_str(), O_RDWR | O_CREAT, 0644);
  ASSERT_EQ(write(descriptor, "before ", 7), 7);
  for (const char* folder : {"/dev/fd/", "/proc/self/fd/"}) {
    ResultFile(folder + std::to_string(descriptor)).commit("text ");
  }
  EXPECT_EQ(read(path_), "before text text ");
  close(descriptor);
  EXPECT_THROW(ResultFile{"/dev/fd/" + std::to_string(descriptor)}, UsageError);
}

TEST_F(ResultFileTest, SaysWhereTheRowsAreWhenItCannotBeWritten) {
  ResultFile file(path_);
  file.append_row("{}");
  ASSERT_EQ(chmod(folder_.c_str(), 0555), 0);
  const bool may_write_anyway = access(folder_.c_str(), W_OK) == 0;  // root
  if (!may_write_anyway) {
    try {
      file.commit("text");
      ADD_FAILURE();
    } catch (const std::runtime_error& error) {
      EXPECT_NE(std::string(error.what()).find(path_ + ".rows"), std::string::npos);
    }
  }
  ASSERT_EQ(chmod(folder_.c_str(), 0755), 0);
  unlink((path_ + ".rows").c_str());
}

TEST_F(ResultFileTest, RefusesFoldersAndPlacesThatAreNotThere) {
  EXPECT_THROW(ResultFile{folder_}, UsageError);
  EXPECT_THROW(ResultFile{folder_ + "/missing/out.json"}, UsageError);
}

TEST_F(ResultFileTest, WritesToADeviceInPlace) {
  ResultFile file("/dev/null");
  EXPECT_NO_THROW(file.commit("text"));
  EXPECT_NE(access("/dev/null.rows", F_OK), 0);
}

}  // namespace
}  // namespace gilbench
