// Every failure that the injector makes ends in the right answer, or in an error that says what
// there was not enough of; never in a signal, a leak or a hang.
#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "tests/faults/campaign.h"

namespace gilbench::faults {
namespace {

constexpr long kMost = 200;

class Injection : public testing::TestWithParam<const StrategyInfo*> {};

TEST_P(Injection, EndsWell) {
  for (const Campaign& campaign : campaigns_of(*GetParam())) {
    const CampaignResult result = run_campaign(campaign, kMost);
    for (const std::string& fault : result.faults) ADD_FAILURE() << fault;
    // Each kind is one that the run asks for: else nothing would have been tested.
    EXPECT_GT(result.reached, 0) << campaign.name();
  }
}

// A collection whose marks find no memory is given up: the world runs again, and nothing is lost.
class GivenUp : public testing::TestWithParam<const StrategyInfo*> {};

TEST_P(GivenUp, TheWorldRunsAgain) {
  RunRequest request;
  request.program = compile_file(GILBENCH_SOURCE_DIR "/tests/faults/programs/collect.py");
  request.workers = 2;
  request.timeout = std::chrono::milliseconds(60'000);
  const auto engine = GetParam()->make_engine();
  refuse_from(std::size_t{128} << 10);  // the marks of 60,000 lists need more
  const RunResult result = engine->run(request);
  refuse_from(0);
  EXPECT_EQ(result.status, RunStatus::kOk) << result.message;
  EXPECT_EQ(result.leaked_objects, 0);
#ifndef GILBENCH_PLAIN_MALLOC  // where objects are large ones, whose marks stand in themselves
  EXPECT_EQ(result.metrics.at("given_up"), 1);
#endif
  EXPECT_EQ(engine->run(request).status, RunStatus::kOk);
}

std::vector<const StrategyInfo*> every() {
  std::vector<const StrategyInfo*> all;
  for (const StrategyInfo& info : strategies()) all.push_back(&info);
  return all;
}

INSTANTIATE_TEST_SUITE_P(Strategies, GivenUp, testing::ValuesIn(every()),
                         [](const auto& info) { return std::string(info.param->name); });

std::vector<const StrategyInfo*> tested() {
  std::vector<const StrategyInfo*> all;
  for (const StrategyInfo& info : strategies()) {
    if (is_of_tests(info)) all.push_back(&info);
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(Strategies, Injection, testing::ValuesIn(tested()),
                         [](const auto& info) { return std::string(info.param->name); });
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Injection);

}  // namespace
}  // namespace gilbench::faults
