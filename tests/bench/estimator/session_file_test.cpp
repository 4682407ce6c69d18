// Reading results files: both forms of rows, journals, and what is refused with one line.

#include "bench/estimator/session_file.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace gilbench::estimator {
namespace {

const std::string kIdentity =
    R"("name": "cpu/a/x/workers:2", "strategy": "x", "workload": "cpu/a", "kind": "cpu", "workers": 2)";

std::string entry(const std::string& more) { return "{" + kIdentity + ", " + more + "}"; }

std::string document(const std::string& entries, const std::string& context = "{}") {
  return R"({"context": )" + context + R"(, "benchmarks": [)" + entries + "]}";
}

Session read(const std::string& text) { return parse_session(text, "file.json"); }

std::string refused(const std::string& text) {
  try {
    read(text);
  } catch (const DataError& error) {
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
    return error.what();
  }
  return "";
}

// ---- what is read ----

TEST(ReadSession, RepetitionIRanInBlockI) {
  const Session session = read(document(
      entry(R"("run_type": "iteration", "repetition_index": 0, "seconds": [0.5, null, 0.25])"),
      R"({"num_cpus": 2, "usable_cores": 1, "cpu_model": "some", "size": "full",
          "memory_bytes": 5, "date": "2026", "commit": "abc"})"));
  EXPECT_EQ(session.machine.num_cpus, 2);
  EXPECT_EQ(session.machine.usable_cores, 1);
  EXPECT_EQ(session.machine.cpu_model, "some");
  EXPECT_EQ(session.size, "full");
  EXPECT_EQ(session.schema, 1);
  ASSERT_EQ(session.rows.size(), 1U);
  const Row& row = session.rows.front();
  EXPECT_EQ(row.workload, "cpu/a");
  EXPECT_EQ(row.strategy, "x");
  EXPECT_EQ(row.workers, 2);
  ASSERT_EQ(row.samples.size(), 2U);
  EXPECT_EQ(row.samples[1].block, 2);
  EXPECT_EQ(row.samples[1].seconds, 0.25);
}

TEST(ReadSession, OneEntryForEachRepetition) {
  const Session session = read(document(
      entry(
          R"("run_type": "iteration", "repetition_index": 0, "block": 4, "real_time": 500, "time_unit": "ms")") +
      "," +
      entry(
          R"("run_type": "iteration", "repetition_index": 1, "real_time": 250, "time_unit": "ms", "excluded": "others")") +
      "," +
      entry(
          R"("run_type": "iteration", "repetition_index": 2, "block": 5, "seconds": [1, 2], "excluded": true)") +
      "," +
      entry(R"("run_type": "iteration", "repetition_index": 3, "seconds": 3, "excluded": false)") +
      "," +
      entry(
          R"("run_type": "aggregate", "aggregate_name": "mean", "real_time": 9, "time_unit": "ms")")));
  ASSERT_EQ(session.rows.size(), 1U);
  const auto& samples = session.rows.front().samples;
  ASSERT_EQ(samples.size(), 5U);
  EXPECT_EQ(samples[0].block, 4);
  EXPECT_EQ(samples[0].seconds, 0.5);
  EXPECT_EQ(samples[1].block, 1);
  EXPECT_EQ(samples[1].excluded, "others");
  EXPECT_EQ(samples[2].block, 5);
  EXPECT_EQ(samples[3].block, 5);
  EXPECT_EQ(samples[3].excluded, "excluded");
  EXPECT_EQ(samples[4].block, 3);
  EXPECT_EQ(samples[4].excluded, "");
}

TEST(ReadSession, ARepetitionThatFailedLeavesNoTimes) {
  const Session session = read(document(
      entry(R"("repetition_index": 0, "seconds": [1])") + "," +
      entry(
          R"("run_type": "aggregate", "error_occurred": true, "error_message": "line one\nline two")")));
  EXPECT_TRUE(session.rows.front().samples.empty());
  EXPECT_EQ(session.rows.front().no_time, "error: line one line two");
}

TEST(ReadSession, KeepsReasons) {
  EXPECT_EQ(read(document(entry(R"("skipped": "cannot share")"))).rows.front().no_time,
            "skipped: cannot share");
  EXPECT_EQ(read(document(entry(R"("skipped": true)"))).rows.front().no_time, "skipped");
  EXPECT_EQ(read(document(entry(R"("seconds": [null])"))).rows.front().no_time, "no time");
}

TEST(ReadSession, OtherIntervalsAndSizesAreOtherRows) {
  const Session session =
      read(document(entry(R"("seconds": [1], "switch_interval_us": 5000)") + "," +
                        entry(R"("seconds": [2], "switch_interval_us": 100)") + "," +
                        entry(R"("seconds": [3], "size": "quick")"),
                    R"({"switch_interval_us": 5000, "size": "full"})"));
  ASSERT_EQ(session.rows.size(), 3U);
  EXPECT_TRUE(session.rows[0].is_compared());
  EXPECT_FALSE(session.rows[1].is_compared());
  EXPECT_EQ(session.rows[2].workload, "cpu/a (quick)");
}

TEST(ReadSession, AJournalsLastLineMayBeHalfWritten) {
  const Session session = read(
      "{\"context\": {\"num_cpus\": 2}}\n" + entry(R"("repetition_index": 0, "seconds": [1])") +
      "\n" + entry(R"("repetition_index": 0, "seconds": [1, 2])") + "\n" + R"({"name": "cpu)");
  EXPECT_EQ(session.machine.num_cpus, 2);
  ASSERT_EQ(session.rows.size(), 1U);
  EXPECT_EQ(session.rows.front().samples.size(), 2U);  // of two lines the later one counts
}

std::string latency(const std::string& buckets) {
  return entry(R"("seconds": 0.5, "pss_bytes": 4096, "histograms": {"latency": )" + buckets + "}");
}

TEST(ReadSession, MemoryAndLatencyOfARepetition) {
  const Session session =
      read(document(latency(R"({"unit": "ns", "growth": 1.01, "buckets": {"1388": 12, "0": 1}})"),
                    R"({"cold": true})"));
  EXPECT_TRUE(session.cold);
  const Sample& sample = session.rows.front().samples.front();
  EXPECT_EQ(sample.pss_bytes, 4096);
  EXPECT_EQ(sample.latency, (Buckets{{0, 1}, {1388, 12}}));
}

// ---- what is refused ----

TEST(RefusedSession, HistogramsThatAreNone) {
  for (const char* wrong :
       {"null", "3", "[]", R"({"unit": "s", "growth": 1.01, "buckets": {}})",
        R"({"unit": "ns", "growth": 1.02, "buckets": {}})", R"({"unit": "ns", "growth": 1.01})",
        R"({"unit": "ns", "growth": 1.01, "buckets": {"x": 1}})",
        R"({"unit": "ns", "growth": 1.01, "buckets": {"-1": 1}})",
        R"({"unit": "ns", "growth": 1.01, "buckets": {"99999999999": 1}})",
        R"({"unit": "ns", "growth": 1.01, "buckets": {"1": -1}})",
        R"({"unit": "ns", "growth": 1.01, "buckets": {"1": 0.5}})"}) {
    EXPECT_NE(refused(document(latency(wrong))).find("histograms"), std::string::npos) << wrong;
  }
}

TEST(ReadSession, RefusesWhatIsNoResult) {
  const std::string whole = document(entry(R"("seconds": [1])"));
  EXPECT_EQ(refused(whole.substr(0, whole.size() - 3)),
            "file.json: not JSON (at byte " + std::to_string(whole.size() - 2) + ")");
  EXPECT_NE(refused(""), "");
  EXPECT_NE(refused("\xff\xfe"), "");
  EXPECT_NE(refused("[]").find("no list \"benchmarks\""), std::string::npos);
  EXPECT_NE(refused(R"({"benchmarks": 1})").find("no list"), std::string::npos);
  EXPECT_NE(refused(document("")).find("no row names"), std::string::npos);
  EXPECT_NE(refused(document(R"({"name": "BM_x"}, 3, null)")).find("no row names"),
            std::string::npos);
  EXPECT_EQ(refused(document("", "[]")), "file.json: \"context\" is no object");
  EXPECT_EQ(refused("{\"context\": {}}\n{]\n"), "file.json:2: not JSON (at byte 2)");
  EXPECT_NE(refused(std::string(100'000, '[')), "");
}

TEST(ReadSession, RefusesWhatCannotBe) {
  const auto of_entry = [](const std::string& more) { return refused(document(entry(more))); };
  EXPECT_EQ(of_entry(R"("seconds": ["1"])"), "file.json: row 1: seconds is \"1\", not a time");
  EXPECT_EQ(of_entry(R"("seconds": [1e300])"),
            "file.json: row 1: seconds is 1e+300, not a time from 1e-9 to 1e9 seconds");
  EXPECT_NE(of_entry(R"("seconds": [-1])"), "");
  EXPECT_NE(of_entry(R"("seconds": [1e999])"), "");
  EXPECT_NE(of_entry(R"("seconds": {"a": 1})"), "");
  EXPECT_NE(of_entry(R"("seconds": [1], "block": -1)"), "");
  EXPECT_NE(of_entry(R"("seconds": [1], "block": 1.5)"), "");
  EXPECT_NE(of_entry(R"("seconds": [1], "repetition_index": 18446744073709551615)"), "");
  EXPECT_NE(of_entry(R"("seconds": [1], "excluded": 1)"), "");
  EXPECT_NE(of_entry(R"("seconds": [1], "fixed_duration": "yes")"), "");
  EXPECT_NE(of_entry(R"("real_time": 1, "time_unit": "years")"), "");
  EXPECT_NE(of_entry(R"("error_message": 1)"), "");
}

TEST(ReadSession, RefusesNamesThatAreNone) {
  const auto of = [](const std::string& text) { return refused(document(text)); };
  EXPECT_EQ(of(R"({"strategy": "x", "workload": "a", "workers": 1})"),
            "file.json: row 1: workload is \"a\", not KIND/NAME");
  EXPECT_NE(of(R"({"strategy": "x", "workload": "cpu/a"})"), "");
  EXPECT_NE(of(R"({"strategy": "x", "workload": "cpu/a", "workers": 0})"), "");
  EXPECT_NE(of(R"({"strategy": "x\ny", "workload": "cpu/a", "workers": 1})"), "");
  EXPECT_NE(of(R"({"strategy": 3, "workload": "cpu/a", "workers": 1})"), "");
  EXPECT_NE(
      of(R"({"strategy": ")" + std::string(300, 'x') + R"(", "workload": "cpu/a", "workers": 1})"),
      "");
}

TEST(ReadSession, RefusesMoreThanCanBeCompared) {
  std::string rows;
  for (int index = 0; index <= 100; ++index) {
    rows += std::string(index == 0 ? "" : ",") + R"({"strategy": "x)" + std::to_string(index) +
            R"(", "workload": "cpu/a", "workers": 1, "seconds": [1]})";
  }
  EXPECT_EQ(refused(document(rows)),
            "file.json: 101 strategies are more than the 100 that can be compared");
}

TEST(ReadSession, RefusesContextsThatCannotBe) {
  const std::string row = entry(R"("seconds": [1])");
  EXPECT_NE(refused(document(row, R"({"num_cpus": "two"})")), "");
  EXPECT_NE(refused(document(row, R"({"cpu_model": 1})")), "");
  EXPECT_EQ(refused(document(row, R"({"schema_version": 99})")),
            "file.json: of schema 99; this program reads those up to 2");
}

TEST(ReadSession, RefusesFilesThatAreNotThere) {
  EXPECT_THROW(read_session("/nonexistent/file.json"), DataError);
  EXPECT_THROW(read_session("/"), DataError);
}

}  // namespace
}  // namespace gilbench::estimator
