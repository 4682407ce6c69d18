// workloads/: every workload under every strategy with 1, 2 and 4 workers at its small size has the
// right answer and leaves no object behind.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "bench/udp_client_process.h"
#include "bench/upstream_process.h"
#include "bench/workload_set.h"
#include "runtime/engine.h"

namespace gilbench {
namespace {

constexpr int kUpstreamDelayMs = 1;

std::vector<std::string> workload_names() {
  std::vector<std::string> names;
  for (const Workload& workload : find_workloads(GILBENCH_SOURCE_DIR "/workloads")) {
    names.push_back(workload.name);
  }
  return names;
}

std::vector<const StrategyInfo*> all_strategies() {
  std::vector<const StrategyInfo*> all;
  for (const StrategyInfo& strategy : strategies()) all.push_back(&strategy);
  return all;
}

// Read and compiled once for all strategies.
const Workload& loaded(const std::string& name) {
  static std::map<std::string, Workload> kept;
  auto [place, is_new] = kept.try_emplace(name);
  if (is_new) {
    place->second = match_workloads(find_workloads(GILBENCH_SOURCE_DIR "/workloads"), {name})[0];
    load_workload(place->second, "small");
    compile_workload(place->second);
  }
  return place->second;
}

class Workloads : public testing::TestWithParam<std::tuple<const StrategyInfo*, std::string, int>> {
 protected:
  // One service for all, ended before the process is.
  static void TearDownTestSuite() { upstream().reset(); }
  static std::unique_ptr<UpstreamProcess>& upstream() {
    static std::unique_ptr<UpstreamProcess> service;
    if (!service) service = std::make_unique<UpstreamProcess>(kUpstreamDelayMs);
    return service;
  }
};

TEST_P(Workloads, AnswersRightAndLeavesNothing) {
  const auto& [strategy, name, workers] = GetParam();
  const Workload& workload = loaded(name);
  if (workload.info.sharing == "write" && !strategy->workers_share_objects) {
    GTEST_SKIP() << "its workers change what they share";  // as the harness skips the row
  }

  RunRequest request;
  request.program = workload.program;
  request.workers = workers;
  if (workload.info.needs_upstream) request.environment = upstream()->environment();
  std::optional<UdpClientProcess> client;
  if (workload.info.needs_udp_client) {
    client.emplace();
    request.environment = client->environment();
  }
  const RunResult result = strategy->make_engine()->run(request);

  ASSERT_EQ(result.status, RunStatus::kOk)
      << result.message << "\nexpected " << result.expected << ", got " << result.answer;
  if (workload.info.expects_error) {
    EXPECT_TRUE(result.answer.starts_with(result.expected)) << result.answer;
  } else {
    EXPECT_EQ(result.answer, result.expected);
  }
  EXPECT_FALSE(result.answer.empty());
  EXPECT_EQ(result.leaked_objects, 0);
  EXPECT_EQ(result.worker_seconds.size(), static_cast<std::size_t>(workers));
  EXPECT_GT(result.seconds, 0);
  for (const auto& [metric, value] : result.metrics) EXPECT_TRUE(std::isfinite(value)) << metric;
  if (client) {
    EXPECT_FALSE(client->measurements().metrics.empty());
  }
}

INSTANTIATE_TEST_SUITE_P(Small, Workloads,
                         testing::Combine(testing::ValuesIn(all_strategies()),
                                          testing::ValuesIn(workload_names()),
                                          testing::Values(1, 2, 4)),
                         [](const auto& tested) {
                           std::string name = std::string(std::get<0>(tested.param)->name) + "_" +
                                              std::get<1>(tested.param) + "_workers" +
                                              std::to_string(std::get<2>(tested.param));
                           std::replace(name.begin(), name.end(), '/', '_');
                           return name;
                         });

}  // namespace
}  // namespace gilbench
